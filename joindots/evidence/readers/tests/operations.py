"""Operations on bytes, good and bad, that the tests of `run` do in a child."""

from __future__ import annotations

import ctypes
import io
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from joindots.evidence.readers.problems import not_readable


@dataclass(frozen=True)
class Found:
    size: int
    box: tuple[int, int, int, int] | None
    data: bytes


def look(data: bytes, box: tuple[int, int, int, int] | None = None, *, times: int = 1) -> Found:
    return Found(len(data), box, data * times)


def opened_picture(data: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return picture.size


def other_type(data: bytes) -> int:
    return "not a number"  # type: ignore[return-value]  # what a taken-over child may answer


def misbehave(data: bytes, how: str) -> str:
    try:
        DEEDS[how]()
    except (OSError, RuntimeError) as error:
        return str(error)
    return "done"


def misbehave_all(data: bytes, ways: list[str]) -> list[str]:
    return [misbehave(data, how) for how in ways]


def loop() -> None:
    while True:
        pass


def take_memory() -> None:
    _ = [bytearray(1 << 26) for _ in range(1_000)]


def refuse() -> None:
    raise not_readable("test", "{name} is refused.", name="It")


DEEDS: dict[str, Callable[[], object]] = {
    "loop": loop, "memory": take_memory, "refuse": refuse,
    "crash": lambda: ctypes.string_at(0),
    "leave": lambda: os._exit(3),
    "network": lambda: socket.create_connection(("127.0.0.1", 9)),
    "read": lambda: Path("/etc/passwd").read_text(),
    "write": lambda: Path("/tmp/written-by-a-child").write_text("x"),
    "program": lambda: subprocess.run([sys.executable, "--version"], check=True),
    "process": os.fork,
    "fault": lambda: {}["x"],
}  # fmt: skip
