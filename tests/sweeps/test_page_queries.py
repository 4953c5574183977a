"""A page asks the databases a bounded number of times, however much there is to show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joindots.access.door import Ref
from joindots.evidence import actions as evidence
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.vault.files import Sealer
from tests.browsing import SignIn
from tests.stage import Stage

MOST = 70
"""Queries of one page on both databases together, sign-in, session and trail included (measured: 31 to 69)."""


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def bring_in(stage: Stage, case: Ref, name: str, days: int, a_day: int = 1) -> None:
    """A chat of so many days, read, with its owner not asked for."""
    first = datetime(2025, 1, 13, 20, 0)  # noqa: DTZ001 - as a phone writes it
    lines = [
        f"{first + timedelta(days=day, minutes=20 * n):%d/%m/%Y, %H:%M} - Cal Example: {name} {day} {n}"
        for day in range(days) for n in range(a_day)
    ]  # fmt: skip
    sealer = Sealer()
    sealer.write("\n".join(lines).encode())
    evidence.bring_in(stage.actor("asha"), case, name=name, sealed=sealer.close())
    for job in Job.objects.filter(state="queued"):
        assert tasks.run(job.pk) == "done"
    stage.close()


def asked(client: Client, address: str) -> int:
    """How many queries a page makes, on both databases."""
    client.get(address)
    with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keys"]) as other:
        assert client.get(address).status_code == 200, address
    return len(one) + len(other)


@pytest.mark.parametrize("address", ["/today/", "/cases/"])
def test_lists_of_cases_ask_no_more_for_thirty_than_for_three(stage: Stage, sign_in: SignIn, address: str) -> None:
    for number in range(3):
        stage.case(victim=f"Person {number}")
    stage.close()
    client = sign_in("asha")
    few = asked(client, address)
    for number in range(27):
        stage.case(victim=f"Person {number + 3}")
    stage.close()
    assert asked(client, address) <= few + 1 <= MOST


PAGES: dict[str, Callable[[str], str]] = {
    "chronology": lambda reference: f"/cases/{reference}/chronology/",
    "files": lambda reference: f"/cases/{reference}/files/",
    "search": lambda reference: f"/cases/{reference}/search/?q=0",
    "summary": lambda reference: f"/cases/{reference}/",
    "trail": lambda reference: f"/cases/{reference}/custody/",
}


@pytest.mark.parametrize("which", PAGES)
def test_pages_of_a_case_ask_no_more_for_many_days_and_files_than_for_few(
    stage: Stage, sign_in: SignIn, which: str
) -> None:
    case = stage.case(victim="Rhian Example")
    bring_in(stage, case, "one.txt", days=2)
    client = sign_in("asha")
    address = PAGES[which](str(case.key))
    few = asked(client, address)
    for number in range(4):
        bring_in(stage, case, f"more {number}.txt", days=40, a_day=3)
    many = asked(client, address)
    scanned = 8 if which == "search" else 0  # words are found by opening each file's pages
    assert many <= few + 4 + scanned, f"{few} queries for one file, {many} for five"
    assert many <= MOST
