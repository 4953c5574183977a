"""The key store: makes, loads, destroys and re-wraps keys. Each write here is committed at once.

A key is committed before the first row that uses it. It is destroyed, with the database's log
emptied, before the rows are deleted: an erasure cut short leaves noise, never words.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import connections, transaction
from django.db.models import F

from joindots.vault import root
from joindots.vault.models import Destroyed, OwnerKey, PurposeKey, Tier, TierKey
from joindots.vault.sealing import SealBroken, new_key, unwrap, wrap

log = logging.getLogger(__name__)
LOOK, PATIENCE = 0.01, 30
"""Seconds between two looks whether the key database's log can be emptied, and how long one looks."""


class KeyGone(Exception):
    """The owner has no such key: it was destroyed, or never made."""


def tier_keys() -> dict[str, bytes]:
    """Every tier's key, unwrapped; made where missing."""
    rows = {row.tier: bytes(row.wrapped) for row in TierKey.objects.all()}
    for tier in Tier.values:
        if tier not in rows:
            rows[tier] = bytes(
                TierKey.objects.get_or_create(tier=tier, defaults={"wrapped": _wrapped_new()})[0].wrapped
            )
    return {tier: _unwrapped(wrapped) for tier, wrapped in rows.items()}


class KeyCabinet:
    """Unwrapped keys of one visit. Only the tiers it was given can be opened with it."""

    def __init__(self, tiers: Collection[str] = tuple(Tier.values)) -> None:
        self._tiers = frozenset(tiers)
        self._tier_keys: dict[str, bytes] | None = None
        self._keys: dict[tuple[UUID, str], bytes] = {}

    def key(self, owner: UUID, tier: str) -> bytes:
        """The owner's key of that tier; KeyGone if there is none."""
        if (owner, tier) not in self._keys:
            self.load((owner,))
        try:
            return self._keys[(owner, tier)]
        except KeyError:
            raise KeyGone("What you asked for can no longer be opened: its key is gone.") from None

    def load(self, owners: Iterable[UUID]) -> None:
        """Bring in the keys of many owners in one query."""
        wanted = [owner for owner in owners if not any((owner, tier) in self._keys for tier in self._tiers)]
        rows = OwnerKey.objects.filter(owner__in=wanted, tier__in=self._tiers) if wanted else ()
        for row in rows:
            self._keys[(row.owner, row.tier)] = unwrap(self._of_tier(row.tier), bytes(row.wrapped))

    def key_or_new(self, owner: UUID, tier: str, at: datetime) -> bytes:
        """The owner's key, made and committed if this is its first use."""
        try:
            return self.key(owner, tier)
        except KeyGone:
            if Destroyed.objects.filter(owner=owner).exists():
                raise
            OwnerKey.objects.get_or_create(
                owner=owner, tier=tier, defaults={"wrapped": wrap(self._of_tier(tier), new_key()), "made_at": at}
            )
            self.load((owner,)) if not self._has_any(owner) else self._reload(owner)
            return self._keys[(owner, tier)]

    def _has_any(self, owner: UUID) -> bool:
        return any((owner, tier) in self._keys for tier in self._tiers)

    def _reload(self, owner: UUID) -> None:
        for tier in self._tiers:
            self._keys.pop((owner, tier), None)
        self.load((owner,))

    def _of_tier(self, tier: str) -> bytes:
        if tier not in self._tiers:
            raise KeyGone("This work may not open that.")
        if self._tier_keys is None:
            self._tier_keys = tier_keys()
        return self._tier_keys[tier]


def destroy(owners: Collection[UUID], at: datetime) -> None:
    """Destroy every key of the owners for good, and empty the key database's log of them."""
    with transaction.atomic(using="keys"):
        Destroyed.objects.bulk_create([Destroyed(owner=owner, at=at) for owner in owners], ignore_conflicts=True)
        OwnerKey.objects.filter(owner__in=owners).delete()
        transaction.on_commit(empty_log, using="keys")


def empty_log() -> None:
    """Empty the write-ahead log: a deleted key stayed readable in it otherwise (measured).

    Whoever reads at that moment is waited for; one that reads on past `PATIENCE` leaves the log as it is.
    """
    connection, until = connections["keys"], time.monotonic() + PATIENCE
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        while cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() >= until:
                log.error("the key database's log could not be emptied")
                return
            time.sleep(LOOK)


def sweep(living: Collection[UUID], before: datetime) -> int:
    """Delete keys made before `before` whose owner does not live: a crash came between key and row."""
    orphans = [
        row.pk for row in OwnerKey.objects.filter(made_at__lt=before).only("id", "owner") if row.owner not in living
    ]
    OwnerKey.objects.filter(pk__in=orphans).delete()
    return len(orphans)


def purpose_key(purpose: str) -> bytes:
    """A key of the installation for one purpose (sessions, second factors, a blind index); made at first use."""
    row, _ = PurposeKey.objects.get_or_create(purpose=purpose, defaults={"wrapped": _wrapped_new()})
    return _unwrapped(bytes(row.wrapped))


def rotate() -> int:
    """A new root key: tier and purpose keys are wrapped again in one transaction; owners' keys stay as they are.

    The new key lies on disk before anything is wrapped by it, so a crash anywhere loses nothing and
    the rotation can be done again. How many keys were wrapped.
    """
    source = root.source()
    old, new = source.root(), source.prepare_next()
    with transaction.atomic(using="keys"):
        rows: list[TierKey | PurposeKey] = [
            *TierKey.objects.select_for_update(),
            *PurposeKey.objects.select_for_update(),
        ]
        for row in rows:
            row.wrapped = wrap(new, _by_either(old, new, bytes(row.wrapped)))
            row.generation = F("generation") + 1
            row.save(using="keys")
    source.take_next()
    transaction.on_commit(empty_log, using="keys")
    return len(rows)


def _wrapped_new() -> bytes:
    return wrap(root.source().root(), new_key())


def _unwrapped(wrapped: bytes) -> bytes:
    """Under the root key, or the coming one while a rotation is between its two steps."""
    source = root.source()
    coming = source.coming()
    return unwrap(source.root(), wrapped) if coming is None else _by_either(source.root(), coming, wrapped)


def _by_either(old: bytes, new: bytes, wrapped: bytes) -> bytes:
    try:
        return unwrap(old, wrapped)
    except SealBroken:
        return unwrap(new, wrapped)
