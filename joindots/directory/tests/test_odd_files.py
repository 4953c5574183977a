"""Directories as councils really publish them: read right or told, and the same after leaving and coming back."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from joindots.directory.rules.arriving import Row, read_file
from joindots.directory.rules.leaving import Leaving, service_of
from joindots.directory.rules.listing import ACCESS, Listing, Phone
from joindots.directory.tests.test_rules_files import LISTINGS
from joindots.kernel.when import LOCAL
from joindots.law.hours import Exceptional, Holidays, Hours, Open, Window, state

TODAY = date(2026, 3, 4)
SERVICE = {"id": "1", "name": "Outreach", "url": "example.org"}
NINE = {"opens_at": "09:00", "closes_at": "17:00"}


def rows(data: Any) -> tuple[Row, ...]:
    given_ = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read_file(given_, "Northshire Council", ("uk",), TODAY, all_needs=True).rows


def one(**more: Any) -> Listing:
    (row,) = rows([{**SERVICE, **more}])
    assert row.listing is not None, row.why
    return row.listing


def zipped(**files: str) -> bytes:
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w") as archive:
        for name, told in files.items():
            archive.writestr(name.replace("__", "."), told)
    return packet.getvalue()


CAFE = json.dumps([{**SERVICE, "description": "Café"}], ensure_ascii=False)


@pytest.mark.parametrize(
    "data",
    [CAFE.encode(), b"\xef\xbb\xbf" + CAFE.encode(), CAFE.encode("utf-16"), CAFE.encode("cp1252"), CAFE.encode()[1:-1],
     CAFE.encode()[1:-1] + b"\n\n" + json.dumps({**SERVICE, "id": "2"}).encode() + b"\n",
     zipped(services__json=CAFE), zipped(datapackage__json="{}", service__csv="id,name,url,description\n1,Outreach,example.org,Café\n"),
     zipped(services__csv="\ufeffid;name;url;description\n1;Outreach;example.org;Café\n")],
)  # fmt: skip
def test_a_file_is_read_in_whatever_form_and_letters_it_comes(data: bytes) -> None:
    told = rows(data)[0].listing
    assert told is not None and (told.name, told.what) == ("Outreach", "Café")


def test_tables_named_in_the_singular_are_read_whole_and_their_terms_tell_a_refuge() -> None:
    packet = zipped(
        service__csv="id,organization_id,name\ns1,o1,House\ns2,o1,Advice\n", organization__csv="id,name\no1,Aid\n",
        phone__csv="id,service_id,number\np,s1,01632 960001\nq,s2,01632 960002\n",
        schedule__csv="id,service_at_location_id,byday,opens_at,closes_at\nh,x2,MO,09:00,17:00\n",
        service_at_location__csv="id,service_id,location_id\nx,s1,l1\nx2,s2,l2\n", location__csv="id,name\nl1,A\nl2,B\n",
        address__csv="id,location_id,address_1\na1,l1,9 Larch Close\na2,l2,1 Bank Street\n",
        taxonomy_term__csv="id,name\nt1,Refuges\n", attribute__csv="id,link_id,link_entity,taxonomy_term_id\na,s1,service,t1\n",
    )  # fmt: skip
    house, advice = rows(packet)
    assert house.listing is not None and house.listing.place_secret and "Larch" not in str(house)
    assert advice.listing is not None and advice.listing.address == "1 Bank Street" and advice.listing.provider == "Aid"
    assert advice.listing.hours.windows == (Window(frozenset({0}), time(9), time(17)),)


@pytest.mark.parametrize(
    ("schedule", "days", "whole"),
    [
        ({"byday": "MO TU WE", **NINE}, {0, 1, 2}, True), ({"byday": "Mondays, Thurs. and Fri", **NINE}, {0, 3, 4}, True),
        ({"byday": "Mon Tue", **NINE}, None, False), ({"weekday": 1, **NINE}, None, False),
        ({"byday": "MO", "opens_at": "noon", "closes_at": "17:00"}, None, False),
        ({"byday": "MO", **NINE, "description": "By appointment only"}, None, False),
        ({"byday": "MO", **NINE, "notes": "Term time only"}, None, False), ({"description": "Ask"}, None, False),
        ({}, None, True),
    ],
)  # fmt: skip
def test_days_are_read_whole_or_not_at_all_and_times_not_for_everybody_are_words(
    schedule: dict[str, Any], days: set[int] | None, whole: bool
) -> None:
    (row,) = rows([{**SERVICE, "schedules": [schedule]}])
    assert row.listing is not None and row.listing.hours.whole is whole and bool(row.lost) is not whole
    assert [set(window.days) for window in row.listing.hours.windows] == ([days] if days else [])


def test_a_whole_day_however_it_is_written_has_no_gap_at_midnight() -> None:
    for closes in ("24:00", "00:00:00", "23:59", "23:59:59"):
        told = one(schedules=[{"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": closes}])
        assert state(told.hours, datetime(2026, 3, 28, 23, 59, 30, tzinfo=UTC)) is Open.OPEN, closes


def test_times_that_have_ended_say_nothing_of_today() -> None:
    told = one(schedules=[{"valid_from": "2020-01-01", "valid_to": "2024-12-31", "byday": "WE", **NINE}])
    assert state(told.hours, datetime(2026, 3, 4, 12, tzinfo=UTC)) is Open.NOT_KNOWN
    assert state(told.hours, datetime(2024, 12, 4, 20, tzinfo=UTC)) is Open.CLOSED


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("Freephone 0800 123 4567 (24 hours), or text 07700 900123", ["0800 123 4567", "07700 900123"]),
        ("(01632) 960 001 ext 22", ["(01632) 960 001"]), ("+44 (0)1632 960001", ["+44 (0)1632 960001"]),
        ("101", ["101"]), ("18001 0808 800 0000", ["18001 0808 800 0000"]), ("ask at reception, room 5", []),
        ("Open 24 hours", []), ("01632-960-001.", ["01632-960-001"]), ("08000001 2345 6789 1234 5678", []),
    ],
)  # fmt: skip
def test_a_number_is_itself_and_nothing_that_stands_beside_it(typed: str, numbers: list[str]) -> None:
    assert [phone.number for phone in one(phones=[{"number": typed}]).phones] == numbers


def test_what_is_written_in_other_ways_means_the_same() -> None:
    told = one(
        languages=[{"code": "pl"}, {"name": None, "code": "en-GB"}, {"name": "xx"}], email="Mail: a@example.org or b@example.org",
        service_areas=[{"name": "E06000063"}, {"name": "Newcastle upon Tyne, Gateshead, and North Tyneside"},
                       {"name": "England and Wales"}, {"name": "Bath and North East Somerset"}],
        cost_options=[{"amount": "0.00", "option": "Free"}, {"amount": "£5"}], status="Temporarily closed",
        minimum_age=None, phones=None, schedules=[None], attributes=[{"taxonomy_term": None}] * 2,
    )  # fmt: skip
    assert told.languages == ("Polish", "English") and told.email == "a@example.org" and told.cost == "charged"
    assert told.areas == ("name:newcastle upon tyne", "name:gateshead", "name:north tyneside", "england", "wales",
                          "name:bath north east somerset")  # fmt: skip
    assert "Temporarily closed" in told.alert and one(status="Active").alert == ""


def test_more_than_a_listing_holds_is_told() -> None:
    places = [{"location": {"addresses": [{"address_1": f"{n} Bank Street"}]}} for n in range(1, 3)]
    (row,) = rows([{**SERVICE, "service_at_locations": places, "phones": [{"number": f"01632 96000{n}"} for n in range(9)],
                    "description": "x" * 5000}])  # fmt: skip
    assert row.listing is not None
    assert len(row.lost) == 3 and "2 addresses" in row.lost[0] and "cut at" in row.lost[1] and "6 of 9" in row.lost[2]


EXTRA = some.builds(
    lambda listing, days, secret, words: Listing(**{
        **{name: getattr(listing, name) for name in listing.__slots__},
        "hours": Hours(listing.hours.windows, listing.hours.holidays, listing.hours.system, days),
        "place_secret": secret, "address": "" if secret else listing.address, "cost_words": words, "web": "https://example.org",
    }),
    LISTINGS,
    some.sampled_from([(), (Exceptional(date(2026, 12, 24), date(2026, 12, 31), ((time(10), time(12)),)),
                            Exceptional(date(2026, 4, 1), date(2026, 4, 1)))]),
    some.booleans(), some.sampled_from(["", "£5 a visit"]),
)  # fmt: skip


@settings(max_examples=12)
@given(EXTRA)
def test_what_left_and_came_back_leaves_again_the_same(listing: Listing) -> None:
    def left(this: Listing) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(json.dumps(service_of(Leaving("K4QT-7WXM", this, "", TODAY))))
        return told

    first = left(listing)
    back = rows([first])[0].listing
    assert back is not None and back.place_secret >= listing.place_secret and not (back.place_secret and back.address)
    if listing.hours.windows:
        assert back.hours.exceptions == listing.hours.exceptions
        assert back.hours.holidays == listing.hours.holidays
    assert listing.place_secret or back.access == tuple(code for code in ACCESS if code in listing.access)
    second = left(back)
    again = rows([second])[0].listing
    assert again == back and left(again) == second


def test_holidays_of_three_nations_are_told_apart_when_a_listing_comes_back() -> None:
    for system, day in (
        ("northern_ireland", (2026, 3, 17)),
        ("scotland", (2026, 1, 2)),
        ("england_wales", (2026, 4, 6)),
    ):
        week = (Window(frozenset(range(7)), time(9), time(17)),)
        listing = Listing(
            name="A", phones=(Phone("01632 960001"),), areas=("uk",), hours=Hours(week, Holidays.CLOSED, system)
        )
        back = rows([json.loads(json.dumps(service_of(Leaving("K4QT-7WXM", listing, "", TODAY))))])[0].listing
        assert back is not None
        noon = datetime(*day, 12, tzinfo=LOCAL)
        assert state(back.hours, noon) is Open.CLOSED and state(listing.hours, noon) is Open.CLOSED
