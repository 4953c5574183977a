"""Small invented exports for the tests of the JSON readers, and what a reading of them gave."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.formats import Format
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.records import Attachment, Communication, Coverage, NotUnderstood, Question
from joindots.evidence.readers.source import Source


class Reading:
    """Everything a reader gave for one file, sorted by what it is."""

    def __init__(self, form: Format, source: Source, answers: Answers) -> None:
        self.items = list(form.read(source, answers, HashOnly()))
        self.messages = [one for one in self.items if isinstance(one, Communication)]
        self.unknown = [one for one in self.items if isinstance(one, NotUnderstood)]
        self.questions = [one for one in self.items if isinstance(one, Question)]
        self.attachments = [one for one in self.items if isinstance(one, Attachment)]
        self.coverage = [one for one in self.items if isinstance(one, Coverage)]

    def pointers(self) -> list[tuple[str | None, str]]:
        """Place and reason of whatever was not understood."""
        return [(one.place.pointer, one.why) for one in self.unknown]


def answered(**values: Any) -> Answers:
    """Answers for every file, such as `owner="Robin Testcase"`."""
    return Answers(Answer(question, value) for question, value in values.items())  # type: ignore[arg-type]


def source_of(value: Any, name: str = "result.json", **how: Any) -> Source:
    """A source from a value that becomes JSON, or from bytes as they are."""
    data = value if isinstance(value, bytes) else json.dumps(value, **how).encode("utf-8", "surrogatepass")
    return Source.from_bytes(name, data)


def reading(form: Format, value: Any, answers: Answers | None = None, name: str = "result.json", **how: Any) -> Reading:
    """What `form` gives for a value written as JSON (or for bytes, or for a source)."""
    source = value if isinstance(value, Source) else source_of(value, name, **how)
    return Reading(form, source, answers or Answers())


def zipped(name: str = "download.zip", **members: Any) -> Source:
    """A zip; keys are the members' paths, values become JSON unless they are bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, value in members.items():
            archive.writestr(path, value if isinstance(value, bytes) else json.dumps(value))
    return Source.from_bytes(name, packed.getvalue())
