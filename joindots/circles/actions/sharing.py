"""Letting others read a circle for a while, letting leads know of it, and taking up what a colleague handed on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import makes, writes
from joindots.access.roles import Role
from joindots.agencies.models import Agency, Membership
from joindots.circles import permissions, rules
from joindots.circles.models import Circle, Exclusion, Side, Standing
from joindots.circles.tasks import kept_out, leads_of, shut_out, work_there
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words


@writes(permissions.SHARE, Circle)
def share_with(
    actor: Actor, circle: Circle, *, memberships: Collection[UUID], side: str, purpose: str, ends: datetime
) -> dict[UUID, UUID]:
    """Let these memberships read the circle until a moment: their new standings. Nobody passes on more than they have,
    and nobody who works where the person reported works is shown how to reach anybody.

    One whom the circle keeps out, and one who is not there, are refused by the same words.
    """
    rules.can_pass_on(mine=actor.keys.side(circle.pk) or "", theirs=side).or_raise()
    rows = Membership.objects.current(actor.at).filter(pk__in=memberships).exclude(shut_out(circle))
    if {row.pk for row in rows} != set(memberships) or actor.membership_id in set(memberships):
        raise RuleBroken(words("cannot_read", "Somebody chosen cannot be let into this case. Choose again."))
    if circle.standings.in_force(actor.at).filter(membership__in=memberships).exists():
        raise RuleBroken(words("reads_already", "Somebody chosen may know of this case already. Leave them out."))
    rules.can_let_in(
        side=side, works_there=work_there(circle, [row.user_id for row in rows], actor.at)
    ).or_raise()  # fmt: skip
    told: dict[UUID, UUID] = {}
    for row in rows.order_by("pk"):
        standing = Standing.objects.create(
            circle=circle, membership=row, side=side, basis=Standing.Basis.SHARE, purpose=purpose[:120],
            read_only=True, starts=actor.at, ends=ends, granted_by_id=actor.membership_id,
        )  # fmt: skip
        told[row.pk] = standing.pk
        actor.record(circle.pk, "circles.brought_in", membership=row.pk, side=side, basis="share")
    return told


@writes(permissions.SHARE, Circle)
def stop_sharing(actor: Actor, circle: Circle, *, standings: Collection[UUID]) -> int:
    """End these standings of the circle now, where they were given by sharing. How many ended."""
    rows = circle.standings.in_force(actor.at).filter(pk__in=standings, basis=Standing.Basis.SHARE)
    gone = list(rows.values_list("membership", flat=True))
    rows.update(ends=actor.at)
    for membership in gone:
        actor.record(circle.pk, "circles.sent_away", membership=membership, ended=1)
    return len(gone)


@writes(permissions.OPEN_CIRCLE, Circle)
def lead_in(actor: Actor, circle: Circle, *, purpose: str, ends: datetime | None = None) -> int:
    """Let the leads of the circle's own agency know of it, on its own side, but for those it keeps out. How many."""
    told = 0
    for row in leads_of(circle.agency_id, actor.at).exclude(shut_out(circle)):
        if circle.standings.in_force(actor.at).filter(membership=row).exists():
            continue
        _stand(actor, circle, row.pk, Standing.Basis.SUPERVISION, purpose, ends)
        told += 1
    actor.record(circle.pk, "circles.leads_in", leads=told)
    return told


@makes(permissions.OPEN_CIRCLE)
def circle_for(
    actor: Actor, *, agency: UUID, like: UUID | None, purpose: str, beside: frozenset[Role] = frozenset(),
    knowing: frozenset[Role] = frozenset(),
) -> Circle:  # fmt: skip
    """A circle of another agency, for what is sent to it: its leads stand there, and nobody else but who holds one of
    the roles `beside`, whose work it is, or who knows of the circle `like` already in one of the roles `knowing`.

    Whoever is kept out of the circle `like`, in which the actor stands, is kept out of the new one from its first
    moment; where the suspect works in an agency, that is carried over as well, and nothing is sent there but to
    those who know already. A partner's system sends what is in no circle here (`like` is None). An agency without
    anybody who could receive it is refused.
    """
    source = Circle.objects.visible_to(actor, write=True, picked=True).filter(pk=like).first() if like else None
    there = Agency.objects.filter(pk=agency).first()
    if there is None or (like and source is None):
        raise NotFound
    known = _knowing(source, there, actor.at, knowing) if source is not None else []
    works_there = source is not None and source.restricted_from_id == there.pk
    if works_there and not known:
        raise RuleBroken(
            words(
                "works_there",
                "The person reported, or somebody close to them, works there, so nothing goes to whoever leads it. "
                "Choose another agency, or let one named person there read it.",
            )
        )
    made = Circle.objects.create(
        agency=there, made_at=actor.at, restricted_from_id=source.restricted_from_id if source else None
    )
    for one in source.exclusions.all() if source else ():
        Exclusion.objects.create(
            circle=made, user_id=one.user_id, team_id=one.team_id, reason=one.reason, by_id=one.by_id, at=actor.at
        )
    leading = Q(pk__in=[] if works_there else leads_of(there.pk, actor.at, beside).values("pk"))
    leads = list(Membership.objects.filter(leading | Q(pk__in=known)).exclude(shut_out(made)))
    if not leads:
        raise RuleBroken(words("nobody_there", "Nobody of this agency can receive it here. Reach them another way."))
    for row in leads:
        _stand(actor, made, row.pk, Standing.Basis.REFERRAL, purpose, None)
    actor.record(made.pk, "circles.opened", side=Side.VICTIM)
    return made


def _knowing(source: Circle, agency: Agency, at: datetime, roles: frozenset[Role]) -> list[UUID]:
    """Who of an agency knows of a circle, not on the side of the person reported, in one of these roles."""
    there = source.standings.in_force(at).filter(membership__agency=agency).exclude(side=Side.SUSPECT)
    rows = there.exclude(basis=Standing.Basis.BREAK_GLASS).select_related("membership")
    return [one.membership_id for one in rows if one.membership.role_set & roles]


@makes(permissions.TAKE_UP)
def take_up(actor: Actor, *, circle: UUID, offered_by: UUID, purpose: str) -> UUID:
    """Stand in a circle because a colleague who stands there handed its work to the actor: the new standing.

    Asked only by what keeps the offer (casework's handover). The colleague must still stand there, on the victim's
    side and not only to read; whoever the circle keeps out is told that there is nothing here.
    """
    found = Circle.objects.known_to(offered_by, actor.at, write=True, picked=True).filter(pk=circle, state="open")
    row = found.filter(agency=actor.agency_id).first()
    if row is None or kept_out(actor, row.pk):
        actor.visit.misses(Circle, circle)
        raise NotFound
    giver = row.standings.in_force(actor.at).filter(membership=offered_by, side=Side.VICTIM, read_only=False)
    if not giver.filter(membership__agency=actor.agency_id).exists():
        raise NotFound
    mine = row.standings.in_force(actor.at).filter(membership=actor.membership_id)
    working = mine.filter(read_only=False, ends=None).first()
    if working is not None:
        actor.record(row.pk, "circles.stands_already", membership=actor.membership_id)
        return working.pk
    mine.update(ends=actor.at)
    return _stand(actor, row, actor.membership_id, Standing.Basis.TEAM, purpose, None, offered_by)


@writes(permissions.OPEN_CIRCLE, Circle)
def let_look(actor: Actor, circle: Circle, *, membership: UUID, purpose: str, ends: datetime) -> None:
    """Let a colleague of the circle's own agency look, until a moment, at work that is offered to them."""
    row = Membership.objects.current(actor.at).filter(pk=membership, agency=circle.agency_id)
    if not row.exclude(shut_out(circle)).exists() or actor.agency_id != circle.agency_id:
        raise RuleBroken(words("cannot_take", "This colleague cannot take this case. Choose somebody else."))
    rules.can_pass_on(mine=actor.keys.side(circle.pk) or "", theirs=Side.VICTIM).or_raise()
    if not circle.standings.in_force(actor.at).filter(membership=membership).exists():
        Standing.objects.create(
            circle=circle, membership_id=membership, side=Side.VICTIM, basis=Standing.Basis.TEAM,
            purpose=purpose[:120], read_only=True, starts=actor.at, ends=ends, granted_by_id=actor.membership_id,
        )  # fmt: skip
    actor.record(circle.pk, "circles.brought_in", membership=membership, side=Side.VICTIM, basis="team")


@makes(permissions.TAKE_UP)
def stop_looking(actor: Actor, *, circle: UUID) -> int:
    """End the actor's own look at work that was offered to them. How many standings ended."""
    mine = Standing.objects.in_force(actor.at).filter(
        circle=circle, membership=actor.membership_id, basis=Standing.Basis.TEAM, read_only=True
    )
    ended = mine.update(ends=actor.at)
    actor.record(circle if ended else actor.agency_id, "circles.sent_away", book_kind="circle" if ended else "agency",
                 membership=actor.membership_id, ended=ended)  # fmt: skip
    return ended


@makes(permissions.TAKE_UP)
def let_go(actor: Actor, *, circle: UUID, membership: UUID, purpose: str) -> int:
    """End what `take_up` gave somebody of the actor's own agency for this purpose. How many standings ended.

    Asked only by what keeps the reason, once that is gone (the helpline's links).
    """
    theirs = Standing.objects.begun(actor.at).filter(
        circle=circle, membership=membership, membership__agency=actor.agency_id, basis=Standing.Basis.TEAM,
        purpose=purpose[:120],
    )  # fmt: skip
    ended = theirs.update(ends=actor.at)
    actor.record(circle if ended else actor.agency_id, "circles.sent_away", book_kind="circle" if ended else "agency",
                 membership=membership, ended=ended)  # fmt: skip
    return ended


def _stand(
    actor: Actor, circle: Circle, membership: UUID, basis: str, purpose: str, ends: datetime | None,
    by: UUID | None = None,
) -> UUID:  # fmt: skip
    row = Standing.objects.create(
        circle=circle, membership_id=membership, side=Side.VICTIM, basis=basis, purpose=purpose[:120],
        starts=actor.at, ends=ends, granted_by_id=by or actor.membership_id,
    )  # fmt: skip
    actor.record(circle.pk, "circles.brought_in", membership=membership, side=Side.VICTIM, basis=basis)
    return row.pk
