"""What circles do by themselves: who is kept out is seen when they try, and people outside their chain are told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from joindots.access.actor import Actor
from joindots.access.roles import Role
from joindots.agencies.models import Membership, MembershipQuerySet
from joindots.circles import permissions, rules
from joindots.circles.models import Alert, Circle, Exclusion, Side, Standing, TwoPersonAct

M = TypeVar("M", bound=Model)
TRIED = "kept_out_tried"
NOWHERE = UUID(int=0)
AN_HOUR = timedelta(hours=1)


def kept_out(actor: Actor, circle: UUID) -> bool:
    """Whether the actor, or their team, may never know of this circle."""
    mine = Q(user=actor.user_id) | (Q(team=actor.team_id) if actor.team_id else Q(pk=None))
    return Exclusion.objects.filter(mine, circle=circle).exists()


def circle_of(model: Any, key: Any) -> UUID | None:
    """The circle of a row, whoever may know of it; None for what is not there or belongs to none."""
    name = "pk" if isinstance(key, UUID) else getattr(model, "REFERENCE", "pk")
    columns = {one.name for one in model._meta.get_fields()}
    wanted = "pk" if model is Circle else "circle_id" if "circle" in columns else "presences__circle"
    if wanted == "presences__circle" and "presences" not in columns:
        return None
    try:
        found: UUID | None = model._default_manager.filter(**{name: key}).values_list(wanted, flat=True).first()
    except (ValueError, ValidationError):
        return None
    return found


def guardian(actor: Actor) -> UUID | None:
    """The agency whose privacy officers look at what this actor did: never one in which the actor works."""
    own = Membership.objects.current(actor.at).filter(user=actor.user_id).values("agency")
    return (
        Membership.objects.current(actor.at).filter(roles__icontains=Role.PRIVACY_OFFICER)
        .exclude(agency__in=own).order_by("agency__name").values_list("agency", flat=True).first()
    )  # fmt: skip


def note_try(actor: Actor, owner: UUID | None) -> None:
    """Note that the actor asked in vain; if it was for a circle that keeps them out, a guardian hears, once an hour.

    The entry stands in the book of the actor's own agency and is the same whether there is something or not. The
    circle's own book says nothing of it, for people of the actor's chain may read that. Everything is asked in either
    case, so that the time it takes tells nothing.
    """
    actor.record(actor.agency_id, "circles.nothing_there", book_kind="agency")
    circle, outside = owner or NOWHERE, guardian(actor)
    shut, there = kept_out(actor, circle), Circle.objects.filter(pk=circle, state="open").exists()
    told = Alert.objects.filter(
        circle=circle, about=actor.membership_id, code=TRIED, at__gt=actor.at - AN_HOUR
    ).exists()
    if shut and there and outside and not told:
        Alert.objects.create(circle_id=circle, to_id=outside, code=TRIED, about_id=actor.membership_id, at=actor.at)


def may_decide_about(actor: Actor, act: TwoPersonAct) -> bool:
    """Whether an act about staff is the actor's to decide: of the own agency, or of one whose buddy this is.

    A buddy is turned to only where nobody else of the agency may decide.
    """
    if act.agency_id == actor.agency_id:
        return True
    if act.agency is None or act.agency.buddy_id != actor.agency_id:
        return False
    parties = Membership.objects.filter(Q(pk=act.asked_by_id) | Q(pk=act.subject or act.asked_by_id)).values("user")
    others = Membership.objects.current(actor.at).filter(agency=act.agency_id).exclude(user__in=parties)
    return not any(one.role_set & permissions.DECIDE_STAFF.roles for one in others)


def leads_of(agency: UUID, at: datetime, beside: frozenset[Role] = frozenset()) -> MembershipQuerySet:
    """Who leads in an agency now: those who may bring people in, and who holds one of the roles `beside`; where there
    is none, its advocates and officers.
    """
    current = Membership.objects.current(at).filter(agency=agency)
    leading = holding(permissions.GRANT.roles | beside)
    return current.filter(leading) if current.filter(leading).exists() else current.filter(holding(rules.RECEIVE))


def work_there(circle: Circle, users: Collection[UUID], at: datetime) -> bool:
    """Whether one of these people works, under any hat, where the person reported or somebody close to them works."""
    there = circle.restricted_from_id
    return bool(there) and Membership.objects.current(at).filter(user__in=users, agency=there).exists()


def shut_out(circle: Circle) -> Q:
    """Memberships of people and teams that a circle keeps out."""
    rows = Exclusion.objects.filter(circle=circle)
    return Q(user__in=rows.exclude(user=None).values("user")) | Q(team__in=rows.exclude(team=None).values("team"))


def leads_to_orphans(actor: Actor, leaver: Membership) -> None:
    """Let the leads know of each circle of the agency in which nobody but the leaver works, before the leaver goes."""
    works = Standing.objects.in_force(actor.at).filter(read_only=False, membership__agency=leaver.agency_id)
    theirs = Circle.objects.filter(agency=leaver.agency_id, pk__in=works.filter(membership=leaver).values("circle"))
    others = works.exclude(membership=leaver)
    for circle in theirs.exclude(pk__in=others.values("circle")):
        for lead in leads_of(leaver.agency_id, actor.at).exclude(shut_out(circle)).exclude(pk=leaver.pk):
            Standing.objects.in_force(actor.at).filter(circle=circle, membership=lead).update(ends=actor.at)
            Standing.objects.create(
                circle=circle, membership=lead, side=Side.VICTIM, basis=Standing.Basis.SUPERVISION,
                purpose="its worker left", starts=actor.at, granted_by_id=actor.membership_id,
            )  # fmt: skip
            actor.record(circle.pk, "circles.brought_in", membership=lead.pk, side=Side.VICTIM, basis="supervision")


def holding(roles: Collection[Role]) -> Q:
    """Memberships that hold one of these roles. Both databases keep the roles as text with quotation marks."""
    wanted = Q(pk=None)
    for role in sorted(roles):
        wanted |= Q(roles__icontains=f'"{role.value}"')
    return wanted


def staff_of(agency: UUID, at: datetime) -> int:
    """How many people work for an agency now."""
    return Membership.objects.current(at).filter(agency=agency).values("user").distinct().count()


def may_release(actor: Actor, act: TwoPersonAct) -> bool:
    """Whether a release is the actor's to decide: one of the asker's agency on the victim's side, or a buddy.

    A buddy is turned to only if the asker wanted it and the agency is still small; never one in which the suspect
    works, and never somebody whom the circle keeps out.
    """
    circle = act.circle
    if circle is None or circle.state != "open" or kept_out(actor, circle.pk):
        return False
    if act.asked_by.agency_id == actor.agency_id:
        stands = Standing.objects.in_force(actor.at).filter(circle=circle, membership=actor.membership_id)
        return stands.filter(side=Side.VICTIM, read_only=False).exists()
    return (
        act.content == rules.BUDDY
        and act.asked_by.agency.buddy_id == actor.agency_id
        and circle.restricted_from_id != actor.agency_id
        and staff_of(act.asked_by.agency_id, actor.at) < rules.SMALL_AGENCY
    )


SEEN_FROM = {Side.SUSPECT.value: (Side.SUSPECT,), Side.BOTH.value: (Side.SUSPECT, Side.BOTH)}
"""Of whose deeds a side hears that does not read the whole book."""


def seen_from(actor: Actor, circle: Circle, rows: QuerySet[M]) -> QuerySet[M]:
    """What members did in a circle (rows with a `membership`) as the actor's side may read it: all on the victim's.

    Off it, the deeds of those alone who stood nowhere but where the actor may look: that somebody asked what is held
    of the person reported, or for an order, is no news for who works with that person.
    """
    seen = SEEN_FROM.get(actor.keys.side(circle.pk) or "")
    if seen is None:
        return rows
    theirs, others = circle.standings.filter(side__in=seen), circle.standings.exclude(side__in=seen)
    return rows.filter(membership__in=theirs.values("membership")).exclude(membership__in=others.values("membership"))


def there_now(circle: Circle, at: datetime) -> QuerySet[Membership]:
    """Who may know of a circle at a moment: they stand in it, and it keeps neither them nor their team out."""
    stand = Membership.objects.filter(pk__in=circle.standings.in_force(at).values("membership"))
    return stand.exclude(shut_out(circle))
