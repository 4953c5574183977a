"""What a file found inside another is: its kind by its content, and how long it plays."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology.rules.wording import duration_says
from joindots.evidence import queries as evidence
from joindots.evidence.queries import FilePage, Inside, Original
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Communication
from joindots.evidence.readers.sandbox.parent import read_in_child

PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/heif")
_NAMES = mimetypes.MimeTypes()
_NAMES.add_type("image/heic", ".heic")
_NAMES.add_type("image/heif", ".heif")
_NAMES.add_type("image/webp", ".webp")
FAMILIES = {"image": "picture", "audio": "sound", "video": "film", "text": "text"}


@dataclass(frozen=True, slots=True)
class About:
    """The kind in a word, its technical name, and how long it plays (empty where it does not say)."""

    kind: str
    technical: str
    plays: str


def is_picture(name: str) -> bool:
    """Whether a file calls itself a picture of a kind that can be shown; whether it is one, opening it tells."""
    return _NAMES.guess_type(name, strict=False)[0] in PICTURES


def inside_of(actor: Actor, page: FilePage) -> list[tuple[Inside, bool]]:
    """The first files found inside a file, and whether each calls itself a picture."""
    found = evidence.inside(actor, Ref(page.file.id)) if page.file.exhibits else ()
    return [(one, is_picture(one.name)) for one in found]


def about(kept: Original) -> About:
    """Looked at in a child behind walls; only its own first record, whatever it holds."""
    try:
        with read_in_child(kept.open, kept.name, kept.sha256) as reading:
            first = next((one for one in reading if isinstance(one, Communication)), None)
    except NotReadable:
        first = None
    technical = (first.media[0].type or "") if first and first.media else ""
    plays = duration_says(first.duration_s) if first and first.channel == "file" and first.duration_s else ""
    return About(FAMILIES.get(technical.partition("/")[0], "file"), technical, plays)
