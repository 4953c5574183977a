"""Rules of copies, keeping, breaches and regimes, and words that are taken out."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as some

from joindots.agencies.models import Agency
from joindots.privacy.rules import breach, copying, keeping
from joindots.privacy.rules.regime import regime_of

DAY = date(2026, 11, 22)
NAMES = some.lists(some.text(min_size=2, max_size=12).map(str.strip).filter(lambda one: len(one) > 1), max_size=4)


@given(some.text(max_size=80), NAMES)
def test_no_word_that_is_to_be_taken_out_stands_by_itself_any_more(text: str, names: list[str]) -> None:
    out = copying.tidy("\n".join(names))
    told = copying.without(f"{text} {' '.join(out)}.", out)
    for one in out:
        if any(sign.isalnum() for sign in one):
            assert not re.search(copying._form(one), told, re.IGNORECASE)
    assert copying.without(text, ()) == text


def test_a_name_inside_another_word_stays_and_a_number_goes_in_any_grouping() -> None:
    told = copying.without("Cal called. CAL’s mother. 07700 900-123, +44 7700 900123", ("Cal", "07700900123"))
    assert not {one for one in "07" if one in told}
    for typed in ("07700 900123", "+44 7700 900123"):
        for stands in ("07700 900123", "+44 7700-900123", "0044 7700 900 123", "+44 (0)7700 900123"):
            assert not any(map(str.isdigit, copying.without(f"ring {stands} now", (typed,))))
    assert copying.without("Rene\u0301 waits", ("Ren\u00e9",)) == f"{copying.MARK} waits"
    assert "called" in told and "Cal " not in told and "CAL" not in told and "900-123" not in told


def test_the_names_of_others_go_in_their_parts_and_a_shared_surname_stays() -> None:
    assert copying.names_out(["Dev Ellwood", "Cal R Test"], ["Maya Ellwood"]) == (
        "Dev Ellwood", "Dev", "Cal R Test", "Cal", "Test",
    )  # fmt: skip


def test_nothing_leaves_that_nobody_looked_at() -> None:
    assert not copying.can_ask(1, 5) and not copying.can_ask(0, 0) and copying.can_ask(0, 1)
    assert copying.can_choose(True, "") and not copying.can_choose(False, "") and copying.can_choose(False, "others")


@given(some.dates(date(2000, 1, 1), date(2030, 1, 1)), some.integers(1, 1200), some.none() | some.dates(max_value=DAY))
def test_a_time_never_ends_before_its_months_nor_before_what_was_signed(
    ended: date, months: int, again: date | None
) -> None:
    due = keeping.due_on(ended, months, again)
    assert due > ended and (again is None or due >= again)
    assert not keeping.can_sign(due, due - timedelta(days=1), keeping.CHECKS)
    assert keeping.can_sign(due, due, keeping.CHECKS)


def test_each_kind_of_agency_has_a_rule_with_its_mark_and_the_longest_time_it_names() -> None:
    for kind in Agency.Kind.values:
        rule = keeping.kept(keeping.rule_for("case", kind), None)
        assert rule.mark and not rule.own and rule.months >= 72
    assert keeping.kept(keeping.rule_for("contact", "helpline"), 12).months == 12
    assert keeping.rule_for("case", "police") == "police_mopi_1"
    assert not keeping.can_set("advocacy_case", 0) and not keeping.can_set("nowhere", 9)


def test_a_hold_has_a_reason_and_a_day_to_look_again() -> None:
    soon = DAY + timedelta(days=9)
    assert keeping.can_hold("mappa", "listed", soon, DAY)
    for wrong in (("", "x", soon), ("mappa", "", soon), ("mappa", "x", None), ("mappa", "x", DAY)):
        assert not keeping.can_hold(*wrong, DAY)
    assert not keeping.can_keep("", soon, DAY) and not keeping.can_keep("x", DAY, DAY)


@given(some.sampled_from(breach.STEPS), some.data())
def test_the_address_comes_first_and_an_address_out_lets_no_life_be_passed_over(
    step: breach.Step, data: some.DataObject
) -> None:
    answer = data.draw(some.sampled_from([code for code, _ in step.answers]))
    assert bool(breach.can_do(step.code, answer, "said", "")) is (step.code == breach.ADDRESS)
    done = {one.code: one.answers[0][0] for one in breach.STEPS}
    assert breach.can_close(done, "yes")
    for out in ("yes", "not_known"):
        assert bool(breach.can_close({**done, step.code: answer}, out)) is (
            not step.when_out or answer == step.answers[0][0]
        )
    for out in ("yes", "not_known"):
        assert not breach.can_do(breach.ADDRESS, "no", "", out), "nobody takes it back without a word"
        assert breach.can_do(breach.ADDRESS, "no", "the list held no street", out)
    assert not breach.can_close({code: told for code, told in done.items() if code != step.code}, "no")


def test_the_regulators_clock_is_of_hours_that_pass() -> None:
    aware = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert breach.notify_by(aware) == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert breach.can_begin(aware, aware) and not breach.can_begin(aware, aware - timedelta(minutes=1))


def test_competent_authorities_hold_under_part_3_and_others_under_the_uk_gdpr() -> None:
    under = {kind: regime_of(kind).code for kind in Agency.Kind.values}
    assert {kind for kind, code in under.items() if code == "part_3"} == {"police", "probation", "prosecution"}


@given(some.dates(date(2001, 1, 1), date(2090, 1, 1)), some.integers(keeping.LEAST, 300), some.integers(-40, 40))
def test_the_last_day_that_is_over_is_where_being_due_begins(today: date, months: int, more: int) -> None:
    last = keeping.ended_by(today, months)
    ended = last + timedelta(days=more)
    assert (keeping.due_on(ended, months, None) <= today) is (ended <= last)


MOMENTS = some.integers(946_684_800, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
PLACES = some.dictionaries(some.sampled_from(keeping.RECORDS), some.tuples(MOMENTS, some.uuids()))


@given(PLACES, some.text(max_size=40))
def test_a_place_in_the_list_is_read_back_as_it_was_written(last: dict[str, tuple[datetime, UUID]], odd: str) -> None:
    assert keeping.place_read(keeping.place_written(last)) == last
    assert set(keeping.place_read(odd)) <= set(keeping.RECORDS)
