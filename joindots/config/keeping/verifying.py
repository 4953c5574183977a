"""Checks everything that can be checked: chains, checkpoints, stored files, seals."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.apps import apps
from django.db import models

from joindots.audit.chain import Fault, Link, canonical, check
from joindots.audit.models import Book, Checkpoint, Entry
from joindots.vault import files
from joindots.vault.fields import Sealed, owner_of, sealed_columns
from joindots.vault.keys import KeyCabinet, KeyGone, purpose_key
from joindots.vault.models import Destroyed
from joindots.vault.sealing import SealBroken, unseal

CHUNK = 1 << 20
BATCH = 500


class Status(IntEnum):
    """Exit statuses of `joindots verify`, one a kind."""

    WHOLE = 0
    ENTRY_EDITED = 2
    ENTRY_MISSING = 3
    TAIL_OR_ANCHOR = 4
    FILE_ALTERED = 5
    SEAL_BROKEN = 6
    KEY_MISSING = 7
    SEVERAL = 9


OF_FAULT = {
    Fault.EDITED: Status.ENTRY_EDITED,
    Fault.GAP: Status.ENTRY_MISSING,
    Fault.TAIL_CUT: Status.TAIL_OR_ANCHOR,
    Fault.ANCHOR: Status.TAIL_OR_ANCHOR,
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong, named without a word of anybody's."""

    status: Status
    says: str


def verify(anchor: Path | None = None) -> list[Wrong]:
    """All that is wrong; an empty list when everything is whole."""
    return [*chains(), *(anchored(anchor) if anchor else ()), *stored_files(), *seals()]


def exit_status(wrongs: list[Wrong]) -> Status:
    """The one kind's own status; SEVERAL when there is more than one kind."""
    kinds = {wrong.status for wrong in wrongs}
    return kinds.pop() if len(kinds) == 1 else Status.SEVERAL if kinds else Status.WHOLE


def chains() -> Iterator[Wrong]:
    """Every book from its first entry to its head."""
    for book in Book.objects.order_by("id"):
        rows = Entry.objects.filter(book=book).order_by("seq")
        links = (Link(row.seq, row.previous, _as_stored(row), row.digest) for row in rows.iterator(chunk_size=BATCH))
        for found in check(str(book.pk), links, book.seq, book.head):
            yield Wrong(OF_FAULT[found.fault], f"book {found.book}, entry {found.seq}: {found.fault}")


def _as_stored(row: Entry) -> dict[str, Any]:
    """The entry's content, with the columns beside it: an edited column is an edit too."""
    who = str(row.membership) if row.membership else None
    return {**row.content, "seq": row.seq, "code": row.code, "at": row.at.astimezone(UTC).isoformat(), "who": who}


def anchored(path: Path) -> Iterator[Wrong]:
    """A checkpoint kept outside against today's books: signature, and every head it names still in its chain."""
    kept = json.loads(path.read_text())
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(kept["public"])).verify(
            bytes.fromhex(kept["signature"]), canonical({"at": kept["at"], "heads": kept["heads"]})
        )
    except InvalidSignature:
        yield Wrong(Status.TAIL_OR_ANCHOR, "the anchor's own signature does not fit")
        return
    if kept["public"] != public_key():
        yield Wrong(Status.TAIL_OR_ANCHOR, "the anchor was signed by another installation")
    for book, (seq, head) in kept["heads"].items():
        row = Entry.objects.filter(book=UUID(book), seq=seq).first()
        if seq and (row is None or row.digest != head):
            yield Wrong(Status.TAIL_OR_ANCHOR, f"book {book}: entry {seq} is not the one the anchor names")


def checkpoint(at: datetime | None = None) -> dict[str, Any]:
    """All heads, signed and kept; the caller keeps a copy outside."""
    moment = at or datetime.now(UTC)
    heads = {str(book.pk): [book.seq, book.head] for book in Book.objects.order_by("id")}
    body = {"at": moment.isoformat(), "heads": heads}
    signature = _signer().sign(canonical(body))
    Checkpoint.objects.create(at=moment, heads=heads, signature=signature)
    return {**body, "signature": signature.hex(), "public": public_key()}


def public_key() -> str:
    """The installation's public key for checkpoints, in hex."""
    return _signer().public_key().public_bytes_raw().hex()


def _signer() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(purpose_key("checkpoint"))


def models_with_files() -> list[Any]:
    """Every model whose rows tell of a stored file: where it lies, its key and its size, by the names of columns."""
    wanted = {"address", "file_key", "size", "sha256", "circle"}
    return [one for one in apps.get_models() if wanted <= {field.name for field in one._meta.concrete_fields}]


def stored_files() -> Iterator[Wrong]:
    """Every stored file opened to its end and hashed against what it was when it came."""
    cabinet, gone = KeyCabinet(), _erased()
    for model in models_with_files():
        for row in model.objects.exclude(address="").exclude(circle__in=gone).iterator(chunk_size=BATCH):
            name = f"file {row.address} of circle {row.circle_id}"
            try:
                key = base64.b64decode(_opened(cabinet, row.file_key))
                told = row.sha256 if isinstance(row.sha256, str) else _opened(cabinet, row.sha256).decode()
                if _hash(row, key) != told:
                    yield Wrong(Status.FILE_ALTERED, f"{name}: its bytes are not what came")
            except FileNotFoundError:
                yield Wrong(Status.FILE_ALTERED, f"{name}: missing")
            except SealBroken:
                yield Wrong(Status.FILE_ALTERED, f"{name}: altered or cut short")
            except KeyGone:
                yield Wrong(Status.KEY_MISSING, f"{name}: its key is missing")


def _hash(row: Any, key: bytes) -> str:
    digest = hashlib.sha256()
    with files.open_file(files.folder() / row.circle_id.hex / row.address, key, row.size) as stream:
        while piece := stream.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def seals() -> Iterator[Wrong]:
    """Every sealed column of every row opened, and nothing shown."""
    gone = _erased()
    for model in apps.get_models():
        columns = sealed_columns(model)
        if not columns:
            continue
        cabinet = KeyCabinet()
        for row in model._default_manager.iterator(chunk_size=BATCH):
            if owner_of(row) not in gone:
                yield from _row(cabinet, model, row, [column.attname for column in columns])


def _row(cabinet: KeyCabinet, model: type[models.Model], row: models.Model, columns: list[str]) -> Iterator[Wrong]:
    for column in columns:
        place = f"{model._meta.db_table}.{column} of row {row.pk}"
        try:
            _opened(cabinet, getattr(row, column))
        except SealBroken:
            yield Wrong(Status.SEAL_BROKEN, f"{place}: the seal does not open")
        except KeyGone:
            yield Wrong(Status.KEY_MISSING, f"{place}: its key is missing")


def _opened(cabinet: KeyCabinet, value: Sealed) -> bytes:
    return unseal(cabinet.key(value.owner, value.tier), value.spot, value.blob) if value.blob else b""


def _erased() -> set[UUID]:
    return set(Destroyed.objects.values_list("owner", flat=True))
