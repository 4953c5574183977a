"""Pictures are drawn anew behind walls, read for words where there is an engine, and refused in words otherwise."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageDraw, ImageFont

from joindots.evidence.readers.pictures import looking
from joindots.evidence.readers.pictures.looking import read_words, thumbnail, words_of
from joindots.evidence.readers.problems import NotReadable


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    held = io.BytesIO()
    picture.save(held, kind, **more)
    return held.getvalue()


def bomb(side: int) -> bytes:
    """A few kilobytes that say they are `side` times `side` points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")


def screen() -> bytes:
    """A dark screen with two messages, left and right."""
    import font_source_sans_pro

    picture = Image.new("RGB", (750, 500), "#0b141a")
    draw, letters = ImageDraw.Draw(picture), ImageFont.truetype(str(next(iter(_faces(font_source_sans_pro)))), 34)
    for left, top, words in ((40, 60, "I know where you are"), (380, 220, "Please stop 23:41")):
        draw.rounded_rectangle((left - 15, top - 12, left + 330, top + 60), 12, fill="#202c33")
        draw.text((left, top), words, font=letters, fill="#e9edef")
    return saved(picture, "PNG")


def _faces(package: object) -> list[object]:
    from pathlib import Path

    return sorted(Path(package.__file__).parent.rglob("*Regular.[ot]tf"))  # type: ignore[attr-defined]


def test_a_small_picture_is_upright_and_keeps_nothing_of_the_file_but_its_points() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Canary Cameras"
    small = thumbnail(saved(Image.new("RGB", (4000, 3000), "teal"), "JPEG", exif=exif, comment=b"canary"))
    shown = Image.open(io.BytesIO(small.png))
    assert (shown.format, shown.size, (small.full_width, small.full_height)) == ("PNG", (360, 480), (3000, 4000))
    assert b"anary" not in small.png and not shown.getexif() and not shown.info


def test_an_iphones_picture_is_opened_though_its_decoder_wants_a_thread() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    assert thumbnail(saved(Image.new("RGB", (300, 200), "red"), "HEIF")).width == 300


@pytest.mark.parametrize(("data", "code"), [
    (bomb(30_000), "picture_large"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1/'/></svg>", "no_picture"),
    (saved(Image.new("RGB", (900, 900), "red"), "JPEG")[:2000], "damaged"),
], ids=["bomb", "svg", "cut"])  # fmt: skip
def test_what_cannot_be_opened_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(NotReadable) as caught:
        thumbnail(data)
    assert caught.value.reason.code == code


def test_words_of_a_dark_screen_are_found_with_their_boxes() -> None:
    if not looking.engine():
        pytest.skip("no engine here: the next test holds what is then promised")
    found = read_words(screen())
    assert found is not None
    said = {word.text: word.box for word in found.words}
    assert {"know", "where", "Please", "stop", "23:41"} <= set(said)
    assert 30 < said["know"][0] < said["where"][0] < 370 < said["Please"][0] and said["know"][3] < said["stop"][1]


def test_without_an_engine_nothing_is_read_and_nothing_is_pretended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "engine", lambda: "")
    assert words_of(screen()) is None
