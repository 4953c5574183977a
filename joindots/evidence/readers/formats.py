"""The formats that can be read, in the order in which a file is offered to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.records import Item
from joindots.evidence.readers.source import Source


class MediaSink(Protocol):
    """Takes each file found inside a source, as a stream, and gives back its SHA-256 and size."""

    def keep(self, name: str, stream: BinaryIO) -> tuple[str, int]:
        """Read `stream` to its end."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. `claims` looks at name, head and members only; `read` yields every item.

    Communications come in the file's own order; questions may come anywhere; coverage comes last.
    `version` rises when the same bytes give other records than before. A format that hands the
    file to a large decoder outside Python (of pictures, say) marks itself `native`: without a wall
    around the reader it is not offered the file, which is then only kept (see `reading.claim`).
    """

    name: str
    says: str
    claims: Callable[[Source], bool]
    read: Callable[[Source, Answers, MediaSink], Iterator[Item]]
    version: str = "1"
    native: bool = False
