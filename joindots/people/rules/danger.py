"""What to say to somebody in danger now: the one place of these words, so that they are right everywhere (pure).

Pressing 55 works from a mobile alone, when the operator prompts for it; it gives no place; one must not hang up
(source: domain notes 0.0, correction 7).
"""

from __future__ import annotations

from typing import Final

from joindots.kernel.words import words

CALL: Final = words("danger_call", "In danger now? Call 999.")
SILENT: Final = words(
    "danger_silent", "If you cannot speak: from a mobile, press 55 when you are prompted; stay on the line."
)
