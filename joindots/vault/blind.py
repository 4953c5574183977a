"""Blind indexes: keyed hashes by which an identifier is found without being readable."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from joindots.vault.keys import purpose_key
from joindots.vault.models import PurposeKey

BYTES = 16


def blind(kind: str, value: str, generation: int = 1) -> bytes:
    """The keyed hash of a normalised value; `kind` parts telephone numbers from names.

    Each rotation begins a generation with a key of its own; rows say of which they are.

    It leaks, to who holds the database, that two rows hold the same value; without the key no
    list of numbers can be tried against it.
    """
    return _hash(purpose_key(f"blind:{generation}"), kind, value)


def blind_all(values: Iterable[tuple[str, str]], generation: int = 1) -> list[bytes]:
    """The keyed hashes of many (kind, value), in their order: the generation's key is fetched once."""
    key = purpose_key(f"blind:{generation}")
    return [_hash(key, kind, value) for kind, value in values]


def _hash(key: bytes, kind: str, value: str) -> bytes:
    return hmac.digest(key, f"{kind}|{value}".encode("utf-8", "surrogatepass"), hashlib.sha256)[:BYTES]


def generations() -> tuple[int, ...]:
    """The generations whose keys there are, newest first: look-ups ask each, new rows take the first."""
    names = PurposeKey.objects.filter(purpose__startswith="blind:").values_list("purpose", flat=True)
    return tuple(sorted((int(name.partition(":")[2]) for name in names), reverse=True)) or (1,)
