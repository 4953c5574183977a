"""A destroyed key leaves the key database's log, even while somebody reads there."""

from __future__ import annotations

import itertools
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connections

from joindots.vault import keys
from joindots.vault.models import OwnerKey

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def reader() -> sqlite3.Connection:
    """Somebody who still reads the key database as it was."""
    return sqlite3.connect(connections["keys"].settings_dict["NAME"], isolation_level=None)


def logged() -> int:
    return Path(f"{connections['keys'].settings_dict['NAME']}-wal").stat().st_size


def reads_on(reader: sqlite3.Connection) -> None:
    OwnerKey.objects.count()
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM vault_ownerkey").fetchone()


def test_a_log_somebody_reads_is_emptied_once_the_reading_ends(
    reader: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads_on(reader)
    monkeypatch.setattr(keys.time, "sleep", lambda seconds: reader.execute("COMMIT"))
    keys.destroy([uuid4()], AT)
    assert logged() == 0
    reader.close()


def test_a_log_that_could_not_be_emptied_is_told_to_the_operator(
    reader: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reads_on(reader)
    moments = itertools.count(step=keys.PATIENCE + 1)
    monkeypatch.setattr(keys.time, "monotonic", lambda: next(moments))
    keys.destroy([uuid4()], AT)
    assert "could not be emptied" in caplog.text
    assert logged() > 0
    reader.close()
