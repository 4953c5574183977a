"""Every code that can reach a page has words, and no answer is taken that does not fit its question."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from django.http import QueryDict

import joindots
from joindots.access.permission import REGISTRY
from joindots.circles.queries import Step
from joindots.evidence.readers import registry
from joindots.evidence.readers.records import Candidate, Question
from joindots.jobs.queries import JobView
from joindots.web.cases.trail import DEEDS, READINGS, told
from joindots.web.evidence.questions import NOT_CHOSEN, given, shown
from joindots.web.evidence.sources import FORMATS, format_says
from joindots.web.working import WHY, steps_of, why, why_ended

PACKAGE = Path(joindots.__file__).parent
ZONE = Question("f", "chat.txt", "zone", "In which zone was the phone?", (), "02:30")
OWNER = Question("f", "chat.txt", "owner", "Whose phone?", ("Cal", "Rhian"), "x", None, (Candidate("Cal", count=1),))
COLUMNS = Question("f", "log.csv", "columns", "Which?", ("When", "What", "Else"), "x")
PAYERS = Question("f", "bank.csv", "their_payments", "Which?", ("C EXAMPLE", "SHOP"), "x")


def first_arguments(name: str, folder: Path) -> set[str]:
    """The first argument of every call of a function in the source, where it is a plain string."""
    return {
        node.args[0].value
        for path in folder.rglob("*.py") if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
        if (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) == name and node.args
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }  # fmt: skip


def test_every_refusal_of_a_reader_has_a_sentence_that_names_the_cure():
    codes = first_arguments("not_readable", PACKAGE / "evidence" / "readers")
    assert len(codes) > 30
    assert codes - WHY.keys() == set()


def test_no_sentence_speaks_as_a_machine():
    assert [code for code, text in WHY.items() if re.search(r"[{}]|error|invalid|exception", text, re.IGNORECASE)] == []


def test_a_code_without_words_and_a_fault_of_ours_are_said_too():
    assert "Export it again" in why("never heard of")
    assert "Try again" in why("fault:ValueError")


def test_every_format_has_a_name():
    names = {one.name for reader in registry.READERS for one in reader.formats()}
    assert names - FORMATS.keys() == set()
    assert format_says("new_kind") == "new kind"


def test_every_permission_that_guards_reading_a_circle_has_words():
    for path in PACKAGE.rglob("permissions.py"):
        import_module(f"joindots.{path.parent.name}.permissions")
    assert READINGS.keys() - REGISTRY.keys() == set()


def test_every_deed_in_a_cases_trail_has_words():
    source = "".join(
        path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if not {"tests", "web"} & set(path.parts)
    )
    codes = set(re.findall(r"\.record\(\s*[\w.]+,\s*\"([a-z_.]+)\"", source))
    assert len(codes) > 25
    of_cases = {
        code for code in codes if code.partition(".")[0] not in ("staff", "transfer", "directory")
    }  # in an agency's own book
    assert of_cases - DEEDS.keys() == set()


def step(seq: int, code: str, minute: int = 0, **says: object) -> Step:
    return Step(seq, datetime(2025, 11, 17, 9, minute, tzinfo=UTC), "Asha", "Stillwater", code, says)


def test_like_steps_of_one_minute_stand_together_with_their_numbers():
    rows = told([step(5, "evidence.batch_kept"), step(4, "evidence.batch_kept"), step(3, "evidence.batch_kept", 1)])
    assert [(row.first, row.last) for row in rows] == [(4, 5), (3, 3)]
    assert rows[0].words == "kept records of a file"


def test_a_reading_says_what_was_looked_at_and_which_fields_were_opened():
    (row,) = told([step(1, "read", asked=["evidence.see", "casework.see"], fields=["case.own_number"])])
    assert row.words == "looked at the case and its records"
    assert row.fields == "own case number"


def job(state: str, at: str, code: str = "", kind: str = "evidence.read") -> JobView:
    now = datetime(2025, 11, 17, tzinfo=UTC)
    return JobView(UUID(int=1), UUID(int=2), kind, "7", state, at, 5, 10, code, "Asha", now, None)


def test_steps_say_where_the_work_stands():
    assert [one.state for one in steps_of(job("running", "read"))] == ["done", "now", "", "", ""]
    assert [one.state for one in steps_of(job("stopped", "sorted"))] == ["done", "done", "stopped", "", ""]
    assert {one.state for one in steps_of(job("done", "ready"))} == {"done"}
    assert len(steps_of(job("running", "anything", kind="kind.unheard"))) == 2


def test_a_stop_before_the_work_began_is_still_said_to_be_a_stop():
    assert "You asked for a stop" in why_ended(job("stopped", "received"))


def test_a_question_left_alone_is_asked_again():
    back = given(QueryDict(""), (OWNER,))
    assert (back.answers, back.errors) == ((), {0: NOT_CHOSEN})
    (asked,) = shown((OWNER,), QueryDict(""), back.errors)
    assert asked.error == NOT_CHOSEN
    assert [choice.value for choice in asked.choices] == ["Cal", "Rhian", "not_sure"]


def test_what_is_no_choice_of_the_question_is_passed_over():
    assert given(QueryDict("q0=Somebody+else"), (OWNER,)).answers == ()


@pytest.mark.parametrize(("written", "fits"), [("Europe/Madrid", True), ("Europe/Atlantis", False), ("../etc", False)])
def test_a_zone_is_taken_only_if_it_is_one(written: str, fits: bool):
    back = given(QueryDict(f"t0={written}"), (ZONE,))
    assert bool(back.answers) is fits
    assert (0 in back.errors) is not fits


def test_columns_are_answered_by_heading_and_must_be_enough():
    (answer,) = given(QueryDict("c0_0=date&c0_1=what"), (COLUMNS,)).answers
    assert answer.value == {"date": "When", "what": "What"}
    assert "needed" in given(QueryDict("c0_0=date"), (COLUMNS,)).errors[0]
    assert "Choose each meaning once" in given(QueryDict("c0_0=date&c0_1=date"), (COLUMNS,)).errors[0]
    assert given(QueryDict("q0=not_sure&c0_0=date"), (COLUMNS,)).answers[0].value == "not_sure"


def test_several_payers_may_be_theirs_or_none():
    assert given(QueryDict("q0=C+EXAMPLE&q0=SHOP"), (PAYERS,)).answers[0].value == ["C EXAMPLE", "SHOP"]
    assert given(QueryDict("q0=none_of_them"), (PAYERS,)).answers[0].value == []


def test_what_was_chosen_stays_chosen_when_the_page_comes_back():
    (asked,) = shown((OWNER,), QueryDict("q0=Cal"), {})
    assert [choice.chosen for choice in asked.choices] == [True, False, False]
    assert asked.choices[0].why == "1 record"
