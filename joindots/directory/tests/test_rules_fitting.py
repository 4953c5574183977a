"""Where somebody is, whom a service fits and why, in which order; and hours as people type them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from joindots.directory.rules import places
from joindots.directory.rules.fitting import Asked, fit, none_fits, place_in_order
from joindots.directory.rules.listing import ALL, RELATIONS, Listing, Phone, can_be_listed, fresh_until, stale
from joindots.directory.rules.national import ALWAYS_SHOWN, national_listings
from joindots.directory.rules.opening import from_kept, hours_say, kept, typed_from, typed_hours
from joindots.directory.rules.places import area_code, area_typed, district_of, place_of
from joindots.directory.rules.tables import national_services, needs, postcode_areas
from joindots.kernel.problems import RuleBroken
from joindots.law.hours import ALWAYS, Hours, Open, Window
from joindots.law.tables import police_forces

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
HARBOUR = Listing(
    name="Harbour", phones=(Phone("07700 900150"),), areas=("pc:CA1",), needs=("advocacy",), relations=(ALL,),
    taken="all", wait_days=2, wait_told_on=date(2026, 3, 1),
)  # fmt: skip


def says(one: Listing, **asked: object) -> str:
    told = fit(one, Asked(place=place_of("CA1"), **asked), AT)  # type: ignore[arg-type]
    return ", ".join(map(str, told.line)) if told else f"no: {told.fails[0]}"


@pytest.mark.parametrize(
    ("typed", "district"),
    [("ca1 2ab", "CA1"), ("CA12AB", "CA1"), ("ec1a1bb", "EC1A"), ("CA", "CA"), ("zz99 4lc", "ZZ99"), ("W1", "W1"),
     ("Durham", None), ("QX1", None), ("1", None), ("", None), ("CA1 2AB extra", None)],
)  # fmt: skip
def test_the_first_half_of_a_postcode_is_what_is_used(typed: str, district: str | None):
    assert district_of(typed) == district


def test_the_second_half_of_a_postcode_is_dropped_at_once():
    assert "2AB" not in str(place_of("CA1 2AB"))
    assert {"pc:CA1", "pc:CA28"} <= set(places.districts_in("CA")) and "pc:EC1A" in places.districts_in("EC")
    assert not set(places.districts_in("E")) & {"pc:EC1", "pc:E"}


@pytest.mark.parametrize(
    ("typed", "sure", "maybe"),
    [
        ("NE1", {"uk", "england", "pc:NE", "pc:NE1"}, set()),
        ("SY1", {"uk", "pc:SY", "pc:SY1"}, {"england", "wales"}),
        ("EC1A", {"uk", "england", "pc:EC", "pc:EC1", "pc:EC1A"}, set()),
        ("BT9", {"uk", "northern_ireland", "pc:BT", "pc:BT9"}, set()),
        ("County Durham", {"uk", "england", "name:durham", "force:durham"}, {"pc:DH"}),
        ("Wales", {"uk", "wales"}, set()),
        ("London", {"uk", "england", "name:london"}, {"force:metropolitan", "force:city-of-london"}),
        ("Northshire", {"uk", "name:northshire"}, set()),
    ],
)
def test_where_a_place_surely_lies_and_where_perhaps(typed: str, sure: set[str], maybe: set[str]):
    place = place_of(typed)
    assert place is not None
    assert (place.sure, place.maybe) == (sure, maybe)


def test_a_force_chosen_settles_the_nation():
    place = place_of("SY1", "west-mercia")
    assert place is not None
    assert {"england", "force:west-mercia", "pc:SY1"} <= place.sure and not place.maybe
    assert place_of("", "nonsense") is None and place_of(" ") is None


@given(
    some.sampled_from([*police_forces()])
    | some.sampled_from([*postcode_areas()])
    | some.sampled_from([*places.NATIONS])
)
def test_an_area_is_read_back_as_it_is_typed_out(code: str):
    full = f"force:{code}" if code in police_forces() else code if code in places.NATIONS else f"pc:{code}7"
    assert area_code(area_typed(full)) == full


def test_the_tables_agree_with_each_other():
    assert len(postcode_areas()) == 125
    for one in national_services().values():
        assert one.source and (one.verify or one.code == "police-999"), "it says what of it must be checked"
    for listing in national_listings().values():
        assert can_be_listed(listing)
    assert set(ALWAYS_SHOWN) <= set(national_listings())
    assert fit(national_listings()["police-999"], Asked(), AT).state is Open.OPEN


def test_one_line_says_why_it_fits():
    assert says(HARBOUR, relation="stranger") == "takes your area, not only former partners, wait 2 days"
    assert says(replace(HARBOUR, areas=("england",))).startswith("takes England: ask whether")
    assert (
        says(replace(HARBOUR, areas=("uk",), wait_days=0)) == "takes all of the UK, not only former partners, no wait"
    )
    old = replace(HARBOUR, wait_told_on=date(2026, 1, 1))
    assert says(old).endswith("wait 2 days (told on 1 January 2026: ask anew)")


@pytest.mark.parametrize(
    ("change", "asked", "fails"),
    [
        ({"areas": ("pc:NE1",)}, {}, "area"),
        ({"needs": ("legal",)}, {"need": "advocacy"}, "need"),
        ({"relations": ("ex_partner", "partner")}, {"relation": "neighbour"}, "relation"),
        ({"taken": "female"}, {"sex": "male"}, "sex"),
        ({"min_age": 18}, {"age": 17}, "age"),
        ({"max_age": 17}, {"age": 18}, "age"),
        ({"languages": ("Welsh",)}, {"language": "Polish"}, "language"),
        ({"hours": typed_hours("Mon 09:00-10:00", "", "as_usual", "")}, {"open_now": True}, "closed"),
    ],
)  # fmt: skip
def test_what_does_not_fit_says_on_what(change: dict[str, object], asked: dict[str, object], fails: str):
    assert says(replace(HARBOUR, **change), **asked) == f"no: {fails}"  # type: ignore[arg-type]


def test_what_nobody_told_is_never_a_no():
    untold = Listing(name="Untold", phones=(Phone("1"),), areas=("pc:CA1",))
    told = fit(untold, Asked(place_of("CA1"), "advocacy", "stranger", "male", 16, "Polish", True), AT)
    assert told and told.unsure == 5
    line = [str(each) for each in told.line]
    assert "does not say whether it takes only former partners" in line
    assert told.state is Open.NOT_KNOWN


def test_the_order_is_the_one_that_the_page_tells():
    day = AT.date()
    fresh = fresh_until(day)
    rows = [
        ("best", HARBOUR, fresh), ("waits longer", replace(HARBOUR, wait_days=9), fresh),
        ("for the nation", replace(HARBOUR, areas=("uk",)), fresh),
        ("unsure", replace(HARBOUR, needs=()), fresh), ("stale", replace(HARBOUR, wait_days=0), day - timedelta(days=1)),
    ]  # fmt: skip
    asked = Asked(place=place_of("CA1"), need="advocacy")
    backwards = rows[::-1]
    order = sorted(backwards, key=lambda row: place_in_order(row[1], fit(row[1], asked, AT), row[2], day))
    assert [row[0] for row in order] == [row[0] for row in rows]
    assert stale(None, day) and not stale(day, day)


def test_none_fits_is_said_in_words_and_counted_by_reason():
    asked = Asked(place=place_of("CA1"), relation="stranger")
    failed = [fit(replace(HARBOUR, relations=("ex_partner",)), asked, AT)] * 2
    told = none_fits(asked, failed)
    assert str(told.says) == "None covers CA1 for stalking by strangers, not only by former partners."
    assert told.shut_out == (("relation", 2),)
    assert str(none_fits(Asked(place=place_of("CA1")), ()).says) == "None covers CA1."


@settings(max_examples=50)
@given(
    some.sampled_from([*RELATIONS]),
    some.integers(0, 99),
    some.sampled_from(["female", "male"]),
    some.sampled_from([*needs()]),
)
def test_a_service_for_everybody_shuts_nobody_out(relation: str, age: int, sex: str, need: str):
    everybody = replace(HARBOUR, needs=tuple(needs()), areas=("uk",), hours=ALWAYS)
    assert fit(everybody, Asked(place_of("NE1"), need, relation, sex, age, "", True), AT)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Mon-Fri 09:30-16:00", "Mon to Fri 09:30 to 16:00; bank holidays not told"),
        ("Fri to Sun 10pm-2am; 1st Tue 18-20", "Fri to Sun 22:00 to 02:00 the next day; first Tue of the month 18:00 to "
                                               "20:00; bank holidays not told"),
        ("24/7", "every day, day and night; bank holidays not told"),
        ("", ""),
    ],
)  # fmt: skip
def test_hours_are_read_as_typed_and_said_in_words(typed: str, said: str):
    assert hours_say(typed_hours(typed, "", "not_told", "")) == said


def test_another_day_is_read_or_refused_with_an_example():
    told = typed_hours("daily 9-17", "2026-12-24 closed\n2026-12-27 to 2026-12-31 10:00-12:00", "closed", "scotland")
    assert hours_say(told).endswith("24 Dec 2026: closed; 27 Dec 2026 to 31 Dec 2026: 10:00 to 12:00")
    for bad in ("Christmas closed", "2026-12-24", "2026-12-31 to 2026-12-01 closed"):
        with pytest.raises(RuleBroken, match="Write 2026-12-24 closed"):
            typed_hours("", bad, "closed", "")
    with pytest.raises(RuleBroken, match="Mon-Fri 09:30-16:00"):
        typed_hours("Funday 9-5", "", "closed", "")


@settings(max_examples=40)
@given(some.lists(some.builds(
    Window, some.frozensets(some.integers(0, 6), min_size=1), some.builds(time, some.integers(0, 23), some.integers(0, 59)),
    some.builds(time, some.integers(0, 23), some.integers(0, 59)), some.frozensets(some.sampled_from([1, 2, 3, 4, -1]), max_size=1),
), max_size=4).map(tuple))  # fmt: skip
def test_hours_come_back_as_they_were_typed_out_and_kept(windows: tuple[Window, ...]):
    hours = Hours(windows)
    assert typed_hours(*typed_from(hours), "not_told", "england_wales") == hours
    assert from_kept(kept(hours)) == hours
