"""Files of papers as they lie sealed: kept once they were found clean, and dropped."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping

from joindots.access.actor import Actor
from joindots.orders.models import PackFile, PackPaper
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
