"""Asking for a pack, and keeping it when it is made."""

from __future__ import annotations

import base64
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import Pack
from joindots.jobs import actions as jobs
from joindots.vault import files
from joindots.vault.files import SealedFile
from joindots.vault.models import Tier

MAKE = "chronology.pack"


@writes(permissions.MAKE_PACK, Case)
def ask_for_pack(actor: Actor, case: Case, *, about: tuple[str, ...] = ()) -> UUID:
    """Queue the making of a pack of everything the case's files show. The job's id."""
    row = Pack(circle_id=case.circle_id, made_by_id=actor.membership_id, made_at=actor.at, as_at=actor.at)
    actor.keys.seal(row, about="\n".join(about), sha256="", file_key="")
    row.save()
    actor.record(case.circle_id, "chronology.pack_asked", pack=row.pk)
    return jobs.start(actor, Ref(case.circle_id), kind=MAKE, subject=str(row.pk))


@writes(permissions.MAKE_PACK, Pack)
def keep_pack(
    actor: Actor, row: Pack, *, sealed: SealedFile, as_at: datetime, entries: int, records: int, open_questions: int,
    sources: tuple[int, ...] = (), exhibits: tuple[UUID, ...] = (),
) -> None:  # fmt: skip
    """Keep a made pack: from now on it can be downloaded. `sources` and `exhibits` are the files copied into it."""
    owner_key = actor.keys.cabinet.key_or_new(row.circle_id, Tier.NARRATIVE, actor.at)
    path = files.settle(sealed, row.circle_id, owner_key, str(row.pk))
    row.address, row.size, row.as_at, row.ready = path.name, sealed.size, as_at, True
    row.entries, row.records, row.open_questions = entries, records, open_questions
    actor.keys.seal(row, sha256=sealed.sha256, file_key=base64.b64encode(sealed.key).decode())
    row.save()
    actor.record(
        row.circle_id, "chronology.pack_made", pack=row.pk, records=records, sha256=sealed.sha256,
        sources=list(sources), exhibits=[str(one) for one in exhibits],
    )  # fmt: skip


@writes(permissions.MAKE_PACK, Pack)
def forget_pack(actor: Actor, row: Pack) -> None:
    """Delete a pack that was not finished, or is no longer wanted."""
    if row.address:
        files.drop(files.folder() / row.circle_id.hex / row.address)
    actor.record(row.circle_id, "chronology.pack_forgotten", pack=row.pk)
    row.delete()
