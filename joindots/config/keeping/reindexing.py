"""A new generation of blind indexes: made from the sealed values, batch by batch, safe to repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Max

from joindots.casework.models import OwnNumber
from joindots.evidence.models import AccountSeen
from joindots.evidence.rules import seen
from joindots.helpline.models import CallerMark
from joindots.people.models import Belief, Identifier
from joindots.people.rules.finding import indexed
from joindots.vault.blind import blind
from joindots.vault.keys import KeyCabinet, KeyGone
from joindots.vault.models import PurposeKey
from joindots.vault.sealing import unseal

BATCH = 500

#: The tables that are found by blind index, and what goes into it: what is put before, and the value as compared.
INDEXED: tuple[tuple[Any, Callable[[Any, str], tuple[str, str]]], ...] = (
    (Identifier, lambda row, plain: indexed(row.kind, plain)),
    (OwnNumber, lambda row, plain: (row.indexed, plain)),
    (Belief, lambda row, plain: (row.indexed, plain)),
    (AccountSeen, lambda _row, plain: (seen.KIND, plain)),
    (CallerMark, lambda row, plain: (row.indexed, plain)),
)


def reindex() -> int:
    """Give every indexed row an index under a new key, then forget the old key. How many were made."""
    generation = _coming()
    done = sum(_reindex(model, of_what, generation) for model, of_what in INDEXED)
    PurposeKey.objects.filter(purpose__startswith="blind:").exclude(purpose=f"blind:{generation}").delete()
    return done


def _coming() -> int:
    """The generation to make: the newest while a row still lags behind it (a repeat after a crash), else the next."""
    newest = max(model.objects.aggregate(newest=Max("generation"))["newest"] or 1 for model, _ in INDEXED)
    behind = any(model.objects.filter(generation__lt=newest).exists() for model, _ in INDEXED)
    return newest if behind else newest + 1


def _reindex(model: Any, of_what: Callable[[Any, str], tuple[str, str]], generation: int) -> int:
    cabinet, done = KeyCabinet(), 0
    while rows := list(model.objects.filter(generation__lt=generation).order_by("pk")[:BATCH]):
        for row in rows:
            try:
                value = row.value
                plain = unseal(cabinet.key(value.owner, value.tier), value.spot, value.blob).decode()
                row.index = blind(*of_what(row, plain), generation)
            except KeyGone:
                # What was erased must not be found any more: the row's own id, which no value gives.
                row.index = row.pk.bytes
            row.generation = generation
            done += 1
        model.objects.bulk_update(rows, ("index", "generation"))
    return done
