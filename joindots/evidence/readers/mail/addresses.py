"""Address lists of a header (RFC 5322 3.4) as identities: what is shown, and the address as its key."""

from __future__ import annotations

import re
from functools import lru_cache

from joindots.evidence.readers.identities import key_of_address
from joindots.evidence.readers.mail.encoded import shown
from joindots.evidence.readers.records import Identity

LONGEST = 1 << 17
"""Characters of one address list that are read."""

_PLAIN = re.compile(r'(?:"?([^"<>@,;:\\()=]*?)"?\s*)<([^\s<>@,;:"()\\]+@[^\s<>@,;:"()\\]+)>\Z')
_BARE = re.compile(r'[^\s<>@,;:"()\\=]+@[^\s<>@,;:"()\\=]+\Z')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|\\.|<[^<>,;"]*>|[(),;:]|[^"\\<(),;:]+|.', re.DOTALL)


def addresses(value: str, mended: list[str] | None = None) -> tuple[Identity, ...]:
    """Every mailbox in the value, groups flattened. A name without an address has no key."""
    if len(value) > 512 or not value.isascii():
        return tuple(_read(value[:LONGEST], mended))
    return _short(value) if "=?" not in value else tuple(_read(value, mended))


@lru_cache(maxsize=8_192)
def _short(value: str) -> tuple[Identity, ...]:
    if match := _PLAIN.match(value):
        name, address = (match[1] or "").strip(), match[2]
        return (Identity(f"{name} <{address}>" if name else address, key_of_address(address)),)
    if _BARE.match(value):
        return (Identity(value, key_of_address(value)),)
    return tuple(_read(value, None))


def _read(value: str, mended: list[str] | None) -> list[Identity]:
    """Split at commas outside quotes, angle brackets and comments; then take each mailbox apart."""
    found: list[Identity] = []
    name: list[str] = []
    address: str | None = None
    depth = 0
    comment: list[str] = []
    for token in _TOKEN.findall(value):
        if token == "(":
            depth += 1
        elif token == ")" and depth:
            depth -= 1
        elif depth:
            comment.append(token)
        elif token in (",", ";"):
            found += _mailbox(name, address, comment, mended)
            name, address, comment = [], None, []
        elif token == ":" and ";" in value:
            name = []  # it was the name of a group
        elif token[0] == "<" and token[-1] == ">":
            address = token[1:-1].strip().rpartition(":")[2]
        else:
            name.append(_unquoted(token) if token[0] == '"' else token)
    return found + _mailbox(name, address, comment, mended)


def _unquoted(token: str) -> str:
    inner = token[1:-1] if len(token) > 1 and token[-1] == '"' else token[1:]
    return re.sub(r"\\(.)", r"\1", inner, flags=re.DOTALL)


def _mailbox(name: list[str], address: str | None, comment: list[str], mended: list[str] | None) -> list[Identity]:
    words = " ".join(shown("".join(name), mended).split())
    if address is None:
        key = key_of_address(words)
        if key is None and not words:
            return []
        note = " ".join(shown("".join(comment), mended).split())
        return [Identity(f"{note} <{words}>" if note and key else words, key)]
    address = shown(address, mended)
    return [Identity(f"{words} <{address}>" if words and words != address else address, key_of_address(address))]
