"""Blind indexes: keyed hashes by which an identifier is found without being readable."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

from joindots.vault.keys import purpose_key
from joindots.vault.models import PurposeKey

BYTES = 16


def blind(kind: str, value: str, generation: int = 1) -> bytes:
    """The keyed hash of a normalised value; `kind` parts telephone numbers from names.

    Each rotation begins a generation with a key of its own; rows say of which they are.

    It leaks, to who holds the database, that two rows hold the same value; without the key no
    list of numbers can be tried against it.
    """
    return hmac.digest(
        purpose_key(f"blind:{generation}"), f"{kind}|{value}".encode("utf-8", "surrogatepass"), hashlib.sha256
    )[:BYTES]


def generations() -> tuple[int, ...]:
    """The generations whose keys there are, newest first: look-ups ask each, new rows take the first."""
    names = PurposeKey.objects.filter(purpose__startswith="blind:").values_list("purpose", flat=True)
    return tuple(sorted((int(name.partition(":")[2]) for name in names), reverse=True)) or (1,)


def folded_name(name: str) -> str:
    """A name as looked up: without accents, case, double spaces."""
    flat = unicodedata.normalize("NFKD", name)
    return " ".join("".join(sign for sign in flat if not unicodedata.combining(sign)).casefold().split())
