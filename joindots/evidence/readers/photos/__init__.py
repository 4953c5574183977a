"""Photographs: one record each, with the time, place and camera that the file itself tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.contents import type_of
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.photos.containers import look_at
from joindots.evidence.readers.photos.exif import Value
from joindots.evidence.readers.photos.taken import clock, gps_time, questions, when, where
from joindots.evidence.readers.records import Attachment, Communication, Coverage, Item, Media, Place
from joindots.evidence.readers.source import Source

KINDS = frozenset(("image/jpeg", "image/png", "image/webp", "image/tiff", "image/heic", "image/heif", "image/avif",
                   "image/gif"))  # fmt: skip
_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"hevc": "image/heic", b"heim": "image/heic",
           b"heis": "image/heic", b"mif1": "image/heif", b"msf1": "image/heif", b"avif": "image/avif",
           b"avis": "image/avif"}  # fmt: skip


def kind_of(head: bytes) -> str | None:
    """The media type of a picture we can look at, by its content; None for anything else."""
    if head[4:8] == b"ftyp":
        brands = (head[8:12], *(head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4], "big"), 64), 4)))
        return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), None)
    if head[:4] in (b"II*\x00", b"MM\x00*"):
        return "image/tiff"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    found = type_of(head)
    return found if found in KINDS else None


def claims(source: Source) -> bool:
    """A picture by its content, whatever its name."""
    return not source.members and kind_of(source.head) is not None


def read(source: Source, answers: Answers, _media: MediaSink) -> Iterator[Item]:
    """The picture's one record, the picture as a file, questions about its clock, coverage."""
    kind = kind_of(source.head) or ""
    with source.open() as stream:
        picture = look_at(stream, kind)
    extra = _extra(picture.exif, picture.size, picture.why)
    taken = when(source, answers, picture.exif, extra)
    place = Place(byte=0, length=source.size)
    shown = picture.exif.get("taken")
    yield Communication(
        id=f"{source.sha256[:16]}-0",
        source_file=source.sha256,
        place=place,
        seq=0,
        channel="photo",
        kind="media",
        at_earliest=taken.earliest,
        at_latest=taken.latest,
        at_shown=shown if isinstance(shown, str) else None,
        precision=taken.precision,
        zone_basis=taken.basis,
        time_flags=taken.flags,
        media=(Media(source.name, True, source.sha256, source.size, kind),),
        certainty_of_sender="unknown",
        extra=extra,
        open=taken.open,
    )
    yield Attachment(source.name, source.sha256, source.size, place, kind)
    yield from questions(source, taken, str(shown or ""))
    known = taken.earliest if "clock_suspect" not in taken.flags else None
    yield Coverage("photo", known, taken.latest if known else None, ("one_photo",))


def _extra(exif: dict[str, Value], size: tuple[int, int] | None, why: str | None) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    for name in ("make", "model", "software", "taken_offset", "digitized", "changed"):
        value = exif.get(name)
        if isinstance(value, str) and value:
            extra[name] = value
    if size:
        extra["width"], extra["height"] = size
    if found := where(exif):
        extra["place"] = found
    if satellite := gps_time(exif):
        extra["gps_time"] = satellite.strftime("%Y-%m-%dT%H:%M:%SZ")
    if why:
        extra["no_exif"] = why
    if exif.get("taken") and clock(exif["taken"]) is None:
        extra["no_time"] = "not_a_date"
    return extra


FORMAT = Format("photo", "a photograph", claims, read)
