"""Ways of writing a secret so that a careless search misses it, each reversible by a person."""

from __future__ import annotations

import base64
import html
import json
import quopri
import random
import urllib.parse
from collections.abc import Callable

LONG = 8
"""Letters and digits from which the leak check promises to see one wrong letter."""
_CYRILLIC = str.maketrans("aeocpxyAEOCPXTHBKM", "аеосрхуАЕОСРХТНВКМ")


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _accents(text: str) -> str:
    return "".join(sign + "\u0301" if sign.isalpha() else sign for sign in text)


def _one_off(text: str, rng: random.Random) -> str:
    """One letter added, left out, changed, or two changed over; digits stay; a telephone number has one too many or too few."""
    bare = sum(sign.isalnum() for sign in text)
    number = sum(sign.isdigit() for sign in text) > 9
    at = [n for n, sign in enumerate(text) if sign.isalpha()][1:-1]
    if number:
        # Of the right length it would be somebody else's number.
        return text[:-1] if rng.random() < 0.5 else f"{text[:-3]}{rng.randint(0, 9)}{text[-3:]}"
    if bare < LONG or len(at) < 4 or text.startswith("IMG_"):
        return text
    spot = rng.choice(at)
    new = rng.choice("aeiourst")
    pair = spot + 1 in at and text[spot].lower() != text[spot + 1].lower()
    way = rng.choice(["add", "leave", "change", *(["swap"] if pair else [])])
    if way == "add":
        return text[:spot] + new + text[spot:]
    if way == "leave":
        return text[:spot] + text[spot + 1 :]
    if way == "change":
        return text[:spot] + new + text[spot + 1 :]
    return text[:spot] + text[spot + 1] + text[spot] + text[spot + 2 :]


def _dialled(text: str) -> str:
    return "+44 (0)" + text[1:].replace(" ", "-") if text[0] == "0" and text[1:].replace(" ", "").isdigit() else text


PLAIN: dict[str, Callable[[str, random.Random], str]] = {
    "exact": lambda text, _: text,
    "upper": lambda text, _: text.upper(),
    "no spaces": lambda text, _: text.replace(" ", ""),
    "spaced letters": lambda text, _: " ".join(text.replace(" ", "")),
    "dots": lambda text, _: text.replace(" ", "."),
    "two lines": lambda text, _: text.replace(" ", "\n"),
    "one letter off": _one_off,
    "dialled": lambda text, _: _dialled(text),
}
"""Any page or file can show these."""
SIGNS: dict[str, Callable[[str, random.Random], str]] = {
    "full width": lambda text, _: _wide(text),
    "no width": lambda text, _: "\u200b".join(text),
    "accents": lambda text, _: _accents(text),
    "Cyrillic": lambda text, _: text.translate(_CYRILLIC),
    "hard spaces": lambda text, _: text.replace(" ", "\u00a0"),
}
"""Text that holds any sign."""
WRAPPED: dict[str, Callable[[str, random.Random], str]] = {
    "percent": lambda text, _: urllib.parse.quote(text.replace("'", ""), safe=""),
    "percent, every sign": lambda text, _: "".join(f"%{byte:02X}" for byte in text.encode()),
    "entities": lambda text, _: "".join(f"&#{ord(sign)};" for sign in text),
    "entities by sixteen": lambda text, _: "".join(f"&#x{ord(sign):x};" for sign in text),
    "html": lambda text, _: html.escape(text).replace(" ", "&nbsp;"),
    "json": lambda text, _: "".join(f"\\u{ord(sign):04x}" for sign in text),
    "json string": lambda text, _: json.dumps({"said": text.replace(" ", "\n")}),
    "quoted": lambda text, _: "".join(f"={byte:02X}" for byte in text.encode()),
    "broken lines": lambda text, _: quopri.encodestring(text.encode()).decode()[:4] + "=\n" + text[4:],
    "base64": lambda text, _: base64.b64encode(f"where: {text} now".encode()).decode(),
    "base64 twice": lambda text, _: base64.b64encode(base64.b64encode(f"at {text}.".encode())).decode(),
    "base64 of wide": lambda text, _: base64.b64encode(f"at {text}.".encode("utf-16-le")).decode(),
    "hexadecimal": lambda text, _: text.encode().hex(),
    "mail head": lambda text, _: f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?=",
    "marked up": lambda text, _: "<b>" + text[:2] + "</b><i>" + text[2:] + "</i>",
}
"""Text files and what reads like them."""
