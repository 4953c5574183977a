"""Mends what older backups write wrongly, so that an XML parser can read it; nothing else is changed.

Older versions write an emoji as two halves (`&#55357;&#56865;`), which XML forbids; others write
control characters, raw line breaks, a bare `&` or bytes that are not UTF-8. Each mend has a name.
"""

from __future__ import annotations

import re

_PAIR = re.compile(
    rb"&#0*(?:(5529[6-9]|55[3-9]\d\d|56[0-2]\d\d|563[01]\d)|[xX]0*([dD][89abAB][0-9a-fA-F]{2}));"
    rb"&#0*(?:(563[2-9]\d|56[4-9]\d\d|57[0-2]\d\d|573[0-3]\d|5734[0-3])|[xX]0*([dD][c-fC-F][0-9a-fA-F]{2}));"
)
_REFERENCE = re.compile(rb"&#(?:0*([0-9]{1,9})|[xX]0*([0-9a-fA-F]{1,8}));")
_VALUE = re.compile(rb"""("[^"]*"|'[^']*')""")
_BARE_AMPERSAND = re.compile(rb"&(?!(?:#[0-9]+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOST = b"&#xFFFD;"

PAIRS = "surrogate_pairs_joined"
LONE = "lone_surrogate_replaced"
CONTROL = "control_character_replaced"
NOT_UTF8 = "not_utf8_replaced"
AMPERSAND = "bare_ampersand"


def references(markup: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Join the two halves of each emoji; U+FFFD for a half alone and for what XML cannot hold."""
    hows: dict[str, None] = {}

    def joined(pair: re.Match[bytes]) -> bytes:
        hows[PAIRS] = None
        high = int(pair[1]) if pair[1] else int(pair[2], 16)
        low = int(pair[3]) if pair[3] else int(pair[4], 16)
        return b"&#%d;" % (0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)

    def allowed(reference: re.Match[bytes]) -> bytes:
        code = int(reference[1]) if reference[1] else int(reference[2], 16)
        if 0xD800 <= code < 0xE000:
            hows[LONE] = None
        elif code > 0x10FFFF or code in (0xFFFE, 0xFFFF) or (code < 0x20 and code not in (9, 10, 13)):
            hows[CONTROL] = None
        else:
            return reference[0]
        return _LOST

    return _REFERENCE.sub(allowed, _PAIR.sub(joined, markup)), tuple(hows)


def line_breaks(tag: bytes) -> bytes:
    """Raw line breaks and tabs inside values as references: XML would turn them into spaces."""

    def kept(value: re.Match[bytes]) -> bytes:
        return value[0].replace(b"\r\n", b"&#10;").replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")

    return _VALUE.sub(kept, tag)


def last_resort(markup: bytes, encoding: str) -> tuple[bytes, tuple[str, ...]]:
    """For a record that the parser refused: characters and bytes that XML cannot hold, and a bare `&`."""
    text, hows = _decoded(markup, encoding)
    text, controls = _NOT_XML.subn("\ufffd", text)
    if controls:
        hows += (CONTROL,)
    mended, ampersands = _BARE_AMPERSAND.subn(b"&amp;", text.encode(encoding, "xmlcharrefreplace"))
    if ampersands:
        hows += (AMPERSAND,)
    return mended, hows


def _decoded(markup: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return markup.decode(encoding), ()
    except UnicodeDecodeError:
        pass
    try:  # the two halves of an emoji, each as three bytes of its own
        halves = markup.decode(encoding, "surrogatepass").encode("utf-16-le", "surrogatepass")
        return halves.decode("utf-16-le"), (PAIRS,)
    except UnicodeDecodeError:
        return markup.decode(encoding, "replace"), (NOT_UTF8,)
