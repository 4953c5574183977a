"""A copy of any file that may leave, where one can be made with certainty; else a refusal that names the way out."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from joindots.documents.leaks.decoding import without, without_tags
from joindots.documents.leaks.files import decoded, is_picture, is_recording
from joindots.documents.leaks.protected import Protected
from joindots.documents.pixels import Box, Ocr, opened, upright
from joindots.documents.redaction.pages import boxes_seen, pdf
from joindots.documents.redaction.pictures import picture
from joindots.documents.redaction.texts import text
from joindots.documents.sounds import sound
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import Words, words

MOST_TEXT = 1 << 27
"""Bytes of words unpacked from one Office file."""
_DELETED = (
    (r"<w:del\b[^<>]*(?<!/)>", r"</w:del>"),
    (r"<w:moveFrom\b[^<>]*(?<!/)>", r"</w:moveFrom>"),
    (r"<text:tracked-changes\b[^<>]*(?<!/)>", r"</text:tracked-changes>"),
)
_UNSHOWN = (
    (r"<!--", r"-->"),
    *((rf"<{name}\b[^<>]*(?<!/)>", rf"</{name}\s*>") for name in ("head", "script", "style", "template")),
)
_OFFICE = (
    re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml"),
    re.compile(r"ppt/slides/slide\d+\.xml"),
    re.compile(r"content\.xml"),
)
_MAIL = re.compile(r"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_MAIL_HEAD = re.compile(r"^(?:from|to|date|subject|received|message-id):", re.IGNORECASE | re.MULTILINE)
_HEADS = ("From", "To", "Cc", "Date", "Subject")


@dataclass(frozen=True, slots=True)
class Stripped:
    """A copy that may leave: its bytes, the ending of its name, in how many places words are kept back.

    `unread`: what it shows or sounds like was not read, so a named person must go through it first.
    `says`: what the copy leaves out of the original, for the person who decides.
    """

    data: bytes
    suffix: str
    count: int = 0
    unread: bool = False
    says: tuple[Words, ...] = ()


def strip(data: bytes, protected: Protected, ocr: Ocr | None = None) -> Stripped:
    """The copy of this file in which nothing protected stands and nothing hidden is. By content, not by name.

    Pictures become pixels, PDF pictures of pages, recordings bare sound; mail, web pages, Office and OpenDocument
    files plain text. Raises `RuleBroken` for all else.
    """
    if is_picture(data):
        return _picture(data, protected, ocr)
    if b"%PDF-" in data[:1024]:
        made = pdf(data, protected, ocr)
        return Stripped(made.data, ".pdf", made.count, bool(made.unread), (_AS_PICTURES,))
    if data.startswith(b"PK\x03\x04"):
        return _as_text("\n".join(_office(data)), protected, _OFFICE_LEFT)
    if not is_recording(data) and (texts := decoded(data)):
        return _text(data, texts[0], protected)
    return Stripped(sound(data), _suffix(data), unread=True, says=(_SOUND_LEFT,))


def is_wrapped(given: str) -> bool:
    """Whether a text is a mail or a web page: then what it says is only a part of what it carries."""
    return _is_mail(given) or _is_page(given)


def _is_mail(given: str) -> bool:
    return bool(_MAIL.match(given) and _MAIL_HEAD.search(given[:4000]))


def _is_page(given: str) -> bool:
    return bool(re.search(r"<(?:html|body|!doctype html)\b", given[:4000], re.IGNORECASE))


def _picture(data: bytes, protected: Protected, ocr: Ocr | None) -> Stripped:
    boxes: list[Box] = []
    with opened(data) as source:
        frames = getattr(source, "n_frames", 1)
        if ocr is not None:
            boxes = boxes_seen(upright(source), protected, ocr)
    made = picture(data, boxes)
    says = (_PICTURE_LEFT, words("strip_frames", "Of its {count} pictures only the first is kept.", count=frames))
    suffix = ".png" if made.startswith(b"\x89PNG") else ".jpg"
    return Stripped(made, suffix, len(boxes), ocr is None, says[: 2 if frames > 1 else 1])


def _text(data: bytes, given: str, protected: Protected) -> Stripped:
    if _is_mail(given):
        return _as_text(_mail(data), protected, _MAIL_LEFT)
    if _is_page(given):
        return _as_text(_shown(given, _UNSHOWN), protected, _WEB_LEFT)
    return _as_text(given, protected, None)


def _shown(text: str, unshown: tuple[tuple[str, str], ...]) -> str:
    for begins, ends in unshown:
        text = without(text, begins, ends)
    return without_tags(text)


def _as_text(given: str, protected: Protected, left: Words | None) -> Stripped:
    made = text(given, protected)
    return Stripped(made.text.encode("utf-8", "replace"), ".txt", made.count, says=(left,) if left else ())


def _mail(data: bytes) -> str:
    message = email.message_from_bytes(data, EmailMessage, policy=email.policy.default)
    lines = [f"{name}: {message[name]}" for name in _HEADS if message[name]]
    body = message.get_body(("plain", "html"))
    try:
        words_of = body.get_content() if body else ""
    except (LookupError, KeyError, ValueError):
        words_of = ""
    if body is not None and body.get_content_type() == "text/html":
        words_of = _shown(words_of, _UNSHOWN)
    return "\n".join((*lines, "", words_of))


def _office(data: bytes) -> Iterator[str]:
    """The words of an Office or OpenDocument file, deleted ones left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                yield from _cells(data)
                return
            parts = sorted(name for name in names if any(part.fullmatch(name) for part in _OFFICE))
            if not parts or sum(archive.getinfo(name).file_size for name in parts) > MOST_TEXT:
                raise _archive()
            for name in parts:
                yield _shown(archive.read(name).decode("utf-8", "replace"), _DELETED)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError) as error:
        raise _archive() from error


def _cells(data: bytes) -> Iterator[str]:
    from openpyxl.reader import excel  # half a second, for workbooks alone

    load: Any = excel.load_workbook
    try:
        book = load(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # the reader raises anything over a damaged file
        raise _archive() from error
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        yield f"{sheet.title}"
        for row in sheet.iter_rows(values_only=True):
            yield "\t".join("" if cell is None else str(cell) for cell in row)


def _suffix(data: bytes) -> str:
    for mark, suffix in ((b"RIFF", ".wav"), (b"fLaC", ".flac"), (b"#!AMR", ".amr"), (b"OggS", ".ogg")):
        if data.startswith(mark):
            return suffix
    return ".mp3"


def _archive() -> RuleBroken:
    return RuleBroken(
        words(
            "strip_archive",
            "No copy of this file can be made that is sure to hold nothing hidden. Open it, print what is needed to "
            "a PDF, and use that; of a folder in one file, use the files one by one.",
        )
    )


_AS_PICTURES = words(
    "strip_pdf", "Its pages are pictures now: words cannot be copied out of them, and links and attachments are gone."
)
_PICTURE_LEFT = words("strip_picture", "Details of the camera, the place and the time, and small copies, are gone.")
_OFFICE_LEFT = words("strip_office", "Only its words are kept: layout, pictures, comments and deleted words are gone.")
_MAIL_LEFT = words("strip_mail", "Sender, receiver, date, subject and words are kept; attachments and route are gone.")
_WEB_LEFT = words("strip_web", "Only the words that the page shows are kept.")
_SOUND_LEFT = words("strip_sound", "Tags are gone. What is said in it stays: somebody must listen to all of it.")
