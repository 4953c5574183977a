"""Long work: copies of an application's exhibits, redacted as for disclosure, bundled with its papers and searched."""

from __future__ import annotations

import hashlib
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
from joindots.documents.leaks.finding import find
from joindots.documents.leaks.protected import Protected
from joindots.documents.zipped import zip_folder
from joindots.evidence.readers.pictures.looking import engine, words_of
from joindots.jobs.models import Job
from joindots.jobs.tasks import Progress
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.orders.actions import enclosing as actions
from joindots.orders.queries import papers as queries
from joindots.orders.rules import enclosing as rule
from joindots.orders.rules.enclosing import BUNDLES, Enclosed, Shown
from joindots.vault import scratch

STEPS = 4
GROWN = words(
    "bundle_grew", "Meanwhile something was added to what must not leave, or kept out of disclosure. Make it again."
)
INSIDE = {"court": ("bundle", "word"), "serve": ("service",)}
"""The papers in each bundle. Nothing of the court's is in what is served."""
NAMES = {"bundle": "application.pdf", "word": "application.docx", "service": "copy-to-serve.pdf"}


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
            found.append((enclosed(one, copied), copied))
            yield Progress("copied", 1, STEPS)
        told = tuple(one for one, _ in found)
        papers = {what: queries.file_bytes(actor, ref, what) for whats in INSIDE.values() for what in whats}
        for bundle in BUNDLES:
            _lay(folder / bundle, bundle, papers, found, printed.stamp)
            zip_folder(folder / bundle, folder / f"{bundle}.zip", printed.at, BUNDLES[bundle])
        yield Progress("set", 2, STEPS)
        vouched = frozenset(name.name for name, copied in found if str(copied.number) in _looked(copying))
        hits: list[tuple[str, str]] = []
        yield from meanwhile(lambda: hits.extend(_hits(folder, protected, vouched)), Progress("checked", 3, STEPS))
        now = outward(actor, case)
        if queries.to_print(actor, ref)[1] != protected or (now.marks, now.looked) != (marks.marks, marks.looked):
            raise RuleBroken(GROWN)
        _keep(actor, ref, folder, at, hits, told)

    def forget(self, actor: Actor, job: Job) -> None:
        """Delete the bundles that were asked for."""
        actions.forget_bundles(actor, Ref(UUID(job.subject)))


def enclosed(one: Shown, copied: Exhibit) -> Enclosed:
    """An exhibit as the list tells of it."""
    if copied.why_not:
        return Enclosed(one, why_not=copied.why_not)
    return Enclosed(one, rule.name_of(one.one.reference, copied.ending), copied.size, copied.sha256)


def _looked(copying: Copying) -> frozenset[str]:
    """Numbers of copies that a named person has been through."""
    return frozenset(str(int(Path(path).stem)) for path in copying.vouched)


def _lay(
    folder: Path, bundle: str, papers: dict[str, bytes], found: list[tuple[Enclosed, Exhibit]], stamp: str
) -> None:
    """Lay a bundle's files into a folder: papers, copies, the list of exhibits, and the SHA-256 of each."""
    (folder / rule.FOLDER).mkdir(parents=True)
    for what in INSIDE[bundle]:
        (folder / NAMES[what]).write_bytes(papers[what])
    for one, copied in found:
        if one.name and copied.link_from:
            (folder / one.name).write_bytes(copied.link_from.read_bytes())
    told = tuple(one for one, _ in found)
    (folder / "exhibits.txt").write_text(rule.index(stamp, told, served=bundle == "serve"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    hashes = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (folder / "manifest-sha256.txt").write_text(rule.manifest(hashes))


def _hits(folder: Path, protected: Protected, vouched: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What the leak check finds in any file of a bundle, each picture read once: place and sentence, no word of it."""
    reader = (lambda picture: words_of(picture) or []) if engine() else None
    seen: set[str] = set()
    for bundle in BUNDLES:
        for path in sorted(one for one in (folder / bundle).rglob("*") if one.is_file()):
            name = path.relative_to(folder / bundle).as_posix()
            if name.startswith(rule.FOLDER) and name in seen:
                continue
            seen.add(name)
            ours = name in NAMES.values()
            for one in find([(name, path.read_bytes)], protected, reader, vouched=(name,) if ours else vouched):
                yield name, str(one.says)


def _keep(
    actor: Actor, ref: Ref, folder: Path, at: datetime, hits: list[tuple[str, str]], told: tuple[Enclosed, ...]
) -> None:
    if hits:
        actions.block_bundles(actor, ref, hits=tuple(dict.fromkeys(hits)))
        return
    sealed = {bundle: seal_file(folder / f"{bundle}.zip") for bundle in BUNDLES}
    said = tuple((one.shown.one.reference, one.says) for one in told)
    actions.keep_bundles(actor, ref, at=at, sealed=sealed, told=said)
