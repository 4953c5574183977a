"""What the helpline answers to the other parts: contacts as dots, call-backs due, contacts by their reference."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.access.holding import INSIDE, SECRET, Holds
from joindots.helpline import queries
from joindots.helpline.models import CallBack, Contact
from joindots.helpline.tasks.line import left_with, promised_by
from joindots.kernel.dots import Dot, Due, Ended, Found, Held, Over, Reason
from joindots.kernel.ids import tidy_reference
from joindots.kernel.when import Precision, When, london_day, midnight
from joindots.kernel.words import Words, words

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
    theirs = promised_by(actor, whose)
    circles = dict(CallBack.objects.visible_to(actor).filter(theirs, state="promised", due_on__lte=until)
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


HOLDS = (
    Holds(
        "helpline.Contact",
        words("h_contacts", "your contact with the helpline"),
        ("reference", "channel", "started_at", "who", "reach", "sheet", "outcome"),
    ),
    Holds("helpline.Line", words("h_lines", "lines of the note of a call"), ("at", "kind", "words")),
    Holds("helpline.Offer", words("h_offers", "services you were told of"), ("at", "kind", "name", "consent", "state")),
    Holds("helpline.CallBack", words("h_call_backs", "calls that were promised"), ("starts", "ends", "state")),
    Holds("helpline.UnmetNeed", words("h_unmet", "needs that nothing met"), ("at", "need", "why")),
    Holds("helpline.CallerMark", words("h_marks", "marks by which a caller is met again"), (), SECRET),
    Holds("helpline.EarlierLink", words("h_earlier", "earlier contacts that were linked"), (), INSIDE),
)
"""What the helpline holds of somebody, and what of it a copy shows."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)


def ended(actor: Actor, circle: UUID) -> Iterator[Ended]:
    """The contact of a circle, where it ended and became no case."""
    yield from _ended(
        Contact.objects.visible_to(actor, picked=True).filter(circle=circle, case=None).exclude(ended_at=None)
    )


def over(actor: Actor, asked: Over) -> Iterator[Ended]:
    """A page of the agency's contacts that ended and became no case, longest ago first."""
    ends = midnight(asked.until["contact"] + timedelta(days=1))
    rows = Contact.objects.visible_to(actor).filter(agency=asked.agency, ended_at__lt=ends, case=None)
    rows = rows.exclude(circle__in=asked.but)
    if last := asked.after.get("contact"):
        rows = rows.filter(Q(ended_at__gt=last[0]) | Q(circle__gt=last[1]), ended_at__gte=last[0])
    yield from _ended(rows.order_by("ended_at", "circle")[: asked.most])


def _ended(rows: QuerySet[Contact]) -> Iterator[Ended]:
    for row in rows.only("circle_id", "reference", "ended_at"):
        assert row.ended_at is not None
        yield Ended(row.circle_id, "contact", london_day(row.ended_at), row.ended_at, row.reference,
                    f"/helpline/contacts/{row.reference}/")  # fmt: skip


def leaving(membership: UUID) -> Words | None:
    """A member's access ends once no contact is unfinished and no promised call is theirs alone."""
    return left_with(membership)
