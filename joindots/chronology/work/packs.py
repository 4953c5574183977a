"""The long work of the chronology: making a pack in memory, and sealing it."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.chronology import actions, queries
from joindots.chronology.rules.document import NO_INSTANT, chronology_of
from joindots.chronology.rules.given import Captured, SourceRead
from joindots.chronology.rules.grouping.deciding import Decisions, link_entries
from joindots.chronology.work.cyber import captured, looks
from joindots.documents.contents import Exhibit
from joindots.documents.pack import build_pack
from joindots.evidence import queries as evidence
from joindots.evidence.readers.records import Coverage
from joindots.evidence.rules import keeping
from joindots.jobs.models import Job
from joindots.jobs.tasks import Progress
from joindots.people import queries as people
from joindots.people.rules.beliefs import account_of, file_of
from joindots.vault import scratch
from joindots.vault.files import CHUNK, SealedFile, Sealer

PARTIES = frozenset({"victim", "suspect"})


class MakePack:
    """Makes one pack. `job.subject` is its id."""

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]:
        """Gather, set, enclose, seal. Made from the beginning again after a kill: a pack is whole or not there."""
        ref = Ref(UUID(job.subject))
        pack = queries.pack(actor, ref)
        case = Ref(pack.case)
        yield Progress("read", 0, 4)
        log = evidence.log_file(actor, case)
        waiting = [_waiting(*one) for one in evidence.waiting_for_choice(actor, case)]
        sources = (*queries.sources_read(actor, case, io.BytesIO()), *([log_source(log)] if log else []), *waiting)
        link_entries(sources, queries.same_acts(actor, case))
        made = chronology_of(sources, pack.about, _answers(actor, case), decided=decisions(actor, case))
        yield Progress("sorted", 1, 4)
        kept = captured(actor, case)
        exhibits = [_openable(actor, case, _said(one, kept), log) for one in made.exhibits]
        moment = made.last_instant or NO_INSTANT
        numbers = {one.sha256: one.number for one in exhibits}
        document = replace(made.document, custody=queries.statement_for_pack(actor, case, pack.id, numbers))
        with tempfile.TemporaryDirectory(dir=scratch_folder()) as folder:
            path = build_pack(document, exhibits, Path(folder) / f"pack-{pack.case}.zip", moment, zipped=True).path
            yield Progress("set", 2, 4)
            sealed = seal_file(path)
        yield Progress("sealed", 3, 4)
        copied, inside = queries.files_with(actor, case, tuple(one.sha256 for one in exhibits if one.open))
        actions.keep_pack(
            actor, ref, sources=copied, exhibits=inside, sealed=sealed, as_at=moment,
            entries=len(made.document.entries),
            records=sum(len(source.communications) for source in sources),
            open_questions=sum(len(source.questions) for source in sources),
        )  # fmt: skip
        yield Progress("ready", 4, 4)

    def forget(self, actor: Actor, job: Job) -> None:
        """Delete the pack that was asked for."""
        actions.forget_pack(actor, Ref(UUID(job.subject)))


def scratch_folder() -> Path:
    """Where a pack lies while it is made: in memory where the machine has such a folder, for words may not
    touch the disk; else a folder for this user alone, which the health page says.
    """
    return scratch.folder()


def log_source(log: evidence.LogFile) -> SourceRead:
    """The case's own log as one more source. Which period it covers nobody can say: it holds what was told."""
    coverage = [Coverage("log", None, None, ("log_entries",))]
    return SourceRead(
        log.name, hashlib.sha256(log.data).hexdigest(), len(log.data), "log entries", list(log.records),
        coverage=coverage,
    )  # fmt: skip


def _waiting(name: str, sha256: str, size: int) -> SourceRead:
    """A file that was brought in, and of which nobody has chosen yet what is taken in."""
    problem = "nobody has chosen yet what of it is taken in."
    return SourceRead(name, sha256, size, "not taken in", problem=problem)


def _said(exhibit: Exhibit, kept: Mapping[str, tuple[Captured, ...]]) -> Exhibit:
    """The exhibit with what is noted of it as a capture."""
    return replace(exhibit, says="; ".join((exhibit.says, *(one.says() for one in kept.get(exhibit.sha256, ())))))


def _openable(actor: Actor, case: Ref, exhibit: Exhibit, log: evidence.LogFile | None) -> Exhibit:
    if exhibit.why_not:
        return exhibit
    if log is not None and exhibit.sha256 == hashlib.sha256(log.data).hexdigest():
        return replace(exhibit, open=lambda: io.BytesIO(log.data))
    kept = evidence.by_content(actor, case, exhibit.sha256)
    if kept is None:
        return replace(exhibit, why_not="the source names it and does not hold it.")
    return replace(exhibit, open=kept.open)


def decisions(actor: Actor, case: Ref) -> Decisions:
    """What people decided about a case's records, as a pack takes it. Of bystanders' accounts it tells nothing."""
    head = casework.case(actor, case)
    said = people.whose_accounts(actor, Ref(head.circle))
    parties = {one.id for one in head.people if one.stands_as in PARTIES}
    names = {one.source: one.name for one in evidence.coverage_of(actor, case)}
    believed = tuple(
        f"{account_of(account)}{_in_file(account, names)}: {'; '.join(one.says for one in held)}."
        for account, held in sorted(said.items())
        if parties.issuperset(one.person for one in held)
    )
    told = (*believed, *looks(actor, case))
    return Decisions(queries.grouping(actor, case), queries.references(actor, case), told)


def _in_file(account: str, names: Mapping[int, str]) -> str:
    """The file that alone shows an account by this name."""
    source = file_of(account)
    return f" in {names.get(source, 'a file that was removed')}" if source is not None else ""


def _answers(actor: Actor, case: Ref) -> list[str]:
    held = evidence.held_sources(actor, case)
    chosen = [f"{one.name}, taken in: {keeping.says(one.choice)}" for one in held if not one.choice.everything]
    gaps = [one.says for one in evidence.gaps_told(actor, case) if one.stands]
    return [*gaps, *chosen, *(f"{one.name}, {given.question}: {given.value}" for one in held for given in one.answers)]


def seal_file(path: Path) -> SealedFile:
    """The file sealed as it streams into the store; nothing of it is left if that fails."""
    sealer = Sealer()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(CHUNK):
                sealer.write(piece)
        return sealer.close()
    except BaseException:
        sealer.drop()
        raise
