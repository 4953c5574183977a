"""Records that can be written as UTF-8 JSON, whatever a phone put into them."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
LARGEST = (1 << 63) - 1
_encode = msgspec.json.Encoder().encode_into


def writable(item: T) -> T:
    """The same value with halves of surrogate pairs joined, or shown as U+FFFD where the other half is missing.

    Phones write such halves when an emoji was cut. Whole numbers past 64 bits become hexadecimal words.
    """
    mended: T = _writable(item)
    return mended


def add_line(one: msgspec.Struct, buffer: bytearray) -> None:
    """Put the value as one line of JSON at the end of the buffer."""
    at = len(buffer)
    try:
        _encode(one, buffer, at)
    except (UnicodeEncodeError, OverflowError):
        del buffer[at:]
        _encode(writable(one), buffer, at)
    buffer += b"\n"


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, msgspec.Struct):
        return type(value)(**{name: _writable(getattr(value, name)) for name in value.__struct_fields__})
    if isinstance(value, dict):
        return {str(_writable(key)): _writable(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_writable(one) for one in value)
    if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        return hex(value)
    return value
