"""What councils really write into their directories, made plain: markup, dates, numbers, times in many forms (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

from joindots.directory.rules.listing import LONG, line, tidy

_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|&[a-zA-Z#][a-zA-Z0-9]{1,8};")
_BREAKS = frozenset({"br", "p", "li", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr"})
_SILENT = frozenset({"script", "style", "iframe", "object", "template"})
_LENGTHS = {"day": 1, "week": 7, "month": 30}
_WAIT = re.compile(r"(\d{1,3})\s*(?:-|–|to)?\s*(\d{1,3})?\s*(?:working )?(day|week|month)", re.IGNORECASE)


class _Text(HTMLParser):
    """Keeps the text of markup, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def text(value: Any, most: int = LONG) -> str:
    """Words of whatever was given, without markup; empty for what is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    given = str(value)[: most * 8]
    for _ in range(2):  # markup that was escaped once more
        if not _MARKUP.search(given):
            break
        reader = _Text()
        reader.feed(given)
        reader.close()
        given = re.sub(r"[ \t]*\n[ \t\n]*", "\n", "".join(reader.parts))
    return tidy(given, most)


def one_line(value: Any, most: int = 200) -> str:
    """The same on one line."""
    return line(text(value, most * 4), most)


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    """The objects in what should be a list of them; one alone counts as a list."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each


def day(value: Any) -> date | None:
    """A day from `2024-02-01`, `2024-02-01T00:00:00Z` or `01/02/2024`, read as people here write; None for others."""
    given = one_line(value, 40)
    found = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", given)
    parts = [found[1], found[2], found[3]] if found else []
    if not parts and (found := re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", given)):
        parts = [found[3], found[2], found[1]]
    try:
        return date(*map(int, parts)) if parts else datetime.fromisoformat(given).date()
    except (ValueError, TypeError):
        return None


def age(value: Any) -> int | None:
    """An age from `18`, `18.0`, `"18+"`; None for nothing, and for the 0 and 120 that stand for "any"."""
    if isinstance(value, bool):
        return None
    found = re.search(r"\d{1,3}", one_line(value, 20))
    number = int(found[0]) if found else 0
    return number if 0 < number < 110 else None


def days_of_wait(value: Any) -> int | None:
    """Days from `2 weeks`, `1-2 months` (the longer), `none`; None where no length stands in it."""
    given = one_line(value, 100)
    if re.search(r"\bno wait|\bnone\b|immediate", given, re.IGNORECASE):
        return 0
    found = _WAIT.search(given)
    return int(found[2] or found[1]) * _LENGTHS[found[3].lower()] if found else None
