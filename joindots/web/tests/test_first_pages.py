"""A case on its first day: nothing in it yet, or nothing with a day, and still every page of it opens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from joindots.evidence import actions as evidence
from joindots.jobs import tasks
from joindots.vault.files import SealedFile
from tests.browsing import SignIn
from tests.stage import Stage

TABS = ("", "files/", "files/bring-in/", "chronology/", "chronology/?day=unknown", "chronology/?day=2025-06-10",
        "search/", "search/?q=word", "packs/", "who/", "custody/")  # fmt: skip


@pytest.mark.parametrize("exhibit", [False, True])
def test_every_tab_of_a_case_without_a_record_opens(
    stage: Stage, sign_in: SignIn, keep: Callable[[bytes], SealedFile], exhibit: bool
) -> None:
    case = stage.case(victim="Rhian Example")
    if exhibit:
        arrived = evidence.bring_in(stage.actor("asha"), case, name="note.bin", sealed=keep(b"\x00\x01"))
        assert arrived.job and tasks.run(arrived.job) == "done"
    client = sign_in("asha")
    assert {tab: client.get(f"/cases/{case.key}/{tab}").status_code for tab in TABS} == dict.fromkeys(TABS, 200)
