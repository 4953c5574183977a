"""Each fault the house must catch is planted in a copy of the package, one at a time, and each is caught."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.architecture import house

LINT = "from importlinter.cli import lint_imports_command as ask; ask()"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package and its contracts, to spoil."""
    root = tmp_path_factory.mktemp("house")
    leave = shutil.ignore_patterns("tests", "static", "locale", "__pycache__", "templates")
    shutil.copytree(house.PACKAGE, root / "joindots", ignore=leave)
    shutil.copy(house.PACKAGE.parent / ".importlinter", root)
    return root


@contextmanager
def planted(root: Path, place: str, code: str) -> Iterator[Path]:
    """The package with some code added to one of its files (or the file made), and whole again afterwards."""
    path = root / "joindots" / place
    before = path.read_text() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before or ''}\n{code}\n")
    try:
        yield root / "joindots"
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before)


def contracts(root: Path) -> tuple[bool, str]:
    """Whether import-linter is content with a copy, and what it says."""
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONSAFEPATH": "1"}
    ask = [sys.executable, "-c", LINT]
    done = subprocess.run(ask, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def test_the_copy_is_sound_before_anything_is_planted(copy: Path):
    content, says = contracts(copy)
    assert content, says


IMPORTS = {
    "an upward import": ("people/rules.py", "import joindots.casework.rules", "joindots.casework"),
    "siblings importing each other": ("vault/ring.py", "import joindots.audit.chain", "joindots.audit"),
    "Django in a rule": ("casework/rules/cases.py", "from django.utils import timezone", "django"),
    "a query importing an action": ("casework/queries/cases.py", "from joindots.people import actions", "actions"),
    "a package with no place in the order": ("surveys/__init__.py", '"""New."""', "joindots.surveys"),
    "a file of no known kind": ("people/helpers.py", '"""New."""', "joindots.people.helpers"),
    "a view importing models": ("casework/views.py", "from joindots.people.models import Person", "people.models"),
    "a reader that leans on the service": (
        "evidence/readers/formats.py",
        "from joindots.vault import blind",
        "joindots.vault",
    ),
}


@pytest.mark.parametrize("fault", IMPORTS)
def test_import_linter_catches(fault: str, copy: Path):
    place, code, named = IMPORTS[fault]
    with planted(copy, place, code):
        content, says = contracts(copy)
    assert not content
    assert named in says


SOURCE = {
    "an action with no permission": (
        house.unguarded,
        "casework/actions/cases.py",
        "def quietly_close(actor, case):\n    case.save()",
    ),
    "a permission guarding nothing": (
        house.idle_permissions,
        "casework/permissions.py",
        'SPARE = declare("casework.spare", "do nothing", [])',
    ),
    "a view reading tables itself": (
        house.views_at_tables,
        "casework/views.py",
        "def page(request):\n    return Case.objects.count()",
    ),
    "a view writing": (
        house.writes_elsewhere,
        "casework/views.py",
        "def close(request, case):\n    case.state = 'closed'\n    case.save()",
    ),
    "a view writing many at once": (
        house.writes_elsewhere,
        "casework/views.py",
        "def close(request, cases):\n    cases.filter(open=True).update(open=False)",
    ),
    "a query that forgets who may see": (
        house.forgetful_queries,
        "casework/queries/cases.py",
        "@reads(permissions.OPEN)\ndef busy(actor, since):\n    return tuple(Case.objects.filter(opened_on__gt=since))",
    ),
    "a query that asks of the row and forgets it": (
        house.forgetful_queries,
        "casework/queries/cases.py",
        "@reads_one(permissions.OPEN, Case)\ndef like(actor, case, kind):\n    return Case.objects.filter(kind=kind)",
    ),
    "Django in a rule, imported late": (
        house.impure,
        "casework/rules/cases.py",
        "def due(case):\n    from django.db import connection\n    return connection",
    ),
    "a file too long to read": (house.long_files, "people/rules.py", "x = 1\n" * 401),
    "a function longer than a screen": (house.long_functions, "people/rules.py", "def f():\n" + "    x = 1\n" * 51),
}


@pytest.mark.parametrize("fault", SOURCE)
def test_the_house_rules_catch(fault: str, copy: Path):
    rule, place, code = SOURCE[fault]
    before = rule(copy / "joindots")
    with planted(copy, place, code) as package:
        new = [finding for finding in rule(package) if finding not in before]
    assert len(new) == 1
    assert new[0].startswith(place)


def test_a_clock_in_an_action_is_caught(copy: Path):
    with planted(copy, "casework/actions/cases.py", "def _now():\n    return timezone.now()") as package:
        assert any("casework/actions/cases.py" in finding for finding in house.clocks(package, {}))


def test_a_socket_outside_notices_is_caught(copy: Path):
    with planted(copy, "people/rules.py", "import urllib.request") as package:
        assert any("people/rules.py" in finding for finding in house.networkers(package, {}))


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("notices/actions/writing.py", "import smtplib"), ("notices/work.py", "from http.client import HTTPSConnection"),
        ("casework/actions/cases.py", "from notifications_python_client import NotificationsAPIClient"),
    ],
)  # fmt: skip
def test_a_way_out_past_the_gateways_is_caught_in_notices_too(copy: Path, place: str, line: str):
    with planted(copy, place, line) as package:
        assert any(place in finding for finding in house.networkers(package, {}))
