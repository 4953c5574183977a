"""Telling the person, asking for a pack for disclosure, and keeping what was made and found clean."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import Disclosure, Told
from joindots.chronology.rules import court, release
from joindots.chronology.rules.release import State
from joindots.jobs import actions as jobs
from joindots.people.tasks import only_on_her_side
from joindots.vault import files
from joindots.vault.files import SealedFile
from joindots.vault.models import Tier

DISCLOSE = "chronology.disclosure"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a finished pack, in numbers."""

    gathered_at: datetime
    as_at: datetime
    entries: int
    records: int
    enclosed: int
    left_out: int
    kept_back: dict[str, int]
    checked_files: int
    with_ocr: bool
    sources: tuple[int, ...] = ()
    """Files of which something is in it."""
    exhibits: tuple[UUID, ...] = ()
    """Files found inside others that are in it."""


Found = tuple[str, str, tuple[str, ...]]
"""A place in a pack, what was found there, and what of the case brought it in, as an address of the case says it."""


@writes(permissions.TELL, Case)
def note_told(actor: Actor, case: Case, *, how: str, told_at: datetime | None, said: str = "") -> UUID:
    """Note that the person was told what a court may order, with the words that were used."""
    only_on_her_side(actor, case.circle_id)
    court.can_tell(how, said, told_at, actor.at).or_raise()
    assert told_at is not None
    row = Told(
        circle_id=case.circle_id, by_id=actor.membership_id, how=how, told_at=told_at, noted_at=actor.at,
        wording=court.WORDING,
    )  # fmt: skip
    actor.keys.seal(row, text="\n".join(court.TEXT), said=said.strip())
    row.save(force_insert=True)
    actor.record(case.circle_id, "chronology.told", told=row.pk, how=how, wording=court.WORDING)
    return row.pk


@writes(permissions.DISCLOSE, Case)
def ask_for_disclosure(
    actor: Actor, case: Case, *, about: tuple[str, ...], recipient: str, own: tuple[str, ...] = ()
) -> UUID:
    """Queue the making of a pack for disclosure for one recipient. The job's id.

    `about` are the names and numbers of the person reported as the files show them, `own` those of the person being
    stalked. Whoever is neither stays out.
    """
    only_on_her_side(actor, case.circle_id)
    told = Told.objects.filter(circle=case.circle_id).order_by("-told_at", "-noted_at").first()
    recipient = " ".join(recipient.split())
    release.can_make(told.told_at if told else None, actor.at, about=about, recipient=recipient).or_raise()
    row = Disclosure(circle_id=case.circle_id, told=told, made_by_id=actor.membership_id, made_at=actor.at)
    actor.keys.seal(row, about=release.people_said(about, own), recipient=recipient, file_key="")
    row.save(force_insert=True)
    actor.record(case.circle_id, "chronology.disclosure_asked", disclosure=row.pk)
    return jobs.start(actor, Ref(case.circle_id), kind=DISCLOSE, subject=str(row.pk))


@writes(permissions.DISCLOSE, Disclosure, when=lambda row: release.can_move(State(row.state), State.READY))
def keep_disclosure(actor: Actor, row: Disclosure, *, sealed: SealedFile, made: Contents) -> None:
    """Keep a pack in which the leak check found nothing. It cannot be downloaded before two people release it."""
    only_on_her_side(actor, row.circle_id)
    owner_key = actor.keys.cabinet.key_or_new(row.circle_id, Tier.NARRATIVE, actor.at)
    path = files.settle(sealed, row.circle_id, owner_key, str(row.pk))
    row.address, row.size, row.sha256 = path.name, sealed.size, sealed.sha256
    row.state = State.READY.value
    _note(row, made)
    actor.keys.seal(row, file_key=base64.b64encode(sealed.key).decode())
    row.save()
    actor.record(
        row.circle_id, "chronology.disclosure_made", disclosure=row.pk, sha256=row.sha256, records=row.records,
        sources=list(made.sources), exhibits=[str(one) for one in made.exhibits],
    )  # fmt: skip


@writes(permissions.DISCLOSE, Disclosure, when=lambda row: release.can_move(State(row.state), State.BLOCKED))
def block_disclosure(actor: Actor, row: Disclosure, *, hits: tuple[Found, ...], made: Contents) -> None:
    """Note where the leak check found something, and what brought it in. Not a byte of the pack is kept."""
    only_on_her_side(actor, row.circle_id)
    row.state, row.hits = State.BLOCKED.value, [list(one) for one in hits]
    _note(row, made)
    row.save()
    actor.record(row.circle_id, "chronology.disclosure_blocked", disclosure=row.pk, hits=len(hits))


@writes(permissions.DISCLOSE, Disclosure, when=lambda row: release.can_move(State(row.state), State.READY))
def forget_disclosure(actor: Actor, row: Disclosure) -> None:
    """Delete a pack that was not finished."""
    only_on_her_side(actor, row.circle_id)
    actor.record(row.circle_id, "chronology.disclosure_forgotten", disclosure=row.pk)
    row.delete()


def _note(row: Disclosure, made: Contents) -> None:
    row.gathered_at, row.as_at, row.entries, row.records = made.gathered_at, made.as_at, made.entries, made.records
    row.enclosed, row.left_out, row.kept_back = made.enclosed, made.left_out, made.kept_back
    row.checked_files, row.with_ocr = made.checked_files, made.with_ocr
