"""Rules of support: what can be kept, said and counted, and what may never be."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from xml.dom import minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.casework.rules import court, letters, plans, recovery, rights, tasks, therapy
from joindots.casework.rules.cases import Relation
from joindots.documents.plain import LetterText
from joindots.documents.word import letter_docx
from joindots.notices.rules.outward import must_not_know

TODAY = date(2025, 11, 17)
KNOWN = st.dates(date(2025, 1, 2), date(2027, 9, 1))
FACTS = letters.Facts(
    "Maya", "Asha Verma", "Stillwater", "K7KM-2AB4", TODAY, "9 Larch Close", "07700 900122", ("Isla",)
)  # fmt: skip
EXTRAS = st.sets(st.sampled_from([one.value for one in letters.Extra]))
SECRET = {"address": "9 Larch Close", "number": "07700 900122", "child": "Isla", "reason": "stalked"}


@settings(max_examples=25)
@given(st.sampled_from(list(letters.MACROS)), EXTRAS, st.data())
def test_a_letter_tells_what_was_ticked_and_nothing_else(kind: str, extras: set[str], data: st.DataObject) -> None:
    asks = data.draw(st.sets(st.sampled_from(list(letters.MACROS[kind].asks))))
    made = letters.compose(letters.Draft(kind, "The manager", tuple(asks), tuple(extras)), FACTS)
    for extra, secret in SECRET.items():
        assert (secret in made.text) == (extra in extras)
    assert len(made.asks) == len(asks)
    assert "Verma" not in made.text, "surnames of staff stay out of outward papers"


@pytest.mark.parametrize("kind", letters.MACROS)
def test_every_letter_has_a_title_that_says_nothing_of_stalking(kind: str) -> None:
    macro = letters.MACROS[kind]
    assert not {"stalk", "abuse", "police", "victim"} & set(f"{macro.title} {letters.FILE_NAME}".lower().split())
    assert not letters.can_draft(letters.Draft(kind, "x", ("nothing",)), TODAY)


def test_without_consent_there_is_the_asking_and_no_letter() -> None:
    assert "Ask first" in str(letters.can_send(agreed_to=None, to="The clinic").reason)
    assert not letters.can_send(agreed_to="The clinic", to="The bank"), "consent is for one recipient"
    assert letters.can_send(agreed_to="The clinic", to="the clinic ")


@pytest.mark.parametrize(
    ("told", "whom", "shut"),
    [
        ("her manager, the landlord", "The landlord", True), ("My mother", "The manager", False), ("", "x", False),
        ("Northshire Clinics and a bank", "northshire  clinics", True), ("the manager at work", "The manager", True),
    ],
)  # fmt: skip
def test_no_letter_goes_to_whom_the_card_names_as_not_to_know(told: str, whom: str, shut: bool) -> None:
    assert must_not_know(told, whom) == shut


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_a_word_file_is_well_formed_whatever_is_written(text: str) -> None:
    one = LetterText((text,), text, text, (text,), (text,), (text,), (text,))
    with zipfile.ZipFile(io.BytesIO(letter_docx(one))) as file:
        for name in file.namelist():
            minidom.parseString(file.read(name))
    assert letter_docx(one) == letter_docx(one)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(list(plans.Kind)), st.sampled_from(list(plans.AREA_WORDS))), max_size=12))
def test_a_sheet_holds_every_line_once_and_what_they_do_first(lines: list[tuple[str, str]]) -> None:
    steps = [plans.Step(kind, area, f"line {n}") for n, (kind, area) in enumerate(lines)]
    sheet = plans.sheet_of(steps)
    shown = [line for area in sheet for line in (*area.already, *area.steps)]
    assert sorted(shown) == sorted(f"line {n}" for n in range(len(lines)))
    assert [area.label for area in sheet] == [
        text for code, text in plans.AREA_WORDS.items() if code in dict(lines and [(a, 1) for _, a in lines])
    ]
    for area in sheet:
        assert len(area.already) == sum(k == "already" and plans.AREA_WORDS[a] == area.label for k, a in lines)


def test_a_copy_leaves_only_where_keeping_one_is_safe() -> None:
    assert [bool(plans.can_hand_over(hold)) for hold in plans.HOLD_WORDS] == [False, True, False]


@settings(max_examples=25)
@given(KNOWN, st.sampled_from(list(rights.EVENTS)))
def test_a_right_without_a_clock_gets_no_day_and_one_with_a_clock_a_later_one(on: date, event: str) -> None:
    due = rights.due_of(event, on, "persistent")
    assert (due is None) == (not rights.EVENTS[event].clock)
    if due:
        assert on < due <= rights.due_of(event, on, "")  # type: ignore[operator]


def test_what_happened_in_a_year_of_unknown_bank_holidays_is_written_down_without_a_day() -> None:
    for on in (date(2019, 5, 1), date(2031, 5, 1)):
        assert {rights.due_of(event, on, "persistent") for event in rights.EVENTS} == {None}
        assert rights.can_note("arrested", on, "persistent", "", date(2032, 1, 1))


@settings(max_examples=25)
@given(KNOWN, st.integers(0, 40))
def test_how_a_right_stands_is_said_by_its_days_alone(due: date, later: int) -> None:
    told = due + timedelta(days=later)
    assert rights.settled_says("met", due, told, told) == (
        "met in time" if later == 0 else rights.settled_says("met", due, told, told)
    )
    assert ("late" in rights.settled_says("met", due, told, told)) == (later > 0)
    assert ("over" in rights.settled_says("open", due, None, told)) == (later > 0)


@pytest.mark.parametrize("relation", list(Relation))
def test_eligibility_is_told_for_every_relation_and_decided_for_none(relation: Relation) -> None:
    says = rights.eligibility_says(relation)
    assert ("by application" in says) == (relation not in ("ex_partner", "partner", "family", "not_known"))
    assert "prosecutor says" in says or "application" in says or "asked for" in says


def test_tables_of_states_are_total_and_only_their_steps_are_taken() -> None:
    assert set(rights.MEASURE_NEXT) == set(rights.MeasureState)
    assert set(therapy.STAGE_NEXT) == set(therapy.Stage) == set(therapy.STAGE_WORDS)
    assert not rights.can_move_measure("wanted", "granted", "")
    assert not therapy.can_move("ended", "declined", TODAY, TODAY, TODAY)
    assert not court.can_change("over")


def test_nothing_in_therapy_waits_for_the_case_or_for_the_risk_to_end() -> None:
    words = " ".join((*therapy.WAITS_FOR.values(), *therapy.STAGE_WORDS.values())).lower()
    assert not [one for one in ("trial", "case", "court", "police", "risk", "stop", "over") if one in words.split()]
    for stage in ("referred",):
        assert therapy.can_move(stage, "started", TODAY, TODAY, TODAY), "it can begin on any day"


@settings(max_examples=25)
@given(st.integers(0, 99_999_999))
def test_an_amount_is_read_as_it_is_written(pence: int) -> None:
    assert recovery.pence_of(recovery.pounds(pence)) == pence
    assert recovery.pence_of(f"{pence}p") == pence


@pytest.mark.parametrize("typed", ["", "12,50", "1.234", "12.5.0", "-3", "about 5", "£5p", "1e3", "٣"])
def test_an_amount_that_can_be_read_in_two_ways_is_refused(typed: str) -> None:
    assert recovery.pence_of(typed) is None
    assert not recovery.can_add_cost("other", "x", recovery.pence_of(typed), TODAY, TODAY, "")


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(recovery.COST_WORDS)),
            st.integers(1, 9999),
            st.booleans(),
            st.sampled_from(list(recovery.CLAIM_WORDS)),
        ),
        max_size=12,
    )
)
def test_totals_add_up_and_name_what_they_are_counted_from(costs: list[tuple[str, int, bool, str]]) -> None:
    sums = recovery.totals(costs)
    assert sum(one.pence for one in sums) == sum(one[1] for one in costs)
    assert sum(one.entries for one in sums) == len(costs)
    assert all(one.receipts <= one.entries and one.claimed <= one.entries for one in sums)


def test_answers_are_never_added_up() -> None:
    first = recovery.Asked(TODAY, "yes", {"sleep": 1}, {})
    (pair,) = recovery.pairs([first])
    assert not {"total", "sum", "score", "mean"} & set(dir(pair)) and pair.marks == (1,)
    assert not recovery.can_keep(recovery.Asked(TODAY, "yes", {}, {}), TODAY)
    assert not recovery.can_keep(recovery.Asked(TODAY, "yes", {"sleep": 6}, {}), TODAY)
    assert recovery.can_keep(recovery.Asked(TODAY, "yes", {}, {}, "still here"), TODAY), "still happening is an answer"


def test_an_agency_is_chased_by_its_days() -> None:
    assert tasks.reply_due(date(2025, 11, 10), 5) == date(2025, 11, 17)  # C-31
    assert [tasks.late_says(TODAY + timedelta(days=n), TODAY) for n in (-2, -1, 0, 1, 2)] == [
        "2 days over", "1 day over", "due today", "due tomorrow", "due in 2 days"]  # fmt: skip
    assert not tasks.can_ask("x", "y", "consent", 0, TODAY, TODAY)
    assert not tasks.can_ask("x", "y", "consent", 5, TODAY + timedelta(days=1), TODAY)
