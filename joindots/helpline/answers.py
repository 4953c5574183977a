"""What the helpline answers to the other parts: contacts as dots, call-backs due, contacts by their reference."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.helpline import queries
from joindots.helpline.models import CallBack, Contact
from joindots.kernel.dots import Dot, Due, Found, Reason
from joindots.kernel.ids import tidy_reference
from joindots.kernel.when import Precision, When, london_day
from joindots.kernel.words import words

CONTACT = "helpline.contact"


def dots(actor: Actor, circle: UUID, *, kinds: Collection[str], **_: Any) -> Iterator[Dot]:
    """The contact of a circle, and contacts from which its case was opened, of those the actor may know of."""
    if CONTACT not in kinds or not queries.contact.permission.roles & actor.roles:
        return
    rows = Contact.objects.visible_to(actor).filter(Q(circle=circle) | Q(case__circle=circle)).order_by("started_at")
    for row in rows.exclude(state="waiting"):
        ends = row.ended_at or row.started_at
        yield Dot(
            When(row.started_at, max(ends, row.started_at), Precision.MINUTE), CONTACT,
            f"Helpline: {row.get_channel_display().lower()}", "helpline", "exact", "circle",
            f"/helpline/contacts/{row.reference}/",
        )  # fmt: skip


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Call-backs promised by these memberships, of those the actor may know of. One that is late comes as late."""
    if not queries.calls_due.may(actor):
        return
    circles = dict(CallBack.objects.visible_to(actor).filter(owner__in=whose, state="promised", due_on__lte=until)
                   .order_by("due_on", "starts").values_list("id", "circle_id")[:most])  # fmt: skip
    for one in queries.calls_due(actor, tuple(whose), until, most):
        late = one.late
        said = (
            words("call_late", "{reference}: the safe time of a promised call has passed.", reference=one.reference)
            if late
            else words("call_due", "{reference}: we promised to get in touch.", reference=one.reference)
        )
        yield Due(
            circles[one.id], "helpline.call_back", Reason.LATE if late else Reason.PROMISED, london_day(one.starts),
            said, f"/helpline/contacts/{one.reference}/", words("call_open", "Open"), one.starts,
        )  # fmt: skip


def found(actor: Actor, typed: str) -> Iterator[Found]:
    """A contact by its reference, if the actor may know of it."""
    reference = tidy_reference(typed)
    if reference is None or not queries.contact.permission.roles & actor.roles:
        return
    row = Contact.objects.visible_to(actor, picked=True).filter(reference=reference).first()
    if row is None:
        return
    seen = queries.contact(actor, Ref(reference))
    yield Found("helpline.contact", f"{seen.name}, {reference}", f"{seen.channel_says}, helpline contact",
                f"/helpline/contacts/{reference}/")  # fmt: skip
