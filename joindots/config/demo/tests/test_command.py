"""`joindots demo-files DIR` writes every file where it is told, and says plainly when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from joindots.__main__ import main
from joindots.config.demo.files import OTHERS, STORY


def test_every_file_is_written_and_the_next_step_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["demo-files", str(tmp_path / "new" / "folder")]) == 0
    written = {str(path.relative_to(tmp_path / "new" / "folder")) for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {*STORY, *(f"others/{name}" for name in OTHERS)}
    assert (tmp_path / "new" / "folder" / "sms.xml").read_bytes() == STORY["sms.xml"]()
    said = capsys.readouterr().out
    assert f"{len(written)} files" in said
    assert "joindots chronology" in said


def test_a_folder_that_cannot_be_written_to_is_named_with_the_cure(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "taken").write_text("a file")
    assert main(["demo-files", str(tmp_path / "taken")]) == 1
    assert "Name a folder that you may write to." in capsys.readouterr().err
