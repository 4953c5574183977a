"""Opening a picture whose sender may mean harm: five kinds, by their content, and not too many points."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from joindots.evidence.readers.problems import not_readable

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
MOST_POINTS = 64_000_000
"""A phone's largest picture has 50 million; one of these takes 256 MB while it is open."""


def opened(data: bytes) -> Image.Image:
    """The first picture of the file, upright. NotReadable if it is of another kind, damaged or too large."""
    _know_heif()
    warnings.simplefilter("ignore")  # what a decoder finds odd is no news to anybody
    Image.MAX_IMAGE_PIXELS = None  # our own limit stands instead
    try:
        picture = Image.open(io.BytesIO(data), formats=KINDS)
    except (UnidentifiedImageError, Image.DecompressionBombError):
        raise not_readable(
            "no_picture",
            "This is not a picture that can be shown here. It is kept as it is; download it to see it.",
        ) from None
    if picture.width * picture.height > MOST_POINTS:
        raise not_readable(
            "picture_large",
            "This picture is too large to be shown here ({width} × {height} points). It is kept as it is; "
            "download it to see it.",
            width=picture.width, height=picture.height,
        )  # fmt: skip
    picture.draft("RGB", picture.size)
    picture.load()
    return ImageOps.exif_transpose(picture)


def flat(picture: Image.Image) -> Image.Image:
    """In three colours, what is see-through laid on white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
        return ground.convert("RGB")
    return picture.convert("RGB")


def _know_heif() -> None:
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
