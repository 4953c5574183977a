"""A file's way in: kept, read, asked about, read again, grouped, found, removed."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from joindots.access.door import Ref
from joindots.audit.models import Entry
from joindots.casework import actions as casework
from joindots.evidence import actions, queries
from joindots.evidence.actions import reading, repeats
from joindots.evidence.models import Communication, Page, Reading, SourceFile
from joindots.evidence.readers.answers import Answer
from joindots.jobs import actions as jobs
from joindots.jobs import queries as job_queries
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.vault import files
from tests.stage import Stage

Keep = Callable[[bytes], files.SealedFile]
CHAT = """10/06/2025, 21:14 - Cal Example: You have a lovely voice.
13/06/2025, 08:00 - Maya Example: See you at rehearsal
26/06/2025, 19:02 - Maya Example: Please don't message me again.
27/06/2025, 00:30 - Cal Example: I can see your light
27/06/2025, 00:31 - Cal Example: I can see your light
28/06/2025, 09:00 - You blocked this contact
"""
MORE = CHAT + "29/06/2025, 10:00 - Cal Example: They can't stop me.\n"
WHOLE = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, for jobs act at it."""
    stage.at = datetime.now(UTC)
    return stage


def bring(stage: Stage, case: Ref, sealed: files.SealedFile, name: str = "WhatsApp Chat with Cal.txt") -> int:
    arrived = actions.bring_in(stage.actor("asha"), case, name=name, sealed=sealed)
    if arrived.job:
        tasks.run(arrived.job)
    return arrived.source


def lines(stage: Stage, case: Ref) -> tuple[queries.Line, ...]:
    return queries.lines_between(stage.actor("asha"), case, *WHOLE)[0]


def test_a_file_is_kept_byte_for_byte_with_its_sha256_before_anything_reads_it(stage: Stage, keep: Keep) -> None:
    data = b"\xef\xbb\xbfnot a chat at all \x00\xff"
    case = stage.case()
    source = actions.bring_in(stage.actor("asha"), case, name="x.bin", sealed=keep(data)).source
    with queries.original(stage.actor("asha"), Ref(source)).open() as stream:
        assert stream.read() == data
    assert queries.file(stage.actor("asha"), Ref(source)).sha256 == hashlib.sha256(data).hexdigest()


def test_what_was_read_is_listed_with_its_words_senders_and_times(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    bring(stage, case, keep(CHAT.encode()))
    found = lines(stage, case)
    assert [line.sender for line in found][:4] == ["Cal Example", "Maya Example", "Maya Example", "Cal Example"]
    assert found[0].says == "Tue 10 Jun 2025, 21:14"
    assert found[0].text == "You have a lovely voice."
    assert not found[-1].contact


def test_rows_of_a_log_are_listed_but_are_no_acts_of_contact(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    bring(stage, case, keep(CHAT.encode()))
    log = bring(
        stage, case, keep(b"Date,What happened\n27/06/2025,He stood outside\n30/06/2025,He rang x12\n"), "log.csv"
    )
    days = queries.days_of(stage.actor("asha"), case)
    assert {day.day: (day.acts, day.logged, day.total) for day in days}[date(2025, 6, 27)] == (2, 1, 3)
    assert (sum(day.acts for day in days), sum(day.logged for day in days)) == (5, 2)
    assert queries.file(stage.actor("asha"), Ref(log)).file.contacts == 0


def test_rows_of_which_nobody_can_tell_what_they_are_count_as_nothing(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    bring(stage, case, keep(b"13/03/2025,D SAMPLE,0.01\n14/03/2025,WORK,900.00\n"), "statement.csv")
    assert not queries.days_of(stage.actor("asha"), case)


def test_days_count_contact_only_and_in_london_time(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    bring(stage, case, keep(CHAT.encode()))
    days = {day.day: day.total for day in queries.days_of(stage.actor("asha"), case)}
    assert days == {date(2025, 6, 10): 1, date(2025, 6, 13): 1, date(2025, 6, 26): 1, date(2025, 6, 27): 2}


def test_nothing_is_guessed_until_the_owner_is_named_and_then_the_file_is_read_anew(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    source = bring(stage, case, keep(CHAT.encode()))
    page = queries.file(stage.actor("asha"), Ref(source))
    assert [one.question for one in page.questions] == ["owner"]
    assert {line.direction for line in lines(stage, case) if line.contact} == {"unknown"}
    tasks.run(actions.answer(stage.actor("asha"), Ref(source), answers=(Answer("owner", "Maya Example"),)))
    assert [line.direction for line in lines(stage, case) if line.contact] == ["in", "out", "out", "in", "in"]
    assert queries.file(stage.actor("asha"), Ref(source)).questions == ()
    assert Reading.objects.count() == 1, "the past reading is deleted"
    assert Communication.objects.count() == 6


def test_the_same_content_again_is_one_file_and_the_second_coming_is_noted(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    first = bring(stage, case, keep(CHAT.encode()))
    again = actions.bring_in(stage.actor("asha"), case, name="other name.txt", sealed=keep(CHAT.encode()))
    assert (again.source, again.job, again.before) == (first, None, True)
    assert Entry.objects.filter(code="evidence.came_again").exists()


def test_the_same_content_in_another_case_gives_no_signal_and_another_name_on_disk(stage: Stage, keep: Keep) -> None:
    one, two = stage.case(), stage.case()
    bring(stage, one, keep(CHAT.encode()))
    assert not actions.bring_in(stage.actor("asha"), two, name="x.txt", sealed=keep(CHAT.encode())).before
    assert len(set(SourceFile.objects.values_list("address", flat=True))) == 2


def test_an_overlapping_export_adds_only_what_is_new_and_keeps_every_record(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    bring(stage, case, keep(CHAT.encode()))
    bring(stage, case, keep(MORE.encode()))
    found = lines(stage, case)
    assert sum(line.contact for line in found) == 6
    assert sum(day.total for day in queries.days_of(stage.actor("asha"), case)) == 6
    assert {len(line.also) for line in found if line.text == "You have a lovely voice."} == {1}
    assert Communication.objects.count() == 13


def test_the_order_of_overlapping_files_does_not_change_the_counts(stage: Stage, keep: Keep) -> None:
    totals = []
    for order in ((CHAT, MORE), (MORE, CHAT)):
        case = stage.case()
        for chat in order:
            bring(stage, case, keep(chat.encode()))
        totals.append([(day.day, day.total) for day in queries.days_of(stage.actor("asha"), case)])
    assert totals[0] == totals[1]


def test_equal_lines_of_one_file_are_two_acts(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    bring(stage, case, keep(CHAT.encode()))
    assert sum(line.text == "I can see your light" for line in lines(stage, case)) == 2


def test_words_are_found_whatever_their_case_or_quotes(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    bring(stage, case, keep(MORE.encode()))
    found, total = queries.search(stage.actor("asha"), case, "THEY CAN’T stop")
    assert (total, [line.text for line in found]) == (1, ["They can't stop me."])
    assert queries.search(stage.actor("asha"), case, "nowhere") == ((), 0)


def test_a_removed_file_is_gone_with_its_words_and_its_bytes_and_the_trail_remembers(
    stage: Stage, keep: Keep, django_capture_on_commit_callbacks: Any
) -> None:
    case = stage.case()
    source = bring(stage, case, keep(CHAT.encode()))
    row = SourceFile.objects.get(pk=source)
    path = files.folder() / row.circle_id.hex / row.address
    assert path.exists()
    job = actions.remove(stage.actor("asha"), Ref(source))
    with transaction.atomic():
        actions.end_removing(stage.actor("asha"), Ref(source))
        transaction.set_rollback(True)
    assert path.exists() and SourceFile.objects.filter(pk=source).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.run(job) == "done"
    assert not path.exists()
    assert not Communication.objects.exists()
    assert not Page.objects.exists()
    assert Entry.objects.filter(code="evidence.removed").exists()
    with pytest.raises(NotFound):
        queries.file(stage.actor("asha"), Ref(source))
    with django_capture_on_commit_callbacks(execute=True):  # the same again, before what was let go is deleted
        again = bring(stage, case, keep(CHAT.encode()))
        assert tasks.run(actions.remove(stage.actor("asha"), Ref(again))) == "done"
        again = bring(stage, case, keep(CHAT.encode()))
    with queries.original(stage.actor("asha"), Ref(again)).open() as stream:
        assert stream.read() == CHAT.encode()
    assert len(lines(stage, case)) == 6


def test_what_a_removed_file_stood_for_counts_by_itself_again(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    first = bring(stage, case, keep(CHAT.encode()), "first.txt")
    bring(stage, case, keep(MORE.encode()), "second.txt")
    bring(stage, case, keep((MORE + "30/06/2025, 10:00 - Cal Example: Nobody can.\n").encode()), "third.txt")
    before = [line.text for line in lines(stage, case)]
    assert Communication.objects.exclude(repeat_of=None).count() == 13
    assert tasks.run(actions.remove(stage.actor("asha"), Ref(first))) == "done"
    assert [line.text for line in lines(stage, case)] == before
    assert sum(day.total for day in queries.days_of(stage.actor("asha"), case)) == 7
    assert Communication.objects.exclude(repeat_of=None).count() == 7


def test_a_zip_of_two_exports_of_one_chat_counts_each_act_once(stage: Stage, keep: Keep) -> None:
    case, both = stage.case(), io.BytesIO()
    with zipfile.ZipFile(both, "w") as archive:
        archive.writestr("May/WhatsApp Chat with Cal.txt", CHAT)
        archive.writestr("July/WhatsApp Chat with Cal.txt", MORE)
    source = bring(stage, case, keep(both.getvalue()), "chats.zip")
    found = lines(stage, case)
    assert [line.text for line in found] == [line.partition(": ")[2] or line[20:] for line in MORE.splitlines()]
    assert found[0].also == (source,)
    assert sum(day.total for day in queries.days_of(stage.actor("asha"), case)) == 6


def test_a_file_is_removed_once_and_does_not_come_again_while_it_leaves(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    source = bring(stage, case, keep(CHAT.encode()))
    job = actions.remove(stage.actor("asha"), Ref(source))
    with pytest.raises(RuleBroken, match="already"):
        actions.remove(stage.actor("asha"), Ref(source))
    with pytest.raises(RuleBroken, match="in a minute"):
        bring(stage, case, keep(CHAT.encode()))
    assert tasks.run(job) == "done"
    bring(stage, case, keep(CHAT.encode()))
    assert len(lines(stage, case)) == 6


def test_a_removing_that_is_stopped_in_time_keeps_the_file_whole(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    source = bring(stage, case, keep(CHAT.encode()))
    job = actions.remove(stage.actor("asha"), Ref(source))
    Job.objects.filter(pk=job).update(stop_asked=True)
    assert tasks.run(job) == "stopped"
    assert queries.file(stage.actor("asha"), Ref(source)).file.state == "held"
    assert len(lines(stage, case)) == 6


def test_a_removing_goes_on_after_a_kill_at_any_step(stage: Stage, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in ("hide", "drop_reading", "end_removing", "count_repeats"):
        case = stage.case()
        first = bring(stage, case, keep(CHAT.encode()), "first.txt")
        for name in ("second.txt", "third.txt"):
            bring(stage, case, keep(f"{MORE}{name} {step}".encode()), name)
        shown = len(lines(stage, case))
        job = actions.remove(stage.actor("asha"), Ref(first))
        with monkeypatch.context() as killed:
            killed.setattr(actions, step, lambda *_, **__: exit("killed"))
            with pytest.raises(SystemExit):
                tasks.run(job)
        assert len(lines(stage, case)) >= shown, step
        Job.objects.filter(pk=job).update(lease_until=stage.at)
        assert tasks.run(job) == "done"
        assert len(lines(stage, case)) == shown, step


def test_much_is_deleted_in_many_small_transactions(stage: Stage, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "DROPPED_ROWS", 2)
    monkeypatch.setattr(repeats, "CLEARED", 2)
    case = stage.case()
    first = bring(stage, case, keep(CHAT.encode()), "first.txt")
    bring(stage, case, keep(MORE.encode()), "second.txt")
    assert tasks.run(actions.remove(stage.actor("asha"), Ref(first))) == "done"
    steps = Entry.objects.filter(content__says__source=first, code="evidence.dropped").count()
    assert steps >= 6 // 2 + 1
    assert Communication.objects.exclude(repeat_of=None).count() == 0
    assert len(lines(stage, case)) == 7


def test_a_closed_case_takes_nothing_in_and_loses_no_file(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    source = bring(stage, case, keep(CHAT.encode()))
    casework.close_case(stage.actor("asha"), case, reason="asked")
    with pytest.raises(RuleBroken, match="closed"):
        actions.bring_in(stage.actor("asha"), case, name="x.txt", sealed=keep(b"x"))
    with pytest.raises(RuleBroken, match="closed"):
        actions.remove(stage.actor("asha"), Ref(source))


def test_a_damaged_archive_ends_plainly_and_the_file_is_kept(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    arrived = actions.bring_in(stage.actor("asha"), case, name="x.zip", sealed=keep(b"PK\x03\x04 cut off"))
    assert isinstance(arrived.job, UUID)
    tasks.run(arrived.job)
    job = job_queries.job(stage.actor("asha"), Ref(arrived.job))
    assert (job.state, job.code) == ("refused", "archive_broken")
    assert queries.file(stage.actor("asha"), Ref(arrived.source)).file.state == "unreadable"


def test_work_that_was_stopped_keeps_nothing_and_can_go_on_later(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    arrived = actions.bring_in(stage.actor("asha"), case, name="chat.txt", sealed=keep(CHAT.encode()))
    assert arrived.job
    Job.objects.filter(pk=arrived.job).update(stop_asked=True)
    assert tasks.run(arrived.job) == "stopped"
    assert not Communication.objects.exists()
    jobs.resume(stage.actor("asha"), Ref(arrived.job))
    assert tasks.run(arrived.job) == "done"
    assert Communication.objects.count() == 6


def test_answers_outlive_a_stop_and_are_read_with_when_the_work_goes_on(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    source = bring(stage, case, keep(CHAT.encode()))
    job = actions.answer(stage.actor("asha"), Ref(source), answers=(Answer("owner", "Maya Example"),))
    Job.objects.filter(pk=job).update(stop_asked=True)
    assert tasks.run(job) == "stopped"
    assert len(queries.file(stage.actor("asha"), Ref(source)).questions) == 1
    jobs.resume(stage.actor("asha"), Ref(job))
    assert tasks.run(job) == "done"
    assert queries.file(stage.actor("asha"), Ref(source)).questions == ()


def test_a_job_asks_the_door_again_and_ends_when_its_membership_has_ended(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    arrived = actions.bring_in(stage.actor("asha"), case, name="chat.txt", sealed=keep(CHAT.encode()))
    assert arrived.job
    membership = stage.memberships["asha"]
    membership.ends = stage.at
    membership.save()
    assert tasks.run(arrived.job) == "membership_over"
    assert not Communication.objects.exists()


def test_two_workers_never_both_have_one_job(stage: Stage, keep: Keep) -> None:
    arrived = actions.bring_in(stage.actor("asha"), stage.case(), name="chat.txt", sealed=keep(CHAT.encode()))
    assert arrived.job
    Job.objects.filter(pk=arrived.job).update(state="running", lease_until=datetime(2040, 1, 1, tzinfo=UTC))
    assert tasks.run(arrived.job) == "taken"


def test_drafts_are_records_and_never_contact(stage: Stage, keep: Keep) -> None:
    xml = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><smses count='2'>"
        "<sms address='+447700900177' date='1756730000000' type='1' body='Hello' read='1' status='-1' />"
        "<sms address='+447700900177' date='1756731000000' type='3' body='never sent' read='1' status='-1' />"
        "</smses>"
    )
    case = stage.case()
    bring(stage, case, keep(xml.encode()), "sms.xml")
    assert [(line.text, line.contact) for line in lines(stage, case)] == [("Hello", True), ("never sent", False)]
    assert sum(day.total for day in queries.days_of(stage.actor("asha"), case)) == 1
