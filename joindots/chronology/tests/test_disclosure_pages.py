"""The pages of disclosure: the list, keeping a thing out, telling the person, and what is wrong said in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.chronology.models import KeptOut, Told
from joindots.chronology.rules.people import About, as_typed
from joindots.evidence import actions as evidence
from joindots.evidence.readers.records import Identity
from joindots.evidence.rules.entries import Telling
from joindots.jobs import tasks
from joindots.kernel.when import When
from joindots.people import actions as people
from joindots.people.models import Person, ProtectedWord
from joindots.people.rules.beliefs import account_of
from joindots.vault.files import SealedFile
from tests.browsing import SignIn
from tests.stage import Stage

Keep = Callable[[bytes], SealedFile]


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


def test_names_begin_with_whose_the_accounts_are_said_to_be_and_what_is_typed_stands(
    stage: Stage, sign_in: SignIn
) -> None:
    case = stage.case(victim="Maya Example", summary="", own_number="")
    asha = stage.actor("asha")
    victim = Person.objects.get(presences__stands_as="victim")
    circle = Ref(victim.presences.get().circle_id)
    cal = people.add_person(asha, circle, name="Callum Example", stands_as="suspect")
    colm = people.add_person(asha, circle, name="Colm Example", stands_as="witness")

    def said(account: str, person: UUID) -> None:
        people.say_who(
            asha, circle, accounts=[account], person=person, sure="told", said_by="client", why="in her phone"
        )

    for account, person in (("tel:+447700900177", cal), ("shown:5:Cal x", cal), ("tel:+447700900178", colm)):
        said(account, person)
    said("tel:+447700900101", victim.pk)
    for person in (cal, colm):
        said("tel:+447700900179", person)
    stage.close()
    client, making = sign_in("asha"), f"/cases/{case.key}/packs/disclosure/"
    page = client.get(making).content.decode()
    assert box(page, "about") == ["+447700900177", "Cal x"]
    assert box(page, "own") == ["+447700900101"]
    page = client.post(making, {"do": "make", "recipient": "Northshire Police", "about": "Cal y"}).content.decode()
    assert (box(page, "about"), box(page, "own")) == (["Cal y"], [])


def box(page: str, name: str) -> list[str]:
    """The lines in a box of a form."""
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return found[1].splitlines()


@pytest.mark.parametrize(
    "account",
    ["tel:+447700900177", "mailto:cal@example.org", "shown:5:Cal x", "shown:5:+44 7700 900177", "instagram:cal_1"],
)
def test_an_account_is_typed_so_that_a_pack_finds_it_again(account: str) -> None:
    words = as_typed(account)
    key, name = (None, account_of(account)) if account.startswith("shown:") else (account, None)
    assert About((words,)).names_one(Identity(name, key))


def test_who_looks_a_mail_over_reads_the_words_that_are_copied(stage: Stage, sign_in: SignIn, keep: Keep) -> None:
    stage.at = datetime.now(UTC)
    case = stage.case(victim="Maya Example", summary="", own_number="")
    page = b"<html><body><p>Shown words</p><p style='display:none'>Hidden words</p></body></html>"
    arrived = evidence.bring_in(stage.actor("asha"), case, name="profile.html", sealed=keep(page))
    assert arrived.job
    tasks.run(arrived.job)
    stage.close()
    client = sign_in("asha")
    at = f"/cases/{case.key}/never-leaves/pictures/"
    assert f"words/?source={arrived.source}" in client.get(at).content.decode()
    said = client.get(f"{at}words/?source={arrived.source}").content.decode()
    assert "Shown words" in said
    assert "Hidden words" in said
    for wrong in ("", "?source=1", "?exhibit=x", f"?record={arrived.source}.0", "?entry=2222-2222"):
        assert client.get(f"{at}words/{wrong}").status_code == 404
