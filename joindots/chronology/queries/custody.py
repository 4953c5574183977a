"""The statement of custody of a case: whole for its page, or of a pack's exhibits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import Disclosure, Pack
from joindots.chronology.rules.custody import Thing, numbered, statement
from joindots.circles import queries as circles
from joindots.documents.contents import CustodyStatement
from joindots.evidence.models import Exhibit, SourceFile
from joindots.kernel.when import day_says
from joindots.people.tasks import only_on_her_side

TITLE = "Statement of custody"


@reads_one(permissions.SEE_STATEMENT, Case)
def statement_of(actor: Actor, case: Case) -> CustodyStatement:
    """The custody of everything in the case, up to now; on the victim's side alone, for it names every file."""
    only_on_her_side(actor, case.circle_id)
    entries = circles.book_of(actor, Ref(case.circle_id))
    things = (*_kept(actor, case, {}), *_packs(case))
    return statement(entries, things, TITLE, reference=case.reference)


@reads_one(permissions.MAKE_PACK, Case)
def statement_for_pack(actor: Actor, case: Case, pack: UUID, exhibits: Mapping[str, int]) -> CustodyStatement:
    """The custody of a full pack's exhibits, up to when the pack was asked for: the same whenever it is made."""
    entries = circles.book_of(actor, Ref(case.circle_id), _asked(actor, case, "chronology.pack_asked", "pack", pack))
    things = tuple(one for one in _kept(actor, case, exhibits))
    return statement(entries, things, TITLE, reference=case.reference, case_too=False)


@reads_one(permissions.DISCLOSE, Case)
def statement_outward(
    actor: Actor, case: Case, disclosure: UUID, exhibits: Mapping[str, str], recipient: str
) -> CustodyStatement:
    """The custody of the exhibits that are in a pack for disclosure, by their addresses: without a name, of staff or
    of a file, and without a SHA-256 of an original.
    """
    until = _asked(actor, case, "chronology.disclosure_asked", "disclosure", disclosure)
    entries = circles.book_of(actor, Ref(case.circle_id), until)
    things = [
        Thing(key, str(row.pk), exhibits[row.address], "", str(getattr(row, "source_id", "") or ""))
        for key, row in _rows(case)
        if row.address in exhibits
    ]
    things.sort(key=lambda one: (len(one.title), one.title))
    return statement(entries, things, TITLE, recipient=recipient, case_too=False)


@reads_one(permissions.SEE_STATEMENT, Case)
def note_statement(actor: Actor, case: Case, *, form: str) -> None:
    """Note that the statement leaves, as `pdf` or `csv`."""
    actor.record(case.circle_id, "chronology.statement_taken", form=form)


@reads_one(permissions.SEE_STATEMENT, Case)
def note_table(actor: Actor, case: Case, *, table: str, rows: int) -> None:
    """Note that a table of counts leaves, such as the one behind the timeline."""
    actor.record(case.circle_id, "chronology.table_taken", table=table, rows=rows)


@reads_one(permissions.SEE_STATEMENT, Case)
def note_timeline(actor: Actor, case: Case, *, words: bool) -> None:
    """Note that a printed timeline leaves, and whether with the words of its records."""
    actor.record(case.circle_id, "chronology.timeline_taken", words=words)


def _asked(actor: Actor, case: Case, code: str, key: str, row: UUID) -> int | None:
    """The number of the entry by which something was asked for."""
    entries = circles.book_of(actor, Ref(case.circle_id))
    return next((one.seq for one in entries if one.code == code and one.says.get(key) == str(row)), None)


def _rows(case: Case) -> Iterator[tuple[str, SourceFile | Exhibit]]:
    """Every kept file of a case in the order in which it came, then those found inside."""
    yield from (("source", one) for one in SourceFile.objects.filter(circle=case.circle_id).order_by("given_at", "id"))
    yield from (("exhibit", one) for one in Exhibit.objects.filter(circle=case.circle_id).order_by("source", "id"))


def _kept(actor: Actor, case: Case, numbers: Mapping[str, int]) -> Iterator[Thing]:
    """Every kept file as its statement names it; with numbers, those that are exhibits of the pack alone."""
    show = actor.keys.open
    for key, row in _rows(case):
        sha256 = show(row.sha256)
        if not numbers or sha256 in numbers:
            inside = str(row.source_id) if isinstance(row, Exhibit) else ""
            title = numbered(numbers, sha256, show(row.name))
            yield Thing(key, str(row.pk), title, f"SHA-256 {sha256}", inside)


def _packs(case: Case) -> Iterator[Thing]:
    for one in Pack.objects.filter(circle=case.circle_id).order_by("made_at", "id"):
        yield Thing("pack", str(one.pk), f"Full pack, asked for on {day_says(one.made_at)}")
    for row in Disclosure.objects.filter(circle=case.circle_id).order_by("made_at", "id"):
        about = f"SHA-256 {row.sha256}" if row.sha256 else ""
        yield Thing("disclosure", str(row.pk), f"Pack for disclosure, asked for on {day_says(row.made_at)}", about)
