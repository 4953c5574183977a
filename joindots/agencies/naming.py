"""What staff accounts are called (pure): usernames that cannot be mistaken for one another, names that can be seen."""

from __future__ import annotations

import re
import unicodedata

from joindots.kernel.decisions import YES, Decision, no

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._@-]{0,78}[a-z0-9])?")
NAME_LETTERS = 120


def tidy_username(typed: str) -> str:
    """A username as kept, from how people type it. Capitals are no difference: two that differ in them alone would
    both be refused at sign-in."""
    return typed.strip().lower()


def can_be_called(username: str, name: str) -> Decision:
    """A tidy username of plain signs, and a name of which nothing is hidden."""
    if not USERNAME.fullmatch(username):
        return no(
            "username_signs", "Give a username of small letters a to z, digits, full stops, hyphens and @: up to 80, "
            "with a letter or digit at both ends.",
        )  # fmt: skip
    hidden = any(unicodedata.category(sign)[0] == "C" for sign in name)
    if hidden or not name.strip() or len(name) > NAME_LETTERS:
        return no("staff_name", "Give the person’s name, up to {n} letters, with no hidden signs.", n=NAME_LETTERS)
    return YES
