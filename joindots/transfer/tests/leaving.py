"""An agency with cases, files and packs that leaves, and another whose words must never leave with it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership, Team, User
from joindots.casework import queries as cases
from joindots.chronology import actions as chronology
from joindots.evidence import actions as evidence
from joindots.jobs import tasks
from joindots.people import actions as people_actions
from joindots.people import queries as people
from joindots.transfer import actions, queries
from joindots.transfer.tests.making import brought, now, sealed, sheet
from tests.stage import NOW, Stage

CHAT = b"""10/06/2025, 21:14 - Cal Test: You have a lovely voice
26/06/2025, 19:02 - Maya Test: Please don't message me again.
27/06/2025, 08:00 - Cal Test: =again
"""
ADDRESS = "9 Larch Close"
ELSEWHERE = "Elsewherecanary"
HIDDEN = "Hiddencanary"


@dataclass
class Left:
    """A taking out, unpacked in memory."""

    names: dict[str, bytes]

    def lines(self, name: str) -> list[dict[str, Any]]:
        """The objects of a JSON Lines file."""
        return [json.loads(line) for line in self.names[f"agency/data/{name}"].decode().splitlines()]

    def table(self, name: str) -> list[dict[str, Any]]:
        """The rows of a table."""
        return self.lines(f"tables/{name}.jsonl")

    def sheet(self, name: str) -> list[dict[str, str]]:
        """The rows of the same table as CSV."""
        text = self.names[f"agency/data/tables/{name}.csv"].decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def unpack(self, folder: Path) -> Path:
        """Write it out."""
        for name, data in self.names.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder / "agency"


def member(stage: Stage, name: str, like: str, *roles: Role) -> Membership:
    """One more member of somebody's agency."""
    agency = stage.memberships[like].agency
    user = User.objects.create(username=name, name=name.capitalize())
    team = Team.objects.filter(agency=agency).first()
    stage.memberships[name] = Membership.objects.create(
        user=user, agency=agency, team=team, roles=[role.value for role in roles], starts=NOW - timedelta(days=90)
    )
    return stage.memberships[name]


def filled(stage: Stage) -> Ref:
    """A case of asha's with a file that was read, an exhibit, a pack, and an address; and another agency's case."""
    now(stage)
    member(stage, "lena", "ruth", Role.TEAM_LEAD)
    case = stage.case(victim="Maya Test", summary="=He waits", own_number="SW-1")
    arrived = evidence.bring_in(stage.actor("asha"), case, name="Chat with Cal/50%.txt", sealed=sealed(CHAT))
    inside = evidence.keep_exhibit(
        stage.actor("asha"),
        Ref(arrived.source),
        name="photo.jpg",
        kind="image/jpeg",
        sealed=sealed(b"not a real photo"),
    )
    assert inside and arrived.job
    tasks.run(arrived.job)
    head = cases.case(now(stage).actor("asha"), case)
    person = people.people_in(stage.actor("asha"), Ref(head.circle))[0]
    people_actions.set_safe_contact(
        stage.actor("asha"), Ref(person.id), number="07700 900122", times="12:30", address=ADDRESS
    )
    tasks.run(chronology.ask_for_pack(stage.actor("asha"), case, about=("Cal Test",)))
    stage.case(by="stranger", victim=ELSEWHERE, summary=ELSEWHERE, own_number=ELSEWHERE)
    brought(
        stage, sheet(("Ben Test", "SW-2", "May 2020", "", "", "", ""), ("", "SW-3", "", "", "", "", "")), who="lena"
    )
    return case


def agreed(stage: Stage, by: str = "ruth", second: str = "lena") -> Ref:
    """A taking out that the second person agreed to."""
    ref = Ref(actions.ask(now(stage).actor(by, fresh=True)))
    actions.decide(now(stage).actor(second, fresh=True), ref, agreed=True)
    return ref


def made(stage: Stage, ref: Ref, by: str = "ruth") -> UUID:
    """Make it as a worker would."""
    job = actions.make(now(stage).actor(by), ref)
    tasks.run(job)
    now(stage)
    return job


def fetched(stage: Stage, ref: Ref, by: str = "ruth") -> Left:
    """Fetch it, once."""
    handed = actions.hand_over(now(stage).actor(by, fresh=True), ref)
    with handed.stream as stream, zipfile.ZipFile(io.BytesIO(stream.read())) as archive:
        return Left({name: archive.read(name) for name in archive.namelist()})


def left(stage: Stage) -> Left:
    """The whole way."""
    ref = agreed(stage)
    made(stage, ref)
    assert queries.take_out(stage.actor("ruth"), ref).state == "ready"
    return fetched(stage, ref)
