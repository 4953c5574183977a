"""Packs of a case and what a new one is made from; how its records are grouped."""

from __future__ import annotations

from joindots.chronology.queries.grouping import (
    EpisodePage,
    EpisodeView,
    StepView,
    StretchFound,
    decisions,
    episode,
    episodes,
    grouping,
    stretch,
)
from joindots.chronology.queries.packs import PackFile, PackView, pack, pack_file, packs_of, sources_read

__all__ = [
    "EpisodePage", "EpisodeView", "PackFile", "PackView", "StepView", "StretchFound", "decisions", "episode",
    "episodes", "grouping", "pack", "pack_file", "packs_of", "sources_read", "stretch",
]  # fmt: skip
