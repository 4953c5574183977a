"""A file's questions as the page asks them, and the answers that come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from joindots.evidence.readers.answers import NOT_SURE, Answer
from joindots.evidence.readers.records import Candidate, Question

NAMES = {
    "dmy": ("Day first", "03/04 is 3 April"),
    "mdy": ("Month first", "03/04 is 4 March"),
    "ymd": ("Year, month, day", ""),
    "ydm": ("Year, day, month", ""),
    "first": ("The first time round", "before the clocks went back"),
    "second": ("The second time round", "after the clocks went back"),
    "yes": ("Yes", ""),
    "no": ("No", ""),
}
FREE = {"zone": "Name of the time zone, such as Europe/Madrid"}
NOT_SURE_CHOICE = (NOT_SURE, "I’m not sure", "It is kept as not known.")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    value: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the page. `free` is the label of a field for other words, or empty."""

    number: int
    words: str
    example: str
    kind: str
    choices: tuple[Choice, ...]
    free: str


def shown(questions: Sequence[Question]) -> tuple[Asked, ...]:
    """The questions with choices in words, "I'm not sure" last in each."""
    return tuple(_asked(number, one) for number, one in enumerate(questions))


def _asked(number: int, one: Question) -> Asked:
    details = {candidate.value: candidate for candidate in one.details}
    choices = [_choice(value, details.get(value)) for value in one.candidates]
    kind = "checkbox" if one.question == "their_payments" else "radio"
    return Asked(
        number, one.words, one.example, kind, (*choices, Choice(*NOT_SURE_CHOICE)), FREE.get(one.question, "")
    )


def _choice(value: str, detail: Candidate | None) -> Choice:
    name, why = NAMES.get(value, (value, ""))
    if detail:
        parts = [f"{detail.count:,} records" if detail.count else "", detail.says]
        parts += [f"{detail.first} to {detail.last}" if detail.first and detail.last else ""]
        why = ", ".join(part for part in parts if part)
    return Choice(value, name, why)


def answers_given(post: QueryDict, questions: Sequence[Question]) -> tuple[Answer, ...]:
    """The answers chosen; a question left alone stays open, and what is no choice of it is passed over."""
    given = []
    for number, one in enumerate(questions):
        value = _value(one, post.getlist(f"q{number}"), post.get(f"t{number}", "").strip())
        if value is not None:
            given.append(Answer(one.question, value, None, one.about))
    return tuple(given)


def _value(one: Question, chosen: list[str], written: str) -> str | list[str] | None:
    kept = [value for value in chosen if value in (*one.candidates, NOT_SURE)]
    if one.question == "their_payments" and kept and NOT_SURE not in kept:
        return kept
    if kept:
        return kept[0]
    return written[:60] if written and one.question in FREE else None
