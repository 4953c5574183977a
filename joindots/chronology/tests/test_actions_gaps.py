"""Days without a record, as somebody tells it: no coverage counts them, and what is told of them stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.chronology.rules.coverage import merged
from joindots.chronology.rules.pictures.told import Coverage
from joindots.evidence import actions, queries
from joindots.evidence.models import CoverageGap
from joindots.evidence.rules.gaps import WHY, can_tell, days_of, says
from joindots.jobs import tasks
from joindots.kernel.problems import OutOfDate, RuleBroken
from joindots.vault.files import SealedFile
from tests.stage import Stage

CHAT = b"""10/06/2025, 21:14 - Cal Example: You have a lovely voice
29/06/2025, 08:00 - Cal Example: again
"""
TODAY = date(2025, 11, 17)
DAYS = st.dates(date(2025, 1, 1), TODAY)


@given(DAYS, DAYS)
def test_a_gap_is_whole_days_in_their_order_and_none_to_come(first: date, last: date) -> None:
    assert bool(can_tell(first, last, "not_kept", "client", "", TODAY)) == (first <= last)
    assert not can_tell(first, TODAY + timedelta(days=1), "not_kept", "client", "", TODAY)


@given(st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=5))
def test_each_day_of_overlapping_gaps_is_one_day(spans: list[tuple[date, int]]) -> None:
    found = days_of((first, first + timedelta(days=more)) for first, more in spans)
    assert found == sorted(set(found))
    assert all(any(first <= day <= first + timedelta(days=more) for first, more in spans) for day in found)


@pytest.mark.parametrize("why", WHY)
def test_every_reason_is_said_as_a_sentence(why: str) -> None:
    assert says(date(2025, 10, 10), date(2025, 10, 24), why, "client").startswith(
        "No record from Fri 10 Oct 2025 to Fri 24 Oct 2025: "
    )


def test_told_days_are_covered_by_no_source_until_it_is_withdrawn(
    stage: Stage, keep: Callable[[bytes], SealedFile]
) -> None:
    case = stage.case()
    arrived = actions.bring_in(stage.actor("asha"), case, name="chat.txt", sealed=keep(CHAT))
    assert arrived.job and tasks.run(arrived.job) == "done"
    inside = date(2025, 6, 20)

    def covered() -> bool:
        return inside in Coverage(merged(queries.coverage_of(stage.actor("asha"), case)))

    assert covered()
    gap = actions.tell_gap(
        stage.actor("asha"), case, first=inside, last=inside, why="phone_gone", told_by="client", words="It broke"
    )
    assert not covered()
    (view,) = queries.gaps_told(stage.actor("asha"), case)
    assert (view.words, view.stands, view.by) == ("It broke", True, "Asha")
    with pytest.raises(OutOfDate):
        actions.withdraw_gap(stage.actor("asha"), Ref(gap, view.version + 1))
    actions.withdraw_gap(stage.actor("asha"), Ref(gap, view.version))
    assert covered()
    with pytest.raises(RuleBroken, match="withdrawn already"):
        actions.withdraw_gap(stage.actor("asha"), Ref(gap))
    assert CoverageGap.objects.count() == 1, "withdrawn is not deleted"
