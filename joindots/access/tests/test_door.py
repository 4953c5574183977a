"""The door: role, row, version, state, trail; in that order."""

from __future__ import annotations

import pytest

from joindots.access.door import NothingRecorded, Ref, close, makes, writes
from joindots.audit.models import Entry
from joindots.casework import actions, permissions, queries
from joindots.casework.models import Case
from joindots.circles.permissions import MANAGE_STAFF
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.kernel.words import words
from tests.stage import CANARY, Stage

pytestmark = pytest.mark.both_databases


def test_a_role_without_the_permission_is_told_so_before_anything_is_looked_up(stage: Stage) -> None:
    case = stage.case()
    with pytest.raises(NotAllowed, match=r"Your role does not let you see cases\.$"):
        queries.case(stage.actor("moira"), case)


def test_who_lacks_the_role_is_told_whom_to_ask_where_few_hold_it(stage: Stage) -> None:
    refused = stage.actor("priya").may(MANAGE_STAFF)
    assert str(refused.reason).endswith("manage staff. Ask somebody who is: agency administrator.")


def test_who_may_not_know_is_answered_as_if_there_were_nothing(stage: Stage) -> None:
    case = stage.case()
    with pytest.raises(NotFound) as hidden:
        queries.case(stage.actor("stranger"), case)
    with pytest.raises(NotFound) as missing:
        queries.case(stage.actor("stranger"), Ref("2222-2222"))
    assert str(hidden.value) == str(missing.value)


def test_an_older_version_than_the_newest_is_refused(stage: Stage) -> None:
    case = stage.case()
    seen = queries.case(stage.actor("asha"), case).version
    actions.close_case(stage.actor("asha"), Ref(case.key, seen), reason="asked")
    with pytest.raises(OutOfDate):
        actions.reopen_case(stage.actor("asha"), Ref(case.key, seen))


def test_a_state_that_does_not_allow_it_is_refused_in_words_and_may_says_the_same(stage: Stage) -> None:
    case = stage.case()
    with pytest.raises(RuleBroken, match="A case that is open cannot become open") as refused:
        actions.reopen_case(stage.actor("asha"), case)
    assert str(actions.reopen_case.may(stage.actor("asha"), case).reason) == str(refused.value)


def test_a_write_that_records_nothing_is_undone(stage: Stage) -> None:
    @writes(permissions.CLOSE_CASE, Case)
    def silent(actor: object, case: Case) -> None:
        Case.objects.filter(pk=case.pk).update(state="closed")

    case = stage.case()
    with pytest.raises(NothingRecorded):
        silent(stage.actor("asha"), case)
    assert queries.case(stage.actor("asha"), case).state == "open"


def test_a_deed_that_fails_leaves_no_entry(stage: Stage) -> None:
    @makes(permissions.OPEN_CASE)
    def half(actor: object) -> None:
        actions.open_case(actor, victim="Somebody")  # type: ignore[arg-type]
        raise RuleBroken(words("half", "Half done"))

    actor = stage.actor("asha")
    with pytest.raises(RuleBroken):
        half(actor)
    close(actor)
    assert not Entry.objects.filter(code="casework.opened").exists()
    assert queries.cases(stage.actor("asha")).total == 0


def test_every_read_of_a_case_leaves_its_entry_in_the_cases_book(stage: Stage) -> None:
    case = stage.case()
    stage.close()
    actor = stage.actor("asha")
    head = queries.case(actor, case)
    close(actor)
    entry = Entry.objects.filter(book_id=head.circle).latest("seq")
    assert entry.code == "read"
    assert "casework_case.summary" in entry.content["says"]["fields"]
    assert entry.membership == stage.memberships["asha"].pk


def test_a_list_leaves_one_entry_in_the_agencys_book_naming_the_circles(stage: Stage) -> None:
    circles = [queries.case(stage.actor("asha"), stage.case()).circle for _ in range(3)]
    stage.close()
    before = Entry.objects.count()
    actor = stage.actor("asha")
    queries.cases(actor)
    close(actor)
    entry = Entry.objects.latest("id")
    assert Entry.objects.count() == before + 1
    assert entry.book_id == stage.memberships["asha"].agency_id
    assert {str(circle) for circle in circles} <= set(entry.content["says"]["books"])


def test_the_trail_holds_no_word_of_anybodys(stage: Stage) -> None:
    queries.case(stage.actor("asha"), stage.case())
    stage.close()
    assert all(CANARY not in str(entry.content) for entry in Entry.objects.all())
