"""What casework answers to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries
from joindots.kernel.dots import Dot

OPENED = "casework.opened"


def dots(actor: Actor, circle: UUID, *, kinds: Collection[str], **_: Any) -> Iterator[Dot]:
    """When the case was opened: from then on somebody wrote things down."""
    if OPENED in kinds:
        case = queries.of_circle(actor, Ref(circle))
        opened = queries.opened_when(actor, case)
        yield Dot(opened, OPENED, "Case opened", "this service", "exact", "circle", f"/cases/{case.key}/")
