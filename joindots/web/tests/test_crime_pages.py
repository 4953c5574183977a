"""The pages of a crime, through a browser's requests: followed, step by step, told first, refused by a sentence."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from joindots.kernel.when import london_day
from tests.browsing import SignIn
from tests.stage import Stage


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def test_a_crime_is_followed_and_written_down_step_by_step_and_only_what_can_follow_is_offered(
    stage: Stage, sign_in: SignIn
) -> None:
    case, day = stage.case("priya", victim="Rhian Example"), london_day(datetime.now(UTC))
    client = sign_in("priya")
    report = {"do": "report", "force": "other", "reported_on": day.isoformat(), "stage": "reported",
              "crime_reference": "NS/26/<b>1", "offered": "not_known"}  # fmt: skip
    assert client.post(reverse("web:case_reports", args=[case.key]), report).status_code == 302
    here = reverse("web:crimes", args=[case.key])
    page = client.get(here).content.decode()
    assert "NS/26/&lt;b&gt;1" in page
    row, version = (re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in ("row", "version"))
    assert client.post(here, {"row": "none", "version": "1"}).status_code == 404
    assert client.post(here, {"row": row, "version": version, "stands_as": "guilty"}).status_code == 422
    begun = client.post(here, {"row": row, "version": version, "stands_as": "victim", "what": "He waits"}, follow=True)
    where, page = begun.request["PATH_INFO"], begun.content.decode()
    assert "Recorded as a crime" in page and "Sentenced" not in page

    versions = ["1"]

    def record(event: str, **given: str) -> tuple[int, str]:
        said = {"version": versions[-1], "on": day.isoformat(), "note": "As told", **given}
        told = client.post(f"{where}record/{event}/", said, follow=True)
        page = told.content.decode()
        if told.status_code == 200:
            versions.extend(re.findall(r'name="version" value="(\d+)"', page))
        return told.status_code, page

    form = client.get(f"{where}record/recorded/").content.decode()
    assert "checked" not in form and "selected" not in form, "nothing is chosen before somebody chooses it"
    status, page = record("recorded")
    assert (status, "Choose the offence" in page) == (422, True)
    assert "Enter the day" in record("recorded", offence="pha_s2a", last_act="0001-01-01")[1]
    said = {"offence": "pha_s2a", "check-course": "yes", "last_act": day.isoformat()}
    assert record("recorded", version="99", **said)[0] == 409
    status, page = record("recorded", **said)
    assert status == 200 and "Proceedings for this offence must begin by" in page
    status, page = record("stopped", outcome="16")
    assert (status, "First tell the person protected" in page) == (422, True)
    status, page = record("stopped", outcome="16", told="told")
    assert status == 200 and "A review of the decision can be asked for until" in page
    assert client.get(f"{where}record/fly/").status_code == 404
    assert "This cannot be written down now" in client.get(f"{where}record/charged/").content.decode()


def test_nobody_else_learns_of_a_crime_by_any_address(stage: Stage, sign_in: SignIn) -> None:
    case, client = stage.case("priya"), sign_in("stranger")
    for path in (reverse("web:crimes", args=[case.key]), f"/crimes/{uuid4()}/", f"/crimes/{uuid4()}/record/charged/"):
        assert client.get(path).status_code == 404


def test_points_to_prove_say_their_gaps_and_offer_nothing_ticked(stage: Stage, sign_in: SignIn) -> None:
    case, day = stage.case("priya"), london_day(datetime.now(UTC))
    client = sign_in("priya")
    report = {"do": "report", "force": "other", "reported_on": day.isoformat(), "stage": "reported",
              "offered": "not_known"}  # fmt: skip
    client.post(reverse("web:case_reports", args=[case.key]), report)
    here = reverse("web:crimes", args=[case.key])
    row, version = (re.findall(rf'name="{n}" value="([^"]+)"', client.get(here).content.decode())[0]
                    for n in ("row", "version"))  # fmt: skip
    where = client.post(here, {"row": row, "version": version}).headers["Location"] + "points/"
    page = client.get(where).content.decode()
    assert "No act linked to this point yet." in page and "checked" not in page
    answers = {
        "Tick the acts": {"do": "link", "point": "ew_course"},
        "Choose what to do": {"do": "fly"},
        "Write why": {"do": "conclude", "offence": "pha_s2a", "version": "1"},
    }
    for says, given in answers.items():
        told = client.post(where, given)
        assert (told.status_code, says in told.content.decode()) == (422, True), says
    assert client.post(where, {"do": "link", "point": "ew_course", "file": ["e-1", "s<b>"]}).status_code == 404
    assert client.get(where, {"on": "0000-13-40"}).status_code == 422


def test_keeping_somebody_told_sends_nothing_without_safe_contact_and_settles_what_is_owed(
    stage: Stage, sign_in: SignIn
) -> None:
    case, day = stage.case("priya"), london_day(datetime.now(UTC))
    client, here = sign_in("priya"), reverse("web:keep_told", args=[case.key])
    client.post(reverse("web:rights", args=[case.key]),
                {"do": "note", "event": "arrested", "on": day.isoformat(), "enhanced": "persistent"})  # fmt: skip
    page = client.get(here).content.decode()
    assert "Somebody was arrested" in page and "Safe contact was not asked yet" in page
    assert 'value="text"' not in page and 'id="body"' not in page, "no way is offered that is not safe"
    card = re.search(r'href="([^"]+)">Their safe contact', page)
    assert card and client.get(card[1]).status_code == 200, "but where to ask for one"
    client.post(here, {"do": "text", "body": "Please call about your appointment."})
    assert "refused" in client.get(here).content.decode(), "a text that is asked for all the same is refused"
    told = client.post(here, {"do": "text", "body": "The police arrested him"})
    assert (told.status_code, "give" in told.content.decode() or "tell" in told.content.decode()) == (422, True)
    row, version = re.findall(r'name="row" value="([^"]+)"><input type="hidden" name="version" value="(\d+)"', page)[0]
    given = {"do": "told", "row": row, "version": version, "to": "met", "told_on": day.isoformat()}
    assert client.post(here, given).status_code == 422, "who told them, and how"
    assert client.post(here, {**given, "how": "Rung on the safe line"}).status_code == 302
    assert "Rung on the safe line" in client.get(here).content.decode()
