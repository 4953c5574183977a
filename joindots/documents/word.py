"""A letter as a Word file: paragraphs and a list, nothing else, and no name of author or machine in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from joindots.documents.plain import LetterText, Part
from joindots.documents.typeset.signs import visible

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MADE = (1980, 1, 1, 0, 0, 0)
"""The time every part bears: a file must not tell when, or on which clock, it was made."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.main+xml"/></Types>'
)
_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{_PACKAGE}/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE_OF_END = (
    '<Override PartName="/word/{name}1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.{name}+xml"/>'
)
_RELATIONS_OF_ENDS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(f'<Relationship Id="{name}" Type="{_R}/{name}" Target="{name}1.xml"/>' for name in ("header", "footer"))
    + "</Relationships>"
)


def letter_docx(letter: LetterText) -> bytes:
    """The letter as the bytes of a `.docx`; the same letter gives the same bytes."""
    return docx_of("".join(_lines_of(letter)))


def sheet_docx(title: str, parts: Sequence[Part], opening: Sequence[str] = ()) -> bytes:
    """A plain sheet of headings and lines as the bytes of a `.docx`, to be written on in."""
    body = [paragraph(title, bold=True, after=360), *(paragraph(one) for one in opening)]
    for part in parts:
        body.append(paragraph(part.title, bold=True, before=360))
        body += [paragraph(f"•\t{one}", indent=True) for one in part.lines]
    return docx_of("".join(body))


def docx_of(body: str, *, head: str = "", foot: str = "") -> bytes:
    """A Word file of this body: paragraphs and tables as XML, and nothing of author, machine or time.

    With `head` and `foot` each page bears them, and its number of how many.
    """
    ends = {"header": head, "footer": foot} if head or foot else {}
    refers = "".join(f'<w:{name}Reference w:type="default" r:id="{name}"/>' for name in ends)
    page = f'<w:sectPr>{refers}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1247" w:bottom="1134" '
    page += 'w:left="1247" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>'
        f"{body}{page}</w:body></w:document>"
    )
    types = "".join(_TYPE_OF_END.format(name=name) for name in ends)
    files = {"[Content_Types].xml": _TYPES.replace("</Types>", f"{types}</Types>"), "_rels/.rels": _RELATIONS,
             "word/document.xml": document}  # fmt: skip
    if ends:
        files["word/_rels/document.xml.rels"] = _RELATIONS_OF_ENDS
        files |= {f"word/{name}1.xml": _end(name, text) for name, text in ends.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(zipfile.ZipInfo(name, _MADE), text)
    return out.getvalue()


def _end(name: str, text: str) -> str:
    """The head or foot of each page; the foot counts pages."""
    count = "".join(
        f'<w:r><w:t xml:space="preserve">{before}</w:t></w:r><w:fldSimple w:instr="{field}"><w:r><w:t>1</w:t></w:r>'
        "</w:fldSimple>"
        for before, field in ((". Page ", "PAGE"), (" of ", "NUMPAGES"))
    )
    line = paragraph(text, after=0)
    line = line.removesuffix("</w:p>") + count + "</w:p>" if name == "footer" else line
    tag = {"header": "hdr", "footer": "ftr"}[name]
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{tag} xmlns:w="{_W}">{line}</w:{tag}>'


def _lines_of(letter: LetterText) -> Iterator[str]:
    yield from (paragraph(one, after=0) for one in letter.to)
    yield paragraph(letter.day, before=360, after=360)
    yield paragraph(letter.title, bold=True)
    yield from (paragraph(one) for one in letter.opening)
    yield from (paragraph(f"•\t{one}", indent=True) for one in letter.asks)
    yield from (paragraph(one) for one in letter.closing)
    for place, one in enumerate(letter.signed):
        yield paragraph(one, before=600 if place == 0 else 0, after=0)


def paragraph(
    text: str, *, before: int = 0, after: int = 160, bold: bool = False, indent: bool = False, level: int | None = None
) -> str:
    """A paragraph as XML. `level` makes it a heading of that depth, 0 the highest."""
    head = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    set_in = '<w:ind w:left="425" w:hanging="425"/>' if indent else ""
    face = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>' + ("<w:b/>" if bold else "") + '<w:sz w:val="22"/>'
    runs = '</w:t><w:tab/><w:t xml:space="preserve">'.join(escape(visible(one)) for one in text.split("\t"))
    return (
        f'<w:p><w:pPr><w:spacing w:before="{before}" w:after="{after}"/>{set_in}{head}</w:pPr><w:r><w:rPr>{face}'
        f'<w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">{runs}</w:t></w:r></w:p>'
    )
