"""Holding something, signing that it is kept longer or erased, erasing it, and the certificate of that."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.agencies.models import Agency
from joindots.casework.rules.saying import can_say, first_refusal
from joindots.circles import actions as circles
from joindots.circles.models import Circle, TwoPersonAct
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.privacy import permissions
from joindots.privacy.models import Certificate, Hold, Period, Signed
from joindots.privacy.rules import keeping as rules
from joindots.privacy.tasks.keeping import what_is


def _own(actor: Actor, circle: Circle) -> None:
    """Only its own agency says how long something is kept."""
    if circle.agency_id != actor.agency_id:
        raise NotAllowed(words("not_own", "This is another agency's. They say how long it is kept."))


def _open(circle: Circle) -> Decision:
    return YES if circle.state == "open" else no("erased", "This was erased already.")


@makes(permissions.SET_PERIOD)
def set_period(actor: Actor, *, rule: str, months: int) -> None:
    """How many months the actor's agency keeps what a rule is about. It erases nothing by itself."""
    rules.can_set(rule, months).or_raise()
    Period.objects.update_or_create(
        agency_id=actor.agency_id, rule=rule,
        defaults={"months": months, "by_id": actor.membership_id, "at": actor.at},
    )  # fmt: skip
    actor.record(actor.agency_id, "privacy.period_set", book_kind="agency", rule=rule, months=months)


@writes(permissions.HOLD, Circle, when=_open)
def hold(actor: Actor, circle: Circle, *, kind: str, why: str, review_on: date | None) -> None:
    """Stop the erasing of a circle until somebody lifts this."""
    _own(actor, circle)
    first_refusal(rules.can_hold(kind, why, review_on, london_day(actor.at)), can_say(why)).or_raise()
    assert review_on is not None
    row = Hold(circle=circle, kind=kind, by_id=actor.membership_id, at=actor.at, review_on=review_on)
    actor.keys.seal(row, why=why)
    row.save(force_insert=True)
    actor.record(circle.pk, "privacy.held", hold=row.pk, kind=kind)


def _stands(row: Hold) -> Decision:
    return YES if row.lifted_at is None else no("lifted", "This was lifted already.")


@writes(permissions.HOLD, Hold, when=_stands)
def lift(actor: Actor, row: Hold, *, why: str) -> None:
    """Nothing stops the erasing any more, as far as this hold goes."""
    _own(actor, row.circle)
    first_refusal(rules.can_lift(why), can_say(why)).or_raise()
    row.lifted_by_id, row.lifted_at = actor.membership_id, actor.at
    actor.keys.seal(row, lifted_why=why)
    row.save(update_fields=("lifted_by", "lifted_at", "lifted_why"))
    actor.record(row.circle_id, "privacy.hold_lifted", hold=row.pk)


@writes(permissions.SIGN, Circle, when=_open)
def keep_longer(actor: Actor, circle: Circle, *, why: str, again_on: date | None) -> None:
    """Its time is over, and it is kept all the same, until it is looked at again."""
    _own(actor, circle)
    first_refusal(rules.can_keep(why, again_on, london_day(actor.at)), can_say(why)).or_raise()
    row = _signed(actor, circle, keep=True)
    row.again_on = again_on
    actor.keys.seal(row, why=why)
    row.save(force_insert=True)
    actor.record(circle.pk, "privacy.kept_longer", signed=row.pk)


@writes(permissions.SIGN, Circle, when=_open)
def sign_to_erase(actor: Actor, circle: Circle, *, checked: Collection[str]) -> None:
    """Sign that it can go, having looked at each line; and ask a second person, who agrees or not."""
    _own(actor, circle)
    _nothing_holds(circle)
    row = _signed(actor, circle, keep=False)
    rules.can_sign(row.due_on, london_day(actor.at), checked).or_raise()
    row.checked = sorted(checked)
    row.act_id = circles.ask_second(actor, Ref(circle.pk), act="erase", content_hash=_print(row.reference))
    actor.keys.seal(row, why="")
    row.save(force_insert=True)
    actor.record(circle.pk, "privacy.signed", signed=row.pk, rule=row.rule)


@writes(permissions.SIGN, Circle, when=_open)
def agree_to_erase(actor: Actor, circle: Circle, *, agreed: bool) -> None:
    """Decide as the second person what another signed."""
    _own(actor, circle)
    act = circle.acts.filter(act="erase", decision="asked", expires__gt=actor.at).order_by("-asked_at").first()
    if act is None:
        raise RuleBroken(words("nothing_asked", "Nothing waits for a second person here."))
    circles.decide_second(actor, Ref(circle.pk), act=act.pk, agreed=agreed, kind="erase")


@writes(permissions.SIGN, Circle, when=_open)
def erase(actor: Actor, circle: Circle) -> str:
    """Erase what two people agreed to, if its time is still over: its keys, its files. The certificate's reference."""
    _own(actor, circle)
    act = circle.acts.filter(act="erase", decision="agreed", expires__gt=actor.at).order_by("-asked_at").first()
    if act is None:
        raise RuleBroken(words("needs_second", "A second person must agree before anything is erased."))
    _still_over(actor, circle)
    told = what_is(circle)
    counts = {one.kind: one.count for one in parts.held(actor, circle.pk)}
    keys = len(parts.forget(circle.pk))
    circles.erase(actor, Ref(circle.pk), agreed_act=act.pk)
    made = _certificate(actor, circle, act, told, counts, keys)
    actor.record(circle.pk, "privacy.certified", certificate=made.pk)
    return made.reference


def _certificate(
    actor: Actor, circle: Circle, act: TwoPersonAct, told: tuple[str, str], counts: dict[str, int], keys: int
) -> Certificate:
    assert act.decided_by_id is not None
    agency = Agency.objects.get(pk=circle.agency_id)
    return Certificate.objects.create(
        circle=circle, agency=agency, record=told[0], of=told[1], rule=rules.rule_for(told[0], agency.kind),
        counts=counts, keys=keys, erased_at=actor.at, backups_until=rules.backups_until(london_day(actor.at)),
        asked_by_id=act.asked_by_id, agreed_by_id=act.decided_by_id, done_by_id=actor.membership_id,
    )  # fmt: skip


def _signed(actor: Actor, circle: Circle, *, keep: bool) -> Signed:
    """What is signed, with the rule and the day as they stand at this moment. NotFound for what has no such day."""
    ended = parts.ended(actor, circle.pk)
    if ended is None:
        raise NotFound
    rule = rules.rule_for(ended.record, circle.agency.kind)
    period = Period.objects.filter(agency=circle.agency_id, rule=rule).first()
    longer = Signed.objects.filter(circle=circle, keep=True).order_by("-at").first()
    again = longer.again_on if longer else None
    due = rules.due_on(ended.on, rules.kept(rule, period.months if period else None).months, again)
    return Signed(
        circle=circle, record=ended.record, reference=ended.reference, rule=rule, due_on=due, keep=keep,
        by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip


def _still_over(actor: Actor, circle: Circle) -> None:
    """Two people agreed to what stood then: it may have been opened again since, or signed to be kept longer."""
    try:
        due = _signed(actor, circle, keep=False).due_on
    except NotFound:
        raise RuleBroken(
            words("open_again", "It was opened again after it was signed, so nothing is erased.")
        ) from None
    rules.can_sign(due, london_day(actor.at), rules.CHECKS).or_raise()


def _nothing_holds(circle: Circle) -> None:
    if why := parts.stays(circle.pk):
        raise RuleBroken(why)


def _print(reference: str) -> str:
    return hashlib.sha256(reference.encode()).hexdigest()
