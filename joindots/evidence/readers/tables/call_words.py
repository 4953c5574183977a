"""The words by which call lists say which way a call went, how it ended, how long it took and who hid their number."""

from __future__ import annotations

import re
from functools import lru_cache

from joindots.evidence.readers.records import Direction, Kind

_IN = frozenset(
    "incoming inbound received in answered accepted missed rejected declined refused denied blocked autorejected "
    "voicemail unanswered".split()
)
_OUT = frozenset("outgoing outbound dialled dialed out made placed".split())
_COMING = frozenset("incoming inbound received in".split())
_TAKEN = frozenset("answered accepted connected completed received incoming inbound in".split())
_REJECTED = frozenset("rejected declined refused denied".split())
_BLOCKED = frozenset("blocked autorejected blacklisted".split())
_VOICEMAIL = frozenset("voicemail".split())
_ENDED_OUT = frozenset("cancelled canceled missed unanswered answered connected rejected declined busy failed".split())
_NOISE = frozenset(
    "call calls phone voice audio type the a an was by user not no connected completed external externally "
    "elsewhere answer answered cancelled canceled busy failed".split()
)
_PLAIN = frozenset("call calls phone voice audio type the a by user external externally elsewhere".split())
_NOT_ANSWERED = re.compile(r"\b(?:not|no|never)[\s-]*(?:answered|answer|connected|accepted)\b")
_CODES: dict[str, tuple[Kind, Direction]] = {
    "1": ("call_answered", "in"),
    "2": ("call_made", "out"),
    "3": ("call_missed", "in"),
    "4": ("voicemail", "in"),
    "5": ("call_rejected", "in"),
    "6": ("call_blocked", "in"),
    "7": ("call_answered", "in"),
}
"""Android's own numbers for the types of call, which its call-list apps write out."""
NOT_KNOWN: tuple[Kind, Direction] = ("unknown", "unknown")
TEXTS = frozenset("sms text texts mms message messages".split())
RECEIVED = frozenset("received incoming inbound".split())
"""On a bill, a call that came in while abroad: whose number stands beside it is not said."""
_TARIFF = frozenset(
    "voice mobile mobiles landline landlines standard national local international uk eu roaming abroad freephone "
    "premium special rate service numbers number personal calls call to from inclusive allowance free video picture "
    "other network networks anytime daytime evening weekend peak off offpeak".split()
)
DATA = frozenset("data internet gprs wap 3g 4g 5g lte".split())
"""A phone's own use of the internet, which is nobody's contact."""

_WITHHELD = frozenset(
    {
        "withheld", "number withheld", "withheld number", "unknown", "unknown number", "unknown caller", "private",
        "private number", "private caller", "private call", "no caller id", "nocallerid", "no caller", "caller unknown",
        "anonymous", "anonymous caller", "restricted", "restricted number", "caller id withheld", "unavailable",
        "number unavailable", "hidden", "hidden number", "blocked number", "not available", "-1", "-2", "-3",
        "presentation restricted", "number not available", "caller withheld", "withheld caller", "dim rhif",
    }
)  # fmt: skip

_CLOCK = re.compile(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$")
_WORDED = re.compile(
    r"^(?:(\d+)\s*(?:h|hr|hrs|hour|hours))?[\s,]*(?:(\d+)\s*(?:m|min|mins|minute|minutes))?[\s,]*"
    r"(?:(\d+)\s*(?:s|sec|secs|second|seconds))?$"
)
_PERIOD = re.compile(r"^pt(\d.*)$")
_QUOTES = re.compile(r"^(\d{1,3})['\u2032] ?(\d{2})(?:[\"\u2033]|'')$")
"""Durations as programs write them: PT1M23S, 1'23"."""


@lru_cache(maxsize=2048)
def direction_of(type_: str, outcome: str = "") -> tuple[Kind, Direction]:
    """Kind and direction of a call; both unknown where the words are not known or contradict each other."""
    if type_.strip() in _CODES:
        return _CODES[type_.strip()]
    words = _words(type_) | _words(outcome)
    if _words(type_) - _IN - _OUT - _NOISE - _BLOCKED - _ENDED_OUT:
        return NOT_KNOWN
    if _NOT_ANSWERED.search(f"{type_} {outcome}".casefold()):
        words = (words - {"answered", "answer", "connected", "accepted", "not", "no"}) | {"unanswered"}
    if words & _OUT:
        return NOT_KNOWN if words & (_IN - _ENDED_OUT - {"in"}) else ("call_made", "out")
    return _incoming(words)


def is_tariff(type_: str) -> bool:
    """Whether a type says what a call was charged as, such as "UK mobile" or "Text message", or nothing."""
    return _words(type_) <= _TARIFF | TEXTS | DATA | RECEIVED


def _incoming(words: frozenset[str]) -> tuple[Kind, Direction]:
    """A call that came, or whose way only its ending tells: nobody misses a call of their own."""
    missed = {"missed", "unanswered"} if words & _COMING else {"missed"}
    ends: tuple[tuple[Kind, frozenset[str] | set[str]], ...] = (
        ("call_blocked", _BLOCKED), ("call_rejected", _REJECTED), ("voicemail", _VOICEMAIL), ("call_missed", missed),
    )  # fmt: skip
    found = [kind for kind, names in ends if words & names]
    if found:
        return (found[0], "in") if len(found) == 1 else NOT_KNOWN
    if words & _TAKEN and not words - _TAKEN - _PLAIN:
        return "call_answered", "in"
    return ("unknown", "in") if words & _COMING else NOT_KNOWN


def _words(shown: str) -> frozenset[str]:
    text = shown.casefold().replace("voice mail", "voicemail")
    text = re.sub(r"auto[- ]+(?:rejected|blocked|declined)", "autorejected", text)
    return frozenset(re.findall(r"[a-z]+", text))


@lru_cache(maxsize=8192)
def is_withheld(shown: str) -> bool:
    """Whether this says that no number or name was shown."""
    return " ".join(re.sub(r"[\[\]()<>\"'_.]", " ", shown.casefold()).split()) in _WITHHELD


@lru_cache(maxsize=8192)
def seconds(shown: str, unit: str = "") -> int | None:
    """A duration in whole seconds: `45`, `0:45`, `00:01:20`, `1m 20s`, `2 mins`; None for anything else.

    `unit` is what the heading says. A bare number is seconds unless it says minutes; `1:20` is minutes
    and seconds unless it says hours and minutes.
    """
    text = re.sub(r"(?<=\d)\.0+$", "", shown.strip())
    if not text.isdigit():
        text = _QUOTES.sub(r"\1:\2", _PERIOD.sub(r"\1", " ".join(text.casefold().replace(".", " ").split())))
    unit = unit.casefold()
    if text.isdigit() and text.isascii() and len(text) < 9:
        return int(text) * (60 if re.search(r"\bmin", unit) and not re.search(r"\bsec", unit) else 1)
    if found := _CLOCK.match(text):
        first, middle, last = int(found[1] or 0), int(found[2]), int(found[3])
        if found[1] is None and re.search(r"h+\W?:?m", unit) and not re.search(r"s", unit):
            return (middle * 60 + last) * 60 if last < 60 else None
        return first * 3600 + middle * 60 + last if last < 60 and (middle < 60 or found[1] is None) else None
    if text and (found := _WORDED.match(text)):
        return sum(int(part or 0) * size for part, size in zip(found.groups(), (3600, 60, 1), strict=True))
    return None
