"""Long work: copies of an application's exhibits, redacted as for disclosure, bundled with its papers and searched."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology.work.copying import Copying
from joindots.chronology.work.disclosures import meanwhile
from joindots.chronology.work.outward import outward
from joindots.chronology.work.packs import seal_file
from joindots.documents.contents import Exhibit
from joindots.documents.zipped import zip_folder
from joindots.evidence.readers.pictures.looking import engine, words_of
from joindots.jobs.models import Job
from joindots.jobs.tasks import Progress
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.orders.actions import enclosing as actions
from joindots.orders.queries import papers as queries
from joindots.orders.rules import enclosing as rule
from joindots.orders.rules.enclosing import BUNDLES, Enclosed
from joindots.orders.work import laying
from joindots.vault import scratch

STEPS = 4
GROWN = words(
    "bundle_grew", "Meanwhile something was added to what must not leave, or kept out of disclosure. Make it again."
)


class EncloseExhibits:
    """Makes the bundles of one making of papers. `job.subject` is its id."""

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]:
        """Made from the beginning again after a kill: bundles are whole and checked, or not there."""
        ref = Ref(UUID(job.subject))
        if queries.paper(actor, ref).enclosed != "making":
            yield Progress("ready", STEPS, STEPS)
            return
        with tempfile.TemporaryDirectory(dir=scratch.folder()) as folder:
            yield from self._made(actor, ref, Path(folder))
        yield Progress("ready", STEPS, STEPS)

    def _made(self, actor: Actor, ref: Ref, folder: Path) -> Iterator[Progress]:
        printed, protected = queries.to_print(actor, ref)
        case, at = Ref(printed.draft.reference), actor.at
        marks = outward(actor, case)
        copying = Copying(actor, case, protected, engine(), folder)
        yield Progress("read", 1, STEPS)
        found: list[tuple[Enclosed, Exhibit]] = []
        for number, one in enumerate(rule.shown(printed.draft), start=1):
            why, looked = marks.stands(one.one.sha256)
            copied = copying.copied(Exhibit(number, "", one.one.sha256, one.one.size), why, looked=looked)
            found.append((laying.enclosed(one, copied), copied))
            yield Progress("copied", 1, STEPS)
        told = tuple(one for one, _ in found)
        papers = {what: queries.file_bytes(actor, ref, what) for whats in laying.INSIDE.values() for what in whats}
        for bundle in BUNDLES:
            laying.lay(folder / bundle, bundle, papers, found, printed.stamp)
            zip_folder(folder / bundle, folder / f"{bundle}.zip", printed.at, BUNDLES[bundle])
        yield Progress("set", 2, STEPS)
        vouched = frozenset(name.name for name, copied in found if str(copied.number) in _looked(copying))
        reader = (lambda picture: words_of(picture) or []) if engine() else None
        hits: list[tuple[str, str]] = []
        yield from meanwhile(
            lambda: hits.extend(laying.hits(folder, protected, vouched, reader)), Progress("checked", 3, STEPS)
        )
        now = outward(actor, case)
        if queries.to_print(actor, ref)[1] != protected or (now.marks, now.looked) != (marks.marks, marks.looked):
            raise RuleBroken(GROWN)
        _keep(actor, ref, folder, at, hits, told)

    def forget(self, actor: Actor, job: Job) -> None:
        """Delete the bundles that were asked for."""
        actions.forget_bundles(actor, Ref(UUID(job.subject)))


def _looked(copying: Copying) -> frozenset[str]:
    """Numbers of copies that a named person has been through."""
    return frozenset(str(int(Path(path).stem)) for path in copying.vouched)


def _keep(
    actor: Actor, ref: Ref, folder: Path, at: datetime, hits: list[tuple[str, str]], told: tuple[Enclosed, ...]
) -> None:
    if hits:
        actions.block_bundles(actor, ref, hits=tuple(dict.fromkeys(hits)))
        return
    sealed = {bundle: seal_file(folder / f"{bundle}.zip") for bundle in BUNDLES}
    said = tuple((one.shown.one.reference, one.says) for one in told)
    actions.keep_bundles(actor, ref, at=at, sealed=sealed, told=said)
