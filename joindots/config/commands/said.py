"""A reading's summary as sentences for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from joindots.chronology.rules.wording import limit_says, place_says
from joindots.evidence.readers.records import NOT_A_FAULT, Place, Question
from joindots.evidence.readers.tally import FileRead, Summary

KINDS = {
    "text": "messages", "media": "pictures, sounds and other files", "call_missed": "missed calls",
    "call_answered": "answered calls", "call_rejected": "rejected calls", "call_blocked": "blocked calls",
    "call_made": "calls made", "voicemail": "voicemails", "deleted": "deleted messages",
    "unsent": "messages taken back", "edited": "edited messages", "reaction": "reactions",
    "system": "notes of the app itself (not contact)", "location": "locations", "payment": "payments",
    "view_once": "view-once messages", "draft": "drafts (not contact)", "failed": "messages that were not sent",
    "incident": "entries of a log", "unknown": "records of an unknown kind",
}  # fmt: skip
SHOWN = 20
"""Places not understood that are shown one by one."""


def said(summary: Summary) -> str:
    """Files, counts, period, what they cannot show, open questions and how to answer them."""
    parts = [
        *map(_file, summary.files),
        *_counts(summary),
        *_limits(summary),
        *_not_understood(summary),
        *_questions(summary),
    ]
    return "\n".join(parts)


def _file(file: FileRead) -> str:
    if file.refused:
        return file.refused
    kind = f"{file.format}, " if file.format else ""
    return f"{file.name}: {kind}{file.size:,} bytes, {_many(file.records, 'record')}"


def _counts(summary: Summary) -> Iterator[str]:
    yield ""
    yield f"{_many(summary.records, 'record')} in all"
    for kind, count in sorted(summary.counts.items(), key=lambda pair: -pair[1]):
        yield f"  {count:>9,}  {KINDS.get(kind, kind)}"
    if summary.attachments:
        yield f"  {summary.attachments:>9,}  files found inside"
    if summary.earliest and summary.latest:
        yield f"  from {_day(summary.earliest)} to {_day(summary.latest)} (times are kept in UTC)"


def _limits(summary: Summary) -> Iterator[str]:
    limits = sorted({limit for one in summary.coverage for limit in one.limits})
    if limits:
        yield ""
        yield "What these files cannot show"
        yield from (f"  {limit_says(limit)}" for limit in limits)


def _not_understood(summary: Summary) -> Iterator[str]:
    kept = sum(1 for place in summary.not_understood if place.why == "not_read")
    if kept:
        yield ""
        yield f"Kept whole and not read: {_many(kept, 'part')} beside the messages; --jsonl names them"
    places = [place for place in summary.not_understood if place.why not in NOT_A_FAULT]
    if not places:
        return
    yield ""
    yield f"Not understood: {_many(len(places) + summary.not_listed, 'place')}, {summary.bytes.not_understood:,} bytes"
    for place in places[:SHOWN]:
        where = place_says(Place(place.member, place.line, place.byte, place.length, place.pointer))
        yield f"  {where}: {place.excerpt[:80]!r}"
    if len(places) > SHOWN:
        yield f"  and {len(places) - SHOWN:,} more; --jsonl lists them all"


def _questions(summary: Summary) -> Iterator[str]:
    if not summary.questions:
        return
    yield ""
    yield f"{_many(len(summary.questions), 'question')} the files cannot answer by themselves"
    for number, one in enumerate(summary.questions, 1):
        yield from _question(number, one)
    yield ""
    yield "To answer, write a file such as answers.json:"
    yield "  " + _example(summary.questions[0])
    yield "and run the command again with --answers answers.json. Nothing is guessed until then."


def _question(number: int, one: Question) -> Iterator[str]:
    about = f", about {one.about}" if one.about else ""
    yield f"  {number}. {one.words} ({one.name}{about})"
    yield f"     from the file: {one.example}"
    for detail in one.details:
        period = f", {detail.first} to {detail.last}" if detail.first and detail.last else ""
        count = f", {detail.count:,} records" if detail.count is not None else ""
        yield f"     {detail.value}: {detail.says}{count}{period}"
    yield f"     {one.question}: {' | '.join(dict.fromkeys((*one.candidates, 'not_sure')))}"


def _example(one: Question) -> str:
    answer: dict[str, object] = {"file": one.name, "question": one.question}
    if one.about:
        answer["about"] = one.about
    answer["value"] = one.candidates[0] if one.candidates else "not_sure"
    return msgspec.json.encode({"answers": [answer]}).decode()


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
