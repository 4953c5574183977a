"""A stranger's picture as plain pixels, and a reader of words in pictures as this part knows one."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageOps, ImageStat

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
AROUND = 12
"""Points around a point that are its ground: more than the stroke of a letter."""
_STRONGER = [min(255, value * 5) for value in range(256)]
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


def words_seen(pixels: Image.Image, ocr: Ocr, most: int = MOST_ENLARGED) -> list[list[tuple[str, Box]]]:
    """The words a reader sees in these pixels, each reading a list of its own, boxes in these pixels.

    Read twice: as the picture is (grey, enlarged, dark on light), and with every faint or light sign made dark, for
    grey words on white and white words on a coloured ground. `most`: pixels it may have once enlarged.
    """
    grey = ImageOps.autocontrast(pixels.convert("L"))
    larger = LARGER
    while larger > 1 and grey.width * grey.height * larger**2 > most:
        larger -= 1
    plain = ImageOps.invert(grey) if ImageStat.Stat(grey).mean[0] < DARK else grey
    return [_read(ocr, way, larger) for way in (plain, _faint_made_dark(grey))]


def _faint_made_dark(grey: Image.Image) -> Image.Image:
    """How far each point is from what lies around it: signs of any colour become dark on white."""
    around = grey.filter(ImageFilter.BoxBlur(AROUND))
    return ImageOps.invert(ImageChops.difference(grey, around).point(_STRONGER))


def _read(ocr: Ocr, grey: Image.Image, larger: int) -> list[tuple[str, Box]]:
    if larger > 1:
        grey = grey.resize((grey.width * larger, grey.height * larger), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    grey.save(out, "PNG", compress_level=1)
    return [
        (word, (left // larger, top // larger, -(-right // larger), -(-bottom // larger)))
        for word, (left, top, right, bottom) in ocr(out.getvalue())
    ]


def _unreadable() -> RuleBroken:
    return RuleBroken(
        words(
            "picture_unreadable",
            "This picture cannot be opened, so nothing can be kept back in it. Give a copy saved as PNG or JPEG, "
            "or leave it out.",
        )
    )
