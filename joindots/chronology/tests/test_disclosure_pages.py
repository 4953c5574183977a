"""The pages of disclosure: the list, keeping a thing out, telling the person, and what is wrong said in words."""

from __future__ import annotations

import re

from joindots.chronology.models import KeptOut, Told
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.kernel.when import When
from joindots.people.models import ProtectedWord
from tests.browsing import SignIn
from tests.stage import Stage


def test_what_a_person_types_is_kept_and_what_is_wrong_is_said(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case(victim="Maya Example", summary="", own_number="")
    told = Telling(When(None, None, given="last week"), ("near",), words="by the old mill")
    entry = evidence.write_entry(stage.actor("asha"), case, telling=told).reference
    stage.close()
    client = sign_in("asha")
    at = f"/cases/{case.key}/never-leaves/"
    wrong = client.post(at, {"kind": "school", "word": "Ab"})
    assert wrong.status_code == 422
    assert "Write at least 3 letters" in wrong.content.decode()
    assert client.post(at, {"kind": "school", "word": "Quillfeather School"}).status_code == 302
    row = ProtectedWord.objects.get()
    page = client.get(at).content.decode()
    assert "Quillfeather School" in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    sent = {"version": version[1], "case": case.key, "why": "moved"}
    assert client.post(f"/never-leaves/{row.pk}/withdraw/", {**sent, "version": "99"}).status_code == 409
    assert client.post(f"/never-leaves/{row.pk}/withdraw/", sent).status_code == 302
    out = f"{at}keep-out/"
    found = client.get(f"{out}?q=mill").content.decode()
    assert f"?entry={entry}" in found
    assert client.post(out, {"entry": entry, "why": ""}).status_code == 422
    assert client.post(out, {"entry": "2222-2222", "why": "hers"}).status_code == 404
    assert client.post(out, {"entry": entry, "why": "hers"}).status_code == 302
    assert KeptOut.objects.get().incident is not None
    making = f"/cases/{case.key}/packs/disclosure/"
    asked = {"do": "make", "recipient": "Northshire Police", "about": "Callum"}
    assert "Tell the person first" in client.post(making, asked).content.decode()
    for sent in ({"how": "phone", "day": "yesterday"}, {"how": "pigeon", "day": "2025-11-17"}):
        assert client.post(making, {"do": "told", **sent}).status_code == 422
    assert client.post(making, {"do": "told", "how": "phone", "day": "2025-11-17"}).status_code == 302
    assert Told.objects.get().how == "phone"
