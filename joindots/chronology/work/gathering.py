"""What a pack for disclosure is made from: the files as read, the marks on them, and all that must never leave."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology import queries
from joindots.chronology.queries.kept_out import Mark
from joindots.chronology.queries.places import marks_at
from joindots.chronology.rules.disclosing.marking import Marks, marked
from joindots.chronology.rules.given import SourceRead
from joindots.chronology.rules.grouping.deciding import link_entries
from joindots.chronology.rules.people import About
from joindots.chronology.work.packs import log_source
from joindots.documents.leaks.protected import Protected, Word
from joindots.documents.redaction import texts
from joindots.evidence import queries as evidence
from joindots.evidence.rules import links
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.people.rules.protected import signs

LONG_NAME = 6
"""Letters and digits of a file's name from which it is looked for: `1.jpg` would be found everywhere."""
LOG = "log"
CHANGED = words("files_changed", "A file came, went or was read anew while the pack was made. Make it again.")


@dataclass(slots=True)
class Redactor:
    """Takes protected words out of texts, each different text once, and counts what it took by kind."""

    protected: Protected
    counts: Counter[str] = field(default_factory=Counter)
    known: dict[str, texts.Redacted] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        """The text without protected words; they are counted."""
        found = self._found(text)
        self.counts.update(span.kind for span in found.spans)
        return found.text

    def again(self, text: str) -> str:
        """The same for a text made of what was counted before."""
        return self._found(text).text

    def part(self, text: str, words: str) -> str:
        """The text without some words of it that a mark keeps out."""
        return texts.text(text, Protected.of((words,))).text

    def _found(self, text: str) -> texts.Redacted:
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = texts.text(text, self.protected)
        return found


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything a pack for disclosure is made from."""

    at: datetime
    sources: tuple[SourceRead, ...]
    ids: tuple[int | None, ...]
    """The file of each source; None for the log."""
    formats: tuple[str, ...]
    marks: Marks
    kept_files: frozenset[str]
    """Addresses of files found inside others that a mark keeps out."""
    looked: frozenset[str]
    """Addresses of pictures that somebody looked over."""
    protected: Protected
    questions: int
    standing: tuple[Mark, ...] = ()
    """The marks as they stood."""

    @property
    def records(self) -> int:
        """How many records the files hold."""
        return sum(len(source.communications) for source in self.sources)


def gathered(actor: Actor, case: Ref, about: tuple[str, ...]) -> Gathered:
    """Read everything of a case for a pack about these people. The actor stands on the victim's side.

    RuleBroken where a file was read anew, came or went meanwhile: a mark would then be on another's record.
    """
    standing = _readings(actor, case)
    formats = {one.source: one.format for one in evidence.held_sources(actor, case)}
    log = evidence.log_file(actor, case)
    sources = (*queries.sources_read(actor, case, io.BytesIO()), *([log_source(log)] if log else []))
    link_entries(sources, queries.same_acts(actor, case))
    ids = tuple(one.id or None for one in sources)
    marks = queries.marks_of(actor, case)
    key = queries.key_of_marks(actor, case) if any(one.mark for one in marks) else b""
    found = marked(
        sources, ids, marks, [ends for _, ends in evidence.same_acts(actor, case)],
        lambda place: links.mark_of(key, place),
    )  # fmt: skip
    if _readings(actor, case) != standing:
        raise RuleBroken(CHANGED)
    return Gathered(
        actor.at, sources, ids, tuple(formats[one] if one else LOG for one in ids), found,
        frozenset(one.address for one in marks if one.address), queries.looked_over(actor, case),
        Protected(tuple(_words(actor, case, sources)), tuple(_known(sources, about))),
        sum(len(source.questions) for source in sources), marks,
    )  # fmt: skip


def still(actor: Actor, case: Ref, told: Gathered) -> bool:
    """Whether nothing came, after all was gathered, to what must never leave: no word and no mark.

    Asked again when the pack is made: what somebody was just writing down has no later moment than the gathering.
    """
    marks, known = queries.marks_of(actor, case), {one.text for one in told.protected.words}
    return set(marks) <= set(told.standing) and set(queries.guarded_words(actor, case)) <= known


def _readings(actor: Actor, case: Ref) -> dict[str, int]:
    """Which reading of each file is shown now."""
    return marks_at(actor, case, ())[1]


def _words(actor: Actor, case: Ref, sources: tuple[SourceRead, ...]) -> Iterator[Word]:
    """The list of the case, and the names of its files."""
    for word, kind in queries.guarded_words(actor, case).items():
        yield Word(word, kind)  # type: ignore[arg-type]  # the list's kinds are among those of the check
    names = {one for source in sources for one in (source.name, *(inside.name for inside in source.attachments))}
    yield from (Word(name, "file name") for name in sorted(names) if signs(name) >= LONG_NAME)


def _known(sources: tuple[SourceRead, ...], about: tuple[str, ...]) -> Iterator[str]:
    """Names and accounts of those the pack is about: never taken for a misspelling of what is protected."""
    named = About(about)
    yield from about
    found: set[str] = set()
    for source in sources:
        for c in source.communications:
            if c.direction != "out" and named.names_one(c.sender):
                found.update(one for one in (c.sender.shown, (c.sender.key or "").partition(":")[2]) if one)
    yield from sorted(found)
