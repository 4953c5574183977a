"""Every kind of notice by every kind of way, at safe and unsafe hours, through the whole way out: none leaves against a flag."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.casework import queries as cases
from joindots.notices import actions, work
from joindots.notices.gateways import Parcel
from joindots.notices.models import Notice
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import BY_HAND, USE, Kind
from joindots.people import actions as people
from joindots.people.rules.reaching import USES, Card, Trust, Use, Way
from joindots.people.rules.reaching import Kind as WayKind
from joindots.people.rules.windows import read
from tests.stage import Stage

NOON = datetime.fromisoformat("2025-11-18T12:40:00+00:00")
TEA = NOON + timedelta(hours=4)
SAFE = Way(
    id=UUID(int=1), kind=WayKind.NUMBER, value="07700 900121", uses=(Use.TEXT, Use.CALL, Use.VOICEMAIL), main=True
)
WAYS = (
    SAFE,
    Way(id=UUID(int=2), kind=WayKind.NUMBER, value="07700 900122", uses=(Use.TEXT,), trust=Trust.WATCHED),
    Way(id=UUID(int=3), kind=WayKind.NUMBER, value="07700 900124", uses=tuple(USES[WayKind.NUMBER])),
    Way(id=UUID(int=4), kind=WayKind.MAIL, value="rhian@example.org", uses=(Use.MAIL,)),
)
PROVED = {1, 2, 4}
MAY = {("text", 1), ("mail", 4)}
"""What may leave by a gateway: a text by the safe number, a mail by the address. No calendar was asked for."""


@pytest.mark.parametrize("at", [NOON, TEA])
def test_only_what_was_said_to_be_safe_leaves_and_only_in_its_hours(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    head = cases.case(stage.actor("asha"), stage.case(victim="Rhian Example"))
    circle, person = Ref(head.circle), head.people[0].id
    before = stage.actor("asha", NOON - timedelta(hours=20))
    people.set_card(before, Ref(person), card=Card(ways=WAYS, windows=read("Mon to Fri 12:30 to 13:15")))
    for number in PROVED:
        people.note_proved(before, Ref(person), way=UUID(int=number))
    sent: list[Parcel] = []
    monkeypatch.setattr(
        work,
        "gateway_for",
        lambda agency, kind: type("G", (), {"name": "g", "send": lambda _, one: sent.append(one)})(),
    )
    told, asha = {}, stage.actor("asha", at)
    for kind, way in product(sorted(set(Kind) - {Kind.PRINTED}), WAYS):
        starts = NOON if kind == Kind.CALENDAR else None
        written = actions.write(
            asha, circle, person=person, kind=kind, said=Said("See you soon"), way=way.id, starts=starts
        )
        told[kind.value, way.id.int] = written
    work.send_due(at)
    left = {(row.kind, row.way.int) for row in Notice.objects.filter(state="sent")}
    assert left == (MAY if at == NOON else set())
    assert len(sent) == len(left)
    assert {one.to for one in sent} <= {"+447700900121", "rhian@example.org"}
    for (kind, way), written in told.items():
        safe = USE[Kind(kind)] in WAYS[way - 1].uses and way in PROVED - {2} and kind != "calendar"
        assert written.refused != safe, (kind, way)
        if kind in BY_HAND and safe:
            assert actions.begin(asha, Ref(written.id)) == (at == NOON)
