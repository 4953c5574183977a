"""Times of which there is no record, as somebody tells it: a broken phone is no silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from joindots.evidence.rules.entries import TOLD_BY
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import day_says, midnight

WHY: Final[Mapping[str, str]] = {
    "phone_gone": "the phone was broken, lost or taken",
    "not_kept": "nobody kept a log",
    "shut_out": "the number or account was blocked or closed",
    "not_brought": "what there is has not been brought in",
    "deleted": "what there was has been deleted",
    "other": "for another reason",
}
MOST_LETTERS: Final = 400
LONGEST: Final = timedelta(days=5 * 366)
DAY: Final = timedelta(days=1)


def can_tell(first: date, last: date, why: str, told_by: str, words: str, today: date) -> Decision:
    """Whole days, the last no earlier than the first and none after today, for a reason of the list."""
    if last < first:
        return no("gap_backwards", "The last day comes before the first. Enter the earlier day first.")
    if last > today:
        return no("gap_ahead", "Enter days up to today: what is still to come may be recorded yet.")
    if last - first > LONGEST:
        return no("gap_long", "Enter at most five years at a time.")
    if why not in WHY or told_by not in TOLD_BY:
        return no("choice_unknown", "Choose from the answers shown.")
    if len(words) > MOST_LETTERS:
        return no("gap_words_long", "Shorten the words to {most} letters.", most=MOST_LETTERS)
    return YES


def can_withdraw(ended: bool) -> Decision:
    """What was withdrawn is not withdrawn again."""
    return no("gap_ended", "This was withdrawn already.") if ended else YES


def days_of(spans: Iterable[tuple[date, date]]) -> list[date]:
    """Every day of these spans once, in order."""
    return sorted({day for first, last in spans for day in _days(first, last)})


def says(first: date, last: date, why: str, told_by: str, words: str = "") -> str:
    """`No record from Fri 10 Oct 2025 to Fri 24 Oct 2025: the phone was broken, lost or taken. Told by …`."""
    ends = (day_says(midnight(first)), day_says(midnight(last)))
    when = f"on {ends[0]}" if first == last else f"from {ends[0]} to {ends[1]}"
    more = f" “{words}”" if words else ""
    return f"No record {when}: {WHY[why]}.{more} Told by: {TOLD_BY[told_by]}."


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * DAY for n in range((last - first).days + 1))
