"""Messages of one conversation that came close together, and small payments of one day, as one entry each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from joindots.chronology.rules.given import Act
from joindots.chronology.rules.people import SMALL_PENCE, label, thread_of
from joindots.chronology.rules.times import LAST, sort_moment
from joindots.evidence.readers.records import Communication
from joindots.kernel.when import london_day

GAP = timedelta(minutes=10)
"""A longer pause ends a bundle."""
LEAST = 3
"""Fewer messages than this stand alone."""
_CLOCK = frozenset({"second", "minute"})
_MESSAGE_KINDS = frozenset({"text", "media", "deleted", "unsent", "edited", "reaction", "location", "view_once"})


def is_message(c: Communication) -> bool:
    """Whether the record is a message of a conversation, not a call, a mail, a payment or a file."""
    return c.kind in _MESSAGE_KINDS and c.channel != "email" and thread_of(c) is not None


Cut = Callable[[Act, Act], bool | None]
"""Whether somebody decided that a run ends between two acts; None where nobody did."""


def undecided(before: Act, after: Act) -> bool | None:
    """Nobody decided anything: the rule alone says where runs end."""
    return None


def runs_of_messages(acts: Iterable[Act], cut: Cut = undecided) -> Iterator[list[Act]]:
    """Runs in one conversation with pauses under ten minutes, but where a person decided (`cut`). `acts` come in order
    of time.

    Every message is in exactly one run; short runs are given too. Messages known only to the day (or not
    at all) run together when their time is known alike: no pause can be told between them.
    """
    open_runs: dict[object, list[Act]] = {}
    for act in acts:
        key = (thread_of(act.c), _alike(act.c))
        run = open_runs.get(key)
        decided = cut(run[-1], act) if run else None
        if run and (_goes_on(run[-1].c, act.c) if decided is None else not decided):
            run.append(act)
            continue
        if run:
            yield run
        open_runs[key] = [act]
    yield from open_runs.values()


def _alike(c: Communication) -> object:
    """Messages with a clock time run together by pauses; others only with the very same span."""
    if c.precision in _CLOCK and c.at_earliest is not None:
        return "clock"
    return (c.precision, c.at_earliest, c.at_latest)


def _goes_on(before: Communication, after: Communication) -> bool:
    if after.precision not in _CLOCK or not (before.at_earliest and after.at_earliest):
        return True
    earliest = after.at_earliest - before.at_earliest
    latest = after.at_latest - before.at_latest if after.at_latest and before.at_latest else earliest
    # Both readings must agree that the pause is short: a run never rests on a guess. A negative
    # difference comes of second beside minute, or of the hour that came twice.
    return abs(earliest) < GAP and abs(latest) < GAP


def is_small_payment(c: Communication) -> bool:
    """A small payment that carries words."""
    return c.kind == "payment" and c.amount_pence is not None and 0 < c.amount_pence <= SMALL_PENCE and bool(c.text)


def runs_of_payments(acts: Iterable[Act], part: Callable[[Act], str] = lambda _: "") -> Iterator[list[Act]]:
    """Small payments of one payer, one statement and one day, in the statement's own order; each `part` of a case, such
    as an episode, by itself.

    A statement that names no payer apart from the words joins nothing until somebody said whose they are.
    """
    runs: dict[object, list[Act]] = {}
    for act in acts:
        moment = sort_moment(act.c)
        day = None if moment is LAST else london_day(moment)
        nobodys = not act.c.sender.shown and "their_payments" in act.c.open
        alone = act.first.at if nobodys else None
        runs.setdefault((act.first.source, label(act.c), act.c.direction, day, alone, part(act)), []).append(act)
    for run in runs.values():
        yield sorted(run, key=lambda act: act.c.seq)
