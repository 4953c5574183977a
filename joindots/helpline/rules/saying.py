"""What the live screen lists and suggests: things to listen for, words for hard moments, what to do in danger (pure).

All of it is in our own words. It carries no protected tool's items or name, and nothing here adds up to a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from joindots.people.rules.danger import SILENT


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to listen for: its key on the keyboard, its code, and its words."""

    key: str
    code: str
    says: str
    asks: str
    """A way to ask it, where the caller has not said it by themselves."""


PROMPTS: Final = (
    Prompt("1", "hear_fear", "Very frightened", "How frightened are you at the moment?"),
    Prompt("2", "hear_stop", "Told to stop, went on", "Has anybody asked for it to stop? What happened then?"),
    Prompt("3", "hear_near", "Turns up, waits, follows", "Have you been met, watched or followed anywhere?"),
    Prompt("4", "hear_device", "Tracking or getting into devices", "Does this person know things they should not?"),
    Prompt("5", "hear_often", "How often, and is it growing", "How often is it now, compared with a month ago?"),
    Prompt("6", "hear_others", "Contact through other people", "Has anybody else been asked or used to reach you?"),
    Prompt("7", "hear_calls", "Silent or night calls", "Have there been calls with nobody there, or at night?"),
    Prompt("8", "hear_threat", "Threats, said or hinted", "Has anything been said that sounded like a threat?"),
    Prompt("9", "hear_damage", "Damage, or things left", "Has anything been damaged, taken, sent or left?"),
    Prompt("0", "hear_again", "Same behaviour to someone else", "Has this person done this to anybody before?"),
    Prompt("-", "hear_change", "What has changed lately", "What made you get in touch now?"),
)
BY_KEY: Final = MappingProxyType({one.key: one.code for one in PROMPTS})
HEARD: Final = ("yes", "no", "unknown")
HEARD_WORDS: Final = MappingProxyType({"yes": "", "no": "said no", "unknown": "not known"})

WORDS_FOR_NOW: Final = (
    "I believe you. This is not your fault.",
    "You have done the right thing by telling somebody.",
    "We can stop at any time. You decide what we talk about.",
    "Take your time. I am staying on the line.",
    "Being frightened makes sense. What you describe is frightening.",
    "You do not have to decide anything today.",
    "Nothing you did gives anybody the right to do this.",
    "Would it help if I said back what I have heard so far?",
)
DANGER_WORDS: Final = (
    "Call 999 if you can do it safely.",
    f"{SILENT} Do not hang up.",
    "Pressing 55 does not tell the police where you are. Try to say or tap answers to what they ask.",
)
"""Domain notes 0.0 (7): only from a mobile, only when prompted, no location by itself, never hang up."""
DOING_IT_WORDS: Final = (
    "Say neither that you know of anybody nor that you do not: “I can talk about what you are doing and where to get "
    "help with it. I cannot talk about other people.”"
)
"""For a caller who may be doing it, or asks after somebody: nothing is confirmed and nothing denied."""
