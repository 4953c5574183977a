"""A force loads its own Word template for applications, and takes it out of use."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import makes, writes
from joindots.documents.word_template import read_template
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.orders import permissions
from joindots.orders.models import OrderTemplate
from joindots.orders.models.templates import PURPOSE
from joindots.vault.keys import purpose_key
from joindots.vault.sealing import seal


@makes(permissions.SET_TEMPLATE)
def load_template(actor: Actor, *, data: bytes) -> UUID:
    """Load the agency's template, in place of the one in use. `BadTemplate` names every fault with its cure.

    Papers that were made stay as they are.
    """
    kept = read_template(data)
    OrderTemplate.objects.filter(agency=actor.agency_id, ended_at=None).update(
        ended_by=actor.membership_id, ended_at=actor.at
    )
    row = OrderTemplate(agency_id=actor.agency_id, size=len(kept), by_id=actor.membership_id, at=actor.at)
    row.file = seal(purpose_key(PURPOSE), row.spot, kept, 1)
    row.save(force_insert=True)
    actor.record(actor.agency_id, "orders.template_loaded", book_kind="agency", template=row.pk)
    return row.pk


@writes(permissions.SET_TEMPLATE, OrderTemplate)
def end_template(actor: Actor, row: OrderTemplate) -> None:
    """Use the template no more: Word files are then set in our own plain form."""
    if row.ended_at is not None:
        raise RuleBroken(words("template_ended", "This template is out of use already."))
    row.ended_by_id, row.ended_at = actor.membership_id, actor.at
    row.save(update_fields=("ended_by", "ended_at"))
    actor.record(actor.agency_id, "orders.template_ended", book_kind="agency", template=row.pk)
