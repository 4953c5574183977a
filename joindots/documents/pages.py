"""The pages of a stranger's PDF: which words stand where on each, and how each looks.

PDFium keeps one state for a whole process, so one PDF at a time is open here.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from joindots.documents.pixels import Box

MOST_PAGE_PIXELS = 8_000_000
"""Pixels of one page made a picture: A3 at 150 to the inch is 4.3 million."""
DEEPEST = 12
"""Drawings inside drawings."""
APART = 1.2
"""Heights of a letter between two pieces of a line that are of two columns."""
BELOW = 2.5
"""Heights of a letter between the lines of one column."""
_ONE_AT_A_TIME = threading.RLock()
_UNKNOWN = re.compile("[\x00\ufffd\ue000-\uf8ff]")
"""Signs a PDF gives where it does not say which letter a shape is."""

Page = Any
Document = Any
"""PDFium's own, which come without types; both live only inside `opened`."""
Why = Literal["locked", "damaged"]


class Unopened(Exception):
    """The PDF cannot be opened: it is `locked` by a password, or `damaged`."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a page's text and the box it is drawn in (points from the lower left; None where nothing is)."""

    text: str
    box: tuple[float, float, float, float] | None


@contextmanager
def opened(data: bytes) -> Iterator[Document]:
    """The document in these bytes. Raises `Unopened`."""
    with _ONE_AT_A_TIME:
        open_pdf: Any = pdfium.PdfDocument
        try:
            document = open_pdf(data)
        except pdfium.PdfiumError as error:
            locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise Unopened("locked" if locked or "password" in str(error).lower() else "damaged") from error
        try:
            yield document
        finally:
            document.close()


def each_page(document: Document) -> Iterator[tuple[int, Page]]:
    """Its pages with their numbers from 1, each closed when the next is asked for."""
    for at in range(len(document)):
        page = document[at]
        yield at + 1, page
        page.close()


def flatten(document: Document, at: int) -> None:
    """Draw the notes and filled in fields of a page into it, so that they are part of its words and looks."""
    page = document[at]
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    page.close()


def only_text(page: Page) -> str:
    """All text of a page in the order the file has it, quickly."""
    words = page.get_textpage()
    text: str = words.get_text_range()
    words.close()
    return text


def signs(page: Page) -> list[Sign]:
    """All signs of a page in the order the file has them, those that cannot be seen too."""
    words = page.get_textpage()
    found = []
    for at in range(words.count_chars()):
        code = raw.FPDFText_GetUnicode(words.raw, at)
        found.append(Sign(chr(code) if code < 0x110000 else "\ufffd", _box(words, at)))
    words.close()
    return found


def _box(words: Any, at: int) -> tuple[float, float, float, float] | None:
    boxes = []
    for loose in (True, False):
        try:
            boxes.append(words.get_charbox(at, loose=loose))
        except pdfium.PdfiumError:
            continue
    boxes = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
    if not boxes:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def as_laid_out(found: list[Sign]) -> list[Sign]:
    """The same signs as the eye meets them: line by line from the top, each from the left."""
    return [sign for line in _lines(found) for sign in (*_spaced(line), Sign("\n", None))]


def in_columns(found: list[Sign]) -> list[Sign]:
    """The same signs column by column, or cell by cell: what stands apart on a line goes on below itself."""
    columns: list[list[list[Sign]]] = []
    for line in _lines(found):
        for piece in _apart(line):
            above = next((column for column in columns if _goes_on(column[-1], piece)), None)
            if above is None:
                columns.append([piece])
            else:
                above.append(piece)
    return [sign for column in columns for piece in column for sign in (*_spaced(piece), Sign("\n", None))]


def _lines(found: list[Sign]) -> list[list[Sign]]:
    drawn = [sign for sign in found if sign.box is not None and not sign.text.isspace()]
    lines: list[list[Sign]] = []
    for sign in sorted(drawn, key=lambda sign: -_middle(sign)):
        if lines and abs(_middle(lines[-1][0]) - _middle(sign)) < _height(sign) / 2:
            lines[-1].append(sign)
        else:
            lines.append([sign])
    for line in lines:
        line.sort(key=_left)
    return lines


def _apart(line: list[Sign]) -> Iterator[list[Sign]]:
    piece: list[Sign] = []
    for sign in line:
        if piece and _left(sign) - _right(piece[-1]) > _height(sign) * APART:
            yield piece
            piece = []
        piece.append(sign)
    yield piece


def _goes_on(above: list[Sign], piece: list[Sign]) -> bool:
    over = min(_right(above[-1]), _right(piece[-1])) - max(_left(above[0]), _left(piece[0]))
    down = _middle(above[0]) - _middle(piece[0])
    return over > 0 and 0 < down < _height(piece[0]) * BELOW


def _spaced(line: list[Sign]) -> Iterator[Sign]:
    end = None
    for sign in line:
        if end is not None and _left(sign) - end > _height(sign) / 5:
            yield Sign(" ", None)
        yield sign
        end = _right(sign)


def _left(sign: Sign) -> float:
    return sign.box[0] if sign.box else 0


def _right(sign: Sign) -> float:
    return sign.box[2] if sign.box else 0


def _height(sign: Sign) -> float:
    return sign.box[3] - sign.box[1] if sign.box else 0


def _middle(sign: Sign) -> float:
    return (sign.box[1] + sign.box[3]) / 2 if sign.box else 0


def shows_more(page: Page, text: str) -> bool:
    """Whether something may be read on the page that its text does not hold: a picture, drawn or unnamed letters."""
    kinds = {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING}
    if _UNKNOWN.search(text):
        return True
    drawn = 0
    for thing in page.get_objects(max_depth=DEEPEST):
        if thing.type in kinds:
            return True
        drawn += thing.type == raw.FPDF_PAGEOBJ_PATH
    return drawn > 0 and not text.strip()


def render(page: Page, to_the_inch: int) -> Image.Image:
    """The page as pixels on white, no larger than can be held."""
    width, height = page.get_size()
    scale = to_the_inch / 72
    if width * height * scale**2 > MOST_PAGE_PIXELS:
        scale = (MOST_PAGE_PIXELS / (width * height)) ** 0.5
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn.convert("RGB")


def words_of(found: list[Sign]) -> str:
    """The signs in one text."""
    return "".join(sign.text for sign in found)


def lies_on_its_side(page: Page) -> bool:
    """Whether lines of the page run from top to bottom of what is shown."""
    return page.get_rotation() in (90, 270)


def on_picture(page: Page, box: tuple[float, float, float, float], size: tuple[int, int]) -> Box:
    """Where a box of the page lies on a picture of it of this size."""
    left, bottom, right, top = box
    corners = [_place(page, x, y, size) for x in (left, right) for y in (bottom, top)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across) + 1, max(down) + 1


def _place(page: Page, x: float, y: float, size: tuple[int, int]) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value, down.value
