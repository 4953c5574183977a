"""What each source could show, and what all of them together cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple, Protocol

from joindots.chronology.rules.acts import standing_of
from joindots.chronology.rules.given import Act, SourceRead
from joindots.chronology.rules.times import LAST, period_says, sort_moment
from joindots.chronology.rules.wording import CHANNELS, limit_says, many, place_says
from joindots.documents.contents import CoverageLine
from joindots.evidence.readers.records import NOT_A_FAULT, Coverage, NotUnderstood, Question
from joindots.kernel.when import day_says, london_day, midnight

QUIET = timedelta(days=7)
"""A shorter time without a record is not named one by one."""
MOST_QUIET = 10
MOST_PLACES = 8
_WHY = {
    "unknown_line": "lines of a form not known",
    "unknown_leaf": "parts of a form not known",
    "broken": "damaged or cut off",
    "too_long": "too long to be read safely",
}


class Period(NamedTuple):
    """From the first moment to the last, both inclusive."""

    first: datetime
    last: datetime


class Covering(Protocol):
    """A source, as far as what it could show."""

    @property
    def coverage(self) -> Sequence[Coverage]: ...

    @property
    def blank_days(self) -> Sequence[date]: ...


def coverage_lines(sources: Sequence[SourceRead]) -> tuple[CoverageLine, ...]:
    """One line for each source, channel and conversation."""
    lines: list[CoverageLine] = []
    for source in sources:
        for one in source.coverage:
            channel = CHANNELS[one.channel] + (f", {one.thread}" if one.thread else "")
            limits = tuple(limit_says(code) for code in one.limits)
            lines.append(CoverageLine(source.name, channel, period_says(one.earliest, one.latest), limits))
        if not source.coverage:
            why = source.problem or "The file does not say what period it could show."
            lines.append(CoverageLine(source.name, source.says, "Period not known", (why,)))
    return tuple(lines)


def merged(sources: Iterable[Covering]) -> list[Period]:
    """The periods that at least one source covers, joined where they meet (a day apart is meeting)."""
    spans: list[Period] = []
    for source in sources:
        own = _joined(
            Period(one.earliest, one.latest)
            for one in source.coverage
            if one.earliest is not None and one.latest is not None and one.earliest <= one.latest
        )
        spans += _without(own, source.blank_days) if source.blank_days else own
    return _joined(spans)


def _joined(spans: Iterable[Period]) -> list[Period]:
    joined: list[Period] = []
    for span in sorted(spans):
        if joined and span.first - joined[-1].last <= timedelta(days=1):
            joined[-1] = Period(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return joined


def _without(periods: Sequence[Period], blank_days: Sequence[date]) -> Iterator[Period]:
    """Periods without these days (in order), of which the source shows only what was not taken in, or nothing at all.

    Two hours before each go with it, or what is a day apart would be joined again.
    """
    gone = [(midnight(day) - timedelta(hours=2), midnight(day + timedelta(days=1))) for day in blank_days]
    for period in periods:
        first = period.first
        for before, after in gone:
            if after <= first or period.last < before:
                continue
            if first <= before:
                yield Period(first, before)
            first = after
        if first <= period.last:
            yield Period(first, period.last)


def uncovered(periods: Sequence[Period]) -> list[Period]:
    """The times between covered periods, of which nothing is known."""
    return [Period(before.last, after.first) for before, after in pairwise(periods)]


def quiet(acts: Iterable[Act], periods: Sequence[Period]) -> list[Period]:
    """The longest times of a week or more without a record, inside coverage only, in order of time.

    Only records with a known time can break a quiet time; every reading of their time breaks it.
    """
    known = sorted(
        (c.at_earliest, c.at_latest or c.at_earliest)
        for c in (act.c for act in acts)
        if sort_moment(c) is not LAST and c.at_earliest is not None
    )
    found: list[Period] = []
    for period in periods:
        at = period.first
        for earliest, latest in known:
            if latest < period.first or earliest > period.last:
                continue
            if earliest - at >= QUIET:
                found.append(Period(at, earliest))
            at = max(at, latest)
        if period.last - at >= QUIET:
            found.append(Period(at, period.last))
    longest = sorted(found, key=lambda one: (one.first - one.last, one.first))[:MOST_QUIET]
    return sorted(longest)


def cannot_show(
    sources: Sequence[SourceRead], acts: Sequence[Act], *, kept_back: int, answered: bool
) -> tuple[str, ...]:
    """Every limit of this chronology as a sentence, the general ones first."""
    return tuple(_cannot_show(sources, acts, kept_back, answered))


def _cannot_show(sources: Sequence[SourceRead], acts: Sequence[Act], kept_back: int, answered: bool) -> Iterator[str]:
    yield "What happened outside the periods under Coverage. Few records, or none, do not mean that little happened."
    yield "What was never recorded, was deleted before a file was made, or lies on other devices and accounts."
    for source in sources:
        if source.problem:
            yield f"{source.name} was not read, or not to its end: {source.problem}"
    for code in sorted({code for source in sources for one in source.coverage for code in one.limits}):
        names = sorted({s.name for s in sources if any(code in one.limits for one in s.coverage)})
        yield f"{limit_says(code)} ({', '.join(names)})"
    periods = merged(sources)
    for hole in uncovered(periods):
        yield f"No source covers the time between {day_says(hole.first)} and {day_says(hole.last)}."
    yield from _quiet_says(acts, periods)
    yield from _untimed(acts)
    yield from _content_missing(acts)
    if kept_back:
        what = "record" if kept_back == 1 else "records"
        yield f"The words of {kept_back:,} {what} of other people are kept back. They stand in the source, unchanged."
    for source in sources:
        yield from _not_understood_says(source)
    if not answered:
        yield "What the open questions would settle: entries that they touch keep every reading."


def _quiet_says(acts: Sequence[Act], periods: Sequence[Period]) -> Iterator[str]:
    for one in quiet(acts, periods):
        days = (london_day(one.last) - london_day(one.first)).days
        yield (
            f"Between {day_says(one.first)} and {day_says(one.last)} ({many(days, 'day')}) the sources that cover this "
            "time hold no record. Whether nothing happened, they cannot show."
        )


def _untimed(acts: Sequence[Act]) -> Iterator[str]:
    told = [act for act in acts if standing_of(act.c) != "exhibit"]
    unknown = sum(1 for act in told if sort_moment(act.c) is LAST)
    if unknown:
        yield f"When {unknown:,} of {many(len(told), 'act')} happened: the sources give no time that can be used."


def _content_missing(acts: Sequence[Act]) -> Iterator[str]:
    gone = sum(1 for act in acts if act.c.kind in ("deleted", "unsent", "view_once") and not act.c.text)
    if gone:
        yield f"What {gone:,} deleted, unsent or view-once {'message' if gone == 1 else 'messages'} said or showed."
    media = [media for act in acts for media in act.c.media]
    absent = sum(1 for one in media if not one.present)
    if absent:
        files = many(len(media), "picture or file", "pictures and files")
        yield f"What {absent:,} of {files} show: the sources do not hold them."
    withheld = sum(act.times for act in acts if act.c.certainty_of_sender == "withheld")
    if withheld:
        yield f"Who was behind {many(withheld, 'act')} with a withheld number."


def _not_understood_says(source: SourceRead) -> Iterator[str]:
    beside = [one for one in source.not_understood if one.why == "not_read"]
    if beside:
        yield (
            f"{source.name}: {many(len(beside), 'file or part', 'files and parts')} beside the messages, kept in "
            f"the source and not read: {_places_say(beside)}."
        )
    around = [one for one in source.not_understood if one.why == "around"]
    if around:
        yield (
            f"{source.name}: {many(len(around), 'line')} of words around the table, such as a title, kept in the "
            f"source and no entry: {_places_say(around)}."
        )
    parts = [one for one in source.not_understood if one.why not in NOT_A_FAULT]
    if not parts:
        return
    size = sum(one.place.length or 0 for one in parts)
    whys = ", ".join(sorted({_WHY.get(one.why, one.why) for one in parts}))
    bytes_too = f", {size:,} bytes" if size else ""
    yield (
        f"{source.name}: {many(len(parts), 'place')}{bytes_too}, not understood ({whys}): "
        f"{_places_say(parts)}. They are kept in the source."
    )


def _places_say(parts: Sequence[NotUnderstood]) -> str:
    places = [place for one in parts[:MOST_PLACES] if (place := place_says(one.place))]
    more = f" and {len(parts) - MOST_PLACES:,} more" if len(parts) > MOST_PLACES else ""
    return "; ".join(places) + more


def question_says(question: Question, private: bool) -> str:
    """An open question in words. `private` leaves out the example: it may hold words that are kept back."""
    example = "" if private or not question.example else f" For example: {question.example}"
    return f"{question.name}: {question.words}{example}"


def not_understood_data(one: NotUnderstood) -> dict[str, object]:
    """A place for the JSON; its bytes stay in the source."""
    place = one.place
    return {
        "why": one.why, "member": place.member, "line": place.line, "byte": place.byte, "length": place.length,
        "pointer": place.pointer,
    }  # fmt: skip


def utc(moment: datetime | None) -> str | None:
    """`2025-06-10T22:10:00Z`."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
