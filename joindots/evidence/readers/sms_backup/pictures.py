"""Decodes the pictures, sounds and other files inside a message and hands them on as they stream by."""

from __future__ import annotations

import binascii
import io
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from joindots.evidence.readers.sms_backup.elements import Element, Elements, NotWellFormed
from joindots.evidence.readers.sms_backup.scan import Data

if TYPE_CHECKING:
    from joindots.evidence.readers.formats import MediaSink

_WHITE = b" \t\r\n"
NONE = ("", "null")
"""What the app writes where there is nothing."""


HELD = 4 << 20
"""Bytes decoded before a sink hears of a file, so that a damaged one of ordinary size is never handed on."""


class NotBase64(ValueError):
    """The value is not base64."""


class Picture(NamedTuple):
    """One file inside a message: what it was kept as, or no hash if it could not be decoded."""

    name: str
    sha256: str | None
    size: int | None
    byte: int
    length: int
    line: int


class Pictures:
    """Takes each `data` value from the scanner and hands the decoded file to the sink."""

    def __init__(self, media: MediaSink, elements: Elements) -> None:
        self._media = media
        self._elements = elements
        self.taken: list[Picture] = []

    def take(self, data: Data) -> str:
        """Keep one file; gives its number in `taken`, or nothing where there is no file."""
        seen = _Counted(data.chunks)
        start = b""
        while len(start) <= len(b"null") and (chunk := next(seen, b"")):
            start += chunk
        if start.strip() in (b"", b"null"):
            return ""
        name = self._name(data.head)
        sha256: str | None = None
        size: int | None = None
        try:
            sha256, size = self._keep(name, decoded(chain((start,), seen)))
        except NotBase64:
            for _ in seen:
                pass
        if not data.closed():
            sha256 = size = None
        self.taken.append(Picture(name, sha256, size, data.byte, seen.length, data.line))
        return str(len(self.taken) - 1)

    def _keep(self, name: str, chunks: Iterator[bytes]) -> tuple[str, int]:
        held: list[bytes] = []
        size = 0
        for chunk in chunks:
            held.append(chunk)
            size += len(chunk)
            if size > HELD:
                break
        else:
            return self._media.keep(name, io.BytesIO(b"".join(held)))
        stream = _Decoded(chain(held, chunks))
        kept = self._media.keep(name, io.BufferedReader(stream))
        if stream.failed:
            raise NotBase64
        return kept

    def clear(self) -> list[Picture]:
        """The files taken since the last call; counting starts again."""
        taken, self.taken = self.taken, []
        return taken

    def _name(self, head: bytes) -> str:
        try:
            part, _ = self._elements.element(head + head[-1:] + b"/>")
        except NotWellFormed:
            return "attachment"
        return name_of(part) or "attachment"


def name_of(part: Element) -> str | None:
    """The file's name: its content location, else file name, else name, else its content id."""
    for attribute in ("cl", "fn", "name", "cid"):
        value = part.attributes.get(attribute, "")
        if value not in NONE:
            return value
    return None


def decoded(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Base64 to bytes, chunk by chunk; white space and written line breaks are passed over."""
    left = b""
    ended = False
    for chunk in chunks:
        text = left + chunk if left else chunk
        if b"\n" in text or b" " in text or b"\r" in text or b"\t" in text:
            text = text.translate(None, _WHITE)
        if b"&" in text:
            text = text.replace(b"&#10;", b"").replace(b"&#13;", b"")
        whole = len(text) // 4 * 4
        if (reference := text.find(b"&")) >= 0:  # a written line break cut in two by the chunk's edge
            if len(text) - reference > len(b"&#10;"):
                raise NotBase64
            whole = reference // 4 * 4
        text, left = text[:whole], text[whole:]
        if not text:
            continue
        if ended:
            raise NotBase64
        ended = text.endswith(b"=")
        try:
            yield binascii.a2b_base64(text, strict_mode=True)
        except binascii.Error:
            raise NotBase64 from None
    if left:
        raise NotBase64


class _Counted:
    """Counts the bytes that went by."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.length = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = next(self._chunks)
        self.length += len(chunk)
        return chunk


class _Decoded(io.RawIOBase):
    """Chunks of bytes as a file to be read. Where they turn out damaged it ends, and has `failed`.

    It does not raise: a sink may be talking to another process and must be able to finish its sentence.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._ready = memoryview(b"")
        self.failed = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        into = memoryview(buffer)  # type: ignore[arg-type]  # typed as Buffer only from 3.12 on
        while not self._ready:
            try:
                self._ready = memoryview(next(self._chunks))
            except StopIteration:
                return 0
            except NotBase64:
                self.failed = True
                return 0
        count = min(len(into), len(self._ready))
        into[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count
