"""What stands in an address is anybody's typing: it is passed over where it makes no sense, and breaks no page."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

from PIL import Image

from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.jobs import tasks
from joindots.kernel.when import Precision, When
from joindots.vault.files import SealedFile
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


def test_no_number_in_an_address_or_a_form_breaks_its_page(
    stage: Stage, sign_in: SignIn, keep: Callable[[bytes], SealedFile]
) -> None:
    stage.at = datetime.now(UTC)
    case = stage.case(victim="Rhian Example", summary="", own_number="")
    held = io.BytesIO()
    Image.new("RGB", (8, 8)).save(held, "PNG")
    arrived = evidence.bring_in(stage.actor("asha"), case, name="shot.png", sealed=keep(held.getvalue()))
    assert arrived.job
    assert tasks.run(arrived.job) == "done"
    when = When(stage.at, stage.at, Precision.MINUTE, given="now")
    evidence.write_entry(stage.actor("asha"), case, telling=Telling(when, ("near",), words="by the old mill"))
    stage.close()
    client = sign_in("asha")
    for number in ("9" * 5000, "-1", "\u00b2", "\u0663", "1e9", ""):
        assert (
            client.get(f"/cases/{case.key}/patterns/", {"day": str(stage.at.date()), "weeks": number}).status_code
            == 200
        )
        assert client.post(f"/files/{arrived.source}/words/", {"seen": number, "width": number}).status_code == 422
