"""Readers of the files people bring: phone exports, mail, tables, pictures. Pure; usable from a notebook.

    from pathlib import Path
    from joindots.evidence.readers import Source, read

    for item in read(Source.from_path(Path("chat.txt"))):
        print(item)

`read` yields items: communications in the normal form, open questions, what was not understood,
attachments and coverage. The guide is `docs/guide/readers.md`. For files from strangers use
`sandbox.read_in_child`, which gives the same items from behind walls.
"""

from joindots.evidence.readers.answers import NO_ANSWERS, Answer, Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.media import Bounded, Folder, HashOnly
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.reading import claim, read
from joindots.evidence.readers.records import (
    Attachment,
    Communication,
    Coverage,
    Identity,
    Item,
    Media,
    NotUnderstood,
    Place,
    Question,
)
from joindots.evidence.readers.source import Source

__all__ = [
    "NO_ANSWERS", "Answer", "Answers", "Attachment", "Bounded", "Communication", "Coverage", "Folder",
    "Format", "HashOnly", "Identity", "Item", "Media", "MediaSink", "NotReadable", "NotUnderstood",
    "Place", "Question", "Source", "claim", "read",
]  # fmt: skip
