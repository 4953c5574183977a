"""The pages of bringing cases in and of taking all out, as a browser without script sees them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.transfer import actions
from joindots.transfer.models import CaseSheet, TakeOut
from joindots.transfer.tests.leaving import agreed, filled, made
from joindots.transfer.tests.making import MEANINGS, brought, now, sheet, tried
from tests.browsing import SignIn
from tests.stage import CANARY, Stage

pytestmark = pytest.mark.usefixtures("read_here")
DATA = sheet(("Maya Test", "SW-1", "03/04/2021", "ex", "", "Cal Test", ""), ("", "=SW-2", "", "", "", "", ""))


def worked() -> None:
    for job in Job.objects.filter(state="queued"):
        tasks.run(job.pk)


def test_a_lead_brings_cases_in_from_the_first_page_to_the_rejects(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("ruth")
    assert reverse("web:cases_in") in client.get(reverse("web:cases")).content.decode()
    told = client.post(reverse("web:cases_in"), {"file": SimpleUploadedFile("cases.csv", DATA)})
    assert told.status_code == 302
    page = told.headers["Location"]
    assert "Waiting for its turn" in client.get(page).content.decode()
    worked()
    asked = client.get(page).content.decode()
    assert "Perpetrator phone" in asked and 'value="victim" selected' in asked
    columns = {f"c{place}": meaning for place, meaning in enumerate(MEANINGS)}
    client.post(page, {"do": "columns", "table": "0", **columns})
    worked()
    order = client.get(page).content.decode()
    assert "Does the day or the month come first?" in order and "03/04/2021" in order
    client.post(page, {"do": "columns", "table": "0", "date_order": "dmy", **columns})
    worked()
    checked = client.get(page).content.decode()
    assert "Bring in 1 case" in checked and "There is no name in this row" in checked
    client.post(page, {"do": "bring"})
    worked()
    done = client.get(page).content.decode()
    assert "1 case</strong> brought in" in done
    rejects = client.get(reverse("web:case_sheet_left_out", args=(page.rstrip("/").rpartition("/")[2],)))
    assert rejects.headers["Content-Type"].startswith("text/csv")
    assert (
        '3,rejected,"There is no name in this row.' in rejects.content.decode() and "'=SW-2" in rejects.content.decode()
    )
    assert "Sat 3 Apr 2021" in client.get(reverse("web:cases")).content.decode()


def test_no_file_is_said_beside_the_field(stage: Stage, sign_in: SignIn) -> None:
    told = sign_in("ruth").post(reverse("web:cases_in"))
    assert told.status_code == 422 and "Choose a spreadsheet first" in told.content.decode()


def test_a_wrong_answer_keeps_the_others_and_says_what_is_missing(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("ruth")
    page = client.post(reverse("web:cases_in"), {"file": SimpleUploadedFile("cases.csv", DATA)}).headers["Location"]
    worked()
    told = client.post(page, {"do": "columns", "table": "0", "c1": "own_number"})
    assert told.status_code == 422
    assert "Say which column holds the name" in told.content.decode()
    assert told.content.decode().count('value="own_number" selected') == 1
    assert client.post(page, {"do": "columns", "table": "77", "c0": "victim"}).status_code == 409


def test_stopping_and_going_on_stays_on_its_own_page(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("ruth")
    page = client.post(reverse("web:cases_in"), {"file": SimpleUploadedFile("cases.csv", DATA)}).headers["Location"]
    job = Job.objects.get()
    told = client.post(reverse("web:stop_job", args=(job.pk,)), follow=True)
    assert told.redirect_chain[-1][0] == page and "Stopped" in told.content.decode()
    told = client.post(reverse("web:resume_job", args=(job.pk,)), follow=True)
    assert told.redirect_chain[-1][0] == page
    worked()
    assert "Which column is which?" in client.get(page).content.decode()


def test_an_agency_is_taken_out_by_two_people_through_the_pages(stage: Stage, sign_in: SignIn) -> None:
    filled(stage)
    ruth = sign_in("ruth")
    assert reverse("web:take_outs") in ruth.get(reverse("web:cases")).content.decode()
    assert "Lena (Stillwater)" in ruth.get(reverse("web:take_outs")).content.decode()
    page = ruth.post(reverse("web:take_outs")).headers["Location"]
    assert "Speak with the second person" in ruth.get(page).content.decode()
    assert ruth.post(page, {"do": "make"}).status_code == 422
    lena = sign_in("lena")
    assert page in lena.get(reverse("web:take_outs")).content.decode()
    assert "I agree" in lena.get(page).content.decode()
    lena.post(page, {"do": "agree"})
    ruth.post(page, {"do": "make"})
    worked()
    assert "Download it, once" in ruth.get(page).content.decode()
    assert "Download it, once" not in lena.get(page).content.decode()
    assert lena.post(f"{page}fetch/").status_code == 404
    told = ruth.post(f"{page}fetch/")
    with zipfile.ZipFile(io.BytesIO(b"".join(told.streaming_content))) as archive:
        assert "agency/data/tables/cases.csv" in archive.namelist()
    assert told.headers["Cache-Control"] == "no-store"
    assert ruth.post(f"{page}fetch/").status_code == 422
    assert "It was downloaded on" in ruth.get(page).content.decode()


def test_who_has_not_just_proved_who_they_are_is_sent_to_do_so(stage: Stage, sign_in: SignIn) -> None:
    filled(stage)
    client = sign_in("ruth")
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = datetime.now(UTC).timestamp() - 3600
    session.save()
    told = client.post(reverse("web:take_outs"))
    assert told.status_code == 302 and told.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not TakeOut.objects.exists()


def addresses(ids: dict[str, UUID]) -> list[tuple[str, str]]:
    return [
        ("get", reverse("web:case_sheet", args=(ids["sheet"],))), ("post", reverse("web:case_sheet", args=(ids["sheet"],))),
        ("get", reverse("web:case_sheet_left_out", args=(ids["sheet"],))), ("get", reverse("web:taking", args=(ids["taking"],))),
        ("post", reverse("web:taking", args=(ids["taking"],))), ("post", reverse("web:fetch", args=(ids["taking"],))),
    ]  # fmt: skip


def test_who_may_not_know_gets_the_very_bytes_of_what_is_not_there(stage: Stage, sign_in: SignIn) -> None:
    filled(stage)
    ref = brought(stage, sheet((f"Maya {CANARY}", "SW-9", "", "", CANARY, "", ""), ("", CANARY, "", "", "", "", "")))
    out = agreed(stage, second="lena")
    made(stage, out)
    here = addresses({"sheet": ref.key, "taking": out.key})  # type: ignore[dict-item]
    nowhere = addresses({"sheet": uuid4(), "taking": uuid4()})
    for who in ("stranger", "moira", "priya", "asha", "lena"):
        client = sign_in(who)
        for (method, hidden), (_, missing) in zip(here, nowhere, strict=True):
            if who == "lena" and "take-out" in hidden and "fetch" not in hidden:
                continue
            told, not_there = getattr(client, method)(hidden), getattr(client, method)(missing)
            assert (told.status_code, told.content) == (not_there.status_code, not_there.content), (who, hidden)
            assert CANARY.encode() not in told.content, (who, hidden)
        for name in ("web:cases_in", "web:take_outs"):
            assert CANARY.encode() not in client.get(reverse(name)).content, (who, name)


def test_nobody_signed_in_is_sent_to_sign_in(stage: Stage) -> None:
    now(stage)
    for _, address in addresses({"sheet": uuid4(), "taking": uuid4()}):
        assert Client().get(address).status_code in (302, 405)
    assert Client().post(reverse("web:cases_in"), {"file": SimpleUploadedFile("x.csv", b"a")}).status_code == 302


def test_no_context_holds_a_model_or_a_queryset(stage: Stage, sign_in: SignIn) -> None:
    from django.db.models import Model, QuerySet

    filled(stage)
    tried(stage, DATA, date_order="dmy")
    actions.ask(now(stage).actor("ruth", fresh=True))
    client = sign_in("ruth")
    shown = [reverse("web:cases_in"), reverse("web:take_outs"), reverse("web:taking", args=(TakeOut.objects.get().pk,))]
    shown += [
        f"{reverse('web:case_sheet', args=(CaseSheet.objects.order_by('-given_at')[0].pk,))}{query}"
        for query in ("", "?columns=1")
    ]
    for address in shown:
        response = client.get(address)
        assert response.status_code == 200, address
        for layer in response.context or ():
            for flat in layer.dicts if hasattr(layer, "dicts") else [layer]:
                assert not {key for key, value in flat.items() if isinstance(value, Model | QuerySet)} - {"user"}, (
                    address
                )
