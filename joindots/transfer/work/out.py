"""The long work of taking out: every circle of the agency, one after the other, straight into one sealed zip."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from uuid import UUID

from joindots.access import door
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.chronology import queries as chronologies
from joindots.documents import verify, verify_trail
from joindots.documents.bag import HashingWriter
from joindots.documents.sheets import guarded
from joindots.documents.zipped_bag import ZippedBag
from joindots.evidence import queries as evidence
from joindots.evidence.readers.schema import schema as normal_form
from joindots.evidence.readers.writable import add_line
from joindots.jobs.models import Job
from joindots.jobs.tasks import Progress
from joindots.kernel.problems import NotFound
from joindots.transfer import actions, queries
from joindots.transfer.queries.leaving import Leaving, Trail
from joindots.transfer.queries.tables import TABLES, TableOf
from joindots.transfer.rules.leaving import file_name, readme
from joindots.vault.files import Sealer
from joindots.vault.sealing import SealBroken

CHUNK = 100
"""Circles whose rows are in memory at one time."""
FLUSH = 1 << 20
ORIGINALS = ("path", "table", "id", "sha256", "size", "fits")


class Openable(Protocol):
    """A kept file that can be opened from its first byte."""

    @property
    def open(self) -> Callable[[], BinaryIO]: ...


class TakeOutAll:
    """Makes one taking out. `job.subject` is its id. Made from the beginning again after a kill: whole or not there."""

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]:
        """Stand in, write, seal, stand aside."""
        ref = Ref(UUID(job.subject))
        try:
            while left := actions.stand_in(actor, ref):
                yield Progress("stand", 0, left)
            sealer = Sealer()
            try:
                writing = _Writing(job, ref, ZippedBag(sealer, "agency", actor.at), actor.at)
                yield from writing.all()
                sealed = sealer.close()
            except BaseException:
                sealer.drop()
                raise
            actions.keep_made(actor, ref, sealed=sealed, counts=dict(writing.counts))
            yield Progress("ready", 1, 1)
        finally:
            _stand_aside(job, ref)

    def forget(self, actor: Actor, job: Job) -> None:
        """Nothing of a stopped making is kept."""
        actions.give_up(actor, Ref(UUID(job.subject)))


def _stand_aside(job: Job, ref: Ref) -> None:
    """End every standing that was given for this; after a kill they end by themselves."""
    with _acting(job) as actor:
        while actions.stand_aside(actor, ref):
            door.close(actor)


@contextmanager
def _acting(job: Job) -> Iterator[Actor]:
    """The same membership on a new visit: its keys are forgotten and its trail is written when it ends."""
    actor = actor_as(job.membership, datetime.now(UTC))
    try:
        yield actor
    finally:
        door.close(actor)


class _Writing:
    """One taking out in the making: the bag, what was counted, where the originals went."""

    def __init__(self, job: Job, ref: Ref, bag: ZippedBag, at: datetime) -> None:
        self.job, self.ref, self.bag, self.at = job, ref, bag, at
        self.counts: Counter[str] = Counter()
        self.originals: list[tuple[Any, ...]] = []
        self.done = 0
        self.total = 0

    def all(self) -> Iterator[Progress]:
        """Tables, cases, trail, then what explains them."""
        with _acting(self.job) as actor:
            circles = queries.circles_to_take(actor, self.ref)
            members = queries.members_of(actor, self.ref)
            agency = queries.take_out(actor, self.ref).agency
        self.total = len(circles) * (len(TABLES) + 2)
        for table in TABLES:
            yield from self._table(table, circles)
        self._lines("tables/members.jsonl", members)
        for one in circles:
            if one.holds and not one.erased:
                yield from self._contents(one)
            yield self._step("files", 1)
        yield from self._trail(circles)
        self._explain(agency)
        self.bag.close(
            {"External-Description": "All that an agency owns", "Source-Organization": agency},
            {"verify.py": _source(verify), "verify_trail.py": _source(verify_trail)},
        )

    def _step(self, step: str, more: int = 0) -> Progress:
        self.done += more
        return Progress(step, self.done, max(self.total, self.done))

    def _table(self, table: TableOf, circles: tuple[Leaving, ...]) -> Iterator[Progress]:
        """Once through the rows: a zip takes one file at a time, so the second one waits deflated in memory."""
        sheet = _Waiting()
        sheet.write("\ufeff".encode() + _csv([table.columns]))
        with self.bag.writing(f"tables/{table.name}.jsonl") as stream:
            for rows, passed in self._rows(table, circles):
                stream.write(_json_lines(rows))
                sheet.write(_csv([tuple(row.values()) for row in rows]))
                self.counts[table.name] += len(rows)
                yield self._step("tables", passed)
        with self.bag.writing(f"tables/{table.name}.csv") as stream:
            for piece in sheet.pieces():
                stream.write(piece)
                yield self._step("tables")
        told = json.dumps(table.schema(), indent=2, ensure_ascii=False)
        self.bag.write(f"schemas/{table.name}.schema.json", (told.encode(),))

    def _rows(self, table: TableOf, circles: tuple[Leaving, ...]) -> Iterator[tuple[list[dict[str, Any]], int]]:
        """Rows a few circles at a time, each on a visit of its own; a person in two circles comes once."""
        seen: set[str] = set()
        shared = "presences" in table.path
        for start in range(0, len(circles), CHUNK):
            part = circles[start : start + CHUNK]
            with _acting(self.job) as actor:
                rows = queries.rows_of(actor, self.ref, table.name, tuple(one.circle for one in part))
            if shared:
                rows = [row for row in rows if row["id"] not in seen]
                seen.update(row["id"] for row in rows)
            yield rows, len(part)

    def _contents(self, one: Leaving) -> Iterator[Progress]:
        """The files, records and packs of one circle."""
        with _acting(self.job) as actor:
            if one.case:
                case = Ref(one.case)
                yield from self._files(actor, one.case, case)
                yield from self._records(actor, one.case, case)
                yield from self._packs(actor, one.case, case)
            elif sheet := queries.sheet_of(actor, self.ref, one.circle):
                name = f"sheets/{file_name(self.counts['case_sheets'], one.circle.hex + '-' + sheet.name)}"
                yield from self._original(name, "case_sheets", sheet.id, sheet.sha256, partial(_itself, sheet))

    def _files(self, actor: Actor, folder: str, case: Ref) -> Iterator[Progress]:
        for number, file in enumerate(evidence.files_of(actor, case), start=1):
            sha256 = evidence.file(actor, Ref(file.id)).sha256
            path = f"cases/{folder}/files/{file_name(number, file.name)}"
            yield from self._original(path, "files", file.id, sha256, partial(evidence.original, actor))
        for number, (id_, _, name, sha256, _) in enumerate(evidence.exhibits_of(actor, case), start=1):
            path = f"cases/{folder}/exhibits/{file_name(number, name)}"
            yield from self._original(path, "exhibits", id_, sha256, partial(evidence.exhibit, actor))

    def _packs(self, actor: Actor, folder: str, case: Ref) -> Iterator[Progress]:
        for number, pack in enumerate(chronologies.packs_of(actor, case), start=1):
            if pack.ready:
                path = f"cases/{folder}/packs/{file_name(number, f'{pack.as_at:%Y-%m-%d}.zip')}"
                yield from self._original(path, "packs", pack.id, pack.sha256, partial(chronologies.pack_file, actor))

    def _original(
        self, path: str, table: str, id_: int | UUID, sha256: str, find: Callable[[Ref], Openable]
    ) -> Iterator[Progress]:
        """Copy one file byte for byte; one that is gone or altered is named as that, and the others still leave."""
        last: HashingWriter | None = None
        with contextlib.suppress(NotFound, FileNotFoundError, SealBroken), find(Ref(id_)).open() as stream:
            for writer in self.bag.put(path, stream):
                last = writer
                yield self._step("files")
        fits = last is not None and last.sha256 == sha256
        self.originals.append((path, table, str(id_), sha256, last.size if last else 0, "yes" if fits else "no"))
        self.counts["originals"] += fits
        self.counts["originals_missing_or_altered"] += not fits

    def _records(self, actor: Actor, folder: str, case: Ref) -> Iterator[Progress]:
        """Each file's records, one a line, in the normal form."""
        for number, held in enumerate(evidence.held_sources(actor, case), start=1):
            buffer = bytearray()
            with self.bag.writing(f"cases/{folder}/records/{number:04d}-{held.sha256[:16]}.jsonl") as stream:
                for _, record in held.records():
                    add_line(record, buffer)
                    self.counts["records"] += 1
                    if len(buffer) > FLUSH:
                        stream.write(bytes(buffer))
                        buffer.clear()
                        yield self._step("files")
                stream.write(bytes(buffer))

    def _trail(self, circles: tuple[Leaving, ...]) -> Iterator[Progress]:
        heads: dict[str, tuple[int, str, int]] = {}
        for one in circles:
            with _acting(self.job) as actor:
                heads[str(one.circle)] = self._book(one.circle, queries.trail_of(actor, self.ref, one.circle))
            yield self._step("trail", 1)
        with _acting(self.job) as actor:
            heads[str(actor.agency_id)] = self._book(actor.agency_id, queries.agency_trail(actor, self.ref))
        self.bag.write("trail/heads.json", (json.dumps(heads, indent=1).encode(),))

    def _book(self, owner: UUID, trail: Trail) -> tuple[int, str, int]:
        """Write one book: how long it is, its last digest, how many entries are their digest alone."""
        closed = 0
        with self.bag.writing(f"trail/{owner}.jsonl") as stream:
            for entry in trail.entries:
                closed += entry["content"] is None
                stream.write(f"{json.dumps(entry, ensure_ascii=False)}\n".encode())
        self.counts["entries_of_the_trail"] += trail.seq
        return trail.seq, trail.head, closed

    def _explain(self, agency: str) -> None:
        self.bag.write("originals.csv", ("\ufeff".encode(), _csv([ORIGINALS, *self.originals])))
        self.bag.write("schemas/normal-form.schema.json", (normal_form().encode(),))
        said = {table.name: table.says for table in TABLES}
        self.bag.write("READ-ME.txt", (readme(agency, self.at, self.counts, said).encode(),))

    def _lines(self, name: str, rows: list[dict[str, Any]]) -> None:
        self.bag.write(name, (_json_lines(rows),))
        self.counts["members"] += len(rows)


class _Waiting:
    """Bytes that wait for their place in the zip: in memory, for words may not touch the disk, and deflated."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(1)
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Take some more."""
        self._parts.append(self._deflate.compress(data))

    def pieces(self) -> Iterator[bytes]:
        """All of it again, in pieces."""
        inflate = zlib.decompressobj()
        for part in (*self._parts, self._deflate.flush()):
            if piece := inflate.decompress(part):
                yield piece


def _itself(one: Openable, _: Ref) -> Openable:
    return one


def _csv(rows: list[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _json_lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode("utf-8", "replace")


def _cell(cell: Any) -> Any:
    if isinstance(cell, dict | list):
        return guarded(json.dumps(cell, ensure_ascii=False))
    return str(cell).lower() if isinstance(cell, bool) else guarded(cell)


def _source(module: Any) -> bytes:
    return Path(module.__file__).read_bytes()
