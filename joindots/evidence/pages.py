"""Sealed pages of messages: packing 256 records to one seal, and getting them out again."""

from __future__ import annotations

import zlib

import msgspec

from joindots.evidence.readers.records import Communication

_PACK = msgspec.msgpack.Encoder()
_UNPACK = msgspec.msgpack.Decoder(list[Communication])


def packed(records: list[Communication]) -> bytes:
    """Records as deflated MessagePack."""
    return zlib.compress(_PACK.encode(records), 1)


def unpacked(data: bytes) -> list[Communication]:
    """The records of a page."""
    return _UNPACK.decode(zlib.decompress(data))
