"""The long work of the chronology."""

from __future__ import annotations

from joindots.chronology.work.copying import words_copied
from joindots.chronology.work.disclosures import MakeDisclosure
from joindots.chronology.work.packs import MakePack, scratch_folder

__all__ = ["MakeDisclosure", "MakePack", "scratch_folder", "words_copied"]
