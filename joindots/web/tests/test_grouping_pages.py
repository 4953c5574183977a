"""Grouping, who is who and exhibits by their pages, without script: what is said is shown, undone and refused plainly."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.chronology import queries as chronologies
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.jobs import tasks
from joindots.kernel.when import Precision, When
from joindots.vault.files import SealedFile
from tests.browsing import SignIn
from tests.stage import Stage

MINUTES = (1, 2, 3, 4, 5, 40, 41, 42)
CHAT = "\n".join(f"13/03/2025, 21:{minute:02} - Cal Example: words {minute}" for minute in MINUTES)
MOMENT = datetime(2025, 3, 13, 21, 3, tzinfo=UTC)


@pytest.fixture
def case(stage: Stage, keep: Callable[[bytes], SealedFile]) -> Ref:
    """A case with a chat of eight messages in two runs and one entry of the log."""
    stage.at = datetime.now(UTC)
    case = stage.case(victim="Rhian Example", summary="", own_number="")
    arrived = evidence.bring_in(stage.actor("asha"), case, name="chat.txt", sealed=keep(CHAT.encode()))
    assert arrived.job is not None
    assert tasks.run(arrived.job) == "done"
    when = When(MOMENT, MOMENT, Precision.MINUTE, given="21:03")
    evidence.write_entry(stage.actor("asha"), case, telling=Telling(when, ("message",), words="It said words"))
    stage.close()
    return case


def rows(client: Client, case: Ref) -> list[str]:
    """What the list says of each row: the bundle's title or its own."""
    page = client.get(f"/cases/{case.key}/chronology/").content.decode()
    found = re.findall(r'<tr role="row" class="jd-list__row.*?</tr>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>|\s+", " ", row) for row in found]


def titles(client: Client, case: Ref) -> list[str]:
    return re.findall(r"(\d+ messages in \d+ minutes?)", " ".join(rows(client, case)))


def places(stage: Stage, case: Ref) -> list[str]:
    found = chronologies.stretch(stage.actor("asha"), case, *(datetime(2025, 3, day, tzinfo=UTC) for day in (13, 14)))
    stage.close()
    ((source, ((first, last),)),) = found.spans.items()
    return [f"{source}-{seq}" for seq in range(first, last + 1)]


def test_a_run_is_split_joined_accepted_and_undone_by_the_page_and_no_count_changes(
    stage: Stage, sign_in: SignIn, case: Ref
) -> None:
    client, at = sign_in("asha"), places(stage, case)
    address = f"/cases/{case.key}/group/"
    finding = "<strong>8</strong> acts of contact"
    split = client.post(f"{address}?at={at[0]}", {"do": "split", "split_at": at[3], "why": "another thing"})
    assert split.status_code == 302
    shown = client.get(split["Location"]).content.decode()
    assert "Undo" in shown
    client.post(f"{address}?at={at[4]}", {"do": "join_after"})
    assert titles(client, case) == ["3 messages in 2 minutes", "5 messages in 38 minutes"]
    stands = re.search(r'name="stands" value="([0-9a-f]+)"', client.get(f"{address}?at={at[0]}").content.decode())
    assert stands
    for status, says in ((302, ""), (409, "This was grouped already after you opened it")):
        answer = client.post(f"{address}?at={at[0]}", {"do": "accept", "stands": stands[1]})
        assert (answer.status_code, says in answer.content.decode()) == (status, True)
    assert "accepted as one run" in rows(client, case)[0]
    for step in chronologies.decisions(stage.actor("asha"), case):
        client.post(f"/cases/{case.key}/group/{step.id}/undo/")
    assert titles(client, case) == ["5 messages in 4 minutes", "3 messages in 2 minutes"]
    assert finding in client.get(f"/cases/{case.key}/chronology/").content.decode()
    for wrong in ("?at=7-7", "?entry=2222-2222", "?at=x"):
        assert client.get(f"{address}{wrong}").status_code == 404
    assert client.post(f"{address}?at={at[0]}", {"do": "split", "split_at": at[7]}).status_code == 404


def test_an_episode_stands_over_its_rows_in_the_timeline_and_on_its_page(
    stage: Stage, sign_in: SignIn, case: Ref
) -> None:
    client = sign_in("asha")
    address = f"/cases/{case.key}/episodes/"
    form = {"since": "2025-03-13", "until": "2025-03-13", "name": "The <b>night</b>", "note": "a note", "form": "x"}
    assert "Give the episode a short name" in client.post(address, {**form, "name": ""}).content.decode()
    assert client.post(address, {**form, "since": "2024-01-01", "until": "2024-01-02"}).status_code == 422
    made = client.post(address, form)
    page = client.get(made["Location"]).content.decode()
    assert "<strong>8</strong>" in page
    assert "The &lt;b&gt;night&lt;/b&gt;" in page
    assert "The &lt;b&gt;night&lt;/b&gt;" in client.get(f"/cases/{case.key}/chronology/").content.decode()
    timeline = client.get(f"/cases/{case.key}/timeline/").content.decode()
    assert 'class="jd-bracket"' in timeline
    rows = list(csv.DictReader(client.get(f"/cases/{case.key}/timeline.csv").content.decode().splitlines()))
    assert {row["day"] for row in rows if row["episodes"]} == {"2025-03-13"}
    assert {row["episodes"] for row in rows} <= {"", "The <b>night</b>"}
    stale = client.post(made["Location"], {"version": "1", "name": "Other", "note": ""})
    assert stale.status_code == 302
    assert client.post(made["Location"], {"version": "1", "name": "Third", "note": ""}).status_code == 422
    renamed = client.get(made["Location"]).content.decode()
    assert "Other" in renamed
    step = re.search(rf"/cases/{case.key}/group/([0-9a-f-]+)/undo/", renamed)
    assert step
    reference = made["Location"].split("/")[2]
    back = client.post(step[0], {"episode": reference})
    assert "The &lt;b&gt;night&lt;/b&gt;" in client.get(back["Location"]).content.decode()


def test_whose_an_account_is_stands_beside_what_the_file_shows_and_is_counted(
    stage: Stage, sign_in: SignIn, case: Ref
) -> None:
    client, address = sign_in("asha"), f"/cases/{case.key}/who-is-who/"
    page = client.get(address).content.decode()
    account = re.search(r'name="account" value="([^"]+)"', page)
    assert account
    said = {"account": account[1], "person": "new", "name": "Sam Bample", "stands_as": "suspect", "sure": "told",
            "said_by": "client", "why": "so she says"}  # fmt: skip
    for wrong in ({"said_by": "police"}, {"person": ""}, {"name": ""}):
        assert client.post(address, {**said, **wrong}).status_code == 422, wrong
    assert len(casework.case(stage.actor("asha"), case).people) == 1  # nothing of what was refused was kept
    assert client.post(address, {**said, "account": "tel:+447700900999"}).status_code == 404
    assert client.post(address, said).status_code == 302
    listed = rows(client, case)[0]
    assert "Sam Bample" in listed
    assert "told by the person reporting" in listed
    assert "shown as Cal Example" in listed
    timeline = client.get(f"/cases/{case.key}/timeline/").content.decode()
    assert "by Sam Bample: 1 account believed theirs" in timeline
    number = re.search(r'href="([^"]+who=[^"]+)"><strong>8</strong>', timeline)
    assert number
    assert "<strong>8</strong> acts of contact" in client.get(number[1].replace("&amp;", "&")).content.decode()
    belief = re.search(rf"{address}([0-9a-f-]+)/withdraw/", client.get(address).content.decode())
    assert belief
    assert client.post(belief[0], {"why": "", "version": "1"}).status_code == 422
    assert client.post(belief[0], {"why": "a mix-up", "version": "1"}).status_code == 302
    assert "a mix-up" in client.get(address).content.decode()
    assert "Sam Bample" not in rows(client, case)[0]


def test_an_entry_said_to_be_one_act_with_a_message_is_its_source_and_counted_once(
    stage: Stage, sign_in: SignIn, case: Ref
) -> None:
    client, at = sign_in("asha"), places(stage, case)
    list_page, timeline = f"/cases/{case.key}/chronology/", f"/cases/{case.key}/timeline/"
    before = client.get(list_page).content.decode()
    entry = re.search(r"/log/([0-9A-Z-]+)/", before)
    assert entry
    assert "<strong>1</strong> log entry" in before
    group = f"/cases/{case.key}/group/?at={at[0]}"
    assert client.post(group, {"do": "same", "act_entry": entry[1]}).status_code == 302
    page = client.get(list_page).content.decode()
    assert "<strong>8</strong> acts of contact" in page
    assert "</strong> log entry" not in page
    row = re.sub(r"<[^>]+>|\s+", " ", re.findall(r'<tr role="row" class="jd-list__row.*?</tr>', page, re.DOTALL)[0])
    assert "chat.txt" in row
    assert "log entry, Asha" in row
    assert "8 of 8 acts" in client.get(timeline).content.decode()
    assert "These are not the same act" in client.get(group).content.decode()
    assert client.post(group, {"do": "not_same", "act_entry": entry[1]}).status_code == 302
    assert "9 of 9 acts" in client.get(timeline).content.decode()
    assert client.post(group, {"do": "not_same", "act_entry": entry[1]}).status_code == 404


def test_a_file_gets_its_reference_once_and_shows_it(stage: Stage, sign_in: SignIn, case: Ref) -> None:
    client, at = sign_in("asha"), places(stage, case)
    address, file = f"/cases/{case.key}/exhibits/", at[0].partition("-")[0]
    assert (
        "two to five initials" in client.post(address, {"file": file, "name": "A B", "initials": "1"}).content.decode()
    )
    assert client.post(address, {"file": file, "name": "Asha Bell", "initials": "ab"}).status_code == 302
    assert client.post(address, {"file": file, "name": "Asha Bell", "initials": "ab"}).status_code == 422
    assert client.post(address, {"file": "7", "name": "Asha Bell", "initials": "ab"}).status_code == 404
    assert "AB/1" in client.get(address).content.decode()
    assert "AB/1" in client.get(f"/files/{file}/").content.decode()
