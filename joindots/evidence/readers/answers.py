"""The answers a person gave to the questions of a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

import msgspec

from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import QuestionName

NOT_SURE = "not_sure"


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer. `file` is the SHA-256 or the name of the file; null answers for every file."""

    question: QuestionName
    value: Any
    file: str | None = None
    about: str | None = None


class _Document(msgspec.Struct, frozen=True):
    answers: tuple[Answer, ...]


class Answers:
    """All answers of one reading, asked for by file and question."""

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        self.all = tuple(answers)

    @classmethod
    def from_json(cls, text: bytes) -> Answers:
        """Read `{"answers": [{"file": …, "question": …, "value": …}]}`; refuse anything else."""
        try:
            return cls(msgspec.json.decode(text, type=_Document).answers)
        except msgspec.MsgspecError as error:
            raise not_readable(
                "answers_form",
                "The answers file is not in the form expected: {error}. It must be JSON such as "
                "{example}, and a question is one of {names}.",
                error=error,
                example='{"answers": [{"file": "chat.txt", "question": "date_order", "value": "dmy"}]}',
                names=", ".join(get_args(QuestionName)),
            ) from None

    def to(self, source_sha256: str, source_name: str, question: QuestionName, about: str | None = None) -> Any:
        """The answer's value, or None while the question is open. The last answer counts.

        An answer without `about` answers every question of that name in the file.
        """
        found = None
        for answer in self.all:
            if answer.question != question or answer.file not in (None, source_sha256, source_name):
                continue
            if answer.about is None or answer.about == about:
                found = answer.value
        return found


NO_ANSWERS = Answers()
