"""How somebody copes, asked more than once, side by side; and the ledger of what it cost them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework import permissions
from joindots.casework.models import Case, CopeAnswer, Cost
from joindots.casework.rules import recovery
from joindots.documents.sheets import guarded

MOST = 1000


@dataclass(frozen=True, slots=True)
class Asking:
    """One asking: its day, who asked, what is said of the stalking, and the person's own words."""

    on: date
    by: str
    still: str
    own: str


@dataclass(frozen=True, slots=True)
class Coping:
    """Every asking, oldest first, and each question with its answers side by side. There is no total."""

    askings: tuple[Asking, ...]
    pairs: tuple[recovery.Pair, ...]


@dataclass(frozen=True, slots=True)
class CostView:
    """One cost or loss."""

    id: UUID
    version: int
    kind: str
    on: date
    pence: int
    what: str
    receipt: str
    claim: str
    claim_words: str
    by: str
    withdrawn: bool
    why: str

    @property
    def amount(self) -> str:
        """The amount as people write it."""
        return recovery.pounds(self.pence)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The costs of a case, newest first, with totals by kind and what they are counted from."""

    costs: tuple[CostView, ...]
    totals: tuple[recovery.Total, ...]
    entries: int
    receipts: int
    claimed: int
    pence: int

    @property
    def sum(self) -> str:
        """The sum of all kinds."""
        return recovery.pounds(self.pence)


@reads_one(permissions.SEE_SUPPORT, Case)
def coping(actor: Actor, case: Case) -> Coping:
    """The paired questions of a case."""
    rows = list(CopeAnswer.objects.filter(circle=case.circle_id).select_related("by__user").order_by("on", "id"))
    asked = [_asked(actor, row) for row in rows]
    askings = tuple(
        Asking(one.on, row.by.user.name, recovery.STILL_WORDS[one.still], one.own)
        for row, one in zip(rows, asked, strict=True)
    )
    return Coping(askings, recovery.pairs(asked))


@reads_one(permissions.SEE_SUPPORT, Case)
def ledger(actor: Actor, case: Case) -> Ledger:
    """The ledger; entries that were withdrawn stand in it and count nothing."""
    rows = Cost.objects.filter(circle=case.circle_id).select_related("by__user").order_by("-on", "-id")[:MOST]
    costs = tuple(_cost(actor, row) for row in rows)
    counted = [one for one in costs if not one.withdrawn]
    codes = {label: code for code, label in recovery.COST_WORDS.items()}
    sums = recovery.totals((codes[one.kind], one.pence, bool(one.receipt), one.claim) for one in counted)
    return Ledger(
        costs, sums, len(counted), sum(one.receipts for one in sums), sum(one.claimed for one in sums),
        sum(one.pence for one in sums),
    )  # fmt: skip


@reads_one(permissions.SEE_SUPPORT, Case)
def ledger_sheet(actor: Actor, case: Case) -> bytes:
    """The ledger as a table for a claim: a line an entry, oldest first. No name and no address stands in it."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("day", "kind", "what", "pounds", "receipt", "claim"))
    rows = Cost.objects.filter(circle=case.circle_id, withdrawn_at=None).order_by("on", "id")
    for row in rows.select_related("by__user"):
        one = _cost(actor, row)
        pounds = f"{one.pence // 100}.{one.pence % 100:02}"
        table.writerow((one.on.isoformat(), one.kind, guarded(one.what), pounds, guarded(one.receipt), one.claim_words))
    return ("\ufeff" + out.getvalue()).encode()


def _asked(actor: Actor, row: CopeAnswer) -> recovery.Asked:
    sheet: dict[str, Any] = msgspec.json.decode(actor.keys.open_bytes(row.sheet))
    return recovery.Asked(row.on, row.still, sheet["marks"], sheet["said"], sheet["own"])


def _cost(actor: Actor, row: Cost) -> CostView:
    show = actor.keys.open
    return CostView(
        row.pk, row.version, recovery.COST_WORDS[row.kind], row.on, row.pence, show(row.what), show(row.receipt),
        row.claim, recovery.CLAIM_WORDS[row.claim], row.by.user.name, row.withdrawn_at is not None, show(row.why),
    )  # fmt: skip
