"""Forms of a case file drafted from what is kept: sections as data, each filled by a block of facts (pure).

One builder makes every form. What is not kept is said as a sentence, nothing is ticked and nobody has signed. A copy
that the defence reads holds no file's own name, no case reference and no words of the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from joindots.documents.order_papers import Grid, Papers, Section
from joindots.justice.rules.case_file import NOT_SAID, USES
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.dots import Term
from joindots.law.case_file import FileForm, FileSection, sections_of
from joindots.law.counting import day_said

STAMP = "DRAFT from what is kept here. Checked and signed by nobody."
KEPT_BACK = "Where this says [kept back], words are kept back to protect somebody."
BY_HAND = "To be written by hand"
IN_OUR_WORDS = "This is our own layout and words, to be copied into the form of the force."
WORDED = frozenset({"unused", "sensitive"})
"""Blocks that a person words for their reader: what must not leave stops them, and is not cut out of them."""
COURSE = frozenset(
    {"recorded", "reclassified", "arrested", "interviewed", "bailed", "released_inquiry", "bail_changed", "bail_ended",
     "charged", "court_bail", "remanded", "hearing_held"}
)  # fmt: skip
"""Steps that a summary tells. What the victim was told, and what they asked to be reviewed, is not for the defence."""
ADVICE = frozenset({"advice_asked", "advice_given", "charge_authorised", "no_charge"})
BAIL = frozenset({"bailed", "released_inquiry", "bail_changed", "bail_ended", "court_bail", "remanded", "released"})
BAILED = frozenset({"bailed", "bail_changed", "court_bail"})
"""Steps with which somebody is put on bail."""
Sift = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A step of the crime that stands."""

    event: str
    label: str
    on: date
    until: date | None = None
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BailOrder:
    """An order of bail that was made: its conditions, in its own words and days."""

    made: date
    says: str
    terms: tuple[Term, ...]

    @property
    def days(self) -> frozenset[date]:
        """The days on which its conditions were set."""
        return frozenset({self.made, *(one.since for one in self.terms if one.since)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of material: an act of the log or a file. A file has a reference where it was given one."""

    act: bool
    use: str
    schedule: str
    when: str = ""
    what: str = ""
    reference: str = ""
    producer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What a crime's case keeps that a form can tell."""

    force: str
    reference: str
    reported_on: date
    offence: str
    victim: str
    steps: tuple[Happening, ...]
    counts: tuple[str, ...]
    material: tuple[Piece, ...]
    asks: tuple[tuple[str, str, str], ...]
    """Whom, for what, and what became of it."""
    points: tuple[tuple[str, str, str], ...]
    """Each point, what is linked to it, and what is missing."""
    bail: tuple[BailOrder, ...] = ()
    """Orders of bail that were made with a step of this crime."""

    @property
    def not_said(self) -> int:
        """Of how many pieces nobody has said how they are used."""
        return sum(one.use == NOT_SAID for one in self.material)

    def used(self, *, act: bool) -> list[Piece]:
        """Acts or files that are used as evidence."""
        return [one for one in self.material if one.use == "used" and one.act is act]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A form as it would leave, and what is missing in it; `stops` where words for its reader must not leave."""

    papers: Papers
    gaps: tuple[str, ...]
    stops: bool


def drafted(form: FileForm, facts: FileFacts, sift: Sift) -> Drafted:
    """A form drafted from the facts. Words that must not leave are kept back before anything is set."""
    gaps, sections, stops = list(_open(form, facts)), [], False
    for part in sections_of(form.code):
        raw = BLOCKS[part.block](facts)
        kept = _sifted(raw, sift)
        stops |= part.block in WORDED and kept != raw
        missing = part.empty if part.empty and _bare(raw) else ""
        by_hand = "" if part.block == "bail" and any(one.terms for one in facts.bail) else part.by_hand
        gaps += [f"{part.title}: {one}" for one in (missing, by_hand) if one]
        sections.append(_section(part, kept, missing, by_hand))
    papers = Papers(form.label, STAMP, form.label, (IN_OUR_WORDS, KEPT_BACK), tuple(sections), index=False)
    return Drafted(papers, tuple(gaps), stops)


def can_leave(draft: Drafted, *, empty: bool) -> Decision:
    """Whether a form can be taken: something stands in it, and no words for its reader name what must not leave."""
    if empty:
        return no("form_empty", "Nothing that is kept here fills this form yet. Write down or mark it first.")
    if draft.stops:
        return no("schedule_leaks", "The schedule names something that must not leave. It is not shown here, and no "
                  "copy was made. Describe the material in other words.")  # fmt: skip
    return YES


def is_empty(form: FileForm, facts: FileFacts) -> bool:
    """Whether no block of the form holds anything, the report apart: that alone makes no form."""
    blocks = [one.block for one in sections_of(form.code) if one.block != "report"]
    return all(_bare(BLOCKS[one](facts)) for one in blocks)


def _open(form: FileForm, facts: FileFacts) -> Iterator[str]:
    """What stands open on the whole: for those who work on the case, never on the paper."""
    if facts.not_said and any(one.block in OF_MATERIAL for one in sections_of(form.code)):
        yield f"Nobody has said yet how {facts.not_said} of {len(facts.material)} pieces of material are used."
    if any(one.block == "bail" for one in sections_of(form.code)):
        yield from _unworded(facts)
    unnamed = sum(not one.reference for one in facts.used(act=False))
    if unnamed and any(one.block == "exhibits" for one in sections_of(form.code)):
        yield f"Files used with no exhibit reference yet: {unnamed}."


def _unworded(facts: FileFacts) -> Iterator[str]:
    for one in facts.bail:
        if not one.terms:
            yield f"No condition of the bail of {day_said(one.made)} is written down under Orders."


def _bare(one: Section) -> bool:
    return not one.lines and not (one.grid and one.grid.rows)


def _section(part: FileSection, kept: Section, missing: str, by_hand: str) -> Section:
    lines = (*kept.lines, *((("", missing),) if missing else ()))
    lines += ((BY_HAND, by_hand),) if by_hand else ()
    return Section(part.title, lines, kept.grid)


def _sifted(one: Section, sift: Sift) -> Section:
    grid = one.grid and Grid(one.grid.head, one.grid.widths, tuple(tuple(map(sift, row)) for row in one.grid.rows))
    return Section(one.title, tuple((head, sift(said)) for head, said in one.lines), grid)


def _lines(*lines: tuple[str, str]) -> Section:
    return Section("", tuple(one for one in lines if one[1]))


def _table(head: tuple[str, ...], widths: tuple[int, ...], rows: Sequence[tuple[str, ...]]) -> Section:
    return Section("", (), Grid(head, widths, tuple(rows)))


def _report(facts: FileFacts) -> Section:
    return _lines(
        ("Force", facts.force), ("Its reference", facts.reference), ("Reported", day_said(facts.reported_on)),
        ("Offence as it is recorded", facts.offence or "not written down yet"),
    )  # fmt: skip


def _course(facts: FileFacts) -> Section:
    return _lines(*((day_said(one.on), one.label) for one in facts.steps if one.event in COURSE))


def _advice(facts: FileFacts) -> Section:
    found = (one for one in facts.steps if one.event in ADVICE)
    return _lines(*((day_said(one.on), _with_words(one)) for one in found))


def bail_of(steps: Sequence[Happening], orders: Sequence[BailOrder]) -> tuple[BailOrder, ...]:
    """The orders of bail that were made on a day of a step of this crime that gave bail."""
    days = {one.on for one in steps if one.event in BAILED}
    return tuple(one for one in orders if one.made in days)


def _bail(facts: FileFacts) -> Section:
    """Steps in turn; the conditions of the order stand for the words of a step of the day on which they were set."""
    lines: list[tuple[str, str]] = []
    left = list(facts.bail)
    for step in (one for one in facts.steps if one.event in BAIL):
        set_then = any(one.terms and step.on in one.days for one in facts.bail)
        worded = replace(step, note="") if step.event in BAILED and set_then else step
        lines.append((day_said(step.on), _with_words(worded)))
        for order in [one for one in left if step.event in BAILED and one.made == step.on]:
            left.remove(order)
            lines += _conditions(order)
    return _lines(*lines)


def _conditions(order: BailOrder) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(order.terms, start=1):
        days = f", from {day_said(one.since)}" if one.since and one.since != order.made else ""
        days += f", until {day_said(one.until)}" if one.until else ""
        yield f"Condition {number}{days}", one.text
    if order.terms:
        yield "The order of bail", order.says


def _with_words(one: Happening) -> str:
    until = f", until {day_said(one.until)}" if one.until else ""
    who = f" ({one.who})" if one.who else ""
    return f"{one.label}{until}{who}." + (f" {one.note}" if one.note else "")


def _charges(facts: FileFacts) -> Section:
    return _lines(*((f"Charge {number}", says) for number, says in enumerate(facts.counts, start=1)))


def _acts(facts: FileFacts) -> Section:
    rows = [(str(number), one.when, one.what) for number, one in enumerate(facts.used(act=True), start=1)]
    return _table(("No.", "When, as known", "What, in a word"), (1, 4, 6), rows)


def _exhibits(facts: FileFacts) -> Section:
    rows = [(one.reference or "no reference yet", one.what, one.producer or "not said yet")
            for one in facts.used(act=False)]  # fmt: skip
    return _table(("Exhibit", "What it is", "Produced by"), (2, 4, 4), rows)


def _schedule(use: str) -> Callable[[FileFacts], Section]:
    def listed(facts: FileFacts) -> Section:
        found = [one.schedule for one in facts.material if one.use == use]
        return _lines(*((str(number), says) for number, says in enumerate(found, start=1)))

    return listed


def _counted(facts: FileFacts) -> Section:
    uses = {says.capitalize(): sum(one.use == code for one in facts.material) for code, says in USES.items()}
    uses["Nobody has said yet"] = facts.not_said
    return _lines(*((says, str(number)) for says, number in uses.items())) if facts.material else Section("")


def _asks(facts: FileFacts) -> Section:
    return _table(("Whom", "For what", "What became of it"), (3, 5, 3), facts.asks)


def _points(facts: FileFacts) -> Section:
    return _table(("Point", "Linked", "Missing"), (5, 5, 3), facts.points)


def _witnesses(facts: FileFacts) -> Section:
    """Names and what each can speak to: a way to reach somebody is not on a list of witnesses."""
    told: dict[str, str] = {facts.victim: "what was done to them"} if facts.victim else {}
    for one in facts.used(act=False):
        if one.producer and one.reference:
            told[one.producer] = f"{told.get(one.producer, 'produces')}, {one.reference}"
    for step in facts.steps:
        if step.event in ("officer_named", "officer_changed") and step.who:
            told.setdefault(step.who, "officer in the case")
    return _table(("Name", "Speaks to"), (4, 6), list(told.items()))


BLOCKS: Mapping[str, Callable[[FileFacts], Section]] = {
    "report": _report, "course": _course, "advice": _advice, "bail": _bail, "charges": _charges, "acts": _acts,
    "exhibits": _exhibits, "unused": _schedule("unused"), "sensitive": _schedule("sensitive"), "counted": _counted,
    "asks": _asks, "points": _points, "witnesses": _witnesses, "none": lambda _: Section(""),
}  # fmt: skip
"""How each block of the table is filled."""
OF_MATERIAL = frozenset({"acts", "exhibits", *WORDED, "counted"})
