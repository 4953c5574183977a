"""The header that opens every message: its form is learned from the file and is then exact for the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from joindots.evidence.readers.whatsapp.clock_words import AFTERNOON, MARKS, MORNING, SPACES, WORD, ZEROS, bare

_M = f"[{MARKS}]{{0,8}}"
_SP = f"[{SPACES}]"
_BETWEEN = f"{_M}{_SP}?[./\\-年月년월]{_SP}?{_M}"
_DATE = (
    rf"(?P<n1>\d{{1,4}})(?P<d1>{_BETWEEN})(?P<n2>\d{{1,2}})(?P<d2>{_BETWEEN})(?P<n3>\d{{1,4}})"
    rf"(?P<d3>{_M}(?:{_SP}?(?:\.|日|일|г\.?))?)"
)
_JOIN_WORDS = "à|at|às|as|a las|alle|klo\\.?|kl\\.?|um|om|ore|ob|o|u|в|у|à|lúc|ve|ב-|բ"
_JOIN = rf"(?:{_M}[,،]?(?:{_SP}|[{MARKS}])+(?:(?:{_JOIN_WORDS}){_SP}+)?|{_M}[,،]{_M})"
_TIME = (
    rf"(?P<h>\d{{1,2}})(?P<t1>[:.٫：]|{_SP}?h{_SP}?)(?P<m>\d{{2}})"
    rf"(?:(?P<t2>[:.٫：]|{_SP}?min{_SP}?)(?P<s>\d{{2}}))?(?P<t3>{_SP}?(?:s|Uhr|uur|น\.|ч\.)(?![a-z]))?"
)
_CLOCK = rf"(?:(?P<w1>{WORD})(?P<g1>{_SP}*))?{_TIME}(?:(?P<g2>(?:{_SP}|[{MARKS}])*)(?P<w2>{WORD}))?"
_CLOSE = rf"(?P<close>{_M}(?:\]{_SP}?(?:-{_SP})?|{_SP}[-–—]{_SP}|:{_SP}))"
_LEAD = rf"^{_M}(?P<open>\[?){_M}"
LEARN: Final = (
    re.compile(rf"{_LEAD}{_DATE}(?P<join>{_JOIN}){_CLOCK}{_CLOSE}(?P<rest>.*)$"),
    re.compile(rf"{_LEAD}{_CLOCK}(?P<join>{_JOIN}){_DATE}{_CLOSE}(?P<rest>.*)$"),
)
"""Any header that a phone may write: date first, or (copied from a browser) time first."""

ENOUGH: Final = 400
"""Headers in the sample after which nothing more is learned from it."""
_STRIP = str.maketrans("", "", MARKS)
_OTHER_HALF = str.maketrans("aApP", "pPaA")
ANY_MARKS: Final = rb"(?:\xef\xbb\xbf|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c){0,4}"
"""A few marks at most: without a bound, a line of nothing but marks would take for ever."""
NAME: Final = rb"(?:([^:\n\r]{1,400}(?::[^ :\n\r][^:\n\r]{0,200}){0,3}(?::(?=:)){0,2}):(?: |(?=\r?\n)|(?=\r?\Z)))?"
"""Up to the first colon that a space or the line's end follows; `10:30 club` and `Mam:` are names too."""
Padded = tuple[bool, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class Form:
    """Everything in which the header of one file may differ from another's, marks left out."""

    bracket: bool
    time_first: bool
    between: tuple[str, str, str]
    """What stands between day, month and year, and after them."""
    join: str
    clock: tuple[str, str, str]
    """What stands between hour, minute and second, and after them."""
    word: str
    """`before` or `after` the hour, or empty: how the half of the day is written."""
    gap: str
    close: str
    zero: str
    """Nought in the script of the numbers."""
    years: tuple[int, int]
    """Digits of the first and the last number of the date, where there are more than two."""

    @property
    def seconds(self) -> bool:
        """Whether the clock shows seconds."""
        return bool(self.clock[1])

    @property
    def year_first(self) -> bool:
        """Whether the first number has more than two digits and so must be the year."""
        return self.years[0] > 0


@dataclass(slots=True)
class Learned:
    """A form with what the sample showed of it, and the pattern made from both."""

    form: Form
    count: int
    named: int
    """How many of the sample's headers were followed by `NAME: `."""
    marks: bool
    right_to_left: bool
    """Whether U+200F stands inside the date."""
    padded: Padded
    """Whether day, month (in the file's order), year and hour are always written with two digits."""
    crlf: bool
    words: frozenset[str]
    """Words for the halves of the day, bare, and below as they are spelt."""
    spellings: tuple[str, ...]
    example: str
    pattern: re.Pattern[bytes]


class _Seen:
    """What the lines of one form had in common."""

    def __init__(self) -> None:
        self.count = self.named = self.crlf = 0
        self.marks = self.right_to_left = False
        self.short = [False] * 4
        self.nought = [False] * 4
        self.words: set[str] = set()
        self.example = ""

    def add(self, found: re.Match[str], crlf: bool) -> None:
        self.count += 1
        self.crlf += crlf
        self.named += ": " in found["rest"]
        self.example = self.example or found.group()[: found.start("rest")]
        date = found["d1"] + found["d2"]
        head = found.group()[found.start("open") : found.start("rest")]
        self.marks |= any(c in MARKS for c in head)
        self.right_to_left |= "\u200f" in date
        self.words.update(w for w in (found["w1"], found["w2"]) if w)
        for i, part in enumerate((found["n1"], found["n2"], found["n3"], found["h"])):
            self.short[i] |= len(part) == 1
            self.nought[i] |= len(part) == 2 and part[0] in ZEROS


def header(line: str) -> tuple[Form, re.Match[str]] | None:
    """The form of one line's header, or None where the line does not open with one."""
    for time_first, pattern in enumerate(LEARN):
        if found := pattern.match(line):
            return _form(found, bool(time_first)), found
    return None


def _form(found: re.Match[str], time_first: bool) -> Form:
    def text(name: str) -> str:
        return (found[name] or "").translate(_STRIP)

    first, last = len(found["n1"]), len(found["n3"])
    return Form(
        bracket=bool(found["open"]),
        time_first=time_first,
        between=(text("d1"), text("d2"), text("d3")),
        join=text("join"),
        clock=(text("t1"), text("t2"), text("t3")),
        word="before" if found["w1"] else "after" if found["w2"] else "",
        gap=text("g1") if found["w1"] else text("g2"),
        close=text("close"),
        zero=zero_of(found["n2"][0]),
        years=(first if first > 2 else 0, last if last > 2 else 0),
    )


def zero_of(digit: str) -> str:
    """Nought in the script of a digit."""
    return chr(ord(digit) - int(digit))


def learn(sample: Iterable[tuple[str, bool]]) -> Learned | None:
    """The form that most lines of a sample open with; lines come with whether they end in CR LF.

    The first line's form wins a tie. None where no line opens with a header.
    """
    seen: dict[Form, _Seen] = {}
    total: Counter[Form] = Counter()
    after_crlf = False
    for line, crlf in sample:
        if known := header(line):
            form, found = known
            if not found["open"] and "]" in form.close:
                continue
            seen.setdefault(form, _Seen()).add(found, after_crlf)
            total[form] += 1
        after_crlf = crlf
        if total.total() >= ENOUGH:
            break
    if not total:
        return None
    form, count = total.most_common(1)[0]
    return _learned(form, count, seen[form])


def _learned(form: Form, count: int, seen: _Seen) -> Learned:
    one, two, three, hour = (seen.nought[i] and not seen.short[i] for i in range(4))
    padded = (one, two, three, hour)
    return Learned(
        form=form,
        count=count,
        named=seen.named,
        marks=seen.marks,
        right_to_left=seen.right_to_left,
        padded=padded,
        crlf=count > 3 and seen.crlf >= 0.75 * (count - 1),
        words=frozenset(map(bare, seen.words)),
        spellings=tuple(sorted(seen.words)),
        example=seen.example,
        pattern=re.compile(rb"\n(" + b"".join(pieces(form, padded, alike(seen.words), seen.marks)) + NAME + rb")"),
    )


def pieces(form: Form, padded: Padded, words: list[str], marks: bool) -> Iterator[bytes]:
    """The pattern of the form in parts. Marks inside are let through only where the sample had any."""
    free = ANY_MARKS if marks else b""
    date = b"(" + _date(form, padded, free) + b")"
    clock = b"(" + _clock(form, padded[3], words, free) + b")"
    first, second = (clock, date) if form.time_first else (date, clock)
    yield rb"(?:(?=[\xd8\xe2\xef])" + ANY_MARKS + rb")?" + (rb"\[" + free if form.bracket else b"")
    yield b"(" + first + free + _literal(form.join, free) + second + b")"
    yield free + _literal(form.close, free)


def _literal(text: str, free: bytes) -> bytes:
    return free.join(re.escape(c.encode()) for c in text) + free if free else re.escape(text.encode())


def _digit(zero: str) -> bytes:
    if zero == "0":
        return b"[0-9]"
    first, last = zero.encode(), chr(ord(zero) + 9).encode()
    return b"(?:" + re.escape(first[:-1]) + b"[" + re.escape(first[-1:]) + b"-" + re.escape(last[-1:]) + b"])"


def _number(form: Form, exact: int, padded: bool) -> bytes:
    digit = _digit(form.zero)
    return digit * exact if exact else digit * 2 if padded else digit + b"{1,2}"


def _date(form: Form, padded: Padded, free: bytes) -> bytes:
    years = form.years
    number = [_number(form, exact, padded[i]) for i, exact in enumerate((years[0], 0, years[1]))]
    between = [free + _literal(text, free) for text in form.between]
    return number[0] + between[0] + number[1] + between[1] + number[2] + (between[2] if form.between[2] else b"")


def alike(seen: Iterable[str]) -> list[str]:
    """The words that may stand beside those seen, the longest first: `PM` beside `AM`, all others together."""
    words: set[str] = set()
    for word in seen:
        words.add(word)
        if bare(word) in ("am", "pm"):
            words.add(word.translate(_OTHER_HALF))
        else:
            others = [w for w in (*MORNING, *AFTERNOON) if bare(w) not in ("am", "pm")]
            words.update(w.replace(" ", space) for w in others for space in SPACES)
    return sorted(words, key=len, reverse=True)


def _clock(form: Form, padded: bool, words: list[str], free: bytes) -> bytes:
    two = _digit(form.zero) * 2
    text = _number(form, 0, padded) + _literal(form.clock[0], b"") + two
    if form.clock[1]:
        text += _literal(form.clock[1], b"") + two
    text += _literal(form.clock[2], b"")
    if not form.word:
        return text
    word = b"(?:" + b"|".join(re.escape(w.encode()) for w in words) + b")"
    gap = free + _literal(form.gap, free)
    return word + gap + text if form.word == "before" else text + gap + word


def beginning(learned: Learned) -> re.Pattern[bytes]:
    """A pattern for a header that was cut off, down to its first character."""
    form, padded = learned.form, learned.padded
    parts = list(_characters(form, padded, alike(learned.spellings)))
    pattern = b""
    for part in reversed(parts):
        pattern = part + (b"(?:" + pattern + b")?" if pattern else b"")
    return re.compile(ANY_MARKS + pattern + rb"\Z")


def _characters(form: Form, padded: Padded, words: list[str]) -> Iterator[bytes]:
    digit = _digit(form.zero)

    def number(exact: int, *, two: bool) -> list[bytes]:
        return [digit] * exact if exact else [digit, digit if two else digit + b"?"]

    def literal(text: str) -> list[bytes]:
        return [ANY_MARKS + re.escape(c.encode()) for c in text]

    date: list[bytes] = []
    for i, exact in enumerate((form.years[0], 0, form.years[1])):
        date += number(exact, two=padded[i]) + literal(form.between[i])
    clock = number(0, two=padded[3]) + literal(form.clock[0]) + [digit, digit]
    clock += literal(form.clock[1]) + ([digit, digit] if form.clock[1] else []) + literal(form.clock[2])
    if form.word:
        starts = sorted({w[:n].encode() for w in words for n in range(1, len(w) + 1)}, key=len, reverse=True)
        word = b"(?:" + b"|".join(map(re.escape, starts)) + b")"
        gap = literal(form.gap)
        clock = [word, *gap, *clock] if form.word == "before" else [*clock, *gap, word]
    first, second = (clock, date) if form.time_first else (date, clock)
    yield from [*literal("[" if form.bracket else ""), *first, *literal(form.join), *second, *literal(form.close)]
