"""The timeline on paper says what the page says, no more exactly, the same bytes twice, and words only where asked."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings

from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.chronology.rules.bundles import is_message
from joindots.chronology.tests.test_precision import times
from joindots.circles import queries as circles
from joindots.documents.pages import each_page, only_text, opened
from joindots.evidence import actions as evidence
from joindots.evidence.queries import Line
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.entry_records import record_of
from joindots.jobs import tasks
from joindots.kernel.when import Precision, When, day_says
from joindots.vault.files import SealedFile
from joindots.web.chronology.days import clock, entries_of
from tests.browsing import SignIn
from tests.stage import Stage

CHAT = "".join(f"{day:02}/03/2025, 21:{day:02} - Cal Example: heron {day}\n" for day in (3, 4, 5, 6, 9, 20))


def text_of(data: bytes) -> str:
    """All words of a PDF, with single spaces."""
    with opened(data) as paper:
        return re.sub(r"\s+", " ", " ".join(only_text(page) for _, page in each_page(paper)))


def test_the_paper_says_the_pages_numbers_and_no_word_of_a_record_unasked(
    stage: Stage, sign_in: SignIn, keep: Callable[[bytes], SealedFile]
) -> None:
    case = stage.case(victim="Rhian Example", summary="", own_number="")
    arrived = evidence.bring_in(stage.actor("asha"), case, name="chat.txt", sealed=keep(CHAT.encode()))
    assert arrived.job is not None
    assert tasks.run(arrived.job) == "done"
    moment = datetime(2025, 3, 10, tzinfo=UTC)
    told = When(moment, moment + timedelta(days=1) - timedelta(seconds=1), Precision.DAY, given="10 March")
    evidence.write_entry(stage.actor("asha"), case, telling=Telling(told, ("near",), words="kestrel by the mill"))
    circle = casework.case(stage.actor("asha"), case).circle
    stage.close()
    client, where = sign_in("asha"), f"/cases/{case.key}/timeline"
    plain = client.get(f"{where}.pdf")
    assert plain.headers["Content-Type"] == "application/pdf"
    assert plain.content == client.get(f"{where}.pdf").content, "the same view makes the same bytes"
    said = text_of(plain.content)
    rows = list(csv.DictReader(client.get(f"{where}.csv").content.decode().splitlines()))
    messages = sum(int(row["number"]) for row in rows if row["kind"] == "Messages")
    assert f"{messages} messages" in said and "1 approach" in said
    counted = re.search(
        r"looked at: (\d+)\. With something told: (\d+)\..*?told: (\d+)\. Covered by no source: (\d+)", said
    )
    assert counted and int(counted[1]) == sum(map(int, counted.groups()[1:])), "every day is counted once"
    assert "heron" not in said and "kestrel" not in said
    assert "never hand it to the other side" in said
    near = next(
        row for row in said.split("Mon 10 Mar 2025") if "kestrel" in row or "Came" in row or "near" in row.lower()
    )
    assert "00:00" not in near.partition("Thu 20")[0], "a day is no midnight"
    narrow = text_of(client.get(f"{where}.pdf?words=shown&since=2025-03-04&until=2025-03-10").content)
    assert "heron 4" in narrow and "kestrel" in narrow and "heron 20" not in narrow
    left = [one for one in circles.book_of(stage.actor("asha"), Ref(circle)) if one.code == "chronology.timeline_taken"]
    assert [one.says["words"] for one in left] == [False, False, True]
    stage.close()
    assert sign_in("stranger").get(f"{where}.pdf").status_code == 404


@settings(max_examples=60)
@given(times())
def test_a_row_of_the_list_tells_a_time_no_better_than_it_was_told(when: When) -> None:
    record = record_of("2345-6789", Telling(when, ("near",), words="by the mill"), "Asha", datetime.now(UTC))
    line = Line(
        0, 0, when, "log entry", "Came near", "in", "as told", record.text, True, False, "told_by_victim", (), (),
        record, "2345-6789", "log entry",
    )  # fmt: skip
    (row,) = entries_of((replace(line),), {})
    assert not is_message(record)
    assert row.clock in (when.says(), clock(line))
    assert (
        when.earliest is None
        or when.says() in (row.clock, f"{day_says(when.earliest)}, {row.clock}")
        or (row.clock == "time not known")
    )
    if when.precision in (Precision.DAY, Precision.MONTH, Precision.UNKNOWN):
        assert not re.search(r"\d\d:\d\d", row.clock)
