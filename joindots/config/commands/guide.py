"""`joindots guide`: writes the guide's generated pages anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "guide"


def main(arguments: Sequence[str]) -> int:
    """Write what changed, and name it."""
    from joindots.config.prepare import setup

    setup()
    from joindots.config.guide.pages import write

    print("\n".join(write(FOLDER)) or "Nothing changed.")
    return 0
