"""The long work of the chronology."""

from __future__ import annotations

from joindots.chronology.work.packs import MakePack, log_source, scratch_folder

__all__ = ["MakePack", "log_source", "scratch_folder"]
