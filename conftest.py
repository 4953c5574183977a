"""For every test: which browser, and which tests run on PostgreSQL too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.chromium import launching

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of a rule
settings.load_profile("untimed")
HOUSE = Path(__file__).parent / "tests"
pytest_plugins = ["tests.stage", "tests.browsing"]
#: Tests in files of these names are about queries, actions and constraints: both databases must agree on them.
BOTH_DATABASES = ("test_actions", "test_queries", "test_models", "test_constraints")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, asking nothing of the network."""
    return {**browser_type_launch_args, **launching()}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs on both databases by the name of its file; a test elsewhere carries the mark itself.

    What goes through the whole house takes longest and begins first: at the end it kept one worker busy while the
    others had nothing left.
    """
    items.sort(key=lambda item: not item.path.is_relative_to(HOUSE))
    for item in items:
        if "stage" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(databases=["default", "keys"]))
        if item.path.name.startswith(BOTH_DATABASES):
            item.add_marker(pytest.mark.both_databases)
