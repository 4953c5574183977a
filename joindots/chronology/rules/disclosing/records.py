"""Files as read to files as they may be disclosed: words kept back, others' conversations out, sources without names.

What is kept back is kept back before anything is said of it, so that no shortened title or joined line can hold half
of a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from joindots.chronology.rules.disclosing.marking import Marks
from joindots.chronology.rules.given import SourceRead
from joindots.chronology.rules.people import (
    ANOTHER,
    About,
    Thread,
    group_threads,
    is_bystander,
    kept_back,
    kept_back_whole,
    not_yet_picked,
    thread_of,
)
from joindots.evidence.readers.records import (
    OWN_THINGS,
    Communication,
    Identity,
    Media,
    NotUnderstood,
    Place,
)
from joindots.kernel.identities import key_of_number

Redact = Callable[[str], str]
KEPT: Final = "[kept back]"
RECORDS, TALKS, NAMES, FILES = "records kept out", "others’ messages", "others’ names", "files kept out"
"""What is counted beside the kinds of protected words."""
_STAFF_OR_OTHERS: Final = frozenset({"witnesses", "corrected", "saw"})
_OF_MAIL: Final = frozenset({"subject"})
_REACHES: Final = re.compile(r"@|(?:\d\D{0,3}){6}")
"""What stands in place of a name where none is known: an address, or a number."""


@dataclass(slots=True)
class Disclosed:
    """The files as they may be shown, what was kept back by kind, and which files in them a shown record carries."""

    sources: list[SourceRead]
    counts: Counter[str]
    shown_media: set[str] = field(default_factory=set)
    hidden_media: set[str] = field(default_factory=set)
    whole: list[bool] = field(default_factory=list)
    """Of each file: whether every record of it is shown, and nothing in it was kept back."""


def disclosed(
    sources: Sequence[SourceRead],
    reported: About,
    own: About,
    marks: Marks,
    redact: Redact,
    part: Callable[[str, str], str],
) -> Disclosed:
    """The files without what must not leave. `redact` takes protected words out of a text, `part` given words.

    A conversation is shown only if somebody `reported` wrote in it or was written to; `own` are the names of the
    person being stalked, who writes to everybody.
    """
    everything = [c for source in sources for c in source.communications]
    ours = _threads_with(everything, reported)
    sifting = _Sifting(reported, About((*reported.names, *own.names)), group_threads(everything), ours, redact, part,
                       marks)  # fmt: skip
    found = Disclosed([], sifting.counts)
    for number, source in enumerate(sources):
        kept = list(sifting.records(number, source))
        found.sources.append(
            SourceRead(
                _name(number, source), source.sha256, source.size, source.says, kept,
                [NotUnderstood(Place(), one.why) for one in source.not_understood], [],
                [msgspec.structs.replace(one, name="file", place=Place()) for one in source.attachments],
                [msgspec.structs.replace(one, thread=None) for one in source.coverage] if kept else [],
                "It could not be read, or not to its end." if source.problem else "",
                source.blank_days,
            )
        )  # fmt: skip
        found.whole.append(not sifting.touched)
        sifting.touched = False
    found.shown_media = sifting.shown
    found.hidden_media = sifting.hidden
    return found


def _name(number: int, source: SourceRead) -> str:
    return (
        "The log"
        if all(c.channel == "log" for c in source.communications) and source.communications
        else (f"Source {number + 1}")
    )


class _Sifting:
    """One pack's sifting, record by record."""

    def __init__(
        self, reported: About, about: About, groups: frozenset[Thread], ours: frozenset[Thread], redact: Redact,
        part: Callable[[str, str], str], marks: Marks,
    ) -> None:  # fmt: skip
        self.reported, self.about, self.groups, self.ours = reported, about, groups, ours
        self.redact, self.part = redact, part
        self.marks = marks
        self.counts: Counter[str] = Counter()
        self.shown: set[str] = set()
        self.hidden: set[str] = set()
        self.touched = False

    def records(self, number: int, source: SourceRead) -> Iterator[Communication]:
        """The records of one file that may be shown, and empty places for those that are kept out by a mark."""
        if number in self.marks.files:
            self.counts[FILES] += 1
        for at, c in enumerate(source.communications):
            if number in self.marks.files or (number, at) in self.marks.whole:
                self._hide(c, RECORDS)
                yield self._bare(kept_back_whole(c), number, at)
            elif is_bystander(c, self.groups, self.about) or self._by_the_app(c):
                self._hide(c, TALKS, carried=False)
                yield self._bare(kept_back(c), number, at)
            elif self._of_others(c):
                self._hide(c, TALKS, carried=False)
            elif "kept_back" in c.extra or not_yet_picked(c):
                self.touched = True
                yield self._bare(c, number, at)
            else:
                self.shown.update(one.sha256 for one in c.media if one.sha256)
                yield self._shown(c, number, at)

    def _hide(self, c: Communication, what: str, *, carried: bool = True) -> None:
        self.counts[what] += 1
        self.touched = True
        if carried:
            self.hidden.update(one.sha256 for one in c.media if one.sha256)

    def _by_the_app(self, c: Communication) -> bool:
        """What an app notes in a group names its members."""
        return c.kind == "system" and thread_of(c) in self.groups

    def _of_others(self, c: Communication) -> bool:
        """Whether it is a conversation, call or payment in which nobody takes part whom the pack is about."""
        if c.channel in OWN_THINGS or c.channel == "log" or c.kind == "incident" or "kept_back" in c.extra:
            return False
        thread = thread_of(c)
        if thread is not None:
            return thread not in self.ours
        known = [one for one in _far(c) if one.shown or one.key]
        if any(self.reported.names_one(one) for one in known):
            return False
        # A statement of payments is the person's own life: only what went to or came from somebody reported is shown.
        # Who rang or wrote without a number stays; what went out to nobody named does not.
        return c.channel == "payment" or bool(known) or c.direction != "in"

    def _bare(self, c: Communication, number: int, at: int) -> Communication:
        return msgspec.structs.replace(
            c, id=f"{number + 1}-{at + 1}", source_file=f"source-{number + 1}", place=Place(line=c.place.line),
            thread=None, at_shown=None, quoted_of=None, dup_group=None,
        )  # fmt: skip

    def _shown(self, c: Communication, number: int, at: int) -> Communication:
        words, parts = c.text, self.marks.parts.get((number, at), ())
        titled = c.thread if c.thread and self.reported.names_one(_titled(c)) else None
        for part in sorted(parts, key=len, reverse=True):
            words = self.part(words, part) if words else words
            self.counts[RECORDS] += 1
            self.touched = True
        said = None if words is None else self.said(words)
        return msgspec.structs.replace(
            c, id=f"{number + 1}-{at + 1}", source_file=f"source-{number + 1}", place=Place(line=c.place.line),
            thread=self.said(titled) if titled else None, sender=self._sender(c), recipients=self._recipients(c),
            text=said, at_shown=self.said(c.at_shown) if c.at_shown else None, quoted_of=None,
            media=tuple(Media(None, one.present, one.sha256, one.size, one.type) for one in c.media),
            extra=self._extra(c, tuple(parts)),
        )  # fmt: skip

    def said(self, text: str) -> str:
        """The text without protected words."""
        kept = self.redact(text)
        self.touched = self.touched or kept != text
        return kept

    def _sender(self, c: Communication) -> Identity:
        if c.direction == "out" and not self.about.names_one(c.sender):
            return Identity()  # the phone's owner: neither name nor number
        if self.reported.names_one(c.sender) or (c.direction == "in" and not self.about.names_one(c.sender)):
            return self._identity(c.sender)
        return self._by_name(c.sender)

    def _by_name(self, one: Identity) -> Identity:
        """The person being stalked, or who may be: by name alone. A number or address that reaches them is nobody's to
        have, whether a list names it or not.
        """
        name = one.shown if one.shown and not _REACHES.search(one.shown) else None
        if one.key or name != one.shown:
            self.counts[NAMES] += 1
            self.touched = True
        return Identity(self.said(name) if name else None, None)

    def _identity(self, one: Identity) -> Identity:
        return Identity(self.said(one.shown) if one.shown else None, self.said(one.key) if one.key else None)

    def _recipients(self, c: Communication) -> tuple[Identity, ...]:
        """Whom the pack is about by name, others as others; who a message came to is the phone's owner."""
        if c.direction != "out":
            return ()
        named = [
            self._identity(one) if self.reported.names_one(one) else self._by_name(one)
            for one in c.recipients if self.about.names_one(one)
        ]  # fmt: skip
        others = len(c.recipients) - len(named)
        self.counts[NAMES] += others
        self.touched = self.touched or others > 0
        return (*named, *([Identity(shown=ANOTHER)] if others else []))

    def _extra(self, c: Communication, parts: Iterable[str]) -> dict[str, Any]:
        """What stands beside the words; of a picture or file nothing, for it tells of place and device."""
        found: dict[str, Any] = {}
        if c.channel in OWN_THINGS:
            return found
        for key, value in c.extra.items():
            if c.channel == "email" and key not in _OF_MAIL and isinstance(value, str | list | dict):
                continue
            if any(one in key.casefold() for one in _STAFF_OR_OTHERS):
                self.counts[NAMES] += 1
                self.touched = True
                continue
            found[self.said(key)] = self._value(value, parts)
        return found

    def _value(self, value: Any, parts: Iterable[str]) -> Any:
        if isinstance(value, str):
            for part in parts:
                value = self.part(value, part)
            return self.said(value)
        if isinstance(value, list | tuple):
            return [self._value(one, parts) for one in value]
        if isinstance(value, dict):
            return {self.said(str(key)): self._value(one, parts) for key, one in value.items()}
        return value


def _far(c: Communication) -> tuple[Identity, ...]:
    """Who is at the other end; where it is not known which way it went, both."""
    if c.direction in ("in", "out"):
        return (c.sender,) if c.direction == "in" else c.recipients
    other, key = c.extra.get("other_side"), c.extra.get("other_side_key")
    told = (Identity(other, key or key_of_number(other)),) if isinstance(other, str) else ()
    return (c.sender, *c.recipients, *told)


def _titled(c: Communication) -> Identity:
    """A conversation's title as if it were somebody: chats of two are called by the other's name or number."""
    return Identity(shown=c.thread, key=c.thread)


def _threads_with(communications: Iterable[Communication], reported: About) -> frozenset[Thread]:
    """Conversations in which somebody reported wrote, or was written to."""
    found: set[Thread] = set()
    for c in communications:
        thread = thread_of(c)
        if thread is None or thread in found:
            continue
        if any(reported.names_one(one) for one in (*_far(c), _titled(c))):
            found.add(thread)
    return frozenset(found)
