"""The closed lists behind the index row's numbers. A code never changes place: new ones go at the end."""

from __future__ import annotations

from typing import Final, get_args

from joindots.evidence.readers.records import Channel, Direction, Kind, Precision

CHANNELS: Final[tuple[str, ...]] = get_args(Channel)
KINDS: Final[tuple[str, ...]] = get_args(Kind)
DIRECTIONS: Final[tuple[str, ...]] = get_args(Direction)
PRECISIONS: Final[tuple[str, ...]] = get_args(Precision)

CHANNEL_OF: Final = {code: place for place, code in enumerate(CHANNELS)}
KIND_OF: Final = {code: place for place, code in enumerate(KINDS)}
DIRECTION_OF: Final = {code: place for place, code in enumerate(DIRECTIONS)}
PRECISION_OF: Final = {code: place for place, code in enumerate(PRECISIONS)}

CHANNEL_WORDS: Final = {
    "whatsapp": "WhatsApp", "sms": "text message", "mms": "picture message", "imessage": "iMessage",
    "call": "call", "voicemail": "voicemail", "email": "e-mail", "messenger": "Messenger",
    "instagram": "Instagram", "snapchat": "Snapchat", "telegram": "Telegram", "payment": "payment",
    "photo": "photo", "file": "file", "log": "own log", "post": "post", "letter": "letter", "other": "other",
}  # fmt: skip
KIND_WORDS: Final = {
    "text": "message", "media": "picture, sound or file", "call_missed": "missed call",
    "call_answered": "answered call", "call_rejected": "rejected call", "call_blocked": "blocked call",
    "call_made": "call made", "voicemail": "voicemail", "deleted": "deleted message",
    "unsent": "message taken back", "edited": "edited message", "reaction": "reaction",
    "system": "note by the app", "location": "location", "payment": "payment", "view_once": "view-once message",
    "draft": "draft, not sent", "failed": "not sent", "incident": "log entry", "unknown": "not understood",
}  # fmt: skip
