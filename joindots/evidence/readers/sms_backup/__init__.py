"""Reads backups of the Android app SMS Backup & Restore: text and picture messages, and calls.

The whole device's own store is in the file, so whose phone it is need not be asked: the other side of
every record is named, and its type says which way it went. Times are in UTC, by the device's clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import Attachment, Coverage, Item, Place
from joindots.evidence.readers.sms_backup.backup import Backup, Tally
from joindots.evidence.readers.source import Member, Source

_MESSAGES = re.compile(rb"<(?:smses|sms|mms)[\s/>]")
_CALLS = re.compile(rb"<(?:calls|call)[\s/>]")
_XML = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<[?!a-z]")
_MEMBER = re.compile(r"(?:^|/)(sms|calls)[^/]*\.xml$", re.IGNORECASE)


def claims_messages(source: Source) -> bool:
    """A file, or a zip of the app's, with text messages; calls may stand beside them in a zip."""
    return _claims(source, _MESSAGES, "sms")


def claims_calls(source: Source) -> bool:
    """A file, or a zip of the app's, with calls."""
    return _claims(source, _CALLS, "calls")


def _claims(source: Source, element: re.Pattern[bytes], prefix: str) -> bool:
    if source.members:
        return any(found[1].lower() == prefix for member in source.members if (found := _MEMBER.search(member.name)))
    head = source.head.replace(b"\x00", b"")  # UTF-16 is claimed too, to be refused in plain words
    return bool(_XML.match(head) and element.search(head))


def read(source: Source, _answers: Answers, media: MediaSink) -> Iterator[Item]:
    """Every item of the file; coverage last. Nothing needs to be asked, so no answer is used."""
    tally = Tally(source)
    for member in source.members or (None,):
        name = member.name if member else None
        with source.open_member(member.name) if member else source.open() as stream:
            if member and not _MEMBER.search(member.name):
                yield _attachment(member, stream, media)
            else:
                yield from Backup(tally, stream, media, name).items()
    if tally.broken and not tally.found:
        raise not_readable(
            "backup_broken",
            "{name} is damaged or cut off before its first record, so nothing could be read. It is kept as it "
            "is. Copy it from the device again.",
            name=source.name,
        )
    yield from _coverage(tally)


def _attachment(member: Member, stream: BinaryIO, media: MediaSink) -> Attachment:
    sha256, size = media.keep(member.name, stream)
    return Attachment(member.name, sha256, size, Place(member=member.name))


def _coverage(tally: Tally) -> Iterator[Coverage]:
    """One for each channel. The backup shows the device's store up to the moment it was made."""
    limits = (*tally.limits, *(("damaged",) if tally.broken else ()))
    for channel, (first, last) in sorted(tally.spans.items()):
        latest = max(last, tally.until) if last and tally.until else last
        yield Coverage(channel, first, latest, limits)


FORMATS = (
    Format("sms_backup", "text messages from SMS Backup & Restore", claims_messages, read),
    Format("calls_backup", "calls from SMS Backup & Restore", claims_calls, read),
)
