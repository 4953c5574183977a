"""Invented people, places and prose for packs: the protected ones of a case, and others who may stand in it."""

from __future__ import annotations

import random
import re
import string
from dataclasses import dataclass

from joindots.documents.leaks.protected import Protected, Word

FORENAMES = """Mia Ella Noah Theo Isla Ava Oliver Amelia Harry George Freya Archie Poppy Alfie Rosie Evie Jack Leo Ruby
Grace Arthur Florence Ibrahim Aisha Yusuf Fatima Priya Arjun Kiran Zara Agnieszka Piotr Kasia Seren Ffion Rhys Carys
Callum Rowena Danielle Martin Stephen Christine Margaret Graham Susan Linda Tracey Gareth Marian Joanne Nicola""".split()
SURNAMES = """Hale Pryce Okafor Whitby Clarke Nair Patel Ahmed Kowalska Evans Davies Marsh Holt Bright Fairclough
Braithwaite Sutcliffe Ogden Tattersall Nwosu Begum Hussain Lister Greenwood Armitage Dyson Haigh Barraclough Firth
Lockwood Sykes Beaumont Hirst Crowther Thompson Wilkinson Robinson Mitchell Campbell Stewart Anderson Murray""".split()
COMMON = """High Street|Station Road|Church Lane|Park Road|Victoria Road|Green Lane|Manor Road|Church Street|Mill Lane
London Road|Kings Road|Queens Road|New Street|Springfield Road|Grange Road|West Street""".replace("\n", "|").split("|")
TREES = """Rose Elm Beech Hawthorn Laburnum Birchwood Meadow Ivy Oak Tennyson Wordsworth Ashdown Cobden Alma Clifton Moorland
Albert York Chapel Bridge Park Mill Hill Wood Norwood Stanley Nelson Regent Bath Spring""".split()
WAYS = "Road Street Lane Close Avenue Drive Grove Crescent View Terrace Gardens Court Place Mount Rise".split()
"""Every fourth address is in a street whose name every town has."""
TOWNS = "Leeds Otley Halifax Bradford Keighley Ilkley Pudsey Morley Batley Dewsbury Wakefield Skipton".split()
SCHOOLS = """St Hilda's Primary School|Beckfoot Lane Academy|Holy Trinity Infant School|Moorside Community College
Thornbury Primary School|Castle Grove Nursery|St Wilfrid's High School|Low Ash Primary School""".replace(
    "\n", "|"
).split("|")
WORKPLACES = """Birchwood Dental Ltd|Aire Valley Opticians|Calder Accountants LLP|Northgate Veterinary Surgery
Hepworth Print Works|Ridings Care Agency|Swillington Garden Centre|Kirkgate Housing Association""".replace(
    "\n", "|"
).split("|")
SAID = """He rang again at {hour} and said nothing.|I was at work until {hour} and saw the car outside.
{name} from the office walked me to the bus stop.|He wrote: where are you, I know where you go.
Three messages came before breakfast, then none until {hour}.|The officer gave the number {number} for the report.
My sister lives at {address} and he went there too.|{name} saw him by the gate at {hour}.
I blocked the account and another one wrote within the hour.|He left a bag on the step with my old coat in it.
I have not answered since {hour} on Tuesday.|Please ring {name} on {number} about the hearing.
The order says he must not come within 100 metres.|The letter came to {address}, it was for somebody else.
""".replace("\n", "|").strip("|").split("|")  # fmt: skip


@dataclass
class Secrets:
    """What one case keeps back, each as a person would write it."""

    address: str
    door: str
    postcode: str
    number: str
    email: str
    workplace: str
    school: str
    child: str
    vehicle: str
    handle: str
    photograph: str

    def protected(self) -> Protected:
        return Protected(
            (
                Word(self.address, "address"), Word(self.number, "number"), Word(self.email, "email"),
                Word(self.workplace, "workplace"), Word(self.school, "school"), Word(self.child, "child"),
                Word(self.vehicle, "vehicle"), Word(self.handle, "handle"), Word(self.photograph, "file name"),
            )
        )  # fmt: skip

    def each(self) -> list[str]:
        """What may be planted, alone."""
        return [
            self.door, self.postcode, self.number, self.email, self.workplace, self.school, self.child, self.vehicle,
            self.handle, self.photograph,
        ]  # fmt: skip


class World:
    """Draws people and things; what others are given never is what is protected."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.secrets = self._secrets()

    def _secrets(self) -> Secrets:
        rng = self.rng
        door = self.any_door()
        postcode = self.any_postcode()
        number = self.any_number()
        child = f"{rng.choice(FORENAMES)} {rng.choice(SURNAMES)}"
        stem = f"{rng.choice(FORENAMES)}.{rng.choice(SURNAMES)}".lower()
        return Secrets(
            f"{door}, {rng.choice(TOWNS)}, {postcode}", door, postcode, number, f"{stem}{rng.randint(1, 99)}@example.org",
            rng.choice(WORKPLACES), rng.choice(SCHOOLS), child, self.any_plate(),
            f"{stem.replace('.', '_')}_{rng.randint(10, 99)}", f"IMG_2025{rng.randint(101, 930):04d}_{rng.randint(100000, 235959)}.jpg",
        )  # fmt: skip

    def any_door(self) -> str:
        rng = self.rng
        street = rng.choice(COMMON) if rng.random() < 0.25 else f"{rng.choice(TREES)} {rng.choice(WAYS)}"
        return f"{rng.randint(1, 180)} {street}"

    def any_postcode(self) -> str:
        rng = self.rng
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        area = rng.choice(["LS", "BD", "HX", "WF", "HD", "S", "M", "YO"])
        return f"{area}{rng.randint(1, 29)} {rng.randint(1, 9)}{rng.choice(letters)}{rng.choice(letters)}"

    def any_number(self) -> str:
        rng = self.rng
        if rng.random() < 0.6:
            return f"07{rng.choice('3457899')}{rng.randint(0, 99):02d} 900{rng.randint(0, 999):03d}"
        return f"01{rng.choice(['632', '914', '532', '274'])} 960{rng.randint(0, 999):03d}"

    def any_plate(self) -> str:
        rng = self.rng
        letters = string.ascii_uppercase.replace("I", "").replace("Q", "")
        drawn = "".join(rng.choice(letters) for _ in range(5))
        return f"{drawn[:2]}{rng.randint(51, 75)} {drawn[2:]}"

    def name(self) -> str:
        own = self.secrets.child.split()[0]
        return f"{self.rng.choice([n for n in FORENAMES if n != own])} {self.rng.choice(SURNAMES)}"

    def address(self) -> str:
        while (door := self.any_door()) == self.secrets.door:
            continue
        return f"{door}, {self.rng.choice(TOWNS)}, {self.any_postcode()}"

    def number(self) -> str:
        """Another's number; every fifth shares all but the last two digits with the protected one."""
        if self.rng.random() < 0.2:
            kept, last = self.secrets.number[:-2], int(self.secrets.number[-2:])
            return f"{kept}{(last + self.rng.randint(1, 99)) % 100:02d}"
        while (number := self.any_number()) == self.secrets.number:
            continue
        return number

    def said(self, most: int = 6) -> str:
        """Some sentences."""
        return " ".join(
            self.rng.choice(SAID).format(
                hour=f"{self.rng.randint(0, 23):02d}:{self.rng.randint(0, 59):02d}",
                name=self.name(), number=self.number(), address=self.address(),
            )
            for _ in range(self.rng.randint(1, most))
        )  # fmt: skip

    def prose(self, signs: int) -> str:
        """A stretch of English that nobody wrote for this test: Python's own help."""
        from pydoc_data.topics import topics  # 0.5 MB, for this alone

        text = re.sub(r"\s+", " ", topics[self.rng.choice(sorted(topics))])
        start = self.rng.randint(0, max(len(text) - signs, 0))
        return text[start : start + signs]
