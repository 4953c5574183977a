"""What is released stays, every fact has a source, and the tables agree with each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from joindots.law import case_file, clocks, crime_life, life, limits, orders, points, schemes, signals, support, tables
from joindots.law.reading import Fact, table

RELEASED = json.loads((Path(__file__).parent / "released.json").read_text())
TABLES: dict[str, Callable[[], Mapping[str, Fact]]] = {
    "stalking_behaviours": tables.statutory_behaviours,
    "behaviours": tables.behaviours,
    "evidence_types": tables.evidence_types,
    "offences": tables.offences,
    "police_forces": tables.police_forces,
    "roles": tables.field_roles,
    "retention_rules": tables.retention_rules,
    "information_sharing_bases": tables.sharing_bases,
    "deadlines": tables.deadlines,
    "device_checks": tables.device_checks,
    "home_office_outcomes": tables.outcomes,
    "safety_plan_topics": support.plan_topics,
    "victims_code_rights": support.code_rights,
    "special_measures": support.special_measures,
    "needs_areas": support.needs_areas,
    "cope_recover": support.cope_questions,
    "protective_orders": orders.protective_orders,
    "spo_conditions": orders.order_conditions,
    "spo_reporting_fields": orders.reporting_fields,
    "powers": orders.powers,
    "dapo_areas": orders.pilot_areas,
    "sentence_limits": limits.sentence_limits,
    "spo_life": life.steps,
    "order_life": lambda: life.steps("order_life"),
    "crime_life": crime_life.steps,
    "points_to_prove": points.points,
    "case_file_forms": case_file.file_forms,
    "case_file_sections": case_file.file_sections,
    "counter_allegation_signals": signals.counter_signals,
    "litigation_routes": signals.litigation_routes,
    "disclosure_schemes": schemes.disclosure_schemes,
    "bank_holidays": lambda: table("bank_holidays", clocks.BankHoliday),
}


def test_every_file_of_data_has_a_reader_and_stands_in_the_released_list():
    files = {path.stem for path in (Path(tables.__file__).parent / "data").iterdir()}
    assert files == set(TABLES) == set(RELEASED)


@pytest.mark.parametrize("name", TABLES)
def test_every_code_ever_released_still_exists(name: str):
    """A code is stored in cases. A row may be mended; to end one, say so in its note. Add new codes to the list."""
    assert list(TABLES[name]()) == RELEASED[name]


@pytest.mark.parametrize("name", TABLES)
def test_every_fact_names_its_source_and_what_rests_on_general_knowledge_is_marked(name: str):
    for fact in TABLES[name]().values():
        assert fact.source.startswith(("http", "general knowledge", "project taxonomy")) or len(fact.source) > 10
        assert "verify" not in fact.source
        if fact.source == "general knowledge":
            assert fact.verify == "everything"
            assert fact.mark == "Verify before relying on it: everything"


@pytest.mark.parametrize("name", TABLES)
def test_no_mark_hides_in_other_cells(name: str):
    for fact in TABLES[name]().values():
        shown = [str(getattr(fact, field)) for field in type(fact).__dataclass_fields__ if field != "verify"]
        assert not [text for text in shown if "verify" in text and "to verify id" not in text]


def test_every_harm_that_comes_with_stalking_can_be_written_down_as_an_act():
    acts = {
        "voyeurism",
        "intimate_images",
        "livestreaming",
        "account_access",
        "strangulation",
        "forced_marriage",
        "fgm",
    }
    assert acts <= set(tables.behaviours())


def test_each_of_our_behaviours_comes_under_a_statutory_one():
    assert {one.behaviour for one in tables.behaviours().values()} <= set(tables.statutory_behaviours())


def test_the_letters_of_section_2a_are_a_to_g_once_each():
    letters = [one.letter for one in tables.statutory_behaviours().values() if one.letter]
    assert sorted(letters) == list("abcdefg")


def test_the_43_forces_of_england_and_wales_bear_their_official_codes():
    codes = [one.ons_code for one in tables.police_forces().values() if one.ons_code_status == "official"]
    wanted = [f"E23{n:06}" for n in range(1, 40)] + [f"W15{n:06}" for n in range(1, 5)]
    assert sorted(codes) == wanted


def test_stalking_in_three_law_systems_began_on_its_days():
    begun = {code: tables.offences()[code].in_force_from for code in ("pha_s2a", "sc_s39", "ni_s1")}
    assert begun == {"pha_s2a": date(2012, 11, 25), "sc_s39": date(2010, 12, 13), "ni_s1": date(2022, 4, 27)}


def test_the_home_office_codes_of_stalking():
    codes = {code: tables.offences()[code].home_office_code for code in ("pha_s2a", "pha_s4a_fear", "pha_s4a_sad")}
    assert codes == {"pha_s2a": "195/12", "pha_s4a_fear": "8/65", "pha_s4a_sad": "8/66"}


def test_the_outcomes_are_1_to_22_and_1a():
    assert list(tables.outcomes()) == ["1", "1A", *(str(number) for number in range(2, 23))]


def test_each_check_of_a_device_says_what_changing_it_may_do_and_comes_under_a_behaviour():
    checks = tables.device_checks().values()
    assert {one.behaviour for one in checks} <= set(tables.behaviours())
    assert all(one.changing and one.look for one in checks)
