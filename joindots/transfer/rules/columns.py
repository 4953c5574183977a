"""Which column of a spreadsheet of cases means what: asked of a person, suggested by well-known headings (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from joindots.kernel.decisions import YES, Decision, no

MEANINGS: dict[str, str] = {
    "victim": "Name of the person being stalked",
    "own_number": "Your own case number",
    "opened": "Day the case was opened",
    "relation": "What the person reported is to them",
    "summary": "Summary",
    "victim_number": "Their telephone number",
    "victim_email": "Their e-mail address",
    "victim_address": "Where they live",
    "suspect": "Name of the person reported",
    "suspect_number": "Telephone number of the person reported",
    "suspect_email": "E-mail address of the person reported",
    "suspect_handle": "Account name of the person reported",
    "suspect_address": "Where the person reported lives",
    "suspect_vehicle": "Vehicle of the person reported",
}
"""Every meaning a column can have. Several columns may share one: names are joined, summaries follow one another."""

ORDERS = ("", "dmy", "mdy", "not_sure")
ONLY_ONE = frozenset({"own_number", "opened", "relation"})

KNOWN: dict[str, str] = {
    "victim": "name|full name|client|client name|name of client|victim|victim name|service user|survivor|survivor name|"
    "first name|forename|surname|last name|family name|client first name|client surname",
    "own_number": "ref|reference|our ref|our reference|case number|case no|case ref|case id|client id|id|number|urn|"
    "crime number|crime ref|case reference|file number",
    "opened": "opened|opened on|date opened|open date|start date|date of referral|referral date|referred on|referred|"
    "date referred|received|date received|created|date",
    "relation": "relation|relationship|relationship to victim|relationship to perpetrator|relationship to client|"
    "perpetrator type|stalker type",
    "summary": "summary|notes|description|details|background|comments|case summary|what happened",
    "victim_number": "phone|telephone|mobile|phone number|mobile number|contact number|client phone|client mobile|tel",
    "victim_email": "email|e mail|email address|client email",
    "victim_address": "address|home address|client address",
    "suspect": "suspect|suspect name|perpetrator|perpetrator name|perp|stalker|stalker name|respondent|"
    "alleged perpetrator|person reported",
    "suspect_number": "suspect phone|suspect number|perpetrator phone|perpetrator number|stalker phone|suspect mobile",
    "suspect_email": "suspect email|perpetrator email|stalker email",
    "suspect_handle": "suspect handle|suspect account|social media|username|handle",
    "suspect_address": "suspect address|perpetrator address|stalker address",
    "suspect_vehicle": "vehicle|vrm|registration|suspect vehicle|number plate|car",
}
_MEANING = {name: meaning for meaning, names in KNOWN.items() for name in names.split("|")}


class Mapping(msgspec.Struct, frozen=True):
    """What a person said about one table: which one, where its headings stand, and each column's meaning or nothing."""

    sheet: int
    meanings: tuple[str, ...]
    heading_row: int = -1
    """The row that holds the headings; 0 where no row does, -1 where the file certainly names its columns."""
    date_order: str = ""


def folded(heading: str) -> str:
    """A heading as compared: words in lower case, without what stands in brackets."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"[\[(].*?[\])]", " ", heading)).casefold().split())


def suggested(headings: Sequence[str]) -> tuple[str, ...]:
    """A meaning for each column whose heading is well known; the person sees it and says. Nothing is taken unasked."""
    taken: set[str] = set()
    told = []
    for heading in headings:
        meaning = _MEANING.get(folded(heading), "")
        told.append("" if meaning in taken & ONLY_ONE else meaning)
        taken.add(meaning)
    return tuple(told)


def can_map(mapping: Mapping, width: int, rows: Sequence[int] = ()) -> Decision:
    """A name is needed; a number, a day and a relation each stand in one column at most.

    `rows` are those that may hold the headings, where the file does not show it; none where it does.
    """
    if (rows and mapping.heading_row not in (0, *rows)) or (not rows and mapping.heading_row != -1):
        return no("columns_row", "Say which row holds the headings, or that none does.")
    if len(mapping.meanings) != width or not set(mapping.meanings) <= {"", *MEANINGS}:
        return no("columns_stale", "This page was older than the spreadsheet. Say again which column is which.")
    if "victim" not in mapping.meanings:
        return no("columns_victim", "Say which column holds the name of the person being stalked.")
    for meaning in sorted(ONLY_ONE):
        if mapping.meanings.count(meaning) > 1:
            return no(
                "columns_twice", "“{meaning}” can be one column only. Choose the one that counts.",
                meaning=MEANINGS[meaning],
            )  # fmt: skip
    if mapping.date_order not in ORDERS:
        return no("columns_order", "Say whether the day or the month comes first.")
    return YES


def by_heading(headings: Sequence[str], meanings: Sequence[str]) -> list[str]:
    """The meanings in the order of the sorted headings: how a mapping is remembered without any heading's words."""
    return [
        meaning for _, meaning in sorted(zip(map(folded, headings), meanings, strict=True), key=lambda pair: pair[0])
    ]


def from_remembered(headings: Sequence[str], remembered: Sequence[str]) -> tuple[str, ...]:
    """A remembered mapping put back onto headings of the same set, whatever their order now."""
    order = sorted(range(len(headings)), key=lambda place: folded(headings[place]))
    told = [""] * len(headings)
    for place, meaning in zip(order, remembered, strict=False):
        told[place] = meaning
    return tuple(told)


def set_of(headings: Sequence[str]) -> str:
    """The set of headings as one text, from which its keyed print is made."""
    return "\x1f".join(sorted(map(folded, headings)))
