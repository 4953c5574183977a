"""One chat of 60,000 messages: nearly two years of a colleague, as a phone exports it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from joindots.config.demo.files import words
from joindots.config.demo.files.times import local

NAME = "WhatsApp Chat with Desmond Fairlie.txt"
MESSAGES = 60_000
HIS, HERS = "Desmond Fairlie", "Harriet Lowe"
BEGAN = local("2023-09-04 08:12")
HER_SHARE = 0.04


def long_chat() -> bytes:
    """The text file; British day order, to the minute, always going forward in time."""
    return "\n".join([f"04/09/2023, 08:11 - {words.ENCRYPTED}", *_lines(), ""]).encode()


def _lines() -> Iterator[str]:
    random = Random("large")
    at = BEGAN
    for number in range(MESSAGES):
        hers = random.random() < HER_SHARE
        text = (
            random.choice(words.CHOIR_HERS if number < 3_000 else words.LATER_REFUSALS) if hers else words.his(random)
        )
        yield f"{at:%d/%m/%Y, %H:%M} - {HERS if hers else HIS}: {text}"
        at += timedelta(seconds=random.choice((20, 35, 50, 70, 110, 160)))
        if random.random() < 0.022:
            at += timedelta(hours=random.randint(4, 16), minutes=random.randrange(60))
        if at.hour == 1:  # the hour that comes twice in October, or not at all in March
            at += timedelta(hours=6)
