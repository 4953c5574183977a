"""Which way money went: by sign or mark, by a word beside the sum, or by what the whole column shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OUT = frozenset({"d", "dr", "debit", "out", "dbit", "paid out", "money out"})
_IN = frozenset({"c", "cr", "credit", "in", "crdt", "paid in", "money in"})
_TYPES_OUT = _OUT | frozenset(
    "dd|ddr|direct debit|so|standing order|deb|debit card|card payment|card purchase|pos|purchase|cpt|cash withdrawal|"
    "withdrawal|atm|fpo|faster payment out|payment out|payment sent|transfer out|bp|bill payment|chq|cheque|fee|"
    "charge|check|srvchg|directdebit|repeatpmt".split("|")
)
_TYPES_IN = _IN | frozenset(
    "fpi|faster payment in|bgc|bank giro credit|bac|bank credit|direct credit|dep|deposit|payment in|payment received|"
    "transfer in|inbound payment|directdep".split("|")
)
_MARK = re.compile(
    r"^[\s\u00a3(]*[-\u2212\u2013(]|-\s*$|(?:\b|(?<=\d))DR?\s*$|(?P<cr>\+|(?:\b|(?<=\d))CR?\s*$)", re.IGNORECASE
)


ENOUGH = 2
"""Types against their signs, and none with them, before the signs are taken to be turned."""


@dataclass(slots=True)
class Ways:
    """Fed with every sum of a column and the type beside it; then says which way one went.

    A bank that marks only credits leaves its debits bare, and one that signs nothing says it by the type. Where
    every type says the opposite of the sign, as on a card's bill, a plus is what was spent.
    """

    may_turn: bool = True
    """Off where the form itself says that a minus is money out, as OFX does."""
    _minus: bool = False
    _credit: bool = False
    _debit_type: bool = False
    _with_type: int = 0
    _against_type: int = 0

    def feed(self, shown: str, type_: str) -> None:
        """Take note of a row."""
        mark = _MARK.search(shown)
        if mark and mark["cr"]:
            self._credit = self._credit or "+" not in shown
        elif mark:
            self._minus = True
        word = _plain(type_)
        self._debit_type = self._debit_type or (bool(shown) and word in _TYPES_OUT)
        if shown and word in _TYPES_OUT | _TYPES_IN:
            agrees = (word in _TYPES_OUT) == bool(mark and not mark["cr"])
            self._with_type, self._against_type = self._with_type + agrees, self._against_type + (not agrees)

    @property
    def _turned(self) -> bool:
        return self.may_turn and self._minus and self._against_type >= ENOUGH and not self._with_type

    def signed(self, amount: int, shown: str, sign: str, type_: str) -> tuple[int, bool] | None:
        """Pence with a minus for money out, and whether it came in; None where nothing says which."""
        word = _plain(sign)
        if word:
            if word in _OUT:
                return -abs(amount), False
            return (amount, amount > 0) if word in _IN and amount >= 0 else None
        if amount <= 0 or self._minus or _MARK.search(shown):
            amount = -amount if self._turned else amount
            return amount, amount > 0
        if self._credit:
            return -amount, False
        return self._by_type(amount, _plain(type_)) if self._debit_type else (amount, True)

    def _by_type(self, amount: int, type_: str) -> tuple[int, bool] | None:
        if type_ in _TYPES_OUT:
            return -amount, False
        return (amount, True) if type_ in _TYPES_IN else None


def _plain(shown: str) -> str:
    return " ".join(shown.casefold().replace(".", "").replace("_", " ").split())
