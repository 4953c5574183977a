"""Sums of money as banks and people write them, to the exact penny."""

from __future__ import annotations

import re
from decimal import Decimal

HUNDREDTHS = frozenset({"GBP", "EUR", "USD", "AUD", "NZD", "CAD", "CHF", "PLN", "ZAR", "INR", "SEK", "NOK", "DKK"})
"""Currencies of which a hundredth is the smaller unit; no other is turned into pence."""
MOST = 10**15

_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2012": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
_MARKED = re.compile(
    r"^(?P<open>\()?\s*(?P<sign>[+-])?\s*(?:£|GBP|€|EUR|\$|USD)?\s*(?P<sign2>[+-])?\s*(?P<digits>[\d.,' ]*\d)\s*"
    r"(?:£|GBP|€|EUR)?\s*(?P<after>-|\+|CR|DR|C|D)?\s*(?P<close>\))?$",
    re.IGNORECASE,
)
_PENCE = re.compile(r"^(?P<sign>[+-])?\s*(?P<digits>\d{1,9})\s*p$", re.IGNORECASE)
_PLAIN = re.compile(r"^\d+(?:\.\d+)?$|^\.\d+$")
_COMMAS = re.compile(r"^\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?$")
_POINTS = re.compile(r"^\d{1,3}(?:\.\d{3})+,\d{1,2}$")
_DECIMAL_COMMA = re.compile(r"^\d+,\d{2}$")


def pence(shown: str) -> int | None:
    """`-£1,234.56`, `(12.00)`, `5.00-`, `0.01 CR`, `1p` in pence; None unless it is a whole number of pence.

    Brackets, a minus on either side and DR make it negative.
    """
    text = shown.strip().translate(_SIGNS)
    if small := _PENCE.match(text):
        return -int(small["digits"]) if small["sign"] == "-" else int(small["digits"])
    found = _MARKED.match(text) or _MARKED.match("0" + text if text.startswith(".") else "")
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    minus = "-" in (found["sign"], found["sign2"])
    marks = [bool(found["open"]), minus, (found["after"] or "").upper() in ("-", "D", "DR")]
    if sum(marks) > 1 or (found["sign"] and found["sign2"]):
        return None
    whole = _hundredths(found["digits"].strip())
    return None if whole is None else -whole if any(marks) else whole


def _hundredths(digits: str) -> int | None:
    if _COMMAS.match(digits):
        digits = re.sub(r"[,' ]", "", digits)
    elif _POINTS.match(digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif _DECIMAL_COMMA.match(digits):
        digits = digits.replace(",", ".")
    elif not _PLAIN.match(digits):
        return None
    return _exact(Decimal(digits))


def pence_of_number(value: float) -> int | None:
    """A spreadsheet's number in pence. The dust of its binary arithmetic (under a millionth) is dropped."""
    if not abs(value) <= MOST:
        return None
    number = Decimal(repr(value))
    near = round(number, 2)
    return _exact(near) if abs(number - near) < Decimal("0.000001") else None


def _exact(number: Decimal) -> int | None:
    hundred = number * 100
    if abs(hundred) > MOST or hundred != hundred.to_integral_value():
        return None
    return int(hundred)
