"""Asking for packs, keeping them when they are made, and what the chronology lets staff decide."""

from __future__ import annotations

from joindots.chronology.actions.disclosing import (
    DISCLOSE,
    Contents,
    ask_for_disclosure,
    block_disclosure,
    forget_disclosure,
    keep_disclosure,
    note_told,
)
from joindots.chronology.actions.exhibits import refer
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
from joindots.chronology.actions.keeping_out import keep_out, lift, look_again, look_over
from joindots.chronology.actions.packs import MAKE, ask_for_pack, forget_pack, keep_pack
from joindots.chronology.actions.releasing import ask_release, decide_release, fetch

__all__ = [
    "DISCLOSE", "MAKE", "Contents", "accept_run", "ask_for_disclosure", "ask_for_pack", "ask_release",
    "block_disclosure", "decide_release", "fetch", "forget_disclosure", "forget_pack", "keep_disclosure", "keep_out",
    "keep_pack", "lift", "look_again", "look_over", "merge_runs", "name_episode", "note_told", "put_in", "refer",
    "rename_episode", "split_run", "take_out", "undo",
]  # fmt: skip
