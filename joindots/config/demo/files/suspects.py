"""Westmarch's list of 1,200 suspects: one is Callum under another spelling, one is his father."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from random import Random

ROWS = 1_200
_GIVEN = (
    "Adam Alan Barry Brian Carl Colin Craig Daniel Darren Dean Derek Duncan Edwin Elena Fiona Frank Gavin Gemma "
    "Grant Harvey Hazel Ivor Jason Joanne Keith Kerry Lee Lorna Marcus Martin Nadia Neville Oscar Paula Peter "
    "Quentin Rhian Rory Sandra Shaun Terry Tina Vaughan Wendy "
).split()
_FAMILY = (
    "Abbott Ainsley Barlow Bexley Calder Clough Dalby Denholm Eaves Elstob Farrow Fenby Garth Gosling Harker "
    "Hebden Ibbot Jolly Kershaw Kilby Larkin Lofthouse Marsden Mossop Nettle Oldroyd Penrose Pickle Quibell "
    "Raistrick Rudd Sallow Scaife Tarn Thwaite Umpleby Varley Wensley Winter Yarrow "
).split()


def westmarch() -> bytes:
    """`westmarch.csv`: reference, name, date of birth, number, when the number was last seen, town, note."""
    random = Random("westmarch")
    rows = [_row(random, number) for number in range(ROWS)]
    rows[417] = [
        _reference(417),
        "Kallum PRICE",
        "14/03/1991",
        "07700 900177",
        "2023",
        "Westmarch",
        "stalking, earlier partner",
    ]
    rows[833] = [
        _reference(833),
        "Colm R Pryce",
        "02/11/1964",
        "07700 900178",
        "2024",
        "Northshire",
        "witness in a traffic matter",
    ]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Reference", "Name", "Date of birth", "Phone", "Phone last seen", "Town", "Note"])
    writer.writerows(rows)
    return out.getvalue().encode()


def _row(random: Random, number: int) -> list[str]:
    born = date(1950, 1, 1) + timedelta(days=random.randrange(20_000))
    phone = f"07700 900{random.randrange(200, 999)}"
    name = f"{random.choice(_GIVEN)} {random.choice(_FAMILY)}"
    note = random.choice(
        ("harassment", "malicious communications", "neighbour dispute", "stalking", "criminal damage", "")
    )
    town = random.choice(("Westmarch", "Ferrybridge Vale", "Low Moor End"))
    return [_reference(number), name, f"{born:%d/%m/%Y}", phone, str(random.randint(2015, 2025)), town, note]


def _reference(number: int) -> str:
    return f"WM/{20000 + 7 * number}"
