"""Her phone's backups of texts and calls (SMS Backup & Restore), made on 6 November 2025."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from joindots.config.demo.files import words
from joindots.config.demo.files.times import clustered, days, local, milliseconds, run_starts, shares

HIS_NUMBER = "+447700900177"
TEXTS, TEXT_RUNS = 212, 40
MADE = local("2025-11-06 10:25")
DRAFTS = (
    (local("2025-09-03 23:50"), "Who is this? Callum, if this is you, leave me al"),
    (local("2025-09-21 22:14"), "I am going to the police"),
    (local("2025-10-28 07:03"), "Please just"),
)
"""Begun and never sent: no contact."""
SILENT_START = (date(2025, 8, 23), date(2025, 8, 25))
SILENT_RUNS = (
    (local("2025-08-23 21:08"), 2),
    (local("2025-08-24 01:40"), 4),
    (local("2025-08-24 22:17"), 3),
    (local("2025-08-25 02:55"), 3),
    (local("2025-08-25 20:31"), 2),
)
"""Over the bank holiday weekend: 14 calls. She wrote down “about twelve”."""
CALLS, WITHHELD, CALL_RUNS = 163, 151, 48


class Call(NamedTuple):
    """One call to her. `number` is empty where it was withheld; `seconds` is 0 where it was missed."""

    at: datetime
    number: str
    seconds: int


def texts() -> bytes:
    """`sms.xml`: 212 texts from a number new to her, and three drafts of hers."""
    random = Random("texts")
    on = days(date(2025, 9, 1), date(2025, 11, 5), without=(date(2025, 10, 26),))
    rows = [
        _sms(at, 1, words.his(random))
        for start, size in zip(run_starts(random, TEXT_RUNS, on), shares(random, TEXTS, TEXT_RUNS, 1, 14), strict=True)
        for at in clustered(random, start + timedelta(minutes=17), size, 240)
    ]
    rows += [_sms(at, 3, text) for at, text in DRAFTS]
    return _backup("smses", (row for _, row in sorted(rows, key=lambda row: -row[0])), len(rows))


def _sms(at: datetime, kind: int, body: str) -> tuple[int, str]:
    date_ms = milliseconds(at)
    given = {
        "protocol": 0,
        "address": HIS_NUMBER,
        "date": date_ms,
        "type": kind,
        "subject": "null",
        "body": body,
        "toa": "null",
        "sc_toa": "null",
        "service_center": "null",
        "read": 1,
        "status": -1,
        "locked": 0,
        "date_sent": date_ms - 1000 if kind == 1 else 0,
        "sub_id": 1,
        "readable_date": f"{at.day} {at:%b %Y %H:%M:%S}",
        "contact_name": "(Unknown)",
    }
    return date_ms, _element("sms", given)


def calls() -> bytes:
    """`calls.xml`: 163 calls in, of which 160 were missed and three answered and silent."""
    rows = [_call(one) for one in sorted(all_calls(), key=lambda one: one.at, reverse=True)]
    return _backup("calls", rows, len(rows))


def all_calls() -> list[Call]:
    """The calls, in the order of their runs: the silent weekend, withheld ones, and those of the new number."""
    random = Random("calls")
    found = []
    for number, (start, size) in enumerate(SILENT_RUNS):
        for place, at in enumerate(clustered(random, start, size, 900)):
            found.append(Call(at, "", 11 + 4 * number if place == 0 and number in (0, 1, 3) else 0))
    on = days(date(2025, 8, 27), date(2025, 11, 5), without=(date(2025, 10, 26),))
    starts = run_starts(random, CALL_RUNS - len(SILENT_RUNS), on)
    named = set(random.sample([start for start in starts if start.date() > date(2025, 9, 2)], 4))
    withheld = shares(random, WITHHELD - len(found), len(starts) - len(named), 1, 8)
    for start in starts:
        size = 3 if start in named else withheld.pop()
        from_number = HIS_NUMBER if start in named else ""
        found += [Call(at, from_number, 0) for at in clustered(random, start + timedelta(minutes=41), size, 900)]
    return found


def _call(one: Call) -> str:
    given = {
        "number": one.number,
        "duration": one.seconds,
        "date": milliseconds(one.at),
        "type": 1 if one.seconds else 3,
        "presentation": 1 if one.number else 2,
        "subscription_id": 1,
        "post_dial_digits": "",
        "subscription_component_name": "null",
        "readable_date": f"{one.at.day} {one.at:%b %Y %H:%M:%S}",
        "contact_name": "(Unknown)",
    }
    return _element("call", given)


def _element(name: str, given: dict[str, object]) -> str:
    return f"  <{name} {' '.join(f'{key}={quoteattr(str(value))}' for key, value in given.items())} />"


def _backup(name: str, rows: Iterator[str] | list[str], count: int) -> bytes:
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    made = f'backup_set="b7c1f0de-0000-4000-8000-000000000122" backup_date="{milliseconds(MADE)}" type="full"'
    return "\n".join([head, f'<{name} count="{count}" {made}>', *rows, f"</{name}>", ""]).encode()
