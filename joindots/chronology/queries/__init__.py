"""Packs of a case, and what a new one is made from."""

from __future__ import annotations

from joindots.chronology.queries.packs import PackFile, PackView, pack, pack_file, packs_of, sources_read

__all__ = ["PackFile", "PackView", "pack", "pack_file", "packs_of", "sources_read"]
