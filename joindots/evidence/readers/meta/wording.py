"""What the app itself says in a thread, told by its wording: sentences in English that open with the sender's name.

Newer downloads mark these lines with nothing else. A line counts as the app's only if it names its own
sender, as the app does and people do not, and then goes on in the app's exact words to its end.
"""

from __future__ import annotations

import re
from typing import Final

from joindots.evidence.readers.records import Kind

_OWN: Final = r"(?:his|her|their|your) own nickname"
_OF_A_GROUP: Final = re.compile(
    r"named the group .+|removed the group name\.?|(?:changed|removed) the group photo\.?"
    r"|created (?:this|the) group\.?|left the group\.?|joined the group(?: via invite link)?\.?"
    r"|added .+ to the group\.?|removed .+ from the group\.?"
    r"|(?:made|removed) .+ (?:an|as a group|as an|as) admin\.?"
    r"|turned (?:on|off) (?:member|admin) approval\b.{0,80}"
)
_OF_ANY: Final = re.compile(
    rf"(?:set|cleared) (?:{_OWN}|your nickname|the nickname for .+)(?: to .+)?"
    r"|changed the (?:chat |group )?theme to .+|(?:set|changed) the (?:quick reaction|emoji) to .+"
    r"|turned (?:on|off) disappearing messages\b.{0,80}|(?:un)?pinned a message\.?"
)
_CALL: Final = re.compile(r"started (?:an?|the) (?:audio|video|voice) (?:call|chat)\.?")
_ENDED: Final = re.compile(r"(?:Audio|Video|Voice) (?:call|chat) ended\.?")
"""Instagram's lines about calls, which say nothing of whether one was answered."""
_REACTION: Final = re.compile(r"Liked a message|Reacted \S{1,16} to your message ?")
_FIRST: Final = frozenset("LRAV")
"""First letters of those lines, which spare the patterns for nearly all that people write."""
_REACTED: Final = re.compile(r"(?:liked a message|reacted \S{1,16} to your message) ?")
"""Stands in Instagram's downloads for a reaction, beside the reaction itself."""


def said_by_app(text: str, sender: str | None, *, group: bool, own: bool) -> Kind | None:
    """What a line is where the app wrote its words, None where a person did or may have.

    `own`: the sender is known to be the owner of the account, to whom the app says "You". A call that
    another began is `unknown`: the line does not say whether it was answered.
    """
    if text[:1] in _FIRST:
        if _REACTION.fullmatch(text):
            return "reaction"
        if _ENDED.fullmatch(text):
            return "system"
    for name in _names(sender, own=own):
        if text.startswith(name + " "):
            rest = text[len(name) + 1 :]
            if _OF_ANY.fullmatch(rest) or (group and _OF_A_GROUP.fullmatch(rest)):
                return "system"
            if _REACTED.fullmatch(rest):
                return "reaction"
            if _CALL.fullmatch(rest):
                return "call_made" if own else "unknown"
    return None


def _names(sender: str | None, *, own: bool) -> tuple[str, ...]:
    """How the app may name the sender: in full, by the first name, or "You"."""
    full = (sender, sender.split(" ")[0]) if sender else ()
    return (*full, "You") if own else full
