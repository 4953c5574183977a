"""`joindots work`: a worker for long work. It wakes work whose worker died, and sends what is due."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence

TICK = 10.0
log = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Work until told to stop."""
    from joindots.config.prepare import setup

    setup()
    from django.core.management import call_command

    threading.Thread(target=_tick, daemon=True).start()
    threading.Thread(target=_post, daemon=True).start()
    call_command("db_worker", interval=0.2, startup_delay=False, verbosity=0)
    return 0


def _tick() -> None:
    from django.db import close_old_connections

    from joindots.jobs.tasks import wake_lapsed
    from joindots.risk.work import look_around
    from joindots.vault import scratch

    while True:
        close_old_connections()
        wake_lapsed()
        scratch.sweep()
        look_around()
        time.sleep(TICK)


def _post() -> None:
    """Send what is due at its hour, beside the long work: no import makes a safe hour pass."""
    from django.db import close_old_connections

    from joindots.notices.work import send_due

    while True:
        close_old_connections()
        try:
            send_due()
        except Exception:  # noqa: BLE001 - the next round goes on
            log.warning("sending broke off")
        time.sleep(TICK / 2)
