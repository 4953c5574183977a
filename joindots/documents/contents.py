"""What a chronology pack holds, as plain data: the maker of the data decides, this part only sets it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import BinaryIO, Literal

Mark = Literal["exact", "about", "believed"]
"""How the certainty is underlined: solid, dashed or dotted; the words stand beside it always."""
Cell = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered entry. `words` are somebody's own and are set off as such; all other text is ours.

    `heading` is the month (or "Time not known"), `messages` the first and last message number in the
    annex, `exhibits` the numbers in the exhibits list.
    """

    number: int
    heading: str
    when: str
    title: str
    kind: str = ""
    certainty: str = ""
    mark: Mark = "exact"
    words: str = ""
    lines: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    exhibits: tuple[int, ...] = ()
    messages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the annex. `heading` is given on the first message of an entry and empty after it."""

    number: int
    entry: int
    when: str
    who: str
    words: str
    note: str = ""
    source: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file by its bytes. Without `open` it is listed and not enclosed, and `why_not` says why.

    `link_from` names a file that may be linked instead of copied (one that nothing will ever change). With `ending`
    it lies in the pack under its number alone (`exhibits/007.png`), whatever its name.
    """

    number: int
    name: str
    sha256: str
    size: int
    says: str = ""
    open: Callable[[], BinaryIO | FileIO] | None = None
    link_from: Path | None = None
    why_not: str = ""
    ending: str = ""


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One step of a file's custody, as a dated sentence. `marks`: the number and digest of its entry in the trail."""

    when: str
    says: str
    marks: str = ""


@dataclass(frozen=True, slots=True)
class CustodyPart:
    """The custody of one file, exhibit or pack, or of the case's records together."""

    title: str
    about: str = ""
    lines: tuple[CustodyLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CustodyStatement:
    """Who received, looked at, copied and handed on what, and when; `sheet` is the same as a table, in CSV."""

    title: str
    opening: str
    parts: tuple[CustodyPart, ...] = ()
    closing: tuple[str, ...] = ()
    sheet: bytes = b""
    reference: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One file as it was given, and what was found in it."""

    name: str
    sha256: str
    size: int
    says: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """What one source could show: channel, period and limits, each in words."""

    source: str
    channel: str
    period: str
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """One figure with what it is a part of. `of` is None for a whole."""

    says: str
    count: int
    of: int | None = None
    of_says: str = ""


@dataclass(frozen=True, slots=True)
class ChronologyDocument:
    """All of one chronology. `messages` and `rows` may be generators: each is read once, in order.

    Every row has the keys named in `columns`; the table and the JSON hold the same rows. `values` goes
    into the JSON as it is (coverage, questions: whatever the maker wants kept beside the rows). With a `recipient`
    this is a paper for disclosure: every page says for whom, exhibits are copies made for it, and `kept_back` says
    how much of each kind is not in it.
    """

    title: str
    opening: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    messages: Iterable[Message] = ()
    rows: Iterable[Mapping[str, Cell]] = ()
    about: tuple[str, ...] = ()
    reference: str = ""
    state: str = ""
    counts: tuple[Count, ...] = ()
    counted: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    coverage: tuple[CoverageLine, ...] = ()
    cannot_show: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    recipient: str = ""
    kept_back: tuple[Count, ...] = ()
    custody: CustodyStatement | None = None
