"""Packs for disclosure as those on the victim's side see them: each with its checks, its telling and its release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.agencies.models import Agency
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import Disclosure, Told
from joindots.chronology.rules import release
from joindots.chronology.rules.court import HOWS
from joindots.chronology.rules.disclosing.kinds import kinds_in_words
from joindots.chronology.rules.release import STATE_WORDS, State
from joindots.chronology.tasks import grown_since
from joindots.circles.rules import SMALL_AGENCY
from joindots.circles.tasks import may_release, staff_of
from joindots.people.tasks import only_on_her_side


@dataclass(frozen=True, slots=True)
class ToldView:
    """That the person was told what a court may order: who told them, how, when, in which words, what they said."""

    id: UUID
    by: str
    how: str
    told_at: datetime
    noted_at: datetime
    text: tuple[str, ...]
    said: str

    @property
    def how_words(self) -> str:
        """How it was told."""
        return HOWS.get(self.how, self.how)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something the leak check found: in which place of the pack, and what kind of word. Never the word.

    `where` are the records, entries or files of the case that brought it in, as its addresses say them.
    """

    place: str
    kind: str
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """One pack for disclosure, as its page shows it."""

    id: UUID
    version: int
    case: str
    state: State
    recipient: str
    about: tuple[str, ...]
    own: tuple[str, ...]
    made_by: str
    made_at: datetime
    as_at: datetime | None
    told: ToldView
    entries: int
    records: int
    enclosed: int
    left_out: int
    kept_back: tuple[tuple[str, int], ...]
    hits: tuple[Hit, ...]
    checked_files: int
    with_ocr: bool
    sha256: str
    size: int
    asked_by: str
    asked_at: datetime | None
    lapses: datetime | None
    to_buddy: bool
    decided_by: str
    decided_at: datetime | None
    released_at: datetime | None
    ends_at: datetime | None
    grown: bool
    mine: bool
    act: UUID | None
    decides: bool
    """Whether it waits for this reader's decision."""

    @property
    def state_words(self) -> str:
        """Where it stands, in words."""
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Second:
    """Who could be the second person: how many work for the agency, and the name of its buddy agency."""

    staff: int
    small: bool
    buddy: str


@reads_one(permissions.SEE_DISCLOSURE, Case)
def disclosures_of(actor: Actor, case: Case) -> tuple[DisclosureView, ...]:
    """The packs for disclosure made of a case, newest first."""
    only_on_her_side(actor, case.circle_id)
    rows = _rows(case.circle_id).order_by("-made_at", "-id")
    return tuple(_view(actor, row, case.reference) for row in rows)


@reads_one(permissions.SEE_DISCLOSURE, Disclosure)
def disclosure(actor: Actor, row: Disclosure) -> DisclosureView:
    """One pack for disclosure."""
    only_on_her_side(actor, row.circle_id)
    return _view(actor, _rows(row.circle_id).get(pk=row.pk), row.circle.case.reference)


@reads_one(permissions.SEE_DISCLOSURE, Case)
def told_of(actor: Actor, case: Case) -> tuple[ToldView, ...]:
    """That the person was told, newest first."""
    only_on_her_side(actor, case.circle_id)
    rows = Told.objects.filter(circle=case.circle_id).select_related("by__user").order_by("-told_at", "-noted_at")
    return tuple(_told(actor, row) for row in rows)


@reads_one(permissions.SEE_DISCLOSURE, Case)
def second_of(actor: Actor, case: Case) -> Second:
    """Who could be the second person for somebody of the actor's agency."""
    only_on_her_side(actor, case.circle_id)
    agency = Agency.objects.select_related("buddy").get(pk=actor.agency_id)
    staff = staff_of(agency.pk, actor.at)
    return Second(staff, staff < SMALL_AGENCY, agency.buddy.name if agency.buddy else "")


@reads_one(permissions.DISCLOSE, Case)
def guarded_words(actor: Actor, case: Case) -> dict[str, str]:
    """Everything of the case that must never leave, with its kind: a pack for disclosure is made and checked by it."""
    return parts.protected(actor, case.circle_id)


def _hits(row: Disclosure) -> tuple[Hit, ...]:
    """What was found; packs made before this knew not where it came from."""
    return tuple(Hit(place, kind, tuple(*where)) for place, kind, *where in row.hits)


def _rows(circle: UUID) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(circle=circle).select_related(
        "told__by__user", "made_by__user", "act__asked_by__user", "act__asked_by__agency", "act__decided_by__user",
        "act__decided_by__agency", "act__circle",
    )  # fmt: skip


def _told(actor: Actor, row: Told) -> ToldView:
    show = actor.keys.open
    return ToldView(
        row.pk, row.by.user.name, row.how, row.told_at, row.noted_at, tuple(show(row.text).splitlines()), show(row.said)
    )


def _view(actor: Actor, row: Disclosure, case: str) -> DisclosureView:
    act = row.act
    state = release.state_at(row.state, actor.at, lapses=act.expires if act else None, ends=row.ends_at)
    waits = act is not None and state is State.ASKED
    mine = act is not None and act.asked_by.user_id == actor.user_id
    return DisclosureView(
        row.pk, row.version, case, state, actor.keys.open(row.recipient),
        *release.people_of(actor.keys.open(row.about)), row.made_by.user.name, row.made_at, row.as_at,
        _told(actor, row.told), row.entries, row.records, row.enclosed, row.left_out, kinds_in_words(row.kept_back),
        _hits(row), row.checked_files, row.with_ocr, row.sha256, row.size,
        act.asked_by.user.name if act else "", act.asked_at if act else None, act.expires if act else None,
        bool(act and act.content), act.decided_by.user.name if act and act.decided_by else "",
        act.decided_at if act else None, row.released_at, row.ends_at, grown_since(row), mine, act.pk if act else None,
        bool(waits and act and not mine and actor.may(permissions.RELEASE) and may_release(actor, act)),
    )  # fmt: skip
