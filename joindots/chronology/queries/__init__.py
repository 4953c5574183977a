"""Packs of a case and what a new one is made from; how its records are grouped."""

from __future__ import annotations

from joindots.chronology.queries.disclosures import (
    DisclosureView,
    Hit,
    Second,
    ToldView,
    disclosure,
    disclosures_of,
    guarded_words,
    second_of,
    told_of,
)
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
from joindots.chronology.queries.kept_out import (
    KeptOutView,
    Mark,
    Picture,
    address_of,
    kept_out_of,
    looked_over,
    marks_of,
    pictures_of,
)
from joindots.chronology.queries.packs import PackFile, PackView, pack, pack_file, packs_of, sources_read
from joindots.chronology.queries.releases import ReleaseAsked, release_asked, releases_waiting

__all__ = [
    "DisclosureView", "EpisodePage", "EpisodeView", "Hit", "KeptOutView", "Mark", "PackFile", "PackView", "Picture",
    "ReleaseAsked", "Second", "StepView", "StretchFound", "ToldView", "address_of", "decisions", "disclosure",
    "disclosures_of", "episode", "episodes", "grouping", "guarded_words", "kept_out_of", "looked_over", "marks_of",
    "pack", "pack_file", "packs_of", "pictures_of", "release_asked", "releases_waiting", "second_of", "sources_read",
    "stretch", "told_of",
]  # fmt: skip
