"""Nothing that grows with the database is gone through from end to end for one page: asked of SQLite's own plans."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections
from django.db.models import Model, QuerySet
from django.test.utils import CaptureQueriesContext

from joindots.access.door import GUARDED
from joindots.circles.models import Circle
from joindots.directory.models import Service
from tests.browsing import SignIn
from tests.stage import Stage
from tests.sweeps.test_page_queries import bring_in

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the plans are SQLite's")

PAGES = ("", "files/", "chronology/", "search/?q=words", "who/", "custody/", "packs/")


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def scans(statement: str) -> list[str]:
    """What SQLite would go through from end to end for a statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        steps = [row[-1] for row in cursor.fetchall()]
    return [step for step in steps if step.startswith("SCAN") and "CONSTANT ROW" not in step]


def scanned_for(client: Any, address: str) -> dict[str, list[str]]:
    """Every statement of a page that goes through a table, with the tables."""
    client.get(address)
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get(address).status_code == 200, address
    reads = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    return {sql: found for sql in reads if (found := scans(sql))}


@pytest.mark.parametrize("address", ["/today/", "/cases/", *(f"case/{page}" for page in PAGES)])
def test_no_page_goes_through_a_table(stage: Stage, sign_in: SignIn, address: str) -> None:
    case = stage.case(victim="Rhian Example")
    bring_in(stage, case, "one.txt", days=3)
    bring_in(stage, case, "two.txt", days=3)
    stage.close()
    address = address.replace("case/", f"/cases/{case.key}/")
    assert scanned_for(sign_in("asha"), address) == {}


def guarded() -> list[type[Model]]:
    """Every model that the door loads rows of."""
    import_module("joindots.config.urls")
    found = {one.on for one in GUARDED if one.on is not None and one.on.__module__.startswith("joindots.")}
    return sorted(found, key=lambda model: model.__name__)


@pytest.mark.parametrize("write", [False, True])
def test_the_door_finds_a_row_without_going_through_any_table(stage: Stage, write: bool) -> None:
    assert {"Case", "Circle", "Person", "SourceFile"} <= {model.__name__ for model in guarded()}
    for model in guarded():
        rows = model._default_manager.visible_to(stage.actor("asha"), write=write, picked=True)
        reference = getattr(model, "REFERENCE", "pk")
        field = model._meta.pk if reference in ("pk", "id") else model._meta.get_field(reference)
        key = {"UUIDField": UUID(int=7), "CharField": "x"}.get(field.get_internal_type(), 7)
        assert scans(told(rows.filter(**{reference: key}))) == [], model


def test_a_list_begins_at_the_standings_of_who_asks(stage: Stage) -> None:
    for model in guarded():
        if model is Service:  # listings belong to no circle, and everybody may see nearly all of them
            continue
        rows = model._default_manager.visible_to(stage.actor("asha"))
        assert scans(told(rows)) == [], model


def test_a_list_that_asks_every_circle_would_be_seen(stage: Stage) -> None:
    assert scans(told(Circle.objects.visible_to(stage.actor("asha"), picked=True)))


def told(rows: QuerySet[Any]) -> str:
    """The statement with its values, as it is run."""
    with CaptureQueriesContext(connection) as asked:
        list(rows)
    return asked[-1]["sql"]
