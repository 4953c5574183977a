"""Asking for packs, keeping them when they are made, and what the chronology lets staff decide."""

from __future__ import annotations

from joindots.chronology.actions.packs import MAKE, ask_for_pack, forget_pack, keep_pack

__all__ = ["MAKE", "ask_for_pack", "forget_pack", "keep_pack"]
