"""The sealed file store: whole or not at all, seekable, noise on the disk."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joindots.vault.files import CHUNK, Sealer, open_file
from joindots.vault.sealing import SealBroken

SIZES = st.sampled_from([0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])


@given(SIZES, st.lists(st.integers(1000, CHUNK), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_sealed_file_reads_back_byte_for_byte_however_it_was_written(size: int, pieces: list[int]) -> None:
    data = os.urandom(size)
    sealer, stream = Sealer(), io.BytesIO(data)
    for step in range(10_000):
        if not (piece := stream.read(pieces[step % len(pieces)])):
            break
        sealer.write(piece)
    sealed = sealer.close()
    assert (sealed.size, sealed.sha256) == (size, hashlib.sha256(data).hexdigest())
    with open_file(sealed.path, sealed.key, size) as opened:
        assert opened.read() == data
        opened.seek(size // 2)
        assert opened.read(10) == data[size // 2 : size // 2 + 10]
    sealed.path.unlink()


@pytest.mark.parametrize("harm", ["cut", "bit", "grown", "swapped"])
def test_a_stored_file_that_was_altered_does_not_open(harm: str) -> None:
    sealer = Sealer()
    sealer.write(os.urandom(2 * CHUNK + 5))
    sealed = sealer.close()
    data = bytearray(sealed.path.read_bytes())
    half = CHUNK + 16
    altered = {
        "cut": data[:-21],
        "bit": data[:10] + bytes([data[10] ^ 1]) + data[11:],
        "grown": data + b"x",
        "swapped": data[half : 2 * half] + data[:half] + data[2 * half :],
    }[harm]
    Path(sealed.path).write_bytes(altered)
    with pytest.raises(SealBroken), open_file(sealed.path, sealed.key, sealed.size) as opened:
        opened.read()
    sealed.path.unlink()


def test_what_lies_on_the_disk_holds_no_readable_word() -> None:
    sealer = Sealer()
    sealer.write(b"Maya lives at 9 Larch Close " * 50)
    sealed = sealer.close()
    assert b"Larch" not in sealed.path.read_bytes()
    assert sealed.path.stat().st_mode & 0o077 == 0
    sealed.path.unlink()
