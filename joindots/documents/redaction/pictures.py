"""A picture made anew from what the eye sees: pixels alone, with black burnt over what is kept back."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from joindots.documents.pixels import Box, opened, upright

MARGIN = 2
"""Pixels blackened around a box: soft edges of letters."""
QUALITY = 90
_PHOTOGRAPHS = {"JPEG", "MPO", "HEIF", "AVIF"}


def picture(data: bytes, boxes: Sequence[Box] = ()) -> bytes:
    """The picture as a new PNG, or JPEG if it was a photograph, with the boxes black. Deterministic.

    Nothing but pixels is carried over: no EXIF, place, thumbnail, comment, colour profile, hidden layer, or what
    lies under see-through parts (they become white). Of a moving picture the first one. Raises `RuleBroken`.
    """
    with opened(data) as source:
        photograph = source.format in _PHOTOGRAPHS
        pixels = upright(source)
    blacken(pixels, boxes)
    out = io.BytesIO()
    if photograph:
        pixels.save(out, "JPEG", quality=QUALITY, subsampling=0)
    else:
        pixels.save(out, "PNG")
    return out.getvalue()


def blacken(pixels: Image.Image, boxes: Sequence[Box]) -> None:
    """Burn black over each box and a little around it, in place. What lies outside the picture is cut off."""
    draw = ImageDraw.Draw(pixels)
    for left, top, right, bottom in boxes:
        if right > left and bottom > top:
            draw.rectangle((left - MARGIN, top - MARGIN, right + MARGIN - 1, bottom + MARGIN - 1), fill=0)
