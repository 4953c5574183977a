"""What stands in an address is anybody's typing: it is passed over where it makes no sense, and breaks no page."""

from __future__ import annotations

from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.kernel.when import When
from tests.browsing import SignIn
from tests.stage import Stage

DAYS = (
    "0001-01-01",
    "9999-12-31",
    "2026-02-31",
    "2026-10-25",
    "\u0662\u0660\u0662\u0666-01-01",
    "'",
    "\x00",
    "9" * 400,
)


def test_no_day_in_an_address_breaks_the_choice_of_messages(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case(victim="Rhian Example", summary="", own_number="")
    telling = Telling(When(None, None, given="last week"), ("near",), words="by the old mill")
    entry = evidence.write_entry(stage.actor("asha"), case, telling=telling).reference
    stage.close()
    client = sign_in("asha")
    for day in DAYS:
        assert client.get(f"/log/{entry}/link/", {"day": day}).status_code == 200
