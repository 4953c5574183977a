"""Copies of exhibits for a pack for disclosure, made in a child behind walls, or the sentence why there is none."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology import queries
from joindots.chronology.rules.disclosing.copies import PDF, PICTURES, SOUNDS, TEXT, Copy, copy_of, is_words
from joindots.chronology.rules.disclosing.enclosing import KIND_WORDS, SAYS, WhyNot, kind_says
from joindots.documents.contents import Exhibit
from joindots.documents.layout import exhibit_path
from joindots.documents.leaks.protected import Protected, Word
from joindots.evidence import queries as evidence
from joindots.evidence.readers.contents import type_of
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.sandbox.limits import MIB, Limits
from joindots.evidence.readers.sandbox.running import run_named
from joindots.kernel.problems import NotFound, RuleBroken

LIMITS = Limits(file=48 * MIB, memory=1536 * MIB, seconds=60, bytes_a_second=MIB, silence=180.0)
LARGEST_TEXT = 16 * MIB
PAPERS = frozenset({"pdf", "txt"})
"""Somebody's words, which may be another's: what no list names only a person sees."""


@dataclass(slots=True)
class Copying:
    """One pack's copying. `folder` is where copies lie, `engine` the data of the reader of pictures, or nothing."""

    actor: Actor
    case: Ref
    protected: Protected
    engine: str
    folder: Path
    references: Mapping[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    vouched: list[str] = field(default_factory=list)
    """Paths in the pack whose sight a named person has been through."""
    enclosed: dict[str, str] = field(default_factory=dict)
    """What is in the pack: the SHA-256 of each original, and how its copy is called."""

    def copied(self, exhibit: Exhibit, why: WhyNot | None, *, looked: bool) -> Exhibit:
        """The exhibit as the pack has it: a copy under a neutral name, or why it is not there."""
        called = f"Exhibit {self.references.get(exhibit.sha256) or exhibit.number}"
        original = exhibit.sha256
        plain = replace(exhibit, name=called, sha256="", size=0, says=_says(exhibit), open=None, link_from=None,
                        why_not="", ending="bin")  # fmt: skip
        if exhibit.why_not and why is None:
            why = WhyNot.OF_KEPT
        made = why or self._made(original, looked=looked)
        if isinstance(made, WhyNot):
            return replace(plain, why_not=SAYS[made])
        path = self.folder / f"{exhibit.number}.{made.ending}"
        path.write_bytes(made.data)
        self.counts.update(made.counts)
        self.enclosed[original] = called
        done = replace(
            plain, sha256=hashlib.sha256(made.data).hexdigest(), size=len(made.data), ending=made.ending,
            says=KIND_WORDS[made.ending], open=lambda: path.open("rb"), link_from=path,
        )  # fmt: skip
        if looked:
            self.vouched.append(exhibit_path(done))
        return done

    def _made(self, sha256: str, *, looked: bool) -> Copy | WhyNot:
        try:
            kept = evidence.by_content(self.actor, self.case, sha256)
            if kept is None:
                return WhyNot.MISSING
            with kept.open() as stream:
                data = stream.read(LIMITS.file + 1)
        except (NotFound, OSError):
            return WhyNot.MISSING
        kind = type_of(data[:4096])
        try:
            made = self._copy(data, kind)
        except (NotReadable, RuleBroken):
            return WhyNot.SOUND if _sounds(kind) else WhyNot.BROKEN
        if made is None:
            return WhyNot.SOUND if _sounds(kind) else WhyNot.UNKNOWN
        if looked:
            return made
        if made.ending in SOUNDS:
            return WhyNot.UNHEARD
        if made.ending in PAPERS:
            return WhyNot.PAPER
        return WhyNot.UNSEEN if made.unread else made

    def _copy(self, data: bytes, kind: str | None) -> Copy | None:
        """The copy; without the reader of words where that gives up on a picture, which a person must then look at."""
        words = (kind == TEXT and len(data) <= LARGEST_TEXT) or is_words(kind)
        if not (words or kind == PDF or kind in PICTURES or (kind or "").startswith("audio/")):
            return None
        try:
            return run_named("The file", LIMITS, copy_of, data, self.protected, self.engine)
        except NotReadable:
            if not self.engine or (kind != PDF and kind not in PICTURES):
                raise
            return run_named("The file", LIMITS, copy_of, data, self.protected, "")


def words_copied(actor: Actor, case: Ref, sha256: str) -> str | None:
    """The words that a pack would copy of a mail, a page or an Office file, for whoever looks it over: what is not
    shown in the original may stand among them. None for files of another kind. Refused in a sentence.
    """
    kept = evidence.by_content(actor, case, sha256)
    if kept is None:
        raise NotFound
    with kept.open() as stream:
        data = stream.read(LARGEST_TEXT)
    kind = type_of(data[:4096])
    if kind != TEXT and not is_words(kind):
        return None
    listed = (Word(word, named) for word, named in queries.guarded_words(actor, case).items())  # type: ignore[arg-type]  # as `gathering`
    return run_named("The file", LIMITS, copy_of, data, Protected(tuple(listed)), "").data.decode()


def _sounds(kind: str | None) -> bool:
    return (kind or "").startswith(("audio/", "video/"))


def _says(exhibit: Exhibit) -> str:
    return kind_says(exhibit.says if "/" in exhibit.says else None)
