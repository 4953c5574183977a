"""The long work of disclosure: sift, copy, set, check every byte of the finished pack, and keep it or block it."""

from __future__ import annotations

import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology import actions, queries
from joindots.chronology.actions import Contents
from joindots.chronology.queries.exhibits import references
from joindots.chronology.rules.disclosing.copies import TEXT
from joindots.chronology.rules.disclosing.enclosing import WhyNot, why_not
from joindots.chronology.rules.disclosing.holding import holders
from joindots.chronology.rules.disclosing.kinds import says_kind
from joindots.chronology.rules.disclosing.marking import Spot
from joindots.chronology.rules.disclosing.papers import paper
from joindots.chronology.rules.disclosing.records import FILES, Disclosed, disclosed
from joindots.chronology.rules.document import NO_INSTANT, Chronology, chronology_of
from joindots.chronology.rules.people import About
from joindots.chronology.rules.release import State
from joindots.chronology.work.copying import Copying
from joindots.chronology.work.cyber import captured
from joindots.chronology.work.gathering import LOG, Gathered, Redactor, gathered, still
from joindots.chronology.work.packs import scratch_folder, seal_file
from joindots.documents.contents import ChronologyDocument, Exhibit
from joindots.documents.layout import exhibit_path
from joindots.documents.leaks.finding import File, Leak, find
from joindots.documents.pack import build_pack
from joindots.evidence.readers.pictures.looking import engine, words_of
from joindots.jobs.models import Job
from joindots.jobs.tasks import Progress
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

BEAT = 8.0
"""Seconds after which long work says that it is alive: its lease is 30."""
STEPS = 6
OWN_FORMATS = frozenset({"photo", "exhibit"})
"""Files that are exhibits by themselves and hold no records."""
TITLE = "Chronology for disclosure"
GROWN = words("list_grew", "Something was added to what must never leave while the pack was made. Make it again.")


class MakeDisclosure:
    """Makes one pack for disclosure. `job.subject` is its id."""

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]:
        """Made from the beginning again after a kill: a pack is whole and checked, or not there."""
        making = _Making(actor, Ref(UUID(job.subject)))
        if making.asked.state is not State.MAKING:  # it was kept, and the work was killed before it could say so
            yield Progress("ready", STEPS, STEPS)
            return
        yield Progress("read", 0, STEPS)
        making.gather()
        yield Progress("sifted", 1, STEPS)
        yield from meanwhile(making.sift, Progress("sifted", 1, STEPS))
        with tempfile.TemporaryDirectory(dir=scratch_folder()) as folder:
            for _ in making.copy(Path(folder)):
                yield Progress("copied", 2, STEPS)
            making.say_custody()
            yield Progress("set", 3, STEPS)
            yield from meanwhile(lambda: making.press(Path(folder)), Progress("set", 3, STEPS))
            yield Progress("checked", 4, STEPS)
            yield from meanwhile(making.check, Progress("checked", 4, STEPS))
            making.keep_or_block()
        yield Progress("ready", STEPS, STEPS)

    def forget(self, actor: Actor, job: Job) -> None:
        """Delete the pack that was asked for."""
        actions.forget_disclosure(actor, Ref(UUID(job.subject)))


class _Making:
    """One pack in the making. What opens seals runs where the job runs; what takes long opens none."""

    told: Gathered
    found: Disclosed
    made: Chronology
    copying: Copying
    document: ChronologyDocument
    pack: Path
    files: int = 0
    holding: dict[str, tuple[Spot, ...]] | None = None
    """Records that hold what was found; looked for only where something was."""

    def __init__(self, actor: Actor, ref: Ref) -> None:
        self.actor, self.ref = actor, ref
        self.asked = queries.disclosure(actor, ref)
        self.case = Ref(self.asked.case)
        self.exhibits: list[Exhibit] = []
        self.leaks: list[Leak] = []

    def gather(self) -> None:
        """Open everything that the pack is made from."""
        self.told = gathered(self.actor, self.case, (*self.asked.about, *self.asked.own))
        self.redactor = Redactor(self.told.protected)
        given = references(self.actor, self.case)
        self.references = {sha256: reference for sha256, (reference, _) in given.items()}

    def sift(self) -> None:
        """Keep back what must not leave, and make the chronology of the rest."""
        redactor = self.redactor
        reported, own = About(self.asked.about), About(self.asked.own)
        self.found = disclosed(self.told.sources, reported, own, self.told.marks, redactor, redactor.part)
        self.made = chronology_of(self.found.sources, (*self.asked.about, *self.asked.own), title=TITLE)

    def copy(self, folder: Path) -> Iterator[None]:
        """Copy each exhibit that may be in it, one after the other."""
        (folder / "copies").mkdir()
        kept = captured(self.actor, self.case)
        self.copying = Copying(self.actor, self.case, self.told.protected, engine(), folder / "copies", self.references)
        for one in self.made.exhibits:
            why, looked = self._stands(one)
            copied = self.copying.copied(one, why, looked=looked)
            if not copied.why_not:  # the address of a captured page is told only where the page is in the pack
                noted = (self.redactor(each.says(outward=True)) for each in kept.get(one.sha256, ()))
                copied = replace(copied, says="; ".join((copied.says, *noted)))
            self.exhibits.append(copied)
            yield

    def _stands(self, exhibit: Exhibit) -> tuple[WhyNot | None, bool]:
        """What keeps an exhibit out, and whether somebody looked it over."""
        address = queries.address_of(self.actor, self.case, exhibit.sha256)
        own = [at for at, source in enumerate(self.told.sources) if source.sha256 == exhibit.sha256]
        marked = address in self.told.kept_files or any(at in self.told.marks.files for at in own)
        formats = {self.told.formats[at] for at in own}
        why = why_not(
            kind=TEXT if own else exhibit.says if "/" in exhibit.says else TEXT, marked=marked,
            hidden=exhibit.sha256 in self.found.hidden_media,
            shown=bool(own) or exhibit.sha256 in self.found.shown_media, log=LOG in formats,
            of_records=bool(formats - OWN_FORMATS - {LOG}),
        )  # fmt: skip
        return why, address in self.told.looked

    def say_custody(self) -> None:
        """The statement of custody of what is in the pack, and the paper itself."""
        again = self.redactor.again
        calls = {
            queries.address_of(self.actor, self.case, sha256): called
            for sha256, called in self.copying.enclosed.items()
        }  # fmt: skip
        custody = queries.statement_outward(self.actor, self.case, self.asked.id, calls, again(self.asked.recipient))
        document = paper(
            self.made.document, again, self.asked.recipient, self.kept_back, says_kind, self.told.questions
        )
        self.document = replace(document, custody=custody)

    @property
    def kept_back(self) -> dict[str, int]:
        """How much of each kind is not in the pack."""
        total: Counter[str] = Counter(self.redactor.counts)
        total.update(self.found.counts)
        total.update(self.copying.counts)
        total[FILES] = sum(1 for one in self.exhibits if one.why_not)
        return {kind: number for kind, number in sorted(total.items()) if number}

    def press(self, folder: Path) -> None:
        """Set the pages and close the bag."""
        self.moment = self.made.last_instant or NO_INSTANT
        path = folder / f"disclosure-{self.asked.case}.zip"
        build_pack(self.document, self.exhibits, path, self.moment, zipped=True)
        self.pack = path

    def check(self) -> None:
        """Look for what must never leave in every byte of the finished pack, as it lies there."""
        with zipfile.ZipFile(self.pack) as archive:
            inside = archive.infolist()
            root = inside[0].filename.partition("/")[0]
            files: list[File] = [(one.filename, _reading(archive, one)) for one in inside]
            vouched = [f"{root}/data/{path}" for path in self.copying.vouched]
            reader = (lambda picture: words_of(picture) or []) if self.copying.engine else None
            self.leaks = find(files, self.told.protected, reader, vouched=vouched)
            self.files = len(files)

    def keep_or_block(self) -> None:
        """Keep a pack in which nothing was found; of any other only the places and kinds. RuleBroken where the list of
        what must never leave grew meanwhile: the pack was not made by it.
        """
        if not still(self.actor, self.case, self.told):
            raise RuleBroken(GROWN)
        made = Contents(
            gathered_at=self.told.at, as_at=self.moment, entries=len(self.document.entries),
            records=sum(len(one.communications) for one in self.found.sources), enclosed=len(self.copying.enclosed),
            left_out=sum(1 for one in self.exhibits if one.why_not), kept_back=self.kept_back,
            checked_files=self.files, with_ocr=bool(self.copying.engine), sources=self._sources(),
            exhibits=queries.files_with(self.actor, self.case, tuple(self.copying.enclosed))[1],
        )  # fmt: skip
        if self.leaks:
            hits = tuple(dict.fromkeys((one.place, str(one.says), self._where(one)) for one in self.leaks))[:200]
            actions.block_disclosure(self.actor, self.ref, hits=hits, made=made)
        else:
            actions.keep_disclosure(self.actor, self.ref, sealed=seal_file(self.pack), made=made)

    def _where(self, leak: Leak) -> tuple[str, ...]:
        """What of the case brought it in, as the page that keeps things out is asked for it; nothing where unknown."""
        for mine, copied in zip(self.made.exhibits, self.exhibits, strict=True):
            if copied.ending and f"/{exhibit_path(copied)}" in leak.place:
                sources, inside = queries.files_with(self.actor, self.case, (mine.sha256,))
                return (*(f"source={one}" for one in sources), *(f"exhibit={one}" for one in inside))[:1]
        if self.holding is None:
            self.holding = holders(self.found.sources, self.told.protected)
        return tuple(self._end(number, at) for number, at in self.holding.get(leak.kind, ()))

    def _end(self, number: int, at: int) -> str:
        known = self.told.ids[number]
        return f"record={known}.{at}" if known else f"entry={self.told.sources[number].communications[at].id}"

    def _sources(self) -> tuple[int, ...]:
        """Files of which something is in the pack."""
        shown = zip(self.told.ids, self.found.sources, self.told.sources, strict=True)
        return tuple(
            known for known, kept, whole in shown
            if known is not None and (kept.communications or whole.sha256 in self.copying.enclosed)
        )  # fmt: skip


def _reading(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    return lambda: archive.read(entry)


def meanwhile(work: Callable[[], None], alive: Progress) -> Iterator[Progress]:
    """Do work that opens no seal and asks no database, saying every few seconds that it is alive."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        doing = pool.submit(work)
        while True:
            try:
                doing.result(timeout=BEAT)
                return
            except NotYet:
                if doing.done():
                    raise
                yield alive
