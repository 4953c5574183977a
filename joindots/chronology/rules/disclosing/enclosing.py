"""Which exhibits may be in a pack for disclosure, and the sentence for each that is not (pure)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from joindots.chronology.rules.disclosing.copies import PDF, PICTURES, SOUNDS, TEXT, is_words


class WhyNot(StrEnum):
    """Why an exhibit is not in the pack."""

    MARKED = "marked"
    OF_KEPT = "of_kept"
    WHOLE = "whole"
    LOG = "log"
    UNSEEN = "unseen"
    PAPER = "paper"
    UNHEARD = "unheard"
    SOUND = "sound"
    UNKNOWN = "unknown"
    BROKEN = "broken"
    MISSING = "missing"


SAYS: Final[dict[WhyNot, str]] = {
    WhyNot.MARKED: "it is kept out of disclosure.",
    WhyNot.OF_KEPT: "it belongs to records that are kept back.",
    WhyNot.WHOLE: "it is a whole file of records. Those that may be shown stand in this chronology.",
    WhyNot.LOG: "it is the whole log. Its entries that may be shown stand in this chronology.",
    WhyNot.UNSEEN: "a picture nobody has looked over.",
    WhyNot.PAPER: "a paper nobody has looked over.",
    WhyNot.UNHEARD: "a recording nobody has listened to.",
    WhyNot.SOUND: "film, or sound of a kind that may carry more than sound, and cannot be searched.",
    WhyNot.UNKNOWN: "a kind of file that cannot be searched for what must not leave.",
    WhyNot.BROKEN: "it could not be opened to be searched for what must not leave.",
    WhyNot.MISSING: "the source names it and does not hold it.",
}
KIND_WORDS: Final = {
    "jpg": "picture", "png": "picture", "pdf": "PDF", "txt": "text", **dict.fromkeys(SOUNDS, "sound"),
}  # fmt: skip


def kind_says(kind: str | None) -> str:
    """A kind of file in one word."""
    if kind in PICTURES:
        return "picture"
    if kind == PDF:
        return "PDF"
    if kind == TEXT:
        return "text"
    family = (kind or "").partition("/")[0]
    return {"audio": "sound", "video": "film", "image": "picture"}.get(family, "file")


def why_not(*, kind: str | None, marked: bool, hidden: bool, shown: bool, of_records: bool, log: bool) -> WhyNot | None:
    """What keeps an exhibit out before anybody opens it; None where a copy of it may be made.

    `shown` is whether a record that may be shown carries it, `hidden` whether one does that is kept out by a mark.
    """
    if marked:
        return WhyNot.MARKED
    if log:
        return WhyNot.LOG
    if of_records:
        return WhyNot.WHOLE
    if hidden or not shown:
        return WhyNot.OF_KEPT
    if kind in PICTURES or kind in (PDF, TEXT) or is_words(kind) or (kind or "").startswith("audio/"):
        return None
    return WhyNot.SOUND if (kind or "").startswith("video/") else WhyNot.UNKNOWN
