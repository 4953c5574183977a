"""The questions that one chat leaves open, each with an example from the chat itself."""

from __future__ import annotations

from collections.abc import Iterator

from joindots.evidence.readers.records import Candidate, Question, QuestionName
from joindots.evidence.readers.whatsapp.preparing import Prepared
from joindots.evidence.readers.whatsapp.roster import NOBODY_HERE, Sender, pair_name

MOST_CANDIDATES = 200
ZONES = ("Europe/London", "Europe/Dublin", "Europe/Paris", "Europe/Warsaw", "Europe/Bucharest", "Asia/Karachi")
"""Offered where a clock reading cannot be right; any other zone's name is taken as well."""
_ORDERS = {
    "dmy": "day, month, year",
    "mdy": "month, day, year",
    "ymd": "year, month, day",
    "ydm": "year, day, month",
}


class Asking:
    """Gathers examples while the records pass, and asks at the end."""

    def __init__(self, chat: Prepared) -> None:
        self.chat = chat
        self.date_example = ""
        self.gap_example = ""
        self.nights: dict[str, str] = {}
        self.owner_example = ""
        self.nobodys_example = ""
        """A missed call, where nobody wrote."""
        self.contact = False

    def note(self, open_: tuple[QuestionName, ...], header: str, about: str | None) -> None:
        """A record is touched by these questions; keep the first header of each as its example."""
        if "date_order" in open_ and not self.date_example:
            self.date_example = header
        if "zone" in open_ and not self.gap_example:
            self.gap_example = header
        if "clock_hour" in open_ and about and len(self.nights) < 1000:
            self.nights.setdefault(about, header)

    def all(self) -> Iterator[Question]:
        """Every open question."""
        yield from self._date_order()
        yield from self._owner()
        for one, other in self.chat.roster.pairs:
            if self.chat.answer("same_person", pair_name(one, other)) is None:
                yield self._same_person(one, other)
        if self.gap_example:
            zone = self.chat.careful.zone.name
            others = tuple(one for one in ZONES if one != zone)
            yield self._question(
                "zone",
                "This chat shows a time in the hour that was skipped when the clocks went forward, so the phone was "
                "set to another time zone than {0}. In which zone was the phone? Give a name such as Europe/Madrid.",
                others, self.gap_example, self.chat.about, zone,
            )  # fmt: skip
        for night, example in self.nights.items():
            yield self._question(
                "clock_hour",
                "On the night of {0} the clocks went back, and this hour came twice. Was it the first time "
                "round or the second?",
                ("first", "second"), example, night, night,
            )  # fmt: skip

    def _question(
        self, name: QuestionName, words: str, candidates: tuple[str, ...], example: str, about: str | None,
        *values: str, details: tuple[Candidate, ...] = (),
    ) -> Question:  # fmt: skip
        source = self.chat.source
        return Question(source.sha256, source.name, name, words.format(*values), candidates, example, about, details)

    def _date_order(self) -> Iterator[Question]:
        if not self.date_example:
            return
        orders = self.chat.decided.open
        details = tuple(Candidate(order, _ORDERS[order]) for order in orders)
        yield self._question(
            "date_order",
            "The dates in this chat do not show which number is the day and which the month. Does the phone that "
            "it came from write the day first (dmy) or the month first (mdy)?",
            tuple(orders), self.date_example, self.chat.about, details=details,
        )  # fmt: skip

    def _owner(self) -> Iterator[Question]:
        if self.chat.owner is not None or not self.contact:
            return
        people = sorted(self.chat.roster.senders.values(), key=lambda one: -one.count)[:MOST_CANDIDATES]
        details = [_candidate(one, self.chat.thread) for one in people]
        if len(people) < 2:
            details.append(Candidate(NOBODY_HERE, "the phone's owner wrote nothing in this chat"))
        yield self._question(
            "owner",
            "Whose phone did this chat come from? Until this is answered, nothing is shown as sent or received.",
            tuple(one.value for one in details),
            self.owner_example or people_shown(people) or self.nobodys_example,
            self.chat.about,
            details=tuple(details),
        )  # fmt: skip

    def _same_person(self, one: Sender, other: Sender) -> Question:
        old, new = one.identity.shown or "", other.identity.shown or ""
        return self._question(
            "same_person",
            "WhatsApp says in this chat that {0} changed to {1}. Are the two one person?",
            ("yes", "no"), f"{old} changed to {new}", pair_name(one, other), old, new,
        )  # fmt: skip


def people_shown(people: list[Sender]) -> str:
    """The names, where nobody wrote any words to show."""
    return ", ".join(one.identity.shown or "" for one in people[:5])


def _candidate(one: Sender, thread: str | None) -> Candidate:
    says = "the app says “You deleted this message” under this name" if one.deleted_own else ""
    if one.identity.shown == thread and not says:
        says = "the file is named after this name; phones name it after the other person"
    first, last = (stamp.decode("utf-8", "replace") or None for stamp in (one.first, one.last))
    return Candidate(one.identity.shown or "", says, one.count, first, last)
