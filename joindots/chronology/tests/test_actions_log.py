"""Entries of the log stand in the pack with their own wording of time and who wrote them; corrections beside them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from joindots.access.door import Ref
from joindots.chronology import actions, queries
from joindots.chronology.models import Pack
from joindots.evidence import actions as evidence
from joindots.evidence import queries as held
from joindots.evidence.rules.entries import Telling
from joindots.jobs import tasks
from joindots.kernel.when import Precision, When
from tests.stage import Stage

DAY = datetime(2025, 3, 13, tzinfo=UTC)
WHEN = When(DAY, DAY + timedelta(days=7), Precision.RANGE, given="one evening that week")


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, for jobs act at it."""
    stage.at = datetime.now(UTC)
    return stage


def packed(stage: Stage, case: Ref) -> zipfile.ZipFile:
    job = actions.ask_for_pack(stage.actor("asha"), case)
    assert tasks.run(job) == "done"
    made = queries.pack_file(stage.actor("asha"), Ref(Pack.objects.order_by("-made_at").first().pk))
    with made.open() as stream:
        return zipfile.ZipFile(io.BytesIO(stream.read()))


def member(pack: zipfile.ZipFile, ending: str) -> bytes:
    return pack.read(next(name for name in pack.namelist() if name.endswith(ending)))


def test_a_pack_has_its_file_to_itself_and_loses_it_only_when_its_row_is_gone_for_good(
    stage: Stage, keep, django_capture_on_commit_callbacks
) -> None:
    case, made = stage.case(), {"as_at": stage.at, "entries": 0, "records": 0, "open_questions": 0}
    for _ in range(2):
        actions.ask_for_pack(stage.actor("asha"), case)
    one, other = (Ref(row.pk) for row in Pack.objects.all())
    for pack in (one, other):
        actions.keep_pack(stage.actor("asha"), pack, sealed=keep(b"the same"), **made)
    source = evidence.bring_in(stage.actor("asha"), case, name="pack.zip", sealed=keep(b"the same")).source
    with transaction.atomic():
        actions.forget_pack(stage.actor("asha"), one)
        transaction.set_rollback(True)
    opened = [queries.pack_file(stage.actor("asha"), pack).open for pack in (one, other)]
    with django_capture_on_commit_callbacks(execute=True):
        assert [each().read() for each in opened] == [b"the same"] * 2
        actions.forget_pack(stage.actor("asha"), one)
    assert opened[1]().read() == b"the same"
    with pytest.raises(FileNotFoundError):
        opened[0]()
    assert held.original(stage.actor("asha"), Ref(source)).open().read() == b"the same"


def test_an_entry_is_in_the_pack_no_more_exact_than_told_with_its_correction_and_its_writer(stage: Stage) -> None:
    case = stage.case(victim="Rhian Example", summary="", own_number="")
    entry = evidence.write_entry(
        stage.actor("asha"), case, telling=Telling(WHEN, ("near",), words="A blue car", times=12, times_about=True)
    ).reference
    told = Telling(WHEN, ("near", "home"), words="A red car", times=12, times_about=True, where="the gate")
    evidence.correct_entry(stage.actor("asha"), Ref(entry), telling=told, why="the photo shows red")
    pack = packed(stage, case)
    (row,) = json.loads(member(pack, "records.json"))["records"]
    assert (row["at_earliest"], row["at_latest"], row["precision"]) == (
        "2025-03-13T00:00:00Z", "2025-03-20T00:00:00Z", "range",
    )  # fmt: skip
    assert row["when"] == WHEN.says()
    assert row["at_shown"] == "one evening that week"
    assert (row["words"], row["count"], row["count_about"], row["counted_as"]) == ("A red car", 12, True, "incident")
    assert "the gate" in row["beside"]
    assert "corrected by Asha on" in row["beside"]
    assert "the photo shows red" in row["beside"]
    assert f"log entry {entry} by Asha on" in row["pointer"]


def test_the_log_is_an_exhibit_with_every_version_and_what_was_withdrawn(stage: Stage) -> None:
    case = stage.case(victim="Rhian Example", summary="", own_number="")
    stays, goes = (
        evidence.write_entry(stage.actor("asha"), case, telling=Telling(WHEN, (kind,), words=kind)).reference
        for kind in ("call", "money")
    )
    evidence.withdraw_entry(stage.actor("asha"), Ref(goes), why="another case")
    pack = packed(stage, case)
    data = member(pack, "log-entries.json")
    told = json.loads(data)["entries"]
    assert [(one["reference"], one["withdrawn"]) for one in told] == [(stays, False), (goes, True)]
    assert [version["step"] for version in told[1]["versions"]] == ["written", "withdrawn"]
    assert told[0]["versions"][0]["when"]["given"] == "one evening that week"
    rows = json.loads(member(pack, "records.json"))["records"]
    assert [row["words"] for row in rows] == ["call"]
    assert {row["source_sha256"] for row in rows} == {hashlib.sha256(data).hexdigest()}


def test_without_entries_a_pack_has_no_log(stage: Stage, keep) -> None:
    case = stage.case(victim="Rhian Example", summary="", own_number="")
    chat = b"13/03/2025, 01:00 - Cal Example: words\n"
    arrived = evidence.bring_in(stage.actor("asha"), case, name="chat.txt", sealed=keep(chat))
    assert tasks.run(arrived.job) == "done"
    assert not [name for name in packed(stage, case).namelist() if "log-entries" in name]
