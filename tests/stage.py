"""The fixed people of the tests: an advocate, her lead, an officer, a privacy officer, a stranger with every role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from joindots.access import door
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Agency, Membership, Team, User
from joindots.casework import actions as casework
from joindots.vault import files, root

NOW = datetime(2025, 11, 17, 9, 0, tzinfo=UTC)
CANARY = "Zanzibarcanary"
WHO: dict[str, tuple[str, tuple[Role, ...]]] = {
    "asha": ("Stillwater", (Role.ADVOCATE,)),
    "ruth": ("Stillwater", (Role.TEAM_LEAD,)),
    "priya": ("Northshire", (Role.POLICE_SPOC,)),
    "moira": ("Trust", (Role.PRIVACY_OFFICER,)),
    "stranger": ("Elsewhere", tuple(Role)),
}


@dataclass
class Stage:
    """Everyone by name, and actors for them at a moment."""

    memberships: dict[str, Membership]
    at: datetime = NOW
    actors: list[Actor] = field(default_factory=list)

    def actor(self, name: str, at: datetime | None = None, *, fresh: bool = False) -> Actor:
        """An actor on a new visit."""
        made = actor_as(self.memberships[name], at or self.at, fresh=fresh)
        self.actors.append(made)
        return made

    def case(self, by: str = "asha", victim: str = f"Maya {CANARY}", **more: str) -> Ref:
        """A case opened by somebody, with a canary in every word."""
        words = {"summary": f"He waits, {CANARY}", "own_number": f"SW-{CANARY}", **more}
        return Ref(casework.open_case(self.actor(by), victim=victim, **words))

    def close(self) -> None:
        """End all visits, as a request's end does."""
        for actor in self.actors:
            door.close(actor)
        self.actors.clear()


def peopled() -> Stage:
    """Put the fixed people into a database that holds none of them, each in their agency."""
    root.source().make()
    memberships = {}
    for name, (agency_name, roles) in WHO.items():
        agency, _ = Agency.objects.get_or_create(name=agency_name, defaults={"kind": "advocacy"})
        team, _ = Team.objects.get_or_create(agency=agency, name="Team")
        user = User.objects.create(username=name, name=name.capitalize())
        memberships[name] = Membership.objects.create(
            user=user, agency=agency, team=team, roles=[role.value for role in roles], starts=NOW - timedelta(days=90)
        )
    return Stage(memberships)


@contextmanager
def put_back(blocker: Any) -> Iterator[None]:
    """What is written into both databases meanwhile is taken back at the end: for what one module's tests share."""
    with blocker.unblock(), ExitStack() as stack:
        for alias in ("default", "keys"):
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in ("default", "keys"):
            transaction.set_rollback(True, using=alias)


@pytest.fixture
def stage(db: None) -> Stage:
    """The fixed people, in four agencies. Tests that take it are marked for both databases by conftest."""
    return peopled()


@pytest.fixture
def keep(stage: Stage) -> Callable[[bytes], files.SealedFile]:
    """Seals bytes as an upload would."""

    def seal(data: bytes) -> files.SealedFile:
        sealer = files.Sealer()
        sealer.write(data)
        return sealer.close()

    return seal
