"""What a killed process left readable is deleted; what a living one holds is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from joindots.vault import scratch

MAKES = """
import sys, time
from django.conf import settings
settings.configure(SCRATCH=sys.argv[1])
from joindots.vault import scratch
(scratch.folder() / "pack").mkdir()
(scratch.folder() / "pack" / "chronology.pdf").write_bytes(b"9 Larch Close")
print("made", flush=True)
time.sleep(60)
"""


def test_what_a_killed_maker_left_is_swept_and_what_is_in_use_stays(tmp_path: Path, settings: Any) -> None:
    settings.SCRATCH = tmp_path / "scratch"
    own = scratch.folder()
    (own / "mine").write_bytes(b"x")
    with subprocess.Popen([sys.executable, "-c", MAKES, settings.SCRATCH], stdout=subprocess.PIPE) as maker:
        assert maker.stdout and maker.stdout.readline() == b"made\n"
        assert scratch.sweep() == 0
        assert len(list(settings.SCRATCH.rglob("chronology.pdf"))) == 1
        os.kill(maker.pid, signal.SIGKILL)
    assert scratch.sweep() == 1
    assert [one.name for one in settings.SCRATCH.rglob("*") if one.is_file()] == ["mine"]
    assert scratch.folder() == own
