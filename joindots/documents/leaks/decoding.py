"""Undoes the ways in which a text carries other texts: addresses of the web, mark-up, escapes, base64.

Each reading is a whole text of its own; what was decoded is read again, for words wrapped twice.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import quopri
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final
from urllib.parse import unquote

from joindots.documents.leaks import spoken

DEEPEST = 3
"""How often a text is unwrapped."""
SHORTEST_RUN = 8
"""Signs of base64 or hexadecimal from which a run is decoded: six letters."""
SHORT = 20_000
CONTEXT = 200
"""Signs on each side of what is decoded that are read with it: more than an address."""
APART = "\n\u16a0\n"
"""A letter between two pieces that have nothing to do with one another."""
NEARLY = 0.9
"""Share of plain signs in a text of an old encoding."""
MOST_RUNS = 200_000

_PERCENT = re.compile(r"%(?:[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})")
_PERCENT_WIDE = re.compile(r"%u([0-9A-Fa-f]{4})")
_ENTITY = re.compile(r"&(?:#|[A-Za-z])[A-Za-z0-9]{1,31};?")
_ESCAPE = re.compile(
    r"\\+(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|U([0-9A-Fa-f]{8})|'([0-9a-f]{2})|[nrtbf/\"'])"
)
_QUOTED = re.compile(r"=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n)")
_WORD = re.compile(r"=\?([\w-]+)\?([BbQq])\?([^?\s]*)\?=")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{8,}(?:[ \t]*\r?\n[ \t]*[A-Za-z0-9+/_-]{2,})*={0,2}")
"""A run is taken from its first sign: looking back once is quicker than trying every sign of a short word."""
_ORDINARY = re.compile(r"[A-Za-z]?[a-z-]+\Z")
"""A word of a sentence: what base64 makes of words has capitals or digits all through."""
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}[ :]?){7,}[0-9A-Fa-f]{2}")
_HEX_SIGNS = re.compile(r"(?<![0-9A-Fa-f :])[0-9A-Fa-f :]{16,}")
"""A stretch in which alone a run of hexadecimal can stand."""
_CARRIES = re.compile(
    r"[%&\\=<\n\u202e]|(?<![A-Za-z0-9+/_-])(?![A-Za-z]?[a-z-]+(?![A-Za-z0-9+/_-]))[A-Za-z0-9+/_-]{8}"
    r"|[0-9A-Fa-f]{2}(?:[ :]?[0-9A-Fa-f]{2}){7}"
)
"""What a text must hold to carry another: a sign of an encoding, or a run that is no ordinary word. Most hold none."""
_TAG = re.compile(r"<[^<>]*>")
_BLOCK = re.compile(
    r"</?(?:[a-z]+:)?(?:p|br|div|tr|td|th|li|h[1-6]|c|si|row|tab|cr|table|section|title|option|line-break|table-cell)\b"
    r"[^<>]*>",
    re.IGNORECASE,
)
_WHITE = re.compile(r"\s+")
_TURNED = "\u202e"


def readings(text: str) -> Iterator[str]:
    """Every other text that this one carries, each once, without the text itself.

    Of a long text only what lies around the signs of an encoding is decoded, and read again.
    """
    if not (_CARRIES.search(text) or spoken.SIGN.search(f" {text.lower()}")):
        return
    seen = {text}
    now = [text]
    for _ in range(DEEPEST):
        found = [other for one in now for sign, undo in _WAYS if (other := _undone(one, sign, undo))]
        now = [other for other in dict.fromkeys(found) if other not in seen]
        seen.update(now)
        yield from now


def _undone(text: str, sign: re.Pattern[str] | None, undo: Callable[[str], str | None]) -> str | None:
    part = text if sign is None else _around(text, sign)
    other = undo(part)
    return None if other == part else other


def _around(text: str, sign: re.Pattern[str]) -> str:
    """What lies around each sign of an encoding; nothing where there is none."""
    if len(text) < SHORT:
        return text if sign.search(text) else ""
    spans: list[list[int]] = []
    for found in sign.finditer(text):
        start, end = max(found.start() - CONTEXT, 0), found.end() + CONTEXT
        if spans and start <= spans[-1][1]:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    return APART.join(text[start:end] for start, end in spans)


def _percent(text: str) -> str | None:
    wide = _PERCENT_WIDE.sub(lambda found: chr(int(found[1], 16)), text)
    return unquote(wide, errors="replace").replace("+", " ")


def _entities(text: str) -> str | None:
    return html.unescape(text)


def _escapes(text: str) -> str | None:
    unescaped = _ESCAPE.sub(_escaped, text)
    try:
        return unescaped.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return unescaped


def _escaped(found: re.Match[str]) -> str:
    code = int(next((part for part in found.groups() if part), "20"), 16)
    return chr(code) if code < 0x110000 else ""


def _quoted(text: str) -> str | None:
    raw = quopri.decodestring(text.encode("utf-8", "replace"))
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _mail_words(text: str) -> str | None:
    return _WORD.sub(_mail_word, text)


def _mail_word(found: re.Match[str]) -> str:
    try:
        raw = base64.b64decode(found[3] + "==") if found[2] in "Bb" else quopri.decodestring(found[3], header=True)
        return raw.decode(codecs.lookup(found[1]).name, "replace")
    except (binascii.Error, LookupError, ValueError):
        return found[0]


def _untagged(text: str) -> str:
    return _TAG.sub("", _BLOCK.sub("\n", text))


def without(text: str, begins: str, ends: str) -> str:
    """The text without every stretch from one pattern to the other; what never ends goes to the last sign."""
    opening, closing = re.compile(begins, re.IGNORECASE), re.compile(ends, re.IGNORECASE)
    kept, at = [], 0
    while found := opening.search(text, at):
        kept.append(text[at : found.start()])
        end = closing.search(text, found.end())
        if end is None:
            return "".join(kept)
        at = end.end()
    return "".join([*kept, text[at:]])


def without_tags(text: str) -> str:
    """The words without mark-up; where a paragraph or a cell ends a line ends, and entities are what they stand for."""
    return html.unescape(_untagged(text))


def _turned(text: str) -> str | None:
    """Written from right to left by a sign that turns the reading round."""
    return text[::-1]


def _spoken(text: str) -> str | None:
    """What lies around numbers said in words, with these as digits."""
    return spoken.in_digits(_around(f" {text.lower()}", spoken.SIGN)) or None


def _runs(text: str) -> str | None:
    """The texts that stand in it as base64 or hexadecimal, one a line."""
    return "\n".join(found for data in packed(text) if (found := as_text(_loosened(data)))) or None


def _loosened(data: bytes) -> bytes:
    """What was squeezed before it was written as base64; as it is, where it was not."""
    if data[:2] not in _SQUEEZED:
        return data
    try:
        return zlib.decompressobj(wbits=47).decompress(data, MOST_LOOSENED)
    except zlib.error:
        return data


_SQUEEZED: Final = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
MOST_LOOSENED: Final = 1 << 22


_WAYS: tuple[tuple[re.Pattern[str] | None, Callable[[str], str | None]], ...] = (
    (_PERCENT, _percent),
    (_ENTITY, _entities),
    (re.compile(r"\\"), _escapes),
    (_QUOTED, _quoted),
    (_WORD, _mail_words),
    (_TAG, without_tags),
    (re.compile(_TURNED), _turned),
    (None, _spoken),
    (None, _runs),
)


def packed(text: str, shortest: int = SHORTEST_RUN) -> Iterator[bytes]:
    """The bytes of every run of base64 or hexadecimal with at least so many signs, each run once."""
    for run in _each_once(_BASE64.finditer(text), shortest):
        if _ORDINARY.match(run):
            continue
        plain = _WHITE.sub("", run).rstrip("=").replace("-", "+").replace("_", "/")
        # A run may begin inside another word: then one of its first four signs is where it starts.
        for start in range(4 if len(plain) > 2 * SHORTEST_RUN else 1):
            part = plain[start:]
            part = part[: len(part) - (len(part) % 4 == 1)]
            yield base64.b64decode(part + "=" * (-len(part) % 4))
    hexadecimal = (found for stretch in _HEX_SIGNS.finditer(text) for found in _HEX.finditer(stretch[0]))
    for run in _each_once(hexadecimal, shortest):
        yield bytes.fromhex(_WHITE.sub("", run).replace(":", ""))


def _each_once(found: Iterable[re.Match[str]], shortest: int) -> list[str]:
    runs = (one[0] for one in found if one.end() - one.start() >= shortest)
    return list(dict.fromkeys(islice(runs, MOST_RUNS)))


def as_text(data: bytes) -> str | None:
    """What the bytes say, if nearly all of them are text in a usual encoding; else None."""
    if not data:
        return None
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = sum(not (sign.isprintable() or sign in "\r\n\t") for sign in text[:2_000])
        rare = sum(ord(sign) > 0x2FF for sign in text[:2_000]) if encoding != "utf-8" else 0
        if (strange + rare) * 20 <= min(len(text), 2_000):
            return text
    head = data[:2_000]
    if len(head) - len(head.translate(None, _PLAIN)) >= NEARLY * len(head):
        return data.decode("cp1252", "replace")
    return None


_PLAIN = bytes([*range(32, 127), *b"\r\n\t"])
