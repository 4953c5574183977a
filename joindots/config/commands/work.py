"""`joindots work`: a worker for long work. It also wakes work whose worker died."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

TICK = 10.0


def main(arguments: Sequence[str]) -> int:
    """Work until told to stop."""
    from joindots.config.prepare import setup

    setup()
    from django.core.management import call_command

    threading.Thread(target=_tick, daemon=True).start()
    call_command("db_worker", interval=0.2, startup_delay=False, verbosity=0)
    return 0


def _tick() -> None:
    from django.db import close_old_connections

    from joindots.jobs.tasks import wake_lapsed
    from joindots.risk.work import look_around

    while True:
        close_old_connections()
        wake_lapsed()
        look_around()
        time.sleep(TICK)
