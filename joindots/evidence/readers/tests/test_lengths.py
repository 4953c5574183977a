"""How long a recording plays is what its container says; nonsense and damage say nothing and cost nothing."""

from __future__ import annotations

import io
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as some

from joindots.evidence.readers.lengths import READERS, length_of


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data) + 8, kind) + data


def mp4(seconds: int) -> bytes:
    head = struct.pack(">IIIII", 0, 0, 0, 600, seconds * 600) + bytes(80)
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"mdat", b"x" * 500) + box(b"moov", box(b"mvhd", head))


def wav(seconds: int) -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(2 * 8000 * seconds))
    return held.getvalue()


def opus(seconds: int) -> bytes:
    first = b"OggS\0\2" + bytes(20) + b"\1\x13" + b"OpusHead\1\1" + struct.pack("<HI", 312, 48_000) + bytes(3)
    return first + bytes(4000) + b"OggS\0\4" + struct.pack("<q", seconds * 48_000 + 312) + bytes(30)


def amr(seconds: int) -> bytes:
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * 50 * seconds


def mp3(seconds: int) -> bytes:
    frames = struct.pack(">I", round(seconds * 44_100 / 1152))
    return b"ID3\3\0\0\0\0\0\x0a" + bytes(10) + b"\xff\xfb\x90\x00" + bytes(32) + b"Xing\0\0\0\1" + frames + bytes(500)


@pytest.mark.parametrize("made", [mp4, wav, opus, amr, mp3])
@pytest.mark.parametrize("seconds", [1, 61])
def test_a_recording_plays_as_long_as_it_says(made, seconds: int) -> None:
    assert length_of(io.BytesIO(made(seconds))) == seconds


MARKS = (b"\0\0\0\x10ftyp", b"RIFF....WAVE", b"OggS", b"#!AMR\n", b"fLaC", b"ID3", b"\xff\xfb")


@given(some.sampled_from(MARKS), some.binary(max_size=300))
def test_nothing_in_a_file_breaks_the_look_at_its_length(mark: bytes, data: bytes) -> None:
    found = length_of(io.BytesIO(mark + data))
    assert found is None or found >= 1
    assert any(claims(mark.ljust(12, b".")) for claims, _ in READERS)


def test_a_length_that_no_recording_has_is_not_believed() -> None:
    assert length_of(io.BytesIO(mp4(40 * 24 * 3600))) is None
