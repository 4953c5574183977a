"""Copies of a stranger's files with what must not leave kept back: functions of bytes, for a child behind walls.

With `folder` (of the engine's data) words in pictures are read and blacked out; without, what a picture shows stays
unread and only a named person can vouch for it.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

import msgspec

from joindots.documents.leaks.protected import Protected
from joindots.documents.pixels import opened, upright, words_seen
from joindots.documents.redaction.pages import joined, pdf, words_kept_back
from joindots.documents.redaction.pictures import picture
from joindots.documents.redaction.stripping import is_wrapped, strip
from joindots.documents.redaction.texts import spans, text
from joindots.evidence.readers.contents import type_of
from joindots.evidence.readers.pictures.written import written
from joindots.evidence.readers.problems import not_readable

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/heif"})
PDF = "application/pdf"
TEXT = "text/plain"
MAIL, PAGE = "message/rfc822", "text/html"
OFFICE = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")
SOUNDS = frozenset({"wav", "flac", "amr", "ogg", "mp3"})
"""Endings of recordings from which everything but their sound can be taken out."""
Boxes = list[tuple[str, tuple[int, int, int, int]]]


class Copy(msgspec.Struct, frozen=True):
    """A copy: its bytes, the ending that says its kind, how much of which kind was kept back, and whether anything in
    it could not be read by machine.
    """

    data: bytes
    ending: str
    counts: dict[str, int]
    unread: bool


def is_words(kind: str | None) -> bool:
    """Whether only the words of such a file are copied: mail, web pages, Office and OpenDocument files."""
    return kind in (MAIL, PAGE) or (kind or "").startswith(OFFICE)


def copy_of(data: bytes, protected: Protected, folder: str) -> Copy:
    """A new file with nothing of the first but what the eye sees (pictures, PDF), says (mail, pages, Office files) or
    sounds like. Behind walls only.
    """
    kind = type_of(data[:4096])
    if kind == PDF:
        return _pdf(data, protected, folder)
    if kind in PICTURES:
        return _picture(data, protected, folder)
    if kind == TEXT and not is_wrapped(plain := _decoded(data)):
        return _text(plain, protected)
    made = strip(data, protected)
    return Copy(made.data, made.suffix.removeprefix("."), {"other": made.count} if made.count else {}, made.unread)


def _decoded(data: bytes) -> str:
    """NotReadable where it is no text that can be told for sure."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise not_readable("no_text", "{name} is no plain text.", name="The file") from None


def _text(words: str, protected: Protected) -> Copy:
    kept = text(words, protected)
    return Copy(kept.text.encode(), "txt", _counted([one.kind for one in kept.spans]), False)


def _picture(data: bytes, protected: Protected, folder: str) -> Copy:
    """Read twice, as it is and with faint signs made dark, as the leak check reads it afterwards."""
    reads: list[Boxes] = []
    if folder:
        with opened(data) as source:
            reads = words_seen(upright(source), partial(_read, folder))
    said = (spans(" ".join(word for word, _ in read), protected, read=True) for read in reads)
    kinds = max(([str(one.kind) for one in found] for found in said), key=len, default=[])
    made = picture(data, joined([box for read in reads for box in words_kept_back(read, protected)]))
    ending = "jpg" if made[:3] == b"\xff\xd8\xff" else "png"
    return Copy(made, ending, _counted(kinds), not folder)


def _pdf(data: bytes, protected: Protected, folder: str) -> Copy:
    made = pdf(data, protected, partial(_read, folder) if folder else None)
    return Copy(made.data, "pdf", {"other": made.count} if made.count else {}, bool(made.unread))


def _read(folder: str, page: bytes) -> Boxes:
    return [(word.text, word.box) for word in written(page, folder).words]


def _counted(kinds: list[str]) -> dict[str, int]:
    return dict(Counter(kinds))
