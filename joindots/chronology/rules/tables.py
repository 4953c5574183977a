"""Every record as one flat row, the same for the table and for the JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from joindots.chronology.rules.acts import standing_of
from joindots.chronology.rules.entries import beside_words
from joindots.chronology.rules.given import Act, Held
from joindots.chronology.rules.people import names_of
from joindots.chronology.rules.times import when_of
from joindots.documents.contents import Cell
from joindots.evidence.readers.records import Communication

COLUMNS = (
    "record", "entry", "message", "act", "episode", "counted_as", "count", "count_about", "when", "at_earliest",
    "at_latest", "precision", "at_shown", "zone_basis", "time_flags", "channel", "kind", "thread", "direction",
    "sender", "sender_key", "recipients", "certainty_of_sender", "words", "words_mended", "beside", "files",
    "files_sha256", "duration_s", "amount_pence", "currency", "forwarded", "edited_at", "kept_back", "open_questions",
    "source", "source_sha256", "member", "line", "byte", "length", "pointer", "seq", "id",
)  # fmt: skip
"""`counted_as` is `contact`, `incident`, `exhibit`, `same act` (a repeat from another source), `of others`
(in a group), `not contact` or `kept back`. The sum of `count` over rows counted as contact is the number of acts."""


class Numbers:
    """Which entry, message and act each record belongs to, by its position; 0 for none."""

    def __init__(self, records: int) -> None:
        self.entry = [0] * records
        self.message = [0] * records
        self.act = [0] * records
        self.repeat = bytearray(records)
        self.episode: dict[int, str] = {}
        """The reference of the episode, of those records that stand in one."""
        # The words of a time cost more than all else in a row: those of the annex are kept.
        self.when = [""] * records

    def note_act(self, number: int, act: Act) -> None:
        """Give all records of an act its number."""
        self.act[act.first.at] = number
        for held in act.others:
            self.act[held.at] = number
            self.repeat[held.at] = 1

    def note_episode(self, act: Act, episode: str) -> None:
        """Give all records of an act their episode."""
        for held in (act.first, *act.others) if episode else ():
            self.episode[held.at] = episode

    def note_entry(self, act: Act, entry: int, message: int = 0) -> None:
        """Give all records of an act their entry and message."""
        for held in (act.first, *act.others):
            self.entry[held.at] = entry
            self.message[held.at] = message


def rows_of(
    records: Sequence[Held], numbers: Numbers, sources: Sequence[tuple[str, str]], counts: Sequence[int]
) -> Iterator[Mapping[str, Cell]]:
    """Every record in the order given. `sources` are name and SHA-256; `counts` the count of each act."""
    for held in records:
        at = held.at
        standing = standing_of(held.c)
        name, sha256 = sources[held.source]
        counted_as = "same act" if numbers.repeat[at] else standing.replace("_", " ")
        act = numbers.act[at]
        count = 0 if numbers.repeat[at] else counts[act - 1] if act else held.c.count
        yield {
            "record": at + 1,
            "entry": numbers.entry[at] or None,
            "message": numbers.message[at] or None,
            "act": act or None,
            "episode": numbers.episode.get(at),
            "counted_as": counted_as,
            "count": count,
            "source": name,
            "source_sha256": sha256,
            "when": numbers.when[at] or when_of(held.c).says(),
            **_content(held.c),
            **_place(held.c),
        }


def _content(c: Communication) -> dict[str, Cell]:
    return {
        **_time(c),
        "count_about": c.count_about,
        "channel": c.channel,
        "kind": c.kind,
        "thread": c.thread,
        "direction": c.direction,
        "sender": c.sender.shown,
        "sender_key": c.sender.key,
        "recipients": names_of(c.recipients) or None,
        "certainty_of_sender": c.certainty_of_sender,
        "words": c.text,
        "words_mended": c.text_mended,
        "beside": " | ".join(beside_words(c)) or None,
        "files": " | ".join(media.name or "" for media in c.media) or None,
        "files_sha256": " | ".join(media.sha256 or "" for media in c.media) or None,
        "duration_s": c.duration_s,
        "amount_pence": c.amount_pence,
        "currency": c.currency,
        "forwarded": c.forwarded,
        "edited_at": _utc(c.edited_at),
        "kept_back": str(c.extra["kept_back"]) if "kept_back" in c.extra else None,
        "open_questions": " ".join(c.open) or None,
    }


def _time(c: Communication) -> dict[str, Cell]:
    return {
        "at_earliest": _utc(c.at_earliest),
        "at_latest": _utc(c.at_latest),
        "precision": c.precision,
        "at_shown": c.at_shown,
        "zone_basis": c.zone_basis,
        "time_flags": " ".join(c.time_flags) or None,
    }


def _place(c: Communication) -> dict[str, Cell]:
    place = c.place
    return {
        "member": place.member,
        "line": place.line,
        "byte": place.byte,
        "length": place.length,
        "pointer": place.pointer,
        "seq": c.seq,
        "id": c.id,
    }


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
