"""Sending a letter about an order to a court or force by the notices' gate: past the card of whom it protects."""

from __future__ import annotations

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.notices import actions as notices
from joindots.notices.actions import Written
from joindots.notices.rules import outward
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import Kind
from joindots.orders import permissions
from joindots.orders.models import Order
from joindots.orders.rules import letters as rule
from joindots.orders.tasks.keeping import about_of, held_back
from joindots.people import queries as people


@writes(permissions.WRITE_LETTERS, Order)
def send_order_letter(actor: Actor, row: Order, *, macro: str, kind: str, whom: str, to: str) -> Written:
    """Queue a letter about an order as it was shown, to be posted by somebody or by mail. What became of it.

    It names nobody. On the basis of the police's own duty it leaves within days or not at all; whom the card of the
    person protected keeps out gets nothing.
    """
    if not whom.strip():
        raise RuleBroken(words("letter_whom", "Enter whom it is for."))
    about = about_of(actor, row)
    rule.can_say(macro, about).or_raise()
    held_back(actor, row.circle_id, rule.compose(macro, about)).or_raise()
    victim = next((one for one in people.people_in(actor, Ref(row.circle_id)) if one.stands_as == "victim"), None)
    if victim is None:
        raise NotFound
    place = to.strip() if kind == Kind.MAIL else f"{whom.strip()}\n{to.strip()}"
    written = notices.write_out(
        actor, Ref(row.circle_id), person=victim.id, kind=kind, whom=whom.strip(), to=place,
        said=Said(rule.compose(macro, about), outward.SUBJECT, outward.SENDER, outward.FILE),
        until=london_day(actor.at) + outward.WITHOUT_CONSENT, basis=rule.BASIS,
    )  # fmt: skip
    actor.record(row.circle_id, "orders.letter", order=row.pk, macro=macro, kind=kind)
    return written
