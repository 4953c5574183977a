"""The application for an order as plain data: its parts and their fields, acts relied on, terms, limits (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal
from uuid import UUID

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import When, london_day
from joindots.law.orders import order_conditions

MOST_ACTS: Final = 500
MOST_TERMS: Final = 40
MOST_ACT_WORDS: Final = 25
MOST_LINE: Final = 300
MOST_TEXT: Final = 12_000
GROUNDS: Final[Mapping[str, str]] = {
    "A": "carried out acts associated with stalking",
    "B": "poses a risk associated with stalking to another person",
    "C": "the order is necessary to protect that person from such a risk",
}
"""What it must appear to the chief officer, or be reasonably believed: Stalking Protection Act 2019 s1(1)(a) to (c)."""
TOUCHES: Final[Mapping[str, str]] = {
    "work": "work or education", "worship": "worship or belief", "children": "contact with a child",
    "earlier": "an order or bail condition that stands",
}  # fmt: skip
"""What a term should avoid as far as practicable (s2(3)), may not contradict (s2(6) and (7)), or may cost a child."""
ANSWERS: Final[Mapping[str, str]] = {"no": "no", "settled": "yes, and it is settled"}
Kind = Literal["line", "text", "yes_no", "tick"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a part. What is not `served` stands in no service copy; `inside` alone in no paper at all."""

    code: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    needed: bool = False
    served: bool = True
    inside: bool = False
    paper: str = ""
    """What it is called on the papers, where that differs."""
    cover: bool = False
    """Whether it stands on the first page, and not among its part."""


@dataclass(frozen=True, slots=True)
class PartForm:
    """A part that is told in words."""

    number: int
    title: str
    fields: tuple[Field, ...]
    paper: str = ""
    """Its heading on the papers, where it differs."""


FORMS: Final[Mapping[str, PartForm]] = {
    "respondent": PartForm(1, "Respondent", (
        Field("name", "Full name", "line", needed=True),
        Field("aliases", "Other names used", "line"),
        Field("born", "Date of birth", "line", "Under 18, the application goes to the youth court."),
        Field("court", "Court the application is made to", "line", cover=True),
        Field("applicant", "Chief officer who applies", "line", "As it should stand on the first page.", cover=True),
        Field("address", "Address, or where they can regularly be found", "text"),
        Field("work", "Work and education: where, on which days", "text",
              "An order should not interfere with times of work or education, as far as practicable.",
              paper="Work and education"),
        Field("belief", "Religious belief, as far as it bears on the terms", "line", paper="Religious belief"),
        Field("health", "Health, capacity and language: what service must allow for", "text",
              paper="What service must allow for"),
    )),
    "protected": PartForm(2, "The person protected", (
        Field("names", "Whom the order is to protect, one a line", "text",
              "Not always whom the acts were against (s1(1)(c)).", needed=True, paper="To be protected"),
        Field("why", "Why each needs protection from this risk", "text"),
        Field("unnamed", "Who and what must not be named, and why", "text",
              "A note for whoever drafts. It is on no paper. List the words themselves under “What must never "
              "leave”.", inside=True),
    )),
    "risk": PartForm(4, "Risk and impact", (
        Field("risk", "The risk, and whose judgement it is", "text",
              "Judgements stand side by side and are not averaged. Name who judged, when and by what.", needed=True,
              served=False),
        Field("impact", "The impact", "text", "In the person’s own words where they agreed to it.", served=False),
        Field("views", "What the person protected wants of the order", "text",
              "Recorded where given. The Act asks for no consent.", served=False),
        Field("served", "The risk and the impact may stand in the service copy", "tick", inside=True),
    )),
    "interim": PartForm(6, "Interim order", (
        Field("asked", "Is an interim order asked for?", "yes_no", needed=True),
        Field("why", "Why it is appropriate now", "text", "Protection until the main hearing (s5)."),
    )),
    "exhibits": PartForm(7, "Evidence and exhibits", (
        Field("others", "Exhibits that no act names, one a line: reference, what it is", "text", paper="Others"),
        Field("hearsay", "Hearsay notices", "text",
              "In magistrates’ civil cases 21 days before the hearing: verify with the court.", served=False),
    )),
    "statements": PartForm(8, "Statements", (
        Field("made", "Statements, one a line: who, of which day, signed or to be signed", "text", served=False,
              paper="Made by"),
        Field("officer", "The officer’s statement: the history, the grounds, why each term", "text",
              paper="The officer’s statement"),
        Field("cover", "What a statement should cover", "text",
              "A list for whoever takes the statement, who asks and does not lead. It is on no paper.", inside=True),
    )),
    "others": PartForm(9, "Other orders and proceedings", (
        Field("live", "The live investigation, or why there is none", "text", paper="The investigation",
              hint="An order never replaces an investigation.", needed=True),
        Field("orders", "Other orders, bail conditions and earlier orders", "text"),
        Field("proceedings", "Family, civil and other proceedings", "text"),
        Field("warned", "Days on which a warning was given, one a line, such as 2025-09-22", "text",
              "The first act after each is suggested among the acts.", inside=True),
    )),
}  # fmt: skip
"""The parts that are told in words, by code, in the order of the list."""


@dataclass(frozen=True, slots=True)
class ExhibitOf:
    """What an act is shown by: its reference, what it is, its bytes."""

    reference: str
    what: str = ""
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """An act relied on, with its number in the schedule."""

    id: UUID
    number: int
    when: When
    says: str
    entry: str
    kinds: tuple[str, ...] = ()
    told_by: str = "client"
    source: str = ""
    prover: str = ""
    exhibit: ExhibitOf | None = None
    grounds: str = ""
    since: str = ""
    """What became of its entry since: `corrected` or `withdrawn`; empty where it stands as it was chosen."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term that is asked for. `acts` are the numbers of the acts that make it necessary."""

    id: UUID
    number: int
    library: str
    text: str
    acts: tuple[int, ...] = ()
    policed: str = ""
    touches: Mapping[str, str] = field(default_factory=dict)
    settled: str = ""
    provider: str = ""
    map: ExhibitOf | None = None
    """The map of its area, as an exhibit."""

    @property
    def requirement(self) -> bool:
        """Whether it asks for something to be done."""
        return order_conditions()[self.library].kind == "requirement"

    @property
    def needs_provider(self) -> bool:
        """Whether somebody must have a place for it."""
        return "provider" in order_conditions()[self.library].parameters


@dataclass(frozen=True, slots=True)
class Draft:
    """An application as it stands: its sheets by part and field, its acts in order of time, its terms."""

    reference: str
    sheets: Mapping[str, Mapping[str, str]]
    done: frozenset[str] = frozenset()
    acts: tuple[Act, ...] = ()
    terms: tuple[Term, ...] = ()
    log: int = 0
    """Entries of the log that stand, of which the acts were chosen."""

    def said(self, part: str, code: str) -> str:
        """What a field says."""
        return self.sheets.get(part, {}).get(code, "")

    def by_ground(self, letter: str) -> tuple[Act, ...]:
        """The acts tied to a ground."""
        return tuple(one for one in self.acts if letter in one.grounds)


def in_order(when: When) -> tuple[bool, float, float]:
    """The place of an act in the schedule: by its earliest moment, then its latest; unknown times last."""
    unknown, moment = when.sort_key
    first = moment.timestamp() if moment else 0.0
    return unknown, first, when.latest.timestamp() if when.latest else first


def sheet_of(part: str, given: Mapping[str, str]) -> dict[str, str]:
    """The fields of a part as typed, tidied; whatever is no field of it is not read."""
    return {one.code: text for one in FORMS[part].fields if (text := given.get(one.code, "").strip())}


def judgement_told(level: str, reasons: str, who: str, on: date) -> str:
    """A judgement as the part on risk proposes it: whose, of which day, the level, the reasons; no more."""
    return f"{who}, {_day(on)}: {level}. {reasons.strip()}"


def to_cover(entry: str, when: str, says: str) -> str:
    """An entry that is marked for a statement as a line of what the statement should cover."""
    return f"{when}: {says} (log {entry})"


def taken_over(said: str, proposed: str) -> str:
    """A field with what is proposed beneath what it says already; unchanged where it says so."""
    return said if proposed in said else f"{said.rstrip()}\n\n{proposed}".strip()


def not_yet_said(said: str, lines: Iterable[str]) -> str:
    """Those of these lines that a field does not say yet."""
    here = set(map(str.strip, said.splitlines()))
    return "\n".join(one for one in lines if one not in here)


def can_keep_part(part: str, sheet: Mapping[str, str]) -> Decision:
    """Whether a part's fields fit."""
    for one in FORMS[part].fields:
        most = MOST_LINE if one.kind == "line" else MOST_TEXT
        if len(sheet.get(one.code, "")) > most:
            return no("part_long", "Shorten “{field}” to {most} letters.", field=one.label, most=most)
    if sheet.get("asked", "") not in ("", "yes", "no"):
        return no("part_choice", "Choose yes or no.")
    if any(day is None for _, day in _warned(sheet.get("warned", ""))):
        return no("part_days", "Write each day of a warning on a line of its own, as year-month-day: 2025-09-22.")
    return YES


def warned_days(draft: Draft) -> tuple[date, ...]:
    """The days on which a warning was given, as the part on other orders names them."""
    return tuple(sorted(day for _, day in _warned(draft.said("others", "warned")) if day))


def _warned(said: str) -> list[tuple[str, date | None]]:
    found: list[tuple[str, date | None]] = []
    for line in filter(None, map(str.strip, said.splitlines())):
        try:
            found.append((line, date.fromisoformat(line)))
        except ValueError:
            found.append((line, None))
    return found


def can_add_acts(chosen: int, more: int) -> Decision:
    """Whether so many more acts may be relied on."""
    if not more:
        return no("acts_none", "Tick the entries that are to be relied on.")
    if chosen + more > MOST_ACTS:
        return no("acts_many", "A schedule holds at most {most} acts. Choose the most telling.", most=MOST_ACTS)
    return YES


def can_be_act(says: str, source: str, prover: str, grounds: str) -> Decision:
    """Whether the line of an act can be kept: said, in so many words, on grounds of the Act."""
    if not says.strip():
        return no("act_empty", "Say what was done.")
    if len(says.split()) > MOST_ACT_WORDS:
        return no("act_long", "Say it in {most} words or fewer. The exhibit and the statement tell the rest.",
                  most=MOST_ACT_WORDS)  # fmt: skip
    if max(map(len, (says, source, prover))) > MOST_LINE:
        return no("act_line", "Shorten each field to {most} letters.", most=MOST_LINE)
    return YES if set(grounds) <= set(GROUNDS) else no("act_ground", "Choose from the grounds shown.")


def can_be_term(library: str, text: str, others: Collection[str], touches: Mapping[str, str]) -> Decision:
    """Whether a term can be kept in the draft; that it is tied and looked at is asked when it is signed."""
    if library not in order_conditions():
        return no("term_kind", "Choose the kind of term from the library.")
    if not text.strip():
        return no("term_empty", "Write the term as the order should say it.")
    if max(map(len, (text, *others))) > MOST_TEXT // 4:
        return no("term_long", "Shorten each field to {most} letters.", most=MOST_TEXT // 4)
    if not set(touches.values()) <= {"", *ANSWERS}:
        return no("term_touch", "Choose from the answers shown.")
    return YES


def covers(acts: tuple[Act, ...]) -> str:
    """`3 kinds, 10 Jun 2025 to 13 Nov 2025; 2 lack an exhibit`: what the chosen acts cover."""
    kinds = len({kind for one in acts for kind in one.kinds})
    said = f"{kinds} kind{'s' if kinds != 1 else ''}"
    starts = [one.when.earliest for one in acts if one.when.earliest]
    ends = [one.when.latest for one in acts if one.when.latest]
    if starts and ends:
        said += f", {_day(london_day(min(starts)))} to {_day(london_day(max(ends)))}"
    undated = sum(1 for one in acts if one.when.earliest is None and one.when.latest is None)
    bare = sum(1 for one in acts if one.exhibit is None)
    said += f"; {undated} of no known day" if undated else ""
    return said + (f"; {bare} lack{'s' if bare == 1 else ''} an exhibit" if bare else "; each has an exhibit")


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
