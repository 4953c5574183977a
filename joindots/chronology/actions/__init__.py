"""Asking for packs, keeping them when they are made, and what the chronology lets staff decide."""

from __future__ import annotations

from joindots.chronology.actions.grouping import (
    accept_run,
    merge_runs,
    name_episode,
    put_in,
    rename_episode,
    split_run,
    take_out,
    undo,
)
from joindots.chronology.actions.packs import MAKE, ask_for_pack, forget_pack, keep_pack

__all__ = [
    "MAKE", "accept_run", "ask_for_pack", "forget_pack", "keep_pack", "merge_runs", "name_episode", "put_in",
    "rename_episode", "split_run", "take_out", "undo",
]  # fmt: skip
