"""How much a reader may use: memory, time, and what it may send back."""

from __future__ import annotations

import msgspec

MIB = 1 << 20


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of one reading. Sizes in bytes, times in seconds; time and output grow with the file.

    A hostile file can cost `seconds` of one core and `memory` at most, whatever it holds.
    """

    file: int = 4 << 30
    memory: int = 1 << 30
    """Address space, of which a reader's own peak is a part."""
    seconds: int = 60
    bytes_a_second: int = MIB // 2
    """The slowest pace allowed to a large file, on top of `seconds`."""
    silence: float = 60.0
    """Longest wait for the next word of the child."""
    output: int = 256 * MIB
    output_ratio: int = 100
    """Records may take `output` and this many times the file's size."""
    media: int = 20 << 30
    frame: int = 64 * MIB
    """Largest single message, so the largest single record."""

    def cpu_seconds(self, size: int) -> int:
        """Processor seconds for a file of `size` bytes."""
        return self.seconds + size // self.bytes_a_second

    def output_bytes(self, size: int) -> int:
        """Bytes of records that a file of `size` bytes may give."""
        return self.output + self.output_ratio * size
