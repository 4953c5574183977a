"""Opening circles, bringing people in and keeping them out, emergencies, and acts of two people."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import makes, writes
from joindots.agencies.models import Agency, Membership, Team, User
from joindots.circles import permissions, queries, rules
from joindots.circles.models import Alert, BreakGlass, Circle, Exclusion, Side, Standing, TwoPersonAct
from joindots.circles.tasks import guardian, kept_out, work_there
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.vault import files, keys


@makes(permissions.OPEN_CIRCLE)
def open_circle(actor: Actor, *, side: str = Side.VICTIM, purpose: str = "case work") -> Circle:
    """A new circle of the actor's agency, in which the actor stands."""
    circle = Circle.objects.create(agency_id=actor.agency_id, made_at=actor.at)
    _stand(actor, circle, actor.membership_id, side, Standing.Basis.TEAM, purpose)
    actor.record(circle.pk, "circles.opened", side=side)
    return circle


@writes(permissions.GRANT, Circle)
def bring_in(actor: Actor, circle: Circle, *, membership: UUID, side: str, basis: str, purpose: str) -> UUID:
    """Give a membership a reason to know. Nobody brings themselves in, nor gives a side that opens more than theirs.

    Where the person reported works is no bar here: a lead who names one officer of a force may have to, whatever a
    share (`share_with`) may not.
    """
    mine = Membership.objects.filter(pk=membership, user=actor.user_id).exists()
    rules.can_add(self_granted=mine).or_raise()
    rules.can_give(mine=actor.keys.side(circle.pk) or "", side=side).or_raise()
    if circle.standings.in_force(actor.at).filter(membership=membership).exists():
        raise RuleBroken(words("stands_already", "This person may know already. End that first to change it."))
    standing = _stand(actor, circle, membership, side, basis, purpose)
    actor.record(circle.pk, "circles.brought_in", membership=membership, side=side, basis=basis)
    return standing.pk


@writes(permissions.GRANT, Circle)
def send_away(actor: Actor, circle: Circle, *, membership: UUID) -> int:
    """End every standing of a membership in the circle, now. Nobody ends one that opens more than their own."""
    sides = rules.GIVES.get(actor.keys.side(circle.pk) or "", ())
    here = circle.standings.in_force(actor.at).filter(membership=membership)
    if (other := here.exclude(side__in=sides).first()) is not None:
        rules.can_give(mine=actor.keys.side(circle.pk) or "", side=other.side).or_raise()
    ended = here.update(ends=actor.at)
    actor.record(circle.pk, "circles.sent_away", membership=membership, ended=ended)
    return ended


@writes(permissions.EXCLUDE, Circle)
def keep_out(actor: Actor, circle: Circle, *, user: UUID | None = None, team: UUID | None = None, reason: str) -> UUID:
    """Keep a person or a team out, whatever else is true. Takes effect at once."""
    exclusion = Exclusion.objects.create(
        circle=circle, user=User.objects.get(pk=user) if user else None,
        team=Team.objects.get(pk=team) if team else None, reason=reason, by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.record(circle.pk, "circles.kept_out", user=user, team=team, reason=reason)
    return exclusion.pk


@writes(permissions.EXCLUDE, Circle)
def keep_out_member(actor: Actor, circle: Circle, *, membership: UUID, reason: str) -> UUID:
    """Keep out whoever holds this membership."""
    user = Membership.objects.get(pk=membership).user_id
    if user == actor.user_id:
        raise RuleBroken(words("own_exclusion", "You cannot keep yourself out. Ask somebody else to."))
    exclusion = Exclusion.objects.create(
        circle=circle, user_id=user, reason=reason[:24], by_id=actor.membership_id, at=actor.at
    )
    actor.record(circle.pk, "circles.kept_out", user=user, reason=reason[:24])
    return exclusion.pk


@writes(permissions.EXCLUDE, Circle)
def say_where_suspect_works(actor: Actor, circle: Circle, *, agency: UUID | None) -> int:
    """Note the agency in which the person reported, or somebody close to them, works; None: in none of these.

    From now on nobody who works there is shown how to reach anybody of the circle: of those who could, but for the
    circle's own agency, the standing is narrowed to both sides. How many were narrowed.
    """
    rules.can_say_where(
        own=circle.agency_id == actor.agency_id, side=actor.keys.side(circle.pk) or "",
        before=circle.restricted_from_id is not None, leads=bool(permissions.GRANT.roles & actor.roles),
    ).or_raise()  # fmt: skip
    if agency is not None and not Agency.objects.filter(pk=agency).exists():
        raise RuleBroken(words("works_where", "Choose an agency from the list."))
    circle.restricted_from_id = agency
    circle.save(update_fields=("restricted_from",))
    there = Membership.objects.current(actor.at).filter(agency=agency).values("user")
    narrowed = circle.standings.in_force(actor.at).filter(side=Side.VICTIM, membership__user__in=there)
    told = narrowed.exclude(membership__agency=circle.agency_id).update(side=Side.BOTH) if agency else 0
    actor.record(circle.pk, "circles.restricted", agency=agency, narrowed=told)
    return told


@makes(permissions.BREAK_GLASS)
def break_glass(actor: Actor, *, circle: UUID, reason_code: str, reason: str) -> UUID:
    """Open one circle read-only for 60 minutes, with a reason. Its owner and another agency hear at once.

    Who is excluded is told there is nothing here, and another agency is told of the try. Where the
    suspect works in the actor's agency, the contact tier stays shut: the standing is on both sides.
    """
    queries.refuse_emergency(actor, reason)
    found = Circle.objects.filter(pk=circle, state="open").first()
    if found is None or kept_out(actor, found.pk):
        actor.visit.misses(Circle, circle)
        raise NotFound
    side = rules.most_side(works_there=work_there(found, [actor.user_id], actor.at))
    if found.standings.in_force(actor.at).filter(membership=actor.membership_id).exists():
        raise RuleBroken(words("stands_already", "You may open this case as it is."))
    standing = Standing.objects.create(
        circle=found, membership_id=actor.membership_id, side=side, basis=Standing.Basis.BREAK_GLASS,
        purpose=reason_code, read_only=True, starts=actor.at, ends=rules.break_glass_ends(actor.at),
    )  # fmt: skip
    opening = BreakGlass(
        circle=found, standing=standing, by_id=actor.membership_id, reason_code=reason_code, at=actor.at
    )
    actor.keys.seal(opening, reason=reason)
    opening.save()
    _alert(actor, found, "break_glass")
    actor.record(found.pk, "circles.broke_glass", reason_code=reason_code, side=side)
    return opening.pk


@makes(permissions.REVIEW)
def review_opening(actor: Actor, *, opening: UUID, outcome: str) -> None:
    """Close an emergency opening by review: only by an agency that was told of it, never the opener's own."""
    row = BreakGlass.objects.select_for_update(of=("self",)).select_related("by").filter(pk=opening).first()
    if row is None or not Alert.objects.filter(circle=row.circle_id, to=actor.agency_id).exists():
        raise NotFound
    own = row.by.agency_id == actor.agency_id or row.by.user_id == actor.user_id
    rules.can_review(same_agency=own, reviewed=row.reviewed_at is not None).or_raise()
    row.reviewed_by_id, row.reviewed_at, row.outcome = actor.membership_id, actor.at, outcome
    row.save(update_fields=("reviewed_by", "reviewed_at", "outcome"))
    actor.record(row.circle_id, "circles.reviewed", opening=row.pk, outcome=outcome)


@writes(permissions.ASK_SECOND, Circle)
def ask_second(actor: Actor, circle: Circle, *, act: str, content_hash: str) -> UUID:
    """Ask for a second person's decision, bound to exactly this content."""
    asked = TwoPersonAct.objects.create(
        circle=circle, act=act, content_hash=content_hash, asked_by_id=actor.membership_id, asked_at=actor.at,
        expires=actor.at + timedelta(hours=rules.TWO_PERSON_HOURS),
    )  # fmt: skip
    actor.record(circle.pk, "circles.asked_second", act=act, content=content_hash)
    return asked.pk


@writes(permissions.DECIDE_SECOND, Circle)
def decide_second(actor: Actor, circle: Circle, *, act: UUID, agreed: bool, kind: str) -> str:
    """Decide what another person asked for. NotFound for an act of another kind: each is decided in its own place."""
    row = circle.acts.select_for_update(of=("self",)).filter(pk=act, act=kind).first()
    if row is None:
        raise NotFound
    rules.can_decide(
        asked_by_me=row.asked_by.user_id == actor.user_id, expires=row.expires, decided=row.decision != "asked",
        at=actor.at,
    ).or_raise()  # fmt: skip
    row.decision, row.decided_by_id, row.decided_at = "agreed" if agreed else "refused", actor.membership_id, actor.at
    row.save()
    actor.record(circle.pk, "circles.decided_second", act=row.act, content=row.content_hash, decision=row.decision)
    return row.decision


@writes(permissions.ERASE, Circle)
def erase(actor: Actor, circle: Circle, *, agreed_act: UUID) -> None:
    """Erase a circle for good: its keys first, then its files. Takes two people, and nothing that holds it.

    The rows stay as noise until they are purged; the book stays, for it holds no word of anybody's.
    """
    agreed = circle.acts.filter(pk=agreed_act, act="erase", decision="agreed").first()
    if agreed is None:
        raise RuleBroken(words("needs_second", "A second person must agree before anything is erased."))
    if why := parts.stays(circle.pk):
        raise RuleBroken(why)
    owners = parts.forget(circle.pk)
    keys.destroy(owners, actor.at)
    files.forget(circle.pk)
    circle.state = "erased"
    circle.save(update_fields=("state",))
    actor.record(circle.pk, "circles.erased", keys=len(owners))


def _stand(actor: Actor, circle: Circle, membership: UUID, side: str, basis: str, purpose: str) -> Standing:
    return Standing.objects.create(
        circle=circle, membership_id=membership, side=side, basis=basis, purpose=purpose, starts=actor.at,
        granted_by_id=actor.membership_id,
    )  # fmt: skip


def _alert(actor: Actor, circle: Circle, code: str) -> None:
    """Tell the case's owner, and the privacy officers of one agency that is neither's chain."""
    for agency in Agency.objects.filter(pk__in=[one for one in (circle.agency_id, guardian(actor)) if one]):
        Alert.objects.create(circle=circle, to=agency, code=code, about_id=actor.membership_id, at=actor.at)
