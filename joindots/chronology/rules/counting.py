"""Figures with what each is a part of, and how they were counted, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from joindots.chronology.rules.acts import Standing, standing_of
from joindots.chronology.rules.given import Act, Held
from joindots.chronology.rules.people import About
from joindots.chronology.rules.times import exact
from joindots.chronology.rules.wording import CHANNELS, many
from joindots.documents.contents import Count
from joindots.evidence.rules.entry_records import ENTRY


def counts_of(records: Sequence[Held], acts: Sequence[Act]) -> tuple[Count, ...]:
    """The figures of the front page. Acts are counted once however many records show them."""
    return tuple(_counts(records, acts))


def contact_count(acts: Sequence[Act]) -> int:
    """Acts of contact: what happened as often as it happened, repeats in other sources left out."""
    return sum(act.times for act in acts if standing_of(act.c) == "contact")


def _counts(records: Sequence[Held], acts: Sequence[Act]) -> Iterator[Count]:
    contact = [act for act in acts if standing_of(act.c) == "contact"]
    total = sum(act.times for act in contact)
    standings: Counter[Standing] = Counter(standing_of(held.c) for held in records)
    yield Count("Records read", len(records))
    yield Count("Acts of contact", total)
    directions = Counter[str]()
    channels = Counter[str]()
    for act in contact:
        directions[act.c.direction] += act.times
        channels[CHANNELS[act.c.channel]] += act.times
    for direction, says in _DIRECTIONS.items():
        if directions[direction]:
            yield Count(says, directions[direction], total, "acts of contact")
    for channel, count in sorted(channels.items(), key=lambda one: (-one[1], one[0])):
        yield Count(channel, count, total, "acts of contact")
    known = sum(act.times for act in contact if exact(act.c))
    yield Count("Time known to the minute or better", known, total, "acts of contact")
    incidents = [act for act in acts if standing_of(act.c) == "incident"]
    entries = [act for act in incidents if ENTRY in act.c.extra]
    if rows := len(incidents) - len(entries):
        yield Count("Rows of somebody's own log", rows, len(contact) + rows, "acts and rows")
    if entries:
        yield Count("Log entries", len(entries), len(contact) + len(incidents), "acts, rows and entries")
    repeats = sum(len(act.others) for act in acts)
    if repeats:
        yield Count("Records that show an act already counted", repeats, len(records), "records")
    for standing, says in _OTHERS.items():
        if standings[standing]:
            yield Count(says, standings[standing], len(records), "records")


_DIRECTIONS = {
    "in": "To the phone's owner",
    "out": "From the phone's owner",
    "among_others": "Among others",
    "unknown": "Direction not known",
}
_OTHERS: dict[Standing, str] = {
    "of_others": "Messages of other people in groups: not counted, words kept back",
    "not_contact": "Drafts, failed messages and notes by an app: not contact",
    "exhibit": "Photographs and files: not contact by themselves",
    "kept_back": "Records of others, kept back by the reader",
}


def how_counted(acts: Sequence[Act], about: About, groups: int, answers: Sequence[str]) -> tuple[str, ...]:
    """The rules behind the figures, as sentences."""
    return tuple(_how(acts, about, groups, answers))


def _how(acts: Sequence[Act], about: About, groups: int, answers: Sequence[str]) -> Iterator[str]:
    yield "An act is counted once. Where several sources show it, their records stand beside it under one number."
    yield "Two equal messages in one source are two acts."
    yield "Drafts, messages that failed, and notes by an app are never counted as contact."
    yield (
        "Messages of one conversation with pauses under 10 minutes are one entry when there are 3 or more. The figure "
        "is the number of messages by everybody who wrote; who wrote how many stands beside it. The length runs from "
        "the first to the last."
    )
    yield "Payments up to £1.00 from one payer on one day are one entry, in the statement's order, which is the bank's."
    yield "A row of a log is what somebody wrote down. Where it tells of several acts, the number is the writer's."
    if any(ENTRY in act.c.extra for act in acts):
        yield (
            "A log entry is what somebody told or saw, written down by a named person. Corrections stand beside it, "
            "with who and why; what was withdrawn is not counted and stands in log-entries.json."
        )
    yield "An entry with an uncertain time stands at its earliest reading; one without a time stands at the end."
    yield "Times are shown in London time. No time is made more exact than its source."
    several = sum(1 for act in acts if act.others)
    if several:
        yield f"{many(several, 'act')} of {len(acts):,} {_are(several)} shown by more than one source."
    yield from _about_says(about, groups)
    yield "No computer judged intent, threat or truth, and nothing was left out by meaning."
    if answers:
        yield f"Answers given by a person: {'; '.join(answers)}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _about_says(about: About, groups: int) -> Iterator[str]:
    if not groups:
        return
    kept = "the words of everybody but the phone's owner are kept back"
    if about.names:
        kept = f"the words of everybody but the phone's owner and {', '.join(about.names)} are kept back"
    yield f"In {many(groups, 'group conversation')} {kept}. Their messages are not counted as contact."
    if about.names:
        yield "Where only such people wrote, there is no entry; records.csv lists their messages without words."


_PARTS = (
    "its time, what it is, the words as they stand, how exactly the time is known, and where it stands in which source"
)
_LINES = (
    "the time is known to the minute or better. A dashed line means that it is not. A dotted line means that who it "
    "was is believed or claimed"
)
_SIGNS = (
    "they name signs that the typefaces of this page do not have, such as emoji or other scripts. The exact text "
    "stands in records.csv and records.json, under the entry's number"
)


def reading_words() -> tuple[str, ...]:
    """How to read an entry."""
    return (
        f"Each entry has a number, {_PARTS}.",
        f"A solid line under the certainty means that {_LINES}.",
        "Nothing here says what the words meant. Words beside a grey line are somebody's own, unchanged.",
        f"Words in slanted letters and square brackets are not part of a text: {_SIGNS}.",
        "Messages of a bundle stand one by one in the annex, under their own numbers.",
    )
