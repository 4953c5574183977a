"""The copy that a person gets of what is held about them: what is kept back and why, and words taken out (pure).

Nothing is in a copy until somebody looked at it and said so, and nothing leaves until a second person agreed to those
very bytes. Sources: UK GDPR article 15(4); DPA 2018 schedule 2 paragraphs 2 and 16 (`law.sharing_bases`).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from joindots.kernel.decisions import YES, Decision, no

MARK = "█████"
"""What stands where words were taken out. It holds no letter, so no word can come about by it."""
WHY_KEPT = {
    "others": "it is about somebody else, whose rights weigh more",
    "crime": "giving it could harm the prevention or investigation of crime",
    "harm": "giving it could seriously harm somebody",
    "sent": "it was given already",
}
LEAST_WORD = 2
LEAST_PART = 3
MOST_WORDS = 200
_DIGITS = 6
_ABROAD = re.compile(r"(?:0{0,2}440?|0)(?=[1-9]\d{8,9}$)")
"""What stands before a number of this country; anybody may write it otherwise than whoever named it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record in a copy: its day, and its named values."""

    on: date
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of record: what it is, those given, and how many are kept back for which reasons."""

    what: str
    given: tuple[Item, ...]
    kept_back: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The whole copy."""

    agency: str
    regime: str
    made_on: date
    sections: tuple[Section, ...]


def tidy(typed: str) -> tuple[str, ...]:
    """Words to take out, one a line, each once; what has fewer than two signs is left away."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return tuple(dict.fromkeys(line for line in lines if len(line) >= LEAST_WORD))[:MOST_WORDS]


def names_out(theirs: Iterable[str], own: Iterable[str]) -> tuple[str, ...]:
    """Names of others, whole and in their parts, without what the person's own name shares with them."""
    keep = {part.casefold() for name in own for part in name.split()}
    told: dict[str, None] = {}
    for name in theirs:
        parts = [part for part in name.split() if len(part) >= LEAST_PART and part.casefold() not in keep]
        told.update(dict.fromkeys([name, *parts]))
    return tidy("\n".join(told))


def without(text: str, out: Collection[str]) -> str:
    """The text with each of these words taken out, in whatever letters, spaces or line breaks it stands."""
    if not out:
        return text
    words = [unicodedata.normalize("NFC", one) for one in out]  # a letter and its accent may be one sign or two
    found = "|".join(_form(one) for one in sorted(words, key=len, reverse=True))
    return re.sub(found, MARK, unicodedata.normalize("NFC", text), flags=re.IGNORECASE)


def _form(word: str) -> str:
    """How a word is met: between other letters it is another word; a number in any grouping, from here or abroad."""
    signs = "".join(one for one in word if one.isdigit())
    if len(signs) >= _DIGITS and not any(one.isalpha() for one in word):
        told = _ABROAD.match(signs)
        between = r"[\s().+-]*"
        rest = between.join(map(re.escape, signs[told.end() :] if told else signs))
        return f"(?:(?:(?:00{between})?{between.join('44')}{between})?0?{between}){rest}" if told else rest
    body = r"\s+".join(map(re.escape, word.split()))
    return (r"(?<!\w)" if word[0].isalnum() else "") + body + (r"(?!\w)" if word[-1].isalnum() else "")


def can_choose(give: bool, why: str) -> Decision:
    """Kept back only for one of the reasons."""
    if not give and why not in WHY_KEPT:
        return no("why_kept", "Choose why it is kept back.")
    return YES


def can_ask(left: int, given: int) -> Decision:
    """Once everything was looked at, and something is in it."""
    if left:
        return no("copy_left", "{n} records were not looked at yet. Look at each of them first.", n=left)
    if not given:
        return no("copy_empty", "Nothing is in this copy. Answer the request by a letter instead.")
    return YES


def as_json(bundle: Bundle) -> bytes:
    """The copy for a machine; the same copy gives the same bytes."""
    told = {
        "from": bundle.agency, "regime": bundle.regime, "made_on": bundle.made_on.isoformat(),
        "sections": [
            {
                "what": one.what,
                "given": [{"written_on": each.on.isoformat(), "says": dict(each.lines)} for each in one.given],
                "kept_back": [{"why": why, "count": count} for why, count in one.kept_back],
            }
            for one in bundle.sections
        ],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def print_of(bundle: Bundle) -> str:
    """What a second person's agreement is bound to."""
    return hashlib.sha256(as_json(bundle)).hexdigest()


def tally(reasons: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each reason stands, in order of the words."""
    told: dict[str, int] = {}
    for one in reasons:
        told[one] = told.get(one, 0) + 1
    return tuple(sorted(told.items()))


RIGHTS = (
    "You can ask that something be corrected: what you say is kept beside it.",
    "You can complain to us. We answer within 30 days that it came.",
    "You can complain to the Information Commissioner: ico.org.uk.",
    "Keep this where nobody finds it who should not. Tell us if it got lost.",
)
