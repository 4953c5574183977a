"""Linking things of a case, and undoing a link: who says so, when and why. Nothing linked is changed by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence import pages, permissions
from joindots.evidence.models import Exhibit, Incident, Link, LinkEnd, Page, Reading, SourceFile
from joindots.evidence.rules import links
from joindots.evidence.rules.entries import State
from joindots.evidence.rules.links import End
from joindots.kernel.problems import NotFound
from joindots.vault.models import Tier

T = TypeVar("T")


@writes(permissions.LINK, Case, when=lambda case: casework.can_work(casework.State(case.state)))
def link(actor: Actor, case: Case, *, kind: str, ends: Sequence[End], why: str = "") -> UUID:
    """Link things of a case: a file `shows` an entry, or records and entries tell of the `same_act`. The link's id.

    A link that stands already between exactly these is given again, and nothing new is made.
    """
    links.can_link(kind, ends, why).or_raise()
    found = [_end(actor, case, end) for end in ends]
    here = _standing(case, kind, found)
    if here is not None:
        actor.record(case.circle_id, "evidence.link_again", link=here)
        return here
    row = Link(circle_id=case.circle_id, kind=kind, by_id=actor.membership_id, at=actor.at)
    actor.keys.seal(row, why=why.strip())
    row.save(force_insert=True)
    for one in found:
        one.link = row
    LinkEnd.objects.bulk_create(found)
    actor.record(case.circle_id, "evidence.linked", link=row.pk, kind=kind, ends=len(found))
    return row.pk


@writes(permissions.LINK, Link, when=lambda row: links.can_undo(row.ended_at is not None))
def undo_link(actor: Actor, row: Link, *, why: str = "") -> None:
    """Undo a link. What was linked stays as it is, and so does the link, with who undid it, when and why."""
    casework.can_work(casework.State(Case.objects.get(circle=row.circle_id).state)).or_raise()
    links.can_say_why(why).or_raise()
    row.ended_by_id, row.ended_at = actor.membership_id, actor.at
    actor.keys.seal(row, ended_why=why.strip())
    row.save(update_fields=("ended_by", "ended_at", "ended_why"))
    actor.record(row.circle_id, "evidence.unlinked", link=row.pk, kind=row.kind)


def _end(actor: Actor, case: Case, end: End) -> LinkEnd:
    """The thing that is meant, if it is one of this case's; NotFound otherwise."""
    if end.entry:
        entry = Incident.objects.filter(circle=case.circle_id, reference=end.entry, state=State.STANDS).first()
        return LinkEnd(incident=_there(entry))
    if end.exhibit is not None:
        return LinkEnd(exhibit=_there(Exhibit.objects.filter(circle=case.circle_id, pk=end.exhibit).first()))
    files = SourceFile.objects.filter(circle=case.circle_id).exclude(state=SourceFile.State.LEAVING)
    source = _there(None if end.source is None else files.filter(pk=end.source).first())
    if end.seq is None:
        return LinkEnd(source=source)
    return LinkEnd(source=source, seq=end.seq, mark=_mark(actor, source, end.seq))


def _mark(actor: Actor, source: SourceFile, seq: int) -> str:
    """The mark of a record of the reading that is shown."""
    number, place = divmod(seq, pages.RECORDS)
    held = Page.objects.filter(reading__source=source, reading__state=Reading.State.HELD, number=number)
    words = actor.keys.open_bytes(_there(held.first()).words)
    if place >= len(pages.words_of(words)):  # the last page of a file is short
        raise NotFound
    ((_, record),) = pages.picked(words, (place,))
    return links.mark_of(actor.keys.cabinet.key(source.circle_id, Tier.NARRATIVE), record.place)


def _standing(case: Case, kind: str, ends: Sequence[LinkEnd]) -> UUID | None:
    """A link that stands between exactly these."""
    wanted = {_key(one) for one in ends}
    first = ends[0]
    near = LinkEnd.objects.filter(
        link__circle=case.circle_id, link__kind=kind, link__ended_at=None, incident=first.incident_id,
        source=first.source_id, exhibit=first.exhibit_id,
    )  # fmt: skip
    for row in Link.objects.filter(pk__in=near.values("link")).prefetch_related("ends"):
        if {_key(one) for one in row.ends.all()} == wanted:
            return row.pk
    return None


def _key(end: LinkEnd) -> tuple[object, ...]:
    return end.incident_id, end.source_id, end.exhibit_id, end.mark


def _there(found: T | None) -> T:
    if found is None:
        raise NotFound
    return found
