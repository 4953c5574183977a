"""An entry of the log in the normal form of a record, so that lists and packs show it beside what files hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from joindots.evidence.readers.records import Communication, Media, Place, Precision, TimeFlag
from joindots.evidence.rules.entries import Telling, kinds_say, reported_says
from joindots.kernel.when import Precision as Known
from joindots.kernel.when import When, day_says

FILE: Final = "log-entries.json"
"""The name under which a case's entries stand in a pack, with all their versions."""
_PRECISION: Final[dict[Known, Precision]] = {
    Known.SECOND: "second", Known.MINUTE: "minute", Known.DAY: "day", Known.PART_OF_DAY: "part_of_day",
    Known.MONTH: "month", Known.RANGE: "range", Known.UNKNOWN: "none",
}  # fmt: skip
_FLAGS: Final[tuple[TimeFlag, ...]] = ("dst_ambiguous", "dst_gap", "clock_suspect")
ENTRY: Final = "log_entry"
"""The mark in `extra` of a record that is an entry of the log: what it was, in the form's words."""


class Enclosed(NamedTuple):
    """A kept file that shows what an entry tells."""

    name: str
    sha256: str
    size: int


def record_of(
    reference: str, telling: Telling, written_by: str, written_at: datetime, corrected: str = "",
    files: Sequence[Enclosed] = (), doer: str = "", found: str = "",
) -> Communication:  # fmt: skip
    """The record of an entry as it stands; its time as wide as it was kept, its place says who wrote it and when.

    `files` show what it tells: they are its media, and so the pack's exhibits. `doer` is who did it, in words; it is
    told, and so stands beside the words and never as a sender, whom a source shows. `found` is what was found on a
    device or thing, and what was done with it.
    """
    when = telling.when
    precision = _PRECISION[when.precision]
    if precision == "none" and (when.earliest or when.latest):
        precision = "range"
    place = f"log entry {reference} by {written_by} on {day_says(written_at)}"
    reported = ", ".join(part for part in (reported_says(telling.reported), telling.reference) if part)
    beside = {
        ENTRY: kinds_say(telling.kinds), "who_did_it": doer, "where": telling.where, "witnesses": telling.saw,
        "effect": telling.effect, "found": found, "reported": reported, "corrected": corrected,
    }  # fmt: skip
    return Communication(
        id=reference, source_file=FILE, place=Place(pointer=place), seq=0, channel="log", kind="incident",
        at_earliest=when.earliest, at_latest=when.latest, at_shown=when.given or None, precision=precision,
        time_flags=tuple(flag for flag in _FLAGS if flag in when.flags), text=telling.words or None,
        certainty_of_sender="told_by_victim", count=telling.times, count_about=telling.times_about,
        media=tuple(Media(one.name, True, one.sha256, one.size) for one in files),
        extra={key: value for key, value in beside.items() if value},
    )  # fmt: skip


def when_data(when: When) -> dict[str, object]:
    """A time for JSON: its ends in UTC, as exactly as it is known, and the words as given."""
    return {
        "earliest": _utc(when.earliest), "latest": _utc(when.latest), "precision": when.precision.value,
        "flags": list(when.flags), "given": when.given, "says": when.says(),
    }  # fmt: skip


def telling_data(telling: Telling) -> dict[str, object]:
    """All that a version says, for JSON."""
    return {
        "when": when_data(telling.when), "possible_days": [str(day) for day in telling.days],
        "kinds": list(telling.kinds), "behaviours": list(telling.behaviours),
        "times": telling.times, "times_about": telling.times_about, "told_by": telling.told_by,
        "reported": list(telling.reported), "reported_reference": telling.reference, "where": telling.where,
        "who_did_it": telling.doer or None, "who_did_it_words": telling.doer_words, "words": telling.words,
        "effect": telling.effect, "who_saw": telling.saw,
    }  # fmt: skip


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
