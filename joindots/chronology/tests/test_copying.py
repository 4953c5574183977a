"""A copy of a picture whose words the reader gives up on is made all the same, for a person to look at."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from joindots.chronology.rules.disclosing.copies import copy_of
from joindots.chronology.work import copying
from joindots.documents.leaks.protected import Protected
from joindots.evidence.readers.problems import NotReadable, not_readable


def slow_reader(_: str, __: Any, operation: Any, data: bytes, protected: Protected, folder: str) -> Any:
    """The child behind walls, whose reader of words runs out of time."""
    if folder:
        raise not_readable("slow", "It takes too long.")
    return operation(data, protected, folder)


def test_a_picture_the_reader_gives_up_on_is_copied_as_one_nobody_read_and_a_broken_one_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(copying, "run_named", slow_reader)
    held = io.BytesIO()
    Image.effect_noise((40, 30), 80).convert("RGB").save(held, "JPEG")
    work = copying.Copying(actor=SimpleNamespace(), case=SimpleNamespace(), protected=Protected(()), engine="somewhere",
                           folder=tmp_path)  # fmt: skip
    made = work._copy(held.getvalue(), "image/jpeg")
    assert made is not None and made.unread
    assert made.data == copy_of(held.getvalue(), Protected(()), "").data
    with pytest.raises(NotReadable):
        work._copy(b"plain words", "text/plain")
