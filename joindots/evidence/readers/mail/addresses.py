"""Address lists of a header (RFC 5322 3.4) as identities: what is shown, and the address as its key."""

from __future__ import annotations

import re
from functools import lru_cache

from joindots.evidence.readers.mail.encoded import shown
from joindots.evidence.readers.records import Identity
from joindots.kernel.identities import key_of_address

LONGEST = 1 << 17
"""Characters of one address list that are read."""

_PLAIN = re.compile(r'(?:"?([^"<>@,;:\\()=]*?)"?\s*)<([^\s<>@,;:"()\\]+@[^\s<>@,;:"()\\]+)>\Z')
_BARE = re.compile(r'[^\s<>@,;:"()\\=]+@[^\s<>@,;:"()\\=]+\Z')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|\\.|<(?:@[^<>"]*|[^<>,;"]*)>|[(),;:]|[^"\\<(),;:]+|.', re.DOTALL)
_ASIDE = re.compile(r"\([^()]*\)")
_DOTTED = re.compile(r"\s*([.@])\s*")


def addresses(value: str, mended: list[str] | None = None) -> tuple[Identity, ...]:
    """Every mailbox in the value, groups flattened. A name without an address has no key."""
    if len(value) > 512 or not value.isascii():
        return tuple(_read(value[:LONGEST], mended))
    if "=?" not in value:
        return _short(value)
    found, how = _coded(value)
    if mended is not None:
        mended.extend(code for code in how if code not in mended)
    return found


@lru_cache(maxsize=2_048)
def _coded(value: str) -> tuple[tuple[Identity, ...], tuple[str, ...]]:
    mended: list[str] = []
    return tuple(_read(value, mended)), tuple(mended)


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
    angles: list[str] = []
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
            found += _mailbox(name, angles, comment, mended)
            name, angles, comment = [], [], []
        elif token == ":" and ";" in value:
            name = []  # it was the name of a group
        elif token[0] == "<" and token[-1] == ">":
            angles.append(token[1:-1])
        else:
            name.append(_unquoted(token) if token[0] == '"' else token)
    return found + _mailbox(name, angles, comment, mended)


def _unquoted(token: str) -> str:
    inner = token[1:-1] if len(token) > 1 and token[-1] == '"' else token[1:]
    return re.sub(r"\\(.)", r"\1", inner, flags=re.DOTALL)


def _mailbox(name: list[str], angles: list[str], comment: list[str], mended: list[str] | None) -> list[Identity]:
    """One mailbox, or none. Of several addresses in angle brackets none is the mailbox's for sure: it has no key."""
    words = " ".join(shown("".join(name), mended).split())
    note = " ".join(shown("".join(comment), mended).split())
    found = [address for angle in angles if (address := _address(shown(angle, mended)))]
    if len(found) == 1:
        words = words or note
        shown_as = f"{words} <{found[0]}>" if words and words != found[0] else found[0]
        return [Identity(shown_as, key_of_address(found[0]))]
    if angles and (words or found):
        return [Identity(" ".join((words, *(f"<{address}>" for address in found))).strip())]
    return _without_angles(words, note)


def _without_angles(words: str, note: str) -> list[Identity]:
    address = _DOTTED.sub(r"\1", words).removeprefix("mailto:")
    if key := key_of_address(address):
        return [Identity(f"{note} <{address}>" if note else address, key)]
    if not words:
        return []
    named = [word for word in words.split() if "@" in word]
    key = key_of_address(named[0].strip("'")) if len(named) == 1 and "<" not in words and ">" not in words else None
    return [Identity(f"{words} ({note})" if note else words, key)]


def _address(text: str) -> str:
    """What stands in angle brackets, without comments, spaces around dots, or a route or `mailto:` before it."""
    if "(" in text:
        text = _ASIDE.sub("", text)
    text = _DOTTED.sub(r"\1", text.strip())
    return text.rpartition(":")[2] if ":" in text and "[" not in text else text
