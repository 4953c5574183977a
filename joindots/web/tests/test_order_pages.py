"""The pages of orders, through a browser's requests: step by step, told first, refused by a sentence, and who may not."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from joindots.kernel.when import london_day
from tests.browsing import SignIn
from tests.stage import Stage


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def test_an_order_is_begun_and_written_down_step_by_step_and_only_what_can_follow_is_offered(
    stage: Stage, sign_in: SignIn
) -> None:
    case, day = stage.case("priya", victim="Rhian Example"), london_day(datetime.now(UTC))
    client, away = sign_in("priya"), reverse("web:orders", args=[case.key])
    assert "Enter the day" in client.post(away, {"on": "soon", "why": "x"}).content.decode()
    assert client.post(away, {"on": day.isoformat(), "why": " "}).status_code == 422
    begun = client.post(away, {"on": day.isoformat(), "why": "Acts, risk, need"}, follow=True)
    where, page = begun.request["PATH_INFO"], begun.content.decode()
    assert "Decided to apply" in page
    assert "Expired" not in page

    def seen() -> str:
        return re.findall(r'name="version" value="(\d+)"', client.get(where).content.decode())[0]

    def record(event: str, **given: str) -> tuple[int, str]:
        told = client.post(
            f"{where}record/{event}/",
            {"version": seen(), "on": day.isoformat(), "note": "As told", **given},
            follow=True,
        )
        return told.status_code, told.content.decode()

    status, page = record("decide_no")
    assert (status, "First tell the person protected" in page) == (422, True)
    status, page = record("decide_yes", on=(day + timedelta(days=1)).isoformat())
    assert (status, "has not come yet" in page) == (422, True)
    assert "Enter the day" in record("decide_yes", on="0001-01-01")[1]
    assert record("decide_yes")[0] == 200
    assert record("decide_yes", version="1")[0] == 409
    status, page = record("chief_officer_delegate_signs")
    assert (status, "Name the live investigation" in page) == (422, True)
    assert record("chief_officer_delegate_signs", investigation="live")[0] == 200
    assert record("complaint_lodged")[0] == 200
    status, page = record("hearing_listed", hearing="9999-12-31")  # no day follows it
    assert (status, "Enter the day of the hearing" in page) == (422, True)
    assert client.get(f"{where}record/fly/").status_code == 404
    assert "This cannot be written down now" in client.get(f"{where}record/served/").content.decode()


def test_which_orders_are_possible_is_told_from_the_facts_chosen_and_nothing_is_kept(
    stage: Stage, sign_in: SignIn
) -> None:
    case, client = stage.case(victim="Rhian Example"), sign_in("asha")
    where = reverse("web:orders_possible", args=[case.key])
    chosen = {"system": "england_wales", "link": "other", "subject_age": "34", "stage": "<b>", "force": "nowhere"}
    page = client.post(where, chosen).content.decode()
    assert "It is for people who are or were partners, or relatives, and for nobody else." in page
    assert "has not begun" in page
    assert "not in this list" in client.post(where, {"system": "scotland"}).content.decode()
    empty = client.get(reverse("web:orders", args=[case.key])).content.decode()
    assert "No order is on record in this case. Another agency may have one: ask before you rely on this." in empty


def test_an_order_is_not_there_for_who_may_not_know_of_its_case(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case("priya", victim="Rhian Example")
    day = london_day(datetime.now(UTC)).isoformat()
    made = sign_in("priya").post(reverse("web:orders", args=[case.key]), {"on": day, "why": "Acts, risk, need"})
    key, client = made["Location"].split("/")[2], sign_in("asha")
    for name, args in (("orders", [case.key]), ("orders_possible", [case.key]), ("order", [key]),
                       ("order_record", [key, "decide_yes"]), ("order_condition", [key])):  # fmt: skip
        assert client.get(reverse(f"web:{name}", args=args)).status_code == 404
    for name in ("order_strike", "order_protect", "order_take_off"):
        there, nowhere = (client.post(reverse(f"web:{name}", args=[one]), {"key": str(one)}) for one in (key, uuid4()))
        assert (there.status_code, nowhere.status_code) == (404, 404)
