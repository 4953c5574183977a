"""What of a file is taken in, as its page asks: what was found in words, senders to choose among, a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from joindots.chronology.rules.wording import many
from joindots.evidence.queries import FilePage
from joindots.evidence.rules import keeping
from joindots.evidence.rules.keeping import Choice
from joindots.kernel.when import LOCAL, london_day

FIELD = "keep"
MOST_SENDERS = 200
NO_PART = "Choose at least one person or a day, or take in everything."
FIRST_YEAR, LAST_YEAR = 1970, 2100
NO_DAY = "Write the day as day, month and year, or leave it empty."
CALLS = "call_"
NO_MESSAGE = frozenset({"system", "draft", "failed", "incident", "payment"})


@dataclass(frozen=True, slots=True)
class SenderRow:
    """One sender to choose, by the number the page gives back."""

    number: int
    name: str
    account: str | None
    records: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The choice as the page shows it. `part` is whether something is left out."""

    found: str
    from_whom: str
    senders: tuple[SenderRow, ...]
    more_senders: int
    part: bool
    only: bool
    first: str
    last: str
    says: str
    error: str


def asked(page: FilePage, post: QueryDict | None = None, error: str = "") -> Asked:
    """The choice of a file's page; what was posted and not taken stays as it was."""
    choice, whole = page.choice, page.whole
    numbers = post.getlist("from") if post else []
    order = sorted(range(len(whole.senders)), key=lambda n: -whole.senders[n].count)
    rows = []
    for number in order[:MOST_SENDERS]:
        one = whole.senders[number]
        picked = str(number) in numbers if post else (one.shown, one.key) in (choice.senders or ())
        rows.append(SenderRow(number, one.shown or one.key or "not shown", one.key, one.count, picked))
    part = post.get(FIELD) == "part" if post else not choice.everything
    first, last = (post.get("first", ""), post.get("last", "")) if post else (choice.first or "", choice.last or "")
    top = [f"{row.records:,} {'is' if row.records == 1 else 'are'} from {row.name}" for row in rows[:3]]
    return Asked(
        found_says(page), "; ".join(top) + "." if top else "", tuple(rows), len(order) - len(rows), part,
        any(row.chosen for row in rows), str(first), str(last), keeping.says(choice), error,
    )  # fmt: skip


def can_narrow(page: FilePage) -> bool:
    """Whether there is anything to choose: a file between people, that was read."""
    people = any(channel not in keeping.NO_CHAT for channel in page.found.channels) or not page.choice.everything
    return people and page.file.state in ("held", "choosing")


def found_says(page: FilePage) -> str:
    """`We found 98,214 messages and 12 calls, from 3 January 2022 to 20 March 2025.`"""
    whole, kinds = page.whole, page.found.kinds
    calls = sum(number for kind, number in kinds.items() if kind.startswith(CALLS))
    others = sum(number for kind, number in kinds.items() if kind in NO_MESSAGE)
    messages = sum(kinds.values()) - calls - others
    narrowed = sum(kinds.values()) != whole.records
    parts = [many(messages, "message"), many(calls, "call") if calls else ""]
    found = many(whole.records, "record") if narrowed or others == whole.records else " and ".join(filter(None, parts))
    return f"We found {found}{_from_to(page)}."


def chosen(post: QueryDict, page: FilePage) -> Choice:
    """The choice that was posted. ValueError, with a sentence, for a day that is none and a part that is the whole."""
    if post.get(FIELD) != "part":
        return keeping.WHOLE_FILE
    senders = page.whole.senders
    numbers = [int(one) for one in post.getlist("from") if one.isdecimal() and int(one) < len(senders)]
    whom = tuple((senders[n].shown, senders[n].key) for n in numbers) if numbers else None
    choice = Choice(whom, _day(post.get("first", "")), _day(post.get("last", "")))
    if choice.everything:
        raise ValueError(NO_PART)
    return choice


def _from_to(page: FilePage) -> str:
    first, last = page.whole.earliest, page.whole.latest
    if not (first and last):
        return ""
    one, other = (f"{at.astimezone(LOCAL).day} {at.astimezone(LOCAL):%B %Y}" for at in (first, last))
    return f" of {one}" if london_day(first) == london_day(last) else f", from {one} to {other}"


def _day(written: str) -> date | None:
    if not written.strip():
        return None
    try:
        day = date.fromisoformat(written.strip())
    except ValueError:
        raise ValueError(NO_DAY) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(NO_DAY)
    return day
