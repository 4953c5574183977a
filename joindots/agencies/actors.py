"""Making an Actor: from a signed-in request, or for a membership in whose name a job runs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.visit import Visit
from joindots.agencies.models import Membership, User
from joindots.kernel.problems import NotAllowed, RuleBroken
from joindots.kernel.words import words
from joindots.vault.models import Tier
from joindots.vault.ring import Ring

FRESH = timedelta(minutes=5)
ACTING = "acting_membership"
NOBODY = UUID(int=0)
ELSEWHERE = (
    "Nothing was done: you now act for {agency}, and this page was opened while you acted for another agency. Send it "
    "again only if it is meant for {agency}."
)


class NotSignedIn(Exception):
    """Nobody is signed in with a second factor: the sign-in page comes first."""


def actor_as(
    membership: Membership, at: datetime, *, fresh: bool = False, tiers: Collection[str] = tuple(Tier.values)
) -> Actor:
    """The actor of a membership at a moment. Refused if it is not in force."""
    if not Membership.objects.current(at).filter(pk=membership.pk).exists():
        raise NotAllowed(words("membership_over", "This membership is not in force."))
    visit = Visit(membership.agency_id)

    def sides(owners: Collection[UUID]) -> dict[UUID, str]:
        return parts.sides(membership.pk, at, owners)

    return Actor(
        user_id=membership.user_id, membership_id=membership.pk, agency_id=membership.agency_id,
        team_id=membership.team_id, roles=membership.role_set, at=at, visit=visit,
        keys=Ring(sides, visit.note, at, tiers), fresh=fresh, name=membership.user.name,
    )  # fmt: skip


def visitor(at: datetime) -> Actor:
    """Somebody without an account, at a moment: no role, no agency, no key, and a visit of which nothing is written.

    The door lets them through only where a permission says that visitors may.
    """
    visit = Visit(None)
    return Actor(
        user_id=NOBODY, membership_id=NOBODY, agency_id=NOBODY, team_id=None, roles=frozenset(), at=at, visit=visit,
        keys=Ring(lambda _: {}, visit.note, at, ()), visits=True,
    )  # fmt: skip


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request, made once. NotSignedIn without a user and a second factor."""
    made = getattr(request, "_actor", None)
    if made is None:
        made = _from_session(request, request.at)  # type: ignore[attr-defined]
        request._actor = made  # type: ignore[attr-defined]
    assert isinstance(made, Actor)
    return made


@dataclass(frozen=True, slots=True)
class Face:
    """Who is signed in, as the frame of every page shows it."""

    name: str
    agency: str
    several: bool
    acting: str = ""
    """The membership acted as: a form that makes something for the agency hands it back."""


def refuse_unless_shown(request: HttpRequest, actor: Actor) -> None:
    """RuleBroken where a form was opened while its reader acted for another agency than now, in another window.

    What has a row of its own is not found from there anyway; what is made anew would be made for the wrong agency.
    """
    shown = request.POST.get(ACTING, "")
    if shown and shown != str(actor.membership_id):
        agency = next((one.agency.name for one in memberships_of(request) if one.pk == actor.membership_id), "")
        raise RuleBroken(words("acting_elsewhere", ELSEWHERE, agency=agency))


def face_of(request: HttpRequest) -> Face | None:
    """Who acts in this request and for whom; None where nobody does. It opens nothing and leaves no entry."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    try:
        actor = actor_of(request)
    except (NotSignedIn, ChooseMembership, NotAllowed):
        return Face(request.user.name, "", several=False)
    mine = memberships_of(request)
    agency = next((one.agency.name for one in mine if one.pk == actor.membership_id), "")
    return Face(actor.name, agency, several=len(mine) > 1, acting=str(actor.membership_id))


def second_factor_at(request: HttpRequest) -> datetime | None:
    """When a second factor was last given in this session; None if never."""
    records = get_authentication_records(request, cast(User, request.user))
    given = [record["at"] for record in records if record.get("method") == "mfa"]
    return datetime.fromtimestamp(max(given), tz=request.at.tzinfo) if given else None  # type: ignore[attr-defined]


def memberships_of(request: HttpRequest) -> list[Membership]:
    """The memberships in force of who is signed in."""
    made: list[Membership] | None = getattr(request, "_memberships", None)
    if made is None:
        rows = Membership.objects.current(request.at).filter(user=request.user)  # type: ignore[attr-defined, misc]
        made = list(rows.select_related("user", "agency").order_by("agency__name"))
        request._memberships = made  # type: ignore[attr-defined]
    return made


def _from_session(request: HttpRequest, at: datetime) -> Actor:
    factor = second_factor_at(request) if request.user.is_authenticated else None
    if factor is None:
        raise NotSignedIn
    mine = {str(membership.pk): membership for membership in memberships_of(request)}
    chosen = mine.get(request.session.get(ACTING, "")) or (next(iter(mine.values())) if len(mine) == 1 else None)
    if chosen is None:
        raise ChooseMembership(bool(mine))
    return actor_as(chosen, at, fresh=at - factor < FRESH)


class ChooseMembership(Exception):
    """Signed in, but acting as none of several memberships (or there is none at all)."""

    def __init__(self, any_at_all: bool) -> None:
        super().__init__()
        self.any_at_all = any_at_all
