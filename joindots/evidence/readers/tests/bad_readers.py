"""Readers that misbehave, each by the name of the file it is given; the sandbox tests put them in a child."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

from joindots.evidence.readers import registry
from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import Attachment, Communication, Identity, Item, Place
from joindots.evidence.readers.source import Source

START_UP = (
    "import sys; descriptor, *paths = sys.argv[1:]; sys.path += paths; "
    "from joindots.evidence.readers.tests import bad_readers; bad_readers.install(); "
    "from joindots.evidence.readers.sandbox.child import main; main(int(descriptor), paths)"
)


def install() -> None:
    """Make these the only readers of this process."""
    module = types.ModuleType("bad")
    module.FORMATS = (Format("bad", "bad files", claims, read),)  # type: ignore[attr-defined]
    sys.modules[f"{registry.HERE}.bad"] = module
    registry.READERS = (registry.Reader("bad", "bad files"),)


def claims(source: Source) -> bool:
    return source.name.partition("-")[0] in DEEDS


def record(source: Source, seq: int, text: str) -> Communication:
    return Communication(
        id=str(seq), source_file=source.sha256, place=Place(), seq=seq, channel="other", kind="text",
        text=text, sender=Identity(shown="Sam Example"),
    )  # fmt: skip


def tried(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as error:
        return error.strerror or "refused"
    return "done"


def read(source: Source, answers: Answers, media: MediaSink) -> Iterator[Item]:
    """Do what the file's name asks for."""
    what, _, how = source.name.partition("-")
    yield from DEEDS[what](source, how, media)


def echo(source: Source, how: str, media: MediaSink) -> Iterator[Item]:
    with source.open() as stream:
        yield record(source, 0, stream.read().decode())


def seek(source: Source, how: str, media: MediaSink) -> Iterator[Item]:
    with source.open() as one, source.open() as other:
        one.seek(-3, io.SEEK_END)
        yield record(source, 0, (one.read() + other.read(3)).decode())


def loop(source: Source, how: str, media: MediaSink) -> Iterator[Item]:
    while True:
        pass


def memory(source: Source, how: str, media: MediaSink) -> Iterator[Item]:
    held = [bytearray(1 << 26) for _ in range(10_000)]
    yield record(source, 0, str(len(held)))


def fault(source: Source, how: str, media: MediaSink) -> Iterator[Item]:
    yield record(source, 0, "before")
    raise KeyError("traceback of a developer")


def refuse(source: Source, how: str, media: MediaSink) -> Iterator[Item]:
    raise not_readable("test", "{name} is refused {why}.", name=source.name, why="{as it is}")


def inside(source: Source, how: str, media: MediaSink) -> Iterator[Item]:
    sha256, length = media.keep("../a.JPG", io.BytesIO(b"m" * int(how)))
    yield Attachment("a.jpg", sha256, length, Place())


def leave(source: Source, how: str, media: MediaSink) -> Iterator[Item]:
    os._exit(3)


Deed = Callable[[Source, str, MediaSink], Iterator[Item]]
DEEDS: dict[str, Deed] = {
    "echo": echo, "seek": seek, "loop": loop, "memory": memory, "fault": fault, "refuse": refuse,
    "media": inside, "exit": leave,
    "many": lambda source, how, media: (record(source, n, "x" * 100) for n in range(int(how))),
    "flood": lambda source, how, media: (record(source, n, "x" * 100_000) for n in range(1_000_000)),
    "huge": lambda source, how, media: iter([record(source, 0, "x" * 80_000_000)]),
    "half": lambda source, how, media: iter([record(source, 0, "cut \ud83d")]),
    "try": lambda source, how, media: iter([record(source, 0, tried(ATTEMPTS[how]))]),
    "environment": lambda source, how, media: iter([record(source, 0, " ".join(sorted(os.environ)))]),
    "descriptors": lambda source, how, media: iter([record(source, 0, str(sum(map(_is_open, range(64)))))]),
}  # fmt: skip


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


ATTEMPTS: dict[str, Callable[[], object]] = {
    "network": lambda: socket.create_connection(("127.0.0.1", 9), 1),
    "socket": lambda: socket.socket(socket.AF_UNIX),
    "program": lambda: subprocess.run(["/bin/true"], check=True),
    "fork": os.fork,
    "kill": lambda: os.kill(os.getppid(), 0),
    "write": lambda: Path("/tmp/joindots-should-not-be").write_text("x"),
    "password-file": lambda: Path("/etc/passwd").read_bytes(),
    "project": lambda: os.listdir(Path(registry.__file__).parents[3]),
    "own-code": lambda: Path(registry.__file__).read_bytes(),
}
