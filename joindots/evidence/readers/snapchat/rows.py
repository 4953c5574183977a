"""One row of a Snapchat file, as a communication and the leaves that were not understood."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

from joindots.evidence.readers.json_leaves import sort_out
from joindots.evidence.readers.json_stream import LOST
from joindots.evidence.readers.records import Communication, Direction, Identity, Kind, Media, Place, TimeFlag

Leaves = list[tuple[str, Any]]
FileKind = Literal["chat", "snap", "talk"]
FORMS: dict[str, tuple[type, ...]] = {
    "From": (str,), "To": (str,), "Media Type": (str,), "Created": (str,), "Text": (str,), "Content": (str,),
    "Conversation Title": (str,), "IsSender": (bool,), "Created(microseconds)": (int,), "IsSaved": (bool,),
    "Media IDs": (str,),
    "Date & Time": (str,), "Type": (str,), "Length (sec)": (str, int),
}  # fmt: skip
KEPT = frozenset(("Result", "City", "Region", "Country", "Status", "Saved", "People in Chat", "Network"))
SESSIONS = ("Chat Sessions", "Game Sessions")
"""Beside the calls: how long the app was open. Nobody is reached by them."""
_USUAL = re.compile(r"\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d (?:UTC|GMT)", re.ASCII)
_STAMP = re.compile(
    r"(\d{4})[-/](\d\d?)[-/](\d\d?)[ T](\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?(?: ?UTC| ?GMT|Z|\+00:00)", re.ASCII
)
_IDS = re.compile(r"\s*[|,;]\s*")
_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|#0?39|#x27);")
_KINDS: dict[str, Kind] = {
    "TEXT": "text", "MEDIA": "media", "IMAGE": "media", "PHOTO": "media", "VIDEO": "media", "NOTE": "media",
    "AUDIO": "media", "STICKER": "media", "SHARE": "text", "SHARESAVEDSTORY": "text", "LOCATION": "location",
    "MAPREACTION": "reaction", "STATUSERASEDMESSAGE": "deleted", "STATUSERASEDSNAPMESSAGE": "deleted",
    "STATUSCALLMISSEDAUDIO": "call_missed", "STATUSCALLMISSEDVIDEO": "call_missed",
    "STATUSCALLENDEDAUDIO": "call_answered", "STATUSCALLENDEDVIDEO": "call_answered",
    "NONPARTICIPANTBOTRESPONSE": "system",
}  # fmt: skip
_TYPES = {"IMAGE": "image", "PHOTO": "image", "VIDEO": "video", "NOTE": "audio", "AUDIO": "audio", "STICKER": "sticker"}
NOBODY = Identity()


class Where(NamedTuple):
    """The section that a row stands in: `party` is whom it is with, `sent` what the section says of it."""

    file: FileKind
    section: str
    party: str | None
    sent: bool | None


class Span(NamedTuple):
    """When a row was made, in UTC."""

    earliest: datetime | None
    latest: datetime | None
    flags: tuple[TimeFlag, ...] = ()


def moment(stamp: str | None, number: int | None) -> Span:
    """`Created` and `Created(microseconds)`, which holds milliseconds: the reading that agrees is right.

    Where none agrees within a second both stand, as an interval with the clock in doubt.
    """
    said = _from_text(stamp)
    readings = [at for at in map(_from_number, _scaled(number)) if at is not None]
    if said is None:
        first = readings[0] if readings else None
        return Span(first, first)
    if not readings or any(abs(at - said) <= timedelta(seconds=1) for at in readings):
        return Span(said, said)
    return Span(min(said, readings[0]), max(said, readings[0]), ("clock_suspect",))


def _scaled(number: int | None) -> list[float]:
    """The number as seconds, the likeliest unit by its size first: milliseconds, microseconds, seconds."""
    if number is None or number <= 0 or number >= 1 << 62:
        return []
    units = (1000, 1_000_000, 1)
    if number >= 100_000_000_000_000:
        units = (1_000_000, 1000, 1)
    elif number < 100_000_000_000:
        units = (1, 1000, 1_000_000)
    return [number // unit for unit in units]


def _from_number(seconds: float) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < 253_402_300_800 else None


def _from_text(stamp: str | None) -> datetime | None:
    if not stamp:
        return None
    try:
        if _USUAL.fullmatch(stamp):  # three times as fast
            return datetime.fromisoformat(f"{stamp[:10].replace('/', '-')}T{stamp[11:19]}+00:00")
        found = _STAMP.fullmatch(stamp)
        if found is None:
            return None
        year, month, day, hour, minute, second = map(int, found.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def unescaped(text: str) -> str:
    """The words without web escapes (`I&#39;m`), if the whole of the text was escaped; else as it is."""
    if "&" not in text or any(mark in text for mark in "<>\"'"):
        return text
    return html.unescape(text) if len(_ESCAPED.findall(text)) == text.count("&") else text


class Rows:
    """Reads the rows of one file."""

    def __init__(self, source_file: str, media: Callable[[str, str | None], Media]) -> None:
        self._source_file = source_file
        self._media = media
        self._people: dict[str, Identity] = {}

    def read(
        self, row: dict[str, Any], where: Where, place: Place, seq: int, odd: bool
    ) -> tuple[Communication, Leaves]:
        """The communication that a row is, and every leaf of it that was not understood."""
        record, extra, unknown = sort_out(row, FORMS, KEPT, place.pointer or "")
        get = record.get
        stamp = get("Created", get("Date & Time"))
        span = moment(stamp, get("Created(microseconds)"))
        sent = get("IsSender", where.sent)
        direction: Direction = "unknown" if sent is None else "out" if sent else "in"
        shape = get("Media Type", get("Type"))
        shape = shape and shape.upper()
        group = bool(get("Conversation Title"))
        extra |= _more(record, shape, group)
        written = get("Content") or get("Text")
        text = unescaped(written) if written else None
        sender, recipients = self._sides(get("From"), get("To"), where, direction, group)
        length = _length(get("Length (sec)"))
        one = Communication(
            id=f"{self._source_file[:16]}-{seq}",
            source_file=self._source_file,
            place=place,
            seq=seq,
            channel="snapchat",
            kind="system" if where.section in SESSIONS else _kind(where.file, shape, direction, length, extra),
            thread=get("Conversation Title") or where.party or get("From") or get("To"),
            direction=direction,
            sender=sender,
            recipients=recipients,
            at_earliest=span.earliest,
            at_latest=span.latest,
            at_shown=stamp,
            precision="none" if span.earliest is None else "range" if span.flags else "second",
            zone_basis="none" if span.earliest is None else "utc_in_file",
            time_flags=span.flags,
            text=text,
            text_mended=_how(written, text, odd),
            media=self._carried(get("Media IDs"), where.file, shape),
            duration_s=length,
            certainty_of_sender="unknown" if sender is NOBODY else "account_shown",
            extra=extra,
        )
        return one, unknown

    def _person(self, name: str | None) -> Identity:
        if not name:
            return NOBODY
        return self._people.setdefault(name, Identity(name, f"snapchat:{name}"))

    def _sides(
        self, sent_by: str | None, sent_to: str | None, where: Where, direction: Direction, group: bool
    ) -> tuple[Identity, tuple[Identity, ...]]:
        """Sender and recipients. A chat of two is filed under the other side's name; a group under a number."""
        sender = self._person(sent_by)
        if sent_to:
            return sender, (self._person(sent_to),)
        if direction == "out" and where.party and not group and where.party != sent_by:
            return sender, (self._person(where.party),)
        return sender, ()

    def _carried(self, ids: str | None, file: FileKind, shape: str | None) -> tuple[Media, ...]:
        kind = _TYPES.get(shape or "")
        if ids and ids.strip():
            return tuple(self._media(one, kind) for one in _IDS.split(ids.strip()) if one)
        carries = file == "snap" or (file == "chat" and _KINDS.get(shape or "") == "media")
        return (Media(None, False, type=kind),) if carries else ()


def _more(record: dict[str, Any], shape: str | None, group: bool) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if group:
        more["group"] = True
    if shape not in (None, "TEXT"):
        more["type"] = shape
    if "IsSaved" in record:
        more["is_saved"] = record["IsSaved"]
    return more


def _how(written: str | None, text: str | None, odd: bool) -> str | None:
    if text != written:
        return "html_escaped"
    return "characters_lost" if odd and text and LOST in text else None


def _length(value: Any) -> int | None:
    text = str(value) if value is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _kind(file: FileKind, shape: str | None, direction: Direction, length: int | None, extra: dict[str, Any]) -> Kind:
    """What a row is. A snap is seen once and gone; a call that the owner made is `call_made`."""
    if file == "snap":
        return "view_once"
    if file == "talk":
        return _call(direction, length, str(extra.get("Result", "")))
    if shape is None:
        return "unknown"
    kind = _KINDS.get(shape)
    if kind is None:
        return "system" if shape.startswith("STATUS") else "unknown"
    return "call_made" if direction == "out" and kind in ("call_missed", "call_answered") else kind


def _call(direction: Direction, length: int | None, result: str) -> Kind:
    if direction == "out":
        return "call_made"
    if length:
        return "call_answered"
    result = result.lower()
    if "miss" in result:
        return "call_missed"
    return "call_rejected" if "declin" in result or "reject" in result else "unknown"
