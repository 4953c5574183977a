"""Writing the trail: entries go into their books in sorted order, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from joindots.audit.chain import digest
from joindots.audit.models import Book, Entry

SYSTEM_BOOK = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry about to be written: the book's owner and kind, a code, and codes and ids only."""

    book: UUID
    kind: str
    code: str
    says: dict[str, Any] = field(default_factory=dict)


class Witness(Protocol):
    """What the trail knows of an actor."""

    @property
    def membership_id(self) -> UUID | None: ...

    @property
    def agency_id(self) -> UUID | None: ...

    @property
    def at(self) -> datetime: ...

    @property
    def visit_id(self) -> UUID: ...


def write(witness: Witness, drafts: Iterable[Draft]) -> None:
    """Add entries to their books. Each book's head is locked only while its entries are added.

    Books are taken in the order of their ids, so that two visits never wait for each other.
    """
    ordered = sorted(drafts, key=lambda draft: draft.book)
    if not ordered:
        return
    with transaction.atomic():
        for owner in dict.fromkeys(draft.book for draft in ordered):
            _append(witness, [draft for draft in ordered if draft.book == owner])


def _append(witness: Witness, drafts: list[Draft]) -> None:
    Book.objects.get_or_create(id=drafts[0].book, defaults={"kind": drafts[0].kind})
    book = Book.objects.select_for_update().get(id=drafts[0].book)
    entries = []
    for draft in drafts:
        book.seq += 1
        content = {
            "seq": book.seq, "book": str(book.id), "at": witness.at.astimezone(UTC).isoformat(), "code": draft.code,
            "who": _text(witness.membership_id), "agency": _text(witness.agency_id),
            "visit": str(witness.visit_id), "says": draft.says,
        }  # fmt: skip
        mark = digest(book.head, content)
        entries.append(
            Entry(book=book, seq=book.seq, at=witness.at, membership=witness.membership_id, code=draft.code,
                  content=content, previous=book.head, digest=mark)
        )  # fmt: skip
        book.head = mark
    Entry.objects.bulk_create(entries)
    book.save(update_fields=("seq", "head"))


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
