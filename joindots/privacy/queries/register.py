"""The register of requests about personal data, as its keepers see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.casework.models import Case
from joindots.kernel.dots import Due, Reason
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words
from joindots.privacy import permissions, rules
from joindots.privacy.models import Request
from joindots.privacy.rules import Kind, State
from joindots.privacy.tasks.register import told_by_now

PAGE = 50


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request in the list."""

    reference: str
    kind: str
    who: str
    came_on: date
    due_on: date | None
    late: bool
    answer: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request with what was asked, its clocks, how it may be answered, and the letters."""

    reference: str
    version: int
    kind: Kind
    open: bool
    agency: str
    owner: str
    who: str
    reach: str
    words: str
    came_on: date
    came_how: str
    acknowledge_by: date | None
    acknowledged_on: date | None
    answer_by: date | None
    extended_on: date | None
    why_longer: str
    answered_on: date | None
    answer: str
    why: str
    client_told: str
    why_untold: str
    case: str
    """The reference of the case it stands in; empty: of none."""
    grounds: tuple[str, ...]
    late: bool
    answers: tuple[tuple[str, str], ...]
    acknowledgement: str
    neither: str

    @property
    def kind_says(self) -> str:
        """What is asked, in words."""
        return rules.KIND_WORDS[self.kind]


@reads(permissions.KEEP_REGISTER)
def requests(actor: Actor, state: str = State.OPEN) -> tuple[RequestLine, ...]:
    """Requests that the actor may know of: open ones by their clock, answered ones newest first; a page of them."""
    order = F("due_on").asc(nulls_last=True) if state == State.OPEN else F("answered_on").desc(nulls_last=True)
    rows = list(Request.objects.visible_to(actor).filter(state=state).order_by(order, "came_on")[:PAGE])
    actor.keys.prepare({row.circle_id for row in rows})
    shut = permissions.KEEP_REGISTER.shut
    return tuple(_line(actor, row) for row in rows if actor.keys.side(row.circle_id) != shut)


@reads_one(permissions.KEEP_REGISTER, Request)
def request(actor: Actor, row: Request) -> RequestView:
    """One request."""
    told = rules.clocks(
        Kind(row.kind), row.came_on, extended=row.extended_on is not None, wanted_on=row.wanted_on
    )  # fmt: skip
    case = Case.objects.filter(circle=row.circle_id).values_list("reference", flat=True).first()
    agency = row.circle.agency.name
    return RequestView(
        row.reference, row.version, Kind(row.kind), row.state == State.OPEN, agency, row.owner.user.name,
        actor.keys.open(row.who), actor.keys.open(row.reach), actor.keys.open(row.words), row.came_on,
        rules.CAME_WORDS[row.came_how], told.acknowledge_by, row.acknowledged_on, told.answer_by, row.extended_on,
        actor.keys.open(row.why_longer), row.answered_on, rules.ANSWER_WORDS.get(row.answer, ""),
        actor.keys.open(row.why), rules.CLIENT_TOLD.get(row.client_told or told_by_now(actor, row), ""),
        actor.keys.open(row.why_untold), case or "",
        tuple(rules.GROUNDS[code] for code in row.grounds if code in rules.GROUNDS), _late(actor, row),
        tuple((code, rules.ANSWER_WORDS[code]) for code in rules.answers(Kind(row.kind))),
        rules.acknowledgement(Kind(row.kind), row.reference, agency, row.came_on, told),
        rules.neither(row.reference, agency) if row.kind in (Kind.ELSE, Kind.CORRECT, Kind.ERASE, Kind.OBJECT) else "",
    )  # fmt: skip


@reads(permissions.KEEP_REGISTER)
def waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Requests whose clock ends by a day, of these keepers, or of one who left; of what the actor may know of."""
    theirs = Q(owner__in=whose) | Q(owner__ends__lte=actor.at)
    rows = Request.objects.visible_to(actor).filter(theirs, state=State.OPEN, due_on__lte=until)
    found = rows.order_by("due_on")[:most]
    shut = permissions.KEEP_REGISTER.shut
    return iter([_due(row) for row in found if actor.keys.side(row.circle_id) != shut])


def _line(actor: Actor, row: Request) -> RequestLine:
    return RequestLine(
        row.reference, rules.KIND_WORDS[Kind(row.kind)], actor.keys.open(row.who), row.came_on, row.due_on,
        _late(actor, row), rules.ANSWER_WORDS.get(row.answer, ""), row.answered_on,
    )  # fmt: skip


def _late(actor: Actor, row: Request) -> bool:
    return row.due_on is not None and row.due_on < actor.at.astimezone(LOCAL).date()


def _due(row: Request) -> Due:
    assert row.due_on is not None
    waits = row.kind == Kind.COMPLAINT and row.acknowledged_on is None
    sentence = (
        words("privacy_acknowledge", "A complaint about personal data is to be acknowledged ({reference}).",
              reference=row.reference)
        if waits
        else words("privacy_answer", "A request about personal data is to be answered ({reference}).",
                   reference=row.reference)
    )  # fmt: skip
    following = words("privacy_open", "Open the request")
    return Due(row.circle_id, "privacy.request", Reason.PROMISED, row.due_on, sentence, f"/privacy/{row.reference}/",
               following)  # fmt: skip
