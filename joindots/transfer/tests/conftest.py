"""Reads spreadsheets in the test's own process where the walls are not what is tested: a child takes half a second."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.sandbox.cells import cells_of
from joindots.evidence.readers.source import Source
from joindots.transfer.work import cases


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows as a child would send them."""
    monkeypatch.setattr(cases, "rows_in_child", lambda opener, name, sha256: cells_of(Source(name, opener, sha256)))
