"""`joindots read`: what is in exported files, as sentences for people or as one JSON object a record."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import is_zipfile

from joindots.config.commands.bar import Bar
from joindots.config.commands.given import Given, opened_up, take
from joindots.config.commands.said import said
from joindots.evidence.readers.answers import NO_ANSWERS, Answers
from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.media import Folder
from joindots.evidence.readers.problems import NotReadable, not_readable
from joindots.evidence.readers.records import Communication, Item
from joindots.evidence.readers.sandbox.limits import Limits
from joindots.evidence.readers.sandbox.parent import ChildReading, Lines, read_in_child
from joindots.evidence.readers.schema import schema
from joindots.evidence.readers.tally import NOT_READABLE, FileRead, Summary, Tally
from joindots.evidence.readers.writable import add_line, writable

OWN_MACHINE = Limits(file=1 << 40)
"""At the command line the file is the person's own: its size is no ground for a refusal."""
FLUSH = 1 << 20
PIPE_CLOSED, NOT_WRITTEN = 141, 1


def main(arguments: list[str]) -> int:
    """Run the command. Exit status: 0 whole, 3 questions open, 4 part not understood, 5 not readable."""
    options = _parser().parse_args(arguments)
    try:
        status = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
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
    paths = list(opened_up(options.files))
    if not paths:
        raise not_readable("no_files", "There is no file in {names}. Name a file, or a folder that holds one.",
                           names=", ".join(map(str, options.files)))  # fmt: skip
    reading = Reading(answers, media, Tally(answers))
    if not options.jsonl:
        summary = reading.counted(paths, _nowhere)
        print(said(summary))
    elif len(paths) > 1 or is_zipfile(paths[0]):  # a zip may hold two exports of one chat
        summary = reading.grouped(paths, sys.stdout.buffer)
        _write_last(summary)
    else:
        summary = reading.counted(paths, sys.stdout.buffer.write)
        _write_last(summary)
    return summary.exit


class Reading:
    """All files of one command, read one after the other. One that cannot be read is said on stderr."""

    def __init__(self, answers: Answers, media: MediaSink | None, tally: Tally) -> None:
        self.answers = answers
        self.media = media
        self.tally = tally

    def counted(self, paths: list[Path], lines: Lines) -> Summary:
        """The records go to `lines` as the child wrote them; here they are only counted."""
        for _ in self._items(paths, lines):
            pass
        return self.tally.summary()

    def grouped(self, paths: list[Path], out: BinaryIO) -> Summary:
        """The records wait until every file is read, and are then written with the group of their act."""
        from joindots.evidence.readers.duplicates import Spool  # only where several files are read

        spool = Spool()
        for item in self._items(paths, None):
            if type(item) is Communication:
                spool.add(item)
        buffer = bytearray()
        for record in spool.grouped():
            add_line(record, buffer)
            if len(buffer) > FLUSH:
                out.write(buffer)
                buffer.clear()
        out.write(buffer)
        return self.tally.summary(spool.acts)

    def _items(self, paths: list[Path], lines: Lines | None) -> Iterator[Item]:
        seen: dict[str, Path] = {}
        for path in paths:
            try:
                given = take(path)
            except NotReadable as problem:
                self.tally.begin(FileRead(writable(path.name), None, None))
                self._refused(problem)
                continue
            if first := seen.get(given.sha256):
                print(f"{path} is the same file as {first} and was read once.", file=sys.stderr)
                continue
            seen[given.sha256] = path
            yield from self._items_of(given, lines)

    def _items_of(self, given: Given, lines: Lines | None) -> Iterator[Item]:
        file = FileRead(writable(given.name), given.sha256, given.size)
        self.tally.begin(file)
        before = self.tally.records
        try:
            with Bar(given.name, given.size) as bar, self._child(given, bar, lines) as child:
                try:
                    for batch in child.batches():
                        for item in batch:
                            self.tally.add(item)
                            yield item
                finally:
                    self._finish(file, child)
        except NotReadable as problem:
            self._refused(problem)
        file.records = self.tally.records - before

    def _child(self, given: Given, bar: Bar, lines: Lines | None) -> ChildReading:
        return read_in_child(
            lambda: given.path.open("rb"), given.name, given.sha256, self.answers, self.media, OWN_MACHINE, bar.at,
            lines,
        )  # fmt: skip

    def _finish(self, file: FileRead, child: ChildReading) -> None:
        if child.format:
            file.format, file.reader_version = child.format.name, child.format.version
        if child.counts:
            self.tally.counts.merge(child.counts)

    def _refused(self, problem: NotReadable) -> None:
        self.tally.refuse(problem)
        print(problem, file=sys.stderr)


def _nowhere(data: bytearray) -> None:
    """A person is told the counts, not the records."""


def _write_last(summary: Summary) -> None:
    buffer = bytearray()
    add_line(summary, buffer)
    sys.stdout.buffer.write(buffer)


def _bytes_of(path: Path) -> bytes:
    take(path)
    return path.read_bytes()
