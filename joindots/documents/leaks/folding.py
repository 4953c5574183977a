"""Makes different ways of writing the same thing alike: case, spaces, punctuation, accents, look-alike letters.

A text folded is its letters and digits alone, small, without accents, in one run. Each sign is folded by
itself, so that a place in the folded text leads back to one in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

# Letters of other alphabets that a person reads as a Latin one, and letters whose stroke no rule of Unicode parts.
_ALIKE = {
    "a": "аαɑᴀ∂Ꭺ", "b": "ЬвʙВᏴΒ", "c": "сϲᴄᏟ", "d": "ԁɗđᴅᎠ", "e": "еεєҽᴇΕᎬ", "f": "ϝғꜰ", "g": "ɡցɢᏀ",
    "h": "һհнʜħΗᎻ", "i": "іιıɪӏΙᏆ", "j": "јϳᴊᎫ", "k": "кκᴋᏦ", "l": "ⅼłʟǀᏞ", "m": "мᴍΜᎷ", "n": "ոռɴΝ",
    "o": "оοօσᴏøө〇", "p": "рρᴘᏢ", "q": "ԛգ", "r": "гʀᴦᎡ", "s": "ѕꜱᏚ", "t": "тτᴛŧᎢ", "u": "υսᴜ", "v": "νѵᴠᏙ",
    "w": "ѡԝᴡωᎳ", "x": "хχ", "y": "уγүʏ", "z": "ᴢΖᏃ", "th": "þ", "oe": "œ", "ae": "æ",
}  # fmt: skip
_LATIN = {small: latin for latin, signs in _ALIKE.items() for sign in signs for small in (sign, sign.casefold())}
_EMOJI_LETTERS = (0x1F1E6, 0x1F130, 0x1F150, 0x1F170)
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")


class _Folds(dict[int, str]):
    """What each sign becomes, worked out when first met. What is neither letter nor digit becomes nothing."""

    def __missing__(self, code: int) -> str:
        folded = _fold_sign(chr(code))
        self[code] = folded
        return folded


def _fold_sign(sign: str) -> str:
    for first in _EMOJI_LETTERS:
        if 0 <= ord(sign) - first < 26:
            return chr(ord("a") + ord(sign) - first)
    if sign in _FILLERS:
        return ""
    return "".join(map(_fold_part, unicodedata.normalize("NFKD", _LATIN.get(sign, sign)).casefold()))


def _fold_part(sign: str) -> str:
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    sign = _LATIN.get(sign, sign)
    return sign if sign.isalnum() else ""


FOLDS = _Folds()


class _Breaks(dict[int, str]):
    """The same with a space for what parts two words. A mark on a letter, or a sign of no width, parts nothing."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        silent = unicodedata.category(sign) in ("Mn", "Me", "Cf") or sign in _FILLERS
        self[code] = found = FOLDS[code] or ("" if silent else " ")
        return found


_BREAKS = _Breaks()
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_ASCII = bytes(ord(chr(code).lower()) if code < 128 else code for code in range(256))
_NO_LETTER = bytes(code for code in range(256) if not (code < 128 and chr(code).isalnum()))
_HUMPS = re.compile(r"[A-Z](?<=[a-z][A-Z])")
"""A capital behind a small letter; asked from the capital, of which there are few."""
_ALIKE_DIGITS = str.maketrans("01528i", "olszbl")
_ALIKE_BYTES = bytes.maketrans(b"01528i", b"olszbl")
_ASCII_BREAKS = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))


def fold(text: str) -> str:
    """The letters and digits of the text, folded, in one run."""
    if not text.isascii():
        text = _NOT_ASCII.sub(_fold_run, text)
        if not text.isascii():  # letters of other alphabets stay as they are
            return text.translate(FOLDS)
    return text.encode().translate(_ASCII, _NO_LETTER).decode()


def _fold_run(found: re.Match[str]) -> str:
    return found[0].translate(FOLDS)


def as_seen(folded: str) -> str:
    """Folded text in which signs that the eye confuses are one: 0 and o, 1 and i and l, 5 and s, 2 and z, 8 and b."""
    if folded.isascii():  # five times as quick
        return folded.encode().translate(_ALIKE_BYTES).decode()
    return folded.translate(_ALIKE_DIGITS)


GLUED = 5
"""From this many letters a word run into another is found in the name of a file."""


class Edges:
    """Where words begin and end in the folded text. Worked out when first asked: most texts hold nothing.

    `glued`: words run into others here (names of files), so one edge of a word is enough.
    """

    def __init__(self, text: str, *, glued: bool = False) -> None:
        self._text = text
        self._glued = glued
        self._starts: list[int] | None = None

    def around(self, start: int, end: int) -> bool:
        """Whether these two places are the beginning and the end of words."""
        if self._glued and end - start >= GLUED:
            return self.at(start) or self.at(end)
        return self.at(start) and self.at(end)

    def at(self, place: int) -> bool:
        """Whether a word begins or ends at this place of the folded text."""
        starts = self._found()
        found = bisect_left(starts, place)
        return place == 0 or (found < len(starts) and starts[found] == place)

    def inside(self, start: int, end: int) -> int:
        """How many words begin strictly between two places."""
        starts = self._found()
        return bisect_left(starts, end) - bisect_left(starts, start + 1)

    def _found(self) -> list[int]:
        if self._starts is None:
            self._starts = list(accumulate(map(len, _pieces(_HUMPS.sub(r" \g<0>", self._text)))))
        return self._starts


def _pieces(text: str) -> Sequence[str | bytes]:
    """The words of a text, folded."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda found: found[0].translate(_BREAKS), text)
        if not text.isascii():  # letters of other alphabets stay as they are
            return text.translate(_BREAKS).split()
    return text.encode().translate(_ASCII_BREAKS).split()


def places(text: str) -> list[int]:
    """For each sign of the folded text, the place in the text it came from."""
    found: list[int] = []
    for at, sign in enumerate(text):
        found.extend([at] * len(FOLDS[ord(sign)]))
    return found
