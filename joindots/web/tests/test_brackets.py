"""Brackets of episodes: over their days, never one over another, open where an episode goes on beyond the picture."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.chronology.rules.pictures.above import Above
from joindots.chronology.rules.pictures.told import Window
from joindots.web.chronology.brackets import LETTER, MOST_LEVELS, brackets
from joindots.web.chronology.drawing import GUTTER, WIDE

FIRST = date(2025, 6, 2)
WINDOW = Window(FIRST, FIRST + timedelta(days=180))


def over(start: int, days: int, name: str = "The calls") -> Above:
    first = FIRST + timedelta(days=start)
    return Above(name, first, first + timedelta(days=days), name, "/")


@given(st.lists(st.builds(over, st.integers(-40, 200), st.integers(0, 60), st.text("abc ", min_size=1, max_size=60)),
                max_size=12))  # fmt: skip
@settings(max_examples=60)
def test_brackets_and_their_names_stay_inside_and_apart(episodes: list[Above]) -> None:
    found = brackets(episodes, WINDOW)
    assert len(found.drawn) <= len(episodes)
    taken: dict[float, list[tuple[float, float]]] = {}
    for one in found.drawn:
        left = one.x - len(one.text) * LETTER if one.anchor == "end" else one.x
        right = left + len(one.text) * LETTER
        assert right <= WIDE + 1 or left >= GUTTER - 1
        assert all(right <= begin or left >= end for begin, end in taken.get(one.y, []))
        taken.setdefault(one.y, []).append((left, right))
    assert len(taken) <= MOST_LEVELS


def test_a_bracket_is_open_where_the_episode_goes_on() -> None:
    inside, before, after, outside = over(10, 5), over(-10, 20), over(175, 30), over(-30, 5)
    paths = [one.path for one in brackets([inside, before, after, outside], WINDOW).drawn]
    assert [path.count("V") for path in paths] == [2, 1, 1]
    assert not brackets([], WINDOW).height
