"""The house rules hold in the source as it stands."""

from __future__ import annotations

import configparser
import importlib
from collections.abc import Callable

import pytest

from joindots.access import door
from joindots.access.permission import REGISTRY
from tests.architecture import house

#: Places that may read a clock, and why.
CLOCKS = {"kernel/ids.py": "an id carries the time it was made"}
#: Places outside notices that may import a network module, and why. None of them sends anything out of the machine.
SOCKETS = {
    "evidence/readers/sandbox/parent.py": "a socket pair between a reader's process and its parent",
    "config/commands/serve.py": "asks whether ::1 is there",
}
#: Parts whose files are of their own kind (design 2), so that the files contract does not name them.
OWN_KIND = {"kernel", "law", "vault", "audit", "access", "agencies", "documents", "web", "api", "config"}


@pytest.mark.parametrize(
    "rule",
    [
        house.long_files,
        house.long_functions,
        house.unguarded,
        house.idle_permissions,
        house.views_at_tables,
        house.writes_elsewhere,
        house.forgetful_queries,
        house.impure,
    ],
)
def test_the_house_rule_holds(rule: Callable[..., list[str]]):
    assert rule(house.PACKAGE) == [], rule.__doc__


def test_no_clock_is_read_where_the_moment_is_an_argument():
    assert house.clocks(house.PACKAGE, CLOCKS) == []


def test_only_notices_can_open_a_socket():
    assert house.networkers(house.PACKAGE, SOCKETS) == []


def test_every_exception_still_has_its_file():
    assert [place for place in (*CLOCKS, *SOCKETS) if not (house.PACKAGE / place).exists()] == []


def test_every_part_is_in_the_contract_of_files_or_of_its_own_kind():
    contracts = configparser.ConfigParser()
    contracts.read(house.PACKAGE.parent / ".importlinter")
    named = {line.split(".")[1] for line in contracts["importlinter:contract:files"]["containers"].split()}
    parts = {path.parent.name for path in house.PACKAGE.glob("*/__init__.py")}
    assert named | OWN_KIND >= parts
    assert named <= parts


def test_every_permission_that_exists_is_asked_for_by_the_door():
    """The same as the source says, asked of the loaded program: nothing hides behind a clever import."""
    for path, _ in house.sources(house.PACKAGE, kinds={"permissions", "queries", "actions"}):
        importlib.import_module(".".join(("joindots", *path.relative_to(house.PACKAGE).with_suffix("").parts)))
    asked = {guarded.permission.code for guarded in door.GUARDED}
    assert set(REGISTRY) - asked == set()
