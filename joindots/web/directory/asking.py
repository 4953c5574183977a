"""What a search of the directory asks, from a form or an address: read once, never trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from joindots.directory.rules.fitting import Asked
from joindots.directory.rules.listing import LANGUAGES, RELATIONS
from joindots.directory.rules.places import Place, district_of, place_of
from joindots.directory.rules.tables import needs
from joindots.kernel.when import LOCAL
from joindots.law.hours import Hours, Open, open_until, opens_next, state
from joindots.law.tables import police_forces
from joindots.web.typed import whole

MOST = 80
NAMES = ("where", "force", "need", "relation", "sex", "age", "language", "open")


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    code: str
    says: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form as it was sent, of a postcode no more than its first half, and what it asks."""

    where: str
    force: str
    need: str
    relation: str
    sex: str
    age: str
    language: str
    open: bool

    @property
    def asked(self) -> Asked:
        """What is asked."""
        return Asked(
            self.place, self.need, self.relation, self.sex, whole(self.age, None, digits=3), self.language, self.open
        )

    @property
    def place(self) -> Place | None:
        """Where, if anywhere is named."""
        return place_of(self.where, self.force)

    @property
    def any(self) -> bool:
        """Whether anything is asked at all."""
        return any((self.where, self.force, self.need, self.relation, self.sex, self.age, self.language, self.open))


def sheet_of(given: Mapping[str, str]) -> Sheet:
    """The form as sent; what is no answer of its lists is left out."""
    typed = {name: " ".join(given.get(name, "").split())[:MOST] for name in NAMES}
    return Sheet(
        district_of(typed["where"]) or typed["where"],
        typed["force"] if typed["force"] in police_forces() else "",
        typed["need"] if typed["need"] in needs() else "",
        typed["relation"] if typed["relation"] in RELATIONS else "",
        typed["sex"] if typed["sex"] in ("female", "male") else "",
        typed["age"] if typed["age"].isdecimal() and len(typed["age"]) <= 3 else "",
        typed["language"] if typed["language"] in LANGUAGES else "",
        bool(typed["open"]),
    )


def choices(sheet: Sheet) -> dict[str, list[Choice]]:
    """The lists of the form, each with what was chosen."""
    forces = sorted(((slug, one.name) for slug, one in police_forces().items()), key=lambda pair: pair[1])
    lists = {
        "needs": ((code, one.label) for code, one in needs().items()),
        "relations": RELATIONS.items(),
        "sexes": (("female", "a woman"), ("male", "a man")),
        "languages": ((one, one) for one in LANGUAGES),
        "forces": forces,
    }
    chosen = {sheet.need, sheet.relation, sheet.sex, sheet.language, sheet.force}
    return {name: [Choice(code, says, code in chosen) for code, says in pairs] for name, pairs in lists.items()}


def opening_says(hours: Hours, at: datetime) -> str:
    """`Open now, until 16:00`, `Closed now. Opens Mon 9 Mar, 09:30`, or that nobody told."""
    now = state(hours, at)
    if now is Open.OPEN:
        until = open_until(hours, at)
        return f"Open now, until {_moment(until, at)}" if until else "Open now"
    following = opens_next(hours, at)
    opens = f"Opens {_moment(following, at)}" if following else ""
    if now is Open.CLOSED:
        return f"Closed now. {opens}" if opens else "Closed now"
    return f"Not known whether it is open now. {opens}" if opens else "Not known whether it is open now"


def _moment(moment: datetime, at: datetime) -> str:
    local, here = moment.astimezone(LOCAL), at.astimezone(LOCAL)
    clock = f"{local:%H:%M}"
    return clock if local.date() == here.date() else f"{local:%a} {local.day} {local:%b}, {clock}"


def shut_out_says(counts: tuple[tuple[str, int], ...]) -> Iterator[str]:
    """Why services that cover the place do not fit, each wish with how many it shut out."""
    said = {
        "need": "do not help with this", "relation": "take other relations only", "sex": "take others only",
        "age": "take other ages", "language": "do not speak the language", "closed": "are closed now",
    }  # fmt: skip
    return (f"{number} {said[code]}" for code, number in counts if code in said)
