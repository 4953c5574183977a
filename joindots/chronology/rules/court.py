"""What the person is told before a pack for disclosure is made, in plain words, and how it was told (pure)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from joindots.kernel.decisions import YES, Decision, no

WORDING: Final = "2026-11"
"""Which wording was used: it is kept with every telling, beside the text itself."""
TEXT: Final = (
    "A pack for disclosure is made for the police, a prosecutor or a court. The person who did this, and their "
    "lawyers, may read all of it.",
    "We leave out where you live, how you are reached, where you work, schools, children, and other people’s names "
    "and words, as far as we know them. Tell us what else must stay out.",
    "A court can order that more is shown. The police must keep what they are given and tell the prosecutor of it. "
    "What may help the defence, or weaken the case, may have to be shown to the defence.",
    "The police may ask for your messages, notes or records. They must ask only for what they need, and tell you in "
    "writing what and why. Notes of counselling have more protection: as a rule they are not needed.",
    "We cannot promise what a court decides. If you say why something must stay out, we write that down and pass "
    "it on.",
    "What is kept out is not deleted. You can ask what was in a pack, who got it and when.",
)
HOWS: Final = {
    "in_person": "in person", "phone": "by phone, in the safe way", "video": "by video",
    "writing": "in writing, in the safe way", "interpreter": "with an interpreter",
}  # fmt: skip
MOST_SAID: Final = 2000
LEFT_OUT: Final = (
    "every word of the list of what must never leave, in whatever form it is written",
    "records, entries and files that are marked as not for disclosure",
    "conversations with people whom the pack is not about, and others’ words in groups",
    "the names of files, whole source files that cannot be searched, and what stands beside a picture unseen "
    "(place, device, small copies)",
    "papers that nobody has looked over, pictures whose words cannot be read by machine unless somebody has, "
    "recordings that nobody has listened to, and film",
    "of mails, web pages and Office files everything but their words",
    "the names of members of staff",
)
"""What a pack for disclosure leaves out, as its page says it."""


def can_tell(how: str, said: str, told_at: datetime | None, at: datetime) -> Decision:
    """How and when are said; nobody was told tomorrow, nor so long ago that it no longer counts."""
    if how not in HOWS:
        return no("told_how", "Choose how you told them.")
    if told_at is None:
        return no("told_when", "Enter the day you told them, such as 12 11 2026.")
    if told_at > at + timedelta(minutes=1):
        return no("told_tomorrow", "This day has not come yet. Enter the day you told them.")
    if len(said) > MOST_SAID:
        return no("said_long", "Shorten what they said to {most} letters.", most=MOST_SAID)
    return YES
