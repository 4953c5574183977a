"""Sample mailboxes for the tests; everybody in them is invented."""

from hashlib import sha256

from joindots.evidence.readers.answers import NO_ANSWERS
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.records import Attachment, Communication, Coverage, NotUnderstood, Question
from joindots.evidence.readers.source import Source

ENVELOPE = "From sam@example.org Mon Jan 03 09:00:00 2022"
HEADER = (
    "From: Sam Example <sam@example.org>",
    "To: maya@example.net",
    "Date: Mon, 3 Jan 2022 09:00:00 +0000",
    "Message-ID: <1@example.org>",
    "Subject: hello",
)


def mail(*extra: str, body: str | bytes = "why are you ignoring me\n", header=HEADER) -> bytes:
    """One mail; a header line in `extra` replaces the sample's line of that name."""
    names = {line.partition(":")[0].lower() for line in extra}
    lines = [line for line in header if line.partition(":")[0].lower() not in names]
    head = "\n".join((*lines, *extra)).encode("latin-1")
    return head + b"\n\n" + (body if isinstance(body, bytes) else body.encode())


def mbox(*mails: bytes, envelope: str = ENVELOPE) -> bytes:
    return b"".join(envelope.encode() + b"\n" + one + b"\n" for one in mails)


def read(data: bytes, formats, answers=NO_ANSWERS, name="mail.mbox", media=None):
    source = Source.from_bytes(name, data)
    one = next(one for one in formats if one.claims(source))
    return list(one.read(source, answers, media or HashOnly()))


def communications(items):
    return [item for item in items if isinstance(item, Communication)]


def questions(items):
    return [item for item in items if isinstance(item, Question)]


def attachments(items):
    return [item for item in items if isinstance(item, Attachment)]


def not_understood(items):
    return [item for item in items if isinstance(item, NotUnderstood)]


def coverage(items):
    return [item for item in items if isinstance(item, Coverage)]


class Shelf:
    """Keeps each file's bytes by name."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def keep(self, name, stream):
        data = stream.read()
        self.files[name] = data
        return sha256(data).hexdigest(), len(data)
