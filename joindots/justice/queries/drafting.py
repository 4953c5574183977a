"""One form of a crime's case file as it would leave, drafted from what stands in the crime's own case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.chronology import queries as chronology
from joindots.chronology.queries.exhibits import ExhibitView
from joindots.chronology.rules.referring import what_is
from joindots.documents.leaks.protected import Protected, Word
from joindots.documents.redaction import texts
from joindots.evidence import queries as evidence
from joindots.evidence.queries import IncidentView
from joindots.justice import permissions
from joindots.justice.models import Crime
from joindots.justice.queries.case_file import CaseFile, Material, case_file
from joindots.justice.queries.crimes import CrimePage, crime
from joindots.justice.queries.points import PointBlock, points
from joindots.justice.rules import file_forms as rules
from joindots.justice.rules.file_forms import BailOrder, Drafted, FileFacts, Happening, Piece
from joindots.kernel.decisions import Decision
from joindots.kernel.problems import NotFound
from joindots.law.case_file import FileForm, file_forms, sections_of
from joindots.people import queries as people


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form as it would leave, with what is missing in it and whether it can be taken."""

    id: UUID
    version: int
    case: str
    form: FileForm
    draft: Drafted
    protected: Protected
    can_take: Decision


@reads_one(permissions.KEEP_FILE, Crime)
def file_form(actor: Actor, row: Crime, code: str) -> FormPage:
    """A form of the case file. One that nothing here can fill, or of material that is another agency's, is not there.

    A person's private log is their own circle's, and is in no form.
    """
    form, page = file_forms().get(code), case_file(actor, Ref(row.pk))
    if form is None or not sections_of(code) or not page.own:
        raise NotFound
    listed = parts.protected(actor, row.circle_id)
    protected = Protected(tuple(Word(word, kind) for word, kind in listed.items()))  # type: ignore[arg-type]  # the list's kinds are among those of the check
    facts = _facts(actor, row, page)
    draft = rules.drafted(form, facts, lambda said: texts.text(said, protected).text)
    may = rules.can_leave(draft, empty=rules.is_empty(form, facts))
    return FormPage(row.pk, row.version, page.case, form, draft, protected, may)


def _facts(actor: Actor, row: Crime, page: CaseFile) -> FileFacts:
    case, told = Ref(page.case), crime(actor, Ref(row.pk))
    files = {_key(one): one for one in chronology.exhibits(actor, case)}
    whens = {f"a{one.reference}": one for one in evidence.incidents_of(actor, case)}
    steps = _steps(told)
    return FileFacts(
        force=told.line.force, reference=told.line.reference, reported_on=told.line.reported_on,
        offence=told.line.offence, victim=_victim(actor, row), steps=steps, bail=_bail_of(actor, row, steps),
        counts=tuple(one.offence for one in told.counts),
        material=tuple(_piece(one, files, whens) for one in page.material),
        asks=tuple((one.holder, one.what, one.state_words) for one in page.asks),
        points=tuple(map(_point, points(actor, Ref(row.pk)).blocks)),
    )  # fmt: skip


def _bail_of(actor: Actor, row: Crime, steps: tuple[Happening, ...]) -> tuple[BailOrder, ...]:
    """The orders of bail of a crime, where its reader may know of them."""
    orders = (one for one in parts.binds(actor, row.circle_id, terms=True) if one.bail)
    return rules.bail_of(steps, [BailOrder(made=one.made, says=one.says, terms=one.terms) for one in orders])


def _key(one: ExhibitView) -> str:
    return f"e{one.exhibit}" if one.exhibit is not None else f"s{one.source}"


def _piece(one: Material, files: Mapping[str, ExhibitView], acts: Mapping[str, IncidentView]) -> Piece:
    if one.key in acts:
        act = acts[one.key]
        when = replace(act.when, given="").says()  # the person's own words for a time are theirs
        return Piece(act=True, use=one.use, schedule=one.on_schedule, when=when, what=act.says)
    file = files[one.key]
    return Piece(
        act=False, use=one.use, schedule=one.on_schedule, what=what_is(file.name), reference=file.reference,
        producer=file.producer,
    )  # fmt: skip


def _steps(told: CrimePage) -> tuple[Happening, ...]:
    return tuple(
        Happening(
            event=one.event,
            label=f"{one.label}: {one.offence}" if one.offence else one.label,
            on=one.on,
            until=one.ends,
            who=one.who,
            note=one.note,
        )
        for one in told.steps
        if one.struck is None
    )


def _point(one: PointBlock) -> tuple[str, str, str]:
    """A point with the days of acts and the files that are linked to it; a file's own name is not told."""
    acts = [f"{linked.act.says}, {replace(linked.act.when, given='').says()}" for linked in one.linked if linked.act]
    files = [reference if sep else "a file with no reference" for reference, sep, _ in
             (linked.file.partition(": ") for linked in one.linked if linked.act is None)]  # fmt: skip
    return one.point.label, "; ".join((*acts, *files)) or "nothing", one.gap or "nothing"


def _victim(actor: Actor, row: Crime) -> str:
    """Who it was done to; nobody here where the person of the case was complained of."""
    if row.stands_as != "victim":
        return ""
    return next((one.name for one in people.people_in(actor, Ref(row.circle_id)) if one.stands_as == "victim"), "")
