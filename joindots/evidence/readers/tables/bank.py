"""Bank statements as tables: each payment in, with the words sent along; all else is kept back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from joindots.evidence.readers.records import Item, NotUnderstood
from joindots.evidence.readers.stamps import OrderProof
from joindots.evidence.readers.tables.bank_times import BankTimes
from joindots.evidence.readers.tables.clocks import Clocks, When
from joindots.evidence.readers.tables.columns import Columns, plain_heading
from joindots.evidence.readers.tables.headings import BANK
from joindots.evidence.readers.tables.money import HUNDREDTHS, pence, pence_of_number
from joindots.evidence.readers.tables.payments import Payers, Payment, Picked, record
from joindots.evidence.readers.tables.rows import Row, Table
from joindots.evidence.readers.tables.session import Extent, Session, refuse_answer
from joindots.evidence.readers.tables.ways import Ways

_RECEIPT = re.compile(
    r"^(?:FASTER PAYMENTS?|BILL PAYMENT|BANK) (?:RECEIPT|CREDIT)\b.*\bFROM (?P<payer>.+)$", re.IGNORECASE
)
"""The one bank's form that names reference and payer in one text: FASTER PAYMENTS RECEIPT REF.x FROM y."""
_AROUND = re.compile(
    r"(?:(?:opening|closing|starting|ending|start|end|statement|previous|new|final) )?balance"
    r"(?: (?:brought|carried) forward| b/?f| c/?f)?|(?:grand |sub-?)?totals?|(?:arranged )?overdraft(?: limit)?|"
    r"(?:available|remaining) (?:credit|funds)|credit limit",
    re.IGNORECASE,
)
_REFERENCES = frozenset(BANK["reference"][0].split("|"))
"""Headings of the payer's own words; a bank's "memo" may hold the payer too, and then its description is the same
for everybody."""
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}


def read_bank(table: Table, columns: Columns, session: Session) -> Iterator[Item]:
    """Every row of a statement in the file's order, which is the bank's. The balance is never carried."""
    answer = session.answer("their_payments", table)
    if not Picked.is_formed(answer):
        raise refuse_answer(session, "their_payments", "a list of payers")
    about = session.about(table)
    proof = OrderProof(stated=table.stated_order(columns))
    clocks = Clocks(session.source, session.answers, proof, about)
    payers, look = Payers(), _look(table, columns)
    for index, piece in enumerate(table.pieces()):
        if isinstance(piece, Row) and (one := payment(piece, columns, look)):
            clocks.survey(index, one.shown_date, one.stamp)
            payers.add(one)
    clocks.settle()
    yield from clocks.order_question()
    if answer is None:
        yield from payers.question(session.source, clocks.order, about)
    yield from _records(table, columns, session, clocks, Picked(answer), look)
    yield from clocks.other_questions()


class _Look(NamedTuple):
    """What the whole of a statement shows: which way its sums went, and whether its clocks tell anything."""

    ways: Ways
    times: BankTimes
    described: bool
    """Whether the bank's description says who paid, beside the payer's own words."""


def _look(table: Table, columns: Columns) -> _Look:
    described = plain_heading(columns.heading("reference")) in _REFERENCES
    look = _Look(Ways(), BankTimes(table, columns), described)
    for piece in table.pieces():
        if isinstance(piece, Row):
            look.ways.feed(piece.value(columns.places.get("amount")), piece.value(columns.places.get("type")))
            look.times.feed(piece)
    return look


def _records(
    table: Table, columns: Columns, session: Session, clocks: Clocks, picked: Picked, look: _Look
) -> Iterator[Item]:
    extent = Extent()
    for index, piece in enumerate(table.pieces()):
        if not isinstance(piece, Row):
            yield piece if piece.why == "headings" else NotUnderstood(piece.place, piece.why)
        elif (one := payment(piece, columns, look)) is None:
            # No excerpt: such a line may be a balance or somebody else's payment.
            yield NotUnderstood(piece.place, "headings" if _is_around(piece, columns) else "unknown_line")
        else:
            when = _lasting(clocks.when(one.began, index), clocks.when(one.stamp, index, one.shown_date))
            extent.add(when)
            id_, seq = session.next()
            yield record(one, when, piece.place, picked, id_, seq, session.source.sha256)
    limits = ("order_is_the_banks", "other_payments_kept_back", "balance_never_kept")
    session.coverage.append(extent.coverage("payment", *(() if look.times.told else ("date_only",)), *limits))


def _lasting(began: When, done: When) -> When:
    """From when a payment was begun to when it was done: which of the two she heard of, the statement cannot say."""
    if began.earliest is None or done.latest is None or began.earliest >= done.latest or began.latest == done.latest:
        return done
    return done._replace(earliest=began.earliest, precision="range")


def _is_around(row: Row, columns: Columns) -> bool:
    """Whether a row is an opening balance or a total: it names one, and has no day or moves no money."""
    named = any(_AROUND.fullmatch(value) for value in row.values)
    sums = [row.value(columns.places.get(name)) for name in ("amount", "paid_in", "paid_out")]
    day = row.value(columns.places.get("date"))
    return named and (not day or bool(_AROUND.fullmatch(day)) or not any(sums))


def payment(row: Row, columns: Columns, look: _Look) -> Payment | None:
    """The payment in a row; None for a total, a balance line or a row whose sum or date cannot be read."""
    places = columns.places
    shown_date, read = look.times.of(row)
    sum_ = _sum(row, columns, look.ways)
    if read is None or sum_ is None:
        return None
    amount, incoming = sum_
    currency = _currency(row, columns)
    description, notes = (row.value(places.get(name)) for name in ("description", "notes"))
    words = row.value(places.get("reference")) if columns.has("reference") else description or notes
    extra: dict[str, Any] = {}
    for meaning in ("type", "status"):
        if value := row.value(places.get(meaning)):
            extra[meaning] = value
    if notes and notes != words:
        extra["notes"] = notes
    if columns.has("reference") and description:
        extra["description"] = description
    if currency not in HUNDREDTHS:
        extra["amount_shown"] = row.value(places.get("amount", places.get("paid_in")))
    payer = row.value(places.get("payer")) or _payer_in(words, extra)
    return Payment(
        shown_date, read, abs(amount) if currency in HUNDREDTHS else None, incoming, payer, words, currency, extra,
        description if look.described else "", look.times.began(row),
    )  # fmt: skip


def _sum(row: Row, columns: Columns, ways: Ways) -> tuple[int, bool] | None:
    """Pence with a minus for money out, and whether it came in; None where there is no clear sum."""
    paid_in, paid_out, amount = (_money(row, columns.places.get(name)) for name in ("paid_in", "paid_out", "amount"))
    if "bad" in (paid_in, paid_out):
        return None
    came, went = int(paid_in or 0), int(paid_out or 0)
    if came and went:
        return None
    if came or went:
        sum_ = came or -abs(went)
        return sum_, sum_ > 0
    if amount == "bad" or (amount is None and paid_in is None and paid_out is None):
        return None
    shown, type_ = row.value(columns.places.get("amount")), row.value(columns.places.get("type"))
    return ways.signed(int(amount or 0), shown, row.value(columns.places.get("sign")), type_)


def _money(row: Row, place: int | None) -> Any:
    """Pence, None for an empty cell, or "bad"."""
    shown = row.value(place)
    if place is None or not shown or shown in ("-", "–"):
        return None
    found = pence_of_number(float(shown)) if row.is_number(place) else pence(shown)
    return "bad" if found is None else found


def _currency(row: Row, columns: Columns) -> str:
    """The row's currency, or that of the heading or sign; pounds where nothing says otherwise."""
    if named := row.value(columns.places.get("currency")):
        return named.upper()[:3]
    for meaning in ("amount", "paid_in"):
        shown = columns.heading(meaning) + row.value(columns.places.get(meaning))
        for sign, code in _SIGNS.items():
            if sign in shown or code in shown.upper():
                return code
    return "GBP"


def _payer_in(words: str, extra: dict[str, Any]) -> str:
    found = _RECEIPT.match(words)
    if not found:
        return ""
    extra["payer_from"] = "description"
    return found["payer"].strip()
