"""A file's questions as the page asks them, and the answers that come back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django.http import QueryDict

from joindots.evidence.readers.answers import NOT_SURE, Answer
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Candidate, Question
from joindots.evidence.readers.tables.columns import MEANINGS, from_answer, kind_of_answer

NAMES = {
    "dmy": ("Day first", "03/04 is 3 April"),
    "mdy": ("Month first", "03/04 is 4 March"),
    "ymd": ("Year, month, day", ""),
    "ydm": ("Year, day, month", ""),
    "first": ("The first time round", "before the clocks went back"),
    "second": ("The second time round", "after the clocks went back"),
    "yes": ("Yes", ""),
    "no": ("No", ""),
    "as_shown": ("Yes, as shown", ""),
    "swapped": ("No, swapped", ""),
}
FREE = {"zone": "Or another time zone, such as Europe/Madrid"}
SEVERAL, BY_COLUMN = "their_payments", "columns"
WORDS = {
    BY_COLUMN: "What does each column of this table hold?",
    SEVERAL: "Which of these paid in on behalf of the person doing this? Choose all of them. Payments by others, "
    "payments out and balances are then left out of the records.",
}
KINDS = {"incidents": "A log of incidents", "calls": "A list of calls", "bank": "A bank statement"}
NONE = "none_of_them"
NOT_SURE_CHOICE = (NOT_SURE, "I’m not sure", "It is kept as not known.")
NONE_CHOICE = (NONE, "None of them", "")
NOT_CHOSEN = "Choose an answer, or “I’m not sure”."
NO_ZONE = "{zone} is not a time zone known here. Use a name such as Europe/London or Europe/Madrid."
TWICE = "Two columns cannot both hold the same thing. Choose each meaning once."
MODES = re.compile(r" \((?:dmy|mdy)\)")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    value: str
    name: str
    why: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, with an example from it and the meaning chosen so far."""

    number: int
    heading: str
    example: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the page. `free` is the label of a field for other words, or empty."""

    number: int
    words: str
    example: str
    kind: str
    choices: tuple[Choice, ...]
    columns: tuple[Column, ...]
    free: str
    written: str
    error: str

    @property
    def meanings(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """What a column can hold, by kind of table."""
        return tuple((KINDS[kind], tuple(told.items())) for kind, told in MEANINGS.items())


@dataclass(frozen=True, slots=True)
class Given:
    """The answers that came back, and a sentence for each question whose answer does not fit."""

    answers: tuple[Answer, ...]
    errors: Mapping[int, str]


class Unfit(Exception):
    """An answer that does not fit its question, in a sentence."""


def shown(questions: Sequence[Question], post: QueryDict, errors: Mapping[int, str]) -> tuple[Asked, ...]:
    """The questions with choices in words, "I'm not sure" last in each; what was chosen before stays chosen."""
    return tuple(_asked(number, one, post, errors.get(number, "")) for number, one in enumerate(questions))


def value_says(value: str) -> str:
    """An answer in words."""
    return NAMES.get(value, (value, ""))[0]


def _asked(number: int, one: Question, post: QueryDict, error: str) -> Asked:
    details = {candidate.value: candidate for candidate in one.details}
    chosen = post.getlist(f"q{number}")
    kind = "checkbox" if one.question == SEVERAL else "radio"
    choices: list[Choice] = []
    columns: tuple[Column, ...] = ()
    if one.question == BY_COLUMN:
        said = {heading: detail.says for heading, detail in details.items()}
        columns = tuple(
            Column(place, heading, said.get(heading, ""), post.get(f"c{number}_{place}", ""))
            for place, heading in enumerate(one.candidates)
        )
    else:
        choices = [_choice(value, details.get(value), chosen) for value in one.candidates]
        choices += [Choice(*NONE_CHOICE, NONE in chosen)] if one.question == SEVERAL else []
    choices.append(Choice(*NOT_SURE_CHOICE, NOT_SURE in chosen))
    words = MODES.sub("", WORDS.get(one.question, one.words))
    free, written = FREE.get(one.question, ""), post.get(f"t{number}", "")[:60]
    return Asked(number, words, one.example, kind, tuple(choices), columns, free, written, error)


def _choice(value: str, detail: Candidate | None, chosen: Sequence[str]) -> Choice:
    name, why = NAMES.get(value, (value, ""))
    if detail:
        records = f"{detail.count:,} {'record' if detail.count == 1 else 'records'}" if detail.count else ""
        parts = [records if "payment" not in detail.says else "", detail.says]
        parts += [f"{detail.first} to {detail.last}" if detail.first and detail.last else ""]
        why = ", ".join(part for part in parts if part) or why
    return Choice(value, name, why, value in chosen)


def given(post: QueryDict, questions: Sequence[Question], *, needed: bool = True) -> Given:
    """The answers chosen; a question left alone stays open, and what is no choice of it is passed over.

    `needed`: no answer at all is a mistake.
    """
    answers, errors = [], {}
    for number, one in enumerate(questions):
        try:
            value = _value(one, post, number)
        except Unfit as unfit:
            errors[number] = str(unfit)
            continue
        if value is not None:
            answers.append(Answer(one.question, value, None, one.about))
    if needed and not answers and not errors and questions:
        errors = {0: NOT_CHOSEN}
    return Given(tuple(answers), errors)


def _value(one: Question, post: QueryDict, number: int) -> Any:
    chosen = post.getlist(f"q{number}")
    if NOT_SURE in chosen:
        return NOT_SURE
    if one.question == BY_COLUMN:
        return _columns(one, post, number)
    kept = [value for value in chosen if value in one.candidates]
    if one.question == SEVERAL:
        return kept or ([] if NONE in chosen else None)
    written = post.get(f"t{number}", "").strip()[:60]
    if written and one.question in FREE:
        if written not in available_timezones():
            raise Unfit(NO_ZONE.format(zone=written))
        return written
    return kept[0] if kept else None


def _columns(one: Question, post: QueryDict, number: int) -> dict[str, str] | None:
    """Heading by meaning, as the person chose them; whether that is enough, the reader's own rule says."""
    told: dict[str, str] = {}
    for place, heading in enumerate(one.candidates):
        meaning = post.get(f"c{number}_{place}", "")
        if meaning in told:
            raise Unfit(TWICE)
        if any(meaning in known for known in MEANINGS.values()):
            told[meaning] = heading
    if not told:
        return None
    try:
        from_answer(told, kind_of_answer(told), one.candidates, one.name)
    except NotReadable as refusal:
        raise Unfit(str(refusal)) from None
    return told
