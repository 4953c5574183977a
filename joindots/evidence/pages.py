"""Sealed pages of messages: 256 records under one seal, their words apart, so that a search opens words alone.

Layout: four bytes with the length of the words, the words, the records without them; both as deflated
MessagePack. Measured on 100,000 messages: a search spends 0.05 s on the words instead of 0.9 s on whole records.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence

import msgspec

from joindots.evidence import rules
from joindots.evidence.readers.records import Communication

RECORDS = 256
"""Records of a page; the last one of a file may have fewer."""
_LENGTH = 4
_EFFORT = 4
"""Of deflate. For 100,000 messages 0.5 MB less than with the least effort, for 0.2 s of processor time."""
_encode = msgspec.msgpack.Encoder().encode
_words = msgspec.msgpack.Decoder(list[str | None])
_pieces = msgspec.msgpack.Decoder(list[msgspec.Raw])
_records = msgspec.msgpack.Decoder(list[Communication])
_record = msgspec.msgpack.Decoder(Communication)
_PLAIN = bytes(range(0x80))
_FOLDS_OTHERWISE = (
    b"\xc3\x9f", b"\xc4\xb0", b"\xc5\x89", b"\xc5\xbf", b"\xc7\xb0", b"\xcc", b"\xcd", b"\xe1\xba", b"\xe2\x84\xaa",
    b"\xef\xac",
)  # fmt: skip
"""Bytes of every sign that folds into plain letters (as ß into ss), and of marks that join the letter before them."""
_replace = msgspec.structs.replace


def all_packed(records: list[Communication]) -> list[bytes]:
    """Records in as many pages as they need."""
    return [packed(records[at : at + RECORDS]) for at in range(0, len(records), RECORDS)]


def packed(records: list[Communication]) -> bytes:
    """Records as they lie under the seal."""
    words = [_findable(one) for one in records]
    rest = [one if text is None else _replace(one, text=None) for one, text in zip(records, words, strict=True)]
    first = zlib.compress(_encode(words), _EFFORT)
    return len(first).to_bytes(_LENGTH, "big") + first + zlib.compress(_encode(rest), _EFFORT)


def unpacked(data: bytes) -> list[Communication]:
    """The records of a page."""
    words, rest = _parts(data)
    return [_whole(one, text) for one, text in zip(_records.decode(rest), words, strict=True)]


def picked(data: bytes, places: Collection[int]) -> Iterator[tuple[int, Communication]]:
    """The records at these places of a page; the others are not even looked into."""
    words, rest = _parts(data)
    pieces = _pieces.decode(rest)
    for place in places:
        yield place, _whole(_record.decode(pieces[place]), words[place])


def words_of(data: bytes) -> list[str | None]:
    """What each record of a page says, as a search may find it: None where it says nothing or is kept back."""
    return _words.decode(_said(data))


def saying(wanted: str, data: bytes) -> list[int]:
    """Places of the records of a page that say the wanted words, as `holding` tells.

    Plain words are sought in the bytes, which takes a third of the time, where no sign of the page folds into others.
    """
    said = _said(data)
    beyond = said.translate(None, _PLAIN)
    if any(sign in beyond for sign in _FOLDS_OTHERWISE):
        return holding(wanted, _words.decode(said))
    lowered, plain = said.lower(), [word.encode() for word in wanted.split() if word.isascii() and word.isalnum()]
    if any(word not in lowered for word in plain):
        return []
    told = _words.decode(said)
    if len(plain) == 1 and len(plain[0]) == len(wanted):
        apart = "\0".join([one or "" for one in told]).encode().lower().split(b"\0")
        if len(apart) == len(told):
            return [place for place, one in enumerate(apart) if plain[0] in one]
    return holding(wanted, told)


def holding(wanted: str, told: Sequence[str | None]) -> list[int]:
    """Places of the texts that hold the wanted words; these are given folded, in small letters.

    All texts are folded at once, parted by a sign that no folding changes: one by one took eight times as long.
    """
    whole = rules.lettered("\0".join([one or "" for one in told])).casefold()
    if any(word not in whole for word in wanted.split()):
        return []
    if " " in wanted:
        whole = " ".join(whole.split())
    apart = whole.split("\0")
    if len(apart) != len(told):  # the sign stands in a text itself
        apart = [rules.folded(one or "").casefold() for one in told]
    return [place for place, one in enumerate(apart) if wanted in one]


def _findable(one: Communication) -> str | None:
    """The words that are shown of a record. What is kept back is not shown, so no search may tell of it."""
    return None if "kept_back" in one.extra else one.text


def _whole(one: Communication, words: str | None) -> Communication:
    """The record with its words, where they were taken out of it."""
    return _replace(one, text=words) if words is not None and one.text is None else one


def _said(data: bytes) -> bytes:
    return zlib.decompress(data[_LENGTH : _LENGTH + _first(data)])


def _first(data: bytes) -> int:
    return int.from_bytes(data[:_LENGTH], "big")


def _parts(data: bytes) -> tuple[list[str | None], bytes]:
    return words_of(data), zlib.decompress(data[_LENGTH + _first(data) :])
