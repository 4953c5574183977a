"""A crime's case file: forms and what stands here for each, material and how it is used, and what others were asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework.models import Case
from joindots.chronology import queries as chronology
from joindots.evidence import queries as evidence
from joindots.justice import permissions
from joindots.justice.models import Crime, CrimeStep, HolderAsk, MaterialMark
from joindots.justice.rules import case_file as rules
from joindots.justice.rules.file_forms import BAILED
from joindots.justice.tasks.crimes import course_of, steps_of
from joindots.kernel.problems import NotFound
from joindots.law.case_file import FileForm, file_forms, sections_of


@dataclass(frozen=True, slots=True)
class Material:
    """A piece of material and how somebody says it is used; `use` empty where nobody has said."""

    key: str
    says: str
    """For those who work on the case."""
    neutral: str
    """Kind and day alone."""
    use: str
    use_words: str
    described: str
    by: str
    at: datetime | None

    @property
    def on_schedule(self) -> str:
        """What stands on a schedule that others read."""
        return self.described or self.neutral


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form of the case file and what is kept here for it; `stands` empty where nothing is."""

    form: FileForm
    stands: str
    drafted: bool
    """Whether what is kept here drafts it."""


@dataclass(frozen=True, slots=True)
class AskView:
    """That somebody else was asked for what they hold."""

    id: UUID
    version: int
    holder: str
    what: str
    reasons: tuple[tuple[str, str], ...]
    counselling: bool
    told_on: date | None
    why_not_told: str
    state: str
    state_words: str
    answered_on: date | None
    answer: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A crime's case file; what nobody has spoken of comes first."""

    id: UUID
    version: int
    case: str
    own: bool
    """Whether the case is the actor's own agency's: only then is its material the force's to list."""
    forms: tuple[FormLine, ...]
    material: tuple[Material, ...]
    asks: tuple[AskView, ...]

    @property
    def not_said(self) -> int:
        """Of how many pieces nobody has said how they are used."""
        return sum(not one.use for one in self.material)


@reads_one(permissions.KEEP_FILE, Crime)
def case_file(actor: Actor, row: Crime) -> CaseFile:
    """The case file of a crime, built from what stands in its own case. Nothing that somebody else holds is listed."""
    case = Case.objects.filter(circle=row.circle_id).first()
    if case is None:
        raise NotFound
    own = row.circle.agency_id == actor.agency_id
    material = _material(actor, row, Ref(case.reference)) if own else []
    asks = HolderAsk.objects.filter(crime=row).select_related("by__user").order_by("-at", "-id")
    return CaseFile(
        row.pk, row.version, case.reference, own, _forms(actor, row, material),
        tuple(sorted(material, key=lambda one: bool(one.use))), tuple(_ask(actor, one) for one in asks),
    )  # fmt: skip


def _material(actor: Actor, row: Crime, case: Ref) -> list[Material]:
    marks = _marks(row)
    found: list[tuple[str, str, str]] = []
    for act in evidence.incidents_of(actor, case):
        day = replace(act.when, given="").says()  # the person's own words for a time are theirs
        found.append((f"a{act.reference}", f"{act.says}, {act.when.says()}", f"An entry of a log: {act.says}, {day}"))
    for number, file in enumerate(chronology.exhibits(actor, case), start=1):
        if file.source is None and file.exhibit is None:
            continue
        key = f"e{file.exhibit}" if file.exhibit is not None else f"s{file.source}"
        name = f"{file.reference}: {file.name}" if file.reference else file.name
        found.append((key, name, f"A file, {file.reference or f'number {number}'}"))
    return [_piece(actor, key, says, neutral, marks.get(key)) for key, says, neutral in found]


def _piece(actor: Actor, key: str, says: str, neutral: str, mark: MaterialMark | None) -> Material:
    if mark is None:
        return Material(key, says, neutral, rules.NOT_SAID, "", "", "", None)
    described = actor.keys.open(mark.described)
    return Material(key, says, neutral, mark.use, rules.USES[mark.use], described, mark.by.user.name, mark.at)


def _marks(row: Crime) -> Mapping[str, MaterialMark]:
    """The newest mark of each piece."""
    told: dict[str, MaterialMark] = {}
    for mark in MaterialMark.objects.filter(crime=row).select_related("incident", "by__user").order_by("at", "id"):
        if mark.incident is not None:
            told[f"a{mark.incident.reference}"] = mark
        elif mark.source_id is not None:
            told[f"s{mark.source_id}"] = mark
        elif mark.exhibit_id is not None:
            told[f"e{mark.exhibit_id}"] = mark
    return told


def _forms(actor: Actor, row: Crime, material: list[Material]) -> tuple[FormLine, ...]:
    course = course_of(row, (steps := steps_of([row.pk])[row.pk]))
    events = {one.event for one in steps if one.struck_at is None}
    uses = [one.use for one in material]
    stands = {
        "advice": "asked for or decided" if events & {"advice_asked", "charge_authorised", "no_charge"} else "",
        "charges": _count(len(course.counts), "count"),
        "bail": _bail(actor, row, steps),
        "interview": "interviewed" if "interviewed" in events else "",
        "unused": _count(uses.count("unused"), "piece"), "sensitive": _count(uses.count("sensitive"), "piece"),
        "exhibits": _count(sum(one.key[0] != "a" and one.use == "used" for one in material), "file"),
        "statement": course.statement.replace("_", " "), "measures": "", "": "",
    }  # fmt: skip
    return tuple(FormLine(one, stands[one.fact], bool(sections_of(one.code))) for one in file_forms().values())


def _bail(actor: Actor, row: Crime, steps: list[CrimeStep]) -> str:
    """Where the conditions of bail stand: with the order, or in the words of a step."""
    days = {one.on for one in steps if one.struck_at is None and one.event in BAILED}
    orders = [one for one in parts.binds(actor, row.circle_id, terms=True) if one.bail and one.made in days]
    if terms := sum(len(one.terms) for one in orders):
        return f"{_count(terms, 'condition')} with the order of bail"
    return "conditions are written with the steps" if days else ""


def _count(number: int, what: str) -> str:
    return "" if not number else f"1 {what}" if number == 1 else f"{number} {what}s"


def _ask(actor: Actor, row: HolderAsk) -> AskView:
    show = actor.keys.open
    reasons = (
        ("Line of enquiry", show(row.enquiry)), ("Necessary and proportionate", show(row.needed)),
        ("Other means", show(row.other_means)), ("Probative value", show(row.probative)),
    )  # fmt: skip
    now = rules.ENDS.get(row.state, "asked, no answer yet")
    return AskView(
        row.pk, row.version, show(row.holder), show(row.what), tuple(one for one in reasons if one[1]),
        row.counselling, row.told_on, show(row.why_not_told), row.state, now,
        row.answered_on, show(row.answer), row.by.user.name, row.at,
    )  # fmt: skip
