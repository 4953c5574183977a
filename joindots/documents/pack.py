"""Builds the pack: a BagIt bag with the chronology, its annex, the exhibits and the records, in one move.

Same document, same exhibits, same moment: the same bytes of every file, and of the zip.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from joindots.documents import verify
from joindots.documents.bag import Bag
from joindots.documents.contents import Cell, ChronologyDocument, Exhibit, Message
from joindots.documents.layout import VOLUME, Volume, annex_data, chronology_data, exhibit_path, readme, volumes
from joindots.documents.leaks.gate import Gate
from joindots.documents.leaks.protected import Protected
from joindots.documents.sheets import Sheets
from joindots.documents.statements import NAME, TEMPLATE, statement_data
from joindots.documents.typeset.printing import Printing
from joindots.documents.zipped import zip_folder
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

Progress = Callable[[str, int], None]
"""Called with what was done (`records`, `pages`, `exhibits`) and how many more of it."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: where, how many rows, and the SHA-256 of the list of files."""

    path: Path
    rows: int
    manifest_sha256: str


def build_pack(
    document: ChronologyDocument,
    exhibits: Iterable[Exhibit],
    out: Path,
    as_at: datetime,
    *,
    zipped: bool = False,
    protected: Protected | Iterable[str] = (),
    progress: Progress | None = None,
) -> Made:
    """Build the pack at `out` (a folder, or with `zipped` one zip file), whole or not at all.

    It is built beside `out` and renamed at the end. Raises `RuleBroken` when something is there already,
    when an exhibit is no longer the file whose SHA-256 it carries, or when protected words would leave.
    Exhibits' own bytes are not searched for protected words: whoever encloses a file has looked at it.
    """
    _refuse_to_overwrite(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as beside:
        work = Path(beside)
        making = _Making(work, as_at, Gate(protected), progress or _silent)
        try:
            rows = making.make(document, tuple(exhibits))
        finally:
            making.printing.stop()
        manifest = hashlib.sha256((making.bag.folder / "manifest-sha256.txt").read_bytes()).hexdigest()
        finished = making.bag.folder
        if zipped:
            finished = work / "pack.zip"
            zip_folder(making.bag.folder, finished, as_at, root=out.name.removesuffix(".zip"))
        finished.replace(out)
    return Made(out, rows, manifest)


def _silent(_what: str, _count: int) -> None:
    """Nobody watches."""


def _refuse_to_overwrite(out: Path) -> None:
    if out.is_dir() and not any(out.iterdir()):
        out.rmdir()
    if out.exists() or out.is_symlink():
        raise RuleBroken(
            words(
                "pack_there",
                "{name} is there already and is not empty. Choose another name, or move it away first.",
                name=out.name,
            )
        )


class _Making:
    """One pack in the making: the bag, the press and the gate it passes."""

    def __init__(self, work: Path, as_at: datetime, gate: Gate, progress: Progress) -> None:
        self.as_at, self.gate, self.progress = as_at, gate, progress
        self.bag = Bag(work / "bag")
        self.printing = Printing(work / "press", as_at)

    def make(self, document: ChronologyDocument, exhibits: tuple[Exhibit, ...]) -> int:
        """Everything in an order that keeps the press busy while files are copied."""
        self._check_texts(document, exhibits)
        annex = tuple(self._press_annex(document))
        pages = chronology_data(document, exhibits, annex, self.as_at)
        for name, data in pages:
            self.printing.start(name, "chronology.typ", data)
        if document.custody is not None:
            self.printing.start(NAME, TEMPLATE, statement_data(document.custody))
        rows = self._write_sheets(document)
        for exhibit in exhibits:
            self._enclose(exhibit)
        self.printing.finish()
        for name in [*(name for name, _ in pages), *(volume.name for volume in annex)]:
            self.bag.take(f"{name}.pdf", self.printing.pressed(name))
            self.progress("pages", 1)
        self._write_custody(document)
        with self.bag.writing("READ-ME.txt") as stream:
            stream.write(readme(document, self.as_at, len(annex)).encode())
        self._close(document)
        return rows

    def _write_custody(self, document: ChronologyDocument) -> None:
        if document.custody is not None:
            self.bag.take(f"{NAME}.pdf", self.printing.pressed(NAME))
            with self.bag.writing(f"{NAME}.csv") as stream:
                stream.write(document.custody.sheet)

    def _close(self, document: ChronologyDocument) -> None:
        info = {
            "External-Description": document.title,
            "Internal-Sender-Identifier": document.reference or "none",
            **({"External-Identifier": f"for {document.recipient} only"} if document.recipient else {}),
            "Records-To": f"{self.as_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        }
        script = Path(verify.__file__).read_bytes()
        self.bag.close(self.as_at.astimezone(UTC), info, {"verify.py": script})

    def _press_annex(self, document: ChronologyDocument) -> Iterator[Volume]:
        for volume, messages in volumes(self._checked_messages(document.messages), VOLUME):
            self.printing.start(volume.name, "annex.typ", annex_data(document, volume, messages, self.as_at))
            yield volume

    def _checked_messages(self, messages: Iterable[Message]) -> Iterator[Message]:
        for message in messages:
            self.gate.check(f"Message {message.number}", message.words, message.who, message.note, message.heading)
            self.progress("records", 1)
            yield message

    def _check_texts(self, document: ChronologyDocument, exhibits: tuple[Exhibit, ...]) -> None:
        for entry in document.entries:
            self.gate.check(f"Entry {entry.number}", entry.title, entry.words, *entry.lines, *entry.sources)
        for exhibit in exhibits:
            self.gate.check(f"Exhibit {exhibit.number}", exhibit.name, exhibit.says)
        self.gate.check("The front page", document.title, document.opening, document.reference, *document.about)
        self.gate.check("The list of what cannot be shown", *document.cannot_show, *document.questions)
        for source in document.sources:
            self.gate.check("The list of sources", source.name, source.says, *source.lines)
        self.gate.check("The data beside the records", repr(document.values))

    def _write_sheets(self, document: ChronologyDocument) -> int:
        with self.bag.writing("records.csv") as table, self.bag.writing("records.json") as data:
            sheets = Sheets(document.columns, table, data, document.values)
            count = sheets.write(self._checked_rows(document))
            sheets.close()
        return count

    def _checked_rows(self, document: ChronologyDocument) -> Iterator[Mapping[str, Cell]]:
        for number, row in enumerate(document.rows, start=1):
            self.gate.check(f"Record {number}", *row.values())
            yield row

    def _enclose(self, exhibit: Exhibit) -> None:
        if exhibit.open is None:
            return
        name = exhibit_path(exhibit)
        found = self.bag.link(name, exhibit.link_from) if exhibit.link_from else None
        if found is None:
            with exhibit.open() as stream:
                found = self.bag.put(name, stream)
        if found != (exhibit.sha256, exhibit.size):
            raise RuleBroken(
                words(
                    "exhibit_changed",
                    "Exhibit {number} is no longer the file that was read: its bytes have changed. "
                    "Put the first file back, or read the new one.",
                    number=exhibit.number,
                )
            )
        self.progress("exhibits", 1)
