"""What a file is by its content, whatever its name or its sender says."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

ENOUGH = 8_192
"""First bytes of a file that are looked at."""

_TEXTS = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"BEGIN:VCARD", "text/vcard"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"<?xml", "text/xml"),
    (b"<!doctype html", "text/html"),
    (b"<html", "text/html"),
    (b"<svg", "image/svg+xml"),
)
_BINARIES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"#!AMR", "audio/amr"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))


@lru_cache(maxsize=64)
def type_of(head: bytes) -> str | None:
    """The media type that the first bytes show; text/plain for readable text; None if they tell nothing."""
    if not head:
        return None
    for mark, kind in _BINARIES:
        if head.startswith(mark):
            return kind
    start = head[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, kind in _TEXTS:
        if start.startswith(mark.lower()):
            return "image/svg+xml" if kind == "text/xml" and b"<svg" in head[:1024] else kind
    if _is_text(head[:ENOUGH]):
        return "text/plain"
    return _library()(head[:ENOUGH])


@cache
def _library() -> Callable[[bytes], str | None]:
    """The library of all other types; loading it takes as long as reading hundreds of mails."""
    import filetype

    guess: Callable[[bytes], str | None] = filetype.guess_mime  # the library gives no types
    return guess


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if head.translate(None, _CONTROLS) != head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut in the middle of a letter is still text; a few stray bytes are an older charset's letters.
        return error.start > len(head) - 4 or sum(byte > 127 for byte in head) * 4 < len(head)
    return True
