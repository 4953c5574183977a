"""Files found inside a source: kept as exhibits of their own, and dropped with what is not taken in."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.evidence import permissions
from joindots.evidence.models import Exhibit, SourceFile
from joindots.evidence.models.stored import drop_bytes, stored
from joindots.vault import files
from joindots.vault.files import SealedFile
from joindots.vault.models import Tier


@writes(permissions.BRING_IN, SourceFile)
def keep_exhibit(actor: Actor, source: SourceFile, *, name: str, kind: str, sealed: SealedFile) -> UUID:
    """Keep a file found inside a source, sealed in its circle's folder. Once for equal content."""
    owner_key = actor.keys.cabinet.key_or_new(source.circle_id, Tier.NARRATIVE, actor.at)
    address = files.address(owner_key, sealed.sha256)
    here = source.exhibits.filter(address=address).first()
    if here is not None or address == source.address:
        sealed.path.unlink(missing_ok=True)
        actor.record(source.circle_id, "evidence.exhibit_again", source=source.pk)
        return here.pk if here else UUID(int=source.pk)
    row = Exhibit(circle_id=source.circle_id, source=source, address=address, size=sealed.size, kind=kind[:60])
    key = stored(actor, source.circle_id, sealed, owner_key)
    actor.keys.seal(row, name=name, sha256=sealed.sha256, file_key=key)
    row.save()
    actor.record(source.circle_id, "evidence.exhibit_kept", source=source.pk, exhibit=row.pk, size=sealed.size)
    return row.pk


@writes(permissions.BRING_IN, SourceFile)
def drop_exhibits(actor: Actor, source: SourceFile, *, contents: frozenset[str]) -> int:
    """Let go of the files of these contents (SHA-256) that were found inside a source. How many.

    Only records that were not taken in showed them. They stand in the source itself, which is kept whole.
    """
    owner_key = actor.keys.cabinet.key(source.circle_id, Tier.NARRATIVE)
    addresses = [files.address(owner_key, sha256) for sha256 in contents]
    gone: list[str] = []
    for at in range(0, len(addresses), 500):
        rows = source.exhibits.filter(address__in=addresses[at : at + 500])
        gone += rows.values_list("address", flat=True)
        rows.delete()
    drop_bytes(source.circle_id, gone)
    actor.record(source.circle_id, "evidence.exhibits_left_out", source=source.pk, files=len(gone))
    return len(gone)
