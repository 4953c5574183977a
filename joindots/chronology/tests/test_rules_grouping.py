"""Whatever is grouped, joined, split, named and undone, in whatever order: no act is made, lost or counted twice."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.chronology.rules.acts import acts_of
from joindots.chronology.rules.bundles import runs_of_messages
from joindots.chronology.rules.drafts import drafts_of
from joindots.chronology.rules.given import Held
from joindots.chronology.rules.grouping.grouped import UNGROUPED, Grouped
from joindots.chronology.rules.grouping.spans import flat, holds, joined, number, spans_of, tidy, without
from joindots.chronology.rules.grouping.steps import Grouping, Kind, Step, in_effect
from joindots.chronology.tests.making import record

SOURCE = 7
PLACES = st.frozensets(st.tuples(st.integers(1, 2), st.integers(0, 12)), max_size=12)
ACTS = acts_of(
    Held(at, 0, record(at, minutes)) for at, minutes in enumerate([0, 1, 2, 30, 31, 33, 34, 60, 61, 62, 63, 64, 200])
)


def keys_of(act) -> list[tuple[int, int]]:
    return [(SOURCE, held.c.seq) for held in (act.first, *act.others)]


def grouped(steps) -> Grouped:
    return Grouped(Grouping(steps), keys_of)


def rows(steps) -> list[tuple[str, list[int]]]:
    return [(draft.episode, [act.c.seq for act in draft.acts]) for draft in drafts_of(ACTS, (), grouped(steps))]


def step(at: int, kind: Kind, *seqs: int, **more) -> Step:
    return Step(UUID(int=at), kind, spans_of((SOURCE, seq) for seq in seqs), **more)


@st.composite
def histories(draw) -> list[Step]:
    """Decisions of every kind in any order, each perhaps undone, and that perhaps undone again."""
    steps: list[Step] = []
    for at in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from(list(Kind)))
        if kind is Kind.UNDO:
            if steps:
                undone = draw(st.sampled_from(steps)).id
                steps.append(Step(UUID(int=at), kind, undoes=undone))
            continue
        first = draw(st.integers(0, 12))
        last = first if kind in (Kind.SPLIT, Kind.MERGE) else min(12, first + draw(st.integers(0, 6)))
        episode = draw(st.sampled_from(["one", "two"])) if kind not in (Kind.SPLIT, Kind.MERGE, Kind.ACCEPT) else ""
        steps.append(step(at, kind, *range(first, last + 1), episode=episode, name=f"name {at}"))
    return steps


@given(histories())
@settings(max_examples=60)
def test_no_decision_and_no_undoing_makes_or_loses_an_act(steps: list[Step]) -> None:
    told = rows(steps)
    assert sorted(seq for _, seqs in told for seq in seqs) == list(range(13))
    runs = list(runs_of_messages(ACTS, grouped(steps).cut))
    assert sorted(act.c.seq for run in runs for act in run) == list(range(13))
    assert sum(act.times for run in runs for act in run) == 13


@given(histories())
@settings(max_examples=40)
def test_undoing_everything_in_effect_gives_back_what_the_rule_proposed(steps: list[Step]) -> None:
    left = list(steps)
    for one in [one for one in in_effect(steps) if one.kind is not Kind.UNDO]:
        left.append(Step(UUID(int=100 + len(left)), Kind.UNDO, undoes=one.id))
    assert rows(left) == rows([])
    assert not grouped(left).episodes


@given(histories(), st.data())
@settings(max_examples=40)
def test_an_undoing_that_is_undone_leaves_everything_as_it_was(steps: list[Step], data: st.DataObject) -> None:
    standing = in_effect(steps)
    if not standing:
        return
    undone = data.draw(st.sampled_from(standing))
    undo = Step(UUID(int=500), Kind.UNDO, undoes=undone.id)
    back = Step(UUID(int=501), Kind.UNDO, undoes=undo.id)
    assert undone not in in_effect([*steps, undo])
    assert rows([*steps, undo, back]) == rows(steps)


@given(histories())
@settings(max_examples=40)
def test_a_record_stands_in_one_episode_at_most_and_in_one_row(steps: list[Step]) -> None:
    episodes = Grouping(steps).episodes
    for seq in range(13):
        assert sum(holds(one.spans, (SOURCE, seq)) for one in episodes) <= 1
    for episode, seqs in rows(steps):
        assert {Grouping(steps).episode_of([(SOURCE, seq)]) for seq in seqs} == {episode}


def test_the_rule_proposes_and_a_person_decides() -> None:
    assert rows([]) == [("", [0, 1, 2]), ("", [3, 4, 5, 6]), ("", [7, 8, 9, 10, 11]), ("", [12])]
    assert rows([step(1, Kind.SPLIT, 5)])[1:4] == [("", [3]), ("", [4]), ("", [5])]  # two alone are no bundle
    assert rows([step(1, Kind.MERGE, 3)])[0] == ("", [0, 1, 2, 3, 4, 5, 6])
    assert rows([step(1, Kind.MERGE, 3), step(2, Kind.SPLIT, 3)]) == rows([])
    assert rows([step(1, Kind.MERGE, 12)])[-1] == ("", [7, 8, 9, 10, 11, 12])
    assert rows([step(1, Kind.ACCEPT, 5, 6)])[2:4] == [("", [4]), ("", [5, 6])]
    assert grouped([step(1, Kind.ACCEPT, 5, 6)]).accepted(ACTS[5:7])


def test_a_later_naming_takes_records_over_and_its_undoing_gives_them_back() -> None:
    first = step(1, Kind.NAME, *range(3, 12), episode="one", name="August")
    second = step(2, Kind.NAME, 5, 6, episode="two", name="The calls")
    assert [flat(one.spans) for one in Grouping([first, second]).episodes] == [
        [(SOURCE, 3, 4), (SOURCE, 7, 11)], [(SOURCE, 5, 6)],
    ]  # fmt: skip
    undo = Step(UUID(int=3), Kind.UNDO, undoes=second.id)
    assert [flat(one.spans) for one in Grouping([first, second, undo]).episodes] == [[(SOURCE, 3, 11)]]
    added = step(4, Kind.ADD, 12, episode="one")
    gone = Step(UUID(int=5), Kind.UNDO, undoes=first.id)
    assert not Grouping([first, added, gone]).episodes  # what was added to it waits for it


def test_a_record_that_another_file_shows_too_is_known_by_either_place() -> None:
    keys = {0: [(1, 0), (2, 40)]}
    both = Grouped(Grouping([Step(UUID(int=1), Kind.NAME, {2: ((40, 40),)}, episode="e", name="n")]),
                   lambda act: keys.get(act.c.seq, [(1, act.c.seq)]))  # fmt: skip
    assert [both.episode_of(act) for act in ACTS[:2]] == ["e", ""]
    assert UNGROUPED.episode_of(ACTS[0]) == ""


@given(PLACES, PLACES)
def test_spans_are_sets_of_places(one: frozenset[tuple[int, int]], other: frozenset[tuple[int, int]]) -> None:
    def places(spans) -> set[tuple[int, int]]:
        return {(source, seq) for source, first, last in flat(spans) for seq in range(first, last + 1)}

    a, b = spans_of(one), spans_of(other)
    assert places(a) == one
    assert places(joined(a, b)) == one | other
    assert places(without(a, b)) == one - other
    assert number(a) == len(one)
    assert all(holds(a, place) == (place in one) for place in one | other)
    assert tidy(flat(a)) == a
