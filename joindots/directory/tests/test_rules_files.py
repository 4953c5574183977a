"""Files of listings: what publishers really write is read, what cannot be is said, and what leaves comes back the same."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from jsonschema import Draft202012Validator, FormatChecker

from joindots.directory.rules.arriving import MOST_BYTES, Arrived, packed, read_file, unpacked
from joindots.directory.rules.cleaning import age, day, days_of_wait, text
from joindots.directory.rules.leaving import Leaving, page_of, service_of
from joindots.directory.rules.listing import ACCESS, ALL, LANGUAGES, RELATIONS, Listing, Phone, can_be_listed
from joindots.directory.rules.reading import record_of
from joindots.directory.rules.schedules import hours_from
from joindots.directory.rules.secret import keeps_place_secret
from joindots.directory.rules.tables import needs
from joindots.kernel.problems import RuleBroken
from joindots.law.hours import WEEKDAYS, Exceptional, Holidays, Hours, Window

TODAY = date(2026, 3, 4)
HSDS = Draft202012Validator(
    json.loads((Path(__file__).parent / "hsds_3.json").read_text()), format_checker=FormatChecker()
)


def read(page: Any, *, areas: tuple[str, ...] = ("name:northshire",), all_needs: bool = True) -> Arrived:
    return read_file(json.dumps(page).encode(), "Northshire Council", areas, TODAY, all_needs=all_needs)


def one(**more: Any) -> Listing:
    told = read([{"id": "1", "name": "Outreach", "url": "example.org", **more}]).rows[0]
    assert told.listing is not None, told.why
    return told.listing


OLDER = {
    "totalElements": 1, "totalPages": 1, "number": 1, "size": 50, "first": True, "last": True, "empty": False,
    "content": [{
        "id": 4711, "name": " Counselling &amp; Talking\u200b ", "description": "<p>We listen.</p><ul><li>Free</li></ul>",
        "status": "Active", "url": "www.example.org/talk", "email": "mailto:talk@example.org", "fees": "No charge",
        "assured_date": "01/02/2026", "organization": {"id": "o", "name": "Talk Northshire", "url": "example.org"},
        "eligibilitys": [{"eligibility": "Over 18s", "minimum_age": "18", "maximum_age": 120}],
        "languages": [{"language": "polish; urdu"}],
        "service_areas": [{"service_area": "Cumberland Council", "uri": "http://example.org/E06000063"}],
        "regular_schedules": [{"weekday": "Monday", "opens_at": "09:00:00", "closes_at": "17:00:00"},
                              {"byday": "tu, we", "opens_at": "9.30am", "closes_at": "1pm", "freq": "weekly"}],
        "holiday_schedules": [{"closed": True, "start_date": "2026-12-25", "end_date": "2026-12-26"}],
        "contacts": [{"name": "Jane Example", "phones": [{"number": "Tel: 01632 960 123 (office)"}]}],
        "service_at_locations": [{"location": {
            "physical_addresses": [{"address_1": "1 Bank Street", "city": "Harrowby", "postal_code": "ZZ98 1AA"}],
            "accessibility_for_disabilities": [{"accessibility": "Ramp"}]}}],
    }],
}  # fmt: skip


def test_the_older_form_of_councils_is_read_whole():
    arrived = read(OLDER)
    assert arrived.form == "json page, UK 1"
    row = arrived.rows[0]
    assert row.assured_on == date(2026, 2, 1)
    told = row.listing
    assert told is not None
    assert (told.name, told.provider) == ("Counselling & Talking", "Talk Northshire")
    assert told.what == "We listen.\nFree"
    assert (told.web, told.email) == ("https://www.example.org/talk", "talk@example.org")
    assert [phone.number for phone in told.phones] == ["01632 960 123"]
    assert "Jane" not in str(told)
    assert (told.min_age, told.max_age, told.eligibility) == (18, None, "Over 18s")
    assert told.languages == ("Polish", "Urdu")
    assert told.areas == ("name:cumberland",)
    assert told.address == "1 Bank Street, Harrowby, ZZ98 1AA"
    assert (told.access_words, told.cost, told.needs) == ("Ramp", "free", ("therapy",))
    assert told.hours.windows == (
        Window(frozenset({0}), time(9), time(17)),
        Window(frozenset({1, 2}), time(9, 30), time(13)),
    )
    assert told.hours.exceptions == (Exceptional(date(2026, 12, 25), date(2026, 12, 26)),)


def test_version_3_is_read_from_its_own_page_list_and_single_service():
    service = {
        "id": "ac148810-d857-441c-9679-408f346de14b", "name": "Debt line", "status": "active",
        "phones": [{"id": "x", "number": "+44 1632 960124"}, {"id": "y", "number": "01632 960124"}],
        "schedules": [{"freq": "MONTHLY", "byday": "1TU,3TU", "opens_at": "18:00Z", "closes_at": "20:00+00:00"},
                      {"freq": "WEEKLY", "interval": 2, "dtstart": "2026-03-02", "byday": "MO", "opens_at": "10:00",
                       "closes_at": "12:00", "description": "Not open on bank holidays."}],
        "languages": [{"name": "Welsh"}], "minimum_age": 16.0, "wait_time": "1-2 weeks", "service_areas":
        [{"name": "Wales"}], "interpretation_services": "Yes, by telephone",
    }  # fmt: skip
    for page in ({"contents": [service]}, [service], service, {"services": [{"service": service}]}):
        told = read(page).rows[0].listing
        assert told is not None
        assert len(told.phones) == 1
        assert told.hours.windows[0] == Window(frozenset({1}), time(18), time(20), frozenset({1, 3}))
        assert told.hours.windows[1].every == 2 and told.hours.holidays is Holidays.CLOSED
        assert (told.min_age, told.wait_days, told.interpreter, told.areas) == (16, 14, "yes", ("wales",))


def test_a_zip_of_tables_is_nested_by_its_ids():
    files = {
        "organizations.csv": "id,name\no1,Talk Northshire\n",
        "services.csv": "id,organization_id,name,status\ns1,o1,Counselling,active\ns2,o1,Football,active\n",
        "phones.csv": "id,service_id,number\np1,s1,01632 960123\np2,s2,01632 960125\n",
        "schedules.csv": "id,service_id,freq,byday,opens_at,closes_at\nh1,s1,WEEKLY,MO,09:00,17:00\n",
        "locations.csv": "id,name\nl1,Hall\n",
        "addresses.csv": "id,location_id,address_1,postal_code\na1,l1,1 Bank Street,ZZ98 1AA\n",
        "service_at_location.csv": "id,service_id,location_id\nx,s1,l1\n",
    }
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w") as archive:
        for name, told in files.items():
            archive.writestr(f"data/{name}", told)
    arrived = read_file(packet.getvalue(), "X", ("uk",), TODAY, all_needs=False)
    assert [bool(row.why) for row in arrived.rows] == [False, True]
    told = arrived.rows[0].listing
    assert told is not None
    assert (told.provider, told.phones, told.address) == (
        "Talk Northshire", (Phone("01632 960123"),), "1 Bank Street, ZZ98 1AA",
    )  # fmt: skip
    assert told.hours.windows == (Window(frozenset({0}), time(9), time(17)),)


@pytest.mark.parametrize(
    ("schedule", "windows"),
    [
        ({"byday": "MO-FR", "opens_at": "0900", "closes_at": "1700"}, [Window(WEEKDAYS, time(9), time(17))]),
        ({"weekday": "Friday", "opens_at": "22:00", "closes_at": "02:00"}, [Window(frozenset({4}), time(22), time(2))]),
        ({"freq": "MONTHLY", "bymonthday": "15", "opens_at": "9:00", "closes_at": "10:00"}, []),
        ({"byday": "MO", "opens_at": "", "closes_at": "10:00"}, []),
        ({"byday": "MO", "opens_at": "25:00", "closes_at": "10:00"}, []),
        ({"opens_at": "9:00", "closes_at": "10:00"}, []),
        ({"byday": "XX", "opens_at": "9:00", "closes_at": "10:00"}, []),
        ({"freq": "WEEKLY", "interval": "2", "byday": "MO", "opens_at": "9:00", "closes_at": "10:00"}, []),
        ({"freq": "YEARLY", "byday": "MO", "opens_at": "9:00", "closes_at": "10:00"}, []),
    ],
)
def test_what_a_week_cannot_hold_is_never_guessed(schedule: dict[str, Any], windows: list[Window]):
    hours, said = hours_from([{**schedule, "description": "As told"}])
    assert list(hours.windows) == windows
    assert hours.whole is bool(windows)
    assert said == "As told"


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"id": 1, "url": "example.org"}, "Give the name"),
        ({"id": 1, "name": "Nobody reaches it"}, "Give a phone number"),
        ("no service", "It is no service"),
        ({"id": 1, "name": "Refuge at ZZ99 4LC", "url": "example.org"}, "place is kept secret"),
    ],
)
def test_a_row_that_cannot_be_listed_says_why(record: Any, why: str):
    row = read([record]).rows[0]
    assert why in row.why and row.listing is None


def test_a_refuge_loses_its_place_before_anything_is_kept():
    where = [{"location": {"addresses": [{"address_1": "9 Larch Close"}], "accessibility": [{"description": "Larch"}]}}]
    told = one(name="Safe House", description="A refuge for women.", service_at_locations=where)
    assert told.place_secret and "Larch" not in str(told)
    assert "Larch" in one(name="Advice", service_at_locations=where).address


def test_hostile_words_are_made_plain():
    told = one(description="<img src=x onerror=alert(1)>Hello <script>steal()</script><b>you</b>&lt;i&gt;", url="javascript:alert(1)",
               phones=[{"number": "01632 960001"}], organization="A \u202edecivda\u202c")  # fmt: skip
    assert told.what == "Hello you" and told.web == "" and "\u202e" not in told.provider
    assert text("5 < 6 & 7 > 3") == "5 < 6 & 7 > 3"


def test_dates_ages_and_waits_as_people_write_them():
    assert [day(each) for each in ("2026-02-01T00:00:00Z", "1/2/2026", "31/02/2026", "", None, 5)] == [
        date(2026, 2, 1), date(2026, 2, 1), None, None, None, None,
    ]  # fmt: skip
    assert [age(each) for each in ("18+", 16.0, 0, 120, None, True, "any")] == [18, 16, None, None, None, None, None]
    waits = ("2 weeks", "3-4 days", "None", "10 working days", "ask", 1)
    assert [days_of_wait(each) for each in waits] == [14, 4, 0, 10, None, None]


def test_an_assurance_of_a_day_to_come_is_none():
    assert record_of({"name": "A", "assured_date": "2027-01-01"}, (), TODAY).assured_on is None


def test_files_that_are_too_large_or_deep_are_refused():
    for bad in (b"x" * (MOST_BYTES + 1), b"[" * 100_000, b'{"contents": {}}', b"PK\x03\x04"):
        with pytest.raises(RuleBroken):
            read_file(bad, "X", (), TODAY, all_needs=True)


def test_the_same_row_has_the_same_key_and_digest_whatever_the_file_is_called():
    first, again = read(OLDER).rows[0], read({"contents": OLDER["content"]}).rows[0]
    assert (first.key, first.digest) == (again.key, again.digest) and first.key
    changed = read([{**OLDER["content"][0], "name": "Changed"}]).rows[0]
    assert changed.key == first.key and changed.digest != first.digest
    assert unpacked(packed(read(OLDER).rows)) == read(OLDER).rows


JSON = some.recursive(
    some.none() | some.booleans() | some.integers(-9, 9999) | some.text(max_size=12),
    lambda inner: some.lists(inner, max_size=3)
    | some.dictionaries(
        some.sampled_from(
            ["id", "name", "description", "url", "phones", "number", "schedules", "byday", "opens_at", "closes_at",
             "service_areas", "organization", "service_at_locations", "location", "addresses", "languages", "contacts",
             "minimum_age", "attributes", "value", "link_type", "taxonomy_term", "cost_options", "amount", "status"]
        ),
        inner, max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=25)
@given(some.lists(JSON, min_size=1, max_size=4))
def test_no_file_breaks_the_reading_and_every_row_has_a_listing_or_a_reason(services: list[Any]):
    for row in read({"contents": services}).rows:
        assert bool(row.why) is (row.listing is None and not row.gone)
        assert row.listing is None or can_be_listed(row.listing)


WORDS = some.text(some.characters(categories=("L", "N", "P")), max_size=30).map(str.strip)
CODES = some.sampled_from
WINDOWS = some.builds(
    Window, some.frozensets(some.integers(0, 6), min_size=1), some.builds(time, some.integers(0, 23), some.integers(0, 59)),
    some.builds(time, some.integers(0, 23), some.integers(0, 59)),
)  # fmt: skip
LISTINGS = some.builds(
    Listing, name=some.just("Harbour"), provider=WORDS, what=WORDS, eligibility=WORDS,
    phones=some.just((Phone("01632 960001", "evenings"),)), areas=some.just(("pc:CA1", "force:durham", "wales", "uk")),
    needs=some.lists(CODES(list(needs())), unique=True).map(tuple), relations=some.lists(CODES([ALL, *RELATIONS]), unique=True).map(tuple),
    taken=CODES(["all", "female", "male", "not_told"]), min_age=some.none() | some.integers(1, 99),
    languages=some.lists(CODES(LANGUAGES), unique=True).map(tuple), interpreter=CODES(["yes", "no", "not_told"]),
    access=some.lists(CODES(list(ACCESS)), unique=True).map(tuple), address=CODES(["", "1 Bank Street, ZZ98 1AA"]),
    hours=some.builds(Hours, some.lists(WINDOWS, max_size=3, unique=True).map(tuple), CODES(list(Holidays))),
    referral=CODES(["self", "professional", "both", "not_told"]), cost=CODES(["free", "charged", "not_told"]),
    wait_days=some.none() | some.integers(0, 400),
)  # fmt: skip


@settings(max_examples=15)
@given(LISTINGS)
def test_what_leaves_meets_the_standard(listing: Listing):
    page = page_of([Leaving("K4QT-7WXM", listing, "Lantern Line", TODAY)])
    assert page["total_items"] == 1
    HSDS.validate(page["contents"][0])


@settings(max_examples=15)
@given(LISTINGS)
def test_what_left_comes_back_with_its_codes_areas_and_hours(listing: Listing):
    row = read(json.loads(json.dumps([service_of(Leaving("K4QT-7WXM", listing, "", TODAY))]))).rows[0]
    told = row.listing
    assert told is not None
    assert told.areas == listing.areas
    assert set(listing.needs) <= set(told.needs)
    assert (told.relations, told.taken, told.referral) == (listing.relations, listing.taken, listing.referral)
    assert (told.min_age, told.wait_days, told.languages) == (listing.min_age, listing.wait_days, listing.languages)
    assert told.hours.windows == listing.hours.windows
    assert row.assured_on == TODAY


def test_a_secret_place_leaves_in_no_form():
    told = replace(Listing(name="House", phones=(Phone("1"),), areas=("uk",)), place_secret=True, access=("step_free",))
    assert "service_at_locations" not in service_of(
        Leaving("K4QT-7WXM", replace(told, address="9 Larch Close"), "", None)
    )


SERVICE = {"id": "1", "name": "Outreach", "url": "example.org"}
SECOND = {**SERVICE, "id": "2", "name": "Night line"}


@pytest.mark.parametrize(
    "page",
    [{"data": {"services": [SERVICE, SECOND]}}, {"result": {"records": [SERVICE, SECOND]}},
     [{"page_number": 1, "contents": [SERVICE]}, {"page_number": 2, "contents": [SECOND]}],
     [{"id": "o", "name": "Northshire Aid", "services": [SERVICE, SECOND]}],
     {"contents": [{"id": "o", "name": "Northshire Aid", "url": None, "services": [SERVICE, SECOND]}]}],
)  # fmt: skip
def test_pages_in_pages_and_organizations_with_their_services_are_read(page: Any) -> None:
    rows = read(page).rows
    assert [row.listing and row.listing.name for row in rows] == ["Outreach", "Night line"]
    if "Northshire Aid" in str(page):
        assert {row.listing.provider for row in rows if row.listing} == {"Northshire Aid"}


NINE = {"opens_at": "09:00", "closes_at": "17:00"}


@pytest.mark.parametrize(
    ("schedule", "says"),
    [({"rrule": "FREQ=WEEKLY;BYDAY=MO,TU", **NINE}, Window(frozenset({0, 1}), time(9), time(17))),
     ({"freq": "WEEKLY", "byday": ["MO", "TU"], **NINE}, Window(frozenset({0, 1}), time(9), time(17))),
     ({"freq": "MONTHLY", "byday": "SA", "bysetpos": "1", **NINE},
      Window(frozenset({5}), time(9), time(17), frozenset({1}))),
     ({"freq": "WEEKLY", "byday": "MO", "opens_at": "2026-03-02T09:00:00Z", "closes_at": "T17:00"},
      Window(frozenset({0}), time(9), time(17))),
     ({"freq": "WEEKLY", "byday": "MO", "bymonth": "6,7", **NINE}, None),
     ({"rrule": "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,3", **NINE}, None),
     ({"freq": "YEARLY", "byday": "MO", **NINE}, None)],
)  # fmt: skip
def test_a_rule_of_repeats_is_a_week_or_is_not_known_and_never_open_all_year(schedule: Any, says: Any) -> None:
    windows = hours_from([schedule])[0].windows
    assert windows == ((says,) if says else ())


@pytest.mark.parametrize("says", [
    "Our address is confidential.", "The location is kept strictly confidential", "a CONFIDENTIAL location",
    "We do not publish our address", "We never share the address", "We can’t disclose our location",
    "The address will not be disclosed", "Address withheld", "location: undisclosed", "Two safe houses", "a safehouse",
    "Women’s refuge", "Lloches i fenywod", "Undisclosed venue", "address is not published",
])  # fmt: skip
def test_words_that_a_place_is_not_told_drop_its_address(says: str) -> None:
    assert keeps_place_secret("", says)


@pytest.mark.parametrize("says", [
    "Confidential advice at our address in the High Street", "Help for refugees", "Our address is 1 High Street",
    "We do not share what you tell us", "Your data is confidential. Come to our place on Mondays.",
])  # fmt: skip
def test_confidential_advice_in_a_known_place_keeps_its_address(says: str) -> None:
    assert not keeps_place_secret("", says)
