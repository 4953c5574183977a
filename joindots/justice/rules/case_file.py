"""Rules of a case file: how material is used, and what makes a request to somebody else lawful (pure).

Source of the second: Police, Crime, Sentencing and Courts Act 2022 s44A onward (Victims and Prisoners Act 2024 s28,
https://www.legislation.gov.uk/ukpga/2024/21); its code of practice is in force since 12 January 2026 (verify).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.telling import Telling, may_go_on, why_missing

USES: Mapping[str, str] = {
    "used": "used as evidence", "unused": "unused, not sensitive", "sensitive": "unused, sensitive",
    "not_relevant": "not relevant to this crime",
}  # fmt: skip
NOT_SAID = ""
ENDS: Mapping[str, str] = {
    "given": "given", "narrowed": "given in part", "refused": "refused", "withdrawn": "withdrawn by us",
}  # fmt: skip
MOST_WORDS = 300
MOST_REASON = 2000
REASONS: Mapping[str, str] = {
    "holder": "Write who is asked.",
    "what": "Write what is asked for, no more than is needed, with its dates.",
    "enquiry": "Write which reasonable line of enquiry it belongs to.",
    "needed": "Write why it is necessary and proportionate.",
    "other_means": "Write what else was tried, or why nothing else would do.",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What somebody says who asks another for what they hold about the victim."""

    holder: str
    what: str
    enquiry: str
    needed: str
    other_means: str
    counselling: bool = False
    probative: str = ""
    told: Telling = ""
    told_on: date | None = None
    why_not_told: str = ""


def can_keep(own: bool) -> Decision:
    """Whether material of this case is the force's own: what another agency keeps is theirs, and is never listed."""
    if own:
        return YES
    return no("not_own_material", "Another agency keeps this case. What is in it is theirs and is not listed: ask them "
              "for it, with the reasons.")  # fmt: skip


def can_mark(use: str, described: str) -> Decision:
    """Whether a mark says what it must. What goes on a schedule is described in words of its own."""
    if use not in USES:
        return no("use_unknown", "Choose how it is used.")
    if len(described) > MOST_WORDS:
        return no("words_long", "Shorten it to {most} letters.", most=MOST_WORDS)
    return YES


def can_ask(asking: Asking, today: date) -> Decision:
    """Whether a request gives every reason that the law asks for, and the victim was told of it in writing."""
    for name, cure in REASONS.items():
        if not getattr(asking, name).strip():
            return no(f"ask_{name}", "{cure}", cure=cure)
    if asking.counselling and not asking.probative.strip():
        return no("ask_probative", "Notes of counselling are presumed not needed. Write why they are likely to have "
                  "substantial probative value, or leave them out.")  # fmt: skip
    told = may_go_on(True, asking.told)
    if not told:
        return no("tell_first", "Tell the person in writing what is asked for, why and how it will be handled, before "
                  "or when it is asked for. If that cannot be, write down why.")  # fmt: skip
    if asking.told == "told" and (asking.told_on is None or asking.told_on > today):
        return no("told_when", "Enter the day of the written notice, today or before.")
    missing = why_missing(asking.told)
    if missing and not asking.why_not_told.strip():
        return no("words_missing", "{needed}", needed=missing)
    every = (*(getattr(asking, name) for name in REASONS), asking.probative, asking.why_not_told)
    if any(len(one) > MOST_REASON for one in every):
        return no("words_long", "Shorten it to {most} letters.", most=MOST_REASON)
    return YES


def can_end(state: str, to: str, answered_on: date | None, asked_on: date, today: date) -> Decision:
    """Whether a request that is open ends as said, on a day from the request to today."""
    if state != "asked":
        return no("ask_ended", "This request has ended. Make a new one.")
    if to not in ENDS:
        return no("end_unknown", "Choose what became of it.")
    if answered_on is None or not asked_on <= answered_on <= today:
        return no("answered_when", "Enter the day of the answer, from the day of the request to today.")
    return YES
