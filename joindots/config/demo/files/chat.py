"""Two exports of one chat (WhatsApp on Android, British English), taken a week apart and overlapping.

Together, repeats counted once, 3,404 messages: 3,333 of his and 71 of hers. The last messages of hers
are her refusals. Between 10 and 24 October 2025 there is nothing: her phone was broken.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from joindots.config.demo.files import words
from joindots.config.demo.files.times import clustered, days, local, run_starts, shares

HIS, HERS = "Callum: tenor", "Maya Ellwood"
"""The names as her phone shows them; the one she saved him under holds a colon."""
MEMBER = "WhatsApp Chat with Callum tenor.txt"
FIRST = "You have a lovely voice. I knew you noticed me."
LIGHT = "I can see your light."
RUNS_AFTER = 131
"""Runs of his messages in this chat after she said no."""
HIS_BEFORE, HERS_BEFORE, HIS_ALL = 46, 66, 3_333
REFUSED = local("2025-06-26 19:02")
CLOCKS_BACK = local("2025-10-26 01:30")
"""That hour came twice; the export does not say which it was."""
EDGES = (date(2025, 10, 9), date(2025, 10, 25))
"""The last day before the gap and the first after it."""
OVERLAP_FROM = date(2025, 9, 1)
TAKEN_A = date(2025, 11, 6)


class Message(NamedTuple):
    """One message at a local time, to the minute."""

    at: datetime
    sender: str
    text: str


def taken_6_november() -> bytes:
    """The export of 6 November: everything to the evening before."""
    head = (
        f"10/06/2025, 20:58 - {words.ENCRYPTED}",
        "10/06/2025, 20:59 - Disappearing messages were turned off.",
    )
    return zipped(
        MEMBER, [*head, *lines(one for one in messages() if one.at.date() < TAKEN_A)], (2025, 11, 6, 10, 20, 0)
    )


def taken_13_november() -> bytes:
    """The export of 13 November: what the new phone still had, from 1 September on."""
    return zipped(MEMBER, lines(one for one in messages() if one.at.date() >= OVERLAP_FROM), (2025, 11, 13, 13, 2, 0))


@cache
def messages() -> tuple[Message, ...]:
    """The whole chat in order."""
    random = Random("choir")
    found = [
        Message(local("2025-06-10 21:14"), HIS, FIRST),
        *_before(random),
        Message(REFUSED, HERS, words.REFUSAL),
    ]
    found += _after(random, HIS_ALL - HIS_BEFORE - 1)
    return tuple(found)


def _before(random: Random) -> Iterator[Message]:
    """11 to 25 June: his talk turning personal, her replies about rehearsals."""
    on = [date(2025, 6, 11) + timedelta(days=number) for number in range(15)]
    senders = [HIS] * HIS_BEFORE + [HERS] * HERS_BEFORE
    random.shuffle(senders)
    sizes = shares(random, len(senders), len(on), 2, 20)
    told = 0
    for day, size in zip(on, sizes, strict=True):
        start = datetime.combine(day, time(17, 5)) + timedelta(minutes=random.randrange(90))
        for at in clustered(random, start, size, 400):
            sender = senders.pop()
            pool = words.CHOIR_HIS if sender == HIS else words.CHOIR_HERS
            text = pool[told * len(pool) // 46 % len(pool)] if sender == HIS else random.choice(pool)
            told += sender == HIS
            yield Message(at.replace(second=0), sender, text)


def _after(random: Random, total: int) -> list[Message]:
    """After she said no: his runs, her four later refusals inside them, and the hour that came twice."""
    on = days(date(2025, 6, 27), date(2025, 11, 12), without=(date(2025, 10, 26),))
    starts = [
        local("2025-06-26 23:41"),
        *run_starts(random, RUNS_AFTER - 3, on, also=EDGES),
        local("2025-10-26 19:12"),
    ]
    sizes = shares(random, total - 1, RUNS_AFTER - 1, 3, 60)
    refusals = {starts[place]: text for place, text in zip((14, 52, 88, 120), words.LATER_REFUSALS, strict=True)}
    found = [Message(CLOCKS_BACK, HIS, LIGHT)]
    for start, size in zip(starts, sizes, strict=True):
        run = [Message(at.replace(second=0), HIS, words.his(random)) for at in clustered(random, start, size, 300)]
        if start in refusals:
            run.append(Message(run[-1].at + timedelta(minutes=1), HERS, refusals[start]))
        found += run
    return sorted(found, key=lambda one: one.at)


def lines(found: Iterable[Message]) -> Iterator[str]:
    """As the export writes them."""
    return (f"{one.at:%d/%m/%Y, %H:%M} - {one.sender}: {one.text}" for one in found)


def zipped(member: str, text: Iterable[str], at: tuple[int, int, int, int, int, int]) -> bytes:
    """A zip with one text file, as the phone packs it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(member, at)
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, "\n".join([*text, ""]))
    return out.getvalue()
