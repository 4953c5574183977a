"""A dot: one dated fact about a case, with its source, certainty and sensitivity."""

from __future__ import annotations

from dataclasses import dataclass

from joindots.kernel.when import When


@dataclass(frozen=True, slots=True)
class Dot:
    """The small read model every part can give of what it holds, made for one reader.

    `kind` is a code of the part (`evidence.message`), `source` and `certainty` are words for people,
    `link` is a path in this service or empty. `count` is how many records stand behind it.
    """

    when: When
    kind: str
    summary: str
    source: str
    certainty: str
    sensitivity: str
    link: str = ""
    count: int = 1
