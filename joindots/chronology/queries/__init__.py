"""Packs of a case and what a new one is made from; how its records are grouped."""

from __future__ import annotations

from joindots.chronology.queries.accounts import AccountView, accounts_of, senders_of
from joindots.chronology.queries.custody import (
    note_statement,
    note_table,
    note_timeline,
    statement_for_pack,
    statement_of,
    statement_outward,
)
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
from joindots.chronology.queries.exhibits import (
    ExhibitView,
    ProducerView,
    exhibits,
    producers,
    reference_of_file,
    references,
)
from joindots.chronology.queries.grouping import (
    EpisodePage,
    EpisodeView,
    StepView,
    StretchFound,
    decisions,
    decisions_at,
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
    files_with,
    kept_out_of,
    key_of_marks,
    looked_over,
    marks_of,
    pictures_of,
)
from joindots.chronology.queries.known_as import known_as
from joindots.chronology.queries.packs import PackFile, PackView, pack, pack_file, packs_of, sources_read
from joindots.chronology.queries.releases import ReleaseAsked, release_asked, releases_waiting
from joindots.chronology.queries.same import moment_of, same_acts

__all__ = [
    "AccountView", "DisclosureView", "EpisodePage", "EpisodeView", "ExhibitView", "Hit", "KeptOutView", "Mark",
    "PackFile", "PackView", "Picture", "ProducerView", "ReleaseAsked", "Second", "StepView", "StretchFound",
    "ToldView", "accounts_of", "address_of", "decisions", "decisions_at", "disclosure", "disclosures_of", "episode",
    "episodes", "exhibits", "files_with", "grouping", "guarded_words", "kept_out_of", "key_of_marks", "known_as",
    "looked_over", "marks_of", "moment_of", "note_statement", "note_table", "note_timeline", "pack", "pack_file",
    "packs_of", "pictures_of", "producers", "reference_of_file", "references", "release_asked", "releases_waiting",
    "same_acts", "second_of", "senders_of", "sources_read", "statement_for_pack", "statement_of",
    "statement_outward", "stretch", "told_of",
]  # fmt: skip
