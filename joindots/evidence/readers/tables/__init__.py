"""Readers of tables: bank statements (CSV, OFX), call lists and bills, and a person's own log of incidents.

`rows(source)` gives the rows of any table by heading, for other uses than evidence.
"""

from __future__ import annotations

from joindots.evidence.readers.formats import Format
from joindots.evidence.readers.tables import ofx
from joindots.evidence.readers.tables.opened import is_workbook, rows, tables
from joindots.evidence.readers.tables.reading import kind_of, read_tables
from joindots.evidence.readers.tables.rows import Row

__all__ = ["FORMATS", "LIMITS", "Row", "rows", "tables"]

LIMITS = {
    "date_only": "The bank gives the day, not the time.",
    "order_is_the_banks": "Payments of one day stand in the bank's order.",
    "other_payments_kept_back": "Payments by others, and payments out, were left out of the records.",
    "balance_never_kept": "Balances are never kept.",
    "outgoing_only": "A bill lists only calls made, never calls received.",
    "call_list_may_be_cut": "A phone's call list may keep only its newest calls.",
    "own_log": "A person's own log: days on which nothing is written show nothing.",
}
"""The limits that coverage of these tables can name, as plain sentences by code."""

FORMATS = (
    Format("ofx", "bank statements in OFX", ofx.claims, ofx.read),
    Format("bank", "bank statements as tables", lambda source: kind_of(source) == "bank", read_tables),
    Format("calls", "call lists and itemised bills", lambda source: kind_of(source) == "calls", read_tables),
    Format(
        "incidents", "spreadsheets and logs of incidents",
        lambda source: is_workbook(source) or kind_of(source) == "incidents", read_tables,
    ),
)  # fmt: skip
