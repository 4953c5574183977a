"""Looks into a PDF: pages with hidden text, metadata, notes, bookmarks, attachments, what earlier versions left."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

import pikepdf

from joindots.documents.leaks.archives import InnerLook
from joindots.documents.leaks.looking import Looking
from joindots.documents.leaks.pictures import look_beside_jpeg, read_words
from joindots.documents.pages import (
    Page,
    Unopened,
    as_laid_out,
    each_page,
    in_columns,
    only_text,
    opened,
    render,
    shows_more,
    signs,
    words_of,
)

MOST_REVISIONS = 20
MOST_UNPACKED = 1 << 28
LAID_OUT = 60
"""Pages up to which text is also read as it is laid out, not only in the order the file has it."""
SHORTEST_NAME = 3
TO_THE_INCH = 150
_END = re.compile(rb"%%EOF")
_STREAM = re.compile(rb"stream\r?\n")
_DAMAGED = {"locked": "it is locked by a password", "damaged": "it is damaged"}


def look_into_pdf(looking: Looking, name: str, place: str, data: bytes, inner: InnerLook) -> None:
    """All of a PDF, whatever shows on its pages."""
    looking.bytes(place, data)
    for unpacked in _streams(data):
        looking.bytes(place, unpacked)
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            _objects(looking, place, document, inner)
    except pikepdf.PasswordError:
        looking.unread(place, _DAMAGED["locked"])
        return
    except (pikepdf.PdfError, ValueError, RecursionError):
        looking.unread(place, _DAMAGED["damaged"])
        return
    versions = [data[: found.end()] for found in _END.finditer(data)][:-1]
    if len(versions) > MOST_REVISIONS:
        looking.unread(place, "it keeps too many earlier versions of itself")
    _pages(looking, name, place, data)
    for version in versions[-MOST_REVISIONS:]:
        _earlier(looking, place, version)


def _streams(data: bytes) -> Iterator[bytes]:
    """Every squeezed stream, also of objects that nothing leads to any more."""
    left = MOST_UNPACKED
    for found in _STREAM.finditer(data):
        if data[found.end() : found.end() + 1] not in (b"\x78", b"\x68", b"\x58", b"\x48"):
            continue
        try:
            unpacked = zlib.decompressobj().decompress(data[found.end() :], min(left, 1 << 26))
        except zlib.error:
            continue
        left -= len(unpacked)
        if left <= 0:
            return
        yield unpacked


def _objects(looking: Looking, place: str, document: pikepdf.Pdf, inner: InnerLook) -> None:
    words: list[str] = []
    for thing in document.objects:
        _strings(thing, words, 0)
        if not isinstance(thing, pikepdf.Stream):
            continue
        kind, part = str(thing.get("/Type", "")), str(thing.get("/Subtype", ""))
        if part == "/Image":
            look_beside_jpeg(looking, f"{place}, a picture in it", thing.read_raw_bytes())
            continue
        try:
            body = thing.read_bytes()
        except pikepdf.PdfError:
            body = thing.read_raw_bytes()
        if kind == "/EmbeddedFile" or "/EmbeddedFile" in (kind, part):
            inner(f"{place}, a file attached to it", body)
        elif kind == "/Metadata" or body.lstrip()[:1] == b"<":
            looking.text(f"{place}, its details", body.decode("utf-8", "replace"))
        elif str(thing.get("/Filter", "")) != "/FlateDecode":  # squeezed ones were searched among the bytes
            looking.bytes(place, body)
    looking.text(f"{place}, its details, notes or bookmarks", "\n".join(words))


def _strings(thing: object, words: list[str], depth: int) -> None:
    """Every string and name in an object, down to what it only points at."""
    if depth > 40 or (depth and getattr(thing, "is_indirect", False)):
        return
    if isinstance(thing, pikepdf.String):
        words.append(str(thing))
    elif isinstance(thing, pikepdf.Name):
        words += _name(thing)
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            _strings(item, words, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            words += _name(key)
            _strings(value, words, depth + 1)


def _name(name: object) -> list[str]:
    """A name of the file's own making; the shortest are the language of PDF, and spell words by chance."""
    return [text] if len(text := str(name).lstrip("/")) >= SHORTEST_NAME else []


def _pages(looking: Looking, name: str, place: str, data: bytes) -> None:
    try:
        with opened(data) as document:
            small = len(document) <= LAID_OUT
            texts = [_page(looking, name, f"{place}, page {n}", page, small) for n, page in each_page(document)]
    except Unopened as problem:
        looking.unread(place, _DAMAGED[problem.why])
        return
    # A word may begin at the foot of one page and end at the head of the next.
    for n, (one, two) in enumerate(pairwise(texts), start=1):
        looking.text(f"{place}, pages {n} and {n + 1}", one[-200:] + "\n" + two[:200])


def _page(looking: Looking, name: str, place: str, page: Page, small: bool) -> str:
    found = signs(page) if small else []
    text = words_of(found) if small else only_text(page)
    looking.text(place, text)
    for seen in (as_laid_out, in_columns) if small else ():
        looking.text(place, words_of(seen(found)))
    if shows_more(page, text):
        read_words(looking, name, place, render(page, TO_THE_INCH))
    return text


def _earlier(looking: Looking, place: str, version: bytes) -> None:
    try:
        with opened(version) as document:
            for _, page in each_page(document):
                looking.text(f"{place}, an earlier version of it", only_text(page))
    except Unopened:
        return  # a linearised file begins with a part that is no version of it; its bytes were searched
