"""The child's side: raise the walls, then read the file that the parent serves, and send back what is found."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

import joindots
from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.counting import Counts
from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.reading import claim, read_as, refusal
from joindots.evidence.readers.records import Communication, Item
from joindots.evidence.readers.sandbox import frames
from joindots.evidence.readers.sandbox.walls import Walls, raise_walls
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.writable import add_line, writable
from joindots.kernel.problems import Problem

BATCH: Final = 2_000
BATCH_BYTES: Final = 1 << 20
BUFFER: Final = 1 << 18
PIECE: Final = 1 << 20
LARGEST_REPLY: Final = 1 << 26
_encode = msgspec.msgpack.Encoder()


class Served(io.RawIOBase):
    """A seekable stream whose bytes the parent holds."""

    def __init__(self, pipe: frames.Pipe, size: int) -> None:
        self.pipe = pipe
        self.size = size
        self.at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise OSError("a place before the start of the file")
        self.at = start + offset
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Ask the parent for the next bytes; the base class allows any buffer, we are given these."""
        length = min(len(buffer), PIECE, max(self.size - self.at, 0))
        if not length:
            return 0
        self.pipe.send(frames.READ, frames.SPAN.pack(self.at, length))
        data = self.pipe.receive(PIECE)[1]
        buffer[: len(data)] = data
        self.at += len(data)
        return len(data)


class Sent:
    """A media sink that sends each file to the parent, which keeps it and says its hash."""

    def __init__(self, pipe: frames.Pipe) -> None:
        self.pipe = pipe

    def keep(self, name: str, stream: BinaryIO) -> tuple[str, int]:
        """The hash and size the parent found."""
        self.pipe.send(frames.MEDIA, name.encode("utf-8", "replace")[:4096])
        while chunk := stream.read(PIECE):
            self.pipe.send(frames.BYTES, chunk)
        self.pipe.send(frames.KEPT)
        sha256, size = msgspec.msgpack.decode(self.pipe.receive(LARGEST_REPLY)[1], type=tuple[str, int])
        return sha256, size


def main(descriptor: int, paths: list[str]) -> None:
    """Serve one reading over `descriptor`, then end. Ends at once if the parent goes away.

    Code may still be loaded from `paths`; of our own folder only the package, for beside it a
    service keeps its data.
    """
    own = Path(joindots.__file__).resolve().parent
    readable = [path for path in (*paths, *sys.path, sys.base_prefix) if Path(path) != own.parent]
    pipe = frames.Pipe(lambda data: _write_all(descriptor, data), lambda view: os.readv(descriptor, [view]))
    try:
        start = msgspec.msgpack.decode(pipe.receive(LARGEST_REPLY)[1], type=frames.Start)
        step_back(start.yields)
        walls = raise_walls(start.memory, start.cpu_seconds, (*readable, str(own)), threads=start.native)
        pipe.send(frames.WALLS, _encode.encode(walls))
        if start.operation:
            from joindots.evidence.readers.sandbox.called import call  # for operations alone

            call(pipe, start, walls)
        elif start.size >= 0:
            _read(pipe, start, walls)
    except (frames.Broken, ConnectionError):
        os._exit(1)
    os._exit(0)


def step_back(by: int) -> None:
    """Let other programs go first. Where Linux counts a session as one program, that steps back as a whole."""
    if by:
        os.nice(by)
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(by))


def _read(pipe: frames.Pipe, start: frames.Start, walls: Walls) -> None:
    try:
        source = Source(start.name, lambda: _stream(pipe, start.size), start.sha256)
        if start.as_rows:
            from joindots.evidence.readers.sandbox.cells import cells_of  # 0.2 s, for tables alone

            for batch in batches(cells_of(source)):
                pipe.send(frames.LINES, batch)
            pipe.send(frames.END)
            return
        if start.span:
            from joindots.evidence.readers.stood import stood_in_member  # for one record alone

            pipe.send(frames.LINES, stood_in_member(source, *start.span).encode("utf-8", "replace"))
            pipe.send(frames.END)
            return
        answers = Answers(Answer(q, value, file, about) for q, value, file, about in start.answers)  # type: ignore[arg-type]
        chosen = claim(source, native=walls.native)
        pipe.send(frames.FORMAT, _encode.encode(frames.FormatNote(chosen.name, chosen.says, chosen.version)))
        sink: MediaSink = Sent(pipe) if start.send_media else HashOnly()
        items = read_as(chosen, source, answers, sink)
        for batch in batches(_without_records(pipe, items) if start.as_lines else items):
            pipe.send(frames.ITEMS, batch)
    except (frames.Broken, ConnectionError):
        raise
    except Problem as problem:
        _refuse(pipe, start, problem)
    except Exception as error:  # noqa: BLE001 – whatever a hostile file makes of a reader, the person gets a sentence
        _refuse(pipe, start, refusal(start.name, "this kind of file", error))
    else:
        pipe.send(frames.END)


def _without_records(pipe: frames.Pipe, items: Iterator[Item]) -> Iterator[Item]:
    """Send the records as lines of JSON, and their counts at the end or when a reader gives up."""
    buffer, counts = bytearray(), Counts()
    try:
        for item in items:
            if type(item) is not Communication:
                yield item
                continue
            counts.add(item)
            add_line(item, buffer)
            if len(buffer) >= BATCH_BYTES:
                pipe.send(frames.LINES, buffer)
                buffer.clear()
    finally:
        pipe.send(frames.LINES, buffer)
        pipe.send(frames.COUNTS, _encode.encode(counts))


def batches(items: Iterator[Any]) -> Iterator[bytearray]:
    """Items as msgpack arrays of at most 2,000, closed early at 1 MiB.

    Each begins with the array's mark and a count of four bytes, filled in when it is full.
    """
    buffer, count = bytearray(b"\xdd\0\0\0\0"), 0
    for item in items:
        at = len(buffer)
        try:
            _encode.encode_into(item, buffer, at)
        except (ValueError, OverflowError, TypeError):  # half of a surrogate pair, a number past 64 bits
            del buffer[at:]
            _encode.encode_into(writable(item), buffer, at)
        count += 1
        if count >= BATCH or len(buffer) >= BATCH_BYTES:
            buffer[1:5] = count.to_bytes(4, "big")
            yield buffer
            buffer, count = bytearray(b"\xdd\0\0\0\0"), 0
    if count:
        buffer[1:5] = count.to_bytes(4, "big")
        yield buffer


def _refuse(pipe: frames.Pipe, start: frames.Start, problem: Problem) -> None:
    trace = traceback.format_exc() if start.show_tracebacks else ""
    reason = problem.reason
    pipe.send(frames.REFUSED, _encode.encode(frames.Refusal(reason.code, reason.text, reason.values, trace)))


def _stream(pipe: frames.Pipe, size: int) -> BinaryIO:
    return io.BufferedReader(Served(pipe, size), BUFFER)


def _write_all(descriptor: int, data: bytes | memoryview) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
