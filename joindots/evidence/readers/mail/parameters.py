"""Content-Type and Content-Disposition with their parameters (RFC 2045, 2183, 2231)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from joindots.evidence.readers.mail.charsets import decode
from joindots.evidence.readers.mail.encoded import shown

LONGEST = 4_096
"""Characters of one value that are read: enough for any file name, and little enough to stay fast."""

_PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*+)"?|([^;]*))', re.DOTALL)
_PART = re.compile(r"(.+?)\*(?:(\d{1,3})(\*)?)?\Z")
_KIND = re.compile(r"[^\s/;]+/[^\s/;]+\Z")


@lru_cache(maxsize=1_024)
def content_type(value: str) -> tuple[str, dict[str, str]]:
    """`("text/plain", {"charset": "utf-8"})`; a type that is none counts as text/plain (RFC 2045 5.2)."""
    kind, parameters = _split(value)
    return (kind if _KIND.match(kind) else "text/plain"), parameters


def disposition(value: str) -> tuple[str, dict[str, str]]:
    """`("attachment", {"filename": …})`."""
    return _split(value)


def _split(value: str) -> tuple[str, dict[str, str]]:
    value = value[:LONGEST]
    kind, semicolon, _ = value.partition(";")
    kind = kind.strip().lower()
    return kind, (_parameters(value[len(value.partition(";")[0]) :]) if semicolon else {})


def _parameters(text: str) -> dict[str, str]:
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(text):
        name = match[1].lower()
        value = match[2].replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") if match[2] else ""
        value = value or (match[3] or "").strip()
        part = _PART.match(name)
        if part is None:
            plain.setdefault(name, shown(value) if name in ("name", "filename") else value)
        else:
            encoded = bool(part[3]) or part[2] is None
            pieces.setdefault(part[1], []).append((int(part[2] or 0), encoded, value))
    for name, parts in pieces.items():
        plain[name] = _joined(sorted(parts))
    return plain


def _joined(parts: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: pieces in order, percent-encoded ones under the charset that the first names."""
    charset = "utf-8"
    data = b""
    for number, encoded, value in parts:
        rest = value
        if not encoded:
            data += value.encode("latin-1", "replace")
            continue
        if number == 0 and value.count("'") >= 2:
            charset, _, rest = value.split("'", 2)
        data += unquote_to_bytes(rest)
    return decode(data, charset or "utf-8")[0]
