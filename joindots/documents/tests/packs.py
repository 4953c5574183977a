"""Packs of files as a disclosure would hold them, with one secret planted somewhere, or with none.

`PLACES` are where a secret may hide; each takes the secret as it is written there and gives one file.
"""

from __future__ import annotations

import base64
import csv
import gzip
import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import openpyxl
import pikepdf
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from joindots.documents.redaction.pictures import picture
from joindots.documents.tests.disguises import PLAIN, SIGNS, WRAPPED
from joindots.documents.tests.world import World

Named = tuple[str, bytes]


class Drawn:
    """Stands for a reader of words in pictures: it knows every word drawn for it, and sees which are still there."""

    def __init__(self) -> None:
        self._sheets: dict[float, tuple[tuple[int, int], list[tuple[str, tuple[int, int, int, int]]]]] = {}

    def draw(self, text: str, rng: random.Random, *, dark: bool = False) -> Image.Image:
        """A picture of the text, of a shape that no other picture here has."""
        size = (600 + 7 * len(self._sheets) + rng.randint(0, 3), 400)
        paper, ink = ((20, 20, 30), (235, 235, 235)) if dark else ((250, 250, 250), (10, 10, 10))
        image = Image.new("RGB", size, paper)
        pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=18)
        words, x, y = [], 20, 20
        for word in text.split():
            width = int(pen.textlength(word, font=font))
            if x + width > size[0] - 20:
                x, y = 20, y + 30
            pen.text((x, y), word, fill=ink, font=font)
            words.append((word, (x, y + 3, x + width, y + 20)))
            x += width + 8
        self._sheets[size[0] / size[1]] = (size, words)
        return image

    def __call__(self, data: bytes) -> list[tuple[str, tuple[int, int, int, int]]]:
        image = Image.open(io.BytesIO(data)).convert("L")
        shape = image.width / image.height
        nearest = min(self._sheets, key=lambda known: abs(known - shape), default=None)
        if nearest is None or abs(nearest - shape) > 0.004:
            return []
        size, words = self._sheets[nearest]
        by = image.width / size[0]
        found = []
        for word, box in words:
            there = tuple(int(side * by) for side in box)
            if _strokes(image.crop(there)) >= max(len(word) // 2, 2):
                found.append((word, there))
        return found


def _strokes(crop: Image.Image) -> int:
    """How often dark and light change along a line through it: a burnt box has no strokes."""
    width, dots = crop.width, crop.tobytes()
    rows = [
        dots[at * width : (at + 1) * width] for at in range(crop.height // 4, crop.height, max(crop.height // 6, 1))
    ]
    return max(sum((one < 128) != (two < 128) for one, two in pairwise(row)) for row in rows)


@dataclass
class Pack:
    """Files that would leave, where the secret is, and how it is written there."""

    world: World
    files: list[Named]
    drawn: Drawn
    place: str = ""
    disguise: str = ""
    secret: str = ""
    written: str = field(default="", repr=False)


def table(world: World, more: str = "") -> Named:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["when", "who", "number", "words", "source"])
    for number in range(12):
        words = more if more and number == 7 else world.said()
        rows.writerow([f"2025-06-{number + 1:02d}T10:{number:02d}", world.name(), world.number(), words, "chat.txt"])
    return "records.csv", out.getvalue().encode("utf-8-sig")


def data(world: World, more: str = "") -> Named:
    records = [
        {"id": hashlib.sha256(f"{n}{world.rng.random()}".encode()).hexdigest(), "words": world.said(), "size": n * 7919}
        for n in range(12)
    ]
    records[5]["note"] = more
    return "records.json", json.dumps({"records": records}, indent=1).encode()


def prose(world: World, more: str = "") -> Named:
    return (
        "READ-ME.txt",
        f"{world.prose(1500)}\n{world.said()}\n{more}\n{world.prose(500)}\n{world.address()}\n".encode(),
    )


def wide(world: World, more: str = "") -> Named:
    return "notes.txt", f"{world.said()}\n{more}\n{world.said()}".encode(
        world.rng.choice(["utf-16", "utf-16-be", "utf-16-le"])
    )


def web(world: World, more: str = "") -> Named:
    return "page.html", f"<html><body><p>{world.said()}</p><p title='{more}'>{world.name()}</p></body></html>".encode()


def mail(world: World, more: str = "") -> Named:
    body = base64.encodebytes(f"{world.said()}\n{more}\n{world.said()}".encode()).decode()
    head = (
        "From: a@example.org\nTo: b@example.org\nSubject: hello\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64"
    )
    return "mail.eml", f"{head}\n\n{body}".encode()


def enclosed(world: World, more: str = "") -> Named:
    inside = base64.encodebytes(document(world, more)[1]).decode()
    head = "From: a@example.org\nSubject: papers\nMIME-Version: 1.0\nContent-Type: application/octet-stream"
    return "papers.eml", f"{head}\nContent-Transfer-Encoding: base64\n\n{inside}".encode()


def document(world: World, more: str = "") -> Named:
    words = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in (world.said(), world.said()))
    half = len(more) // 2
    words += f"<w:p><w:r><w:t>{more[:half]}</w:t></w:r><w:r><w:t>{more[half:]}</w:t></w:r></w:p>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document><w:body>{words}</w:body></w:document>")
    return "statement.docx", out.getvalue()


def workbook(world: World, more: str = "") -> Named:
    book = openpyxl.Workbook()
    for _ in range(5):
        book.active.append([world.name(), world.number(), world.said()])
    if more:
        hidden = book.create_sheet("more")
        hidden.sheet_state = "hidden"
        hidden.append([more])
    out = io.BytesIO()
    book.save(out)
    return "log.xlsx", out.getvalue()


def squeezed(world: World, more: str = "") -> Named:
    return "records.csv.gz", gzip.compress(table(world, more)[1])


def _zip(world: World, name: str, comment: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, world.said())
        archive.comment = comment.encode()
    return out.getvalue()


def remarked(world: World, more: str = "") -> Named:
    return "photos.zip", _zip(world, "a.txt", more)


def named_inside(world: World, more: str = "a.txt") -> Named:
    return "more.zip", _zip(world, f"{more.replace('/', '-') or 'a'}/one.txt")


def named(world: World, more: str = "") -> Named:
    return f"exhibits/{more.replace('/', '-')}.txt", world.said().encode()


def folder(world: World, more: str = "") -> Named:
    return f"{more.replace('/', '-')}/001.txt", world.said().encode()


def pages(world: World, more: str = "", *, where: str = "text") -> Named:
    """A PDF whose secret stands in its text or elsewhere, as `where` says."""
    made = pikepdf.new()
    lines = [world.said(1)[:90] for _ in range(8)]
    shown = [*lines[:4], more, *lines[4:]] if where == "text" else lines
    text = " ".join(f"({_escaped(line)}) Tj T*" for line in shown)
    if where == "hidden":
        text += f" 3 Tr ({_escaped(more)}) Tj"
    made.add_blank_page(page_size=(420, 595))
    page = made.pages[0]
    face = pikepdf.Dictionary(
        Type=pikepdf.Name("/Font"), Subtype=pikepdf.Name("/Type1"), BaseFont=pikepdf.Name("/Helvetica")
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=face))
    page.Contents = pikepdf.Stream(made, f"BT /F1 8 Tf 12 TL 30 560 Td {text} ET".encode("latin-1", "replace"))
    if where == "metadata":
        made.docinfo["/Subject"] = more
    elif where == "xmp":
        with made.open_metadata() as meta:
            meta["dc:description"] = more
    elif where == "attached":
        made.attachments["a.txt"] = pikepdf.AttachedFileSpec(made, f"see {more}".encode())
    elif where == "note":
        page.Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/Text"),
                                                        Rect=[10, 10, 20, 20], Contents=more)])  # fmt: skip
    elif where == "bookmark":
        with made.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(more, 0))
    out = io.BytesIO()
    made.save(out)
    if where == "earlier":
        return "letter.pdf", _revised(pages(world, more)[1])
    return "letter.pdf", out.getvalue()


def _revised(first: bytes) -> bytes:
    """The same PDF with its page taken out of sight by a later version written behind it."""
    with pikepdf.open(io.BytesIO(first)) as document:
        number = document.pages[0].Contents.objgen[0]
        size, root = len(document.objects) + 1, document.Root.objgen[0]
    start = first.rindex(b"startxref")
    previous = int(first[start:].split()[1])
    first += b"\n"
    at = len(first)
    first += f"{number} 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n".encode()
    table_at = len(first)
    first += f"xref\n{number} 1\n{at:010d} 00000 n \ntrailer\n<< /Size {size} /Root {root} 0 R /Prev {previous} >>\n".encode()
    return first + f"startxref\n{table_at}\n%%EOF\n".encode()


def _escaped(line: str) -> str:
    return line.replace("\\", "").replace("(", "").replace(")", "").replace("\n", " ")


def photograph(world: World, more: str = "", *, where: str = "exif") -> Named:
    image = Image.new("RGB", (160, 120), (90, 120, 60))
    out = io.BytesIO()
    if where == "comment":
        image.save(out, "JPEG", comment=more.encode())
    elif where == "chunk":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", more, zip=world.rng.random() < 0.5)
        image.save(out, "PNG", pnginfo=info)
    elif where == "behind":
        image.save(out, "PNG")
        out.write(more.encode())
    elif where == "small copy":
        exif = image.getexif()
        small = io.BytesIO()
        Drawn().draw(more, world.rng).resize((160, 100)).save(small, "JPEG")
        exif[0x0201], exif[0x9286] = 0, b"ASCII\0\0\0" + small.getvalue()[:40_000]
        image.save(out, "JPEG", exif=exif)
    else:
        exif = image.getexif()
        exif[0x010E] = more
        image.save(out, "JPEG", exif=exif)
    return "exhibits/001.png" if where in ("chunk", "behind") else "exhibits/001.jpg", out.getvalue()


def screenshot(world: World, drawn: Drawn, more: str = "", *, dark: bool = False) -> Named:
    out = io.BytesIO()
    drawn.draw(f"{world.said(2)} {more} {world.said(1)}", world.rng, dark=dark).save(out, "PNG")
    return "exhibits/002.png", picture(out.getvalue())


def scan(world: World, drawn: Drawn, more: str = "") -> Named:
    """A PDF that is one picture."""
    out = io.BytesIO()
    image = drawn.draw(f"{world.said(2)} {more} {world.said(1)}", world.rng)
    image.save(out, "PDF", resolution=100)
    return "scan.pdf", out.getvalue()


TEXTS: dict[str, Callable[..., Named]] = {"table": table, "data": data, "prose": prose, "mail": mail, "web page": web}
FILES: dict[str, Callable[..., Named]] = {
    "wide text": wide, "enclosed": enclosed, "document": document, "workbook": workbook, "squeezed": squeezed,
    "remark of a zip": remarked, "name in a zip": named_inside, "name": named, "folder": folder,
}  # fmt: skip
PDF = ("text", "hidden", "metadata", "xmp", "attached", "note", "bookmark", "earlier")
PHOTOGRAPH = ("exif", "comment", "chunk", "behind", "small copy")
SEEN = ("screenshot", "dark screenshot", "scan")
PLACES = (*TEXTS, *FILES, *(f"pdf {where}" for where in PDF), *(f"photo {where}" for where in PHOTOGRAPH), *SEEN)


def clean_pack(seed: int) -> Pack:
    """Nothing protected in any byte."""
    world, drawn = World(random.Random(seed)), Drawn()
    files = [make(world) for make in (*TEXTS.values(), wide, document, workbook, pages)]
    files += [screenshot(world, drawn), scan(world, drawn)]
    files.append(("exhibits/003.jpg", picture(photograph(world)[1])))
    return Pack(world, files, drawn)


def planted_pack(seed: int) -> Pack:
    """One secret in one place, written in one way; places and ways follow one another with the seed."""
    rng = random.Random(seed)
    world, drawn = World(rng), Drawn()
    place = PLACES[seed % len(PLACES)]
    ways = {**PLAIN, **SIGNS, **WRAPPED} if place in TEXTS else {**PLAIN, **SIGNS} if place in FILES else PLAIN
    disguise = list(ways)[seed // len(PLACES) % len(ways)]
    secret = rng.choice(world.secrets.each())
    written = ways[disguise](secret, rng)
    pack = Pack(world, [table(world), prose(world)], drawn, place, disguise, secret, written)
    pack.files.insert(rng.randint(0, 2), _planted(pack, place, written))
    return pack


def _planted(pack: Pack, place: str, written: str) -> Named:
    world = pack.world
    if place in TEXTS:
        return TEXTS[place](world, written)
    if place in FILES:
        return FILES[place](world, written)
    kind, _, where = place.partition(" ")
    if kind == "pdf":
        return pages(world, written, where=where)
    if kind == "photo":
        return photograph(world, written, where=where)
    if place == "scan":
        return scan(world, pack.drawn, written)
    return screenshot(world, pack.drawn, written, dark=place.startswith("dark"))
