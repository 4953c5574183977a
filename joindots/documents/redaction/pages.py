"""A PDF made anew as pictures of its pages, with black burnt over what is kept back.

Nothing of the first file is carried over but what the eye sees on its pages: no text layer, metadata, notes,
bookmarks, attachments, scripts, layers or earlier versions.
"""

from __future__ import annotations

import io
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from PIL import Image

from joindots.documents.leaks.protected import Protected
from joindots.documents.pages import (
    Document,
    Sign,
    Unopened,
    as_laid_out,
    flatten,
    in_columns,
    lies_on_its_side,
    on_picture,
    opened,
    render,
    shows_more,
    signs,
    words_of,
)
from joindots.documents.pixels import MOST_ENLARGED, Box, Ocr, words_seen
from joindots.documents.redaction.pictures import blacken
from joindots.documents.redaction.texts import spans
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

TO_THE_INCH = 150
"""Letters of six points stay legible."""
MOST_PAGES = 1_000
READING = 9_000_000
"""Pixels of a page enlarged for a reader of words: A4 at 300 to the inch."""
LARGEST_EXACT = 1 << 20
"""Bytes of a page kept exactly; a page with photographs is kept as JPEG."""
QUALITY = 85
_LINE = 0.6
"""Share of the height that two boxes of one line have in common."""


@dataclass(frozen=True, slots=True)
class RedactedPdf:
    """The new file; in how many places each page keeps words back; and pages on which something stayed unread.

    An unread page (numbers from 1) shows a picture, or letters that name no sign, and no reader of words in
    pictures was there: only a person can say that nothing protected stands on it.
    """

    data: bytes
    counts: tuple[int, ...]
    unread: tuple[int, ...]

    @property
    def count(self) -> int:
        """In how many places in all."""
        return sum(self.counts)


def pdf(
    data: bytes, protected: Protected, ocr: Ocr | None = None, *, boxes: dict[int, list[Box]] | None = None
) -> RedactedPdf:
    """Keep every protected word on every page back. The same bytes for the same file and words.

    `boxes`: further places to black out by page number, in pixels of the page at 150 to the inch. Notes and filled
    in fields are drawn into the page first, so they are seen, searched, and kept as pixels. Raises `RuleBroken`
    for a file that is locked, damaged or too long.
    """
    try:
        with opened(data) as document:
            if len(document) > MOST_PAGES:
                raise _too_long()
            return _redacted(document, protected, ocr, boxes or {})
    except Unopened as problem:
        raise _locked() if problem.why == "locked" else _damaged() from problem


def _redacted(document: Document, protected: Protected, ocr: Ocr | None, more: dict[int, list[Box]]) -> RedactedPdf:
    pages = _Pages(document, protected)
    new = pikepdf.new()
    counts, unread = [], []
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        pixels = render(page, TO_THE_INCH)
        boxes = [on_picture(page, box, pixels.size) for box in pages.boxes[number - 1]]
        if ocr is not None:
            boxes += boxes_seen(pixels, protected, ocr, READING)
        elif shows_more(page, words_of(pages.signs[number - 1])):
            unread.append(number)
        places = joined(boxes, on_its_side=lies_on_its_side(page)) + more.get(number, [])
        blacken(pixels, places)
        counts.append(len(places))
        _add(new, pixels, page.get_size())
        page.close()
    out = io.BytesIO()
    new.save(out, static_id=True, linearize=False)
    return RedactedPdf(out.getvalue(), tuple(counts), tuple(unread))


class _Pages:
    """The signs of every page, and the boxes of those that are kept back.

    Searched as the file has them, all pages in one, and as each page is laid out, by lines and by columns: words
    may stand in the file in another order than on the page.
    """

    def __init__(self, document: Document, protected: Protected) -> None:
        self.signs: list[list[Sign]] = []
        self.boxes: list[list[tuple[float, float, float, float]]] = []
        for at in range(len(document)):
            flatten(document, at)
            page = document[at]
            self.signs.append(signs(page))
            self.boxes.append([])
            page.close()
        together = [(at, sign) for at, found in enumerate(self.signs) for sign in (*found, Sign("\n", None))]
        self._keep_back(together, protected)
        for at, found in enumerate(self.signs):
            for seen in (as_laid_out, in_columns):
                self._keep_back([(at, sign) for sign in seen(found)], protected)

    def _keep_back(self, found: list[tuple[int, Sign]], protected: Protected) -> None:
        for span in spans(words_of([sign for _, sign in found]), protected):
            for at, sign in found[span.start : span.end]:
                if sign.box is not None:
                    self.boxes[at].append(sign.box)


def boxes_seen(pixels: Image.Image, protected: Protected, ocr: Ocr, most: int = MOST_ENLARGED) -> list[Box]:
    """Boxes of the protected words that a reader of pictures sees in these pixels, each line's made one."""
    found = [box for read in words_seen(pixels, ocr, most) for box in words_kept_back(read, protected)]
    return joined(found)


def words_kept_back(read: Sequence[tuple[str, Box]], protected: Protected) -> list[Box]:
    """Of words read in a picture, the boxes of those that hold any part of a protected one."""
    text, ends = "", []
    for word, _ in read:
        text += word + " "
        ends.append(len(text))
    found: list[Box] = []
    for span in spans(text, protected, read=True):
        first, last = bisect_right(ends, span.start), bisect_left(ends, span.end)
        found += [_widened(box) for _, box in read[first : last + 1]]
    return found


def _widened(box: Box) -> Box:
    """A box that a reader of pictures told, half a letter wider all round: it often cuts the first and the last sign,
    and half a house number can be read.
    """
    left, top, right, bottom = box
    more = min(right - left, bottom - top) // 2 + 1
    return left - more, top - more, right + more, bottom + more


def joined(boxes: list[Box], *, on_its_side: bool = False) -> list[Box]:
    """Boxes that follow one another on a line made one, so that no gap tells how long the words were."""
    if on_its_side:
        turned = joined([(top, left, bottom, right) for left, top, right, bottom in boxes])
        return [(left, top, right, bottom) for top, left, bottom, right in turned]
    found: list[Box] = []
    for box in sorted(set(boxes)):
        for at, other in enumerate(found):
            if _touch(other, box):
                found[at] = (
                    min(other[0], box[0]), min(other[1], box[1]), max(other[2], box[2]), max(other[3], box[3]),
                )  # fmt: skip
                break
        else:
            found.append(box)
    return found


def _touch(one: Box, two: Box) -> bool:
    height = min(one[3] - one[1], two[3] - two[1])
    shared = min(one[3], two[3]) - max(one[1], two[1])
    apart = max(one[0], two[0]) - min(one[2], two[2])
    return shared >= _LINE * height and apart <= height


def _add(new: pikepdf.Pdf, pixels: Image.Image, size: tuple[float, float]) -> None:
    """A page of this size in points that is one picture."""
    grey = pixels.convert("L")
    if grey.convert("RGB").tobytes() == pixels.tobytes():
        pixels = grey
    body, way = zlib.compress(pixels.tobytes(), 9), "/FlateDecode"
    if len(body) > LARGEST_EXACT:
        out = io.BytesIO()
        pixels.save(out, "JPEG", quality=QUALITY, subsampling=0)
        body, way = out.getvalue(), "/DCTDecode"
    image = pikepdf.Stream(
        new,
        body,
        Type=pikepdf.Name("/XObject"),
        Subtype=pikepdf.Name("/Image"),
        Width=pixels.width,
        Height=pixels.height,
        ColorSpace=pikepdf.Name("/DeviceGray" if pixels.mode == "L" else "/DeviceRGB"),
        BitsPerComponent=8,
        Filter=pikepdf.Name(way),
    )
    width, height = (round(side, 2) for side in size)
    new.add_blank_page(page_size=(width, height))
    page = new.pages[-1]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
    page.Contents = pikepdf.Stream(new, f"q {width} 0 0 {height} 0 0 cm /Page Do Q".encode())


def _locked() -> RuleBroken:
    return RuleBroken(
        words("pdf_locked", "This PDF is locked by a password. Open it, save a copy without one, and use the copy.")
    )


def _damaged() -> RuleBroken:
    return RuleBroken(
        words(
            "pdf_damaged",
            "This PDF is damaged and cannot be opened, so nothing can be kept back in it. Print it to a new PDF, or "
            "leave it out.",
        )
    )


def _too_long() -> RuleBroken:
    return RuleBroken(
        words(
            "pdf_long",
            "This PDF has more than {most} pages. Split it, and use the parts that are needed.",
            most=MOST_PAGES,
        )
    )
