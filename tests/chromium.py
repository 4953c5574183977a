"""The machine's own Chromium, asking nothing of the network: for journeys, and for what is measured in a browser."""

from __future__ import annotations

import os
import shutil
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def launching() -> dict[str, Any]:
    """How it is started: quiet, and the one that the machine has, unless CHROMIUM names another."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:
        quiet.append("--no-sandbox")  # Chromium will not build its sandbox for root
    return {"args": quiet, **({"executable_path": found} if found else {})}
