"""How the line goes: its rota, who is ready for calls, what was not answered, needs unmet, and care for those on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.access.roles import Role
from joindots.agencies.models import Membership
from joindots.directory.rules.tables import needs
from joindots.helpline import permissions
from joindots.helpline.models import Contact, OpenHours, Turn, Unanswered, UnmetNeed, WebDoor
from joindots.helpline.rules import shift, states
from joindots.helpline.tasks import line as tasks
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day, midnight
from joindots.kernel.words import Words

AHEAD = timedelta(days=14)
LINE_ROLES = frozenset({Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR})


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn on the rota."""

    id: UUID
    name: str
    starts: datetime
    ends: datetime
    out_of_hours: bool
    now: bool


@reads(permissions.SEE_LINE)
def rota(actor: Actor) -> tuple[TurnLine, ...]:
    """The rota of the next two weeks."""
    rows = Turn.objects.filter(agency=actor.agency_id, ends__gt=actor.at, starts__lt=actor.at + AHEAD)
    return tuple(
        TurnLine(row.pk, row.membership.user.name, row.starts, row.ends, row.out_of_hours, row.starts <= actor.at)
        for row in rows.select_related("membership__user").order_by("starts", "membership__user__name")
    )


@dataclass(frozen=True, slots=True)
class LineState:
    """The line's hours by weekday (0 is Monday), its number, and whether it takes contacts through the public form."""

    hours: dict[int, tuple[time, time]]
    web: bool
    web_by: str
    open: str
    opens_next: datetime | None
    number: str


@reads(permissions.SEE_LINE)
def line_state(actor: Actor) -> LineState:
    """The line's hours and its form."""
    rows = OpenHours.objects.filter(agency=actor.agency_id).order_by("weekday")
    web = WebDoor.objects.filter(agency=actor.agency_id, is_open=True).select_related("opened_by__user").first()
    now, opens = tasks.is_open(actor.agency_id, actor.at)
    return LineState(
        {row.weekday: (row.opens, row.closes) for row in rows}, web is not None,
        web.opened_by.user.name if web else "", now, opens, tasks.number_of(actor.agency_id),
    )  # fmt: skip


@reads(permissions.SEE_LINE)
def own_number(actor: Actor) -> str:
    """The number by which anybody reaches the actor's own line; empty where none is told."""
    return tasks.number_of(actor.agency_id)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the line: what is on record for them, and whether they may take calls."""

    id: UUID
    name: str
    done: tuple[tuple[str, date | None, bool], ...]
    """Each step in words, the day it was done, and whether it holds today."""
    ready: bool
    supervision_due: bool
    me: bool


@reads(permissions.KEEP_READY)
def team(actor: Actor) -> tuple[Member, ...]:
    """Everybody who works on the line, with what is on record for them."""
    people = Membership.objects.current(actor.at).filter(agency=actor.agency_id).select_related("user")
    line = [one for one in people.order_by("user__name") if one.role_set & LINE_ROLES]
    steps = tasks.steps_of([one.pk for one in line])
    today = london_day(actor.at)
    return tuple(_member(actor, one, steps[one.pk], today) for one in line)


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who leaves the line: since when they were with it, how many turns they took, what they still have."""

    id: UUID
    name: str
    since: date
    turns: int
    turns_to_come: int
    left: Words | None
    said: date | None
    """The day of the goodbye, where it is on record: from then on no call comes to them."""
    me: bool


@reads(permissions.KEEP_READY)
def leaver(actor: Actor, membership: UUID) -> Leaver:
    """One member of the actor's line, as a goodbye needs them; NotFound for anybody else."""
    people = Membership.objects.current(actor.at).filter(agency=actor.agency_id, pk=membership)
    one = people.select_related("user").first()
    if one is None or not one.role_set & LINE_ROLES:
        raise NotFound
    turns = Turn.objects.filter(membership=one)
    return Leaver(
        one.pk, one.user.name, london_day(one.starts), turns.filter(starts__lte=actor.at).count(),
        turns.filter(starts__gt=actor.at).count(), tasks.left_with(one.pk),
        tasks.ready_steps(one.pk).get("goodbye"), one.user_id == actor.user_id,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waits:
    """One day of the line: contacts taken by channel, those that nobody took, and how long these waited."""

    day: date
    taken: int
    missed: int
    abandoned: int
    longest: int | None
    """Seconds; None where no wait is known."""


@reads(permissions.RUN_LINE)
def waits(actor: Actor, days: int = 7) -> tuple[Waits, ...]:
    """The last days of the line, newest first. A day with no rows shows noughts: that nothing was entered is not that
    nothing happened.
    """
    today = london_day(actor.at)
    since = midnight(today - timedelta(days=days - 1))
    taken = Contact.objects.filter(agency=actor.agency_id, started_at__gte=since).values_list("started_at", flat=True)
    lost = Unanswered.objects.filter(agency=actor.agency_id, at__gte=since).values_list("at", "kind", "waited")
    by_day: dict[date, list[tuple[str, int | None]]] = {today - timedelta(days=n): [] for n in range(days)}
    for at in taken:
        by_day.setdefault(london_day(at), []).append(("taken", None))
    for at, kind, waited in lost:
        by_day.setdefault(london_day(at), []).append((kind, waited))
    return tuple(_day(day, told) for day, told in sorted(by_day.items(), reverse=True))


@dataclass(frozen=True, slots=True)
class Load:
    """How it was for one adviser lately, for care: contacts they called hard, and whether a talk should be offered."""

    name: str
    hard: int
    talk: bool
    supervision_due: bool


@reads(permissions.RUN_LINE)
def care(actor: Actor) -> tuple[Load, ...]:
    """Care for those on the line, by name and never by number: nobody is compared with anybody."""
    since = actor.at - timedelta(days=shift.HARD_DAYS)
    rows = Contact.objects.filter(agency=actor.agency_id, hard=True, ended_at__gt=since).exclude(adviser=None)
    hard: dict[UUID, list[datetime]] = {}
    for who, at in rows.values_list("adviser", "ended_at"):
        hard.setdefault(who, []).extend([at] if at else [])
    people = Membership.objects.current(actor.at).filter(agency=actor.agency_id).select_related("user")
    line = [one for one in people.order_by("user__name") if one.role_set & LINE_ROLES]
    steps = tasks.steps_of([one.pk for one in line])
    return tuple(
        Load(one.user.name, len(hard.get(one.pk, ())), shift.rests(hard.get(one.pk, ()), actor.at),
             shift.supervision_due(steps[one.pk], london_day(actor.at)))
        for one in line
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """The reader's own last seven days on the line, for care: contacts, minutes in them, how many they called hard,
    whether so many that a talk is offered, and their last supervision. Nobody else sees it so, and it is compared with
    nothing.
    """

    contacts: int
    minutes: int
    hard: int
    talk: bool
    supervised: date | None
    """Noted with its notes or, for the line, by its day alone."""

    @property
    def talked(self) -> str:
        """How long in talk: `3 h 20 min`."""
        hours, minutes = divmod(self.minutes, 60)
        return f"{hours} h {minutes} min" if hours else f"{minutes} min"


@reads(permissions.SEE_LINE)
def own_week(actor: Actor) -> OwnWeek:
    """What the actor's own last seven days on the line were; what came in writing has no minutes of talk."""
    since = actor.at - timedelta(days=shift.HARD_DAYS)
    mine = Contact.objects.filter(adviser=actor.membership_id, ended_at__gt=since)
    rows = list(mine.values_list("channel", "started_at", "ended_at", "hard"))
    ended = [(channel, ends - starts, ends, hard) for channel, starts, ends, hard in rows if ends is not None]
    talked = sum((took for channel, took, _, _ in ended if channel in states.BY_VOICE), timedelta())
    hard = [ends for _, _, ends, was_hard in ended if was_hard]
    return OwnWeek(
        len(rows), round(talked.total_seconds() / 60), len(hard), shift.rests(hard, actor.at),
        tasks.ready_steps(actor.membership_id).get("supervision"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnmetCount:
    """How often a need was not met in an area, for a relation and a reason."""

    need: str
    area: str
    relation: str
    why: str
    count: int


@reads(permissions.RUN_LINE)
def unmet(actor: Actor, since: date, until: date) -> tuple[UnmetCount, ...]:
    """Needs unmet from one day to another, both in it, counted; the most frequent first."""
    rows = UnmetNeed.objects.filter(
        agency=actor.agency_id, at__gte=midnight(since), at__lt=midnight(until + timedelta(days=1))
    )
    found = rows.values_list("need", "area", "relation", "why").annotate(number=Count("id")).order_by("-number", "need")
    return tuple(
        UnmetCount(needs()[need].label if need in needs() else need, area, relation, states.UNMET[why], number)
        for need, area, relation, why, number in found
    )


def _day(day: date, told: list[tuple[str, int | None]]) -> Waits:
    kinds = [kind for kind, _ in told]
    return Waits(
        day, kinds.count("taken"), kinds.count("missed"), kinds.count("abandoned"),
        max((waited for _, waited in told if waited is not None), default=None),
    )  # fmt: skip


def _member(actor: Actor, one: Membership, done: dict[str, date], today: date) -> Member:
    left = {step.code for step in shift.missing(done, today)}
    told = tuple((step.says, done.get(step.code), step.code in done and step.code not in left) for step in shift.STEPS)
    return Member(
        one.pk, one.user.name, told, bool(shift.can_take_calls(done, today)), shift.supervision_due(done, today),
        one.user_id == actor.user_id,
    )  # fmt: skip


@reads(permissions.SEE_LINE)
def colleagues(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Everybody else who works on the line now and may be asked to listen in, by name."""
    people = Membership.objects.current(actor.at).filter(agency=actor.agency_id).exclude(pk=actor.membership_id)
    rows = [one for one in people.select_related("user").order_by("user__name") if one.role_set & LINE_ROLES]
    steps, today = tasks.steps_of([one.pk for one in rows]), london_day(actor.at)
    return tuple((one.pk, one.user.name) for one in rows if shift.can_listen(steps[one.pk], today))
