"""The seal: AES-256-GCM under one key, bound to the place it was made for."""

from __future__ import annotations

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

VERSION = b"\x01"
HEADER = 1 + 4
NONCE = 12
KEY_BYTES = 32


class SealBroken(Exception):
    """A seal that does not open: moved to another row, altered, or sealed under another key."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What a seal is bound to: table, column, owner and row, each as text."""

    table: str
    column: str
    owner: str
    row: str

    def bind(self, number: int) -> bytes:
        """The additional data of the cipher; the seal's own number stops an older seal's return."""
        return "|".join((self.table, self.column, self.owner, self.row, str(number))).encode()


def new_key() -> bytes:
    """A random 256-bit key."""
    return os.urandom(KEY_BYTES)


def wrap(wrapping: bytes, key: bytes) -> bytes:
    """The key wrapped by another (RFC 3394)."""
    return aes_key_wrap(wrapping, key)


def unwrap(wrapping: bytes, wrapped: bytes) -> bytes:
    """The key out of its wrapping; SealBroken if the wrapping key is another."""
    try:
        return aes_key_unwrap(wrapping, wrapped)
    except InvalidUnwrap:
        raise SealBroken("A key does not open under the root key in use.") from None


def number_of(blob: bytes) -> int:
    """The number stored beside a seal; 0 where there is none yet."""
    return int.from_bytes(blob[1:HEADER], "big") if blob else 0


def seal(key: bytes, spot: Spot, plain: bytes, number: int) -> bytes:
    """Version, number, nonce and ciphertext of `plain`, bound to its spot and number."""
    nonce = os.urandom(NONCE)
    return VERSION + number.to_bytes(4, "big") + nonce + AESGCM(key).encrypt(nonce, plain, spot.bind(number))


def unseal(key: bytes, spot: Spot, blob: bytes) -> bytes:
    """What was sealed; SealBroken if anything at all differs from when it was."""
    if blob[:1] != VERSION:
        raise SealBroken(f"A seal in {spot.table}.{spot.column} has an unknown form.")
    nonce = blob[HEADER : HEADER + NONCE]
    try:
        return AESGCM(key).decrypt(nonce, blob[HEADER + NONCE :], spot.bind(number_of(blob)))
    except (InvalidTag, ValueError):
        raise SealBroken(f"A seal in {spot.table}.{spot.column} does not open.") from None
