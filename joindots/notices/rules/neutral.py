"""Words that give nothing away: what may stand in a text, a subject, a sender, a file name (pure).

Whoever looks over a shoulder, or holds the phone, must learn nothing: not what this is about, not who writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from typing import Final

from joindots.documents.leaks.looking import Looking
from joindots.documents.leaks.matching import matcher
from joindots.documents.leaks.protected import Protected, kind_says
from joindots.kernel.decisions import YES, Decision, no
from joindots.notices.rules.notices import Kind

TELLING: Final = (
    "stalk", "police", "constab", "officer", "detective", "crime", "criminal", "victim", "witness", "survivor",
    "perpetrator", "offender", "suspect", "harass", "abuse", "abusive", "violen", "refuge", "shelter", "helpline",
    "advoca", "idva", "isac", "marac", "mappa", "court", "magistrate", "tribunal", "solicitor", "lawyer", "prosecut",
    "your hearing", "the hearing", "a hearing", "verdict", "probation", "prison", "arrest", "on bail", "injunction",
    "restraining", "domestic", "coerci", "sexual", "rape", "rapist", "isva", "women's aid", "womens aid", "paladin",
    "lamplugh", "safelives", "non-molest", "nonmolest", "occupation order", "sergeant", "inspector",
    "protection order", "protective order", "safety plan", "safe contact", "safeguard", "risk assess", "case number",
    "crime number", "evidence", "statement", "therap", "counsell", "trauma", "tracker", "airtag", "spyware",
    "join the dots", "joindots", "999", "heddlu", "llys", "stelc", "dioddef", "ddioddef", "trais", "drais",
    "cam-drin", "gam-drin", "plismon", "lloches",
)  # fmt: skip
"""Beginnings of words that tell what it is about, in English and Welsh."""
SENDER: Final = "Appointments"
SUBJECT: Final = "Your appointment"
TEXT: Final = "Please call about your appointment."
FILE: Final = "appointment"
MOST: Final = {Kind.TEXT: 300, Kind.MAIL: 2000, Kind.CALENDAR: 200, Kind.CALL: 600, Kind.VOICEMAIL: 200,
               Kind.LETTER: 8000, Kind.PRINTED: 8000}  # fmt: skip
OUTSIDE: Final = ("subject", "sender", "file_name")
"""What is seen without opening. A letter's own words stand inside its envelope; so do notes for a call."""
NUMBER: Final = 9
"""Digits at the end of a telephone number by which it is the same, whatever stands before."""
INSIDE: Final = frozenset({Kind.LETTER, Kind.PRINTED, Kind.CALL})
_PLACE: Final = re.compile(r"\([^()]*\bwrite\b[^()]*\bhere\b[^()]*\)", re.IGNORECASE)
LABEL: Final = 60
_LINK: Final = re.compile(r"https?:|www\.|\b[\w-]+\.(?:org|com|net|uk|io|gov|police|info|wales|scot)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a notice."""

    body: str
    subject: str = SUBJECT
    sender: str = SENDER
    file_name: str = FILE

    def seen(self, kind: Kind) -> Iterator[str]:
        """Everything that anybody could see who is not the person."""
        yield from (getattr(self, name) for name in OUTSIDE)
        if kind not in INSIDE:
            yield self.body


def can_leave(text: str) -> Decision:
    """Whether every place that a first wording leaves to be written is written: what is unfinished leaves nowhere."""
    found = _PLACE.search(text)
    if found is None:
        return YES
    label = text[: found.start()].rpartition("\n")[2].strip().removesuffix(":")
    return no(
        "not_filled", "A place in it is not filled in yet: “{place}”. Write it, or take it out.",
        place=label if 0 < len(label) <= LABEL else found[0].strip("()"),
    )  # fmt: skip


def can_be(kind: Kind, said: Said, never: Collection[str], kept: Protected | None = None) -> Decision:
    """Words that give nothing away. `never` are names and places of the case, and the agency's own name; `kept`, what
    must not leave however it is written: in spaced letters, one letter off, in an encoding.
    """
    if not (shape := _is_whole(kind, said)):
        return shape
    for text in said.seen(kind):
        if _LINK.search(text):
            return no("notice_link", "Leave out web and mail addresses: they tell who writes.")
        found = telling(text, never)
        if found:
            return no("notice_tells", "“{word}” could tell somebody else what this is about. Leave it out.", word=found)
        if kept is not None and (hidden := holds(text, kept)):
            return no("notice_hidden", "It holds {what} that must not leave. Leave it out.", what=hidden)
    return YES


def _is_whole(kind: Kind, said: Said) -> Decision:
    """Words of a fitting length, without odd signs and with every place filled in."""
    if not said.body.strip():
        return no("notice_empty", "Write what it should say.")
    if len(said.body) > MOST[kind]:
        return no("notice_long", "Shorten it to {most} letters.", most=MOST[kind])
    if any(len(getattr(said, name)) > 60 for name in OUTSIDE):
        return no("notice_head", "Shorten subject, sender and file name to 60 letters each.")
    if any(_controls(getattr(said, one.name), lines=one.name == "body") for one in fields(said)):
        return no("notice_signs", "Take out the signs that are no letters. A subject or sender is one line.")
    if "/" in said.file_name or "\\" in said.file_name or said.file_name.startswith("."):
        return no("notice_file", "A file name is a plain word or two.")
    return can_leave(f"{said.subject}\n{said.body}")


def holds(text: str, kept: Protected) -> str:
    """What kind of protected thing stands in a text, however it is written; empty if none does."""
    looking = Looking(matcher(kept))
    looking.text("", text)
    return next((str(kind_says(one.kind)) for one in looking.found), "")


def telling(text: str, never: Collection[str]) -> str:
    """The first word in a text that would give it away, as it stands there without case; empty if none does."""
    flat = _flat(text)
    for one in TELLING:
        if found := re.search(rf"(?<![a-z0-9]){re.escape(one)}[\w-]*", flat):
            return found[0]
    return names_in(text, never)


def names_in(text: str, never: Collection[str]) -> str:
    """The first of these names, numbers and places that stands in a text; empty if none does."""
    flat = _flat(text)
    squeezed, digits = f" {_plain(flat)} ", _digits(flat)
    for one in never:
        number = _digits(one)[-NUMBER:]
        if (len(number) == NUMBER and number in digits) or ((word := _plain(_flat(one))) and f" {word} " in squeezed):
            return one
    return ""


def _controls(text: str, *, lines: bool) -> bool:
    allowed = "\n\r\t" if lines else ""
    return any(unicodedata.category(sign).startswith("C") and sign not in allowed for sign in text)


def _flat(text: str) -> str:
    """Without case and accents; look-alike forms of letters are the letters."""
    spread = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'")
    return "".join(sign for sign in spread if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text).split())
