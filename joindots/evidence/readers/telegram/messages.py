"""One message of a Telegram export, as a communication and the leaves that were not understood.

Records are made from a pattern for each chat: a call with more than 15 keywords is five times as slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from joindots.evidence.readers.answers import NOT_SURE
from joindots.evidence.readers.json_leaves import fits, leaves_of, sort_out
from joindots.evidence.readers.json_stream import LOST
from joindots.evidence.readers.records import (
    Communication,
    Direction,
    Identity,
    Kind,
    Media,
    Place,
)
from joindots.evidence.readers.senders import is_owner
from joindots.evidence.readers.telegram.clock import Clock, moment_of
from joindots.evidence.readers.telegram.facts import Facts, Head, key_of

FORMS: dict[str, tuple[type, ...]] = {
    "id": (int,), "type": (str,), "date": (str,), "date_unixtime": (str, int), "edited": (str,),
    "edited_unixtime": (str, int), "from": (str,), "from_id": (str, int), "actor": (str,), "actor_id": (str, int),
    "text": (str, list), "text_entities": (list,), "forwarded_from": (str,), "reply_to_message_id": (int,),
    "photo": (str,), "file": (str,), "file_name": (str,), "mime_type": (str,), "contact_vcard": (str,),
    "duration_seconds": (int,),
}  # fmt: skip
"""Members that become fields, with the types they may have."""

KEPT = frozenset((
    # about any message
    "author", "forwarded_from_id", "saved_from", "saved_from_id", "reply_to_peer_id", "via_bot", "reactions",
    "inline_bot_buttons", "forwarded_date", "forwarded_date_unixtime", "is_pinned", "pinned", "views",
    # what it carries
    "photo_file_size", "width", "height", "file_size", "thumbnail", "thumbnail_file_size", "media_type",
    "media_spoiler", "sticker_emoji", "performer", "title", "self_destruct_period_seconds",
    "contact_information", "contact_vcard_file_size", "location_information", "live_location_period_seconds",
    "place_name", "address", "venue_id", "poll", "dice", "game_title", "game_description", "game_link",
    "invoice_information", "giveaway_information", "giveaway_results", "paid_stars_amount", "paid_media",
    "story_id", "story_expired", "todo_list",
    # what a service message says
    "action", "members", "inviter", "message_id", "game_message_id", "invoice_message_id", "score", "amount",
    "currency", "recurring", "duration", "discard_reason", "information_text", "reason_app_id",
    "reason_app_name", "reason_domain", "values", "to", "to_id", "distance", "period", "schedule_date",
    "emoticon", "cost", "months", "days", "new_title", "new_icon_emoji_id", "button_id", "peer_id", "peers",
    "gift_code", "boost_peer_id", "unclaimed", "via_giveaway", "boosts", "winners", "stars", "gift_id",
    "is_limited", "is_anonymous", "gift_text", "call_id", "is_missed", "is_active", "participants",
))  # fmt: skip
"""Members that are understood but have no field: they stand in `extra` as they are."""

_NOT_HERE = re.compile(r"(?:(?P<name>.+) )?\((?:File|Photo|Video) (?:not|exceeds|unavailable)[^()]*\)", re.DOTALL)
"""What Telegram writes where a file was left out of the export, in English whatever the language."""
NOBODY = Identity()


class Chat:
    """One chat: who is who in it, and how its messages read."""

    def __init__(
        self,
        source_file: str,
        head: Head,
        facts: Facts,
        proven: bool,
        answer: Any,
        media: Callable[[str, str | None], Media],
    ) -> None:
        self._short = source_file[:16]
        self._owner = Identity(facts.owner_name, facts.owner) if facts.owner else None
        self._other = Identity(head.name, head.other) if head.other else None
        self._told = bool(facts.owner or proven)
        self._answer = answer
        self._media = media
        self._people: dict[tuple[str | None, str | None], Identity] = {}
        self._base = {"group": True} if (head.type or "").endswith(("group", "channel")) else {}
        self.asks = not self._told and answer is None
        self.thread = head.name or (head.other or "").removeprefix("telegram:") or head.type
        self._like = Communication(
            id="",
            source_file=source_file,
            place=Place(),
            seq=0,
            channel="telegram",
            kind="unknown",
            thread=self.thread,
            precision="second",
            zone_basis="utc_in_file",
            open=("owner",) if self.asks else (),
        )

    def read(
        self, message: dict[str, Any], place: Place, clock: Clock, where: tuple[str, int], seq: int, odd: bool
    ) -> tuple[Communication, list[tuple[str, Any]]]:
        """The communication that a message is, and every leaf of it that was not understood.

        `where` is the chat's pointer and the message's place in it, by which the clock settles hours.
        `odd` says that the text of the file lost characters somewhere.
        """
        record, extra, unknown = sort_out(message, FORMS, KEPT, place.pointer or "")
        get = record.get
        if self._base:
            extra.update(self._base)
        if "id" in record:
            extra["message_id"] = record["id"]
        sender = self._person(get("from", get("actor")), get("from_id", get("actor_id")))
        direction = self._direction(sender)
        text = _words(record, extra, place.pointer or "", unknown)
        media = self._carried(record, extra)
        exact = moment_of(get("date_unixtime"))
        rare = _rare(record, extra, clock)
        one = replace(
            self._like,
            id=f"{self._short}-{seq}",
            place=place,
            seq=seq,
            kind=_kind(record, extra, direction, text, media, "edited_at" in rare),
            direction=direction,
            sender=sender,
            recipients=self._recipients(direction),
            at_earliest=exact,
            at_latest=exact,
            at_shown=get("date"),
            text=text,
            media=media,
            extra=extra,
        )
        if sender is NOBODY:
            rare["certainty_of_sender"] = "unknown"
        if odd and text and LOST in text:
            rare["text_mended"] = "characters_lost"
        if exact is None:
            at = clock.moment(record, *where)
            rare |= {"at_earliest": at.earliest, "at_latest": at.latest, "precision": at.precision}
            rare |= {"zone_basis": at.basis, "time_flags": at.flags, "open": at.open + self._like.open}
        return (replace(one, **rare) if rare else one), unknown

    def _person(self, shown: str | None, number: Any) -> Identity:
        """Who a name and an id are. Of a deleted account only the id is left."""
        found = self._people.get((shown, number))
        if found is None:
            key = key_of(number)
            found = Identity(shown, key) if shown or key else NOBODY
            self._people[shown, number] = found
        return found

    def _direction(self, sender: Identity) -> Direction:
        if sender.key is None and sender.shown is None:
            return "unknown"
        if self._owner:
            return "out" if sender.key == self._owner.key else "in"
        if self._told and self._other:
            return "in" if sender.key == self._other.key else "out"
        if not isinstance(self._answer, str) or self._answer == NOT_SURE:
            return "unknown"
        return "out" if is_owner(self._answer, sender) else "in"

    def _recipients(self, direction: Direction) -> tuple[Identity, ...]:
        if self._other and direction == "out":
            return (self._other,)
        return (self._owner,) if self._owner and self._other and direction == "in" else ()

    def _carried(self, record: dict[str, Any], extra: dict[str, Any]) -> tuple[Media, ...]:
        """The files that a message carries or names, with the note that stands for one left out."""
        found = []
        for key in ("photo", "file", "contact_vcard"):
            named = record.get(key)
            if named is None:
                continue
            absent = _NOT_HERE.fullmatch(named)
            if absent:
                extra["left_out"] = named
                found.append(Media(record.get("file_name") or absent["name"], False, type=record.get("mime_type")))
            else:
                found.append(self._media(named, record.get("mime_type")))
                if "file_name" in record:
                    extra["file_name"] = record["file_name"]
        return tuple(found)


def _rare(record: dict[str, Any], extra: dict[str, Any], clock: Clock) -> dict[str, Any]:
    """The fields that few messages have."""
    rare: dict[str, Any] = {}
    if "edited" in record or "edited_unixtime" in record:
        edited_at = clock.edited(record)
        if edited_at:
            rare["edited_at"] = edited_at
    if "forwarded_from" in record:
        rare["forwarded"] = True
        extra["forwarded_from"] = record["forwarded_from"]
    if "reply_to_message_id" in record:
        rare["quoted_of"] = str(record["reply_to_message_id"])
    if "duration_seconds" in record:
        rare["duration_s"] = record["duration_seconds"]
    return rare


def _words(record: dict[str, Any], extra: dict[str, Any], pointer: str, unknown: list[tuple[str, Any]]) -> str | None:
    """The words of a message. Parts with a form or a hidden link are joined, and stand in `extra` as well."""
    text = record.get("text")
    entities = record.get("text_entities")
    if isinstance(text, str):
        if entities and entities != [{"type": "plain", "text": text}]:
            _keep("text_entities", entities, extra, pointer, unknown)
        elif not text:
            return _asked(extra.get("poll"))
        return text or None
    parts: list[Any] = (entities if text is None else text) or []
    if text is not None and entities and [_bare(part) for part in entities] != text:
        _keep("text_entities", entities, extra, pointer, unknown)
    if parts:
        _keep("text_parts" if text is not None else "text_entities", parts, extra, pointer, unknown)
    words = (part if isinstance(part, str) else part.get("text") if isinstance(part, dict) else "" for part in parts)
    return "".join(word for word in words if isinstance(word, str)) or None


def _asked(poll: Any) -> str | None:
    """A poll's question: one string, or in newer exports parts of it with their forms."""
    question = poll.get("question") if isinstance(poll, dict) else None
    parts = question if isinstance(question, list) else [question]
    words = (part.get("text") if isinstance(part, dict) else part for part in parts)
    return "".join(word for word in words if isinstance(word, str)) or None


def _bare(part: Any) -> Any:
    """An entity as `text` writes it: plain words without their wrapping."""
    return part.get("text") if isinstance(part, dict) and part.get("type") == "plain" and len(part) == 2 else part


def _keep(key: str, value: Any, extra: dict[str, Any], pointer: str, unknown: list[tuple[str, Any]]) -> None:
    if fits(value):
        extra[key] = value
    else:
        unknown.extend(leaves_of(value, f"{pointer}/{key.replace('text_parts', 'text')}"))


def _kind(
    record: dict[str, Any],
    extra: dict[str, Any],
    direction: Direction,
    text: str | None,
    media: tuple[Media, ...],
    edited: bool,
) -> Kind:
    shape = record.get("type")
    if shape == "service":
        return _of_service(record, extra, direction)
    if shape != "message":
        return "unknown"
    if "location_information" in extra or "place_name" in extra:
        return "location"
    if media:
        return "view_once" if "self_destruct_period_seconds" in extra else "media"
    if text:
        return "edited" if edited else "text"
    return "media" if "contact_information" in extra else "unknown"


def _of_service(record: dict[str, Any], extra: dict[str, Any], direction: Direction) -> Kind:
    """A call, or something the app itself says.

    A call that the owner made is `call_made`, however it ended. Of the others, "missed" was not
    taken and "busy" was refused; one with a length was answered. A call that was hung up or cut off
    and shows no length may or may not have been answered: it stays `unknown`.
    """
    action = extra.get("action")
    if action == "conference_call":
        return "unknown"
    if action != "phone_call":
        return "system"
    if direction == "out":
        return "call_made"
    reason = extra.get("discard_reason")
    if reason == "missed":
        return "call_missed"
    if reason == "busy":
        return "call_rejected"
    return "call_answered" if record.get("duration_seconds") else "unknown"
