"""Desks and search at the size of a nation, measured from inside: `python -m bench.nation CASES` with its own data.

Makes an installation of so many cases with fifty records each (20,000 and a million, as the issue has them), then asks
its pages as two readers: one who may know of 60 cases, and a lead who may know of all.
What the first waits for must not grow with what the first may not see.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.installation import signed_in

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MINE = 60
ROUNDS = 20
BATCH = 500
FIRST = ("Robin", "Alex", "Jo", "Sam", "Kit", "Lee", "Max", "Pat", "Noor", "Ola")
LAST = ("Example", "Testcase", "Sample", "Placeholder", "Specimen", "Instance", "Model", "Pattern")


def fill(number: int) -> dict[str, Any]:
    """Cases by the service's own action, so that keys, marks and trail are real; what is only counted, row by row."""
    from django.db import connections

    from joindots.access import door
    from joindots.agencies.actors import actor_as
    from joindots.agencies.models import Agency, Membership, Team, User
    from joindots.casework import actions as casework

    agency = Agency.objects.create(name="Stillwater", kind="advocacy")
    team = Team.objects.create(agency=agency, name="Team")
    people = {}
    for name, role in (("asha", "advocate"), ("ruth", "team_lead"), ("else", "advocate")):
        user = User.objects.create(username=name, name=name.capitalize())
        people[name] = Membership.objects.create(
            user=user, agency=agency, team=team, roles=[role], starts=NOW - timedelta(days=400)
        )
    for alias in ("default", "keys"):  # a fresh set-up that can be made again need not survive a power cut
        if connections[alias].vendor == "sqlite":
            connections[alias].cursor().execute("PRAGMA synchronous=OFF")
    began, chance = time.perf_counter(), random.Random(7)
    for n in range(number):
        actor = actor_as(people["asha" if n < MINE else "else"], NOW - timedelta(minutes=number - n))
        casework.open_case(
            actor, victim=f"{chance.choice(FIRST)} {chance.choice(LAST)}", own_number=f"SW-{n}",
            known=casework.Known(suspect=f"{chance.choice(FIRST)} {chance.choice(LAST)} {n}",
                                 suspect_identifiers=(("number", f"tel:+4477009{n % 100_000:05d}"),)),
        )  # fmt: skip
        door.close(actor)
    opened = time.perf_counter() - began
    _around(people)
    _contacts(people, number * 10)
    return {"cases": number, "contacts": number * 10, "seconds to open each": opened / number}


def _around(people: dict[str, Any]) -> None:
    """Standings for the lead; a file, days with records and a task for each case."""
    from joindots.casework.models import Case, Task
    from joindots.circles.models import Standing
    from joindots.evidence.models import DayCount, Reading, SourceFile

    chance = random.Random(8)
    for cases in _batches(list(Case.objects.order_by("pk"))):
        Standing.objects.bulk_create(
            Standing(circle_id=one.circle_id, membership=people["ruth"], side="victim", basis="supervision",
                     purpose="supervision", starts=NOW - timedelta(days=90))
            for one in cases
        )  # fmt: skip
        files = SourceFile.objects.bulk_create(
            SourceFile(circle_id=one.circle_id, state="held", address=one.circle_id.hex, size=1, given_by=one.owner,
                       given_at=NOW) for one in cases
        )  # fmt: skip
        Reading.objects.bulk_create(
            Reading(circle_id=file.circle_id, source=file, generation=1, state="held", at=NOW, records=50, contacts=50,
                    open_questions=chance.random() < 0.05, earliest=NOW - timedelta(days=70), latest=NOW)
            for file in files
        )  # fmt: skip
        DayCount.objects.bulk_create(
            DayCount(source=file, generation=1, day=(NOW - timedelta(days=chance.randrange(70))).date(), channel=0,
                     direction=0, contacts=5) for file in files for _ in range(10)
        )  # fmt: skip
        Task.objects.bulk_create(
            Task(circle_id=one.circle_id, agency=one.owner.agency, owner=one.owner, at=NOW, by=one.owner,
                 due_on=date(2026, 11, 20) + timedelta(days=chance.randrange(-40, 60))) for one in cases
        )  # fmt: skip


def _contacts(people: dict[str, Any], number: int) -> None:
    """Ended contacts of two years, ten for each case, every one in a circle of its own that its adviser may know of."""
    from joindots.circles.models import Circle, Standing
    from joindots.helpline.models import Contact

    chance = random.Random(9)
    agency = people["asha"].agency
    for batch in _batches(list(range(number))):
        days = [NOW - timedelta(minutes=chance.randrange(700 * 1440)) for _ in batch]
        circles = Circle.objects.bulk_create(Circle(agency=agency, made_at=day) for day in days)
        whose = [people["asha" if n < MINE * 10 else "else"] for n in batch]
        Standing.objects.bulk_create(
            Standing(circle=circle, membership=who, side="victim", basis="team", purpose="contact", starts=day)
            for circle, who, day in zip(circles, whose, days, strict=True)
        )
        Contact.objects.bulk_create(
            Contact(circle=circle, agency=agency, adviser=who, state="done", channel="call", started_at=day,
                    ended_at=day + timedelta(minutes=20)) for circle, who, day in zip(circles, whose, days, strict=True)
        )  # fmt: skip


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def measure() -> list[dict[str, Any]]:
    """Of twenty calls of each page by each reader, in milliseconds: a busy machine shows in the wall, not in CPU."""
    from joindots.casework.models import Case

    found = []
    for who in ("asha", "ruth"):
        client = signed_in(who)
        reference = Case.objects.order_by("pk").values_list("reference", flat=True)[3]
        asked = {
            "today": lambda client=client: client.get("/today/"),
            "case header": lambda client=client, reference=reference: client.get(f"/cases/{reference}/"),
            "search: a surname": lambda client=client: client.post("/find/", {"typed": "Specimen"}),
            "search: a number": lambda client=client: client.post("/find/", {"typed": "07700 900003"}),
            "search: a reference": lambda client=client, ref=reference: client.post("/find/", {"typed": ref}),
            "search: nothing": lambda client=client: client.post("/find/", {"typed": "Zanzibar"}),
            **({"team": lambda client=client: client.get("/team/")} if who == "ruth" else {}),
        }
        for name, ask in asked.items():
            times, cpu = [], []
            for _ in range(ROUNDS):
                began, spent = time.perf_counter(), time.process_time()
                answer = ask()
                times.append((time.perf_counter() - began) * 1000)
                cpu.append((time.process_time() - spent) * 1000)
                assert answer.status_code == 200, (name, answer.status_code)
            times.sort()
            found.append({"who": who, "page": name, "p50": round(times[ROUNDS // 2]), "p95": round(times[-2]),
                          "cpu p50": round(sorted(cpu)[ROUNDS // 2])})  # fmt: skip
    return found


def main() -> None:
    """Fill, then measure; without a number, measure what is there."""
    from joindots.config.prepare import prepare_pages, prepare_store, setup

    setup()
    prepare_pages()
    if len(sys.argv) > 1:
        prepare_store()
        print(json.dumps(fill(int(sys.argv[1]))), flush=True)
    for line in measure():
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
