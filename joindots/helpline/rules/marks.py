"""Reads one line of an adviser's note: plain words, or a slash mark that puts them into their place (pure).

`/i what | when | who | evidence` something that happened       `/3 words` heard (prompt of key 3); `/3n` said no, `/3?`
`/r words` about risk    `/c words` what the caller wishes      not known
`/s words` a service     `/h words` for the next shift          `/since words` and the like: a fact, see FACTS
A line that begins with an unknown mark is plain and keeps every sign. No word that was typed is ever lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from joindots.helpline.rules.saying import BY_KEY

PLAIN, INCIDENT, RISK, WISH, SERVICE, HAND_ON, HEARD, FACT, WHISPER = (
    "plain", "incident", "risk", "wish", "service", "hand_on", "heard", "fact", "whisper",
)  # fmt: skip
KINDS: Final = MappingProxyType({
    PLAIN: "", INCIDENT: "/i incident", RISK: "/r risk", WISH: "/c wish", SERVICE: "/s service",
    HAND_ON: "/h next shift", HEARD: "heard", FACT: "fact", WHISPER: "whisper",
})  # fmt: skip
MARKS: Final = MappingProxyType({"i": INCIDENT, "r": RISK, "c": WISH, "s": SERVICE, "h": HAND_ON})
FACTS: Final = MappingProxyType({
    "relation": "relation_words", "since": "duration_words", "often": "frequency_words", "changed": "changed",
    "children": "children", "weapons": "weapons", "police": "police_words", "orders": "orders_words",
})  # fmt: skip
"""Facts that a line can set, by the word after the slash: what is told, in the caller's own words."""
ANSWERS: Final = MappingProxyType({"": "yes", "n": "no", "?": "unknown"})
PLACES: Final = ("what", "when", "who", "evidence")
SEPARATOR: Final = "|"
LONGEST: Final = 4000
"""Signs of one line; longer ones are cut into several, so that nothing is lost."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read: its kind, its words, and which field it sets to what (empty where none)."""

    kind: str
    words: str
    field: str = ""
    value: str = ""


def read(typed: str) -> Line:
    """A line as typed, in its place. Words that stand without a mark are plain."""
    text = typed.strip()
    if not text.startswith("/"):
        return Line(PLAIN, text)
    mark, _, rest = text[1:].partition(" ")
    mark, rest = mark.casefold(), rest.strip()
    if mark in MARKS:
        return Line(MARKS[mark], rest)
    if mark in FACTS and rest:
        return Line(FACT, rest, FACTS[mark], rest)
    key, answer = mark[:1], mark[1:]
    if key in BY_KEY and answer in ANSWERS:
        return Line(HEARD, rest, BY_KEY[key], ANSWERS[answer])
    return Line(PLAIN, text)


def pieces(typed: str) -> tuple[str, ...]:
    """The lines of a text that was pasted or typed without pressing Enter, none empty, none longer than `LONGEST`."""
    told = []
    for line in typed.splitlines():
        text = line.strip()
        told += [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]
    return tuple(told)


def in_places(words: str) -> dict[str, str]:
    """What, when, who and evidence of an incident's words; whatever follows the third bar belongs to the evidence."""
    told = [each.strip() for each in words.split(SEPARATOR, len(PLACES) - 1)]
    return {place: text for place, text in zip(PLACES, told, strict=False) if text}
