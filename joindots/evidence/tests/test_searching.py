"""Words looked for in a case, and lists of cases with very many files."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joindots.access.door import Ref
from joindots.evidence import actions, pages, queries
from joindots.evidence.models import Page, files
from joindots.jobs import tasks
from tests.stage import Stage

WHOLE = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, for jobs act at it."""
    stage.at = datetime.now(UTC)
    return stage


@pytest.fixture
def bring(stage: Stage, keep):
    def bring_in(case: Ref, text: str) -> int:
        arrived = actions.bring_in(stage.actor("asha"), case, name="chat.txt", sealed=keep(text.encode()))
        assert tasks.run(arrived.job) == "done"
        return arrived.source

    return bring_in


def chat(*said: str, month: int = 3) -> str:
    return "".join(f"{13 + at // 1440}/{month:02}/2025, {at // 60 % 24:02}:{at % 60:02} - Cal Example: {words}\n"
                   for at, words in enumerate(said))  # fmt: skip


def test_words_are_found_whatever_their_case_spaces_and_quotes_and_counted_past_what_is_listed(stage, bring) -> None:
    case = stage.case()
    bring(case, chat("I can’t  SEE you", "Nothing", *["can't see"] * 300))
    lines, total = queries.search(stage.actor("asha"), case, " Can't  see", most=20)
    assert (len(lines), total) == (20, 301)
    assert lines[0].text == "I can’t  SEE you"


def test_words_of_other_cases_and_of_nobody_are_not_found(stage, bring) -> None:
    case, other = stage.case(), stage.case()
    bring(case, chat("the lights", "are", "on"))
    assert queries.search(stage.actor("asha"), other, "lights") == ((), 0)
    assert queries.search(stage.actor("asha"), case, "  ") == ((), 0)
    assert queries.search(stage.actor("asha"), case, "\0") == ((), 0)


def test_a_line_deep_in_a_long_file_is_shown_with_its_own_words(stage, bring) -> None:
    case = stage.case()
    bring(case, chat(*(f"number {at} of many" for at in range(700))))
    lines, total = queries.lines_between(stage.actor("asha"), case, *WHOLE, most=3, skip=600)
    assert [line.text for line in lines] == [f"number {at} of many" for at in (600, 601, 602)]
    assert total == 700
    assert Page.objects.count() == 3


def test_a_case_with_many_files_asks_no_more_of_the_database_than_one_with_few(stage, bring) -> None:
    few, many = stage.case(), stage.case()
    for case, months in ((few, 1), (many, 4)):
        for month in range(1, months + 1):
            bring(case, chat("I called", "and called", f"in month {month}", month=month))

    def asked(case: Ref) -> tuple[int, int, int]:
        actor = stage.actor("asha")
        with CaptureQueriesContext(connection) as listed:
            lines, _ = queries.lines_between(actor, case, *WHOLE)
        with CaptureQueriesContext(connection) as counted:
            queries.days_of(actor, case)
        return len(lines), len(listed), len(counted)

    assert [asked(few)[0], asked(many)[0]] == [3, 12]
    assert asked(few)[1:] == asked(many)[1:]


def test_a_seal_holds_words_and_records_together(stage, bring) -> None:
    case = stage.case()
    bring(case, chat("only", "these", "three"))
    actor = stage.actor("asha")
    data = actor.keys.open_bytes(Page.objects.get().words)
    assert pages.words_of(data) == ["only", "these", "three"]
    assert [one.text for one in pages.unpacked(data)] == ["only", "these", "three"]


def test_pages_are_asked_for_a_few_at_a_time_so_that_no_open_cursor_bars_the_next_write(
    stage, bring, monkeypatch
) -> None:
    bring(stage.case(), chat(*(f"number {at} of many" for at in range(700))))
    monkeypatch.setattr(files, "PAGES_AT_A_TIME", 2)
    with CaptureQueriesContext(connection) as asked:
        numbers = [page.number for page in Page.objects.in_turn()]
    assert numbers == [0, 1, 2]
    assert all("LIMIT 2" in query["sql"] for query in asked.captured_queries)
