"""An agency's own Word template: what is taken of it, what is wrong with it, and filling its places with papers."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from joindots.documents.order_papers import Papers, section_xml
from joindots.documents.typeset.signs import visible

LARGEST: Final = 2 << 20
MOST_INSIDE: Final = 16 << 20
MOST_PARTS: Final = 200
BODY: Final = "word/document.xml"
PLACES: Final = (
    "title", "stamp", "opening", "respondent", "protected", "grounds", "acts", "risk", "terms", "interim", "exhibits",
    "statements", "others", "signed",
)  # fmt: skip
"""Names of places: each stands alone in a paragraph between two pairs of braces, such as {{terms}}."""
_MADE: Final = (1980, 1, 1, 0, 0, 0)
_MAIN: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARAGRAPH: Final = re.compile(r"<w:p(?:\s[^<>]*)?>")
_TEXT: Final = re.compile(r"<w:t(?:\s[^<>]*)?>")
_PLACE: Final = re.compile(r"\s*\{\{\s*([A-Za-z_]+)\s*\}\}\s*")
_OTHERS: Final = re.compile(r"\{%[^{}]{0,60}%\}|\{\{\s*(?:[^\w\s{}]|\w+\s*[^\w\s{}]|\w+\s+\w)[^{}]{0,60}\}\}")
"""Loops, conditions and fields as other programs that fill templates write them."""
_KINDS: Final = (
    ("macroenabled", "It is of the kind that may hold macros (.docm, .dotm). Save it as a Word document (.docx)."),
    ("template.main+xml", "It is saved as a Word template (.dotx). Save it as a Word document (.docx)."),
)
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_ACTIVE: Final = ("/vbaproject", "/oleobject", "/package", "/control", "/afchunk")
"""Ends of kinds of parts that do something, or bring in what is not Word's."""
_FETCHES: Final = re.compile(r"\b(?:INCLUDE(?:PICTURE|TEXT)?|IMPORT|LINK|DDE(?:AUTO)?|DATABASE|RD)\b")
"""Fields that take in what lies outside of the file, or start something."""
_PART: Final = re.compile(r"<(?:Relationship|Override|Default)\b[^<>]*/>")
_ABOUT: Final = re.compile(r'"/?docProps/')


class BadTemplate(Exception):
    """A template that cannot be taken: each fault a sentence with its cure."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def read_template(data: bytes) -> bytes:
    """The template as it is kept: without who wrote it and when, in one fixed order. Raises `BadTemplate`."""
    if len(data) > LARGEST:
        raise BadTemplate("The template is larger than 2 MB. Take out pictures that it can do without.")
    parts = _parts(data)
    if BODY not in parts or "[Content_Types].xml" not in parts:
        raise BadTemplate("It is not a Word file (.docx). Save it from Word as a Word document.")
    if any("vbaproject" in name.lower() or "activex" in name.lower() for name in parts):
        raise BadTemplate("It holds macros, which can do harm. Save it as a Word document without macros (.docx).")
    kinds = parts["[Content_Types].xml"].lower()
    for kind, says in _KINDS:
        if kind.encode() in kinds:
            raise BadTemplate(says)
    body = _body(parts)
    faults = [*_reaching_out(parts), *_unfilled(parts)]
    told = [_places_in(body[begins:ends]) for begins, ends in _elements(body, _PARAGRAPH, "</w:p>")]
    known = [place for place in told if place in PLACES]
    faults += [f"There is no place of the name “{one}”. Use one of: {', '.join(PLACES)}." for one in told
               if one and one not in PLACES]  # fmt: skip
    if not known:
        faults.append("It names no place to fill. Write {{terms}}, for example, alone in a paragraph.")
    faults += [f"“{{{{{one}}}}}” stands twice. Keep one." for one in PLACES if known.count(one) > 1]
    others = _OTHERS.findall(_plain(body))
    if others:
        faults.append(f"It holds loops or fields of another program, such as “{others[0]}”. Take them out: "
                      "{{acts}} alone in a paragraph brings the whole schedule.")  # fmt: skip
    elif _braces(_plain(body)) > len([one for one in told if one]):
        faults.append("A place stands beside other words. Put each alone in a paragraph of its own.")
    if faults:
        raise BadTemplate(*faults)
    return _packed(parts)


def filled(template: bytes, papers: Papers) -> bytes:
    """The template with the papers in its places: the same papers and template give the same bytes."""
    parts = _parts(template)
    found = {one.code: "".join(section_xml(one)) or "<w:p/>" for one in papers.sections if one.code}
    found |= {"title": _line(papers.title), "stamp": _line(papers.stamp)}
    found["opening"] = "".join(_line(one) for one in (*papers.opening, *papers.closing))

    body, told, at = _body(parts), [], 0
    for begins, ends in _elements(body, _PARAGRAPH, "</w:p>"):
        if place := _places_in(body[begins:ends]):
            told += [body[at:begins], found.get(place, "<w:p/>")]
            at = ends
    parts[BODY] = "".join((*told, body[at:])).encode()
    return _packed(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.infolist()
            if len(inside) > MOST_PARTS or sum(one.file_size for one in inside) > MOST_INSIDE:
                raise BadTemplate("It holds more than a template should. Take out pictures that it can do without.")
            if any(one.flag_bits & 1 for one in inside):
                raise BadTemplate("It is locked with a password. Save it without one.")
            return {one.filename: archive.read(one) for one in inside if not one.is_dir()}
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError, ValueError):
        raise BadTemplate("It is not a Word file (.docx), or it is damaged. Save it from Word again.") from None


def _unfilled(parts: dict[str, bytes]) -> Iterator[str]:
    """A place where none is filled: in the head or foot of pages, in notes and comments."""
    rest = (data for name, data in parts.items() if name.startswith("word/") and name.endswith(".xml") and name != BODY)
    if any(_braces(_plain(data.decode("utf-8", "replace"))) for data in rest):
        yield "A place stands in the head or foot of the pages, or in a note. Move it into the text, or take it out."


def _body(parts: dict[str, bytes]) -> str:
    data = parts[BODY]
    try:
        text = data.decode("utf-8-sig")
        if _STRICT in text:
            raise BadTemplate("It is saved as “Strict Open XML”. Save it as “Word Document (.docx)” instead.")
        if "<!" in text or _MAIN not in text:  # nor a comment, nor a raw stretch: tags in them would be none
            raise BadTemplate("It is written in a way that Word does not write. Open it in Word and save it again.")
        fromstring(text.encode())
    except (UnicodeDecodeError, ParseError, DefusedXmlException):
        raise BadTemplate("It is damaged. Open it in Word and save it again.") from None
    return text


def _reaching_out(parts: dict[str, bytes]) -> Iterator[str]:
    """What of it would fetch something or do something when the filled file is opened, with who reads it unasked."""
    outside = active = False
    for name, data in parts.items():
        low = name.lower()
        if not low.endswith((".rels", ".xml")) or low.startswith(("customxml/", "docprops/")):
            continue
        try:
            root = fromstring(data)
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            raise BadTemplate("It is damaged. Open it in Word and save it again.") from None
        fields = []
        for one in root.iter():
            told = {key.rpartition("}")[2].lower(): value for key, value in one.attrib.items()}
            kind = told.get("type", "").lower() if low.endswith(".rels") else ""
            outside |= told.get("targetmode", "").lower() == "external" and not kind.endswith("/hyperlink")
            outside |= any("//" in told.get(key, "") or "\\\\" in told.get(key, "") for key in ("src", "href"))
            active |= kind.endswith(_ACTIVE)
            fields.append(told.get("instr", "") + " " if one.tag.endswith("}fldSimple") else "")
            fields.append(one.text or "" if one.tag.endswith("}instrText") else "")
            fields.append(" " if one.tag.endswith("}fldChar") else "")
        outside |= bool(_FETCHES.search("".join(fields).upper()))
    if outside:
        yield ("It fetches a template, a picture or text from elsewhere when it is opened, which tells others of it. "
               "Attach it to “Normal”, keep pictures in the file, and take such fields out.")  # fmt: skip
    if active:
        yield "It holds macros, an embedded object or a piece of another file. Take them out and save it again."


def _elements(xml: str, opens: re.Pattern[str], closes: str) -> Iterator[tuple[int, int]]:
    """Where each element of this kind begins and ends, none inside another; those without content are passed over.

    Each sign is gone over a fixed number of times, whatever somebody wrote to make it long.
    """
    at = 0
    while found := opens.search(xml, at):
        at = found.end()
        if found.group().endswith("/>"):
            continue
        end = xml.find(closes, at)
        if end < 0:
            return
        at = end + len(closes)
        yield found.start(), at


def _plain(xml: str) -> str:
    return "".join(xml[xml.index(">", begins) + 1 : ends - 6] for begins, ends in _elements(xml, _TEXT, "</w:t>"))


def _braces(text: str) -> int:
    """How many places between two pairs of braces a text names."""
    count = at = 0
    while (opened := text.find("{{", at)) >= 0 and (closed := text.find("}}", opened + 2)) >= 0:
        count, at = count + 1, closed + 2
    return count


def _places_in(paragraph: str) -> str:
    """The name of the place that a paragraph is; empty where it is none."""
    if "<w:sectPr" in paragraph or paragraph.count("<w:p>") + paragraph.count("<w:p ") > 1:
        return ""
    found = _PLACE.fullmatch(_plain(paragraph))
    return found[1].lower() if found else ""


def _line(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(visible(text))}</w:t></w:r></w:p>'


def _packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a zip of no time and one order, without those that tell who wrote it."""
    out = io.BytesIO()
    first = ("[Content_Types].xml", "_rels/.rels")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda one: (one not in first, one)):
            if name.startswith("docProps/"):
                continue
            data = parts[name]
            if name in first:
                data = _PART.sub(_unless_about, data.decode("utf-8-sig", "replace")).encode()
            file.writestr(zipfile.ZipInfo(name, _MADE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _unless_about(part: re.Match[str]) -> str:
    return "" if _ABOUT.search(part.group()) else part.group()
