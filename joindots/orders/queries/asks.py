"""Asks for orders as their reader may see them: what a force would see, what was asked, what came, how many."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast, get_args
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads, reads_one
from joindots.access.roles import REPORTED
from joindots.agencies.models import Agency
from joindots.casework.models import Case, Consent, owned_by
from joindots.casework.rules import State as CaseState
from joindots.casework.rules import agreeing
from joindots.circles.models import Circle, Standing
from joindots.documents.leaks import protected as leaks
from joindots.documents.leaks.looking import Looking
from joindots.documents.leaks.matching import matcher
from joindots.evidence import queries as evidence
from joindots.kernel.dots import Due, Reason
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.small_numbers import can_publish
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.law.tables import police_forces
from joindots.orders import permissions
from joindots.orders.models import AskIn, Order, OrderAsk
from joindots.orders.rules import asks as rule
from joindots.orders.tasks import asking
from joindots.people import queries as people

MOST = 200
NO_DAY = "on a day that is not known"


@dataclass(frozen=True, slots=True)
class Force:
    """A force that can be asked: an agency here, or a force of the table that works elsewhere."""

    key: str
    name: str
    here: bool
    stands: bool
    """Somebody of it may know of this case."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a force is told, and what in it must not leave: each stop a sentence that repeats nothing."""

    name: str
    about: str
    crime: str
    need: str
    relied: tuple[str, ...]
    basis: str
    stops: tuple[str, ...] = ()

    @property
    def kept(self) -> str:
        """As it is sealed."""
        said = {one: getattr(self, one) for one in ("name", "about", "crime", "need", "relied", "basis")}
        return json.dumps(said, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class AskView:
    """An ask as who asked sees it."""

    id: UUID
    version: int
    circle: UUID
    case: str
    order: str
    whom: str
    here: bool
    basis: str
    why_basis: str
    sheet: Sheet
    asked_on: date
    days: int
    due_on: date
    by: str
    at: datetime
    state: str
    state_says: str
    open: bool
    late: bool
    chased: int
    answered_at: datetime | None
    answered_by: str
    applied_on: date | None
    answer: str
    withdrawn: str
    to_tell: bool
    told: str
    told_at: datetime | None
    told_by: str
    told_how: str
    notice: UUID | None


@dataclass(frozen=True, slots=True)
class AskInView:
    """An ask as it came to a force: nothing but what it says."""

    id: UUID
    version: int
    order: str
    source: str
    sender: str
    sheet: Sheet | None
    """None where its words were cleared."""
    asked_on: date
    came_at: datetime
    due_on: date
    late: bool
    chased_at: datetime | None
    state: str
    state_says: str
    open: bool
    answered_at: datetime | None
    answered_by: str
    applied_on: date | None
    answer: str
    by_the_act: bool
    """It is for a stalking protection order of England and Wales."""
    case: str
    """The case it comes from, where the reader may know of that; else empty."""
    applied_order: UUID | None
    """The order that was applied for, where the reader may know of that."""


@reads_one(permissions.ASK, Circle)
def forces(actor: Actor, circle: Circle) -> tuple[Force, ...]:
    """The forces that can be asked: those who know of the case first, then those who work here, then all others."""
    police = Agency.objects.filter(kind=Agency.Kind.POLICE).exclude(pk=actor.agency_id).order_by("name")
    standing = Standing.objects.in_force(actor.at).filter(circle=circle).values_list("membership__agency", flat=True)
    stands = set(standing)
    here = [Force(str(row.pk), row.name, True, row.pk in stands) for row in police]
    names = {one.name.casefold() for one in here}
    outside = [
        Force(code, one.name, False, False) for code, one in police_forces().items()
        if one.can_apply_spo and one.name.casefold() not in names
    ]  # fmt: skip
    return tuple(sorted(here, key=lambda one: not one.stands) + sorted(outside, key=lambda one: one.name))


@reads_one(permissions.ASK, Circle)
def consents_to_ask(actor: Actor, circle: Circle) -> tuple[tuple[UUID, str, str], ...]:
    """Consents in force to refer to a force, or to write to it. Id, force, words. That it may read the case is none."""
    outside = {" ".join(one.name.casefold().split()): code for code, one in police_forces().items()}
    told = []
    for row in asking.consents_in_force(actor, circle.pk):
        name = " ".join(actor.keys.open(row.whom).casefold().split()) if row.agency is None else ""
        police = row.agency is not None and row.agency.kind == Agency.Kind.POLICE
        key = str(row.agency_id) if police else outside.get(name, "")
        if key:
            whom = row.agency.name if row.agency else police_forces()[key].name
            told.append((row.pk, key, f"{whom}. {_consent_says(actor, row)}"))
    return tuple(told)


@reads_one(permissions.ASK, Circle)
def ask_sheet(
    actor: Actor, circle: Circle, *, ask: rule.Ask, relied: Collection[str], basis: str, consent: UUID | None
) -> Sheet:
    """What the force will see, made of what was typed and of the records chosen, as references alone."""
    lines = _lines(actor, circle, relied)
    row = Consent.objects.filter(pk=consent, circle=circle).first() if consent else None
    given = f"The person agreed to this on {row.given_on.day} {row.given_on:%B %Y}." if row else ""
    says = given or ("The person agreed to this." if basis == rule.CONSENT else agreeing.bases().get(basis, ""))
    sheet = Sheet(ask.name.strip(), ask.about.strip(), ask.crime.strip(), ask.need.strip(), lines, says)
    return replace(sheet, stops=tuple(_leaks(actor, circle, sheet)))


@reads_one(permissions.ASK, Circle)
def asks_of(actor: Actor, circle: Circle) -> tuple[AskView, ...]:
    """What was asked in a case by the actor's agency, newest first."""
    rows = OrderAsk.objects.filter(circle=circle, agency=actor.agency_id)
    found = rows.select_related("to", "by__user", "told_by__user", "consent").order_by("-at")
    return tuple(_view(actor, row) for row in found[:MOST])


@reads_one(permissions.ASK, OrderAsk)
def ask(actor: Actor, row: OrderAsk) -> AskView:
    """One ask with its answer, for who asked."""
    return _view(actor, row)


@reads_one(permissions.ASK, OrderAsk)
def ask_letter(actor: Actor, row: OrderAsk) -> tuple[UUID, str]:
    """Whom an ask is about, and its words as a letter, for a force that does not work here."""
    victim = next((one for one in people.people_in(actor, Ref(row.circle_id)) if one.stands_as == "victim"), None)
    if victim is None or row.to_id is not None:
        raise NotFound
    sheet = _sheet(actor.keys.open(row.says))
    told = rule.Letter(
        rule.orders_asked()[row.order], sheet.name, sheet.about, sheet.crime, sheet.need, sheet.relied, sheet.basis,
        actor.name, row.circle.agency.name, row.asked_on, row.due_on,
    )  # fmt: skip
    return victim.id, rule.letter(told)


@reads_one(permissions.ASK, OrderAsk)
def ask_stops(actor: Actor, row: OrderAsk) -> tuple[str, ...]:
    """What in an ask must not leave by the list as it stands now: it may have grown since the ask was made."""
    return tuple(_leaks(actor, row.circle, _sheet(actor.keys.open(row.says))))


@reads(permissions.ANSWER_ASK)
def asks_in(actor: Actor) -> tuple[AskInView, ...]:
    """Asks that came to the actor's force and go on, longest waiting first; then the last that ended."""
    rows = AskIn.objects.visible_to(actor).filter(circle__agency=actor.agency_id)
    rows = rows.select_related("source", "answered_by__user", "sent")
    on = list(rows.filter(state__in=rule.OPEN).order_by("due_on", "came_at")[:MOST])
    found = [*on, *rows.exclude(state__in=rule.OPEN).order_by("-came_at")[:20]]
    actor.keys.prepare([row.circle_id for row in found])
    found = [row for row in found if actor.keys.side(row.circle_id) != REPORTED]
    actor.visit.shows(row.circle_id for row in found)
    return tuple(_in(actor, row) for row in found)


@reads_one(permissions.ANSWER_ASK, AskIn)
def ask_in(actor: Actor, row: AskIn) -> AskInView:
    """One ask that came."""
    return _in(actor, row)


@reads(permissions.ASK)
def asks_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[Due, ...]:
    """Answers that are late, and answers that the person was not told yet, of asks by these or in cases they own."""
    mine = Q(by__in=list(whose)) | owned_by(whose)
    rows = OrderAsk.objects.visible_to(actor, picked=True).filter(mine, circle__case__state=CaseState.OPEN)
    rows = rows.select_related("to")
    late = list(rows.filter(state__in=rule.OPEN, due_on__lte=until).order_by("due_on")[:most])
    tell = list(rows.filter(to_tell=True).order_by("answered_at")[:most])
    actor.keys.prepare(row.circle_id for row in (*late, *tell))
    due = [*(_late(row) for row in late), *(_tell(row) for row in tell)]
    told = [one for one in due if actor.keys.side(one.circle) != REPORTED]
    actor.visit.shows(one.circle for one in told)
    return tuple(sorted(told, key=lambda one: (one.on, one.kind)))


@reads(permissions.ANSWER_ASK)
def asks_to_answer(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[Due, ...]:
    """Asks that came and wait for the actor's answer: they stand on the desks of all who may give it."""
    if actor.membership_id not in set(whose):
        return ()
    rows = AskIn.objects.visible_to(actor, picked=True).filter(state__in=rule.OPEN)
    rows = rows.filter(Q(state=rule.AskState.ASKED) | Q(due_on__lte=until)).select_related("source").order_by("due_on")
    found = list(rows[:most])
    actor.keys.prepare(row.circle_id for row in found)
    found = [row for row in found if actor.keys.side(row.circle_id) != REPORTED]
    actor.visit.shows(row.circle_id for row in found)
    return tuple(
        Due(row.circle_id, "orders.ask_in", Reason.NEW, row.due_on,
            words("due_ask_in", "{source} asks you to apply for an order.", source=row.source.name),
            f"/orders/asks/in/{row.pk}/", words("due_ask_in_next", "Look and answer"))
        for row in found
    )  # fmt: skip


@reads(permissions.COUNT_ASKS)
def asks_counted(actor: Actor, first: date, last: date) -> tuple[rule.Count, ...]:
    """How forces answered what the actor's agency asked in a period; for a force, how it answered who asked it.

    Counts alone, over the agency's whole work: small ones are left out, so that nobody is met in them, and the period
    is a quarter that has ended, so that two periods tell no more than one.
    """
    can_publish(first, last, london_day(actor.at)).or_raise()
    asked = OrderAsk.objects.filter(agency=actor.agency_id, asked_on__range=(first, last)).select_related("to")
    told = [_asked(row, _whom(row)) for row in asked.iterator()]
    came = AskIn.objects.filter(circle__agency=actor.agency_id, asked_on__range=(first, last)).select_related("source")
    told += [_asked(row, f"{row.source.name} asked us") for row in came.iterator()]
    return rule.counted(told)


def _lines(actor: Actor, circle: Circle, relied: Collection[str]) -> tuple[str, ...]:
    """Chosen records as lines: the day and what it was, in the words of the list; never what was told of it."""
    case = Case.objects.filter(circle=circle).first()
    if case is None:
        raise NotFound
    if not relied:
        return ()
    known = {one.reference: one for one in evidence.incidents_of(actor, Ref(case.reference))}
    if not set(relied) <= set(known):
        raise RuleBroken(words("ask_record", "A record you chose is no longer in the log. Look through them again."))
    chosen = [one for reference, one in known.items() if reference in set(relied)]
    return tuple(f"{_day(one.day)}: {one.says} ({one.reference})" for one in chosen)


def _day(day: date | None) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}" if day else NO_DAY


def _leaks(actor: Actor, circle: Circle, sheet: Sheet) -> Iterator[str]:
    """Words on the list of what must never leave: by kind, never by word."""
    kinds = set(get_args(leaks.Kind))
    listed = [
        leaks.Word(one.word, cast(leaks.Kind, one.kind if one.kind in kinds else "other"))
        for one in people.never_leaves(actor, Ref(circle.pk)) if one.withdrawn_at is None
    ]  # fmt: skip
    known = () if any(sign.isdigit() for sign in sheet.name) else (sheet.name,)  # an address is nobody's name
    looking = Looking(matcher(leaks.Protected(tuple(listed), tuple(filter(None, known)))))
    looking.text("What the force would see", f"{sheet.name}\n{sheet.about}\n{sheet.crime}\n{sheet.need}")
    yield from dict.fromkeys(str(one.says) for one in looking.found)


def _view(actor: Actor, row: OrderAsk) -> AskView:
    show, today = actor.keys.open, london_day(actor.at)
    case = Case.objects.filter(circle=row.circle_id).first()
    basis = _consent_says(actor, row.consent) if row.consent else agreeing.bases().get(row.basis, "consent")
    on = row.state in rule.OPEN
    return AskView(
        row.pk, row.version, row.circle_id, case.reference if case else "", rule.orders_asked().get(row.order, ""),
        _whom(row), row.to_id is not None, basis, show(row.why_basis), _sheet(show(row.says)), row.asked_on, row.days,
        row.due_on, row.by.user.name, row.at, row.state, rule.STATE_WORDS[rule.AskState(row.state)], on,
        on and row.due_on < today, row.chased, row.answered_at, row.answered_by, row.applied_on, show(row.answer),
        rule.WITHDRAWN_WORDS.get(row.withdrawn, ""), row.to_tell, row.told, row.told_at,
        row.told_by.user.name if row.told_by else "", actor.keys.shown(row.told_how), row.notice_id,
    )  # fmt: skip


def _in(actor: Actor, row: AskIn) -> AskInView:
    says, on = actor.keys.open(row.says), row.state in rule.OPEN
    known, tied = Case.objects.visible_to(actor, picked=True), row.applied_order_id
    case = known.filter(circle=row.sent.circle_id).first() if row.sent else None
    return AskInView(
        row.pk, row.version, rule.orders_asked().get(row.order, ""), row.source.name, row.sender,
        _sheet(says) if says else None, row.asked_on, row.came_at, row.due_on,
        on and row.due_on < london_day(actor.at), row.chased_at, row.state,
        rule.STATE_WORDS[rule.AskState(row.state)], on, row.answered_at,
        row.answered_by.user.name if row.answered_by else "", row.applied_on, actor.keys.open(row.answer),
        row.order == "spo", case.reference if case else "",
        tied if tied and Order.objects.visible_to(actor, picked=True).filter(pk=tied).exists() else None,
    )  # fmt: skip


def _sheet(says: str) -> Sheet:
    told: dict[str, Any] = json.loads(says)
    return Sheet(told["name"], told["about"], told["crime"], told["need"], tuple(told["relied"]), told["basis"])


def _whom(row: OrderAsk) -> str:
    return row.to.name if row.to else police_forces()[row.force].name


def _consent_says(actor: Actor, row: Consent) -> str:
    said = actor.keys.open(row.purpose)
    words_of = agreeing.ITEM_WORDS[agreeing.Item(row.item)]
    return f"Agreed on {row.given_on.day} {row.given_on:%B %Y}: {words_of}" + (f", for {said}" if said else "")


def _asked(row: OrderAsk | AskIn, force: str) -> rule.Asked:
    return rule.Asked(force, row.state, row.asked_on, row.first_due_on, row.answered_on)


def _late(row: OrderAsk) -> Due:
    says = words("due_ask", "{whom} has not answered: you asked for an order.", whom=_whom(row))
    return Due(row.circle_id, "orders.ask", Reason.LATE, row.due_on, says, f"/orders/asks/{row.pk}/",
               words("due_ask_next", "Ask again"))  # fmt: skip


def _tell(row: OrderAsk) -> Due:
    assert row.answered_at is not None
    says = words("due_ask_tell", "{whom} answered about an order. Nobody has told the person yet.", whom=_whom(row))
    return Due(row.circle_id, "orders.ask_tell", Reason.NEW, london_day(row.answered_at), says,
               f"/orders/asks/{row.pk}/", words("due_ask_tell_next", "Read, and tell safely"))  # fmt: skip
