"""Copies of a stranger's files with what must not leave kept back: functions of bytes, for a child behind walls.

With `folder` (of the engine's data) words in pictures are read and blacked out; without, what a picture shows stays
unread and only a named person can vouch for it.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from joindots.documents.leaks.protected import Protected
from joindots.documents.redaction.pages import pdf, words_kept_back
from joindots.documents.redaction.pictures import picture
from joindots.documents.redaction.texts import spans, text
from joindots.evidence.readers.contents import type_of
from joindots.evidence.readers.pictures.written import written
from joindots.evidence.readers.problems import not_readable

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/heif"})
PDF = "application/pdf"
TEXT = "text/plain"
Boxes = list[tuple[str, tuple[int, int, int, int]]]


class Copy(msgspec.Struct, frozen=True):
    """A copy: its bytes, the ending that says its kind, how much of which kind was kept back, and whether anything in
    it could not be read by machine.
    """

    data: bytes
    ending: str
    counts: dict[str, int]
    unread: bool


def copy_of(data: bytes, protected: Protected, folder: str) -> Copy:
    """A new file made from a picture or PDF, with nothing of the first but what the eye sees. Behind walls only."""
    return _pdf(data, protected, folder) if type_of(data[:4096]) == PDF else _picture(data, protected, folder)


def text_copy(data: bytes, protected: Protected) -> Copy:
    """Plain text without the protected words. NotReadable where it is no text that can be told for sure."""
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise not_readable("no_text", "{name} is no plain text.", name="The file") from None
    kept = text(words, protected)
    return Copy(kept.text.encode(), "txt", _counted([one.kind for one in kept.spans]), False)


def _picture(data: bytes, protected: Protected, folder: str) -> Copy:
    read: Boxes = [(word.text, word.box) for word in written(data, folder).words] if folder else []
    said = spans(" ".join(word for word, _ in read), protected)
    made = picture(data, words_kept_back(read, protected))
    ending = "jpg" if made[:3] == b"\xff\xd8\xff" else "png"
    return Copy(made, ending, _counted([one.kind for one in said]), not folder)


def _pdf(data: bytes, protected: Protected, folder: str) -> Copy:
    def read(page: bytes) -> Boxes:
        return [(word.text, word.box) for word in written(page, folder).words]

    made = pdf(data, protected, read if folder else None)
    return Copy(made.data, "pdf", {"other": made.count} if made.count else {}, bool(made.unread))


def _counted(kinds: list[str]) -> dict[str, int]:
    return dict(Counter(kinds))
