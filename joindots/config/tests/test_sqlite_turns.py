"""Writers on SQLite take turns: one waits for the other's transaction, and is refused only after its patience."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from pytest_django import DjangoDbBlocker

from joindots.config.databases import PATIENCE, database
from joindots.config.sqlite import base


@pytest.fixture
def writer(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[base.DatabaseWrapper]:
    """A connection of ours to a database file that another connection may be writing to."""
    settings = database("", tmp_path / "turns.sqlite3")
    unset = {
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "AUTOCOMMIT": True,
        "TIME_ZONE": None,
        "ATOMIC_REQUESTS": False,
    }
    made = base.DatabaseWrapper({**unset, **settings}, "turns")
    with django_db_blocker.unblock():
        with made.cursor() as cursor:
            cursor.execute("CREATE TABLE word (said TEXT)")
        yield made
        made.close()


def other(writer: base.DatabaseWrapper) -> sqlite3.Connection:
    return sqlite3.connect(writer.settings_dict["NAME"], isolation_level=None, check_same_thread=False)


def begin(writer: base.DatabaseWrapper) -> None:
    writer.ensure_connection()
    writer._start_transaction_under_autocommit()


def test_a_transaction_begins_as_soon_as_the_other_one_ends(
    writer: base.DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    busy = other(writer)
    busy.execute("BEGIN IMMEDIATE")

    def look(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            busy.execute("COMMIT")

    monkeypatch.setattr(base.time, "sleep", look)
    begin(writer)
    assert len(looks) == 3
    assert max(looks) < 0.01
    writer.connection.execute("ROLLBACK")
    busy.close()


def test_whoever_waits_longer_than_its_patience_is_refused(
    writer: base.DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = other(writer)
    busy.execute("BEGIN IMMEDIATE")
    moments = iter([0.0, 1.0, PATIENCE - 1.0, PATIENCE + 1.0])
    monkeypatch.setattr(base.time, "monotonic", lambda: next(moments))
    monkeypatch.setattr(base.time, "sleep", lambda seconds: None)
    with pytest.raises(OperationalError, match="locked"):
        begin(writer)
    busy.execute("COMMIT")
    busy.close()


def test_an_old_snapshot_of_ones_own_is_refused_at_once(
    writer: base.DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base.time, "sleep", lambda seconds: pytest.fail("it waits for what never comes"))
    beside = other(writer)
    beside.executemany("INSERT INTO word VALUES (?)", [("one",), ("two",)])
    left_open = writer.connection.execute("SELECT said FROM word")
    left_open.fetchone()
    beside.execute("INSERT INTO word VALUES ('three')")
    with pytest.raises(OperationalError, match="locked"):
        begin(writer)
    left_open.close()
    beside.close()


def test_a_single_statement_waits_for_its_turn_as_a_transaction_does(
    writer: base.DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = other(writer)
    busy.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(base.time, "sleep", lambda seconds: busy.execute("COMMIT"))
    with writer.cursor() as cursor:
        cursor.execute("INSERT INTO word VALUES (%s)", ["here"])
    assert busy.execute("SELECT said FROM word").fetchall() == [("here",)]
    busy.close()


def test_who_waits_for_a_turn_holds_up_nobody_who_clears_away_an_old_cursor(
    writer: base.DatabaseWrapper,
) -> None:
    writer.ensure_connection()
    busy, left = other(writer), [writer.connection.execute("SELECT 1")]
    busy.execute("BEGIN IMMEDIATE")
    waiting = threading.Thread(target=writer.create_cursor().execute, args=("INSERT INTO word VALUES ('late')",))
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()
    cleared = threading.Thread(target=left.clear)
    cleared.start()
    cleared.join(2)
    held_up = cleared.is_alive()
    busy.execute("COMMIT")
    for thread in (waiting, cleared):
        thread.join(PATIENCE)
    assert not held_up
    busy.close()
