"""The demo's files, made anew each time and always the same: no export is kept in the repository.

    from joindots.config.demo.files import STORY
    data = STORY["choir-chat-a.zip"]()

Everybody in them is invented. The counts are those of the story and are asserted by the tests, which
read the files as anybody's would be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from joindots.config.demo.files import bank, chat, large, log, papers, phone, photos, small, suspects

Maker = Callable[[], bytes]

STORY: dict[str, Maker] = {
    "choir-chat-a.zip": chat.taken_6_november,
    "choir-chat-b.zip": chat.taken_13_november,
    "sms.xml": phone.texts,
    "calls.xml": phone.calls,
    "statement.csv": bank.statement,
    "her-log.xlsx": log.her_log,
    **{f"photos/{name}": photos.maker(name) for name in photos.PHOTOS},
    "page-capture.png": papers.page_capture,
    "dev-screenshot.png": papers.dev_screenshot,
    "witness-note.txt": papers.witness_note,
    "counter.png": papers.counter,
    "employer-letter.png": papers.employer_letter,
    "westmarch.csv": suspects.westmarch,
}
"""The files of Maya's story, and Westmarch's list of suspects, by the names they come under."""

OTHERS: dict[str, Maker] = {**small.FILES, large.NAME: large.long_chat}
"""The files of the smaller cases, and the chat of 60,000 messages."""


def write_all(folder: Path) -> Iterator[tuple[Path, int]]:
    """Write every file below a folder: the story's, then the others in `others`. Each path with its size in bytes."""
    for name, make in (*STORY.items(), *((f"others/{name}", make) for name, make in OTHERS.items())):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = make()
        path.write_bytes(data)
        yield path, len(data)
