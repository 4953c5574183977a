"""Where the bytes of a circle's files lie: each content once, however many rows tell of it."""

from __future__ import annotations

import base64
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from joindots.circles.models import Circle
from joindots.evidence.models.files import Exhibit, SourceFile
from joindots.vault import files
from joindots.vault.files import SealedFile

if TYPE_CHECKING:
    from joindots.access.actor import Actor

ROWS: tuple[Any, ...] = (SourceFile, Exhibit)
"""The models whose rows tell of a file in their circle's folder."""


def stored(actor: Actor, circle: UUID, sealed: SealedFile, owner_key: bytes) -> str:
    """Let an arrived file stand in its circle's folder, and give its key as text.

    Where the same content stands there already it keeps the key it has: rows that tell of it hold that key, and would
    not open what another had sealed.
    """
    _alone(circle)
    address = files.address(owner_key, sealed.sha256)
    here = next(iter(telling(circle, address)), None)
    if here is not None and (files.folder() / circle.hex / address).exists():
        sealed.path.unlink(missing_ok=True)
        return actor.keys.open(here.file_key)
    files.settle(sealed, circle, owner_key)
    return base64.b64encode(sealed.key).decode()


def telling(circle: UUID, address: str) -> list[Any]:
    """Every row that tells of the content at an address."""
    return [row for model in ROWS for row in model._default_manager.filter(circle=circle, address=address)]


def drop_bytes(circle: UUID, addresses: list[str]) -> None:
    """Delete the bytes at these addresses when all is committed, but for those that other rows tell of by then.

    Not before: killed or undone on the way, a row would tell of bytes that are gone.
    """
    paths = [files.folder() / circle.hex / address for address in addresses]
    if paths:
        transaction.on_commit(partial(_dropped, circle, [(path, files.leaves(path)) for path in paths]), robust=True)


def _dropped(circle: UUID, leaving: list[tuple[Path, Path]]) -> None:
    with transaction.atomic():
        _alone(circle)
        for path, mark in leaving:
            if telling(circle, path.name):
                mark.unlink(missing_ok=True)
            else:
                files.gone(path, mark)


def _alone(circle: UUID) -> None:
    """Until the transaction ends nobody else lets a file of this circle stand, or lets one go."""
    Circle.objects.select_for_update(no_key=True).filter(pk=circle).first()
