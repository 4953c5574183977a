"""A sound recording without anything beside the sound: no names, places, times, pictures or programs.

Only forms whose every part is known are taken: WAV, FLAC, MP3, AMR and Ogg Opus (voice notes of most messengers).
What is said in the recording stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_LAYER_3 = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_AMR = {b"#!AMR\n": (12, 13, 15, 17, 19, 20, 26, 31, 5), b"#!AMR-WB\n": (17, 23, 32, 36, 40, 46, 50, 58, 60, 5)}


class _Strange(Exception):
    """Something in the file is of no kind known here."""


def sound(data: bytes) -> bytes:
    """The recording alone, in the form it has. The same bytes again for what is bare already.

    Raises `RuleBroken` for a form in which that cannot be done with certainty (M4A, video, a damaged file).
    """
    try:
        for begins, bare in _FORMS:
            if begins(data):
                return bare(data)
    except (_Strange, IndexError, ValueError):
        pass
    raise RuleBroken(
        words(
            "sound_refused",
            "Details of when, where and by whom this recording was made cannot be taken out of it with certainty. "
            "Save it as WAV or MP3 and use that copy, or leave it out and say in words what is heard.",
        )
    )


def is_bare(data: bytes) -> bool:
    """Whether this is a recording and nothing beside it."""
    try:
        return sound(data) == data
    except RuleBroken:
        return False


def _wav(data: bytes) -> bytes:
    """Its form and its samples. Whatever follows, or stands between, is left out."""
    kept = {name: body for name, body in _chunks(data) if name in (b"fmt ", b"data")}
    body = b"".join(
        name + len(kept[name]).to_bytes(4, "little") + kept[name] + b"\0" * (len(kept[name]) % 2)
        for name in (b"fmt ", b"data")
        if name in kept
    )
    if len(kept) != 2 or len(kept[b"fmt "]) not in (16, 18, 40):
        raise _Strange
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _flac(data: bytes) -> bytes:
    """Its form, and its frames up to a tag that some programs write behind them."""
    at, form = 4, b""
    while True:
        head = data[at]
        length = int.from_bytes(data[at + 1 : at + 4], "big")
        if head & 0x7F == 0:
            form = data[at + 4 : at + 4 + length]
        at += 4 + length
        if head & 0x80:
            break
    if len(form) != 34 or data[at : at + 1] != b"\xff":
        raise _Strange
    frames = data[at:]
    if frames[-128:-125] == b"TAG":
        frames = frames[:-128]
    if b"APETAGEX" in frames[-4096:]:
        raise _Strange
    return b"fLaC" + b"\x80\x00\x00\x22" + form + frames


def _mp3(data: bytes) -> bytes:
    """Its frames alone, without the one that names the program."""
    at, frames = _after_id3(data), []
    while at + 4 <= len(data):
        length = _frame(data[at : at + 4])
        if length is None:
            break
        frames.append(data[at : at + length])
        at += length
    rest = data[at:]
    if len(frames) < 2 or not (rest.strip(b"\0") == b"" or rest.startswith((b"TAG", b"APETAGEX", b"LYRICSBEGIN"))):
        raise _Strange
    named = any(mark in frames[0] for mark in (b"Xing", b"Info", b"VBRI", b"LAME"))
    return b"".join(frames[1:] if named else frames)


def _after_id3(data: bytes) -> int:
    at = 0
    while data[at : at + 3] == b"ID3":
        size = data[at + 6] << 21 | data[at + 7] << 14 | data[at + 8] << 7 | data[at + 9]
        at += 10 + size + (10 if data[at + 5] & 0x10 else 0)
        while data[at : at + 1] == b"\0":
            at += 1
    return at


def _frame(head: bytes) -> int | None:
    """Bytes of the frame with this head; None where it is none."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, fast = head[2] >> 4, head[2] >> 2 & 3
    if head[0] != 0xFF or head[1] < 0xE0 or layer != 1 or version == 1 or rate in (0, 15) or fast == 3:
        return None
    bits = _LAYER_3[version == 3][rate] * 1000
    return (144 if version == 3 else 72) * bits // _RATES[version][fast] + (head[2] >> 1 & 1)


def _amr(data: bytes) -> bytes:
    """Nothing but frames of known lengths can be in it."""
    mark = next(mark for mark in _AMR if data.startswith(mark))
    at = len(mark)
    while at < len(data):
        kind = data[at] >> 3 & 15
        if data[at] & 0x83:
            raise _Strange
        at += 1 + (_AMR[mark][kind] if kind < len(_AMR[mark]) else 0 if kind >= 14 else _unknown())
    if at != len(data):
        raise _Strange
    return data


def _unknown() -> int:
    raise _Strange


def _opus(data: bytes) -> bytes:
    """Its head, an empty list of tags, and its packets of sound, page by page."""
    pages = list(_ogg_pages(data))
    if not pages or not pages[0][1].startswith(b"OpusHead") or len({serial for serial, _, _ in pages}) != 1:
        raise _Strange
    after = 1
    while pages[after][2][26 + 1 :][-1:] == b"\xff":  # the tags go on over this page
        after += 1
    tags = b"OpusTags" + bytes(8)
    head = pages[0][1][:19]
    bare = [_ogg_page(2, bytes(8), 0, bytes([len(head)]), head), _ogg_page(0, bytes(8), 1, bytes([len(tags)]), tags)]
    for number, (_, body, header) in enumerate(pages[after + 1 :], start=2):
        bare.append(_ogg_page(header[5] & 5, header[6:14], number, header[27:], body))
    return b"".join(bare)


def _ogg_pages(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Serial, body and header of every page."""
    at = 0
    while at < len(data):
        count = data[at + 26]
        header = data[at : at + 27 + count]
        length = sum(header[27:])
        if header[:4] != b"OggS" or at + len(header) + length > len(data):
            raise _Strange
        yield header[14:18], data[at + len(header) : at + len(header) + length], header
        at += len(header) + length


def _ogg_page(flags: int, granule: bytes, number: int, lengths: bytes, body: bytes) -> bytes:
    head = b"OggS\0" + bytes([flags]) + granule + b"\1\0\0\0" + number.to_bytes(4, "little")
    tail = bytes([len(lengths)]) + lengths + body
    return head + _ogg_sum(head + bytes(4) + tail).to_bytes(4, "little") + tail


def _sums() -> list[int]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(value)
    return table


_OGG_SUMS = _sums()


def _ogg_sum(data: bytes) -> int:
    value = 0
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ _OGG_SUMS[value >> 24 ^ byte]
    return value


_FORMS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], bytes]], ...] = (
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WAVE", _wav),
    (lambda data: data[:4] == b"fLaC", _flac),
    (lambda data: data.startswith(tuple(_AMR)), _amr),
    (lambda data: data[:4] == b"OggS", _opus),
    (lambda data: data[:3] == b"ID3" or (len(data) > 4 and _frame(data[:4]) is not None), _mp3),
)
