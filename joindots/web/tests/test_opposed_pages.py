"""Put on record, proceedings, right to know and both ways through a browser's requests, with odd text."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from joindots.kernel.when import london_day
from tests.browsing import SignIn
from tests.stage import Stage

ODD = "<b>“x”</b> \u202e \u200b" * 40


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def test_what_is_typed_is_kept_challenged_counted_and_refused_by_sentences(stage: Stage, sign_in: SignIn) -> None:
    case, day = stage.case("ruth", victim="Maya Ellwood"), london_day(stage.at).isoformat()
    stage.close()
    client = sign_in("ruth")

    def page(name: str) -> str:
        told = client.get(reverse(f"web:{name}", args=[case.key]))
        assert told.status_code == 200
        return told.content.decode()

    def post(name: str, **given: object) -> tuple[int, str]:
        told = client.post(reverse(f"web:{name}", args=[case.key]), given)
        return told.status_code, told.content.decode()

    put = {"do": "put", "against": "victim", "kind": "community_warning", "complained": "reported", "on": day}
    assert "Enter a day" in post("on_record", **{**put, "on": "soon"})[1]
    assert post("on_record", **{**put, "what": ODD})[0] == 302
    shown = page("on_record")
    assert "<b>“x”</b>" not in shown
    key, version = re.findall(r'name="row" value="([^"]+)"><input type="hidden" name="version" value="(\d+)"', shown)[0]
    ask = {"do": "challenge", "row": key, "version": version, "to_whom": "Chief officer", "ask": "Withdraw it",
           "basis": "duty", "asked_on": day, "days": "2"}  # fmt: skip
    assert post("on_record", **ask)[0] == 302
    assert post("on_record", **ask)[0] == 409, "a second window changes nothing"
    assert "Challenged: 1 of 1" in page("on_record")
    log = {"do": "log", "forum": "family", "brought": "reported", "body": ODD[:150], "began_on": day}
    assert post("proceedings", **log)[0] == 302
    key = re.findall(r'name="row" value="([^"]+)"', page("proceedings"))[0]
    note = {"do": "note", "row": key, "version": "1", "kind": "time", "on": day, "hours": "9", "pounds": "nine"}
    assert "as numbers" in post("proceedings", **note)[1]
    assert post("proceedings", **{**note, "pounds": "£1,250.50"})[0] == 302
    assert "£1,250.50" in page("proceedings")
    ask = {"do": "ask", "route": "dvds:ask", "asker": "family", "asked_on": day, "why": "Fear"}
    assert "for partners and former partners alone" in post("right_to_know", **ask)[1]
    assert "has not begun" in post("right_to_know", **{**ask, "route": "identity:know", "asker": "police"})[1]
    assert post("right_to_know", **{**ask, "route": "police_powers:know", "asker": "police"})[0] == 302
    assert "asked, not checked yet" in page("right_to_know").lower()
    assert "has not opened a case about" in page("both_ways")
    other = sign_in("priya")
    for name in ("on_record", "proceedings", "right_to_know", "both_ways", "primary_victim"):
        assert other.get(reverse(f"web:{name}", args=[case.key])).status_code == 404
