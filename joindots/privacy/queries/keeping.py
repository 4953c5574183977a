"""What is kept and how long, what stops its erasing, and what was erased."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.agencies.models import Agency
from joindots.circles.models import Circle, TwoPersonAct
from joindots.kernel.dots import Due, Ended, Over, Reason
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.privacy import permissions
from joindots.privacy.models import Certificate, Hold, Period, Signed
from joindots.privacy.rules import keeping as rules
from joindots.privacy.rules.regime import regime_of

PAGE = 100


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something whose time is over."""

    circle: UUID
    record: str
    reference: str
    link: str
    ended_on: date
    due_on: date
    rule: str
    held: str
    """What stops its erasing; empty where nothing does."""
    waits: bool
    """Whether a second person is asked."""


@dataclass(frozen=True, slots=True)
class HoldView:
    """A hold that stands, or stood."""

    id: UUID
    version: int
    kind: str
    why: str
    by: str
    at: datetime
    review_on: date
    lifted_by: str
    lifted_at: datetime | None
    lifted_why: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """One thing that is kept: by which rule, until when, what holds it, and where its erasing stands."""

    circle: UUID
    controller: str
    regime: str
    own: bool
    record: str
    reference: str
    link: str
    ended_on: date | None
    due_on: date | None
    over: bool
    rule: rules.Kept | None
    holds: tuple[HoldView, ...]
    lifted: tuple[HoldView, ...]
    kept_longer: str
    again_on: date | None
    asked_by: str
    mine: bool
    expires: datetime | None
    agreed: bool
    checks: tuple[tuple[str, str], ...] = tuple(rules.CHECKS.items())


@dataclass(frozen=True, slots=True)
class CertificateView:
    """What was erased, by whom, and when no copy is left anywhere. Nobody is named but who did it."""

    reference: str
    agency: str
    record: str
    of: str
    rule: str
    period: str
    counts: tuple[tuple[str, int], ...]
    keys: int
    erased_at: datetime
    backups_until: date
    asked_by: str
    agreed_by: str
    done_by: str

    @property
    def records(self) -> int:
        """How many records went."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class DueRows:
    """A page of what is due, and what an address says to go on after it; empty on the last page."""

    lines: tuple[DueLine, ...]
    after: str


@reads(permissions.SEE_KEPT)
def due_list(actor: Actor, after: str = "") -> DueRows:
    """What the actor may know of, of their own agency, whose time is over, longest over first, a page at a time.

    What another agency keeps, and what was signed to be kept longer, is left out by the question itself, so that a
    page is never filled by what is not shown. What came to its time again stands where its own time put it.
    """
    kind, today = _kind(actor), london_day(actor.at)
    own = {one.rule: one.months for one in Period.objects.filter(agency=actor.agency_id)}
    kept = {record: rules.kept(code, own.get(code)) for record, code in rules.rules_of(kind).items()}
    ended = parts.over(
        actor,
        Over(
            actor.agency_id, {record: rules.ended_by(today, rule.months) for record, rule in kept.items()},
            rules.place_read(after), _kept_until_later(actor.agency_id, today), PAGE + 1,
        ),
    )  # fmt: skip
    merged = list(heapq.merge(*ended, key=lambda one: (rules.due_on(one.on, kept[one.record].months, None), one.at)))
    page, more = merged[:PAGE], len(merged) > PAGE
    again = _again([one.circle for one in page])
    told = _where_it_stands(actor, [one.circle for one in page])
    lines = tuple(
        DueLine(one.circle, one.record, one.reference, one.link, one.on,
                rules.due_on(one.on, kept[one.record].months, again.get(one.circle)), kept[one.record].record,
                *told[one.circle])
        for one in page
    )  # fmt: skip
    last = rules.place_read(after) | {one.record: (one.at, one.circle) for one in page}
    return DueRows(lines, rules.place_written(last) if more else "")


def _where_it_stands(actor: Actor, circles: Collection[UUID]) -> dict[UUID, tuple[str, bool]]:
    """What holds each of these circles, in words, and whether a second person is asked."""
    held = dict(Hold.objects.filter(circle__in=circles, lifted_at=None).values_list("circle", "kind"))
    asked = set(
        TwoPersonAct.objects.filter(circle__in=circles, act="erase", decision="asked", expires__gt=actor.at)
        .values_list("circle", flat=True)
    )  # fmt: skip
    return {one: (rules.HOLD_WORDS.get(held.get(one, ""), ""), one in asked) for one in circles}


def _kept_until_later(agency: UUID, today: date) -> QuerySet[Signed, UUID]:
    """Circles of an agency of which somebody last signed that they are kept until a day to come."""
    own = Signed.objects.filter(circle__agency=agency, keep=True)
    later = own.filter(circle=OuterRef("circle"), at__gt=OuterRef("at"))
    longer = own.filter(~Exists(later), again_on__gt=today)
    return longer.values_list("circle", flat=True)


@reads(permissions.SEE_KEPT)
def periods(actor: Actor) -> tuple[rules.Kept, ...]:
    """How long the actor's agency keeps what it keeps."""
    own = {one.rule: one.months for one in Period.objects.filter(agency=actor.agency_id)}
    wanted = dict.fromkeys(rules.rules_of(_kind(actor)).values())
    return tuple(rules.kept(rule, own.get(rule)) for rule in wanted)


@reads_one(permissions.SEE_KEPT, Circle)
def record(actor: Actor, circle: Circle) -> RecordView:
    """One thing that is kept, ended or not."""
    if circle.state != "open":
        raise NotFound
    ended = parts.ended(actor, circle.pk)
    signed = Signed.objects.filter(circle=circle, keep=True).order_by("-at").first()
    act = (
        circle.acts.filter(act="erase", decision__in=("asked", "agreed"), expires__gt=actor.at)
        .select_related("asked_by__user").order_by("-asked_at").first()
    )  # fmt: skip
    found = Hold.objects.filter(circle=circle).select_related("by__user", "lifted_by__user").order_by("at")
    rows = [_hold(actor, row) for row in found]
    rule, due = _rule(circle, ended, signed.again_on if signed else None)
    return RecordView(
        circle.pk, circle.agency.name, regime_of(circle.agency.kind).words, circle.agency_id == actor.agency_id,
        ended.record if ended else "", ended.reference if ended else "", ended.link if ended else "",
        ended.on if ended else None, due, bool(due and due <= london_day(actor.at)), rule,
        tuple(one for one in rows if one.lifted_at is None), tuple(one for one in rows if one.lifted_at),
        actor.keys.open(signed.why) if signed else "", signed.again_on if signed else None,
        act.asked_by.user.name if act else "", bool(act and act.asked_by.user_id == actor.user_id),
        act.expires if act else None, bool(act and act.decision == "agreed"),
    )  # fmt: skip


@reads(permissions.SEE_KEPT)
def certificates(actor: Actor) -> tuple[CertificateView, ...]:
    """Certificates of the actor's own agency, newest first."""
    rows = Certificate.objects.filter(agency=actor.agency_id).order_by("-erased_at")
    return tuple(_certificate(row) for row in rows.select_related(*_NAMES)[:PAGE])


@reads(permissions.SEE_KEPT)
def certificate(actor: Actor, reference: str) -> CertificateView:
    """One certificate of the actor's own agency."""
    row = Certificate.objects.filter(agency=actor.agency_id, reference=reference).select_related(*_NAMES).first()
    if row is None:
        raise NotFound
    return _certificate(row)


@reads(permissions.SEE_KEPT)
def holds_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Holds of these members, or of one who left, that are to be looked at by a day."""
    theirs = Q(by__in=whose) | Q(by__ends__lte=actor.at)
    rows = Hold.objects.visible_to(actor).filter(theirs, lifted_at=None, review_on__lte=until)
    for row in rows.order_by("review_on")[:most]:
        yield Due(
            row.circle_id, "privacy.hold", Reason.REVIEW, row.review_on,
            words("hold_look", "Look whether this hold on erasing is still needed."),
            f"/privacy/kept/{row.circle_id}/", words("hold_open", "Look at it"),
        )  # fmt: skip


_NAMES = ("agency", "asked_by__user", "agreed_by__user", "done_by__user")


def _certificate(row: Certificate) -> CertificateView:
    rule = rules.kept(row.rule, None)
    return CertificateView(
        row.reference, row.agency.name, row.record, row.of, rule.record, rule.period,
        tuple(sorted((_plain(kind), count) for kind, count in row.counts.items())), row.keys, row.erased_at,
        row.backups_until, row.asked_by.user.name, row.agreed_by.user.name, row.done_by.user.name,
    )  # fmt: skip


def _plain(kind: str) -> str:
    name = kind.rpartition(".")[2]
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name).strip()


def _kind(actor: Actor) -> str:
    return Agency.objects.get(pk=actor.agency_id).kind


def _again(circles: Collection[UUID]) -> dict[UUID, date]:
    rows = Signed.objects.filter(circle__in=circles, keep=True).order_by("at").values_list("circle", "again_on")
    return {circle: day for circle, day in rows if day}


def _rule(circle: Circle, ended: Ended | None, again: date | None) -> tuple[rules.Kept | None, date | None]:
    if ended is None:
        return None, None
    code = rules.rule_for(ended.record, circle.agency.kind)
    own = Period.objects.filter(agency=circle.agency_id, rule=code).values_list("months", flat=True).first()
    rule = rules.kept(code, own)
    return rule, rules.due_on(ended.on, rule.months, again)


def _hold(actor: Actor, row: Hold) -> HoldView:
    return HoldView(
        row.pk, row.version, rules.HOLD_WORDS[row.kind], actor.keys.open(row.why), row.by.user.name, row.at,
        row.review_on, row.lifted_by.user.name if row.lifted_by else "", row.lifted_at,
        actor.keys.open(row.lifted_why),
    )  # fmt: skip
