"""A small picture of a picture, drawn anew: nothing of the file but its points comes through."""

from __future__ import annotations

import io

import msgspec

from joindots.evidence.readers.pictures.opening import flat, opened


class Small(msgspec.Struct, frozen=True):
    """A PNG, its size, and the size of the picture it shows, in points."""

    png: bytes
    width: int
    height: int
    full_width: int
    full_height: int


def small(data: bytes, most: int) -> Small:
    """The picture at most `most` points wide and high, as a PNG without a word about itself."""
    picture = opened(data)
    full = picture.size
    picture.thumbnail((most, most))
    shown, held = flat(picture), io.BytesIO()
    shown.info.clear()
    shown.save(held, "PNG", optimize=True)
    return Small(held.getvalue(), *shown.size, *full)
