"""The words of a PDF's pages, read through its fonts' own tables: enough for pages that typst makes."""

from __future__ import annotations

import re

import pikepdf

_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def words_of(path):
    """All pages' text, a line for each run of the page."""
    with pikepdf.open(path) as pdf:
        return "\n".join("".join(_page(page)) for page in pdf.pages)


def _page(page):
    tables = {name: _table(font) for name, font in page.Resources.get("/Font", {}).items()}
    table = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                table = tables[str(operands[0])]
            case "Tj":
                yield _text(bytes(operands[0]), table)
            case "TJ":
                yield "".join(_text(bytes(part), table) for part in operands[0] if isinstance(part, pikepdf.String))
            case "ET":
                yield "\n"


def _text(codes, table):
    return "".join(table.get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2))


def _table(font):
    source = font.ToUnicode.read_bytes().decode("latin-1")
    table = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, text in _PAIR.findall(block):
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for low, high, text in _RANGE.findall(block):
            for code in range(int(low, 16), int(high, 16) + 1):
                table[code] = chr(int(text, 16) + code - int(low, 16))
    return table
