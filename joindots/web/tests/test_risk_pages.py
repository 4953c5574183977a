"""The pages of risk, through a browser's requests: one question at a time, side by side, and what asks again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.risk import queries
from joindots.risk.tests.test_actions import FORM
from tests.browsing import SignIn
from tests.stage import Stage


@pytest.fixture(autouse=True)
def today(stage: Stage) -> None:
    stage.at = datetime.now(UTC)


def words(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))


def test_a_form_is_asked_left_and_gone_on_with_and_a_judgement_stands_in_the_header(
    stage: Stage, sign_in: SignIn
) -> None:
    case = stage.case(victim="Rhian Example")
    client = sign_in("asha")
    page = reverse("web:risk", args=[case.key])
    assert "Not yet assessed." in words(client, reverse("web:case", args=[case.key]))
    begun = client.post(reverse("web:risk_begin", args=[case.key]), {"form": "short_screen"}, follow=True)
    where = begun.request["PATH_INFO"]
    assert "Question 1 of 11" in begun.content.decode()
    answered = client.post(where, {"item": "fear", "said": "yes", "words": "He will find me"}, follow=True)
    assert "Has this person harassed" in answered.content.decode()
    assert "“He will find me”" in answered.content.decode()
    assert client.post(where, {"item": "before", "said": "perhaps", "words": "kept"}).status_code == 422
    assert "1 of 11 asked. Carry on next time." in words(client, page)
    missing = client.post(reverse("web:risk_judge", args=[case.key]), {"level": "high", "made_on": "2025-13-01"})
    assert missing.status_code == 422 and "Enter the day of the judgement" in missing.content.decode()
    told = {"level": "high", "made_on": str(stage.at.date()), "reasons": "=She is sure", "at_risk": "person"}
    assert client.post(reverse("web:risk_judge", args=[case.key]), told).status_code == 302
    said = words(client, page)
    assert "Asha: high ," in said and "nothing recorded" in said and "Great fear and few acts recorded" in said
    assert "Risk, as judged High , Asha," in words(client, reverse("web:who", args=[case.key]))
    sheet = client.get(reverse("web:risk_csv", args=[case.key])).content.decode()
    assert "Judgement,Asha (Stillwater),High," in sheet


def test_a_prompt_is_answered_once_and_an_old_window_changes_nothing(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case(victim="Rhian Example")
    client = sign_in("asha")
    circle = Ref(casework.case(stage.actor("asha"), case).circle)
    told = {"kind": "release", "day": str(stage.at.date() + timedelta(days=28)), "words": "so the prison says"}
    assert client.post(reverse("web:risk_changed", args=[case.key]), told).status_code == 302
    (prompt,) = queries.prompts(stage.actor("asha"), circle)
    where = reverse("web:risk_prompt", args=[prompt.id])
    assert "so the prison says" in client.get(where).content.decode()
    assert client.post(where, {"version": 1, "how": "same", "why": ""}).status_code == 422
    assert client.post(where, {"version": 1, "how": "same", "why": "The plan covers it"}).status_code == 302
    assert client.post(where, {"version": 1, "how": "known", "why": "twice"}).status_code == 409
    assert "The plan covers it" in client.get(where).content.decode()
    stage.close()


def test_a_licensed_form_comes_from_its_file_and_a_bad_one_says_what_to_mend(stage: Stage, sign_in: SignIn) -> None:
    client, where = sign_in("ruth"), reverse("web:risk_forms")
    bad = client.post(where, {"file": SimpleUploadedFile("f.toml", b'code = "X"')})
    assert bad.status_code == 422 and "There is no question. Begin each one" in bad.content.decode()
    assert client.post(where, {"file": SimpleUploadedFile("f.toml", FORM)}).status_code == 302
    assert "A force&#x27;s own form 2009" in client.get(where).content.decode()
    assert "A force&#x27;s own form" not in sign_in("priya").get(where).content.decode()
    assert sign_in("asha").post(where, {"file": SimpleUploadedFile("g.toml", FORM)}).status_code == 403


def test_a_risk_that_cannot_be_read_is_never_shown_as_none(
    stage: Stage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = stage.case(victim="Rhian Example")

    def broken(*_: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr("joindots.risk.queries.levels", broken)
    said = words(sign_in("asha"), reverse("web:case", args=[case.key]))
    assert "The judgement could not be loaded." in said and "Not yet assessed" not in said
