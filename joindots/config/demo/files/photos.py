"""Fourteen photographs from her phone: flowers, the tag, a note, his car. Two carry where they were taken.

The second of those was taken where she lives now. Each carries a small picture of itself inside, as phones write it.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

SIZE, THUMB = (640, 480), (160, 120)
CLINIC = (54.51020, 1.48770)
LARCH_CLOSE = (54.50123, 1.50456)
"""Both lie out at sea: nobody lives there."""


class Shot(NamedTuple):
    """One photograph: local time as the phone writes it, its offset, what it shows, and where."""

    taken: str
    offset: str
    shows: str
    colour: tuple[int, int, int]
    place: tuple[float, float] | None = None


SUMMER, WINTER = "+01:00", "+00:00"
PHOTOS: dict[str, Shot] = {
    f"photo-{number:02}.jpg": shot
    for number, shot in enumerate(
        (
            Shot("2025:07:12 09:14:31", SUMMER, "songbook on the mat", (120, 96, 80)),
            Shot("2025:08:09 16:52:10", SUMMER, "flowers at the desk", (176, 88, 120)),
            Shot("2025:08:09 16:52:44", SUMMER, "flowers, no card", (176, 92, 118)),
            Shot("2025:08:16 18:20:05", SUMMER, "car opposite the clinic", (88, 96, 112), CLINIC),
            Shot("2025:08:25 21:03:12", SUMMER, "call list on the screen", (40, 44, 52)),
            Shot("2025:09:14 22:41:50", SUMMER, "post on the ground", (92, 100, 84)),
            Shot("2025:10:02 07:55:27", SUMMER, "scratched mirror", (100, 108, 116)),
            Shot("2025:10:30 18:48:02", WINTER, "warning of an unknown tag", (36, 40, 48)),
            Shot("2025:10:30 19:31:16", WINTER, "tag in the wheel arch", (52, 52, 56)),
            Shot("2025:10:30 19:33:40", WINTER, "number on the tag", (60, 60, 64)),
            Shot("2025:11:04 08:10:09", WINTER, "car under the lamp, QQ21 NSH", (70, 76, 90)),
            Shot("2025:11:08 17:25:55", WINTER, "note under the wiper", (196, 190, 170)),
            Shot("2025:11:08 17:26:30", WINTER, "note, other side", (194, 188, 168)),
            Shot("2025:11:24 19:12:48", WINTER, "letter on the kitchen table", (188, 184, 172), LARCH_CLOSE),
        ),
        start=1,
    )
}


def maker(name: str) -> Callable[[], bytes]:
    """What makes that photograph."""
    return lambda: photograph(PHOTOS[name])


def photograph(shot: Shot) -> bytes:
    """A JPEG with its EXIF block."""
    from PIL import Image

    picture = Image.new("RGB", SIZE, shot.colour)
    _draw(picture, shot.shows)
    small, out = io.BytesIO(), io.BytesIO()
    picture.resize(THUMB).save(small, "JPEG", quality=60)
    exif = picture.getexif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "Invented", "Phone 3", shot.taken
    inner = exif.get_ifd(0x8769)
    inner[0x9003], inner[0x9004], inner[0x9011] = shot.taken, shot.taken, shot.offset
    if shot.place:
        exif.get_ifd(0x8825).update(_where(*shot.place))
    picture.save(out, "JPEG", quality=70, exif=with_thumbnail(exif.tobytes(), small.getvalue()))
    return out.getvalue()


def _draw(picture: Image, shows: str) -> None:
    from PIL import ImageDraw

    pen = ImageDraw.Draw(picture)
    light = tuple(min(255, part + 50) for part in picture.getpixel((0, 0)))  # type: ignore[union-attr]
    pen.ellipse((200, 120, 440, 360), fill=light)
    pen.rectangle((0, 430, 640, 480), fill=(20, 20, 20))
    pen.text((16, 446), f"invented: {shows}", fill=(235, 235, 235))


def _where(lat: float, lon: float) -> dict[int, object]:
    return {1: "N", 2: _degrees(lat), 3: "E", 4: _degrees(lon)}


def _degrees(value: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(round(value * 360_000) / 100, 60)
    degrees, minutes = divmod(minutes, 60)
    return degrees, minutes, round(seconds, 2)


def with_thumbnail(exif: bytes, picture: bytes) -> bytes:
    """The EXIF block with a second directory, which holds a small picture as phones store it."""
    tiff = exif.removeprefix(b"Exif\x00\x00")
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, first)
    link = first + 2 + 12 * count
    padded = tiff + bytes(len(tiff) % 2)
    at = len(padded)
    entries = ((0x0103, 3, 6), (0x0201, 4, at + 2 + 12 * 3 + 4), (0x0202, 4, len(picture)))
    table = b"".join(
        struct.pack(order + "HHI", tag, kind, 1)
        + (struct.pack(order + "HH", value, 0) if kind == 3 else struct.pack(order + "I", value))
        for tag, kind, value in entries
    )
    linked = padded[:link] + struct.pack(order + "I", at) + padded[link + 4 :]
    return b"Exif\x00\x00" + linked + struct.pack(order + "H", len(entries)) + table + bytes(4) + picture
