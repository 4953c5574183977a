"""What to say to somebody in danger now: the one place of these words, so that they are right everywhere (pure).

Pressing 55 works from a mobile alone, when the operator prompts for it, and does not show where one is (source: the
police guidance on silent calls, in the domain notes); a landline call with no answer is put through otherwise.
"""

from __future__ import annotations

from typing import Final

from joindots.kernel.words import words

IN_DANGER: Final = words(
    "in_danger",
    "In danger now? Call 999. If you cannot speak: from a mobile, when prompted, press 55; stay on the line.",
)
