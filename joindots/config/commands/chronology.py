"""`joindots chronology`: exported files to one court-ready pack, without a server or an account."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from joindots.chronology.rules.document import NO_INSTANT, chronology_of
from joindots.chronology.rules.given import SourceRead, group
from joindots.config.commands.bar import Bar
from joindots.config.commands.given import Given, opened_up, take
from joindots.documents.contents import Exhibit
from joindots.documents.pack import Made, Progress, build_pack
from joindots.evidence.readers.answers import NO_ANSWERS, Answer, Answers
from joindots.evidence.readers.media import Folder
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Attachment, Communication, Coverage, Item, NotUnderstood, Question
from joindots.evidence.readers.sandbox.limits import Limits
from joindots.evidence.readers.sandbox.parent import read_in_child
from joindots.evidence.readers.tally import NOT_READABLE, FileRead, Tally
from joindots.evidence.readers.writable import writable
from joindots.kernel.problems import Problem, RuleBroken
from joindots.kernel.words import words

OWN_MACHINE = Limits(file=1 << 40)
"""At the command line the file is the person's own: its size is no ground for a refusal."""
NOT_WRITTEN = 1


def main(arguments: list[str]) -> int:
    """Run the command. Exit status: 0 whole, 3 questions open, 4 part not understood, 5 not readable."""
    options = _parser().parse_args(arguments)
    # Nothing made on the way, nor the pack, is for other users of the machine.
    before = os.umask(0o077)
    try:
        return _run(options)
    except NotReadable as problem:
        print(problem, file=sys.stderr)
        return NOT_READABLE
    except Problem as problem:
        print(problem, file=sys.stderr)
        return NOT_WRITTEN
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        print(f"The pack could not be written: {why}. Make room, or choose another place.", file=sys.stderr)
        return NOT_WRITTEN
    finally:
        os.umask(before)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="joindots chronology",
        description="Make one chronology of exported chats, calls, mail, tables and pictures: a PDF with numbered "
        "entries, the exhibits, the records, and the SHA-256 of each file. Nothing is guessed.",
        epilog="Exit status: 0 whole, 3 questions open, 4 part not understood, 5 not readable. The worst counts.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file, or a folder of files")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the new folder to make the pack in")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="your answers to open questions, as JSON")
    parser.add_argument(
        "--about", action="append", default=[], metavar="NAME",
        help="whom the chronology is about, by name or number; in groups only their words and the owner's are shown",
    )  # fmt: skip
    parser.add_argument(
        "--as-at", metavar="ISO", help="the pack's own date, such as 2025-11-13T22:15:00Z; default: the last record's"
    )
    parser.add_argument("--zip", action="store_true", help="make one zip file instead of a folder")
    parser.add_argument("--keep-scratch", type=Path, metavar="DIR", help="keep the files found inside in this folder")
    return parser


def _run(options: argparse.Namespace) -> int:
    out = _out(options)
    as_at = _moment(options.as_at) if options.as_at else None
    answers = Answers.from_json(_bytes_of(options.answers)) if options.answers else NO_ANSWERS
    with _scratch(options.keep_scratch) as scratch:
        reading = _Reading(answers, Folder(scratch))
        sources = reading.read(opened_up(options.files))
        _list_questions(reading.tally.questions)
        if not reading.tally.files:
            print("There is no file in what you named. Name a file, or a folder that holds some.", file=sys.stderr)
        if not reading.paths:
            return NOT_READABLE
        made, entries, without_time = _make(options, out, as_at, sources, reading, scratch)
    if without_time:
        print("No record has a time, so the pack is dated 1 January 1980. Name its date with --as-at.", file=sys.stderr)
    print(f"{made.path}: {entries:,} {'entry' if entries == 1 else 'entries'} from {made.rows:,} records.")
    print(f"SHA-256 of its list of files: {made.manifest_sha256}")
    return reading.tally.exit


def _make(
    options: argparse.Namespace, out: Path, as_at: datetime | None, sources: list[SourceRead], reading: _Reading,
    scratch: Path,
) -> tuple[Made, int, bool]:  # fmt: skip
    chronology = chronology_of(sources, options.about, [_answer_says(one) for one in reading.answers.all])
    moment = as_at or chronology.last_instant
    exhibits = tuple(_openable(chronology.exhibits, reading.paths, scratch))
    with _pack_bar() as progress:
        made = build_pack(
            chronology.document, exhibits, out, moment or NO_INSTANT, zipped=options.zip, progress=progress
        )
    return made, len(chronology.document.entries), moment is None


def _out(options: argparse.Namespace) -> Path:
    out: Path = options.out
    if options.zip and out.suffix.lower() != ".zip":
        out = out.with_name(out.name + ".zip")
    if out.exists() and not (out.is_dir() and not any(out.iterdir()) and not options.zip):
        raise _refused(
            "out_there", "{name} is there already. Name a new folder with --out, or move it away first.", name=out
        )
    return out


def _refused(code: str, text: str, **values: object) -> Problem:
    return RuleBroken(words(code, text, **values))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise _refused(
            "as_at_form",
            "--as-at takes a moment with its zone, such as 2025-11-13T22:15:00Z, and {given} is not one.",
            given=text,
        )
    return moment.astimezone(UTC).replace(microsecond=0)


def _bytes_of(path: Path) -> bytes:
    take(path)
    return path.read_bytes()


@contextmanager
def _scratch(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="joindots-") as folder:
        yield Path(folder)


class _Reading:
    """Reads files one by one, each in its own child process, and groups what several of them show."""

    def __init__(self, answers: Answers, media: Folder) -> None:
        self.answers = answers
        self.tally = Tally(answers)
        self.paths: dict[str, Path] = {}
        self._media = media

    def read(self, paths: Iterable[Path]) -> list[SourceRead]:
        """Every file as read, in the order given; records that show one act carry one group."""
        sources = [source for path in paths if (source := self._one(path)) is not None]
        group(sources)
        return sources

    def _one(self, path: Path) -> SourceRead | None:
        try:
            given = take(path)
        except NotReadable as problem:
            self._refuse(FileRead(path.name, None, None), problem)
            return None
        if first := self.paths.get(given.sha256):
            print(f"{path} is the same file as {first} and was read once.", file=sys.stderr)
            return None
        self.paths[given.sha256] = path
        file = FileRead(writable(given.name), given.sha256, given.size)
        self.tally.begin(file)
        source = SourceRead(file.name, given.sha256, given.size, "kind of file not known")
        try:
            self._items(given, source)
        except NotReadable as problem:
            self.tally.refuse(problem)
            print(problem, file=sys.stderr)
            source.problem = str(problem)
        source.questions = [one for one in self.tally.questions if one.file == given.sha256]
        return source

    def _items(self, given: Given, source: SourceRead) -> None:
        with Bar(given.name, given.size) as bar, read_in_child(
            lambda: given.path.open("rb"), given.name, given.sha256, self.answers, self._media, OWN_MACHINE, bar.at
        ) as reading:  # fmt: skip
            for batch in reading.batches():
                if reading.format:
                    source.says = reading.format.says
                for item in batch:
                    self.tally.add(item)
                    _keep(item, source)

    def _refuse(self, file: FileRead, problem: NotReadable) -> None:
        self.tally.begin(file)
        self.tally.refuse(problem)
        print(problem, file=sys.stderr)


def _keep(item: Item, source: SourceRead) -> None:
    match item:
        case Communication():
            source.communications.append(item)
        case NotUnderstood():
            source.not_understood.append(item)
        case Attachment():
            source.attachments.append(item)
        case Coverage():
            source.coverage.append(item)
        case Question():
            pass  # the tally keeps those that no answer closes


def _openable(exhibits: Iterable[Exhibit], paths: dict[str, Path], scratch: Path) -> Iterator[Exhibit]:
    """The exhibits with a way to open them: sources where they lie, other files in the scratch folder."""
    inside = {path.name[:64]: path for path in sorted(scratch.iterdir()) if path.is_file()}
    for exhibit in exhibits:
        path = paths.get(exhibit.sha256) or inside.get(exhibit.sha256)
        if exhibit.why_not:
            yield exhibit
        elif path is None:
            yield replace(exhibit, why_not="the source names it and does not hold it.")
        else:
            yield replace(exhibit, open=partial(io.FileIO, path))


def _answer_says(answer: Answer) -> str:
    value = answer.value
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return f"{answer.file or 'every file'}, {answer.question}: {value}"


def _list_questions(questions: list[Question]) -> None:
    if not questions:
        return
    print("Questions the files cannot answer; nothing was guessed, and the pack says so:", file=sys.stderr)
    for one in questions:
        about = f", about {one.about}" if one.about else ""
        choices = " | ".join(dict.fromkeys((*one.candidates, "not_sure")))
        print(f"  {one.name}{about}: {one.words}", file=sys.stderr)
        print(f"    {one.question}: {choices}\n    for example: {one.example}", file=sys.stderr)
    print("Answer them in a file and name it with --answers (`joindots read FILE` shows its form).", file=sys.stderr)


@contextmanager
def _pack_bar() -> Iterator[Progress]:
    """Counts what is made, on a terminal; nothing anywhere else."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from tqdm import tqdm

    with tqdm(desc="Making the pack", unit="", leave=False, file=sys.stderr) as bar:

        def show(what: str, count: int) -> None:
            bar.set_postfix_str(what, refresh=False)
            bar.update(count)

        yield show


def _silent(what: str, count: int) -> None:
    """Nowhere to show it."""
