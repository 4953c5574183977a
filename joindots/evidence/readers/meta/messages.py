"""One message of a Meta download, ordinary or encrypted, as a communication and the leaves not understood.

The ordinary download marks what the app says of a group ("Sam named the group") and a missed call in
newer files by their wording alone, in the account's language. English wording is known (`wording`); in
other languages such a line stays the text it is.
Records are made from a pattern for each thread: a call with more than 15 keywords is five times as slow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from joindots.evidence.readers.answers import NOT_SURE
from joindots.evidence.readers.json_leaves import fits, leaves_of, sort_out
from joindots.evidence.readers.json_stream import LOST
from joindots.evidence.readers.meta.mend import MENDED, mended, mended_all
from joindots.evidence.readers.meta.threads import Thread
from joindots.evidence.readers.meta.wording import said_by_app
from joindots.evidence.readers.records import (
    Channel,
    Communication,
    Direction,
    Identity,
    Kind,
    Media,
    Place,
)
from joindots.evidence.readers.senders import is_owner

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
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
END = 253_402_300_800
NOBODY = Identity()
LONGEST_OF_APP = 300
"""Characters; no line of the app's own is longer."""


def moment(value: Any) -> datetime | None:
    """A time in UTC from milliseconds, or from seconds in the oldest files; told apart by size."""
    if type(value) is not int or value <= 0:
        return None
    seconds = value // 1000 if value >= MS_FROM else value
    return EPOCH + timedelta(0, seconds) if seconds < END else None


class Voices:
    """Who is who in a thread, and how its messages read. An answer that names nobody in it is none."""

    def __init__(
        self, source_file: str, thread: Thread, channel: Channel, answer: Any, media: Callable[[str], Media]
    ) -> None:
        self._short = source_file[:16]
        self._media = media
        self._people = {name: Identity(name) for name in thread.participants}
        self._names: dict[str, Identity] = {}
        named = any(is_owner(answer, who) for who in self._people.values())
        self._answer = answer if named else None
        self.asks = not named and answer != NOT_SURE
        self._others: dict[Identity, tuple[Identity, ...]] = {
            who: tuple(other for other in self._people.values() if other is not who) for who in self._people.values()
        }
        self._base: dict[str, Any] = {"group": True} if len(thread.participants) > 2 else {}
        if channel == "other":
            self._base["family"] = "meta"
        self._like = Communication(
            id="",
            source_file=source_file,
            place=Place(),
            seq=0,
            channel=channel,
            kind="unknown",
            thread=thread.name,
            precision="second",
            zone_basis="utc_in_file",
            open=("owner",) if self.asks else (),
        )

    def read(self, message: dict[str, Any], place: Place, seq: int, odd: bool) -> tuple[Communication, Leaves]:
        """The communication that a message is, in either form, and every leaf that was not understood."""
        encrypted = "senderName" in message
        forms, kept = (FORMS_ENCRYPTED, KEPT_ENCRYPTED) if encrypted else (FORMS, KEPT)
        record, extra, unknown = sort_out(message, forms, kept, place.pointer or "")
        get = record.get
        if extra and not encrypted:
            extra = mended_all(extra)
        extra.update(self._base)
        written = get("text" if encrypted else "content") or None
        text = mended(written) if written and not encrypted else written
        sender = self._person(get("senderName" if encrypted else "sender_name"), encrypted)
        direction = self._direction(sender)
        stamp = get("timestamp_ms", get("timestamp"))
        at = moment(stamp)
        media = self._carried(record, extra, place.pointer or "", unknown)
        kind = (_encrypted_kind if encrypted else _kind)(record, extra, text, media, direction)
        if kind == "text" and text and sender.shown and len(text) < LONGEST_OF_APP:
            kind = self._by_wording(text, sender, direction, extra)
        one = replace(
            self._like,
            id=f"{self._short}-{seq}",
            place=place,
            seq=seq,
            kind=kind,
            direction=direction,
            sender=sender,
            recipients=self._recipients(sender),
            at_earliest=at,
            at_latest=at,
            at_shown=None if stamp is None else str(stamp),
            text=text,
            text_mended=_how(written, text, odd),
            media=media,
            extra=extra,
        )
        rare: dict[str, Any] = {}
        if at is None:
            rare |= {"precision": "none", "zone_basis": "none"}
        if sender is NOBODY:
            rare["certainty_of_sender"] = "unknown"
        if "call_duration" in record:
            rare["duration_s"] = record["call_duration"]
        return (replace(one, **rare) if rare else one), unknown

    @property
    def people(self) -> Iterable[Identity]:
        """Whoever the thread names as taking part."""
        return self._people.values()

    def _by_wording(self, text: str, sender: Identity, direction: Direction, extra: dict[str, Any]) -> Kind:
        """`text`, or what the wording of a line shows that the app wrote itself."""
        said = said_by_app(text, sender.shown, group="group" in self._base, own=direction == "out")
        if said is None:
            return "text"
        extra["told_by_wording"] = True
        return said

    def _person(self, name: str | None, encrypted: bool) -> Identity:
        if not name:
            return NOBODY
        found = self._names.get(name)
        if found is None:
            shown = name if encrypted else mended(name)
            found = self._names[name] = self._people.get(shown) or Identity(shown)
        return found

    def _direction(self, sender: Identity) -> Direction:
        if sender is NOBODY or self._answer is None:
            return "unknown"
        return "out" if is_owner(self._answer, sender) else "in"

    def _recipients(self, sender: Identity) -> tuple[Identity, ...]:
        """Everybody else in the thread, as the download names them."""
        if sender is NOBODY:
            return ()
        found = self._others.get(sender)
        return tuple(self._others) if found is None else found

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


def _encrypted_kind(
    record: dict[str, Any], extra: dict[str, Any], text: str | None, media: tuple[Media, ...], direction: Direction
) -> Kind:
    shape = record.get("type")
    if shape not in (None, "text", "media"):
        extra["type"] = shape
    if record.get("isUnsent"):
        return "unsent"
    if shape == "call":
        return _call({"call_duration": extra.get("callDuration")}, text, direction)
    if media or shape == "media":
        return "media"
    if shape == "placeholder":
        return "unknown"
    return "text" if text or "share" in extra or "link" in extra else "unknown"
