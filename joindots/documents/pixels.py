"""A stranger's picture as plain pixels, and a reader of words in pictures as this part knows one."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PIL import Image, ImageCms, ImageOps, ImageStat

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the picture as it is shown (turned upright); right and bottom excluded."""
Ocr = Callable[[bytes], Sequence[tuple[str, Box]]]
"""Gives the words in a picture (PNG) in reading order, each with its box in that picture."""
MOST_PIXELS = 50_000_000
LARGER = 3
"""Small letters are read better three times as large."""
MOST_ENLARGED = 24_000_000
DARK = 110
"""A picture darker than this on average (of 255) is light words on a dark ground."""


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture in these bytes. Raises `RuleBroken` where they are none, or too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            source = Image.open(io.BytesIO(data))
    except Exception as error:  # decoders raise anything
        raise _unreadable() from error
    with source:
        if source.width * source.height > MOST_PIXELS:
            raise RuleBroken(
                words(
                    "picture_large",
                    "This picture is too large to be opened safely. Give a smaller copy of it, under {most} million "
                    "pixels.",
                    most=MOST_PIXELS // 1_000_000,
                )
            )
        yield source


def upright(source: Image.Image) -> Image.Image:
    """The first picture as shown, in a new image that shares nothing with the file but its pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            source.seek(0)
            shown = ImageOps.exif_transpose(source)
            profile = shown.info.get("icc_profile")
            flat = _flat(shown)
    except Exception as error:  # decoders raise anything
        raise _unreadable() from error
    if profile and flat.mode == "RGB":
        flat = _in_usual_colours(flat, profile)
    return Image.frombytes(flat.mode, flat.size, flat.tobytes())


def _flat(shown: Image.Image) -> Image.Image:
    """On white, in plain colours or grey."""
    if shown.mode.startswith("I;16"):
        shown = shown.point(lambda value: value / 256).convert("L")
    if shown.has_transparency_data:
        layered = shown.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return shown.convert("L" if shown.mode in ("1", "L") else "RGB")


def _in_usual_colours(flat: Image.Image, profile: bytes) -> Image.Image:
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(flat, given, ImageCms.createProfile("sRGB"), outputMode="RGB") or flat
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return flat


def for_reading(pixels: Image.Image, most: int = MOST_ENLARGED) -> tuple[bytes, int]:
    """The picture as a reader of words sees it best (grey, enlarged, dark on light), and how much larger it is.

    `most`: pixels it may have once enlarged.
    """
    grey = ImageOps.autocontrast(pixels.convert("L"))
    larger = LARGER
    while larger > 1 and grey.width * grey.height * larger**2 > most:
        larger -= 1
    if larger > 1:
        grey = grey.resize((grey.width * larger, grey.height * larger), Image.Resampling.LANCZOS)
    if ImageStat.Stat(grey).mean[0] < DARK:
        grey = ImageOps.invert(grey)
    out = io.BytesIO()
    grey.save(out, "PNG", compress_level=1)
    return out.getvalue(), larger


def _unreadable() -> RuleBroken:
    return RuleBroken(
        words(
            "picture_unreadable",
            "This picture cannot be opened, so nothing can be kept back in it. Give a copy saved as PNG or JPEG, "
            "or leave it out.",
        )
    )
