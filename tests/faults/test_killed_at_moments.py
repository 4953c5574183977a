"""`kill -9` in the middle of a reading, a piece, a joining, a small picture, words of a picture, a pack, a release, a statement."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = ("reading", "piece", "joining", "thumbnail", "words", "pack", "release", "statement")


def test_killed_at_its_worst_moment_nothing_is_lost_half_done_or_readable_and_it_goes_on(tmp_path: Path) -> None:
    environment = {**os.environ, "JOINDOTS_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    for name in ("JOINDOTS_DATABASE_URL", "JOINDOTS_KEYS_DATABASE_URL"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.moments"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.split(" ")[0] in MOMENTS]
    assert lines == [f"{moment} True True True True" for moment in MOMENTS], done.stderr[-2000:]
