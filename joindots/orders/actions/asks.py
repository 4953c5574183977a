"""Asking a force to apply for an order, chasing, taking back, telling the answer; and answering what came."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.access.roles import Role
from joindots.casework.actions import Agreement, agree
from joindots.casework.models import Case, Consent
from joindots.casework.rules import agreeing
from joindots.circles import actions as circles
from joindots.circles.models import Circle
from joindots.justice.rules.opposed import Act
from joindots.justice.tasks.opposed import stop_against
from joindots.kernel.problems import NotAllowed, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.law.tables import police_forces
from joindots.notices import actions as notices
from joindots.notices.actions import Written
from joindots.notices.rules import outward
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import NOT_LEFT, Kind
from joindots.orders import permissions, tasks
from joindots.orders.models import AskIn, OrderAsk
from joindots.orders.queries import asks as known
from joindots.orders.queries.lodged import orders_lodged
from joindots.orders.rules import asks as rule
from joindots.orders.rules.asks import AskState
from joindots.orders.tasks import asking

PURPOSE: Final = "asked to apply for an order"
BESIDE: Final = frozenset({Role.SPO_ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Asking:
    """An ask as somebody filled it in: of which force, what it says, the records chosen, and what it rests on."""

    force: str
    ask: rule.Ask
    relied: Collection[str] = ()
    basis: str = rule.CONSENT
    consent: UUID | None = None
    why_basis: str = ""


@writes(permissions.ASK, Circle)
def ask_for_order(actor: Actor, circle: Circle, *, what: Asking) -> UUID:
    """Ask a force to apply for an order, in the words that were shown. Its id.

    A force of this installation sees it at once, in a circle of its own; for any other it is kept, to be sent by the
    gate or told. Refused while another ask for the same order is with the same force, and against somebody who is
    recorded as a victim until two people decided.
    """
    tasks.refuse_closed(circle.pk)
    if circle.agency_id != actor.agency_id:
        raise NotAllowed(words("own_case_work", "Only the agency whose case it is writes this down. Ask them to."))
    stop_against(actor, circle, Act.ORDER)
    rule.can_ask(what.ask).or_raise()
    to, force = asking.force_of(what.force)
    rule.can_ask_of(what.ask.order, asking.law_of(to, force)).or_raise()
    rows = [one for one in asking.consented(actor, circle.pk, what.force) if one.pk == what.consent]
    with_consent = what.basis == rule.CONSENT
    rule.can_rest(what.basis, consented=bool(rows), known=agreeing.bases(), why=what.why_basis).or_raise()
    _refuse_second(actor, circle, to, force, what.ask.order)
    sheet = known.ask_sheet(
        actor, Ref(circle.pk), ask=what.ask, relied=what.relied, basis=what.basis,
        consent=rows[0].pk if with_consent else None,
    )  # fmt: skip
    if sheet.stops:
        raise RuleBroken(words("ask_leak", "{what}", what=sheet.stops[0]))
    row = _row(actor, circle, what, rows[0] if with_consent else None)
    row.to_id, row.force = to, force
    actor.keys.seal(row, says=sheet.kept, why_basis="" if with_consent else what.why_basis.strip())
    row.save(force_insert=True)
    if to is not None:
        _deliver(actor, row, sheet.kept)
    actor.record(circle.pk, "orders.asked", ask=row.pk, order=row.order, relied=len(sheet.relied))
    return row.pk


@writes(permissions.ASK, Circle)
def ask_as_agreed(actor: Actor, circle: Circle, *, how: str, what: Asking) -> UUID:
    """Write down that somebody agreed just now and ask on it: both, or nothing where either is refused. Its id."""
    to, force = asking.force_of(what.force)
    whom = "" if to else police_forces()[force].name
    said = Agreement(agreeing.Item.REFER, how, london_day(actor.at), to, whom, "asking them for an order")
    case = Case.objects.get(circle=circle)
    return ask_for_order(actor, Ref(circle.pk), what=replace(what, consent=agree(actor, Ref(case.pk), what=said)))


def _row(actor: Actor, circle: Circle, what: Asking, consent: Consent | None) -> OrderAsk:
    today = london_day(actor.at)
    due = rule.answer_by(today, what.ask.days)
    return OrderAsk(
        circle=circle, agency_id=actor.agency_id, by_id=actor.membership_id, at=actor.at, order=what.ask.order,
        basis=what.basis, consent=consent, asked_on=today, days=what.ask.days, first_due_on=due, due_on=due,
    )  # fmt: skip


def _refuse_second(actor: Actor, circle: Circle, to: UUID | None, force: str, order: str) -> None:
    """One act of asking is one ask: what is with a force already is not asked again beside itself."""
    rows = OrderAsk.objects.filter(circle=circle, agency=actor.agency_id, order=order, state__in=rule.OPEN)
    there = rows.filter(to=to) if to is not None else rows.filter(to=None, force=force)
    first = there.select_related("by__user").first()
    if first is not None:
        day = f"{first.asked_on.day} {first.asked_on:%B %Y}"
        raise RuleBroken(words("ask_twice", "{name} asked this force for this order on {day}, and that request "
                               "is still open. Open it to ask again, or take it back first.",
                               name=first.by.user.name, day=day))  # fmt: skip


def _deliver(actor: Actor, row: OrderAsk, says: str) -> None:
    """Put it into a circle of the force's own. Whom this case keeps out is kept out there too."""
    assert row.to_id is not None
    circle = circles.circle_for(
        actor, agency=row.to_id, like=row.circle_id, purpose=PURPOSE, beside=BESIDE, knowing=permissions.FORCE
    )
    came = AskIn(
        circle=circle, sent=row, source_id=actor.agency_id, sender=actor.name[:120], order=row.order, came_at=actor.at,
        asked_on=row.asked_on, first_due_on=row.first_due_on, due_on=row.due_on,
    )  # fmt: skip
    actor.keys.seal(came, says=says)
    came.save(force_insert=True)
    actor.record(circle.pk, "orders.ask_came", order=row.order)


@writes(permissions.ASK, OrderAsk)
def chase_ask(actor: Actor, row: OrderAsk) -> None:
    """Ask again for the answer, once a day. The force sees that it was asked again, and when."""
    _refuse_over(row)
    if row.due_on >= london_day(actor.at):
        raise RuleBroken(words("ask_early", "The answer is not late yet. Wait for the day it is due."))
    row.chased += 1
    row.save(update_fields=("chased",))
    AskIn.objects.filter(sent=row).update(chased_at=actor.at)
    actor.record(row.circle_id, "orders.ask_chased", ask=row.pk)


@writes(permissions.ASK, OrderAsk)
def withdraw_ask(actor: Actor, row: OrderAsk) -> None:
    """Take an ask back: its words go at the force, and what waits to leave is withdrawn."""
    _refuse_over(row)
    tasks.withdraw_asks(actor, [row.pk], "by_hand")


@writes(permissions.ASK, OrderAsk)
def note_ask_answer(
    actor: Actor, row: OrderAsk, *, answer: str, why: str, applied_on: date | None, again_on: date | None
) -> None:
    """Write down the answer of a force outside this installation."""
    if row.to_id is not None:
        raise RuleBroken(words("they_answer", "This agency answers here itself. You will see its answer here."))
    _check(actor, row, answer, why, applied_on, again_on)
    _answered(actor, row, answer, why, applied_on, again_on, by=actor.name)


@writes(permissions.ASK, OrderAsk)
def send_ask(actor: Actor, row: OrderAsk, *, kind: str, to: str, sender: str = outward.SENDER,
             subject: str = outward.SUBJECT) -> Written:  # fmt: skip
    """Queue an ask to a force outside by post or mail, past the person's safe contact. What became of it.

    While its consent stands; on another basis within days of the decision or not at all, as every letter without
    consent (docs/decisions/0032).
    """
    _refuse_over(row)
    if row.notice is not None and row.notice.state not in NOT_LEFT:
        raise RuleBroken(words("ask_goes", "This letter is on its way already. Withdraw it first."))
    if stops := known.ask_stops(actor, Ref(row.pk)):
        raise RuleBroken(words("ask_leak", "{what}", what=stops[0]))
    person, text = known.ask_letter(actor, Ref(row.pk))
    whom = police_forces()[row.force].name
    written = notices.write_out(
        actor, Ref(row.circle_id), person=person, kind=kind, whom=whom,
        to=to.strip() if kind == Kind.MAIL else f"{whom}\n{to.strip()}",
        said=Said(text, subject.strip(), sender.strip(), outward.FILE), until=_until(actor, row), basis=row.basis,
    )  # fmt: skip
    row.notice_id = written.id
    row.save(update_fields=("notice",))
    actor.record(row.circle_id, "orders.ask_posted", ask=row.pk, kind=kind)
    return written


def _until(actor: Actor, row: OrderAsk) -> date | None:
    """The last day on which it may leave: the consent's, which must stand; or days from the decision without it."""
    if row.basis != rule.CONSENT:
        return row.asked_on + outward.WITHOUT_CONSENT
    today, consent = london_day(actor.at), row.consent
    if consent is None or consent.withdrawn_at is not None or (consent.until is not None and consent.until < today):
        raise RuleBroken(words("ask_consent_over", "Their consent was taken back or has ended. Ask them again."))
    return consent.until


@writes(permissions.ANSWER_ASK, AskIn)
def answer_ask(
    actor: Actor, came: AskIn, *, answer: str, why: str, applied_on: date | None, again_on: date | None,
    order: UUID | None = None,
) -> None:  # fmt: skip
    """Answer who asked: applied, not yet or no, with reasons. Whoever asked tells the person, by safe contact.

    Where the force's own order stands here, "applied" is tied to it and takes its day from it; whoever asked is told
    the day and nothing of the order.
    """
    if order is not None and answer == AskState.APPLIED:
        lodged = {one.order: one.on for one in orders_lodged(actor)}
        if order not in lodged:
            raise RuleBroken(words("ask_order_gone", "Choose an order of yours whose application was lodged."))
        applied_on = max(lodged[order], came.asked_on)
    _check(actor, came, answer, why, applied_on, again_on)
    came.state, came.answered_at, came.answered_by_id = answer, actor.at, actor.membership_id
    came.answered_on, came.due_on = came.answered_on or london_day(actor.at), again_on or came.due_on
    came.applied_on = applied_on if answer == AskState.APPLIED else None
    came.applied_order_id = order if answer == AskState.APPLIED else None
    actor.keys.seal(came, answer=why.strip())
    came.save()
    actor.record(came.circle_id, "orders.ask_answered", answer=answer)
    row = came.sent_id and OrderAsk.objects.select_for_update(of=("self",)).filter(pk=came.sent_id).first()
    if row:
        _answered(actor, row, answer, why, applied_on, again_on, by=actor.name)
        OrderAsk.objects.filter(pk=row.pk).update(version=row.version + 1)


@writes(permissions.ASK, OrderAsk)
def tell_answer(actor: Actor, row: OrderAsk, *, told: str, how: str) -> None:
    """Write down that the person was told of the answer by safe contact; or why not now: then it stays to be told."""
    rule.can_tell(row.state, told, how, row.told).or_raise()
    row.told, row.told_at, row.told_by_id = told, actor.at, actor.membership_id
    row.to_tell = told != rule.Told.TOLD
    actor.keys.seal(row, told_how=how.strip()[: rule.MOST_WORDS])
    row.save(update_fields=("told", "told_at", "told_by", "to_tell", "told_how"))
    actor.record(row.circle_id, "orders.ask_told", ask=row.pk, told=told)


def _check(
    actor: Actor, row: OrderAsk | AskIn, answer: str, why: str, applied_on: date | None, again_on: date | None
) -> None:
    rule.can_answer(
        row.state, answer, why, today=london_day(actor.at), applied_on=applied_on, again_on=again_on,
        since=row.asked_on,
    ).or_raise()  # fmt: skip


def _answered(
    actor: Actor, row: OrderAsk, answer: str, why: str, applied_on: date | None, again_on: date | None, *, by: str
) -> None:
    row.state, row.answered_at, row.answered_by = answer, actor.at, by[:120]
    row.answered_on = row.answered_on or london_day(actor.at)
    row.applied_on = applied_on if answer == AskState.APPLIED else None
    row.due_on = again_on if answer == AskState.NOT_YET and again_on else row.due_on
    row.to_tell, row.told, row.told_at, row.told_by_id = True, "", None, None
    actor.keys.seal(row, answer=why.strip(), told_how="")
    row.save()
    actor.record(row.circle_id, "orders.ask_answered", ask=row.pk, answer=answer)


def _refuse_over(row: OrderAsk) -> None:
    if row.state not in rule.OPEN:
        raise RuleBroken(words("ask_ended", "This request has ended already: it was answered for good, or withdrawn."))
