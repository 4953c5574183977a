"""The normal form of one communication, and the other things a reader can say about a file.

Every reader yields `Item`s and nothing else. The JSON Schema of the guide is made from these types.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

Channel = Literal[
    "whatsapp", "sms", "mms", "imessage", "call", "voicemail", "email", "messenger", "instagram",
    "snapchat", "telegram", "payment", "photo", "file", "log", "post", "letter", "other",
]  # fmt: skip
Kind = Literal[
    "text", "media", "call_missed", "call_answered", "call_rejected", "call_blocked", "call_made",
    "voicemail", "deleted", "unsent", "edited", "reaction", "system", "location", "payment",
    "view_once", "draft", "failed", "incident", "unknown",
]  # fmt: skip
"""`incident` is a row of somebody's own log. `system`, `draft` and `failed` are never contact."""
NOT_A_FAULT = frozenset({"headings", "around", "not_read"})
"""Reasons of `NotUnderstood` that leave a file whole: the exit status stays 0."""
NOT_CONTACT = frozenset({"system", "draft", "failed"})
OWN_THINGS = frozenset({"photo", "file"})
"""Channels of things a person made or found: exhibits, and no act by themselves."""

Direction = Literal["in", "out", "among_others", "unknown"]
Precision = Literal["second", "minute", "day", "part_of_day", "month", "range", "time_only", "none"]
ZoneBasis = Literal["utc_in_file", "offset_in_file", "device_assumed", "asked", "exif_offset", "none"]
TimeFlag = Literal["dst_ambiguous", "dst_gap", "settled_by_order", "out_of_order", "clock_suspect"]
SenderCertainty = Literal["account_shown", "claimed", "withheld", "told_by_victim", "unknown"]
QuestionName = Literal[
    "date_order", "owner", "zone", "clock_hour", "same_person", "columns", "their_payments"
]  # fmt: skip


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where in the file a record stands; null where the format has no such thing.

    `member` is the name inside an archive. `line` counts from 1. `byte` and `length` are a span of
    bytes of the (uncompressed) member or file. `pointer` is a JSON pointer, an XML path such as
    `/smses/sms[3]`, a `Sheet!row` or a Message-ID.
    """

    member: str | None = None
    line: int | None = None
    byte: int | None = None
    length: int | None = None
    pointer: str | None = None


class Identity(msgspec.Struct, frozen=True, gc=False):
    """An account as the file shows it. `key` is a hard identifier such as `tel:+447700900123`.

    A display name alone is not an identity: then `key` is null.
    """

    shown: str | None = None
    key: str | None = None


class Media(msgspec.Struct, frozen=True, gc=False):
    """A file that a communication carries or names. `present` is whether the export holds it."""

    name: str | None = None
    present: bool = False
    sha256: str | None = None
    size: int | None = None
    type: str | None = None


class Communication(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="item", tag="communication"):
    """One line or record of a file, in the normal form. Never changed after it was read.

    `at_earliest` and `at_latest` are UTC and cover every open reading (a minute covers 60 seconds,
    an unknown day order both days); both are null where nothing is known. `at_shown` is the file's
    own wording. `open` names the questions that still touch this record. `text` is what is read and
    shown; `text_mended` says how it was mended, by a code such as `latin1_as_utf8`, and is no text.
    """

    id: str
    source_file: str
    place: Place
    seq: int
    channel: Channel
    kind: Kind
    thread: str | None = None
    direction: Direction = "unknown"
    sender: Identity = Identity()
    recipients: tuple[Identity, ...] = ()
    at_earliest: datetime | None = None
    at_latest: datetime | None = None
    at_shown: str | None = None
    precision: Precision = "none"
    zone_basis: ZoneBasis = "none"
    time_flags: tuple[TimeFlag, ...] = ()
    text: str | None = None
    text_mended: str | None = None
    media: tuple[Media, ...] = ()
    duration_s: int | None = None
    amount_pence: int | None = None
    currency: str | None = None
    quoted_of: str | None = None
    forwarded: bool = False
    edited_at: datetime | None = None
    certainty_of_sender: SenderCertainty = "account_shown"
    count: int = 1
    count_about: bool = False
    dup_group: str | None = None
    extra: dict[str, Any] = {}
    open: tuple[QuestionName, ...] = ()


class NotUnderstood(msgspec.Struct, frozen=True, gc=False, tag_field="item", tag="not_understood"):
    """Bytes or a leaf that belong to no record. They are kept and shown, never dropped.

    `why`: `headings` (a table's column names, and its blank lines, letterhead and totals: understood, but
    no record), `around` (words above or below a person's own table, such as its title: shown, but no record),
    `not_read` (a file or a part of a whole download beside the messages: kept whole, named here, not read),
    `unknown_line`, `unknown_leaf`, `broken` (damaged or cut off), `too_long`.
    """

    place: Place
    why: Literal["headings", "around", "not_read", "unknown_line", "unknown_leaf", "broken", "too_long"]
    excerpt: str = ""


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """One possible answer, with what the file says about it."""

    value: str
    says: str = ""
    count: int | None = None
    first: str | None = None
    last: str | None = None


class Question(msgspec.Struct, frozen=True, gc=False, tag_field="item", tag="question"):
    """Something the file cannot tell. `example` is from the file itself.

    `about` parts several questions of one name in one file (a night, a pair of names). Every
    question also takes the answer `not_sure`: it closes the question and keeps the uncertainty.
    """

    file: str
    name: str
    question: QuestionName
    words: str
    candidates: tuple[str, ...]
    example: str
    about: str | None = None
    details: tuple[Candidate, ...] = ()


class Attachment(msgspec.Struct, frozen=True, gc=False, tag_field="item", tag="attachment"):
    """A whole file found inside the source (a zip's picture, a mail's attachment)."""

    name: str
    sha256: str
    size: int
    place: Place
    type: str | None = None


class Coverage(msgspec.Struct, frozen=True, gc=False, tag_field="item", tag="coverage"):
    """What period and channels this source could show. Absence inside says nothing outside it.

    `limits` are plain sentences by code, such as `whatsapp_cap` or `outgoing_only`.
    """

    channel: Channel
    earliest: datetime | None
    latest: datetime | None
    limits: tuple[str, ...] = ()
    thread: str | None = None


Item = Communication | NotUnderstood | Question | Attachment | Coverage
