"""Which readers there are, in the order in which a file is offered to them; each is loaded when asked."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from joindots.evidence.readers.formats import Format
from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.source import Source

HERE = "joindots.evidence.readers"


@dataclass(frozen=True, slots=True)
class Reader:
    """One module of readers. It offers `FORMAT` or `FORMATS`.

    `endings` and `marks` (bytes near the file's start) are used only when the module cannot be
    loaded: then a file that looks like one of its own is refused by the reader's name.
    """

    module: str
    says: str
    endings: tuple[str, ...] = ()
    marks: tuple[bytes, ...] = ()

    def formats(self) -> Sequence[Format]:
        """Load the module and give its formats; ImportError and the like pass to the caller."""
        module = importlib.import_module(f"{HERE}.{self.module}")
        found: Sequence[Format] = getattr(module, "FORMATS", None) or (module.FORMAT,)
        return found

    def looks_mine(self, source: Source) -> bool:
        """Whether the file looks like this reader's, judged by its name and first bytes alone."""
        return source.name.lower().endswith(self.endings) or any(mark in source.head[:4096] for mark in self.marks)


READERS = (
    Reader("archive", "zips of several exports", (), ()),
    Reader("whatsapp", "WhatsApp chats", ("_chat.txt",), ()),
    Reader("sms_backup", "text messages and calls from SMS Backup & Restore", (), (b"<smses", b"<calls")),
    Reader("telegram", "Telegram", ("result.json",), ()),
    Reader("meta", "Messenger and Instagram", (), (b'"sender_name"', b'"senderName"')),
    Reader("snapchat", "Snapchat", ("chat_history.json",), ()),
    Reader("mail", "e-mail", (".mbox", ".eml", ".msg"), ()),
    Reader("imessage", "iPhone messages", (), ()),
    Reader("tables", "spreadsheets, call lists and bank statements", (".csv", ".xlsx", ".ofx", ".qif"), ()),
    Reader("photos", "photographs", (".jpg", ".jpeg", ".heic", ".heif", ".png", ".tif", ".tiff", ".webp"), ()),
    Reader("exhibit", "any other file", ("",), ()),
)
"""The exhibit reader takes every file, so it stands last."""


def offered(source: Source) -> Iterator[Format]:
    """Every format in order, loaded one by one, so that a reader not needed costs nothing.

    A reader that cannot be loaded harms no other: it refuses, by name, only what looks like its own.
    """
    for reader in READERS:
        try:
            formats = reader.formats()
        except Exception:  # noqa: BLE001 – whatever breaks one reader must not break the others
            if reader.looks_mine(source):
                raise not_ready(reader) from None
            continue
        yield from formats


def not_ready(reader: Reader) -> Exception:
    """The refusal of a reader that is missing or broken."""
    return not_readable(
        "reader_not_ready",
        "The reader for {says} is not ready, so the file was not read. It is kept as it is and nothing "
        "was guessed. Ask whoever looks after this system to install it again.",
        says=reader.says,
    )
