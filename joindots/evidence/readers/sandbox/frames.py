"""The talk between parent and child: frames of one kind byte, a length and a payload, over one pipe.

Child to parent: `WALLS`, `FORMAT`, `READ` (offset and length; answered), `ITEMS` (a batch), `LINES`
(records as lines of JSON) and `COUNTS` (of those),
`MEDIA` (name), `BYTES`, `KEPT` (ends the media; answered), `RESULT` (of a call), `REFUSED`, `END`.
Parent to child: `START`, then one `REPLY` to each frame that is answered; for a call, `CALL` after `START`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, Final

import msgspec

HEAD: Final = struct.Struct("!cI")
SPAN: Final = struct.Struct("!QI")
WALLS, FORMAT, READ, ITEMS, LINES, COUNTS = b"W", b"F", b"R", b"I", b"L", b"C"
MEDIA, BYTES, KEPT = b"M", b"B", b"K"
CALL, RESULT = b"O", b"V"
REFUSED, END = b"X", b"Z"
START, REPLY = b"S", b"A"


class Start(msgspec.Struct, frozen=True):
    """What the child is told: nothing but the file's name, hash and size, and the answers."""

    name: str
    sha256: str
    size: int
    answers: tuple[tuple[str, Any, str | None, str | None], ...]
    send_media: bool
    as_lines: bool
    memory: int
    cpu_seconds: int
    show_tracebacks: bool
    as_rows: bool = False
    """The rows of a table and nothing else, whatever they hold: for other uses than evidence."""
    yields: int = 0
    """How far the child steps back behind other programs of the machine (as `nice` counts it)."""
    operation: str = ""
    """`module:function` to call instead of reading a file (`running.py`)."""
    native: bool = False
    """The operation hands the bytes to decoders outside Python: nothing is called where that is not safe."""
    span: tuple[str, int, int] | None = None
    """The text of one span of one file inside an archive and nothing else: its name, first byte and length."""


class Call(msgspec.Struct, frozen=True, array_like=True):
    """What an operation is given: bytes, and its other arguments, each as MessagePack."""

    data: bytes
    arguments: tuple[bytes, ...]
    named: dict[str, bytes]


class FormatNote(msgspec.Struct, frozen=True):
    """Which format claimed the file."""

    name: str
    says: str
    version: str


class Refusal(msgspec.Struct, frozen=True):
    """A NotReadable on its way through the pipe. `trace` is empty unless a developer asked for it."""

    code: str
    text: str
    values: tuple[tuple[str, str], ...]
    trace: str = ""


class Broken(Exception):
    """The other side is gone, or does not speak in frames."""


class TooSlow(Exception):
    """The other side is silent for too long, or has kept us waiting too long in all."""


class Pipe:
    """Whole frames over a byte stream. `write` sends all; `read_into` fills a part and gives its length."""

    def __init__(self, write: Callable[[bytes | memoryview], None], read_into: Callable[[memoryview], int]) -> None:
        self._write = write
        self._read_into = read_into

    def send(self, kind: bytes, payload: bytes | bytearray | memoryview = b"") -> None:
        """Send one frame; small ones in one go."""
        head = HEAD.pack(kind, len(payload))
        if len(payload) < 4096:
            self._write(head + bytes(payload))
        else:
            self._write(head)
            self._write(memoryview(payload))

    def receive(self, most: int) -> tuple[bytes, bytearray]:
        """The next frame; Broken if it is longer than `most` bytes or the stream ends."""
        kind, length = HEAD.unpack(self._fill(HEAD.size))
        if length > most:
            raise Broken("too long")
        return kind, self._fill(length)

    def _fill(self, length: int) -> bytearray:
        data = bytearray(length)
        view, at = memoryview(data), 0
        while at < length:
            got = self._read_into(view[at:])
            if not got:
                raise Broken("ended")
            at += got
        return data
