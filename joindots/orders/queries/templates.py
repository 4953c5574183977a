"""The template of the reader's own agency, as its page shows it and as papers are filled into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.orders import permissions
from joindots.orders.models import OrderTemplate
from joindots.orders.models.templates import PURPOSE
from joindots.vault.keys import purpose_key
from joindots.vault.sealing import unseal


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template in use: whose doing it was, and how large it is."""

    id: UUID
    version: int
    by: str
    at: datetime
    size: int


@reads(permissions.SEE_TEMPLATE)
def template_in_use(actor: Actor) -> TemplateView | None:
    """The agency's template; None where it has loaded none."""
    row = OrderTemplate.objects.visible_to(actor).filter(ended_at=None).select_related("by__user").first()
    return TemplateView(row.pk, row.version, row.by.user.name, row.at, row.size) if row else None


@reads(permissions.DRAFT_PACK)
def template_bytes(actor: Actor) -> bytes:
    """The agency's template as it is filled; empty where it has none."""
    row = OrderTemplate.objects.visible_to(actor).filter(ended_at=None).first()
    return unseal(purpose_key(PURPOSE), row.spot, bytes(row.file)) if row else b""
