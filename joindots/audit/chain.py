"""The chain: each entry's hash covers the one before, so an edit, gap or cut shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

FIRST = "0" * 64


def canonical(content: dict[str, Any]) -> bytes:
    """One way to write an entry: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(previous: str, content: dict[str, Any]) -> str:
    """SHA-256 over the hash before and the entry's canonical form, in hex."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(content)).hexdigest()


class Fault(StrEnum):
    """What can be wrong with a book."""

    EDITED = "edited"
    GAP = "gap"
    TAIL_CUT = "tail_cut"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as stored."""

    seq: int
    previous: str
    content: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: in which book, at which entry."""

    book: str
    seq: int
    fault: Fault


def check(book: str, links: Iterable[Link], head_seq: int, head: str) -> list[Finding]:
    """What is wrong with one book, its entries in order; an empty list when nothing is."""
    found: list[Finding] = []
    seq, before = 0, FIRST
    for link in links:
        if link.seq != seq + 1:
            found.append(Finding(book, seq + 1, Fault.GAP))
        if (link.previous != before and link.seq == seq + 1) or link.digest != digest(link.previous, link.content):
            found.append(Finding(book, link.seq, Fault.EDITED))
        seq, before = link.seq, link.digest
    if seq < head_seq:
        found.append(Finding(book, seq + 1, Fault.TAIL_CUT))
    elif (seq, before) != (head_seq, head):
        found.append(Finding(book, seq, Fault.EDITED))
    return found
