"""The kinds of order, the library of conditions, powers that wait for their day, and limits of sentences by date."""

from __future__ import annotations

from datetime import date

import pytest

from joindots.kernel.problems import RuleBroken
from joindots.law.limits import longest_sentence
from joindots.law.orders import has_begun, order_conditions, pilot_areas, powers, protective_orders
from joindots.law.tables import offences, police_forces


def test_no_power_of_the_act_of_2026_is_on_until_a_day_of_commencement_is_known():
    assert {one.act for one in powers().values()} == {"Crime and Policing Act 2026"}
    assert not any(has_begun(one, date(2099, 1, 1)) for one in powers().values())


def test_a_power_is_on_from_its_day_and_not_before():
    begun = type(powers()["spo_on_conviction"])(
        code="x", source="a test", label="x", act="x", begins=date(2027, 4, 1)
    )  # fmt: skip
    assert not has_begun(begun, date(2027, 3, 31))
    assert has_begun(begun, date(2027, 4, 1))


def test_every_power_and_force_that_a_table_names_exists():
    named = {code for one in protective_orders().values() for code in one.power.split()}
    assert named <= set(powers())
    assert {one.force for one in pilot_areas().values()} <= set(police_forces())


def test_every_order_can_be_started_by_somebody():
    for one in protective_orders().values():
        assert any(
            (one.by_person, one.by_police, one.by_prosecutor, one.by_court, one.by_third_party, one.by_probation)
        )


def test_the_person_stalked_cannot_apply_for_a_stalking_protection_order():
    spo = [one for code, one in protective_orders().items() if code in {"spo", "ispo", "ni_spo", "spo_conviction"}]
    assert len(spo) == 4
    assert not any(one.by_person for one in spo)


def test_every_condition_is_a_prohibition_or_a_requirement_as_its_code_says():
    for code, one in order_conditions().items():
        assert one.kind == {"P": "prohibition", "R": "requirement"}[code[0]]


@pytest.mark.parametrize(
    ("committed", "convicted", "months"),
    [
        (date(2022, 5, 1), date(2025, 1, 10), 6),  # before the first rise, whenever convicted
        (date(2022, 5, 2), date(2022, 6, 1), 12),
        (date(2022, 6, 1), date(2023, 3, 29), 12),
        (date(2022, 6, 1), date(2023, 3, 30), 6),  # correction 13: by conviction
        (date(2024, 1, 1), date(2024, 11, 17), 6),
        (date(2024, 1, 1), date(2024, 11, 18), 12),  # committed while it was 6, convicted when it was 12
    ],
)
def test_the_limit_of_a_magistrates_court_goes_by_conviction_since_2023(committed: date, convicted: date, months: int):
    assert longest_sentence(committed, convicted).months == months


def test_stalking_with_fear_has_ten_years_for_offences_since_april_2017():
    convicted = date(2026, 1, 5)
    assert longest_sentence(date(2017, 4, 2), convicted, "pha_s4a_fear").months == 60
    assert longest_sentence(date(2017, 4, 3), convicted, "pha_s4a_sad").months == 120
    assert {"pha_s4", "pha_s4a_fear", "pha_s4a_sad"} <= set(offences())


def test_a_limit_is_refused_where_it_would_be_a_guess():
    with pytest.raises(RuleBroken, match="before the day of the offence"):
        longest_sentence(date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(RuleBroken, match="Look it up in the Act"):
        longest_sentence(date(2012, 11, 24), date(2026, 1, 1), "pha_s4a_fear")
