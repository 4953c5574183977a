"""`joindots clocks` lists every clock, answers one, and answers lines with lines."""

from __future__ import annotations

import io
import json

import pytest

from joindots.config.commands import clocks
from joindots.law.catalogue import catalogue


def test_the_list_names_every_clock_with_its_inputs_source_and_mark(capsys: pytest.CaptureFixture[str]) -> None:
    assert clocks.main([]) == 0
    said = capsys.readouterr().out
    for one in catalogue().values():
        assert f"{one.code}  " in said
        assert one.source in said
    assert "served= a day such as" in said
    assert "Verify before relying on it" in said


def test_the_list_as_lines_is_the_same_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert clocks.main(["--list", "--jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["rule"] for row in rows] == list(catalogue())


def test_one_clock_answers_with_day_counting_source_and_mark(capsys: pytest.CaptureFixture[str]) -> None:
    assert clocks.main(["bail_pre_initial", "arrested=2026-02-28"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Sunday 31 May 2026\n")
    assert "Counted from the day after, Sunday 1 March 2026" in said
    assert "Source: " in said
    assert "Verify before relying on it" in said


@pytest.mark.parametrize(
    "words", [["spo_notify"], ["spo_notify_initial"], ["months", "start"], ["months", "a=1", "a=2"]]
)
def test_a_question_that_cannot_be_answered_says_why(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert clocks.main(words) == 1
    assert capsys.readouterr().err.strip().endswith((".", "?"))


def test_lines_are_answered_by_lines_and_a_bad_one_stops_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = '{"rule": "s2a_laying_information", "last_act": "2025-08-31"}\nno\n\n[]\n'
    asked += '{"rule": "spo_notify_initial", "served": "2027-12-24", "replaces_interim": false}\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(asked))
    assert clocks.main(["--jsonl"]) == 1
    first, second, third, last = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["due"], last["due"]) == ("2026-02-28", "2027-12-26")
    assert (second["line"], third["line"]) == (2, 4)
    assert "Write one JSON object" in second["error"]


def test_the_list_can_be_of_one_clock_and_says_whose_law_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert clocks.main(["--list", "ni_spo_notify"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("ni_spo_notify  ") and "Law of Northern Ireland" in said and "dapo_notify" not in said
    assert clocks.main(["--list", "spo_notif"]) == 1
    assert "Did you mean" in capsys.readouterr().err
