"""Any file at all, kept as an exhibit: what it is called, what it is, its hash. Nothing in it is read."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from typing import Any

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.contents import type_of
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.lengths import length_of
from joindots.evidence.readers.records import Communication, Coverage, Item, Media, Place
from joindots.evidence.readers.shelf import Shelf
from joindots.evidence.readers.source import Source

_NAMES = mimetypes.MimeTypes()
"""Python's own list; the machine's may say something else elsewhere."""
_NAMES.add_type("image/heic", ".heic")
_NAMES.add_type("image/webp", ".webp")
_OLE = ("application/msword", "application/vnd.ms-", "application/x-msi", "application/x-ole-storage")
_ZIPPED = ("openxmlformats", "opendocument", "epub", "zip", "java-archive", "android.package", "apple.pages",
           "apple.numbers", "apple.keynote")  # fmt: skip
_WORDS = ("text/", "message/", "application/json", "application/xml", "application/javascript", "application/x-sh",
          "application/sql", "application/rtf", "application/x-httpd-php", "application/postscript",
          "application/xhtml", "image/svg", "application/x-tex", "application/x-python", "application/pkcs",
          "application/x-ns-proxy", "application/n-")  # fmt: skip


def claims(_source: Source) -> bool:
    """Every file."""
    return True


def read(source: Source, _answers: Answers, media: MediaSink) -> Iterator[Item]:
    """One record for the file; for an archive, every file inside it too."""
    kind = type_of(source.head)
    named = _NAMES.guess_type(source.name, strict=False)[0]
    extra: dict[str, Any] = {}
    if named and kind and not agree(named, kind):
        extra = {"name_says": named, "content_says": kind}
    if source.members:
        extra["files_inside"] = len(source.members)
    yield Communication(
        id=f"{source.sha256[:16]}-0",
        source_file=source.sha256,
        place=Place(byte=0, length=source.size),
        seq=0,
        channel="file",
        kind="media" if kind else "unknown",
        media=(Media(source.name, True, source.sha256, source.size, kind),),
        duration_s=_length(source, kind),
        certainty_of_sender="unknown",
        extra=extra,
    )
    yield from Shelf(source, media).rest(lambda _name: True)
    yield Coverage("file", None, None, ("not_read",))


def _length(source: Source, kind: str | None) -> int | None:
    """Seconds that a recording plays, where it says so."""
    if not kind or not kind.startswith(("audio/", "video/", "application/ogg")):
        return None
    with source.open() as stream:
        return length_of(stream)


def agree(named: str, kind: str) -> bool:
    """Whether the type that a name promises and the type of the content may be one and the same."""
    if named == kind or (kind.startswith("text/") and named.startswith(_WORDS)):
        return True
    if "zip" in kind or "openxmlformats" in kind or "opendocument" in kind or "epub" in kind:
        return any(part in named for part in _ZIPPED)
    if kind in ("application/x-ole-storage", "application/msword") or kind.startswith("application/vnd.ms-"):
        return named.startswith(_OLE)
    family, _, exact = kind.partition("/")
    named_family, _, named_exact = named.partition("/")
    if family in ("audio", "video") and named_family in ("audio", "video"):
        return True
    same = {"heif": "heic", "pjpeg": "jpeg", "jpg": "jpeg", "x-ms-bmp": "bmp", "vnd.microsoft.icon": "x-icon"}
    exact, named_exact = same.get(exact, exact), same.get(named_exact, named_exact)
    return exact.removeprefix("x-") == named_exact.removeprefix("x-")


FORMAT = Format("exhibit", "any file, kept as an exhibit", claims, read)
