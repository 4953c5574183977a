"""A second finder of secrets, made by other hands' means and sharing no line with the leak check.

It opens files with the libraries' own readers, undoes encodings with the standard library, and looks for every
spelling of a secret that lies one letter away by writing them all out.
"""

from __future__ import annotations

import base64
import binascii
import email
import gzip
import html
import io
import itertools
import quopri
import re
import unicodedata
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator

import pikepdf
import pypdfium2
from PIL import Image

from joindots.documents.tests.world import Secrets

LETTERS = "abcdefghijklmnopqrstuvwxyz"
READS = Callable[[bytes], list[tuple[str, tuple[int, int, int, int]]]]


def plain(text: str) -> str:
    """Lower case, without accents."""
    swapped = text.lower().translate(str.maketrans("аеосрхунткмв", "aeocpxyhtkmb"))
    return "".join(s for s in unicodedata.normalize("NFKD", swapped) if unicodedata.category(s) not in ("Mn", "Cf"))


def bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(text))


def near(word: str) -> set[str]:
    """Every spelling one letter away; digits stay."""
    found = set()
    for at, sign in enumerate(word):
        if sign.isalpha():
            found.add(word[:at] + word[at + 1 :])
            found |= {word[:at] + new + word[at + 1 :] for new in LETTERS}
            found |= {word[:at] + new + word[at:] for new in LETTERS}
        if word[at : at + 2].isalpha():
            found.add(word[:at] + word[at : at + 2][::-1] + word[at + 2 :])
    return {one for one in found if len(one) >= len(word) - 1}


class Finder:
    """Knows the secrets of one case."""

    def __init__(self, secrets: Secrets, reads: READS) -> None:
        self.reads = reads
        long = [secrets.door, secrets.email, secrets.workplace, secrets.school, secrets.handle, secrets.child]
        self.whole = {bare(word): "as it is" for word in long}
        self.whole[bare(secrets.number)[1:]] = "as it is"
        self.whole[bare(secrets.photograph.removesuffix(".jpg"))] = "as it is"
        for word in long:
            if len(bare(word)) >= 8:
                self.whole |= dict.fromkeys(near(bare(word)) - set(self.whole), "nearly")
        self.lengths = sorted({len(word) for word in self.whole})
        apart = (secrets.postcode, secrets.vehicle, secrets.child.split()[0])
        self.apart = [re.compile(r"(?<![a-z0-9])" + r"[\W_]*".join(bare(word)) + r"(?![a-z0-9])") for word in apart]

    def in_text(self, text: str) -> str:
        run = bare(text)
        for length in self.lengths:
            for at in range(len(run) - length + 1):
                if (piece := run[at : at + length]) in self.whole and self._stands(piece, run, at):
                    return piece
        kept = plain(text)
        return next((found[0] for word in self.apart if (found := word.search(kept))), "")

    def _stands(self, piece: str, run: str, at: int) -> bool:
        """A misspelling only counts where it is not a stretch of longer words or numbers."""
        if self.whole[piece] == "as it is":
            return not (piece[0].isdigit() and not piece.isdigit() and at and run[at - 1].isdigit())
        return len(piece) >= 12 and not (at and run[at - 1].isdigit())

    def in_files(self, files: list[tuple[str, bytes]]) -> list[tuple[str, str]]:
        """Where secrets are found, and what."""
        found = []
        for name, data in files:
            for where, text in itertools.chain([(f"{name}: name", name)], self._texts(name, data, 0)):
                found += [(where, hit) for way in unwrapped(text) if (hit := self.in_text(way))]
        return found

    def _texts(self, where: str, data: bytes, depth: int) -> Iterator[tuple[str, str]]:
        if depth > 3:
            return
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield f"{where}: remark", archive.comment.decode("utf-8", "replace")
                for entry in archive.infolist():
                    yield f"{where}: name inside", entry.filename
                    yield from self._texts(f"{where}: {entry.filename}", archive.read(entry), depth + 1)
        elif data[:2] == b"\x1f\x8b":
            yield from self._texts(where, gzip.decompress(data), depth + 1)
        elif data[:4] == b"%PDF":
            yield from self._pdf(where, data, depth)
        elif data[:3] == b"\xff\xd8\xff" or data[:4] == b"\x89PNG":
            yield from self._picture(where, data)
        else:
            yield from _decoded(where, data)
            if b"MIME-Version" in data[:2000]:
                for part in email.message_from_bytes(data).walk():
                    yield from self._texts(f"{where}: part", part.get_payload(decode=True) or b"", depth + 1)

    def _pdf(self, where: str, data: bytes, depth: int) -> Iterator[tuple[str, str]]:
        for end in [found.end() for found in re.finditer(rb"%%EOF", data)]:
            document = pypdfium2.PdfDocument(data[:end])
            for page in document:
                yield f"{where}: page", page.get_textpage().get_text_range()
                seen = io.BytesIO()
                page.render(scale=150 / 72).to_pil().save(seen, "PNG")
                yield f"{where}: seen", " ".join(word for word, _ in self.reads(seen.getvalue()))
            document.close()
        with pikepdf.open(io.BytesIO(data)) as document:
            yield f"{where}: details", " ".join(str(value) for value in document.docinfo.values())
            if "/Metadata" in document.Root:
                yield f"{where}: xmp", document.Root.Metadata.read_bytes().decode("utf-8", "replace")
            for name, attached in document.attachments.items():
                yield f"{where}: attached", name
                yield from self._texts(f"{where}: attached", attached.get_file().read_bytes(), depth + 1)
            with document.open_outline() as outline:
                yield f"{where}: bookmarks", " ".join(item.title for item in outline.root)
            for page in document.pages:
                for note in page.get("/Annots", []):
                    yield f"{where}: note", str(note.get("/Contents", ""))

    def _picture(self, where: str, data: bytes) -> Iterator[tuple[str, str]]:
        image = Image.open(io.BytesIO(data))
        for value in (*image.info.values(), *image.getexif().values()):
            yield f"{where}: details", value.decode("latin-1") if isinstance(value, bytes) else str(value)
        end = data.rfind(b"\xff\xd9") if data[:2] == b"\xff\xd8" else data.rfind(b"IEND")
        yield f"{where}: behind", data[end + 2 :].decode("latin-1")
        yield f"{where}: seen", " ".join(word for word, _ in self.reads(data))


def _decoded(where: str, data: bytes) -> Iterator[tuple[str, str]]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield where, data.decode(encoding, "ignore")


def unwrapped(text: str, depth: int = 2) -> Iterator[str]:
    """The text, and the texts it carries."""
    yield text
    if not depth:
        return
    ways = {html.unescape(text), urllib.parse.unquote(text), re.sub(r"<[^>]*>", "", text)}
    ways.add(re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text).replace("\\n", " "))
    ways.add(quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace"))
    for run in re.findall(r"[A-Za-z0-9+/]{10,}={0,2}", text):
        try:
            raw = base64.b64decode(run)
            ways.add(raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-8"))
        except (binascii.Error, UnicodeDecodeError):
            continue
    for run in re.findall(r"(?:[0-9a-f]{2}){8,}", text):
        ways.add(bytes.fromhex(run).decode("utf-8", "replace"))
    for way in ways - {text}:
        yield from unwrapped(way, depth - 1)
