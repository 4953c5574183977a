"""Two of the same import at one moment make each case once."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from joindots.access.roles import Role
from joindots.casework.models import Case, OwnNumber
from joindots.jobs import tasks
from joindots.transfer import actions
from joindots.transfer.models import CaseSheet
from joindots.transfer.tests.leaving import member
from joindots.transfer.tests.making import seen, sheet, tried
from tests.stage import Stage

pytestmark = [pytest.mark.usefixtures("transactional_db", "read_here"), pytest.mark.both_databases]
ROWS = 12


def test_two_leads_who_bring_in_the_same_sheet_at_once_get_each_case_once(stage: Stage) -> None:
    member(stage, "lena", "ruth", Role.TEAM_LEAD)
    data = sheet(*((f"P{n} Test", f"SW-{n}" if n % 3 else "", "", "", "", "", "") for n in range(ROWS)))
    refs = {who: tried(stage, data, who=who) for who in ("ruth", "lena")}
    jobs = [actions.bring(stage.actor(who), ref) for who, ref in refs.items()]
    together, ended = threading.Barrier(2), []

    def run(job: object) -> None:
        try:
            together.wait(10)
            ended.append(tasks.run(job))  # type: ignore[arg-type]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert ended == ["done", "done"]
    views = [seen(stage, ref, who) for who, ref in refs.items()]
    assert [view.brought + view.repeats for view in views] == [ROWS, ROWS]
    assert sum(view.brought for view in views) == Case.objects.count() == OwnNumber.objects.count() == ROWS
    assert set(CaseSheet.objects.values_list("state", flat=True)) == {"done"}
