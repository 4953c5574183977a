"""A file that cannot be read at all, and why, in words that name the cure."""

from __future__ import annotations

from joindots.kernel.problems import Problem
from joindots.kernel.words import words


class NotReadable(Problem):
    """The file cannot be read. The command line's exit status is 5."""

    status = 422


def not_readable(code: str, text: str, **values: object) -> NotReadable:
    """Make a NotReadable from a sentence."""
    return NotReadable(words(code, text, **values))
