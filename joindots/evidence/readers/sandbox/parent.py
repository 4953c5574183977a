"""The parent's side: start a child, serve it the file, take its records, and end it."""

from __future__ import annotations

import compileall
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

import joindots
from joindots.evidence.readers.answers import NO_ANSWERS, Answers
from joindots.evidence.readers.counting import Counts
from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.media import Bounded, HashOnly
from joindots.evidence.readers.problems import NotReadable, not_readable
from joindots.evidence.readers.records import Item
from joindots.evidence.readers.sandbox import frames
from joindots.evidence.readers.sandbox.limits import Limits
from joindots.evidence.readers.sandbox.walls import Walls
from joindots.evidence.readers.writable import writable
from joindots.kernel.words import Words

Opener = Callable[[], BinaryIO]
Lines = Callable[[bytearray], object]
START_UP = (
    "import sys; descriptor, *paths = sys.argv[1:]; sys.path += paths; "
    "from joindots.evidence.readers.sandbox.child import main; main(int(descriptor), paths)"
)
ORDINARY = Limits()
SHOW_TRACEBACKS = "JOINDOTS_TRACEBACKS"
"""A developer who sets this environment variable sees on stderr the traceback behind a refusal."""
_items = msgspec.msgpack.Decoder(list[Item])
_encode = msgspec.msgpack.encode


class ChildReading:
    """One file being read in a child. Iterate once; leaving the `with` block ends the child.

    `format` and `walls` are known from the first batch on; `counts` at the end, where lines were asked.
    """

    def __init__(self, child: _Child, start: frames.Start, serve: _Serve, limits: Limits, lines: Lines | None) -> None:
        self.counts: Counts | None = None
        self._lines = lines
        self.format: frames.FormatNote | None = None
        self.walls = Walls()
        self._child = child
        self._serve = serve
        self._limits = limits
        self._start = start
        self._left = limits.output_bytes(start.size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the child, whatever it is doing, and give back what was opened for it."""
        self._child.end()
        self._serve.close()

    def __iter__(self) -> Iterator[Item]:
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[Item]]:
        """The items in batches of at most 2,000, as they come. Raises NotReadable and nothing else."""
        try:
            self._child.send(frames.START, _encode(self._start))
            while (frame := self._child.receive())[0] != frames.END:
                yield from self._answer(*frame)
        except frames.Broken:
            raise _why_it_ended(self._start.name, self._child.end()) from None
        except frames.TooSlow:
            raise _too_slow(self._start.name) from None
        except msgspec.MsgspecError:
            raise made_no_sense(self._start.name) from None
        finally:
            self.close()

    def _spend(self, length: int) -> None:
        self._left -= length
        if self._left < 0:
            raise _ended(self._start.name, "it gave more records than the file can hold")

    def _answer(self, kind: bytes, payload: bytearray) -> Iterator[list[Item]]:
        """Do what one frame asks; give its items if it brings any."""
        if kind == frames.READ:
            self._child.send(frames.REPLY, self._serve.read(*frames.SPAN.unpack(payload)))
        elif kind == frames.ITEMS:
            self._spend(len(payload))
            yield _items.decode(payload)
        elif kind == frames.LINES and self._lines:
            self._spend(len(payload))
            self._lines(payload)
        elif kind == frames.COUNTS:
            self.counts = msgspec.msgpack.decode(payload, type=Counts)
        elif kind == frames.MEDIA:
            kept = self._serve.keep(bytes(payload).decode("utf-8", "replace"), self._child)
            self._child.send(frames.REPLY, _encode(kept))
        elif kind == frames.WALLS:
            self.walls = msgspec.msgpack.decode(payload, type=Walls)
        elif kind == frames.FORMAT:
            self.format = msgspec.msgpack.decode(payload, type=frames.FormatNote)
        elif kind == frames.REFUSED:
            raise _passed_on(msgspec.msgpack.decode(payload, type=frames.Refusal))
        else:
            raise frames.Broken("unknown frame")


def read_in_child(
    opener: Opener,
    name: str,
    sha256: str,
    answers: Answers = NO_ANSWERS,
    media: MediaSink | None = None,
    limits: Limits = ORDINARY,
    progress: Callable[[int], None] | None = None,
    lines: Lines | None = None,
    as_rows: bool = False,
    yields: int = 0,
    span: tuple[str, int, int] | None = None,
) -> ChildReading:
    """Read a file in a child process behind walls; the same items as `readers.read`.

    `opener` gives a new seekable stream at the start of the file: the child never opens a file itself.
    `media` keeps each file found inside, in this process; None hashes them in the child. `progress`
    is told the byte each request begins at. `lines` takes the records as lines of JSON, made in the child;
    then they are not among the items. With `as_rows` it takes the rows of a table instead (`sheets.py` reads
    them), and with `span` the text of one span of a file inside an archive (name, byte, length: `stood.py`). `yields`
    is how far the child steps back behind other programs, as `nice` counts it. Raises NotReadable when the file is
    larger than allowed.
    """
    serve = _Serve(opener, Bounded(media, limits.media) if media else None, progress)
    if serve.size > limits.file:
        serve.close()
        raise not_readable(
            "file_too_large",
            "{name} is larger than {most} MB, the most that is taken at one time. "
            "Export a shorter period, or ask whoever looks after this system to raise the limit.",
            name=name, most=f"{limits.file // 1_000_000:,}",
        )  # fmt: skip
    start = frames.Start(
        name=writable(name),
        sha256=sha256,
        size=serve.size,
        answers=tuple((one.question, one.value, one.file, one.about) for one in answers.all),
        send_media=not (media is None or type(media) is HashOnly),
        as_lines=lines is not None,
        memory=limits.memory,
        cpu_seconds=limits.cpu_seconds(serve.size),
        show_tracebacks=bool(os.environ.get(SHOW_TRACEBACKS)),
        as_rows=as_rows,
        yields=yields,
        span=span,
    )
    return ChildReading(_Child(limits, start.cpu_seconds), start, serve, limits, lines)


@lru_cache(maxsize=1)
def _compiled() -> bool:
    """Compile the readers once a process: the child may write nothing, so it would compile them each time."""
    return compileall.compile_dir(Path(__file__).resolve().parent.parent, quiet=2)


@lru_cache(maxsize=1)
def standing_walls() -> Walls:
    """Which walls a child can raise on this machine, found by raising them once."""
    limits = ORDINARY
    child = _Child(limits, limits.seconds)
    start = frames.Start("", "", -1, (), False, False, limits.memory, limits.seconds, False)
    try:
        child.send(frames.START, _encode(start))
        return msgspec.msgpack.decode(child.receive()[1], type=Walls)
    except (frames.Broken, frames.TooSlow, msgspec.MsgspecError):
        return Walls()
    finally:
        child.end()


def answer_of(start: frames.Start, limits: Limits, call: bytes) -> bytearray:
    """What one operation answers, as MessagePack (`running.py`). Raises NotReadable and nothing else."""
    child = _Child(limits, start.cpu_seconds)
    try:
        child.send(frames.START, _encode(start))
        child.send(frames.CALL, call)
        while (frame := child.receive())[0] != frames.RESULT:
            if frame[0] == frames.REFUSED:
                raise _passed_on(msgspec.msgpack.decode(frame[1], type=frames.Refusal))
            if frame[0] != frames.WALLS:
                raise frames.Broken("unknown frame")
        return frame[1]
    except frames.Broken:
        raise _why_it_ended(start.name, child.end()) from None
    except frames.TooSlow:
        raise _too_slow(start.name) from None
    except msgspec.MsgspecError:
        raise made_no_sense(start.name) from None
    finally:
        child.end()


class _Child:
    """The process and its one pipe."""

    def __init__(self, limits: Limits, cpu_seconds: int) -> None:
        _compiled()
        ours, theirs = socket.socketpair()
        ours.settimeout(limits.silence)
        self.socket = ours
        self._pipe = frames.Pipe(ours.sendall, ours.recv_into)
        self.frame = limits.frame
        self.patience = limits.silence + 4.0 * cpu_seconds
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", "-c", START_UP, str(theirs.fileno()), *_loadable()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )

    def receive(self) -> tuple[bytes, bytearray]:
        """The next frame. TooSlow after a long silence, or when all waits together are too long."""
        began = time.monotonic()
        try:
            frame = self._pipe.receive(self.frame)
        except ConnectionError:
            raise frames.Broken from None
        except TimeoutError:
            raise frames.TooSlow from None
        self.patience -= time.monotonic() - began
        if self.patience < 0:
            raise frames.TooSlow
        return frame

    def send(self, kind: bytes, payload: bytes) -> None:
        """Send one frame; only the child's own end is Broken, never what the caller does with its records."""
        try:
            self._pipe.send(kind, payload)
        except ConnectionError:
            raise frames.Broken from None
        except TimeoutError:
            raise frames.TooSlow from None

    def end(self) -> int:
        """Kill the child unless it has ended, and give its exit status (negative: the signal)."""
        self.socket.close()
        if self.process.returncode is None:
            try:
                self.process.wait(0.2)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait()


class _Serve:
    """The file, opened once, and the sink for what is found inside it."""

    def __init__(self, opener: Opener, media: Bounded | None, progress: Callable[[int], None] | None) -> None:
        self.stream = opener()
        self.size = self.stream.seek(0, os.SEEK_END)
        self.media = media
        self.progress = progress

    def read(self, offset: int, length: int) -> bytes:
        """The bytes asked for. A short read means that the file changed under us."""
        self.stream.seek(offset)
        data = self.stream.read(length)
        if len(data) != length:
            raise frames.Broken("the file grew shorter")
        if self.progress:
            self.progress(offset)
        return data

    def keep(self, name: str, child: _Child) -> tuple[str, int]:
        """Pass the frames of one file on to the sink."""
        incoming = _Incoming(child)
        if self.media is None:
            raise frames.Broken("no media was asked for")
        kept = self.media.keep(name, incoming)  # type: ignore[arg-type]
        while incoming.read():
            pass
        return kept

    def close(self) -> None:
        """Close the file."""
        self.stream.close()


class _Incoming:
    """A file that the child sends, as a stream; sinks only read it."""

    def __init__(self, child: _Child) -> None:
        self.child = child
        self.rest = b""
        self.ended = False

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, or the next piece; empty at the end."""
        if not self.rest and not self.ended:
            kind, payload = self.child.receive()
            self.ended = kind == frames.KEPT
            if not self.ended and kind != frames.BYTES:
                raise frames.Broken("unknown frame")
            self.rest = bytes(payload)
        given, self.rest = (self.rest, b"") if size < 0 else (self.rest[:size], self.rest[size:])
        return given


def _loadable() -> list[str]:
    """Where a child may load code from: installed packages, their data, and the folder that holds our own package.

    Never the current folder, which may be anybody's.
    """
    packages = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    installed = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    own = str(Path(joindots.__file__).resolve().parent.parent)
    letters = str(Path(sys.prefix) / "share" / "tessdata")  # data of the engine that reads words of pictures
    return [path for path in dict.fromkeys((*packages, *installed, letters, own)) if os.path.isdir(path)]


def _passed_on(refusal: frames.Refusal) -> NotReadable:
    if refusal.trace:
        sys.stderr.write(refusal.trace)
    return NotReadable(Words(refusal.code, refusal.text, refusal.values))


def made_no_sense(name: str) -> NotReadable:
    """The child did not answer in the types it promised."""
    return _ended(name, "its answer made no sense")


def _why_it_ended(name: str, status: int) -> NotReadable:
    if status == -signal.SIGXCPU:
        return _too_slow(name)
    if status == -signal.SIGKILL:
        return _ended(name, "it was stopped, perhaps because the machine ran out of memory")
    return _ended(name, "it stopped half way")


def _too_slow(name: str) -> NotReadable:
    return not_readable(
        "too_slow",
        "{name} was not read to its end, because it took longer than a file of its size should. It is kept "
        "as it is. Export it again, or export a shorter period.",
        name=name,
    )


def _ended(name: str, why: str) -> NotReadable:
    return not_readable(
        "reader_ended",
        "{name} was not read to its end: the reader was ended, because {why}. The file is kept as it is and "
        "nothing else was touched. Export it again; if that does not help, tell whoever looks after this system.",
        name=name,
        why=why,
    )
