"""Strings that Meta wrote as Latin-1 although they are UTF-8, put right one by one."""

from __future__ import annotations

from typing import Any

from joindots.evidence.readers.json_leaves import Doubled

MENDED = "latin1_as_utf8"


def mended(text: str) -> str:
    """The string as it was meant, if the whole of it is UTF-8 written as Latin-1; else as it is.

    A string that is right already holds a character past U+00FF, or bytes that are no UTF-8 (`é`
    alone), and stays.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def mended_all(value: Any) -> Any:
    """The same for every string in a value that `fits`; keys stay as they are."""
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, list):
        return [mended_all(one) for one in value]
    if isinstance(value, dict) and not isinstance(value, Doubled):
        return {key: mended_all(one) for key, one in value.items()}
    return value
