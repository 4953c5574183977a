"""What must be declared is declared: permissions, fields, states; and the guide says what the code says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from joindots.access.door import GUARDED, Guarded, ReadOne, Ref, Write
from joindots.access.permission import REGISTRY
from joindots.config.guide.fields import CLEAR_BYTES, CLEAR_TEXT, columns
from joindots.config.guide.pages import STATES, pages
from joindots.kernel.problems import NotAllowed
from tests.stage import Stage

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
pages()  # loads every part's queries and actions
DOORS = [one for one in GUARDED if ".tests." not in one.__module__ and one.__module__.startswith("joindots.")]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door.__module__}.{door.__name__}")
def test_nobody_roles_are_refused_at_every_door_before_anything_is_looked_up(stage: Stage, door: Guarded) -> None:
    nobody = replace(stage.actor("asha"), roles=frozenset())
    reference = (Ref("2222-2222"),) if isinstance(door, ReadOne | Write) else ()
    with pytest.raises(NotAllowed):
        door(nobody, *reference)  # type: ignore[operator]


def test_every_permission_guards_something() -> None:
    assert set(REGISTRY) - {door.permission.code for door in DOORS} == set()


def test_every_column_that_could_hold_words_is_sealed_or_declared() -> None:
    places = {one.place for one in columns()}
    assert len(places) > 80
    assert (set(CLEAR_TEXT) | set(CLEAR_BYTES)) <= places, "declared columns that are not there"


def test_every_table_of_states_is_total() -> None:
    for table in STATES.values():
        assert set(table) == set(type(next(iter(table))))
        assert all(to in table for nexts in table.values() for to in nexts)


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_guide_says_what_the_code_says(name: str) -> None:
    assert (GUIDE / name).read_text() == pages()[name], "run `joindots guide`"
