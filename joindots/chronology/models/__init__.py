"""What the chronology keeps: packs that were made of a case."""

from __future__ import annotations

from joindots.chronology.models.packs import Pack, PackQuerySet

__all__ = ["Pack", "PackQuerySet"]
