"""`verify` names what is wrong, each kind by its own status."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import F

from joindots.audit.models import Book, Entry
from joindots.casework import queries as cases
from joindots.casework.models import Case
from joindots.config.keeping.sweeping import sweep_left
from joindots.config.keeping.verifying import Status, checkpoint, exit_status, models_with_files, verify
from joindots.evidence import actions as evidence
from joindots.evidence.models import SourceFile
from joindots.vault import files, keys
from joindots.vault.models import OwnerKey
from tests.stage import CANARY, Stage

pytestmark = pytest.mark.both_databases
Keep = Callable[[bytes], files.SealedFile]


@pytest.fixture
def filled(stage: Stage, keep: Keep) -> Stage:
    """Two cases, one with a file, and their books."""
    stage.case()
    evidence.bring_in(stage.actor("asha"), stage.case(), name="note.txt", sealed=keep(b"He waits outside " * 999))
    cases.cases(stage.actor("asha"))
    stage.close()
    return stage


def status(anchor: Path | None = None) -> Status:
    wrongs = verify(anchor)
    assert all(CANARY not in wrong.says for wrong in wrongs)
    return exit_status(wrongs)


def a_book() -> Book:
    return Book.objects.filter(seq__gt=3).order_by("id")[0]


def test_what_nobody_touched_is_whole(filled: Stage) -> None:
    assert status() == Status.WHOLE


def test_an_edited_entry_is_named(filled: Stage) -> None:
    entry = Entry.objects.filter(book=a_book(), seq=2).get()
    entry.content["says"] = {"nothing": "happened"}
    entry.save()
    assert status() == Status.ENTRY_EDITED


def test_an_edited_column_beside_the_content_is_named(filled: Stage) -> None:
    Entry.objects.filter(book=a_book(), seq=2).update(membership=filled.memberships["priya"].pk)
    assert status() == Status.ENTRY_EDITED


def test_a_deleted_entry_is_named(filled: Stage) -> None:
    Entry.objects.filter(book=a_book(), seq=2).delete()
    assert status() == Status.ENTRY_MISSING


def test_two_entries_that_changed_places_are_named(filled: Stage) -> None:
    book = a_book()
    Entry.objects.filter(book=book, seq=2).update(seq=999)
    Entry.objects.filter(book=book, seq=3).update(seq=2)
    Entry.objects.filter(book=book, seq=999).update(seq=3)
    assert status() == Status.ENTRY_EDITED


def test_a_cut_tail_is_named(filled: Stage) -> None:
    book = a_book()
    Entry.objects.filter(book=book, seq=book.seq).delete()
    assert status() == Status.TAIL_OR_ANCHOR


def test_a_tail_cut_with_its_head_is_seen_only_with_an_anchor_kept_outside(filled: Stage, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.json"
    anchor.write_text(json.dumps(checkpoint(filled.at)))
    assert status(anchor) == Status.WHOLE
    book = a_book()
    Entry.objects.filter(book=book, seq=book.seq).delete()
    last = Entry.objects.get(book=book, seq=book.seq - 1)
    Book.objects.filter(pk=book.pk).update(seq=F("seq") - 1, head=last.digest)
    assert status() == Status.WHOLE
    assert status(anchor) == Status.TAIL_OR_ANCHOR


def test_a_forged_anchor_is_named(filled: Stage, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.json"
    kept = checkpoint(filled.at)
    kept["heads"] = {}
    anchor.write_text(json.dumps(kept))
    assert status(anchor) == Status.TAIL_OR_ANCHOR


@pytest.mark.parametrize("harm", ["flip", "cut", "gone"])
def test_an_altered_file_is_named(filled: Stage, harm: str) -> None:
    row = SourceFile.objects.get()
    path = files.folder() / row.circle_id.hex / row.address
    data = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if harm == "cut" else data[:9] + bytes([data[9] ^ 1]) + data[10:])
    assert status() == Status.FILE_ALTERED


def test_a_seal_moved_to_another_row_is_named(filled: Stage) -> None:
    one, two = Case.objects.all()
    one.summary = bytes(two.summary.blob)
    one.save()
    assert status() == Status.SEAL_BROKEN


def test_a_missing_key_is_named(filled: Stage) -> None:
    OwnerKey.objects.filter(owner=Case.objects.order_by("id")[0].circle_id).delete()
    assert status() == Status.KEY_MISSING


def test_several_kinds_have_a_status_of_their_own(filled: Stage) -> None:
    OwnerKey.objects.filter(owner=Case.objects.order_by("id")[0].circle_id).delete()
    Entry.objects.filter(book=a_book(), seq=2).delete()
    assert status() == Status.SEVERAL


def test_an_erased_circle_is_not_wrong(filled: Stage) -> None:
    row = Case.objects.order_by("id")[0]
    keys.destroy([row.circle_id, *row.circle.presences.values_list("person", flat=True)], filled.at)
    assert status() == Status.WHOLE


def test_every_file_of_which_a_row_tells_is_checked(filled: Stage, keep: Keep) -> None:
    labels = {model._meta.label for model in models_with_files()}
    assert {"evidence.SourceFile", "evidence.Exhibit", "chronology.Pack", "chronology.Disclosure", "transfer.CaseSheet",
            "transfer.TakeOut", "orders.PackFile"} <= labels  # fmt: skip


def test_a_file_whose_going_was_cut_off_goes_later_and_one_whose_going_was_undone_stays(filled: Stage) -> None:
    row = SourceFile.objects.get()
    path = files.folder() / row.circle_id.hex / row.address
    other = path.with_name("0" * 40)
    shutil.copy(path, other)
    sweep_left(time.time() + 9)  # what other tests left in this folder
    for one in (path, other):
        files.leaves(one)
    assert sweep_left(0.0) == 0 and other.exists(), "what is going at this moment is left alone"
    assert sweep_left(time.time() + 9) == 1
    assert path.exists() and not other.exists()
    assert not list((files.folder() / files.LEAVING).iterdir())
    assert status() == Status.WHOLE
