"""Sets what a person takes with them: a plain sheet of notes, and a letter, each as a tagged PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from joindots.documents.typeset.printing import Printing
from joindots.documents.typeset.signs import for_page, visible


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its lines; `ticks` puts a box before each."""

    title: str
    lines: tuple[str, ...]
    ticks: bool = False


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter's lines in order."""

    to: tuple[str, ...]
    day: str
    title: str
    opening: tuple[str, ...]
    asks: tuple[str, ...]
    closing: tuple[str, ...]
    signed: tuple[str, ...]


LONGEST = 30_000
"""Signs of one line, so that nothing is cut."""


def notes_pdf(
    title: str, parts: Sequence[Part], at: datetime, scratch: Path, *, opening: Sequence[str] = (),
    closing: Sequence[str] = (),
) -> bytes:  # fmt: skip
    """A sheet whose title, metadata and foot say only `title`. `scratch` is a folder in memory."""
    data = {
        **_head(title), "title": title, "opening": _lines(opening), "closing": _lines(closing),
        "parts": [{"title": for_page(one.title), "lines": _lines(one.lines), "ticks": one.ticks} for one in parts],
    }  # fmt: skip
    return _pressed("notes", data, at, scratch)


def letter_pdf(letter: LetterText, at: datetime, scratch: Path) -> bytes:
    """A letter on plain paper. Its metadata hold its title and nothing of the case."""
    data = {
        **_head(letter.title), "foot": "", "to": _lines(letter.to), "day": letter.day,
        "title": for_page(letter.title), "opening": _lines(letter.opening), "asks": _lines(letter.asks),
        "closing": _lines(letter.closing), "signed": _lines(letter.signed),
    }  # fmt: skip
    return _pressed("letter", data, at, scratch)


def _head(title: str) -> dict[str, Any]:
    return {"plain_title": visible(title), "foot": for_page(title), "plain": False}


def _lines(texts: Sequence[str]) -> list[Any]:
    return [for_page(one, LONGEST) for one in texts]


def _pressed(name: str, data: dict[str, Any], at: datetime, scratch: Path) -> bytes:
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        printing = Printing(Path(folder) / "press", at.astimezone(UTC))
        try:
            printing.start(name, f"{name}.typ", data)
            printing.finish()
        finally:
            printing.stop()
        return printing.pressed(name).read_bytes()
