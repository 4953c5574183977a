"""How the service looks at a picture: in a child behind walls, or not at all."""

from __future__ import annotations

import importlib.util
import sys
from functools import lru_cache
from pathlib import Path

import msgspec

from joindots.evidence.readers.pictures.small import Small, small
from joindots.evidence.readers.pictures.written import Box, Written, written
from joindots.evidence.readers.sandbox.limits import MIB, Limits
from joindots.evidence.readers.sandbox.parent import standing_walls
from joindots.evidence.readers.sandbox.running import run_named

MOST, LARGE = 480, 1_600
LIMITS = Limits(file=48 * MIB, memory=1536 * MIB, seconds=30, bytes_a_second=MIB, silence=60.0)
READS = msgspec.structs.replace(LIMITS, silence=240.0)
"""To read words takes seconds of a core in one go, and a minute where others are at work too."""
LANGUAGES = (
    Path(sys.prefix) / "share" / "tessdata",
    Path("/usr/share/tesseract-ocr/5/tessdata"),
    Path("/usr/share/tessdata"),
)
"""Where the engine's data may lie: the package's, Debian's, others'."""


def thumbnail(data: bytes) -> Small:
    """The picture, drawn anew, at most 480 points wide and high. NotReadable where it cannot or must not be opened."""
    return run_named("The picture", LIMITS, small, data, MOST)


@lru_cache(maxsize=1)
def engine() -> str:
    """The folder of the engine's data; empty where words of pictures cannot be read on this machine."""
    if importlib.util.find_spec("tesserocr") is None or not standing_walls().native:
        return ""
    return next((str(place) for place in LANGUAGES if (place / "eng.traineddata").exists()), "")


def read_words(data: bytes) -> Written | None:
    """What a picture shows in words, with boxes and how sure the engine is; None where there is no engine.

    A suggestion by a machine, in English letters: it is wrong in one word of twenty and more (measured on
    screenshots), so nothing may count it before a person has confirmed it. NotReadable where the picture cannot be
    opened.
    """
    folder = engine()
    return run_named("The picture", READS, written, data, folder) if folder else None


def words_of(data: bytes) -> list[tuple[str, Box]] | None:
    """Each word of a picture with its box (left, top, right, bottom; points of the upright picture); None: no engine.

    For a check of what a picture gives away. Whatever the engine does not find may be there all the same.
    """
    found = read_words(data)
    return None if found is None else [(word.text, word.box) for word in found.words]


def large(data: bytes) -> Small:
    """The picture, drawn anew, large enough to read what it says. NotReadable as for `thumbnail`."""
    return run_named("The picture", LIMITS, small, data, LARGE)
