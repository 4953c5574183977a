"""A table of facts is whole and in form, or it is refused by a sentence that names line and cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass
from datetime import date
from typing import Literal

import pytest

from joindots.law.reading import BadTable, Fact, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Fact):
    label: str
    days: int | None = None
    since: date | None = None
    live: bool = False
    band: Literal["low", "high"] = "low"


HEADINGS = "code,label,days,since,live,band,source,verify"


def read(*lines: str, headings: str = HEADINGS) -> Mapping[str, Sample]:
    return read_table("sample.csv", "\n".join([headings, *lines, ""]).encode(), Sample)


def refusal(*lines: str, headings: str = HEADINGS) -> str:
    with pytest.raises(BadTable) as refused:
        read(*lines, headings=headings)
    return str(refused.value)


def test_a_row_becomes_typed_values_in_whatever_order_the_columns_stand():
    rows = read(
        '"x, y",yes,https://example.org/law,one,3,2025-08-25,high,the date',
        headings="label,live,source,code,days,since,band,verify",
    )
    assert rows["one"] == Sample(
        code="one", label="x, y", days=3, since=date(2025, 8, 25), live=True, band="high",
        source="https://example.org/law", verify="the date",
    )  # fmt: skip


def test_a_fact_is_frozen_and_shows_what_of_it_must_be_verified():
    rows = read("a,A,,,,,act,", "b,B,,,,,act,the date")
    assert rows["a"].mark == ""
    assert rows["b"].mark == "Verify before relying on it: the date"
    with pytest.raises(FrozenInstanceError):
        rows["a"].label = "changed"
    with pytest.raises(TypeError):
        rows["a"] = rows["b"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("a,A,,,,,,", "sample.csv, line 3: there is no source. Say where the fact comes from."),
        ("a,,,,,,act,", "sample.csv, line 3: there is no label. Fill in the label."),
        ("a,A,three,,,,act,", "sample.csv, line 3: the days is “three”. Write a whole number."),
        ("a,A,,25/08/2025,,,act,", "sample.csv, line 3: the since is “25/08/2025”. Write a date such as 2025-08-25."),
        ("a,A,,2025-02-30,,,act,", "sample.csv, line 3: the since is “2025-02-30”. Write a date such as 2025-08-25."),
        ("a,A,,,maybe,,act,", "sample.csv, line 3: the live is “maybe”. Write yes or no."),
        ("a,A,,,,middling,act,", "sample.csv, line 3: the band is “middling”. Write one of low, high."),
        ("ok,A,,,,,act,", "sample.csv, line 3: the code ok stands twice. Give the new row a code of its own."),
        ("a,A,,,,,act", "sample.csv, line 3: it has 7 cells where 8 are needed. Put a comma for each empty cell, "
                        "and quotation marks round words with a comma."),
        ('a,"A,,,,,act,', "sample.csv, line 3: its quotation marks do not match. Close every quotation mark, and "
                          "write one inside a cell twice."),
    ],
)  # fmt: skip
def test_a_bad_line_is_refused_by_name_with_its_cure(line: str, says: str):
    assert refusal("ok,Fine,,,,,act,", line) == says


def test_headings_that_are_not_the_fields_are_refused():
    assert refusal("a,A,,,,,act", headings="code,label,days,since,live,band,verify").startswith(
        "sample.csv, line 1: the headings lack source. The headings are code, "
    )
    assert "the heading colour is odd" in refusal(headings=HEADINGS + ",colour")


def test_an_empty_table_and_one_in_another_encoding_are_refused():
    assert "there is no row" in refusal()
    with pytest.raises(BadTable, match="line 2: it is not in UTF-8"):
        read_table("sample.csv", f"{HEADINGS}\na,\xa3,,,,,act,\n".encode("latin-1"), Sample)
