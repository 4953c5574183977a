"""An agency leaves with all it owns: by two people, in open forms, and with nothing of anybody else's."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import bagit
import jsonschema
import pytest

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Agency
from joindots.audit.models import Entry
from joindots.casework import queries as cases
from joindots.circles import actions as circles
from joindots.circles.models import Alert, Circle, Standing, TwoPersonAct
from joindots.config.keeping.verifying import chains
from joindots.evidence import actions as evidence
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.people import actions as people
from joindots.transfer import actions, queries
from joindots.transfer.models import TakeOut
from joindots.transfer.queries.tables import TABLES
from joindots.transfer.tests.leaving import (
    ADDRESS,
    CHAT,
    ELSEWHERE,
    HIDDEN,
    Left,
    agreed,
    fetched,
    filled,
    left,
    made,
    member,
)
from joindots.transfer.tests.making import now, sealed
from joindots.vault import files
from tests.stage import Stage

pytestmark = pytest.mark.usefixtures("read_here")
DRAFTS = b"""<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="2">
<sms protocol="0" address="+447700900123" date="1748772000000" type="1" body="Who is this?" read="1" status="-1" />
<sms protocol="0" address="+447700900123" date="1748775600000" type="3" body="Leave me alone" read="1" status="-1" />
</smses>"""
SCHEMA = Path(__file__).resolve().parents[3] / "docs/guide/normal-form.schema.json"


@dataclass
class Taken:
    """A whole agency taken out, with what must not be in it."""

    found: Left
    case: Ref
    bare: Ref
    shut: Ref
    never: tuple[str, ...]
    """Words and ids that must stand nowhere in it."""
    people_of_shut: frozenset[str]
    agency: UUID
    asked_of_bare: list[Any]
    told_elsewhere: list[str]


@pytest.fixture(scope="module")
def kept() -> dict[str, Taken]:
    """What the first test that needs it makes, for the others of this file: they only read it."""
    return {}


@pytest.fixture
def taken(stage: Stage, kept: dict[str, Taken]) -> Taken:
    """An agency with every kind of case, taken out: filled, with drafts, bare, and one that keeps the asker out."""
    if not kept:
        kept["all"] = _taken(stage)
    return kept["all"]


def _taken(stage: Stage) -> Taken:
    case = filled(stage)
    arrived = evidence.bring_in(now(stage).actor("asha"), case, name="sms.xml", sealed=sealed(DRAFTS))
    assert arrived.job and tasks.run(arrived.job) == "done"
    bare = stage.case(victim="Bare Test", own_number="SW-9")
    of_bare = cases.case(now(stage).actor("asha"), bare).circle
    shut = stage.case(victim=HIDDEN, summary=HIDDEN, own_number=HIDDEN)
    head = cases.case(now(stage).actor("asha"), shut)
    people.set_safe_contact(stage.actor("asha"), Ref(head.people[0].id), number="1", times="noon", address=HIDDEN)
    member(stage, "kin", "ruth", Role.ADVOCATE)
    for name in ("ruth", "kin"):
        circles.keep_out(stage.actor("asha"), Ref(head.circle), user=stage.memberships[name].user_id, reason="kin")
    with pytest.raises(NotFound):
        cases.case(stage.actor("kin"), shut)
    assert cases.cases(stage.actor("asha")).total > 1
    stage.close()
    before = set(Entry.objects.filter(book=of_bare).values_list("pk", flat=True))
    found = left(stage)
    agency = stage.memberships["ruth"].agency
    theirs = set(Circle.objects.exclude(agency=agency).values_list("pk", flat=True))
    assert not Standing.objects.filter(circle__in=[*theirs, head.circle], membership=stage.memberships["ruth"]).exists()
    asked = [one for row in Entry.objects.filter(book=of_bare, code="read").exclude(pk__in=before)
             for one in row.content["says"]["asked"]]  # fmt: skip
    return Taken(
        found, case, bare, shut, (ELSEWHERE, HIDDEN, str(head.circle), str(shut.key), *map(str, theirs)),
        frozenset({str(head.circle), str(head.people[0].id)}), agency.pk, asked,
        [row.to.name for row in Alert.objects.all()],
    )  # fmt: skip


def run(script: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", str(script)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_everything_leaves_and_can_be_checked_by_whoever_gets_it(taken: Taken, tmp_path: Path) -> None:
    found = taken.found
    folder = found.unpack(tmp_path)
    bagit.Bag(str(folder)).validate()
    assert run(folder / "verify.py") == (0, "Every file is as it was when the pack was made.\n")
    assert run(folder / "verify_trail.py") == (0, "Every entry is as it was written, and none is missing.\n")
    files_of_it = {name: data for name, data in found.names.items() if f"/cases/{taken.case.key}/files/" in name}
    assert sorted(name[-8:] for name in files_of_it) == ["-50_.txt", "-sms.xml"]
    assert set(files_of_it.values()) == {CHAT, DRAFTS}
    assert {row["own_number"] for row in found.table("cases")} == {"SW-1", "SW-2", "SW-9"}
    assert {row["name"] for row in found.table("people")} == {"Maya Test", "Ben Test", "Bare Test"}
    assert [row["card"]["ways"][-1]["value"] for row in found.table("safe_contact")] == [ADDRESS]
    assert json.loads(found.sheet("rows_left_out")[0]["told"])["cells"][1] == "SW-3"
    assert {(row["path"].split("/")[0], row["fits"]) for row in originals(found)} == {
        ("cases", "yes"),
        ("sheets", "yes"),
    }
    assert len(originals(found)) == 5
    assert {row["name"] for row in found.lines("tables/members.jsonl")} == {"Asha", "Ruth", "Lena", "Kin"}


def originals(found) -> list[dict[str, str]]:
    import csv
    import io

    text = found.names["agency/data/originals.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in rows:
        assert hashlib.sha256(found.names[f"agency/data/{row['path']}"]).hexdigest() == row["sha256"]
    return rows


def test_records_are_in_the_normal_form_and_rows_fit_their_schemas(taken: Taken) -> None:
    found = taken.found
    names = [name for name in found.names if "/records/" in name]
    schema = json.loads(SCHEMA.read_text())
    lines = [json.loads(line) for name in names for line in found.names[name].decode().splitlines()]
    said = [line["text"] for line in lines if line["channel"] == "whatsapp"]
    assert said == ["You have a lovely voice", "Please don't message me again.", "=again"]
    for line in lines:
        jsonschema.validate(line, schema)
    for table in TABLES:
        fits = jsonschema.Draft202012Validator(json.loads(found.names[f"agency/data/schemas/{table.name}.schema.json"]))
        for row in found.table(table.name):
            fits.validate(row)
        assert [row["id"] for row in found.sheet(table.name)] == [row["id"] for row in found.table(table.name)]
    assert found.sheet("cases")[0]["summary"] == "'=He waits", "a spreadsheet would run it"


def test_a_changed_or_missing_entry_of_the_trail_is_named(taken: Taken, tmp_path: Path) -> None:
    folder = taken.found.unpack(tmp_path)
    book = max((folder / "data/trail").glob("*.jsonl"), key=lambda path: path.stat().st_size)
    lines = book.read_text().splitlines(keepends=True)
    for wrong, says in (
        ([lines[0].replace("circles.opened", "circles.altered"), *lines[1:]], "entry 1: it has been changed"),
        ([*lines[:2], *lines[3:]], "entry 3: an entry is missing"), (lines[:-1], "the end is not the one"),
    ):  # fmt: skip
        book.write_text("".join(wrong))
        status, said = run(folder / "verify_trail.py")
        assert status == 1 and says in said
    book.unlink()
    assert "is missing" in run(folder / "verify_trail.py")[1]


def test_nothing_of_another_agency_leaves_nor_what_keeps_the_asker_out(taken: Taken) -> None:
    found = taken.found.names
    whole = b"\n".join((*(name.encode() for name in found), *found.values()))
    for word in taken.never:
        assert word.encode() not in whole, word


def test_the_agencys_own_book_leaves_whole_but_for_what_names_somebody_the_asker_may_not_know_of(
    taken: Taken, tmp_path: Path
) -> None:
    found, agency = taken.found, taken.agency
    lines = found.lines(f"trail/{agency}.jsonl")
    told = [line["content"]["code"] for line in lines if line["content"]]
    assert {"people.safe_contact_set", "transfer.cases_brought_in", "transfer.out_asked"} <= set(told)
    assert told.count("people.safe_contact_set") == 1, "that of the case that keeps the asker out is a digest alone"
    assert "listed" not in told
    assert not taken.people_of_shut & {word for line in lines for word in json.dumps(line).split('"')}
    assert all(len(line["digest"]) == 64 for line in lines)
    folder = found.unpack(tmp_path)
    assert run(folder / "verify_trail.py")[0] == 0
    book = folder / f"data/trail/{agency}.jsonl"
    emptied = [json.dumps({**line, "content": None}) + "\n" for line in lines]
    book.write_text("".join(emptied))
    assert "entries have no content" in run(folder / "verify_trail.py")[1]
    closed = next(at for at, line in enumerate(lines) if line["content"] is None)
    forged = [*lines[:closed], {**lines[closed], "digest": "0" * 64}, *lines[closed + 1 :]]
    book.write_text("".join(json.dumps(line) + "\n" for line in forged))
    assert run(folder / "verify_trail.py")[0] == 1


def test_drafts_that_were_never_sent_stay_among_the_records_that_leave(taken: Taken) -> None:
    found = taken.found
    lines = [json.loads(line) for name in found.names if "/records/" in name
             for line in found.names[name].decode().splitlines()]  # fmt: skip
    assert [line["text"] for line in lines if line["channel"] == "sms"] == ["Who is this?", "Leave me alone"]
    assert [line["kind"] for line in lines if line["channel"] == "sms"] == ["text", "draft"]


def test_a_case_without_a_file_leaves_in_the_tables_and_is_not_opened_for_its_files(taken: Taken) -> None:
    assert "SW-9" in {row["own_number"] for row in taken.found.table("cases")}
    assert not [name for name in taken.found.names if str(taken.bare.key) in name]
    assert taken.asked_of_bare == []


def test_what_another_agency_was_told_about_somebody_of_this_one_never_leaves_with_this_one(taken: Taken) -> None:
    assert taken.told_elsewhere == ["Elsewhere"]
    assert taken.found.table("alerts") == []
    assert b"kept_out_tried" not in b"".join(taken.found.names.values())


def test_where_the_suspect_works_in_the_agency_no_address_leaves(stage: Stage) -> None:
    case = filled(stage)
    circle = cases.case(now(stage).actor("asha"), case).circle
    Circle.objects.filter(pk=circle).update(restricted_from=stage.memberships["ruth"].agency)
    found = left(stage)
    assert [row["card"] for row in found.table("safe_contact")] == [None]
    assert ADDRESS.encode() not in b"".join(found.names.values())
    assert "Maya Test" in {row["name"] for row in found.table("people")}


def test_reasons_to_know_are_given_by_the_second_person_read_only_and_end_with_the_work(stage: Stage) -> None:
    filled(stage)
    left(stage)
    given = Standing.objects.filter(purpose="agency export", membership=stage.memberships["ruth"], basis="share")
    assert given.count() == 3
    for row in given:
        assert (row.read_only, row.granted_by_id) == (True, stage.memberships["lena"].pk)
        assert row.ends is not None and row.ends < now(stage).at
        codes = set(Entry.objects.filter(book=row.circle_id).values_list("code", flat=True))
        assert {"circles.brought_in", "circles.sent_away", "read"} <= codes
    assert list(chains()) == []


def test_it_takes_another_lead_or_privacy_officer_and_never_the_asker(stage: Stage) -> None:
    filled(stage)
    ref = Ref(actions.ask(now(stage).actor("ruth", fresh=True)))
    with pytest.raises(RuleBroken, match="second person must agree"):
        actions.make(stage.actor("ruth"), ref)
    with pytest.raises(RuleBroken, match="Somebody else"):
        actions.decide(stage.actor("ruth", fresh=True), ref, agreed=True)
    with pytest.raises(NotAllowed):
        actions.decide(stage.actor("asha", fresh=True), ref, agreed=True)
    for outsider in ("moira", "stranger"):
        with pytest.raises(NotFound):
            actions.decide(stage.actor(outsider, fresh=True), ref, agreed=True)
    assert actions.decide(now(stage).actor("lena", fresh=True), ref, agreed=False) == "refused"
    with pytest.raises(RuleBroken, match="said no"):
        actions.make(now(stage).actor("ruth"), ref)
    with pytest.raises(RuleBroken, match="decided already"):
        actions.decide(stage.actor("lena", fresh=True), ref, agreed=True)


def test_each_of_them_proves_themselves_afresh(stage: Stage) -> None:
    filled(stage)
    with pytest.raises(RuleBroken, match="second factor again"):
        actions.ask(now(stage).actor("ruth"))
    ref = Ref(actions.ask(stage.actor("ruth", fresh=True)))
    with pytest.raises(RuleBroken, match="second factor again"):
        actions.decide(now(stage).actor("lena"), ref, agreed=True)


def test_the_second_person_can_neither_make_nor_open_it(stage: Stage) -> None:
    filled(stage)
    ref = agreed(stage)
    with pytest.raises(NotFound):
        actions.make(now(stage).actor("lena"), ref)
    made(stage, ref)
    with pytest.raises(NotFound):
        actions.hand_over(stage.actor("lena", fresh=True), ref)
    row = TakeOut.objects.get(pk=ref.key)
    actor = stage.actor("lena")
    assert actor.keys.side(row.circle_id) == "both"
    with pytest.raises(NotAllowed, match="not shown to your side"):
        actor.keys.open(row.file_key)


def test_it_is_handed_over_once_and_nothing_of_it_stays(stage: Stage, django_capture_on_commit_callbacks) -> None:
    filled(stage)
    ref = agreed(stage)
    made(stage, ref)
    path = files.folder() / TakeOut.objects.get(pk=ref.key).circle_id.hex / TakeOut.objects.get(pk=ref.key).address
    with pytest.raises(RuleBroken, match="second factor again"):
        actions.hand_over(stage.actor("ruth"), ref)
    assert path.exists() and b"Maya" not in path.read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        fetched(stage, ref)
    assert not path.exists()
    with pytest.raises(RuleBroken):
        actions.hand_over(now(stage).actor("ruth", fresh=True), ref)
    assert queries.take_out(stage.actor("ruth"), ref).taken_at is not None


def test_another_content_than_what_was_agreed_is_refused(stage: Stage) -> None:
    filled(stage)
    ref = agreed(stage)
    TwoPersonAct.objects.filter(act="take_out").update(content_hash="0" * 64)
    with pytest.raises(RuleBroken, match="not what was asked"):
        actions.make(now(stage).actor("ruth"), ref)


def test_an_agreement_ends_after_three_days(stage: Stage) -> None:
    filled(stage)
    ref = agreed(stage)
    with pytest.raises(RuleBroken, match="Too much time"):
        actions.make(stage.actor("ruth", stage.at + timedelta(hours=73)), ref)


def test_an_agency_too_small_asks_its_buddy_or_is_told_how(stage: Stage) -> None:
    now(stage)
    with pytest.raises(RuleBroken, match="buddy agency"):
        actions.ask(stage.actor("ruth", fresh=True))
    Agency.objects.filter(name="Stillwater").update(buddy=stage.memberships["moira"].agency)
    ref = Ref(actions.ask(now(stage).actor("ruth", fresh=True)))
    assert actions.decide(now(stage).actor("moira", fresh=True), ref, agreed=True) == "agreed"
    with pytest.raises(NotAllowed):
        queries.circles_to_take(stage.actor("moira"), ref)


def test_no_standing_is_given_without_the_agreement(stage: Stage) -> None:
    filled(stage)
    ref = Ref(actions.ask(now(stage).actor("ruth", fresh=True)))
    TakeOut.objects.filter(pk=ref.key).update(state="making")
    with pytest.raises(RuleBroken, match="second person must agree"):
        actions.stand_in(stage.actor("ruth"), ref)
    row = TakeOut.objects.get(pk=ref.key)
    with pytest.raises(RuleBroken, match="second person must agree"):
        circles.stand_in_all(stage.actor("ruth"), Ref(row.circle_id), agreed_act=row.act_id)


class Killed(BaseException):
    """As kill -9 leaves a worker."""


def test_after_a_kill_it_is_made_from_the_beginning_and_whole(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(stage)
    ref = agreed(stage)
    job = actions.make(now(stage).actor("ruth"), ref)
    whole = actions.keep_made.run
    with monkeypatch.context() as fault:
        fault.setattr(actions.keep_made, "run", lambda *_, **__: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            tasks.run(job)
    assert actions.keep_made.run is whole
    assert TakeOut.objects.get(pk=ref.key).state == "making"
    Job.objects.filter(pk=job).update(state="queued", lease_until=None)
    tasks.run(job)
    assert queries.take_out(now(stage).actor("ruth"), ref).state == "ready"
    assert len(fetched(stage, ref).table("cases")) == 2


def test_a_file_that_is_gone_is_named_and_the_others_still_leave(stage: Stage) -> None:
    case = filled(stage)
    circle = cases.case(now(stage).actor("asha"), case).circle
    from joindots.evidence.models import Exhibit

    (files.folder() / circle.hex / Exhibit.objects.get().address).unlink()
    ref = agreed(stage)
    made(stage, ref)
    assert queries.take_out(stage.actor("ruth"), ref).counts["originals_missing_or_altered"] == 1
    found = fetched(stage, ref)
    assert b",no\r\n" in found.names["agency/data/originals.csv"]
    assert found.names[f"agency/data/cases/{case.key}/files/0001-50_.txt"] == CHAT


def test_who_leads_two_takings_out_gets_no_key_of_the_other(stage: Stage) -> None:
    filled(stage)
    member(stage, "omar", "ruth", Role.TEAM_LEAD)
    first = agreed(stage)
    made(stage, first)
    second = agreed(stage, by="omar", second="lena")
    made(stage, second, by="omar")
    found = fetched(stage, second, by="omar").names
    row = TakeOut.objects.get(pk=first.key)
    assert str(row.circle_id) not in "\n".join(found) and str(row.circle_id).encode() not in b"".join(found.values())
    assert now(stage).actor("omar").keys.side(row.circle_id) == "both"
