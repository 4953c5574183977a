"""Deletes files that were to go when their row went, and stayed because the server was ended in between."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from joindots.circles.models import Circle
from joindots.config.keeping.verifying import models_with_files
from joindots.vault import files


def sweep_left(older_than: float) -> int:
    """Delete every file that was marked to go before a moment and of which no row tells. How many.

    Where a row still tells of it, its going was undone: the file stays and the mark goes.
    """
    number = 0
    for owner, address, mark in files.left_to_go(older_than):
        path = files.folder() / owner.hex / address
        with transaction.atomic():
            Circle.objects.select_for_update(no_key=True).filter(pk=owner).first()
            if _told(owner, address):
                mark.unlink(missing_ok=True)
                continue
            number += path.exists()
            files.gone(path, mark)
    return number


def _told(circle: UUID, address: str) -> bool:
    rows = (model._default_manager.filter(circle=circle, address=address) for model in models_with_files())
    return any(one.exists() for one in rows)
