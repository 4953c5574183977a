"""Drafts to numbered entries and to the messages of the annex, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joindots.chronology.rules.drafts import Draft
from joindots.chronology.rules.given import Act, Held
from joindots.chronology.rules.grouping.deciding import episode_heading
from joindots.chronology.rules.grouping.steps import Stretch
from joindots.chronology.rules.people import ANOTHER, KEPT_BACK, label, names_of
from joindots.chronology.rules.times import certainty_of, exact, lasted, month_of, span_says, when_of
from joindots.chronology.rules.wording import CHANNELS, duration_says, many, money_says, place_says
from joindots.documents.contents import Entry, Mark, Message
from joindots.evidence.readers.records import Communication, Media
from joindots.evidence.rules.entry_records import ENTRY

_CERTAIN_SENDER = frozenset({"account_shown"})
_SENDER = {
    "claimed": "The sender is as claimed; no account shows it.",
    "withheld": "The number was withheld: who called is not known.",
    "told_by_victim": "Who it was is as told, not shown by an account.",
    "unknown": "Who it was is not known.",
}
_OF_A_ROW = {
    "who_did_it": "Who did it, as told", "where": "Where", "witnesses": "Witnesses", "effect": "Effect",
    "found": "Found", "reported": "Reported", "evidence": "Evidence",
    "kind_of_act": "Kind", "ref": "Reference", "notes": "Notes", "corrected": "Changed since it was written",
}  # fmt: skip
_NOT_OF_A_ROW = frozenset({"count_from", "merged_cells", "days", "kept_back", ENTRY})
"""What a reader of logs notes for itself, and what an entry's title says; all else in a row is the writer's."""
_SHORT = {
    "deleted": "a message that was deleted; its words are not in the source",
    "unsent": "a message that was unsent; its words are not in the source",
    "view_once": "a picture or video that could be opened once",
    "location": "a location",
    "reaction": "a reaction",
}
_CALLS = {
    "call_missed": "Missed call from {who}",
    "call_answered": "Answered call from {who}",
    "call_rejected": "Call from {who}, rejected",
    "call_blocked": "Call from {who}, blocked",
    "call_made": "Call to {to}",
    "voicemail": "Voicemail from {who}",
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Puts drafts into words. `sources` are the files' names, `exhibits` numbers by SHA-256."""

    sources: Sequence[str]
    exhibits: Mapping[str, int]
    episodes: Mapping[str, Stretch] = field(default_factory=dict)

    def entry(self, number: int, draft: Draft, first_message: int) -> Entry:
        """The entry; `first_message` is the annex number of its first message, if it is a bundle."""
        first, last = draft.acts[0].c, draft.acts[-1].c
        timely = sorted((act.c for act in draft.acts), key=lambda c: (c.at_earliest is None, c.at_earliest))
        doubtful = next((act.c for act in draft.acts if not exact(act.c)), first)
        bundle = draft.kind == "bundle"
        return Entry(
            number=number,
            heading=episode_heading(month_of(timely[0]), self.episodes.get(draft.episode)),
            when=span_says(when_of(first), when_of(last)) if bundle else when_of(timely[0]).says(),
            title=self._title(draft),
            kind=CHANNELS[first.channel] + (", not counted as contact" if draft.kind == "notice" else ""),
            certainty=certainty_of(doubtful),
            mark=_mark(draft.acts, doubtful),
            words="" if bundle else self._words(draft),
            lines=tuple(self._lines(draft)),
            sources=tuple(self._sources(draft.acts)),
            exhibits=tuple(sorted(self._exhibits(draft.acts))),
            messages=(first_message, first_message + len(draft.acts) - 1) if bundle else None,
        )

    def messages(self, entry: Entry, draft: Draft) -> Iterator[Message]:
        """The bundle's messages for the annex, one by one as they stand."""
        assert entry.messages is not None
        alone = len({held.source for act in draft.acts for held in (act.first, *act.others)}) == 1
        heading = f"Entry {entry.number:,}: {entry.when}, {entry.title}"
        if alone:
            heading += f", {self.sources[draft.acts[0].first.source]}"
        for number, act in enumerate(draft.acts, start=entry.messages[0]):
            c = act.c
            yield Message(
                number=number,
                entry=entry.number,
                when=when_of(c).says(),
                who=_who(c),
                words=words_of(c),
                note=". ".join([*self._extras(c), *_doubt(c, entry)]),
                source=place_says(c.place) if alone else "; ".join(self._sources((act,))),
                heading=heading,
            )
            heading = ""

    def _title(self, draft: Draft) -> str:
        c = draft.acts[0].c
        match draft.kind:
            case "bundle":
                return _bundle_title(draft.acts)
            case "payments":
                total = sum(act.c.amount_pence or 0 for act in draft.acts)
                return f"{len(draft.acts):,} payments from {_who(c)}, {money_says_pence(total, c)} in all"
            case "notice":
                return "Notice by the app"
            case "single":
                return _single_title(draft.acts[0])

    def _words(self, draft: Draft) -> str:
        if draft.kind == "payments":
            return " ".join(act.c.text or "" for act in draft.acts)
        return words_of(draft.acts[0].c)

    def _lines(self, draft: Draft) -> Iterator[str]:
        if draft.kind == "bundle":
            yield _from_whom(draft.acts) + "."
            yield from _special(draft.acts)
        elif draft.kind == "payments":
            yield "The references in the statement's order, joined as one line. The order is the bank's."
        for act in draft.acts if draft.kind == "single" else ():
            yield from (f"{line}." for line in self._extras(act.c))
            if len({held.source for held in (act.first, *act.others)}) > 1 or act.others:
                yield f"One act; {many(1 + len(act.others), 'record')} show it."
        certain = {act.c.certainty_of_sender for act in draft.acts} - _CERTAIN_SENDER
        if draft.kind != "notice":
            yield from (_SENDER[one] for one in sorted(certain) if not _hidden(draft.acts[0].c))

    def _extras(self, c: Communication) -> Iterator[str]:
        """What stands beside the words: what else was written, files, forwarding, an edit, how often."""
        yield from beside_words(c)
        for media in c.media:
            yield self._media_says(media)
        if c.forwarded:
            yield "Forwarded"
        if c.edited_at is not None:
            yield "Edited later" if c.kind != "edited" else "Edited"
        if c.text_mended is not None:
            yield "Letters that the file had damaged or changed were mended; the source is unchanged"
        if c.count > 1:
            yield f"{'About ' if c.count_about else ''}{c.count:,} times"

    def _media_says(self, media: Media) -> str:
        name = media.name or "a file without a name"
        number = self.exhibits.get(media.sha256 or "")
        if number is not None:
            return f"With {name}, exhibit {number}"
        return f"With {name}, which is {'in the source' if media.present else 'not in the source'}"

    def _exhibits(self, acts: Sequence[Act]) -> set[int]:
        digests = (media.sha256 for act in acts for held in (act.first, *act.others) for media in held.c.media)
        return {self.exhibits[digest] for digest in digests if digest and digest in self.exhibits}

    def _sources(self, acts: Sequence[Act]) -> Iterator[str]:
        """`chat.txt, lines 12 to 52`, and where the same acts stand beside that."""
        yield from self._places([act.first for act in acts])
        beside = [held for act in acts for held in act.others]
        yield from (f"also in {place}" for place in self._places(beside))

    def _places(self, records: Sequence[Held]) -> Iterator[str]:
        by_source: dict[tuple[int, str | None], list[Held]] = {}
        for held in records:
            by_source.setdefault((held.source, held.c.place.member), []).append(held)
        for (source, member), group in by_source.items():
            lines = [held.c.place.line for held in group if held.c.place.line is not None]
            name = self.sources[source]
            if len(group) > 1 and len(lines) == len(group):
                inside = f", {member}" if member else ""
                yield f"{name}{inside}, lines {min(lines):,} to {max(lines):,}"
            else:
                ends = [group[0]] if len(group) == 1 else [group[0], group[-1]]
                yield f"{name}, {' to '.join(filter(None, (place_says(held.c.place) for held in ends)))}".rstrip(", ")


def beside_words(c: Communication) -> Iterator[str]:
    """What the source says beside the words: a mail's subject and the mails inside it, the other cells of a row, a
    payment's state.
    """
    if _hidden(c):
        return
    if c.channel == "email":
        if c.extra.get("subject"):
            yield f"Subject: {c.extra['subject']}"
        yield from _mails_inside(c.extra.get("mails_inside", ()))
    elif c.kind == "incident":
        named = {_OF_A_ROW.get(key, key): value for key, value in c.extra.items() if key not in _NOT_OF_A_ROW}
        yield from (f"{name}: {value}" for name, value in named.items())
    elif c.kind == "payment":
        named = {"description": "The bank's description", "notes": "Notes", "status": "State"}
        yield from (f"{name}: {c.extra[key]}" for key, name in named.items() if c.extra.get(key))


def _mails_inside(mails: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Each mail that hangs on another, with its own head and words: `Mail inside, from …, dated …: …`."""
    for mail in mails:
        named = ("from", "from"), ("to", "to"), ("date", "dated"), ("subject", "subject")
        head = ", ".join(f"{says} {mail[key]}" for key, says in named if mail.get(key))
        words = str(mail.get("text") or mail.get("html_text") or "no words")
        yield f"Mail inside{f', {head}' if head else ''}: {words}"
        yield from _mails_inside(mail.get("mails_inside", ()))


def words_of(c: Communication) -> str:
    """The record's own words, or what stands in their place."""
    if _hidden(c):
        return ""
    return c.text or ""


def money_says_pence(pence: int, like: Communication) -> str:
    """A sum in the currency of one of its payments."""
    amount = f"{pence / 100:,.2f}"
    return f"£{amount}" if like.currency in (None, "GBP") else f"{amount} {like.currency}"


def _hidden(c: Communication) -> bool:
    return "kept_back" in c.extra


def _who(c: Communication) -> str:
    return f"{ANOTHER} ({KEPT_BACK})" if _hidden(c) else label(c)


def _to(c: Communication) -> str:
    return names_of(c.recipients) if c.recipients else "a number not shown"


def _mark(acts: Sequence[Act], doubtful: Communication) -> Mark:
    if any(act.c.certainty_of_sender in ("claimed", "told_by_victim") for act in acts):
        return "believed"
    return "exact" if exact(doubtful) else "about"


def _doubt(c: Communication, entry: Entry) -> list[str]:
    """What is doubtful about a message's time, unless its whole entry says the same."""
    if exact(c):
        return []
    certainty = certainty_of(c)
    return [] if certainty == entry.certainty else [certainty]


def _bundle_title(acts: Sequence[Act]) -> str:
    count = many(sum(act.times for act in acts), "message")
    first, last = acts[0].c, acts[-1].c
    if first.precision in ("second", "minute"):
        length = lasted(first, last)
        return f"{count} in {length}" if length else f"{count}, in how long cannot be told"
    return f"{count}, times of day not known" if first.at_earliest else f"{count}, times not known"


def _from_whom(acts: Sequence[Act]) -> str:
    """`38 from Callum, 3 from Maya (the phone's owner)`: most first."""
    senders: Counter[str] = Counter()
    for act in acts:
        senders[_who(act.c)] += act.times
    return ", ".join(
        f"{count:,} from {who}" for who, count in sorted(senders.items(), key=lambda one: (-one[1], one[0]))
    )


def _special(acts: Sequence[Act]) -> Iterator[str]:
    kinds = Counter(act.c.kind for act in acts)
    said = [
        f"{kinds['deleted']:,} deleted" if kinds["deleted"] else "",
        f"{kinds['unsent']:,} unsent" if kinds["unsent"] else "",
        f"{kinds['media']:,} with a picture or file" if kinds["media"] else "",
    ]
    if any(said):
        yield f"Of these, {', '.join(part for part in said if part)}."
    repeats = sum(1 for act in acts if act.others)
    if repeats:
        yield f"{repeats:,} of them {'is' if repeats == 1 else 'are'} in more than one source and counted once."


def _single_title(act: Act) -> str:
    c = act.c
    if c.kind in _CALLS:
        title = _CALLS[c.kind].format(who=_who(c), to=_to(c))
        return f"{title}, {duration_says(c.duration_s)}" if c.duration_s else title
    if c.channel == "call" and c.kind == "unknown":
        return f"Call with {c.extra.get('other_side') or 'a number not shown'}; which way is not known"
    if c.kind == "payment":
        return f"Payment of {money_says(c)} {'to ' + _to(c) if c.direction == 'out' else 'from ' + _who(c)}"
    if c.kind == "incident" or c.channel == "log":
        what = f"Log entry: {c.extra[ENTRY]}" if ENTRY in c.extra else "Row of a log"
        return what + (f", {'about ' if c.count_about else ''}{many(c.count, 'time')}" if c.count > 1 else "")
    if c.channel == "photo":
        return "Photograph"
    if c.channel == "file":
        return "File"
    what = {"email": "E-mail", "post": "Post", "letter": "Letter"}.get(c.channel, "Message")
    short = f": {_SHORT[c.kind]}" if c.kind in _SHORT else ""
    to = f" to {names_of(c.recipients)}" if c.direction == "out" and c.recipients else ""
    return f"{what} from {_who(c)}{to}{short}"
