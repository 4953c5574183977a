"""The bytes of one record as they stand in its file, as text: what a reader made of them can be held against them."""

from __future__ import annotations

from typing import BinaryIO

from joindots.evidence.readers.source import Source

MOST = 16_384
"""Bytes that are shown of one record; a mail with its attachments may have many millions."""
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def stood_in(stream: BinaryIO, byte: int, length: int) -> str:
    """The text of a span of a file, at most `MOST` bytes of it; empty where the bytes are no text.

    Letters are told by the file's own mark, else UTF-8, else those of a western PC. A piece that is cut off at its end
    loses a half letter and nothing else.
    """
    mark = stream.read(2)
    stream.seek(byte)
    data = stream.read(min(length, MOST))
    coding = next((name for sign, name in _MARKS if mark == sign), "")
    if coding:
        return data.decode(coding, "replace").lstrip("\ufeff").rstrip("\ufffd\r\n")
    if b"\0" in data:
        return ""
    if length > len(data):
        data = data[: len(data) - _half_letter(data)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return text.rstrip("\r\n")


def stood_in_member(source: Source, member: str, byte: int, length: int) -> str:
    """The same of a file in an archive, or in an archive in it (`outer.zip/_chat.txt`); empty where there is none."""
    names = {one.name: one for one in source.members}
    if member in names:
        with source.open_member(member) as stream:
            return stood_in(stream, byte, length)
    outer = next((name for name in names if member.startswith(f"{name}/")), None)
    if outer is None:
        return ""
    return stood_in_member(source.inner(names[outer], source.sha256), member.removeprefix(f"{outer}/"), byte, length)


def _half_letter(data: bytes) -> int:
    """How many bytes at the end begin a letter of UTF-8 that goes on."""
    for back in range(1, min(4, len(data)) + 1):
        first = data[-back]
        if first >= 0xC0:
            return back if back < 2 + (first >= 0xE0) + (first >= 0xF0) else 0
        if first < 0x80:
            return 0
    return 0
