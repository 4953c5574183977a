"""Packed files taken up again: the same bytes as the file itself, and nothing unpacked twice on the way forward."""

from __future__ import annotations

import io
import random
import zipfile
from typing import BinaryIO

from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers.members import MOST, Left
from joindots.evidence.readers.source import Source

DATA = random.Random(7).randbytes(300_000)
steps = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(("seek", "end", "read", "reopen")), st.integers(0, 320_000)),
    max_size=20,
)


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.bin", DATA)
    return out.getvalue()


SOURCE = Source.from_bytes("a.zip", packed())
INNER = SOURCE.inner(SOURCE.members[0])


@given(steps)
def test_streams_read_in_turn_give_what_the_file_holds(taken):
    streams = [(INNER.open(), io.BytesIO(DATA)) for _ in range(3)]
    for which, what, number in taken:
        ours, plain = streams[which]
        if what == "seek":
            assert ours.seek(number) == plain.seek(min(number, len(DATA)))
        elif what == "end":
            assert ours.seek(-min(number, len(DATA)), io.SEEK_END) == plain.seek(-min(number, len(DATA)), io.SEEK_END)
        elif what == "read":
            assert ours.read(number) == plain.read(number)
        else:
            ours.close()
            streams[which] = (INNER.open(), io.BytesIO(DATA))
        assert streams[which][0].tell() == streams[which][1].tell()


def test_going_on_behind_a_closed_stream_unpacks_nothing_anew():
    opened: list[BinaryIO] = []

    def count() -> BinaryIO:
        opened.append(io.BytesIO(DATA))
        return opened[-1]

    left = Left(count, len(DATA))
    for place in range(0, 200_000, 10_000):
        with left.open() as stream:
            stream.seek(place)
            assert stream.read(100) == DATA[place : place + 100]
    assert len(opened) == 1


def test_few_streams_wait():
    left = Left(lambda: io.BytesIO(DATA), len(DATA))
    streams = [left.open() for _ in range(8)]
    for place, stream in enumerate(streams):
        stream.seek(1000 * (8 - place))
        stream.read(10)
    for stream in streams:
        stream.close()
    assert len(left._waiting) == MOST


def test_a_packed_file_knows_its_hash_and_size():
    plain = Source.from_bytes("a.bin", DATA)
    assert (INNER.sha256, INNER.size, INNER.head) == (plain.sha256, plain.size, plain.head)
