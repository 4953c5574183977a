"""Custody as a statement: the entries of a case's book as dated sentences, thing by thing (pure)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from joindots.audit.chain import canonical
from joindots.chronology.rules.wording import many
from joindots.documents.contents import CustodyLine, CustodyPart, CustodyStatement
from joindots.documents.sheets import guarded
from joindots.kernel.when import LOCAL, day_says

SENTENCES: Final[dict[str, str]] = {
    "evidence.brought_in": "brought in by {who}, and sealed byte for byte",
    "evidence.came_again": "brought in again by {who}; the first copy stands",
    "evidence.reading_begun": "a copy was read by machine, in the name of {who}",
    "evidence.held": "its reading was finished, in the name of {who}",
    "evidence.answered": "questions about it were answered by {who}",
    "evidence.exhibit_kept": "found inside a file and kept, in the name of {who}",
    "evidence.file_looked_at": "its page was looked at by {who}",
    "evidence.record_looked_at": "one record of it was looked at, as it stands in the file, by {who}",
    "evidence.original_taken": "the original was copied out by {who}",
    "evidence.removing": "{who} asked for it to be removed for good",
    "evidence.removed": "removed for good, in the name of {who}",
    "chronology.kept_out": "kept out of disclosure by {who}",
    "chronology.kept_out_lifted": "no longer kept out of disclosure, said by {who}",
    "chronology.looked_over": "looked over for disclosure by {who}",
    "chronology.look_taken_back": "that it was looked over was taken back by {who}",
    "chronology.pack_asked": "asked for by {who}",
    "chronology.pack_made": "finished, in the name of {who}",
    "chronology.pack_taken": "downloaded by {who}",
    "chronology.pack_forgotten": "not finished, and deleted, in the name of {who}",
    "chronology.disclosure_asked": "asked for by {who}",
    "chronology.disclosure_made": "finished and found clean by the leak check, in the name of {who}",
    "chronology.disclosure_blocked": "blocked by the leak check, and not kept, in the name of {who}",
    "chronology.disclosure_forgotten": "not finished, and deleted, in the name of {who}",
    "chronology.release_asked": "{who} asked a second person to release it",
    "chronology.release_looked_at": "what its release needs was looked at by {who}",
    "chronology.released": "released by {who}",
    "chronology.release_refused": "not released: {who} said no",
    "chronology.disclosure_fetched": "downloaded by {who}",
    "chronology.statement_taken": "the statement of custody was downloaded by {who}",
    "chronology.table_taken": "a table of counts was downloaded by {who}",
    "chronology.timeline_taken": "a timeline was downloaded as a PDF by {who}",
}
COPIED: Final = {
    "chronology.pack_made": "copied into a full pack, in the name of {who}",
    "chronology.disclosure_made": "a copy with words kept back went into a pack for disclosure, in the name of {who}",
}
_MADE_BY_WORK: Final = frozenset({"evidence.see", "evidence.original"})
LOOKED: Final = "its records were looked at by {who}"
"""A reading of the case's records as lists, pictures or a search: no one file is named by it."""
OF_CASE: Final = frozenset({"chronology.statement_taken", "chronology.table_taken", "chronology.timeline_taken"})
COLUMNS: Final = ("entry", "at", "who", "role", "agency", "about", "what", "code", "previous", "digest", "content")
OUTWARD: Final = ("entry", "at", "who", "about", "what", "digest")
CLOSING: Final = (
    "Every entry of the trail is chained to the one before: its digest is the SHA-256 of the digest before it, a line "
    "feed, and its content written with sorted keys, without spaces, in UTF-8.",
    "custody.csv holds every entry of this case's book with its content, so that anybody can work the chain out again.",
)
CLOSING_OUTWARD: Final = (
    "The digests are those of the trail of whoever made this pack, and prove which entries stood there on that day. "
    "Names of staff are left out; whoever made this pack holds them.",
)


class Entry(Protocol):
    """An entry of a book, as circles give it."""

    @property
    def seq(self) -> int: ...

    @property
    def at(self) -> datetime: ...

    @property
    def who(self) -> str: ...

    @property
    def roles(self) -> str: ...

    @property
    def agency(self) -> str: ...

    @property
    def agency_kind(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def says(self) -> dict[str, Any]: ...

    @property
    def content(self) -> dict[str, Any]: ...

    @property
    def previous(self) -> str: ...

    @property
    def digest(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Thing:
    """What custody is of: a file, an exhibit or a pack. `key` and `id` are how entries name it."""

    key: str
    id: str
    title: str
    about: str = ""
    inside: str = ""
    """Of a file found inside another: that other's id."""


@dataclass(slots=True)
class Telling:
    """How people are told of: inside by name, role and agency; outward by role and number alone."""

    outward: bool = False
    workers: dict[str, int] = field(default_factory=dict)

    def who(self, entry: Entry) -> str:
        """Who did it."""
        if not entry.agency:
            return "the service itself"
        if not self.outward:
            return ", ".join(part for part in (entry.who, entry.roles, entry.agency) if part)
        number = self.workers.setdefault(str(entry.content.get("who")), len(self.workers) + 1)
        return f"{entry.roles.split(', ')[0] or 'somebody'}, {entry.agency_kind} (worker {number})"


def statement(
    entries: Sequence[Entry], things: Sequence[Thing], title: str, *, reference: str = "", recipient: str = "",
    case_too: bool = True,
) -> CustodyStatement:  # fmt: skip
    """The statement: a part for each thing, and one for the case's records as lists. Same entries, same statement."""
    telling = Telling(outward=bool(recipient))
    parts = [_part(entries, thing, telling) for thing in things]
    if case_too:
        parts.append(CustodyPart("The case’s records, in lists, pictures and searches", "", _of_case(entries, telling)))
    steps = sum(len(part.lines) for part in parts)
    to = f", to {_moment(entries[-1].at)}" if entries else ""
    opening = f"{many(len(things), 'thing')}, {many(steps, 'step')}{to}. Times are London time."
    sheet = _sheet(entries, things, telling, {thing.id for thing in things} if recipient else None)
    closing = CLOSING_OUTWARD if recipient else CLOSING
    return CustodyStatement(title, opening, tuple(parts), closing, sheet, reference, recipient)


def _part(entries: Sequence[Entry], thing: Thing, telling: Telling) -> CustodyPart:
    said = ((entry, sentence) for entry in entries if (sentence := _sentence(entry, thing)))
    return CustodyPart(thing.title, thing.about, tuple(_together(said, telling)))


def _sentence(entry: Entry, thing: Thing) -> str:
    """What an entry says of a thing; empty where it says nothing of it."""
    says = entry.says
    if entry.code in COPIED and thing.id in [str(one) for one in says.get(f"{thing.key}s", ())]:
        return COPIED[entry.code]
    named = str(says.get(thing.key, ""))
    if named == thing.id and not (thing.key == "source" and "exhibit" in says):
        return SENTENCES.get(entry.code, "")
    if thing.inside and entry.code == "evidence.brought_in" and str(says.get("source")) == thing.inside:
        return "came inside a file that was brought in by {who}"
    return ""


def _of_case(entries: Sequence[Entry], telling: Telling) -> tuple[CustodyLine, ...]:
    said = (
        (entry, LOOKED if entry.code == "read" else SENTENCES[entry.code])
        for entry in entries
        if entry.code in OF_CASE or (entry.code == "read" and "evidence.see" in entry.says.get("asked", ()))
    )
    return tuple(_together(said, telling))


def _together(said: Iterable[tuple[Entry, str]], telling: Telling) -> Iterator[CustodyLine]:
    """Steps in order; one and the same step of one person on one day is one line with how often."""
    kept: dict[tuple[str, str, str], list[Entry]] = {}
    for entry, sentence in said:
        words = sentence.format(who=telling.who(entry))
        kept.setdefault((f"{entry.at.astimezone(LOCAL):%Y%m%d}", words, entry.code), []).append(entry)
    for (_, words, _), steps in kept.items():
        first, last = steps[0], steps[-1]
        often = f", {len(steps):,} times until {last.at.astimezone(LOCAL):%H:%M}" if len(steps) > 1 else ""
        marks = f"entry {first.seq} {first.digest}" + (f" to entry {last.seq} {last.digest}" if last != first else "")
        yield CustodyLine(_moment(first.at), f"{words}{often}.", marks)


def _moment(at: datetime) -> str:
    return f"{day_says(at)}, {at.astimezone(LOCAL):%H:%M}"


def _sheet(entries: Sequence[Entry], things: Sequence[Thing], telling: Telling, only: set[str] | None) -> bytes:
    """The same as a table, entry by entry; outward the steps of these things alone, and neither names nor contents."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS if only is None else OUTWARD)
    for entry in entries:
        about = [(thing, sentence) for thing in things if (sentence := _sentence(entry, thing))]
        at = entry.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        titles = "; ".join(thing.title for thing, _ in about)
        what = "; ".join(dict.fromkeys(sentence.format(who=telling.who(entry)) for _, sentence in about))
        if only is None:
            row: tuple[object, ...] = (
                entry.seq, at, entry.who, entry.roles, entry.agency, titles, what, entry.code, entry.previous,
                entry.digest, canonical(entry.content).decode(),
            )  # fmt: skip
        elif about:
            row = (entry.seq, at, telling.who(entry), titles, what, entry.digest)
        else:
            continue
        table.writerow(guarded(cell) if isinstance(cell, str) else cell for cell in row)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def numbered(titles: Mapping[str, int], sha256: str, otherwise: str) -> str:
    """`Exhibit 3: otherwise` where the file is one of a pack's exhibits."""
    return f"Exhibit {titles[sha256]}: {otherwise}" if sha256 in titles else otherwise
