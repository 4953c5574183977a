"""The leak check of finished files: every name, every byte, every text that a file carries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from joindots.documents.leaks.files import look_into
from joindots.documents.leaks.looking import Leak, Looking
from joindots.documents.leaks.matching import matcher
from joindots.documents.leaks.protected import Protected
from joindots.documents.pixels import Ocr

File = tuple[str, bytes | Callable[[], bytes]]
"""The path of a file inside what would leave, and its bytes or what gives them."""

__all__ = ["File", "Leak", "find"]


def find(
    files: Iterable[File], protected: Protected, ocr: Ocr | None = None, *, vouched: Collection[str] = ()
) -> list[Leak]:
    """Everything in these files that must not leave; an empty list lets them go. Each leak once, sorted by place.

    Looked through: names of files and folders; text in every usual encoding and what it wraps; PDF with its
    metadata, notes, bookmarks, attachments, hidden text and earlier revisions; Office and OpenDocument files, zips
    and all in them; pictures with all they carry beside their pixels, and with `ocr` the words in them.
    What cannot be looked into (a lock, damage, an unknown kind; without `ocr` a picture, sound always) is itself a
    leak of kind `unread`. `vouched` names the files whose sight or sound a named person has been through; their
    bytes are searched all the same. Places name files unless the name itself must not leave (`file 3`).
    """
    looking = Looking(matcher(protected), ocr, frozenset(vouched))
    for number, (name, given) in enumerate(files, start=1):
        place = looking.name(f"file {number}", name)
        look_into(looking, name, place, given if isinstance(given, bytes) else given())
    return sorted(looking.found)


def find_in_file(data: bytes, name: str, protected: Protected, *, number: int = 1, vouched: bool = False) -> list[Leak]:
    """The check of one file without a reader of pictures, as a plain function of its bytes."""
    looking = Looking(matcher(protected), None, (name,) if vouched else ())
    look_into(looking, name, looking.name(f"file {number}", name), data)
    return sorted(looking.found)
