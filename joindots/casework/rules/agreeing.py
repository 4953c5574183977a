"""Rules of consent and of sharing (pure). A power to share is not consent, and consent is not the only basis."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.tables import SharingBasis, sharing_bases

MOST_DAYS = 365
WHY_LETTERS = 20
CONSENT = "consent"


class Item(StrEnum):
    """What somebody agrees to, each for itself (the ladder of consent)."""

    CONTACT = "contact"
    HOLD = "hold"
    REFER = "refer"
    SHARE = "share"
    MEETING = "meeting"
    LETTER = "letter"
    FEEDBACK = "feedback"
    RESEARCH = "research"


ITEM_WORDS = {
    Item.CONTACT: "that we get in touch", Item.HOLD: "that we keep a record",
    Item.REFER: "that we refer to this agency", Item.SHARE: "that this agency may read the case",
    Item.MEETING: "that it is talked about at a meeting with this agency",
    Item.LETTER: "that we write to them, in the words shown", Item.FEEDBACK: "that we ask how it was",
    Item.RESEARCH: "that it is counted in research, without a name",
}  # fmt: skip
TO_SOMEBODY = frozenset({Item.REFER, Item.SHARE, Item.MEETING, Item.LETTER})
ASKING = frozenset({Item.LETTER, Item.SHARE})
"""Consents on which an agency may be asked about somebody."""
HOW_WORDS = {
    "spoken": "said it on the phone", "met": "said it when we met", "signed": "signed it", "written": "wrote it",
    "for_child": "a parent or guardian said it for a child",
}  # fmt: skip
TAKEN_BACK_BY = {"client": "the person themselves", "guardian": "a parent or guardian", "agency": "our agency"}
TOLD_WORDS = {
    "told": "has been told", "unsafe": "has not been told: telling them now would not be safe",
    "later": "is told as soon as it is possible",
}  # fmt: skip
SIDE_OPENS = {
    "victim": "everything in the case, with how and where somebody can be reached",
    "both": "everything in the case, but neither addresses nor numbers nor how somebody can be reached",
    "suspect": "that there is a case, who is reported, and what concerns orders; nothing that was told or brought in",
}


def bases() -> dict[str, str]:
    """On what somebody may share, beside consent: the rows that are a basis, in words, with their mark to verify."""
    return {code: _basis_says(row) for code, row in sharing_bases().items() if code not in NO_BASIS}


NO_BASIS = frozenset({"crime_exemption", "victim_information_request"})
"""Rows of the table that tell how to answer a request, and are no basis to share on."""


def _basis_says(row: SharingBasis) -> str:
    return f"{row.basis} ({row.law})"


def can_agree(item: Item, *, to_somebody: bool, given: date, until: date | None, today: date) -> Decision:
    """Consent to refer, share or meet names with whom; it was given by today, and ends after it began."""
    if item in TO_SOMEBODY and not to_somebody:
        return no("consent_to_whom", "Say with which agency or service. Consent to share with everybody is none.")
    if given > today:
        return no("consent_ahead", "Consent is written down once it was given. Enter a day that is not in the future.")
    if until is not None and until < given:
        return no("consent_ends", "It cannot end before it was given. Check the two days.")
    return YES


def can_share_words(why: str) -> Decision:
    """Without consent, why it is necessary and proportionate stands in writing."""
    if len(why.strip()) >= WHY_LETTERS:
        return YES
    return no(
        "share_why", "Without consent, write why it is necessary and no more than is needed, in at least {n} letters.",
        n=WHY_LETTERS,
    )  # fmt: skip


def can_share(*, consent: bool, why: str, told: str, until: date | None, today: date) -> Decision:
    """With consent, or with a written reason; always with a day on which it ends."""
    if not consent and not can_share_words(why):
        return can_share_words(why)
    if not consent and told not in TOLD_WORDS:
        return no("share_told", "Say whether the person knows of it, or why not yet.")
    if until is None or until < today:
        return no("share_until", "Enter the day on which it ends, today or later.")
    if until > today + timedelta(days=MOST_DAYS):
        return no("share_long", "Share for a year at most. It can be shared again.")
    return YES
