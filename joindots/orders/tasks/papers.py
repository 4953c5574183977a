"""Files of papers as they lie sealed: kept once they were found clean, and dropped."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.chronology.tasks import marked_since
from joindots.orders.models import PackFile, PackPaper
from joindots.people.tasks import protected_since
from joindots.vault import files
from joindots.vault.files import SealedFile
from joindots.vault.models import Tier


def keep_files(actor: Actor, row: PackPaper, sealed: Mapping[str, SealedFile]) -> None:
    """Settle what was sealed into the circle's folder, a row for each file."""
    owner_key = actor.keys.cabinet.key_or_new(row.circle_id, Tier.NARRATIVE, actor.at)
    for what, file in sealed.items():
        path = files.settle(file, row.circle_id, owner_key, f"{row.pk}{what}")
        one = PackFile(circle_id=row.circle_id, paper=row, what=what, address=path.name, size=file.size)
        actor.keys.seal(one, sha256=file.sha256, file_key=base64.b64encode(file.key).decode())
        one.save(force_insert=True)


def drop_files(row: PackPaper, only: Collection[str] = ()) -> None:
    """Delete files of papers; all of them, where none is named."""
    rows = row.files.filter(what__in=list(only)) if only else row.files.all()
    for one in rows:
        files.drop(files.folder() / row.circle_id.hex / one.address)
        one.delete()


def grown(circle: UUID, at: datetime) -> bool:
    """Whether something came in after this moment that must not leave, or was kept out of disclosure."""
    return protected_since(circle, at) or marked_since(circle, at)
