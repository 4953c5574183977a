"""One message of a Meta download, ordinary or encrypted, as a communication and the leaves not understood.

The ordinary download marks what the app says of a group ("Sam named the group") and a missed call in
newer files by their wording alone, in the account's language. Such a line stays the text it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from joindots.evidence.readers.answers import NOT_SURE
from joindots.evidence.readers.json_leaves import fits, leaves_of, sort_out
from joindots.evidence.readers.json_stream import LOST
from joindots.evidence.readers.meta.mend import MENDED, mended, mended_all
from joindots.evidence.readers.meta.threads import Thread
from joindots.evidence.readers.records import (
    Channel,
    Communication,
    Direction,
    Identity,
    Kind,
    Media,
    Place,
    QuestionName,
)
from joindots.evidence.readers.senders import is_owner
from joindots.evidence.readers.times import utc_from_ms

Leaves = list[tuple[str, Any]]
CARRIED = ("photos", "videos", "audio_files", "gifs", "files", "sticker", "media")
FLAGS = ("is_geoblocked_for_viewer", "is_unsent_image_by_messenger_kid_parent", "is_unsent", "is_taken_down", "missed")
FORMS: dict[str, tuple[type, ...]] = {
    "sender_name": (str,), "timestamp_ms": (int,), "timestamp": (int,), "content": (str,), "type": (str,),
    "call_duration": (int,), "photos": (list,), "videos": (list,), "audio_files": (list,), "gifs": (list,),
    "files": (list,), "sticker": (dict,), **dict.fromkeys(FLAGS, (bool,)),
}  # fmt: skip
KEPT = frozenset(("share", "reactions", "ip", "bumped_message_metadata", "users", "plan", "creation_timestamp"))
FORMS_ENCRYPTED: dict[str, tuple[type, ...]] = {
    "senderName": (str,), "timestamp": (int,), "text": (str,), "type": (str,), "isUnsent": (bool,), "media": (list,),
}  # fmt: skip
KEPT_ENCRYPTED = frozenset(("reactions", "share", "link", "callDuration"))
NOT_LOADED = "Failed to download media"
"""Stands for a file's name in the encrypted download, in English whatever the language."""
MS_FROM = 100_000_000_000
"""Smaller numbers are seconds: the oldest downloads count in them."""
MS_END = 253_402_300_800_000
NOBODY = Identity()


def moment(value: Any) -> datetime | None:
    """A time in UTC from milliseconds, or from seconds in the oldest files; told apart by size."""
    if type(value) is not int or value <= 0:
        return None
    ms = value if value >= MS_FROM else value * 1000
    return utc_from_ms(ms) if ms < MS_END else None


class Voices:
    """Who is who in a thread, and how its messages read."""

    def __init__(
        self, source_file: str, thread: Thread, channel: Channel, answer: Any, media: Callable[[str], Media]
    ) -> None:
        self._source_file = source_file
        self._channel = channel
        self._answer = answer
        self._media = media
        self._people = {name: Identity(name) for name in thread.participants}
        self._all = tuple(self._people.values())
        self._name = thread.name
        self._open: tuple[QuestionName, ...] = ("owner",) if answer is None else ()
        self._base: dict[str, Any] = {"group": True} if len(thread.participants) > 2 else {}
        if channel == "other":
            self._base["family"] = "meta"
        self._names: dict[str, Identity] = {}

    def read(self, message: dict[str, Any], place: Place, seq: int, odd: bool) -> tuple[Communication, Leaves]:
        """The communication that a message is, in either form, and every leaf that was not understood."""
        encrypted = "senderName" in message
        forms, kept = (FORMS_ENCRYPTED, KEPT_ENCRYPTED) if encrypted else (FORMS, KEPT)
        record, extra, unknown = sort_out(message, forms, kept, place.pointer or "")
        get = record.get
        if extra:
            extra = mended_all(extra)
        extra.update(self._base)
        written = get("text" if encrypted else "content") or None
        text = mended(written) if written else None
        sender = self._person(get("senderName" if encrypted else "sender_name"))
        direction = self._direction(sender)
        stamp = get("timestamp_ms", get("timestamp"))
        at = moment(stamp)
        media = self._carried(record, extra, place.pointer or "", unknown)
        kind = (
            _encrypted_kind(record, extra, text, media) if encrypted else _kind(record, extra, text, media, direction)
        )
        one = Communication(
            id=f"{self._source_file[:16]}:{seq}",
            source_file=self._source_file,
            place=place,
            seq=seq,
            channel=self._channel,
            kind=kind,
            thread=self._name,
            direction=direction,
            sender=sender,
            recipients=self._recipients(sender),
            at_earliest=at,
            at_latest=at,
            at_shown=None if stamp is None else str(stamp),
            precision="second" if at else "none",
            zone_basis="utc_in_file" if at else "none",
            text=text,
            text_mended=_how(written, text, odd),
            media=media,
            duration_s=get("call_duration"),
            certainty_of_sender="unknown" if sender is NOBODY else "account_shown",
            extra=extra,
            open=self._open,
        )
        return one, unknown

    def _person(self, name: str | None) -> Identity:
        if not name:
            return NOBODY
        found = self._names.get(name)
        if found is None:
            shown = mended(name)
            found = self._names[name] = self._people.setdefault(shown, Identity(shown))
        return found

    def _direction(self, sender: Identity) -> Direction:
        if sender is NOBODY or not isinstance(self._answer, str) or self._answer == NOT_SURE:
            return "unknown"
        return "out" if is_owner(self._answer, sender) else "in"

    def _recipients(self, sender: Identity) -> tuple[Identity, ...]:
        """Everybody else in the thread, as the download names them."""
        return () if sender is NOBODY else tuple(who for who in self._all if who is not sender)

    def _carried(
        self, record: dict[str, Any], extra: dict[str, Any], pointer: str, unknown: Leaves
    ) -> tuple[Media, ...]:
        if record.keys().isdisjoint(CARRIED):
            return ()
        found = []
        for key in CARRIED:
            value = record.get(key)
            if value is None:
                continue
            for index, one in enumerate([value] if isinstance(value, dict) else value):
                place = f"{pointer}/{key}" if isinstance(value, dict) else f"{pointer}/{key}/{index}"
                uri = one.get("uri") if isinstance(one, dict) else None
                if not isinstance(uri, str) or not fits(one):
                    unknown.extend(leaves_of(one, place))
                    continue
                rest = {name: more for name, more in one.items() if name != "uri" and more not in (None, [], {})}
                if rest:
                    extra.setdefault("media_details", []).append(mended_all(rest))
                if uri == NOT_LOADED:
                    extra["left_out"] = uri
                found.append(Media(None) if uri == NOT_LOADED else self._media(mended(uri)))
        return tuple(found)


def _how(written: str | None, text: str | None, odd: bool) -> str | None:
    if text != written:
        return MENDED
    return "characters_lost" if odd and text and LOST in text else None


def _kind(
    record: dict[str, Any], extra: dict[str, Any], text: str | None, media: tuple[Media, ...], direction: Direction
) -> Kind:
    get = record.get
    for flag in FLAGS:
        if get(flag):
            extra[flag] = True
    shape = get("type")
    if shape not in (None, "Generic"):
        extra["type"] = shape
    if get("is_unsent"):
        return "unsent"
    if get("is_taken_down"):
        return "deleted"
    if "call_duration" in record or get("missed") or shape == "Call":
        return _call(record, text, direction)
    if shape in ("Subscribe", "Unsubscribe"):
        return "system"
    if media:
        return "media"
    return "text" if text or "share" in extra else "unknown"


def _call(record: dict[str, Any], text: str | None, direction: Direction) -> Kind:
    """A call that the owner made is `call_made`. One of no length was missed only if the file says so."""
    if direction == "out":
        return "call_made"
    if record.get("call_duration"):
        return "call_answered"
    return "call_missed" if record.get("missed") or (text and "missed" in text.lower()) else "unknown"


def _encrypted_kind(record: dict[str, Any], extra: dict[str, Any], text: str | None, media: tuple[Media, ...]) -> Kind:
    shape = record.get("type")
    if shape not in (None, "text", "media"):
        extra["type"] = shape
    if record.get("isUnsent"):
        return "unsent"
    if media or shape == "media":
        return "media"
    if shape == "placeholder":
        return "unknown"
    return "text" if text or "share" in extra or "link" in extra else "unknown"
