"""A search across cases meets an account that only a file tells of: in any spelling, and for who may know of it alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from joindots.access import parts
from joindots.casework import queries as casework
from joindots.circles.models import Standing
from joindots.evidence import actions, queries
from joindots.evidence.models import AccountSeen
from joindots.evidence.rules import seen
from joindots.jobs import tasks
from joindots.people.rules.finding import compared, readings
from joindots.vault.files import SealedFile
from tests.stage import Stage

SPELT = ("07700 900123", "+447700900123", "+44 (0)7700 900-123", "0044 7700 900 123", "07700900123")
CHAT = "13/03/2025, 10:00 - +44 7700 900123: I see you\n13/03/2025, 10:01 - Nightjar Nine: and I\n"


@given(st.sampled_from(SPELT), st.sampled_from(SPELT))
def test_a_number_is_met_however_it_is_written_and_typed(shown: str, typed: str) -> None:
    assert set(seen.marks_of(shown, "tel:+447700900123")) & set(seen.meant_by(typed))


@given(st.text(max_size=130), st.text(max_size=130))
def test_a_sender_is_met_by_the_name_the_file_shows_and_by_no_other(shown: str, typed: str) -> None:
    marks = set(seen.marks_of(shown, None))
    assert marks <= set(seen.meant_by(shown)) or not marks
    if marks & set(seen.meant_by(typed)):
        assert seen.folded(shown).removeprefix("@") == seen.folded(" ".join(typed.split())).removeprefix("@")


def test_a_mail_address_is_met_in_any_case() -> None:
    assert set(seen.marks_of("Sam", "mailto:Sam.B@example.org")) & set(seen.meant_by("SAM.b@Example.org"))
    assert (("email", compared("email", "mailto:Sam@example.org")),) in readings("sAM@EXAMPLE.org")


def test_an_account_of_a_file_is_met_by_who_may_know_of_it_and_costs_the_same_whatever_others_hold(
    stage: Stage, keep: Callable[[bytes], SealedFile]
) -> None:
    stage.at = datetime.now(UTC)
    case, hidden = stage.case(), stage.case(by="priya", victim="Other Person")
    for ref, who in ((case, "asha"), (hidden, "priya")):
        arrived = actions.bring_in(stage.actor(who), ref, name="chat.txt", sealed=keep(CHAT.encode()))
        assert tasks.run(arrived.job) == "done"
    for typed in (*SPELT, "nightjar nine"):
        (one,) = [one for one in parts.found(stage.actor("asha"), typed) if one.kind == "account"]
        assert str(case.key) in one.second
    assert parts.found(stage.actor("stranger"), SPELT[0]) == []
    assert parts.found(stage.actor("asha"), "nightjar") == []
    circle = casework.case(stage.actor("asha"), case).circle
    Standing.objects.filter(circle=circle).update(side="suspect")
    assert parts.found(stage.actor("asha"), SPELT[0]) == []
    with CaptureQueriesContext(connection) as asked:
        parts.found(stage.actor("ruth"), SPELT[0])
    AccountSeen.objects.filter(circle=circle).delete()
    with CaptureQueriesContext(connection) as less:
        parts.found(stage.actor("ruth"), SPELT[0])
    assert len(asked) == len(less)


def test_many_files_of_one_case_hide_no_other_case(
    stage: Stage, keep: Callable[[bytes], SealedFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.at = datetime.now(UTC)
    first, second = stage.case(), stage.case()
    for ref, times in ((first, 2), (second, 1)):
        for number in range(times):
            chat = CHAT.replace("I see you", f"I see you {number}")
            arrived = actions.bring_in(stage.actor("asha"), ref, name="chat.txt", sealed=keep(chat.encode()))
            assert tasks.run(arrived.job) == "done"
    monkeypatch.setattr(queries.seen, "MOST", 2)
    met = queries.accounts_met(stage.actor("asha"), SPELT[0])
    assert [one.reference for one in met] == [str(second.key), str(first.key)]


@pytest.mark.parametrize("typed", ["", " ", "\0", "x" * 500])
def test_what_is_no_mark_meets_nothing(typed: str) -> None:
    assert "" not in seen.meant_by(typed)
