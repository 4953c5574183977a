"""Cases come in from a spreadsheet: each once, whatever is repeated, killed or wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework import queries as cases
from joindots.casework.models import Case, OwnNumber
from joindots.config.keeping.reindexing import reindex
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.people import queries as people
from joindots.people.models import Identifier, Person
from joindots.transfer import actions, queries
from joindots.transfer.models import CaseSheet, ColumnsKnown, LeftOut
from joindots.transfer.rules.columns import Mapping
from joindots.transfer.tests.making import (
    HEADINGS,
    MEANINGS,
    brought,
    case_of,
    numbers,
    seen,
    sheet,
    taken,
    tried,
    work,
)
from joindots.transfer.work import cases as cases_work
from joindots.vault.models import PurposeKey
from tests.stage import CANARY, Stage

pytestmark = pytest.mark.usefixtures("read_here")
TWO = sheet(
    ("Maya Test", "SW-1", "10 June 2021", "ex-partner", "He waits", "Cal Test", "07700 900123"),
    ("Ben Test", "SW-2", "March 2022", "neighbour", "", "", ""),
)


def test_each_row_becomes_a_case_with_its_own_day_people_and_numbers(stage: Stage) -> None:
    view = seen(stage, brought(stage, TWO))
    assert (view.brought, view.repeats, view.rejected, view.rows) == (2, 0, 0, 2)
    one = case_of(stage, "SW-1")
    head = cases.case(stage.actor("ruth"), Ref(one.reference))
    assert (head.victim, head.opened, head.relation, head.summary) == (
        "Maya Test",
        "Thu 10 Jun 2021",
        "former partner",
        "He waits",
    )
    assert [(who.name, who.stands_as) for who in head.people] == [("Cal Test", "suspect"), ("Maya Test", "victim")]
    assert one.opened_at == datetime(2021, 6, 9, 23, tzinfo=UTC)
    other = cases.case(stage.actor("ruth"), Ref(case_of(stage, "SW-2").reference))
    assert (other.opened, other.relation) == ("March 2022", "neighbour")
    actor = stage.actor("ruth")
    found = {(row.kind, actor.keys.open(row.value)) for row in Identifier.objects.select_related("person")}
    assert ("number", "tel:+447700900123") in found


def test_the_same_file_again_brings_in_nothing_and_says_so(stage: Stage) -> None:
    brought(stage, TWO)
    again = seen(stage, brought(stage, TWO))
    assert (again.brought, again.repeats) == (0, 2)
    assert numbers(stage) == ["SW-1", "SW-2"]
    why = [row["why"] for row in queries.left_out(stage.actor("ruth"), Ref(again.id))]
    assert "“SW-1” is here already" in why[0]


def test_a_number_is_the_same_whatever_its_case_and_spaces(stage: Stage) -> None:
    brought(stage, sheet(("Maya Test", "SW-1", "", "", "", "", "")))
    ref = brought(stage, sheet(("Maya Test", " sw - 1", "", "", "", "", ""), ("Maya Test", "sw-1", "", "", "", "", "")))
    assert seen(stage, ref).repeats == 2


def test_a_number_that_was_typed_by_hand_is_not_doubled(stage: Stage) -> None:
    stage.case(by="asha", own_number="SW-1")
    view = seen(stage, brought(stage, TWO))
    assert (view.brought, view.repeats) == (1, 1)


def test_another_agency_has_numbers_of_its_own(stage: Stage) -> None:
    brought(stage, TWO)
    view = seen(stage, brought(stage, TWO, who="stranger"), "stranger")
    assert (view.brought, view.repeats) == (2, 0)
    assert len({bytes(row.index) for row in OwnNumber.objects.all()}) == 4


def test_rows_without_a_number_come_once_too(stage: Stage) -> None:
    data = sheet(
        ("Maya Test", "", "", "", "A", "", ""),
        ("Maya Test", "", "", "", "B", "", ""),
        ("Maya Test", "", "", "", "A", "", ""),
    )
    first = seen(stage, brought(stage, data))
    assert (first.brought, first.repeats) == (2, 1)
    assert seen(stage, brought(stage, data)).repeats == 3


def test_what_is_wrong_with_a_row_is_said_with_its_row_number_and_the_others_come_in(stage: Stage) -> None:
    data = sheet(
        ("", "SW-1", "", "", "", "", ""), ("Maya Test", "SW-2", "32 Juny", "", "", "", ""),
        ("Maya Test", "SW-3", "10 June 2099", "", "", "", ""), ("Maya Test", "SW-4", "", "", "", "", "", "one too many"),
        ("Maya Test", "SW-5", "", "penfriend", "", "", ""),
    )  # fmt: skip
    ref = brought(stage, data)
    view = seen(stage, ref)
    assert (view.brought, view.rejected) == (1, 4)
    said = list(queries.left_out(stage.actor("ruth"), ref))
    assert [row["row"] for row in said] == [2, 3, 4, 5]
    assert [
        word in row["why"]
        for row, word in zip(said, ["no name", "32 Juny", "not come yet", "form of the others"], strict=True)
    ]
    assert said[1]["cells"][1] == "SW-2"
    head = cases.case(stage.actor("ruth"), Ref(case_of(stage, "SW-5").reference))
    assert (head.relation, head.summary, head.opened) == ("not known", "Relation as given: penfriend", "not known")


def test_a_trial_says_what_would_happen_and_changes_nothing(stage: Stage) -> None:
    brought(stage, sheet(("Maya Test", "SW-1", "", "", "", "", "")))
    data = sheet(
        ("Maya Test", "SW-1", "", "", "", "", ""),
        ("Ben Test", "SW-2", "May 2020", "", "", "", ""),
        ("", "", "", "", "x", "", ""),
    )
    found = seen(stage, tried(stage, data)).tried
    assert (found.rows, found.good, found.repeats, found.rejected, found.day_about) == (3, 1, 1, 1, 1)
    assert [(line.row, line.repeat) for line in found.lines] == [(2, True), (4, False)]
    assert numbers(stage) == ["SW-1"]


def test_day_and_month_are_asked_where_the_file_does_not_prove_them(stage: Stage) -> None:
    data = sheet(("Maya Test", "SW-1", "03/04/2021", "", "", "", ""))
    ref = tried(stage, data)
    view = seen(stage, ref)
    assert (view.state, view.tried.order_example) == ("mapping", "03/04/2021")
    with pytest.raises(RuleBroken):
        actions.bring(stage.actor("ruth"), ref)
    actions.map_columns(stage.actor("ruth"), ref, mapping=Mapping(0, MEANINGS, date_order="mdy"))
    work(stage, ref)
    actions.bring(stage.actor("ruth"), ref)
    work(stage, ref)
    assert cases.case(stage.actor("ruth"), Ref(case_of(stage, "SW-1").reference)).opened == "Thu 4 Mar 2021"


def test_a_day_over_twelve_answers_for_the_column(stage: Stage) -> None:
    ref = brought(
        stage, sheet(("A Test", "1", "03/04/2021", "", "", "", ""), ("B Test", "2", "25/04/2021", "", "", "", ""))
    )
    assert seen(stage, ref).brought == 2
    assert cases.case(stage.actor("ruth"), Ref(case_of(stage, "1").reference)).opened == "Sat 3 Apr 2021"


def test_columns_are_remembered_for_the_agency_in_any_order(stage: Stage) -> None:
    data = sheet(("Maya Test", "SW-1"), headings=("Who", "Number"))
    brought(stage, data, ("victim", "own_number"), heading_row=1)
    ref = taken(stage, sheet(("SW-2", "Ben Test"), headings=("NUMBER", "who")))
    told = queries.remembered(stage.actor("ruth"), ref, ("NUMBER", "who"))
    assert (told.known, told.meanings) == (True, ("own_number", "victim"))
    assert not queries.remembered(stage.actor("ruth"), ref, ("NUMBER", "other")).known
    kept = ColumnsKnown.objects.get()
    assert b"number" not in bytes(kept.print).lower() and "who" not in json.dumps(kept.meanings)


def test_the_order_of_day_and_month_said_last_is_offered_again_and_never_taken_as_an_answer(stage: Stage) -> None:
    data = sheet(("Maya Test", "SW-1", "03/04/2021", "", "", "", ""))
    brought(stage, data, date_order="mdy")
    ref = tried(stage, data)
    assert (seen(stage, ref).state, seen(stage, ref).tried.order_example) == ("mapping", "03/04/2021")
    assert queries.remembered(stage.actor("ruth"), ref, HEADINGS).date_order == "mdy"


def test_a_mapping_that_does_not_fit_the_file_is_refused(stage: Stage) -> None:
    ref = taken(stage, TWO)
    for wrong, error in (
        (Mapping(0, MEANINGS[:-1]), RuleBroken), (Mapping(0, ("",) * 7), RuleBroken), (Mapping(5, MEANINGS), OutOfDate),
        (Mapping(0, ("victim", "own_number", "own_number", "", "", "", "")), RuleBroken),
        (Mapping(0, ("victim", "nonsense", "", "", "", "", "")), RuleBroken),
    ):  # fmt: skip
        with pytest.raises(error):
            actions.map_columns(stage.actor("ruth"), ref, mapping=wrong)
    actions.map_columns(stage.actor("ruth"), ref, mapping=Mapping(0, MEANINGS))
    with pytest.raises(RuleBroken, match="not at that step"):
        actions.map_columns(stage.actor("ruth"), ref, mapping=Mapping(0, MEANINGS))


def test_where_the_headings_stand_is_asked_when_the_file_does_not_show_it(stage: Stage) -> None:
    data = b"Our list of people\n\nPerson,Reference\nMaya Test,SW-1\nBen Test,SW-2\n"
    ref = taken(stage, data)
    table = seen(stage, ref).survey.tables[0]
    assert not table.named and table.named_by(3) == ["Person", "Reference"]
    for row in (-1, 2):
        with pytest.raises(RuleBroken, match="which row holds the headings"):
            actions.map_columns(stage.actor("ruth"), ref, mapping=Mapping(0, ("victim", "own_number"), heading_row=row))
    actions.map_columns(stage.actor("ruth"), ref, mapping=Mapping(0, ("victim", "own_number"), heading_row=3))
    work(stage, ref)
    actions.bring(stage.actor("ruth"), ref)
    work(stage, ref)
    assert numbers(stage) == ["SW-1", "SW-2"]


def test_what_is_no_spreadsheet_is_refused_in_words(stage: Stage) -> None:
    view = seen(stage, taken(stage, b"PK\x03\x04 no workbook", "cases.xlsx"))
    assert view.state == "unreadable" and "cases.xlsx" in view.survey.why
    empty = seen(stage, taken(stage, b"", "empty.csv"))
    assert empty.state == "unreadable" and "no row" in empty.survey.why


class Killed(BaseException):
    """As kill -9 leaves a worker: nothing after it runs."""


def killed_at(row: int) -> Iterator[None]:
    whole = actions.bring_row.run

    def run(actor, sheet, *, number, **more):
        done = whole(actor, sheet, number=number, **more)
        if number == row:
            raise Killed
        return done

    actions.bring_row.run = run
    yield
    actions.bring_row.run = whole


@pytest.mark.parametrize("row", [1, 3, 5])
def test_a_worker_killed_in_the_middle_of_a_row_leaves_no_half_case_and_no_double(stage: Stage, row: int) -> None:
    data = sheet(*((f"P{n} Test", f"SW-{n}" if n % 2 else "", "", "", "", "", "") for n in range(1, 6)))
    ref = tried(stage, data)
    actions.bring(stage.actor("ruth"), ref)
    job = seen(stage, ref).job
    assert job is not None
    fault = killed_at(row)
    next(fault)
    with pytest.raises(Killed):
        tasks.run(job)
    next(fault, None)
    assert Case.objects.count() == row - 1 == CaseSheet.objects.get().done == Person.objects.count()
    Job.objects.filter(pk=job).update(lease_until=None, state="queued")
    assert work(stage, ref).state == "done"
    assert Case.objects.count() == 5
    assert seen(stage, ref).brought == 5


def test_many_rows_are_looked_up_together_and_a_trial_still_finds_each(
    stage: Stage, django_assert_max_num_queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases_work, "TRIED_AT_ONCE", 4)
    brought(stage, sheet(("P3 Test", "SW-3", "", "", "", "", ""), ("P7 Test", "SW-7", "", "", "", "", "")))
    rows = [(f"P{n} Test", f"SW-{n % 9}", "", "", "", "", "") for n in range(12)]
    found = seen(stage, tried(stage, sheet(*rows))).tried
    assert (found.good, found.repeats) == (7, 5)
    assert [line.row for line in found.lines] == [5, 9, 11, 12, 13]
    actor = stage.actor("ruth")
    with django_assert_max_num_queries(5):
        here = cases.here_already(actor, [("own", f"sw{n}") for n in range(500)])
    assert {value for _, value in here} <= {f"sw{n}" for n in range(500)}
    assert cases.here_already(actor, []) == frozenset()


def test_a_number_that_somebody_else_brings_in_between_look_and_write_is_a_repeat(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The constraint decides: as if the other's case had not been committed yet when this one looked."""
    ref = tried(stage, TWO)
    brought(stage, TWO)
    look, asked = cases.here_already.run, []

    def blind_once(actor, marks):
        asked.append(marks)
        return frozenset() if len(asked) == 1 else look(actor, marks)

    actions.bring(stage.actor("ruth"), ref)
    monkeypatch.setattr(cases.here_already, "run", blind_once)
    view = work(stage, ref)
    assert (view.state, view.brought, view.repeats) == ("done", 0, 2)
    assert Case.objects.count() == 2


def test_stopped_work_keeps_what_came_in_and_goes_on(stage: Stage) -> None:
    ref = tried(stage, sheet(*((f"P{n} Test", str(n), "", "", "", "", "") for n in range(27))))
    job = actions.bring(stage.actor("ruth"), ref)
    Job.objects.filter(pk=job).update(stop_asked=True)
    tasks.run(job)
    assert Job.objects.get(pk=job).state == "stopped"
    Job.objects.filter(pk=job).update(stop_asked=False, state="queued")
    assert work(stage, ref).brought == 27


def test_numbers_are_found_after_their_keys_were_rotated(stage: Stage) -> None:
    brought(stage, TWO)
    for _ in range(2):
        reindex()
        assert PurposeKey.objects.filter(purpose__startswith="blind:").count() == 1
        assert seen(stage, brought(stage, TWO)).repeats == 2
        brought(stage, sheet(("New Test", f"N-{OwnNumber.objects.count()}", "", "", "", "", "")))
    assert len({row.generation for row in OwnNumber.objects.all()}) <= 2


def test_only_a_lead_brings_cases_in_and_nobody_else_sees_the_sheet(stage: Stage) -> None:
    ref = taken(stage, TWO)
    with pytest.raises(NotAllowed):
        queries.sheets(stage.actor("asha"))
    with pytest.raises(NotFound):
        queries.sheet(stage.actor("stranger"), ref)
    assert queries.sheets(stage.actor("stranger")) == ()
    assert len(queries.sheets(stage.actor("ruth"))) == 1


def test_who_brings_in_stands_in_each_case_and_the_trail_says_from_where(stage: Stage) -> None:
    brought(stage, TWO)
    circle = case_of(stage, "SW-1").circle
    assert [row.membership_id for row in circle.standings.all()] == [stage.memberships["ruth"].pk]
    with pytest.raises(NotFound):
        people.people_in(stage.actor("asha"), Ref(circle.pk))


def test_nothing_of_a_sheet_lies_readable_in_its_rows(stage: Stage) -> None:
    brought(
        stage,
        sheet((f"Maya {CANARY}", f"{CANARY}-1", "", CANARY, CANARY, CANARY, ""), ("", CANARY, "", "", "", "", "")),
    )
    for model in (CaseSheet, LeftOut, ColumnsKnown, Case, OwnNumber, Job):
        for row in model.objects.values():
            assert CANARY not in repr(
                {key: bytes(value) if isinstance(value, memoryview) else value for key, value in row.items()}
            )


def test_a_sheet_can_be_removed_and_its_cases_stay(stage: Stage) -> None:
    ref = brought(stage, TWO)
    actions.remove_sheet(stage.actor("ruth"), ref)
    with pytest.raises(NotFound):
        seen(stage, ref)
    assert numbers(stage) == ["SW-1", "SW-2"]


ROW = st.tuples(
    st.sampled_from(["Maya Test", "Ben Test", "", " "]), st.sampled_from(["1", "2", "3", "", " 2 ", "A"]),
    st.sampled_from(["", "May 2020", "nonsense", "10 June 2021"]), st.just(""), st.sampled_from(["", "x"]), st.just(""), st.just(""),
)  # fmt: skip


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=st.lists(ROW, min_size=1, max_size=4).filter(lambda rows: any("".join(row).strip() for row in rows)))
def test_every_row_is_counted_once_and_a_repeat_brings_in_nothing(stage: Stage, rows: list[tuple[str, ...]]) -> None:
    before = Case.objects.count()
    first = seen(stage, brought(stage, sheet(*rows)))
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert first.brought + first.repeats + first.rejected == first.rows == len(filled)
    assert Case.objects.count() - before == first.brought
    again = seen(stage, brought(stage, sheet(*rows)))
    assert again.brought == 0 and again.rejected == first.rejected
    assert HEADINGS[0] == again.survey.tables[0].headings[0]
