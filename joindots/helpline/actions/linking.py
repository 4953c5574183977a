"""Somebody who was in touch before: looked for on asking, linked by the caller's yes, and no longer than it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles import actions as circles
from joindots.helpline import permissions
from joindots.helpline.models import CallBack, CallerMark, Contact, EarlierLink
from joindots.helpline.rules import finding, states
from joindots.helpline.tasks.line import not_kept_out, refuse_listener, stands_there
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.vault.blind import blind_all, generations

MOST = 5
LINKED = "an earlier contact, linked as the caller wished"


@dataclass(frozen=True, slots=True)
class Earlier:
    """That there was an earlier contact: its day and channel, and nothing of what was said."""

    id: UUID
    at: datetime
    channel: str


@writes(permissions.WRITE_CONTACT, Contact, when=lambda row: states.can_ask(states.State(row.state)))
def look_earlier(actor: Actor, row: Contact, *, typed: str) -> tuple[Earlier, ...]:
    """Earlier contacts of the own line under a name, number or agreed word. Each look stands in the contact's book.

    Refused for anybody but the person themselves: the answer alone would tell others that somebody was in touch.
    """
    refuse_listener(actor, row)
    states.can_link(row.caller).or_raise()
    states.can_look(row.looks).or_raise()
    row.looks += 1
    row.save(update_fields=("looks",))
    found = _met(actor, row, typed)
    actor.record(row.circle_id, "helpline.looked_earlier")
    return tuple(Earlier(one.pk, one.started_at, one.get_channel_display()) for one in found)


@writes(permissions.WRITE_CONTACT, Contact, when=lambda row: states.can_ask(states.State(row.state)))
def link_earlier(actor: Actor, row: Contact, *, other: UUID, typed: str, consent: bool) -> None:
    """Link an earlier contact, after the caller said yes; from then on the actor may read it."""
    refuse_listener(actor, row)
    states.can_link(row.caller).or_raise()
    if not consent:
        raise RuleBroken(words("ask_first", "Ask the caller first. Linking needs their yes."))
    earlier = next((one for one in _met(actor, row, typed) if one.pk == other), None)
    giver = stands_there(earlier.circle_id, actor.agency_id, actor.at) if earlier else None
    if earlier is None or giver is None:
        raise NotFound
    if giver != actor.membership_id:
        circles.take_up(actor, circle=earlier.circle_id, offered_by=giver, purpose=LINKED)
    EarlierLink.objects.create(
        circle_id=row.circle_id, contact=row, other=earlier, by_id=actor.membership_id, at=actor.at
    )
    actor.record(row.circle_id, "helpline.linked_earlier", other=earlier.reference)
    actor.record(earlier.circle_id, "helpline.linked_later", other=row.reference)


@writes(permissions.WRITE_CONTACT, Contact)
def unlink_earlier(actor: Actor, row: Contact, *, other: str) -> None:
    """The caller took their yes back: the earlier contact is linked no more, and who read it by the link no longer may.

    Whoever may not know of the earlier contact cannot end its link: to them there is none.
    """
    known = Contact.objects.visible_to(actor).filter(reference=other)
    link = EarlierLink.objects.filter(contact=row, other__in=known).select_related("other").first()
    if link is None:
        raise NotFound
    _unlink(actor, link)


def _unlink(actor: Actor, link: EarlierLink) -> None:
    """End a link: whoever linked it loses what it let them read, unless a link or work of theirs there is left."""
    other, linked_by = link.other, link.by_id
    link.delete()
    left = EarlierLink.objects.filter(other=other, by=linked_by).exists()
    theirs = CallBack.objects.filter(contact=other, owner=linked_by, state=states.CallState.PROMISED).exists()
    if not left and not theirs and linked_by not in (other.adviser_id, other.listener_id):
        circles.let_go(actor, circle=other.circle_id, membership=linked_by, purpose=LINKED)
    actor.record(link.circle_id, "helpline.unlinked_earlier", other=other.reference)
    actor.record(other.circle_id, "helpline.unlinked_later", other=link.contact.reference)


def _met(actor: Actor, row: Contact, typed: str) -> Sequence[Contact]:
    """Contacts of the own line that bear any reading of the words, newest first; none of a circle that keeps the actor
    out, none linked already, and none of anybody but the person: whoever rang about them keeps that to themselves.
    """
    marks = [CallerMark(kind=kind, agency_id=actor.agency_id).indexed for kind, _ in finding.readings(typed)]
    values = [value for _, value in finding.readings(typed)]
    wanted = [
        index for generation in (generations() if values else ())
        for index in blind_all(zip(marks, values, strict=True), generation)
    ]  # fmt: skip
    met = CallerMark.objects.filter(index__in=wanted, agency=actor.agency_id).values("contact")
    found = Contact.objects.filter(not_kept_out(actor), pk__in=met, agency=actor.agency_id, circle__state="open",
                                   caller__in=states.THEMSELVES)  # fmt: skip
    linked = EarlierLink.objects.filter(contact=row).values("other")
    return list(found.exclude(pk=row.pk).exclude(pk__in=linked).order_by("-started_at")[:MOST])
