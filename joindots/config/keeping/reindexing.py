"""A new generation of blind indexes: made from the sealed values, batch by batch, safe to repeat."""

from __future__ import annotations

from django.db.models import Max

from joindots.people.models import Identifier
from joindots.vault.blind import blind
from joindots.vault.keys import KeyCabinet, KeyGone
from joindots.vault.models import PurposeKey
from joindots.vault.sealing import unseal

BATCH = 500


def reindex() -> int:
    """Give every identifier an index under a new key, then forget the old key. How many were made."""
    newest = Identifier.objects.aggregate(newest=Max("generation"))["newest"] or 1
    behind = Identifier.objects.filter(generation__lt=newest).exists()
    generation = newest if behind else newest + 1
    cabinet, done = KeyCabinet(), 0
    while rows := list(Identifier.objects.filter(generation__lt=generation).order_by("pk")[:BATCH]):
        for row in rows:
            try:
                value = row.value
                plain = unseal(cabinet.key(value.owner, value.tier), value.spot, value.blob).decode()
                row.index = blind(row.kind, plain, generation)
            except KeyGone:
                # An erased person's index must not find anything any more.
                row.index = b""
            row.generation = generation
            done += 1
        Identifier.objects.bulk_update(rows, ("index", "generation"))
    PurposeKey.objects.filter(purpose__startswith="blind:").exclude(purpose=f"blind:{generation}").delete()
    return done
