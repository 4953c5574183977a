"""The measurements begin without a service: `make bench` asks for nothing to be set up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_measurements_name_themselves_with_no_settings() -> None:
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    told = subprocess.run(
        [sys.executable, "-m", "bench", "--help"], cwd=ROOT, env=plain, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr[-2000:]
    assert "leaving" in told.stdout
