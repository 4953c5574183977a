"""Saying who the primary victim is, deciding on that as the second person, and changing what somebody stands as."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.agencies.models import Agency
from joindots.circles import actions as circles
from joindots.circles.models import Circle, TwoPersonAct
from joindots.circles.rules import SMALL_AGENCY
from joindots.circles.tasks import staff_of
from joindots.justice import permissions
from joindots.justice.models import PrimaryReview, RoleChange
from joindots.justice.rules import opposed as rules
from joindots.justice.tasks import opposed as tasks
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.people import actions as people
from joindots.people.models import Presence
from joindots.people.tasks import only_on_her_side


@writes(permissions.SAY_PRIMARY, Circle)
def say_primary(
    actor: Actor, circle: Circle, *, finding: str, covers: Collection[str], looked: Collection[str], why: str,
    review_on: date | None, buddy: bool = False,
) -> UUID:  # fmt: skip
    """Say who the primary victim is, with reasons, and ask a second person about exactly this. Its id.

    `buddy`: the agency is too small, so its buddy agency's people may be the second. One is asked at a time.
    """
    only_on_her_side(actor, circle.pk)
    today = london_day(actor.at)
    rules.can_find(
        finding=finding, covers=covers, looked=looked, why=why, review_on=review_on, today=today
    ).or_raise()  # fmt: skip
    assert review_on is not None
    rows = PrimaryReview.objects.filter(circle=circle)
    if rows.filter(state="asked", act__expires__gt=actor.at).exists():
        raise RuleBroken(words("asked_already", "A second person was asked already. Wait for what they decide."))
    _refuse_buddy(actor, buddy)
    number, why = rows.count() + 1, why.strip()
    row = PrimaryReview(
        circle=circle, by_id=actor.membership_id, at=actor.at, number=number, finding=finding,
        covers=sorted(set(covers)), looked=sorted(set(looked)), review_on=review_on,
    )  # fmt: skip
    content = rules.print_of(str(circle.pk), number, finding, covers, looked, why, review_on)
    row.act = circles.ask_release(
        actor, Ref(circle.pk), subject=row.pk, content_hash=content, buddy=buddy, kind=rules.AGAINST
    )
    actor.keys.seal(row, why=why)
    row.save(force_insert=True)
    actor.record(circle.pk, "justice.primary_said", review=row.pk, finding=finding, covers=row.covers)
    return row.pk


@writes(permissions.AGREE_PRIMARY, PrimaryReview)
def agree_primary(actor: Actor, row: PrimaryReview, *, agreed: bool, why: str) -> None:
    """Decide as the second person, of the same agency and on the victim's side, with reasons of one's own."""
    only_on_her_side(actor, row.circle_id)
    if row.act.asked_by.agency_id != actor.agency_id:
        raise NotFound
    rules.can_reason(why).or_raise()
    why_first = actor.keys.open(row.why)
    content = rules.print_of(
        str(row.circle_id), row.number, row.finding, row.covers, row.looked, why_first, row.review_on
    )
    if row.act.content_hash != content:
        raise RuleBroken(words("another_content", "This is not what was asked about. Write it again and ask again."))
    circles.decide_second(actor, Ref(row.circle_id), act=row.act_id, agreed=agreed, kind=rules.AGAINST)
    _settle(actor, row, agreed, why)


@makes(permissions.AGREE_AS_BUDDY)
def agree_as_buddy(actor: Actor, *, act: UUID, agreed: bool, why: str) -> None:
    """Decide as the second person of a small agency's buddy, who may know nothing of the case beyond codes.

    NotFound for whoever it is not for. The reasons are kept in the case; who wrote them cannot read them again there.
    """
    found = TwoPersonAct.objects.filter(pk=act, act=rules.AGAINST).first()
    row = PrimaryReview.objects.select_for_update(of=("self",)).filter(act=act).first()
    if row is None or found is None or found.asked_by.agency_id == actor.agency_id:
        raise NotFound
    rules.can_reason(why).or_raise()
    circles.decide_release(actor, act=act, agreed=agreed, kind=rules.AGAINST)
    _settle(actor, row, agreed, why)
    actor.record(actor.agency_id, "justice.primary_decided", book_kind="agency", act=act, agreed=agreed)


@writes(permissions.SAY_PRIMARY, Circle)
def change_role(actor: Actor, circle: Circle, *, person: UUID, to: str, why: str) -> None:
    """Let somebody stand in the case as something else. Against somebody recorded as a victim it takes two people."""
    only_on_her_side(actor, circle.pk)
    rows = {one.person_id: one for one in Presence.objects.filter(circle=circle)}
    row = rows.get(person)
    if row is None:
        raise NotFound
    if to == Presence.As.SUSPECT or row.stands_as == Presence.As.VICTIM:
        tasks.stop_against(actor, circle, rules.Act.ROLE, [person])
    victims = sum(one.stands_as == Presence.As.VICTIM for one in rows.values())
    rules.can_change_role(row.stands_as, to, victims).or_raise()
    rules.can_reason(why).or_raise()
    was = people.stand_as(actor, Ref(circle.pk), person=person, stands_as=to)
    change = RoleChange(
        circle=circle, by_id=actor.membership_id, at=actor.at, person_id=person, was=was, now=to,
        review=tasks.standing(circle.pk),
    )  # fmt: skip
    actor.keys.seal(change, why=why.strip())
    change.save(force_insert=True)
    actor.record(circle.pk, "justice.role_changed", person=person, was=was, now=to)


def _settle(actor: Actor, row: PrimaryReview, agreed: bool, why: str) -> None:
    row.state = "agreed" if agreed else "refused"
    actor.keys.seal(row, second_why=why.strip())
    row.save(update_fields=("state", "second_why"))
    actor.record(row.circle_id, "justice.primary_decided", review=row.pk, agreed=agreed)


def _refuse_buddy(actor: Actor, buddy: bool) -> None:
    """A buddy agency is turned to only by an agency too small to have a second person of its own."""
    if not buddy:
        return
    own = Agency.objects.get(pk=actor.agency_id)
    if own.buddy_id is None or staff_of(own.pk, actor.at) >= SMALL_AGENCY:
        raise RuleBroken(words("no_buddy", "Your agency has people of its own who can be the second. Ask one of them."))
