"""Opens the demo's cases through the doors that people use, each in the moment that its story gives it.

A case is one transaction: after a kill it is there with its people and files, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from joindots.access import door
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Agency, Membership
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.casework.models import Case
from joindots.casework.rules import same_number
from joindots.circles import actions as circles
from joindots.circles.models import Circle, Standing
from joindots.config.demo.cases import SUPERVISORS, Given, Share, SmallCase, moment
from joindots.config.demo.files import OTHERS, STORY
from joindots.evidence import actions as evidence
from joindots.evidence import findings
from joindots.evidence.models import Reading
from joindots.evidence.readers.answers import Answer
from joindots.kernel.identities import key_of_number
from joindots.people import actions as people
from joindots.vault.files import SealedFile, Sealer

Staff = Mapping[str, Membership]


@dataclass
class Opened:
    """A case that was just opened, and who acts in it."""

    staff: Staff
    owner: str
    case: Ref
    circle: UUID
    victim: UUID
    actors: list[Actor] = field(default_factory=list)
    steps: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)
    sources: dict[str, int] = field(default_factory=dict)
    """The files that were brought in, by their names."""

    def actor(self, who: str, at: str) -> Actor:
        """Somebody at a London time."""
        made = actor_as(self.staff[who], moment(at))
        self.actors.append(made)
        return made

    def plan(self, at: str, do: Callable[[], object]) -> None:
        """Something that happens later in the case's story."""
        self.steps.append((moment(at), do))

    def play(self) -> None:
        """Let everything planned happen in the order of its moments, each with its trail. Steps may plan others."""
        self._close()
        while self.steps:
            step = min(self.steps, key=lambda one: one[0])
            self.steps.remove(step)
            step[1]()
            self._close()

    def _close(self) -> None:
        for actor in self.actors:
            door.close(actor)
        self.actors.clear()

    def add(self, who: str, at: str, name: str, stands_as: str, *identifiers: tuple[str, str]) -> UUID:
        """Add a person to the case."""
        by = self.actor(who, at)
        return people.add_person(by, Ref(self.circle), name=name, stands_as=stands_as, identifiers=identifiers)

    def share(self, one: Share) -> None:
        """Bring somebody in, or let them stand by their post."""
        if one.by:
            circles.bring_in(
                self.actor(one.by, one.at), Ref(self.circle), membership=self.staff[one.who].pk, side=one.side,
                basis=one.basis, purpose=one.purpose,
            )  # fmt: skip
        else:
            self.stand_by_post(one)

    def stand_by_post(self, one: Share) -> None:
        """A supervisor's standing: nobody who is in the case yet may grant it, so it is written with the case."""
        by = self.actor(self.owner, one.at)
        Standing.objects.create(
            circle_id=self.circle, membership=self.staff[one.who], side=one.side, basis=one.basis, purpose=one.purpose,
            starts=by.at, granted_by=self.staff[self.owner],
        )  # fmt: skip
        by.record(self.circle, "circles.brought_in", membership=self.staff[one.who].pk, side=one.side, basis=one.basis)

    def end(self, who: str, at: str, reason: str = "ended") -> None:
        """Close the case."""
        casework.close_case(self.actor(who, at), self.case, reason=reason)

    def restrict(self, who: str, at: str, agency: Agency) -> None:
        """Note the agency in which the suspect's kin work: nobody of it opens the contact tier in an emergency."""
        by = self.actor(who, at)
        Circle.objects.filter(pk=self.circle).update(restricted_from=agency)
        by.record(self.circle, "circles.restricted", agency=agency.pk)

    def take(self, given: Given, sealed: SealedFile) -> None:
        """Keep a file and queue its reading, with the answers that were given to its questions."""
        by = self.actor(given.by or self.owner, given.at)
        arrived = evidence.bring_in(by, self.case, name=given.name.rpartition("/")[2], sealed=sealed)
        self.sources[given.name] = arrived.source
        if given.answers and not arrived.before:
            _answered(by, Ref(arrived.source), given.answers)


def _answered(by: Actor, source: Ref, answers: tuple[Answer, ...]) -> None:
    """Put the answers into the first reading before a worker begins it, so that the file is read only once.

    In the story the file was read, its questions asked and answered, and it was read anew.
    """
    begun = evidence.begin_reading(by, source)
    row = Reading.objects.get(pk=begun.reading)
    by.keys.seal_bytes(row, "answers", findings.encoded_answers(answers))
    row.save(update_fields=("answers",))
    by.record(
        row.circle_id, "evidence.answered", source=source.key, questions=sorted({one.question for one in answers})
    )


@contextmanager
def whole() -> Iterator[None]:
    """One transaction in each database. The keys are committed first, as everywhere."""
    with transaction.atomic(), transaction.atomic(using="keys"):
        yield


def is_here(owner: Membership, number: str) -> bool:
    """Whether the owner's agency has a case of this number."""
    return bool(cases.here_already(actor_as(owner, owner.starts), [("own", same_number(number))]))


def open_small(staff: Staff, one: SmallCase) -> None:
    """Open a small case, unless it is there."""
    if is_here(staff[one.owner], one.number):
        return
    sealed = seal_all(one.files)
    with whole():
        opened = begin(staff, one)
        if one.suspect:
            key = key_of_number(one.phone)
            opened.add(one.owner, one.opened, one.suspect, "suspect", *((("number", key),) if key else ()))
        for share in one.shares:
            opened.plan(share.at, partial(opened.share, share))
        for given, file in zip(one.files, sealed, strict=True):
            opened.plan(given.at, partial(opened.take, given, file))
        if one.closed:
            opened.plan(one.closed, partial(opened.end, _closer(one), one.closed))
        opened.play()


def begin(staff: Staff, one: SmallCase, arrived: casework.Arrived | None = None) -> Opened:
    """Open the case itself, with its supervisor in it from the first moment; `arrived` says how it came in."""
    at = moment(one.opened)
    owner = actor_as(staff[one.owner], at)
    reference = casework.open_case(
        owner,
        victim=one.victim,
        relation=one.relation,
        own_number=one.number,
        summary=one.summary,
        arrived=arrived,
    )
    case = Case.objects.get(reference=reference)
    victim = case.circle.presences.get().person_id
    opened = Opened(staff, one.owner, Ref(reference), case.circle_id, victim, [owner])
    if supervisor := SUPERVISORS.get(one.owner):
        opened.stand_by_post(Share(supervisor, "", "victim", "supervision", "supervision", one.opened))
    return opened


def _closer(one: SmallCase) -> str:
    """Who may close it: police officers and helpline advisers may not."""
    by_post = [share.who for share in one.shares if share.basis == "supervision"]
    return by_post[0] if by_post else one.owner


def seal_all(files: Sequence[Given]) -> list[SealedFile]:
    """Make and seal files before the transaction that keeps them, so that the database is not held meanwhile."""
    return [_sealed((STORY | OTHERS)[one.name]()) for one in files]


def _sealed(data: bytes) -> SealedFile:
    sealer = Sealer()
    sealer.write(data)
    return sealer.close()
