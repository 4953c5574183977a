"""Text made fit for a page: what the typefaces lack is named in words, and nothing is lost silently.

The PDF standards refuse a page with a sign that no embedded typeface has. The exact text always stands
in `records.csv` and `records.json`; the page shows a name for the sign, set apart from the words.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

Shown = str | list[str]
"""Plain text, or pieces in turn: words, a name for what cannot be shown, words, …"""

MOST = 4_000
"""Signs of one text on a page; the rest is in the records."""
LONGEST_WORD = 36
"""A longer run without a space is given places to break: a line never runs off the page."""

# Found by setting every sign alone, regular, bold and slanted, in the three typefaces of the templates.
# Combining marks are left out: joined to a letter of another typeface they stopped the typesetter.
_RANGES = (
    "20-7E A0-AC AE-2C1 370-377 37A-37F 384-38A 38C 38E-3A1 3A3-482 48A-4FF 510-513 51A-51D 531-556 559-55F "
    "561-587 5D0-5EA 60C 61B 61F 621-63A 641-64A 660-66D 679-67B 67E-680 683-684 686-687 691 698 6A4 6A9 6AF "
    "6BE 6CC 6F0-6F9 10D0-10FA 1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D "
    "2010-2015 2018-2027 2030-203A 203C-2040 2044 2047-2049 2070-2071 2074-208E 20A0-20BF 2100-211E 2120 2122 "
    "2126 2150-2184 2190-21FF 2200-22FF 2600-2603 2605-2606 2609-2612 2639-263C 2640 2642 2660-2667 266A-266F "
    "2701-2704 2706-2709 270E-2714 2717-2720 2733-2734 2736 273F 2744 2764"
)


def _read(ranges: str) -> frozenset[int]:
    found: set[int] = set()
    for part in ranges.split():
        low, _, high = part.partition("-")
        found.update(range(int(low, 16), int(high or low, 16) + 1))
    return frozenset(found)


SHOWN = _read(_RANGES)
_EASY = re.compile(r"[\x20-\x7e\xa0-\xac\xae-\u017f\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac\n]*").fullmatch
_LONG = re.compile(rf"[^\s\u200b]{{{LONGEST_WORD + 1},}}")
# Signs that are invisible on purpose: joiners, shape selectors, plain direction marks.
_SILENT = frozenset(
    {
        0xAD,
        0x61C,
        0x200B,
        0x200C,
        0x200D,
        0x200E,
        0x200F,
        0x2060,
        0xFEFF,
        *range(0x2066, 0x206A),
        *range(0xFE00, 0xFE10),
    }
)
_SPACES = {0x09: "    ", 0x0D: "", 0x2028: "\n", 0x2029: "\n", 0x202F: " ", 0x2007: " ", 0x2009: " ", 0x3000: " "}
_WIDE_SPACES = dict.fromkeys(range(0x2000, 0x200B), " ")
_FLAG = 0x1F1E6
_TONES = {0x1F3FB: "light", 0x1F3FC: "medium-light", 0x1F3FD: "medium", 0x1F3FE: "medium-dark", 0x1F3FF: "dark"}


def visible(text: str) -> str:
    """The text with control signs and lone surrogates written as `[U+0000]`; line breaks and tabs stay.

    Used where exact text is kept but could not be stored or would hide (tables, names).
    """
    if text.isprintable():
        return text
    return "".join(_code(sign) if _hides(sign) else sign for sign in text)


def _hides(sign: str) -> bool:
    return (sign not in "\n\t" and unicodedata.category(sign) in ("Cc", "Cs")) or 0x202A <= ord(sign) <= 0x202E


def _code(sign: str) -> str:
    return f"[U+{ord(sign):04X}]"


def for_page(text: str, most: int = MOST) -> Shown:
    """The text for a template: a string when every sign can be shown, else pieces in turn.

    Longer than `most` signs it is cut, and the page says so. Read right to left it is left to the
    typesetter; signs that would turn the reading order round are named instead.
    """
    rest = len(text) - most
    if rest > 0:
        text = text[:most]
    shown: Shown = text if _EASY(text) else _pieces(text)
    if rest > 0:
        shown = [*([shown] if isinstance(shown, str) else _even(shown)), f"{rest:,} more signs: see records.csv"]
    if isinstance(shown, str):
        return _breakable(shown)
    return [_breakable(piece) for piece in shown]


def only_plain(text: str) -> str:
    """The strictest form, ASCII and nothing else: the last resort if the typesetter refuses a page."""
    return "".join(sign if " " <= sign <= "~" or sign == "\n" else _code(sign) for sign in text)


def _even(pieces: list[str]) -> list[str]:
    return pieces if len(pieces) % 2 else [*pieces, ""]


def _pieces(text: str) -> Shown:
    pieces = [""]
    for kind, signs in groupby(unicodedata.normalize("NFC", text), key=_kind):
        run = "".join(signs)
        if kind == "shown":
            pieces[-1] += run
        elif kind == "space":
            pieces[-1] += "".join(_SPACES.get(ord(sign), " ") for sign in run)
        elif kind != "silent":
            named = _named(kind, run)
            if pieces[-1] or len(pieces) < 2:
                pieces += [named, ""]
            else:
                pieces[-2] += ", " + named
    return pieces[0] if len(pieces) == 1 else pieces


def _kind(sign: str) -> str:
    """`shown`, `space`, `silent`, `sign` (named one by one) or the name of a script (counted)."""
    code = ord(sign)
    if code in SHOWN or sign == "\n":
        return "shown"
    if code in _SPACES or code in _WIDE_SPACES:
        return "space"
    if code in _SILENT:
        return "silent"
    if unicodedata.category(sign)[0] in "LM" and not unicodedata.name(sign, "COMBINING").startswith("COMBINING"):
        return unicodedata.name(sign).split()[0].title()
    return "sign"


def _named(kind: str, run: str) -> str:
    if kind != "sign":
        script = {"Cjk": "Chinese, Japanese or Korean"}.get(kind, kind)
        return f"{script} script, {len(run)} {'sign' if len(run) == 1 else 'signs'}"
    names: list[str] = []
    flags = ""
    for sign in run:
        if 0 <= ord(sign) - _FLAG < 26:
            flags += chr(ord("A") + ord(sign) - _FLAG)
            if len(flags) == 2:
                names.append(f"flag {flags}")
                flags = ""
        else:
            names.append(_name(sign))
    if flags:
        names.append(f"letter {flags}")
    return ", ".join(f"{name} × {count}" if (count := len(list(same))) > 1 else name for name, same in groupby(names))


def _name(sign: str) -> str:
    if ord(sign) in _TONES:
        return f"skin tone {_TONES[ord(sign)]}"
    name = unicodedata.name(sign, "")
    return name.lower() if name else f"U+{ord(sign):04X}"


def _breakable(text: str) -> str:
    if len(text) <= LONGEST_WORD:
        return text
    return _LONG.sub(_split, text)


def _split(found: re.Match[str]) -> str:
    word = found[0]
    return "\u200b".join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))
