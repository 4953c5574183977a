"""The fields of a header, of a mail or of one of its parts, from sound and from damaged bytes."""

from __future__ import annotations

import re
from functools import lru_cache

Fields = dict[str, list[str]]
"""Header fields by lower-case name, in order, unfolded; a raw 8-bit byte stands as its Latin-1 character."""

Mark = tuple[int, bool]
"""The level of the container whose boundary line this is, and whether the line closes it."""

SHORT = 256
MOST_NAMES = 2_000

_WELL_FORMED = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\n]*(?:\n|\Z)(?:[ \t][^\n]*(?:\n|\Z))*+)*+")
_NAME = re.compile(r"[!-9;-~]{1,1000}[ \t]*")
_FOLD = re.compile(r"\n(?=[ \t])")
_ENVELOPE = re.compile(rb">?From [^\n]*(?:\n|\Z)")
_SENDER = re.compile(rb"(?im)^from[ \t]*:")


class Marks(dict[bytes, list[Mark]]):
    """The boundary lines that may come; `needle` is what all of them begin with, the line end before included."""

    needle = b"\n--"


def belongs(line: bytes, marks: Marks | None, first: bool) -> bool:
    """Whether a line can be part of a header."""
    if line[:1] in (b" ", b"\t"):
        return True
    if marks and line.startswith(b"--") and line.rstrip(b" \t\r\n") in marks:
        return False
    return bool(_WELL_FORMED.fullmatch(line)) or (first and bool(_ENVELOPE.match(line)))


def parse_header(block: bytes, marks: Marks | None = None) -> tuple[Fields, int]:
    """The fields of a header block without its blank line, and how many of its bytes they took.

    Headers of parts repeat from mail to mail, so the short ones are kept: they are only to be read.
    """
    fields = _part_fields(block) if marks and len(block) < SHORT else _fields(block.decode("latin-1"))
    if fields is not None:
        return fields, len(block)
    start = 0
    if block.startswith((b"From ", b">From ")) and (envelope := _ENVELOPE.match(block)):
        start = envelope.end()
    match = _WELL_FORMED.match(block, start)
    used = match.end() if match else start
    if marks and b"--" in block:
        used = _stop_at_boundary(block, marks, used)
    fields = _fields(block[start:used].decode("latin-1"), strict=False) or {}
    if used < len(block) and not marks and "from" not in fields and _SENDER.search(block, used):
        return _fields(_without_odd_lines(block[start:]).decode("latin-1"), strict=False) or {}, len(block)
    return fields, used


def _stop_at_boundary(block: bytes, marks: Marks, used: int) -> int:
    at = 0
    while at < used:
        end = block.find(b"\n", at) + 1 or used
        if block.startswith(b"--", at) and block[at:end].rstrip(b" \t\r\n") in marks:
            return at
        at = end
    return used


def _without_odd_lines(block: bytes) -> bytes:
    """A header with a damaged line in its midst, before its From: that line becomes a continuation."""
    lines = block.splitlines(keepends=True)
    return b"".join(line if belongs(line, None, first=False) else b"\t" + line for line in lines)


def _fields(text: str, *, strict: bool = True) -> Fields | None:
    """The fields; None if a line is no field and `strict` forbids to pass over it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub("", text)
    fields: Fields = {}
    names = _NAMES
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        name = names[name]
        if not colon or not name:
            if line and strict:
                return None
        elif name in fields:
            fields[name].append(value.strip())
        else:
            fields[name] = [value.strip()]
    return fields


@lru_cache(maxsize=512)
def _part_fields(block: bytes) -> Fields | None:
    return _fields(block.decode("latin-1"))


class _Names(dict[str, str]):
    """Field names as they stand, by which they are in lower case; empty if one is none, or might be a boundary line."""

    def __missing__(self, name: str) -> str:
        found = name.rstrip().lower() if _NAME.fullmatch(name) and not name.startswith("--") else ""
        if len(self) < MOST_NAMES and len(name) < SHORT:
            self[name] = found
        return found


_NAMES = _Names()
