"""Who may know of a circle, who opened what in it, and alerts for the privacy officer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.access.roles import Role
from joindots.access.scopes import SCOPES
from joindots.agencies.models import Agency, Membership, PartnerToken
from joindots.agencies.naming import USERNAME, tidy_username
from joindots.audit.models import Entry
from joindots.circles import permissions, rules
from joindots.circles.models import Alert, BreakGlass, Circle, Exclusion, Side, TwoPersonAct
from joindots.circles.queries.leaving import in_hand as in_hand
from joindots.circles.tasks import may_decide_about, seen_from

PAGE = 200
READERS = 50


@dataclass(frozen=True, slots=True)
class Knower:
    """One person who may know, and why."""

    name: str
    agency: str
    side: str
    basis: str
    purpose: str
    since: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of who opened what."""

    seq: int
    at: datetime
    who: str
    agency: str
    code: str
    says: dict[str, Any]

    @property
    def words(self) -> str:
        """What was done, as a sentence's middle: the code's own words."""
        return self.code.rpartition(".")[2].replace("_", " ")

    @property
    def fields(self) -> str:
        """Which fields were opened, by name and never by content."""
        return ", ".join(sorted(field.rpartition(".")[2].replace("_", " ") for field in self.says.get("fields", ())))


@reads_one(permissions.SEE_WHO, Circle)
def who_may_know(actor: Actor, circle: Circle) -> tuple[Knower, ...]:
    """Everybody with a standing in force, by agency and name; on the reported person's side those of that side alone.

    Who works for the person being stalked is a name to follow home.
    """
    rows = circle.standings.in_force(actor.at).select_related("membership__user", "membership__agency")
    if actor.keys.side(circle.pk) == Side.SUSPECT:
        rows = rows.filter(side=Side.SUSPECT)
    return tuple(
        Knower(row.membership.user.name, row.membership.agency.name, row.get_side_display(), row.get_basis_display(),
               row.purpose, row.starts, row.ends)
        for row in rows.order_by("membership__agency__name", "membership__user__name")
    )  # fmt: skip


@reads_one(permissions.SEE_CUSTODY, Circle)
def custody(actor: Actor, circle: Circle, before: int | None = None) -> tuple[Step, ...]:
    """The circle's book, newest first, a page at a time (`before` is the last number seen); off the victim's side
    alone what one's own side did.
    """
    rows = seen_from(actor, circle, Entry.objects.filter(book_id=circle.pk)).order_by("-seq")
    page = list(rows.filter(seq__lt=before)[:PAGE] if before is not None else rows[:PAGE])
    people = Membership.objects.select_related("user", "agency").in_bulk([row.membership for row in page])
    return tuple(
        Step(row.seq, row.at, _name(people.get(row.membership)), _agency(people.get(row.membership)), row.code,
             row.content["says"])
        for row in page
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One entry of a circle's book, whole: who did what as what, and what chains it to the one before."""

    seq: int
    at: datetime
    who: str
    roles: str
    agency: str
    agency_kind: str
    code: str
    says: dict[str, Any]
    content: dict[str, Any]
    previous: str
    digest: str


@reads_one(permissions.SEE_CUSTODY, Circle)
def book_of(actor: Actor, circle: Circle, until: int | None = None) -> tuple[BookEntry, ...]:
    """The circle's book from its first entry, to the entry `until` if one is named. Roles are those held now."""
    rows = Entry.objects.filter(book_id=circle.pk).order_by("seq")
    found = list(rows if until is None else rows.filter(seq__lte=until))
    people = Membership.objects.select_related("user", "agency").in_bulk({row.membership for row in found})
    return tuple(_entry(row, people.get(row.membership)) for row in found)


def _entry(row: Entry, who: Membership | None) -> BookEntry:
    roles = ", ".join(role.words for role in sorted(who.role_set)) if who else ""
    return BookEntry(
        row.seq, row.at, _name(who), roles, _agency(who), who.agency.get_kind_display() if who else "", row.code,
        row.content["says"], row.content, row.previous, row.digest,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert: what happened, who did it, when; and the opening to review, if it is one."""

    code: str
    who: str
    agency: str
    at: datetime
    opening: UUID | None
    reason_code: str
    outcome: str


@reads(permissions.SEE_ALERTS)
def alerts(actor: Actor) -> tuple[AlertLine, ...]:
    """Alerts to the actor's agency, newest first. They name no case."""
    rows = Alert.objects.filter(to=actor.agency_id).select_related("about__user", "about__agency").order_by("-at")
    page = list(rows[:PAGE])
    openings = {
        (row.circle_id, row.by_id, row.at): row
        for row in BreakGlass.objects.filter(circle__in=[row.circle_id for row in page])
    }
    return tuple(_alert(row, openings.get((row.circle_id, row.about_id, row.at))) for row in page)


def _alert(row: Alert, opening: BreakGlass | None) -> AlertLine:
    return AlertLine(
        row.code, row.about.user.name, row.about.agency.name, row.at, opening.pk if opening else None,
        opening.reason_code if opening else "", opening.outcome if opening else "",
    )  # fmt: skip


@reads(permissions.BREAK_GLASS)
def refuse_emergency(actor: Actor, reason: str) -> None:
    """RuleBroken unless this person may open anything in an emergency now. It asks nothing of any case.

    So it comes first: no refusal tells whether there is a case. All memberships of one person count together.
    """
    mine = BreakGlass.objects.filter(by__user=actor.user_id)
    weeks = mine.filter(at__gt=actor.at - timedelta(days=7)).count()
    owed = mine.filter(outcome="open", at__lt=actor.at - timedelta(days=4)).exists()
    rules.can_break_glass(reason, fresh=actor.fresh, in_last_week=weeks, review_owed=owed).or_raise()


@reads(permissions.EXCLUDE)
def member_named(actor: Actor, username: str) -> UUID | None:
    """The membership of somebody by username, in any agency; staff are no secret. None if there is no one such."""
    wanted = tidy_username(username)
    if not USERNAME.fullmatch(wanted):
        return None
    found = Membership.objects.current(actor.at).filter(user__username__iexact=wanted)
    return found.values_list("pk", flat=True).first() if found.count() == 1 else None


@reads_one(permissions.SEE_WHO, Circle)
def second_asked(actor: Actor, circle: Circle, act: str) -> Asked | None:
    """What was asked for in this circle and is still open or agreed, newest first."""
    row = (
        circle.acts.filter(act=act, decision__in=("asked", "agreed"), expires__gt=actor.at)
        .select_related("asked_by__user").order_by("-asked_at").first()
    )  # fmt: skip
    if row is None:
        return None
    mine = row.asked_by.user_id == actor.user_id
    return Asked(row.pk, row.asked_by.user.name, row.expires, row.decision == "agreed", mine)


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that takes two, asked for by somebody."""

    id: UUID
    by: str
    expires: datetime
    agreed: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One member of the agency's staff."""

    membership: UUID
    name: str
    username: str
    team: str
    roles: tuple[str, ...]
    role_words: str
    since: datetime
    me: bool


@dataclass(frozen=True, slots=True)
class StaffAct:
    """Something about staff that waits for a second person."""

    id: UUID
    act: str
    about: str
    content: str
    asked_by: str
    expires: datetime
    mine: bool
    elsewhere: str
    """The agency whose staff it is about, where that is not the reader's own."""


@reads(permissions.SEE_STAFF)
def staff(actor: Actor) -> tuple[StaffLine, ...]:
    """The members of the actor's own agency now."""
    rows = Membership.objects.current(actor.at).filter(agency=actor.agency_id).select_related("user", "team")
    return tuple(
        StaffLine(row.pk, row.user.name, row.user.username, row.team.name if row.team else "",
                  tuple(sorted(row.role_set)), ", ".join(role.words for role in sorted(row.role_set)), row.starts,
                  row.pk == actor.membership_id)
        for row in rows.order_by("user__name")
    )  # fmt: skip


@reads(permissions.SEE_STAFF)
def staff_acts(actor: Actor) -> tuple[StaffAct, ...]:
    """What waits for a second person about the agency's staff, and about that of an agency whose buddy it is."""
    near = Q(agency=actor.agency_id) | Q(agency__buddy=actor.agency_id)
    waiting = TwoPersonAct.objects.filter(near, decision="asked", expires__gt=actor.at)
    rows = [
        row for row in waiting.select_related("asked_by__user").order_by("asked_at") if may_decide_about(actor, row)
    ]
    about = Membership.objects.select_related("user", "agency").in_bulk([row.subject for row in rows])
    return tuple(
        StaffAct(row.pk, row.act, about[row.subject].user.name,
                 ", ".join(Role(code).words for code in row.content.split(",") if code), row.asked_by.user.name,
                 row.expires, actor.user_id in (row.asked_by.user_id, about[row.subject].user_id),
                 about[row.subject].agency.name if row.agency_id != actor.agency_id else "")
        for row in rows if row.subject in about
    )  # fmt: skip


def _name(membership: Membership | None) -> str:
    return membership.user.name if membership else "the service itself"


def _agency(membership: Membership | None) -> str:
    return membership.agency.name if membership else ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who could be let in: by name, agency and roles, and whether they may know already."""

    membership: UUID
    name: str
    agency: str
    roles: str
    stands: bool


@reads_one(permissions.SEE_WHO, Circle)
def could_read(actor: Actor, circle: Circle, *, agency: UUID, typed: str = "") -> tuple[Reader, ...]:
    """Who of an agency works on cases and could be let in, by name, at most fifty. Whom the circle keeps out is absent.

    They are not counted and not hinted at either. `typed` is part of a name.
    """
    shut = Exclusion.objects.filter(circle=circle)
    known = Membership.objects.current(actor.at).filter(agency=agency, user__name__icontains=typed.strip())
    known = known.exclude(user__in=shut.exclude(user=None).values("user")).exclude(user=actor.user_id)
    known = known.exclude(team__in=shut.exclude(team=None).values("team"))
    rows = known.select_related("user", "agency").order_by("user__name")
    here = set(circle.standings.in_force(actor.at).values_list("membership", flat=True))
    found = [row for row in rows[: 4 * READERS] if row.role_set & permissions.SEE_WHO.roles][:READERS]
    return tuple(Reader(row.pk, row.user.name, row.agency.name, _roles(row), row.pk in here) for row in found)


@dataclass(frozen=True, slots=True)
class WorksThere:
    """The agency in which the person reported, or somebody close, works; and who there may see how to reach people."""

    agency: UUID
    name: str
    still: tuple[str, ...]


@reads_one(permissions.SEE_WHO, Circle)
def where_suspect_works(actor: Actor, circle: Circle) -> WorksThere | None:
    """Where the person reported, or somebody close to them, works; told to the side of the other alone."""
    there = circle.restricted_from
    if there is None or actor.keys.side(circle.pk) != Side.VICTIM:
        return None
    users = Membership.objects.current(actor.at).filter(agency=there).values("user")
    still = circle.standings.in_force(actor.at).filter(side=Side.VICTIM, membership__user__in=users)
    return WorksThere(
        there.pk, there.name, tuple(still.values_list("membership__user__name", flat=True).order_by("pk"))
    )


@reads(permissions.SEE_WHO)
def agencies(actor: Actor) -> tuple[tuple[UUID, str, str], ...]:
    """The agencies of this installation: id, name and kind in words, the actor's own first."""
    rows = sorted(Agency.objects.filter(memberships__starts__lte=actor.at).distinct().order_by("name"),
                  key=lambda row: row.pk != actor.agency_id)  # fmt: skip
    return tuple((row.pk, row.name, row.get_kind_display()) for row in rows)


@dataclass(frozen=True, slots=True)
class Openings:
    """How often somebody opened things of a circle since a moment, and when first and last."""

    times: int
    first: datetime
    last: datetime


@reads_one(permissions.SEE_CUSTODY, Circle)
def openings_of(
    actor: Actor, circle: Circle, *, memberships: Collection[UUID], since: datetime
) -> dict[UUID, Openings]:
    """Which of these memberships opened anything of the circle since a moment, from its book."""
    rows = (
        Entry.objects.filter(book_id=circle.pk, code="read", membership__in=memberships, at__gte=since)
        .values("membership").annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    )  # fmt: skip
    return {row["membership"]: Openings(row["times"], row["first"], row["last"]) for row in rows if row["membership"]}


def _roles(row: Membership) -> str:
    return ", ".join(role.words for role in sorted(row.role_set))


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token of one of the agency's systems: as whom it acts, for what, and where it stands."""

    id: UUID
    name: str
    acts_as: str
    scopes: tuple[str, ...]
    made_by: str
    made_at: datetime
    expires: datetime
    agreed_by: str
    state: str
    """`waits` for another person, `on`, or `over`."""
    used_on: date | None
    may_agree: bool
    feeds: bool
    """Whether reports to the police come in by it."""


@reads(permissions.SEE_STAFF)
def tokens(actor: Actor) -> tuple[TokenLine, ...]:
    """The tokens of the actor's own agency, those in force first."""
    rows = PartnerToken.objects.filter(membership__agency=actor.agency_id).select_related(
        "membership__user", "made_by__user", "agreed_by__user"
    )
    lines = [_token(actor, row) for row in rows.order_by("-made_at")]
    return tuple(sorted(lines, key=lambda line: line.state == "over"))


def _token(actor: Actor, row: PartnerToken) -> TokenLine:
    over = row.ended_at is not None or row.expires <= actor.at
    state = "over" if over else "on" if row.agreed_at else "waits"
    others = actor.user_id not in (row.made_by.user_id, row.membership.user_id)
    return TokenLine(
        row.pk, row.name, row.membership.user.name, tuple(SCOPES[one].words for one in row.scopes if one in SCOPES),
        row.made_by.user.name, row.made_at, row.expires, row.agreed_by.user.name if row.agreed_by else "", state,
        row.used_on, state == "waits" and others and bool(actor.may(permissions.DECIDE_STAFF)), "reports" in row.scopes,
    )  # fmt: skip
