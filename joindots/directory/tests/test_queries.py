"""The directory through its door: who sees and changes what, what fits, and what is confirmed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from joindots.access.door import Ref
from joindots.agencies.actors import visitor
from joindots.directory import actions, queries
from joindots.directory.models import Service
from joindots.directory.rules.arriving import Arrived, read_file
from joindots.directory.rules.fitting import Asked
from joindots.directory.rules.listing import Listing, Phone
from joindots.directory.rules.places import place_of
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from tests.stage import CANARY, Stage

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HARBOUR = Listing(
    name="Harbour advocacy", what="Advocates.", phones=(Phone("07700 900150"),), areas=("pc:CA1", "name:northshire"),
    needs=("advocacy",), relations=("all",), taken="all", wait_days=2, wait_told_on=date(2026, 3, 1),
)  # fmt: skip


@pytest.fixture(autouse=True)
def march(stage: Stage) -> None:
    stage.at = AT


def add(stage: Stage, listing: Listing, *, by: str = "asha", everybody: bool = True, confirmed: bool = True) -> str:
    reference = actions.add_service(stage.actor(by), listing, everybody=everybody, confirmed=confirmed)
    stage.close()
    return reference


def names(matches: queries.Matches) -> list[str]:
    return [hit.service.listing.name for hit in matches.hits]


def asked(where: str = "CA1", **more: object) -> Asked:
    return Asked(place=place_of(where), **more)  # type: ignore[arg-type]


def test_it_says_in_one_line_why_a_service_fits(stage: Stage) -> None:
    add(stage, HARBOUR)
    found = queries.find(stage.actor("asha"), asked(need="advocacy", relation="stranger"))
    assert found.hits[0].service.listing.name == "Harbour advocacy"
    assert found.hits[0].why == "Takes your area, not only former partners, wait 2 days"


def test_where_none_fits_it_says_so_with_the_reasons_and_what_covers_the_country(stage: Stage) -> None:
    add(stage, replace(HARBOUR, relations=("ex_partner",)))
    found = queries.find(stage.actor("asha"), asked(need="therapy", relation="stranger"))
    assert found.hits == ()
    assert found.none is not None
    assert str(found.none.says) == (
        "None covers CA1 for therapy and mental health, stalking by strangers, not only by former partners."
    )
    assert dict(found.none.shut_out)["need"] >= 1
    assert "National Stalking Helpline" in [hit.service.listing.name for hit in found.instead]


def test_a_stale_listing_goes_below_and_says_so(stage: Stage) -> None:
    add(stage, replace(HARBOUR, name="Aardvark", wait_days=0), confirmed=False)
    add(stage, HARBOUR)
    found = queries.find(stage.actor("asha"), asked(need="advocacy"))
    assert names(found)[:2] == ["Harbour advocacy", "Aardvark"]
    assert [hit.service.stale for hit in found.hits[:2]] == [False, True]
    stage.at = AT + timedelta(days=184)
    assert queries.find(stage.actor("asha"), asked(need="advocacy")).hits[0].service.stale


def test_a_listing_of_ones_own_agency_is_hidden_from_others_and_from_visitors(stage: Stage) -> None:
    reference = add(stage, replace(HARBOUR, name=CANARY), everybody=False)
    assert CANARY in names(queries.find(stage.actor("ruth"), asked()))
    for other in ("priya", "stranger"):
        assert CANARY not in names(queries.find(stage.actor(other), asked()))
        with pytest.raises(NotFound):
            queries.service(stage.actor(other), reference)
    assert CANARY not in names(queries.open_to_all(visitor(AT), asked()))


def test_another_agency_sees_what_is_for_everybody_and_cannot_change_it(stage: Stage) -> None:
    reference = add(stage, HARBOUR)
    assert not queries.service(stage.actor("stranger"), reference).own
    for change in (
        lambda: actions.correct_service(stage.actor("stranger"), Ref(reference), HARBOUR, everybody=True),
        lambda: actions.confirm_service(stage.actor("stranger"), Ref(reference)),
        lambda: actions.take_off(stage.actor("stranger"), Ref(reference)),
    ):
        with pytest.raises(NotFound):
            change()


def test_a_visitor_sees_the_open_list_and_nothing_else(stage: Stage) -> None:
    reference = add(stage, HARBOUR)
    somebody = visitor(AT)
    assert "Harbour advocacy" in names(queries.open_to_all(somebody, asked()))
    for refused in (
        lambda: queries.find(somebody, asked()),
        lambda: queries.service(somebody, reference),
        lambda: actions.add_service(somebody, HARBOUR, everybody=True),
        lambda: actions.confirm_national(somebody, "police-101"),
        lambda: queries.to_take_out(somebody),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert not (somebody.visit.take_deeds() or somebody.visit.take_openings() or somebody.visit.take_missed())


def test_roles_that_only_see_may_not_change(stage: Stage) -> None:
    reference = add(stage, HARBOUR)
    assert queries.service(stage.actor("priya"), reference).listing == HARBOUR
    for refused in (
        lambda: actions.add_service(stage.actor("priya"), HARBOUR, everybody=True),
        lambda: actions.bring_in(stage.actor("asha"), Arrived("json", ()), name="x", source="x"),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_correction_from_an_old_window_is_refused_and_a_new_one_moves_what_it_is_found_by(stage: Stage) -> None:
    reference = add(stage, HARBOUR)
    seen = queries.service(stage.actor("asha"), reference)
    moved = replace(HARBOUR, areas=("pc:NE1",), needs=("legal",))
    actions.correct_service(stage.actor("asha"), Ref(reference, seen.version), moved, everybody=True)
    with pytest.raises(OutOfDate):
        actions.correct_service(stage.actor("asha"), Ref(reference, seen.version), HARBOUR, everybody=True)
    assert "Harbour advocacy" not in names(queries.find(stage.actor("asha"), asked("CA1")))
    assert "Harbour advocacy" in names(queries.find(stage.actor("asha"), asked("NE1 4AB", need="legal")))


def test_a_secret_place_is_refused_and_stays_secret(stage: Stage) -> None:
    for bad in (replace(HARBOUR, address="9 Larch Close"), replace(HARBOUR, what="Come to ZZ99 4LC.")):
        with pytest.raises(RuleBroken, match="secret"):
            actions.add_service(stage.actor("asha"), replace(bad, place_secret=True), everybody=True)
    reference = add(stage, replace(HARBOUR, place_secret=True))
    with pytest.raises(RuleBroken, match="secret"):
        actions.correct_service(stage.actor("asha"), Ref(reference), HARBOUR, everybody=True)


def test_an_area_typed_alone_meets_its_districts_and_says_perhaps(stage: Stage) -> None:
    add(stage, HARBOUR)
    hit = queries.find(stage.actor("asha"), asked("CA", need="advocacy")).hits[0]
    assert hit.why.startswith("Takes CA1: ask whether that is yours")
    assert "Harbour advocacy" not in names(queries.find(stage.actor("asha"), asked("C")))


def test_a_listing_of_ones_own_stands_for_a_national_one_in_its_own_eyes_alone(stage: Stage) -> None:
    ours = replace(HARBOUR, name="Helpline, as we ring it", areas=("uk",), needs=("advice",))
    actions.add_service(stage.actor("asha"), ours, everybody=True, stands_for="national-stalking-helpline")
    mine = names(queries.find(stage.actor("asha"), asked()))
    assert "Helpline, as we ring it" in mine and "National Stalking Helpline" not in mine
    assert "National Stalking Helpline" in names(queries.open_to_all(visitor(AT), asked()))
    with pytest.raises(RuleBroken, match="stands for this one"):
        actions.add_service(stage.actor("asha"), ours, everybody=True, stands_for="national-stalking-helpline")


def test_confirming_is_by_whom_and_when_and_takes_the_wait_they_told(stage: Stage) -> None:
    reference = add(stage, HARBOUR, confirmed=False)
    actions.confirm_service(stage.actor("asha"), Ref(reference), wait_days=5)
    actions.confirm_national(stage.actor("asha"), "police-101")
    view = queries.service(stage.actor("asha"), reference)
    assert (view.confirmed_on, view.confirmed_by, view.stale) == (AT.date(), "Asha", False)
    assert (view.listing.wait_days, view.listing.wait_told_on) == (5, AT.date())
    assert queries.service(stage.actor("ruth"), "police-101").confirmed_by == "Asha"
    assert queries.service(stage.actor("priya"), "police-101").confirmed_by == ""
    assert queries.service(stage.actor("ruth"), "police-101").verify


PAGE = {
    "contents": [
        {"id": 1, "name": "Domestic abuse outreach", "phones": [{"number": "01632 960001"}], "status": "active",
         "service_areas": [{"name": "Carlisle"}], "assured_date": "2026-02-01"},
        {"id": 2, "name": "Football club", "url": "example.org/football"},
        {"id": 3, "name": "", "url": "https://example.org"},
        {"id": 1, "name": "Twice, a helpline", "url": "https://example.org"},
    ]
}  # fmt: skip


def bring(stage: Stage, page: object = PAGE, source: str = "Northshire Council") -> queries.ArrivalView:
    read = read_file(json.dumps(page).encode(), source, ("name:northshire",), AT.date(), all_needs=False)
    key = actions.bring_in(stage.actor("ruth"), read, name="services.json", source=source)
    while not actions.take_in(stage.actor("ruth"), Ref(key)).whole:
        pass
    return queries.arrival(stage.actor("ruth"), Ref(key))


def test_a_file_is_taken_in_with_its_rejects_and_a_repeat_changes_nothing(stage: Stage) -> None:
    first = bring(stage)
    assert (first.total, first.rejected, first.made, first.changed, first.same) == (4, 3, 1, 0, 0)
    rows = queries.rows_of(stage.actor("ruth"), Ref(first.id))
    assert [bool(row.why) for row in rows] == [False, True, True, True]
    assert "Give the name" in rows[2].why and "row 1 already" in rows[3].why
    again = bring(stage)
    assert (again.made, again.changed, again.same) == (0, 0, 1)
    view = queries.find(stage.actor("asha"), asked("Carlisle", need="refuge")).hits[0].service
    assert (view.source, view.confirmed_on, view.confirmed_by) == (
        "Northshire Council", date(2026, 2, 1), "Northshire Council",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="taken in already"):
        actions.take_in(stage.actor("ruth"), Ref(again.id))


def test_what_was_corrected_here_a_file_leaves_and_what_it_calls_closed_is_found_no_more(stage: Stage) -> None:
    bring(stage)
    row = Service.objects.get()
    actions.correct_service(stage.actor("asha"), Ref(row.reference), HARBOUR, everybody=True)
    changed = [{**PAGE["contents"][0], "description": "New words"}]
    assert bring(stage, changed).kept == 1
    assert queries.service(stage.actor("asha"), row.reference).listing == HARBOUR
    other = bring(stage, source="Westmarch Council")
    assert other.made == 1
    assert bring(stage, [{**PAGE["contents"][0], "status": "inactive"}], "Westmarch Council").changed == 1
    assert queries.find(stage.actor("asha"), asked("Carlisle", need="refuge")).hits == ()


def test_files_of_another_agency_are_not_there(stage: Stage) -> None:
    first = bring(stage)
    with pytest.raises(NotFound):
        queries.arrival(stage.actor("stranger"), Ref(first.id))
    with pytest.raises(NotFound):
        actions.drop_file(stage.actor("stranger"), Ref(first.id))
    assert queries.arrivals(stage.actor("stranger")) == ()


def test_what_leaves_is_ones_own_open_listings_and_national_ones(stage: Stage) -> None:
    add(stage, HARBOUR)
    add(stage, replace(HARBOUR, name="Ours alone"), everybody=False)
    add(stage, replace(HARBOUR, name="Elsewhere's"), by="stranger")
    out = {one.listing.name for one in queries.to_take_out(stage.actor("ruth"))}
    assert {"Harbour advocacy", "National Stalking Helpline"} <= out
    assert not out & {"Ours alone", "Elsewhere's"}
