"""The pages of the log's entries, without script: one post keeps an entry, errors lose no word, history is shown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joindots.access.door import Ref
from joindots.evidence import queries
from joindots.web.log.incident_form import blank, restored, stored
from tests.browsing import SignIn
from tests.stage import Stage


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, at which pages act."""
    stage.at = datetime.now(UTC)
    return stage


@pytest.fixture
def case(stage: Stage) -> Ref:
    """An empty case."""
    return stage.case(victim="Rhian Example")


@pytest.fixture
def client(case: Ref, stage: Stage, sign_in: SignIn) -> Client:
    """An advocate who stands in it."""
    stage.close()
    return sign_in("asha")


def hidden(content: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(begun|form|version)" value="([^"]*)"', content)
    return dict(found)


def post(client: Client, case: Ref, **given: object) -> object:
    where = f"/cases/{case.key}/log/add/"
    return client.post(where, {**hidden(client.get(where).content.decode()), **given})


def entries(stage: Stage, case: Ref) -> tuple[queries.IncidentView, ...]:
    return queries.incidents_of(stage.actor("asha"), case)


def test_a_kind_and_a_time_are_enough(stage: Stage, case: Ref, client: Client) -> None:
    response = post(client, case, kind="message", way="now")
    assert response.status_code == 302
    (entry,) = entries(stage, case)
    assert response["Location"] == f"/log/{entry.reference}/?kept"
    page = client.get(response["Location"]).content.decode()
    assert "Kept:" in page
    assert "A message" in page
    assert "Rhian Example" in page


def test_everything_of_the_form_is_kept(stage: Stage, case: Ref, client: Client) -> None:
    post(
        client, case, kind=["near", "call"], behaviour=["loiter_home"], way="another", other="exact", day="2025-03-03",
        clock="22:15", words="He stood there.\r\nFor long.", times="about twelve", where="the gate", saw="a neighbour",
        effect="I hid", reported=["police"], reference="NS/1", told_by="writer",
    )  # fmt: skip
    (entry,) = entries(stage, case)
    assert (entry.kinds, entry.behaviours, entry.count, entry.count_about) == (
        ("call", "near"), ("loiter_home",), 12, True,
    )  # fmt: skip
    assert entry.when.says() == "Mon 3 Mar 2025, 22:15"
    telling = queries.incident(stage.actor("asha"), Ref(entry.reference)).telling
    assert telling.words == "He stood there.\nFor long."
    assert (telling.where, telling.saw, telling.effect, telling.reported, telling.reference, telling.told_by) == (
        "the gate", "a neighbour", "I hid", ("police",), "NS/1", "writer",
    )  # fmt: skip


def test_own_words_for_the_time_are_enough_and_may_say_how_often(stage: Stage, case: Ref, client: Client) -> None:
    post(client, case, kind="call", time_words="about twelve times in March 2025")
    (entry,) = entries(stage, case)
    assert entry.when.says() == "March 2025"
    assert (entry.count, entry.count_about) == (12, True)


def test_nothing_chosen_names_both_and_loses_no_word(stage: Stage, case: Ref, client: Client) -> None:
    response = post(client, case, words="He said <b>this</b>", where="the gate")
    content = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in content
    assert 'href="#kind"' in content
    assert 'href="#when"' in content
    assert "He said &lt;b&gt;this&lt;/b&gt;" in content
    assert 'value="the gate"' in content
    assert 'id="kind"' in content
    assert 'id="when"' in content
    assert entries(stage, case) == ()


def test_words_that_cannot_be_read_are_said_so_and_can_be_kept_without_a_time(
    stage: Stage, case: Ref, client: Client
) -> None:
    response = post(client, case, kind="call", time_words="when the moon was odd")
    content = response.content.decode()
    assert response.status_code == 422
    assert "could not be read as a time. Choose roughly when, or keep it without a time." in content
    assert "when the moon was odd" in content
    post(client, case, kind="call", time_words="when the moon was odd", without_time="yes")
    (entry,) = entries(stage, case)
    assert entry.when.says() == "Time not known (when the moon was odd)"
    page = client.get(f"/cases/{case.key}/chronology/").content.decode()
    assert "Day not known" in page
    assert "Time not known (when the moon was odd)" in page


def test_a_time_that_is_still_to_come_is_asked_about(stage: Stage, case: Ref, client: Client) -> None:
    ahead = {"kind": "other", "way": "another", "other": "exact", "day": "2099-01-01"}
    response = post(client, case, **ahead)
    assert response.status_code == 422
    assert "is still to come" in response.content.decode()
    assert post(client, case, **ahead, ahead="on").status_code == 302


def test_the_same_form_sent_twice_is_one_entry(stage: Stage, case: Ref, client: Client) -> None:
    where = f"/cases/{case.key}/log/add/"
    form = {**hidden(client.get(where).content.decode()), "kind": "call", "way": "now"}
    assert client.post(where, form)["Location"] == client.post(where, form)["Location"]
    assert len(entries(stage, case)) == 1


def test_the_same_again_has_the_kinds_of_the_last_entry(stage: Stage, case: Ref, client: Client) -> None:
    post(client, case, kind=["near", "online"], way="now")
    content = client.get(f"/cases/{case.key}/log/add/?again").content.decode()
    assert len(re.findall(r'name="kind" value="(?:near|online)" checked', content)) == 2
    assert content.count(" checked") == 3  # and who told it


def test_a_correction_shows_what_it_said_before_and_why(stage: Stage, case: Ref, client: Client) -> None:
    post(client, case, kind="near", way="yesterday", words="A blue car")
    (before,) = entries(stage, case)
    where = f"/log/{before.reference}/correct/"
    content = client.get(where).content.decode()
    assert "A blue car" in content
    form = {**hidden(content), "kind": "near", "way": "keep", "words": "A red car", "told_by": "client"}
    refused = client.post(where, form)
    assert refused.status_code == 422
    assert "Say why in a few words." in refused.content.decode()
    assert "A red car" in refused.content.decode()
    assert client.post(where, {**form, "why": "The photo shows red"}).status_code == 302
    (after,) = entries(stage, case)
    assert after.when == before.when
    page = client.get(f"/log/{after.reference}/").content.decode()
    for words in ("A blue car", "A red car", "The photo shows red", "Corrected"):
        assert words in page


def test_who_corrects_what_somebody_changed_meanwhile_is_told_and_keeps_the_words(
    stage: Stage, case: Ref, client: Client
) -> None:
    post(client, case, kind="near", way="now")
    (entry,) = entries(stage, case)
    where = f"/log/{entry.reference}/correct/"
    form = {**hidden(client.get(where).content.decode()), "kind": "near", "way": "keep", "why": "x", "words": "mine"}
    assert client.post(where, form).status_code == 302
    late = client.post(where, {**form, "words": "my long words"})
    assert late.status_code == 422
    assert "Somebody else changed this" in late.content.decode()
    assert "my long words" in late.content.decode()


def test_an_entry_is_withdrawn_with_a_reason_and_brought_back(stage: Stage, case: Ref, client: Client) -> None:
    post(client, case, kind="near", way="now")
    (entry,) = entries(stage, case)
    version = hidden(client.get(f"/log/{entry.reference}/").content.decode())
    silent = client.post(f"/log/{entry.reference}/withdraw/", version)
    assert silent.status_code == 422
    assert "Say why in a few words." in silent.content.decode()
    client.post(f"/log/{entry.reference}/withdraw/", {**version, "why": "another man"})
    assert entries(stage, case) == ()
    page = client.get(f"/log/{entry.reference}/").content.decode()
    assert "Withdrawn" in page
    assert "another man" in page
    client.post(f"/log/{entry.reference}/bring-back/", {**hidden(page), "why": "it was him"})
    assert len(entries(stage, case)) == 1


def test_the_form_weighs_little(case: Ref, client: Client) -> None:
    assert len(client.get(f"/cases/{case.key}/log/add/").content) < 40_000


def test_an_entry_stands_by_its_day_and_leads_to_its_page(stage: Stage, case: Ref, client: Client) -> None:
    post(client, case, kind="near", way="another", other="exact", day="2025-03-03", words="He waited", times="3")
    (entry,) = entries(stage, case)
    page = client.get(f"/cases/{case.key}/chronology/").content.decode()
    assert "<strong>1</strong> log entry" in page
    assert 'id="d2025-03-03"' in page
    assert f'href="/log/{entry.reference}/"' in page
    assert "Came near" in page
    assert "3 times" in page
    found = client.get(f"/cases/{case.key}/search/?q=waited").content.decode()
    assert f'href="/log/{entry.reference}/"' in found


def test_a_half_written_entry_is_saved_offered_again_and_gone_once_it_is_kept(
    stage: Stage, case: Ref, client: Client
) -> None:
    where = f"/cases/{case.key}/log/add/"
    post(client, case, kind="near", way="another", other="exact", day="2025-03-03", words="He stood", later="yes")
    assert entries(stage, case) == ()
    assert "You began an entry" in client.get(where).content.decode()
    content = client.get(f"{where}?draft").content.decode()
    assert "He stood" in content
    assert 'value="2025-03-03"' in content
    assert len(re.findall(r'value="(?:near|another|exact)" checked', content)) == 3
    form = {**hidden(content), "kind": "near", "way": "another", "other": "exact", "day": "2025-03-03"}
    assert client.post(where, form).status_code == 302
    assert "You began an entry" not in client.get(where).content.decode()


def test_a_draft_can_be_dropped(stage: Stage, case: Ref, client: Client) -> None:
    where = f"/cases/{case.key}/log/add/"
    post(client, case, words="Half a word", later="yes")
    assert "You began an entry" in client.get(where).content.decode()
    post(client, case, drop="yes")
    assert "You began an entry" not in client.get(where).content.decode()


def test_words_for_a_time_that_lean_on_another_day_are_shown_and_asked_again() -> None:
    at = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
    kept = stored(replace(blank(at), texts={"way": "yesterday", "time_words": "last night", "words": "He stood"}))
    same, said = restored(kept, at + timedelta(hours=2))
    assert (same.text("way"), same.text("time_words"), said) == ("yesterday", "last night", "")
    later, said = restored(kept, at + timedelta(days=2))
    assert (later.text("way"), later.text("time_words"), later.text("words")) == ("", "", "He stood")
    assert "last night" in said
    assert "yesterday" in said


def test_a_picture_goes_with_its_form_is_not_lost_when_that_is_refused_and_can_be_taken_off(
    stage: Stage, case: Ref, client: Client
) -> None:
    picture = SimpleUploadedFile("gate.jpg", b"\xff\xd8 a picture", "image/jpeg")
    refused = post(client, case, kind="near", file=picture).content.decode()  # no time yet
    (shown,) = re.findall(r'name="shown" value="(\d+)"', refused)
    assert "gate.jpg" in refused
    post(client, case, kind="near", way="now", doer="unknown", shown=shown)
    (entry,) = entries(stage, case)
    there = f"/log/{entry.reference}/"
    assert "gate.jpg" in client.get(there).content.decode()
    assert "with gate.jpg" in client.get(f"/cases/{case.key}/chronology/").content.decode()
    empty = client.post(f"{there}pictures/", {})
    assert empty.status_code == 422
    assert "Choose a picture" in empty.content.decode()
    client.post(f"{there}pictures/", {"file": SimpleUploadedFile("gate2.jpg", b"another")})
    first, second = queries.links_of(stage.actor("asha"), Ref(entry.reference))
    assert client.post(f"/links/{second.id}/undo/", {"why": "another gate"}).status_code == 302
    page = client.get(there).content.decode()
    assert "Taken off by Asha" in page
    assert "another gate" in page
    assert first.stands
    chosen = client.post(f"{there}link/", {"file": str(second.ends[0].file.source)})
    assert chosen.status_code == 302
    assert client.post(f"{there}link/", {}).status_code == 422
    for bad in ({"file": "9" * 19}, {"line": f"{'9' * 19}-1"}, {"line": "1-99999999999"}, {"line": "-"}, {"file": "x"}):
        assert client.post(f"{there}link/", bad).status_code in (404, 422)
    assert post(client, case, kind="near", way="now", shown=["9" * 19, "7", "x"]).status_code == 302


def test_every_tuesday_in_july_is_one_entry_and_marks_its_days_without_counting_them(
    stage: Stage, case: Ref, client: Client
) -> None:
    for day in range(1, 7):
        post(client, case, kind="call", way="another", other="exact", day=f"2025-07-{day:02}")
    post(client, case, kind="near", time_words="every Tuesday in July 2025", times="5")
    before = client.get(f"/cases/{case.key}/timeline/")
    assert before.context["number"] == 6
    cells = {cell.day.day: cell for cell in before.context["days"].cells() if cell.day.month == 7}
    assert [day for day, cell in cells.items() if cell.possible] == [1, 8, 15, 22, 29][: len(cells)]
    page = before.content.decode()
    assert "perhaps also something whose day is not known" in page
    assert "some time from" in page  # the table of the lanes has what the picture has
    (entry,) = (one for one in entries(stage, case) if one.kinds == ("near",))
    assert entry.count == 5
