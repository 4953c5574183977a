"""Of an erased case nothing of its evidence stays: no row of any table, no mark of an account, no file, no count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.apps import apps
from django.db import OperationalError

from joindots.access import parts
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.circles import actions as circles
from joindots.circles.models import Circle, Side
from joindots.evidence import actions, queries
from joindots.evidence.models import SourceFile, erased
from joindots.evidence.readers.pictures.small import Small
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.links import End
from joindots.jobs import tasks
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import Precision, When
from joindots.vault import files
from joindots.vault.models import OwnerKey
from tests.stage import Stage

CHAT = "".join(f"13/03/2025, 10:{at:02} - Cal Example: message {at}\n" for at in range(20)).encode()
WHEN = When(datetime(2025, 3, 13, tzinfo=UTC), datetime(2025, 3, 13, 1, tzinfo=UTC), Precision.RANGE)
WAYS = ("circle", "source__circle", "link__circle")


def filled(stage: Stage, keep: Callable[[bytes], files.SealedFile]) -> Ref:
    """A case with a chat, a small picture, an entry linked to the chat, a draft, a time without a record, a piece."""
    case, asha = stage.case(), stage.actor("asha")
    arrived = actions.bring_in(asha, case, name="chat.txt", sealed=keep(CHAT))
    assert arrived.job and tasks.run(arrived.job) == "done"
    actions.keep_thumbnail(asha, Ref(arrived.source), small=Small(b"png", 9, 9, 90, 90))
    entry = actions.write_entry(asha, case, telling=Telling(WHEN, ("call",))).reference
    actions.link(asha, case, kind="shows", ends=(End(entry=entry), End(source=arrived.source, seq=3)))
    actions.keep_draft(asha, case, sheet="{}")
    actions.tell_gap(asha, case, first=date(2025, 1, 1), last=date(2025, 1, 3), why="other", told_by="writer")
    actions.begin_sending(asha, case, name="big.bin", size=9, mark="1", most=99)
    return case


def rows(circle: UUID) -> dict[str, int]:
    """How many rows each table of evidence has of a circle."""
    found = {}
    for model in apps.get_app_config("evidence").get_models():
        names = {one.name for one in model._meta.get_fields()}
        way = next(way for way in WAYS if way.split("__")[0] in names)
        found[model.__name__] = model._default_manager.filter(**{way: circle}).count()
    return found


def test_an_erased_case_leaves_nothing_in_any_table_or_folder_and_another_stays_whole(
    stage: Stage, keep: Callable[[bytes], files.SealedFile]
) -> None:
    stage.at = datetime.now(UTC)
    gone, kept = filled(stage, keep), filled(stage, keep)
    circle, other = (casework.case(stage.actor("asha"), one).circle for one in (gone, kept))
    before, whole = rows(other), rows(circle)
    assert {name for name, number in whole.items() if not number} <= {"Exhibit", "Capture", "DeviceNote", "Transcript"}
    for who in ("priya", "ruth"):
        Circle.objects.get(pk=circle).standings.create(
            membership=stage.memberships[who], side=Side.VICTIM, basis="team", purpose="case work", starts=stage.at
        )
    act = circles.ask_second(stage.actor("asha"), Ref(circle), act="erase", content_hash="0" * 64)
    circles.decide_second(stage.actor("priya"), Ref(circle), act=act, agreed=True, kind="erase")
    circles.erase(stage.actor("ruth"), Ref(circle), agreed_act=act)
    assert not any(rows(circle).values()) and not (files.folder() / circle.hex).exists()
    assert rows(other) == before
    assert queries.search(stage.actor("asha"), kept, "message 7")[1] == 1


def test_nothing_is_erased_while_somebody_has_a_row_of_it_in_hand(
    stage: Stage, keep: Callable[[bytes], files.SealedFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = filled(stage, keep)
    circle = casework.case(stage.actor("asha"), case).circle

    def taken(model: object, of: UUID) -> None:
        raise OperationalError("could not obtain lock")

    monkeypatch.setattr(erased, "_take", taken)
    with pytest.raises(RuleBroken, match="at this moment"):
        parts.forget(circle)
    assert SourceFile.objects.filter(circle=circle).exists() and OwnerKey.objects.filter(owner=circle).exists()
