"""What evidence answers to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.access.holding import ELSEWHERE, INSIDE, Holds
from joindots.casework import queries as casework
from joindots.evidence import queries
from joindots.evidence.models import erased
from joindots.kernel.dots import Dot, Due, Found, Held, Reason
from joindots.kernel.when import Precision, When, day_says, london_day, midnight
from joindots.kernel.words import words

BLOCKED = "evidence.blocked"
"""A time in which a number or account was blocked or closed, as somebody told it."""
NEW: Final = {
    ("entries", True): words("new_entries", "New entries by others since {day}, when you last looked: {entries}."),
    ("files", True): words("new_files", "New files from others since {day}, when you last looked: {files}."),
    ("both", True): words(
        "new_both", "New from others since {day}, when you last looked: entries {entries}, files {files}."
    ),
    ("entries", False): words("new_all_entries", "Entries by others, not looked at yet: {entries}."),
    ("files", False): words("new_all_files", "Files from others, not looked at yet: {files}."),
    ("both", False): words("new_all_both", "From others, not looked at yet: entries {entries}, files {files}."),
}
"""What is new by what it is, and whether the worker looked before."""


def dots(actor: Actor, circle: UUID, *, kinds: Collection[str], **_: Any) -> Iterator[Dot]:
    """Times in which an account was shut out. Acts and entries have pages and counts of their own."""
    if BLOCKED not in kinds:
        return
    case = casework.of_circle(actor, Ref(circle))
    for one in queries.gaps_told(actor, case):
        if one.stands and one.why == "shut_out":
            end = midnight(one.last + timedelta(days=1)) - timedelta(microseconds=1)
            when = When(midnight(one.first), end, Precision.RANGE)
            yield Dot(when, BLOCKED, "Number or account blocked or closed", one.told_by, "told", "circle",
                      f"/cases/{case.key}/without-record/")  # fmt: skip


def found(actor: Actor, typed: str) -> Iterator[Found]:
    """Cases in whose files an account writes that is what was typed."""
    if not queries.accounts_met.may(actor):
        return
    for met in queries.accounts_met(actor, typed):
        yield Found(
            "account", met.victim, f"{met.reference}, {met.state} case · {met.account} writes in a file of it",
            f"/cases/{met.reference}/who-is-who/",
        )  # fmt: skip


def _brought(new: queries.Brought) -> Due:
    which = "files" if not new.entries else "both" if new.files else "entries"
    says = NEW[which, new.looked.ever]
    many = {"entries": new.entries, "files": new.files, "day": day_says(new.looked.at)}
    return Due(
        new.looked.circle, "evidence.new", Reason.NEW, london_day(new.first), words(says.code, says.text, **many),
        f"/cases/{new.looked.reference}/timeline/", words("read_new", "Read what is new"), new.first,
    )  # fmt: skip


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """What others brought since one worker last looked, and questions about files that only a person can answer."""
    if not queries.questions_waiting.may(actor):
        return
    if len(whose) == 1:  # a look is one person's: a desk of many has none
        for new in queries.brought_since(actor, next(iter(whose)), most):
            yield _brought(new)
    for one in queries.questions_waiting(actor, whose)[:most]:
        yield Due(
            one.circle, "evidence.questions", Reason.NEW, london_day(one.since),
            words(
                "questions_wait", "Questions about files: {number}. Until they are answered, both readings are shown.",
                number=one.number,
            ),
            f"/cases/{one.case}/files/", words("answer_them", "Answer"),
        )  # fmt: skip


def forget(circle: UUID) -> list[UUID]:
    """No key but the circle's own. Times of messages, counts of days and marks of accounts stand clear: they go now."""
    erased.empty(circle)
    return []


HOLDS = (
    Holds(
        "evidence.IncidentVersion",
        words("h_log", "entries of the log, with what they said before"),
        ("earliest", "given", "where", "words", "effect", "saw", "told_by", "why"),
    ),
    Holds(
        "evidence.SourceFile",
        words("h_files", "files that you gave, with the messages in them"),
        ("name", "given_at", "size"),
    ),
    Holds("evidence.DeviceNote", words("h_devices", "looks at your devices"), ("at", "thing", "place", "advice")),
    Holds("evidence.Capture", words("h_captures", "what was kept of pages"), ("address", "account", "given", "why")),
    Holds("evidence.CoverageGap", words("h_gaps", "days without a record"), ("first", "last", "why", "words")),
    Holds("evidence.Transcript", words("h_transcripts", "words that pictures show"), (), ELSEWHERE),
    Holds("evidence.Exhibit", words("h_exhibits", "files found inside others"), (), ELSEWHERE),
    Holds("evidence.Reading", words("h_readings", "what was counted in files"), (), ELSEWHERE),
    Holds("evidence.Incident", words("h_log_heads", "the heading of an entry"), (), INSIDE),
    Holds("evidence.Link", words("h_links", "what was linked with what"), (), INSIDE),
    Holds("evidence.LinkEnd", words("h_link_ends", "the ends of links"), (), INSIDE, "link__circle"),
)
"""What evidence holds of somebody, and what of it a copy shows."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)
