"""`joindots read`: what is in exported files, as sentences for people or as one JSON object a record."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from joindots.config.commands.bar import Bar
from joindots.config.commands.given import Given, opened_up, take
from joindots.config.commands.said import said
from joindots.evidence.readers.answers import NO_ANSWERS, Answers
from joindots.evidence.readers.duplicates import Spool
from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.media import Folder
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Communication, Item
from joindots.evidence.readers.sandbox.limits import Limits
from joindots.evidence.readers.sandbox.parent import ChildReading, read_in_child
from joindots.evidence.readers.schema import schema
from joindots.evidence.readers.tally import NOT_READABLE, FileRead, Tally
from joindots.evidence.readers.writable import writable

OWN_MACHINE = Limits(file=1 << 40)
"""At the command line the file is the person's own: its size is no ground for a refusal."""
FLUSH = 1 << 20
INTERRUPTED, PIPE_CLOSED, NOT_WRITTEN = 130, 141, 1


def main(arguments: list[str]) -> int:
    """Run the command. Exit status: 0 whole, 3 questions open, 4 part not understood, 5 not readable."""
    options = _parser().parse_args(arguments)
    try:
        status = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except NotReadable as problem:
        print(problem, file=sys.stderr)
        return NOT_READABLE
    except OSError as error:
        print(f"The answer could not be written: {error.strerror}. Make room, and run it again.", file=sys.stderr)
        return NOT_WRITTEN
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="joindots read",
        description="Read exported chats, calls, mail, tables and pictures. Nothing is guessed: what a file "
        "cannot tell is asked.",
        epilog="Exit status: 0 whole, 3 questions open, 4 part not understood, 5 not readable. The worst counts.",
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a file, or a folder of files")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="your answers to open questions, as JSON")
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a record; the last is the summary")
    parser.add_argument("--media", type=Path, metavar="DIR", help="also write the files found inside to DIR")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of --jsonl and stop")
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.schema:
        sys.stdout.write(schema())
        return 0
    if not options.files:
        _parser().error("name at least one file")
    answers = Answers.from_json(_bytes_of(options.answers)) if options.answers else NO_ANSWERS
    media = Folder(options.media) if options.media else None
    tally = Tally(answers)
    paths = list(opened_up(options.files))
    lines = Lines(sys.stdout.buffer) if options.jsonl else None
    spool = Spool() if lines and len(paths) > 1 else None
    for item in _items(paths, answers, media, tally):
        if lines and type(item) is Communication:
            spool.add(item) if spool else lines.write(item)
    if spool and lines:
        for record in spool.grouped():
            lines.write(record)
    summary = tally.summary(spool.acts if spool else None)
    if lines:
        lines.write(summary)
        lines.flush()
    else:
        print(said(summary))
    return summary.exit


def _items(paths: list[Path], answers: Answers, media: MediaSink | None, tally: Tally) -> Iterator[Item]:
    """Every item of every file. A file that cannot be read is said on stderr; the others are still read."""
    seen: dict[str, Path] = {}
    for path in paths:
        try:
            given = take(path)
        except NotReadable as problem:
            _refused(tally, FileRead(path.name, None, None), problem)
            continue
        if first := seen.get(given.sha256):
            print(f"{path} is the same file as {first} and was read once.", file=sys.stderr)
            continue
        seen[given.sha256] = path
        yield from _items_of(given, answers, media, tally)


def _items_of(given: Given, answers: Answers, media: MediaSink | None, tally: Tally) -> Iterator[Item]:
    file = FileRead(writable(given.name), given.sha256, given.size)
    tally.begin(file)
    before = tally.records
    try:
        with Bar(given.name, given.size) as bar, _child(given, answers, media, bar) as reading:
            for batch in reading.batches():
                if reading.format:
                    file.format, file.reader_version = reading.format.name, reading.format.version
                for item in batch:
                    tally.add(item)
                    yield item
    except NotReadable as problem:
        tally.refuse(problem)
        print(problem, file=sys.stderr)
    file.records = tally.records - before


def _child(given: Given, answers: Answers, media: MediaSink | None, bar: Bar) -> ChildReading:
    return read_in_child(
        lambda: given.path.open("rb"), given.name, given.sha256, answers, media, OWN_MACHINE, bar.at
    )  # fmt: skip


def _refused(tally: Tally, file: FileRead, problem: NotReadable) -> None:
    tally.begin(file)
    tally.refuse(problem)
    print(problem, file=sys.stderr)


def _bytes_of(path: Path) -> bytes:
    take(path)
    return path.read_bytes()


class Lines:
    """JSON objects, one a line, written in large pieces."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.buffer = bytearray()
        self._encode = msgspec.json.Encoder().encode_into

    def write(self, one: msgspec.Struct) -> None:
        """Add one object."""
        at = len(self.buffer)
        try:
            self._encode(one, self.buffer, at)
        except (UnicodeEncodeError, OverflowError):
            self._encode(writable(one), self.buffer, at)
        self.buffer += b"\n"
        if at > FLUSH:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        self.out.write(self.buffer)
        self.out.flush()
        self.buffer.clear()
