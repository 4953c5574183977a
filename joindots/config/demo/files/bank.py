"""Her bank statement: nine payments of a penny with words in the reference, among everybody else's money."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from random import Random

PAYER = "C R PRYCE"
REFERENCES = (
    (date(2025, 9, 12), "LOOK UP"),
    (date(2025, 9, 15), "I SANG"),
    (date(2025, 9, 23), "WHY POLICE"),
    (date(2025, 9, 30), "TUESDAY"),
    (date(2025, 10, 6), "NO ONE CARES"),
    (date(2025, 10, 9), "STILL HERE"),
    (date(2025, 10, 27), "YOUR LIGHT"),
    (date(2025, 10, 31), "BOO"),
    (date(2025, 11, 4), "ANSWER ME"),
)
_OUT = (
    ("CARD PAYMENT TO NORTH GROCERS", 1850),
    ("CARD PAYMENT TO THE CORNER BAKERY", 420),
    ("DIRECT DEBIT RIVER WATER", 3110),
    ("CARD PAYMENT TO NORTHSHIRE BUSES", 480),
    ("CARD PAYMENT TO CHAPEL BOOKS", 999),
    ("DIRECT DEBIT HILL ENERGY", 6400),
)


def statement() -> bytes:
    """`statement.csv`: 1 August to 5 November 2025, newest first, with balances and other people's payments."""
    rows, balance = [], 214_377
    for day, description, pence in sorted(_movements(), key=lambda one: one[0]):
        balance += pence
        paid = f"{abs(pence) / 100:.2f}"
        rows.append(
            [
                f"{day:%d/%m/%Y}",
                description,
                paid if pence > 0 else "",
                "" if pence > 0 else paid,
                f"{balance / 100:.2f}",
            ]
        )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Date", "Description", "Money in", "Money out", "Balance"])
    writer.writerows(reversed(rows))
    return out.getvalue().encode()


def _movements() -> list[tuple[date, str, int]]:
    random = Random("bank")
    first = date(2025, 8, 1)
    found = [(day, f"FASTER PAYMENTS RECEIPT REF.{words} FROM {PAYER}", 1) for day, words in REFERENCES]
    for number in range(97):
        if random.random() < 0.7:
            description, pence = random.choice(_OUT)
            found.append((first + timedelta(days=number), description, -pence - random.randrange(300)))
    for month in (8, 9, 10):
        found.append((date(2025, month, 28), "BANK CREDIT REF.SALARY FROM NORTHSHIRE PHYSIOTHERAPY LTD", 211_450))
        found.append((date(2025, month, 2), "FASTER PAYMENTS RECEIPT REF.CHOIR TRIP FROM JEAN OKELL", 1_500))
    return found
