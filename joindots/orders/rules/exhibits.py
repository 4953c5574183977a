"""What an act is shown by, in the words of an exhibit list, and how that is kept on its line (pure)."""

from __future__ import annotations

from typing import Final

from joindots.chronology.rules.referring import what_is
from joindots.orders.rules.packs import ExhibitOf

_UNITS: Final = ("bytes", "kB", "MB", "GB", "TB")
_STEP: Final = 1000


def of_file(reference: str, name: str, size: int, sha256: str) -> ExhibitOf:
    """An exhibit by its reference and what it is. Its file's own name is not told: it may say too much."""
    return ExhibitOf(reference, what_is(name), size, sha256)


def kept(one: ExhibitOf | None) -> str:
    """An exhibit as one sealed text, a field a line; empty for none."""
    return "" if one is None else "\n".join((one.reference, one.what, str(one.size), one.sha256))


def read(text: str) -> ExhibitOf | None:
    """The exhibit that such a text tells of."""
    if not text:
        return None
    reference, what, size, sha256 = text.split("\n")
    return ExhibitOf(reference, what, int(size), sha256)


def size_says(size: int) -> str:
    """`1.2 GB`."""
    left, unit = float(size), 0
    while left >= _STEP and unit < len(_UNITS) - 1:
        left, unit = left / _STEP, unit + 1
    return f"{size} bytes" if unit == 0 else f"{left:.1f} {_UNITS[unit]}"


def listed(one: ExhibitOf) -> str:
    """`Exhibit AB/7 (video, 1.2 GB) is listed, not embedded.` A copy may lie beside, in the bundle."""
    return f"Exhibit {one.reference} ({one.what}, {size_says(one.size)}) is listed, not embedded."
