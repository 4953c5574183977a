"""The words that a picture shows, each with its box: a machine's suggestion, for a person to confirm or correct."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import msgspec
from PIL import Image, ImageOps, ImageStat

from joindots.evidence.readers.pictures.opening import flat, opened

Box = tuple[int, int, int, int]
MOST_POINTS = 12_000_000
DARK = 110
"""Half of the points are darker than this: light words on a dark ground, which the engine reads badly."""


class Word(msgspec.Struct, frozen=True, array_like=True):
    """One word: its letters, its box (left, top, right, bottom), its line's number, how sure the engine is in %."""

    text: str
    box: Box
    line: int
    sure: int


class Written(msgspec.Struct, frozen=True):
    """What a picture shows in words, in reading order. Boxes are in points of the picture as it stands upright."""

    width: int
    height: int
    words: tuple[Word, ...]


def written(data: bytes, folder: str) -> Written:
    """The words of a picture, by the engine's data in `folder`."""
    reader = _engine()
    picture = opened(data)
    size = picture.size
    ready = _ready(flat(picture).convert("L"))
    with reader.PyTessBaseAPI(path=folder, lang="eng", psm=reader.PSM.AUTO) as engine:
        engine.SetImage(ready)
        engine.SetSourceResolution(200)
        engine.Recognize()
        words = tuple(_words(engine.GetIterator(), size, ready.size))
    return Written(*size, words)


def _engine() -> Any:
    """The library, which is not there on every machine and whose types say less than it does."""
    return importlib.import_module("tesserocr")


def _ready(grey: Image.Image) -> Image.Image:
    """As the engine reads best: letters of 30 points and more, dark on light."""
    times = 3.0 if grey.width < 600 else 2.0 if grey.width < 1000 else 1.0
    times = min(times, (MOST_POINTS / (grey.width * grey.height)) ** 0.5)
    if times != 1.0:
        sides = (max(1, round(grey.width * times)), max(1, round(grey.height * times)))
        grey = grey.resize(sides, Image.Resampling.LANCZOS)
    return ImageOps.invert(grey) if ImageStat.Stat(grey).median[0] < DARK else grey


def _words(found: Any, size: tuple[int, int], read: tuple[int, int]) -> Iterator[Word]:
    """`found` is the engine's own pointer into what it read; its library says nothing of types."""
    reader = _engine()
    word, text_line = reader.RIL.WORD, reader.RIL.TEXTLINE
    across, down = size[0] / read[0], size[1] / read[1]
    line = -1
    for one in reader.iterate_level(found, word) if found else ():
        line += one.IsAtBeginningOf(text_line)
        box = one.BoundingBox(word)
        if box is None or one.Empty(word):
            continue
        text = one.GetUTF8Text(word).strip()
        if text:
            left, top, right, bottom = box
            fitted = (int(left * across), int(top * down), round(right * across), round(bottom * down))
            yield Word("I" if text == "|" else text, fitted, max(line, 0), round(one.Confidence(word)))
