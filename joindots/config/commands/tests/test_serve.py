"""The processes behind `joindots serve`: one that dies is started anew, and all end together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from joindots.config.commands import serve
from joindots.config.commands.serve import Running

WAITS = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
KEEPS_TWO = """
from joindots.config.commands.serve import Running, heed_stops, watch
import sys
heed_stops()
running = [Running("one", {waits!r}), Running("two", {waits!r})]
sys.exit(watch(running, lambda: print(*(one.process.pid for one in running), flush=True)))
"""


@pytest.fixture
def running() -> Iterator[Running]:
    one = Running("worker", WAITS)
    yield one
    one.ask_to_end()
    one.process.wait(10)


def test_a_process_that_runs_is_left_alone(running: Running) -> None:
    before = running.process.pid
    assert running.lasts()
    assert running.process.pid == before


def test_a_process_that_was_killed_is_started_anew_and_said(
    running: Running, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "SETTLED", 0.0)
    before = running.process
    before.kill()
    before.wait(10)
    assert running.lasts()
    assert running.process.pid != before.pid
    assert running.process.poll() is None
    assert "The worker ended unexpectedly (-9) and is started anew." in capfd.readouterr().err


def test_a_process_that_ends_at_once_is_not_started_again_and_again(running: Running) -> None:
    before = running.process
    before.kill()
    before.wait(10)
    assert not running.lasts()
    assert running.process is before


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_all_even_where_a_shell_had_it_ignored(how: signal.Signals) -> None:
    def ignored() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    with subprocess.Popen(
        [sys.executable, "-c", KEEPS_TWO.format(waits=WAITS)],
        stdout=subprocess.PIPE, text=True, preexec_fn=ignored, start_new_session=True,  # noqa: PLW1509 - no threads
    ) as parent:  # fmt: skip
        assert parent.stdout is not None
        children = [int(word) for word in parent.stdout.readline().split()]
        parent.send_signal(how)
        try:
            assert parent.wait(20) == 0
        finally:
            parent.kill()
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
