"""For every test: which browser, and which tests run on PostgreSQL too."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of a rule
settings.load_profile("untimed")
HOUSE = Path(__file__).parent / "tests"
pytest_plugins = ["tests.stage", "tests.browsing"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: Tests in files of these names are about queries, actions and constraints: both databases must agree on them.
BOTH_DATABASES = ("test_actions", "test_queries", "test_models", "test_constraints")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, asking nothing of the network."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:
        quiet.append("--no-sandbox")  # Chromium will not build its sandbox for root
    return {**browser_type_launch_args, "args": quiet, **({"executable_path": found} if found else {})}


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
