"""Where a refuge is, in whatever field a file tells it, is nowhere: not in a listing, not in what leaves, not later."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from joindots.access.door import Ref
from joindots.directory import actions, queries
from joindots.directory.models import Service
from joindots.directory.rules.arriving import Row, read_file
from joindots.directory.rules.leaving import Leaving, page_of
from joindots.directory.rules.listing import Listing, Phone, can_be_listed, kept_secret
from joindots.directory.rules.secret import told_place, without_place
from tests.stage import Stage

TODAY = date(2026, 3, 4)
WHERE = {"address_1": "9 Larch Close", "address_2": "Quayside", "city": "Harrowby", "postal_code": "ZZ99 4LC"}
CLUES = (
    "We are at 9 Larch Close.", "Come to larch close and ring.", "Write to us at ZZ99-4LC.", "zz994lc", "54.97412, -1.61312",
    "Take bus 42 to the end.", "The nearest station is Harrowby Road.", "Five minutes’ walk from the harbour.",
    "We are next to the Co-op.", "Opposite the library.", "https://maps.example.org/?q=1", "Look for ///larch.close.door",
    "There is a car park.", "Behind the church.", "NZ 2461 6412",
)  # fmt: skip
KEEPS = "We help women and children."
FIELDS = (
    "alternate_name", "description", "application_process", "eligibility_description", "fees_description", "alert", "url",
    "email", "wait_time", "interpretation_services",
)  # fmt: skip


def read(*services: dict[str, Any]) -> tuple[Row, ...]:
    data = json.dumps({"contents": list(services)}).encode()
    return read_file(data, "Northshire Council", ("name:northshire",), TODAY, all_needs=True).rows


def house(**more: Any) -> dict[str, Any]:
    at = [{"location": {"id": "l1", "addresses": [WHERE], "latitude": 54.97412, "longitude": "-1.61312"}}]
    return {"id": "1", "name": "Harbour", "description": f"A refuge. {KEEPS}", "service_at_locations": at,
            "phones": [{"number": "0808 000 0000"}], **more}  # fmt: skip


def shown(row: Row) -> str:
    assert row.listing is None or can_be_listed(row.listing)
    left = page_of([Leaving("K4QT-7WXM", row.listing, "", None)]) if row.listing else ""
    return f"{row} {left}".casefold()


@settings(max_examples=40)
@given(some.sampled_from(FIELDS), some.sampled_from(CLUES))
def test_no_field_of_a_files_service_tells_where_a_refuge_is(field: str, clue: str) -> None:
    told = f"{KEEPS} {clue}" if field not in ("url", "email") else "https://larchclose.example.org/zz994lc"
    (row,) = read(house(**{field: told if field != "description" else f"A refuge. {told}"}))
    for word in (
        "larch",
        "zz99",
        "4lc",
        "54.97",
        "bus 42",
        "co-op",
        "library",
        "maps.",
        "church",
        "station",
        "harbour.",
        "2461",
    ):
        assert word not in shown(row), (field, clue)
    assert row.listing is not None and KEEPS in row.listing.what


@pytest.mark.parametrize(
    "more",
    [
        {"contacts": [{"name": "Larch Close", "phones": [{"number": "0808 000 0001", "description": "Larch Close"}]}]},
        {"service_at_locations": [{"location": {"addresses": [WHERE], "phones": [{"number": "01632 960961"}],
                                                "accessibility": [{"description": "Larch Close has a ramp"}],
                                                "schedules": [{"description": "At Larch Close on Mondays"}]}}]},
        {"service_areas": [{"name": "Larch Close"}, {"name": "Northshire"}]},
        {"organization": {"name": "Larch Close Aid", "website": "https://larch-close.example.org"}},
        {"languages": [{"name": "English", "note": "Larch Close"}], "attributes": [{"label": "Larch Close"}]},
        {"schedules": [{"byday": "MO", "opens_at": "9:00", "closes_at": "10:00", "description": "9 Larch Close"}]},
    ],
)  # fmt: skip
def test_nor_does_what_hangs_on_it(more: dict[str, Any]) -> None:
    (row,) = read(house(**more))
    assert row.listing is not None and row.listing.place_secret
    assert "larch" not in shown(row) and "01632" not in shown(row)


def test_a_house_whose_name_tells_it_is_not_taken_in_and_not_named() -> None:
    (row,) = read(house(name="Larch Close refuge"))
    assert row.listing is None and "its own name tells it" in row.why and "larch" not in shown(row)


@pytest.mark.parametrize(
    "more",
    [
        {"description": KEEPS, "alternate_name": "Women’s refuge"}, {"description": "Emergency accommodation for women."},
        {"description": KEEPS, "application_process": "Our address is confidential."},
        {"description": KEEPS, "alert": "The location is not disclosed."},
        {"description": KEEPS, "service_at_locations": [{"location": {"name": "Confidential location",
                                                                     "addresses": [WHERE]}}]},
        {"description": KEEPS, "organization": {"name": "A", "description": "We never publish our address."}},
        {"description": KEEPS, "attributes": [{"taxonomy_term": {"name": "Refuges"}}]},
        {"description": KEEPS, "service_taxonomys": [{"taxonomy": {"name": "Safe houses"}}]},
    ],
)  # fmt: skip
def test_that_a_place_is_secret_is_read_wherever_the_file_says_so(more: dict[str, Any]) -> None:
    (row,) = read(house(**more))
    assert row.listing is not None and row.listing.place_secret and "larch" not in shown(row)


def test_another_service_in_the_same_house_does_not_give_the_house_away() -> None:
    outreach = house(id="2", name="Outreach", description="Drop in to 9 Larch Close.", url="example.org")
    other = {
        "service_at_locations": [{"location": {"addresses": [{"address_1": "1 Bank Street", "city": "Harrowby"}]}}]
    }
    for first, second in ((house(), outreach), (outreach, house())):
        rows = read(first, second, house(id="3", name="Advice", description=KEEPS, **other))
        assert all("larch" not in shown(row) for row in rows)
        assert "bank street" in shown(rows[2]), "elsewhere the address stays"


def test_a_place_once_kept_secret_stays_so_whatever_a_later_file_says(stage: Stage) -> None:
    for name, what in (("Harbour", "A refuge."), ("Harbour", "We help. At 9 Larch Close, ZZ99 4LC.")):
        at = [{"location": {"addresses": [WHERE]}}]
        page = [{"id": "1", "name": name, "description": what, "url": "example.org", "service_at_locations": at}]
        came = read_file(json.dumps(page).encode(), "X", ("uk",), TODAY, all_needs=True)
        file = actions.bring_in(stage.actor("ruth"), came, name="x", source="X")
        actions.take_in(stage.actor("ruth"), Ref(file))
    row = Service.objects.get()
    assert row.says["place_secret"] and "larch" not in json.dumps(row.says).casefold()
    assert row.says["what"] == "We help."
    view = queries.service(stage.actor("asha"), row.reference)
    assert "zz99" not in str(view).casefold()


def test_words_typed_by_hand_are_held_to_the_same() -> None:
    secret = Listing(name="House", phones=(Phone("0808 000 0000"),), areas=("uk",), place_secret=True)
    assert can_be_listed(secret)
    for clue in set(CLUES) - {"Come to larch close and ring."}:  # a street in small letters, of no known address
        assert not can_be_listed(replace(secret, what=clue)), clue
    open_one = Listing(name="Women’s refuge", web="https://example.org", areas=("uk",), address="1 Bank Street")
    assert not can_be_listed(open_one) and can_be_listed(replace(open_one, address=""))
    assert not can_be_listed(replace(secret, phones=(Phone("0808 000 0000", "9 Larch Close"),)))


@settings(max_examples=40)
@given(some.lists(some.sampled_from((*CLUES, KEEPS, "Ring any hour.")), max_size=6))
def test_only_the_sentences_that_tell_are_left_out(parts: list[str]) -> None:
    pieces = ("larch close", "quayside")
    left = without_place(" ".join(parts), pieces)
    assert not told_place(left, pieces)
    assert without_place(left, pieces) == left
    listing = kept_secret(Listing(name="House", what=" ".join(parts)), pieces)
    assert listing.what == left and kept_secret(listing, pieces) == listing
