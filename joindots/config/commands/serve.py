"""`joindots serve`: prepares keys, databases, pages' files and demo data, then starts servers and worker."""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from types import FrameType

from joindots.kernel.problems import Problem

GRACE = 15.0
SETTLED = 5.0
"""Seconds after which a process that ends is started anew; one that ends sooner would only do so again."""
PR_SET_PDEATHSIG = 1


def main(arguments: Sequence[str]) -> int:
    """Run until told to stop; otherwise the exit status of a process that could not run."""
    parser = argparse.ArgumentParser(prog="joindots serve", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port on this machine (default 8000)")
    parser.add_argument("--no-demo", action="store_true", help="start without the invented cases")
    options = parser.parse_args(arguments)

    from joindots.config.prepare import prepare

    heed_stops()
    try:
        prepare(demo=not options.no_demo)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    running = [Running(name, command) for name, command in commands(options.port)]

    def ready() -> None:
        if wait_for(options.port, running):
            announce(options.port, demo=not options.no_demo)

    return watch(running, ready)


def heed_stops() -> None:
    """An interrupt and a plain stop both interrupt; a shell lets what it starts in the background ignore the first."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def commands(port: int) -> Iterator[tuple[str, list[str]]]:
    """A server on 127.0.0.1, a second one on ::1 where the machine has it, and a worker.

    A thread takes its connections to the databases with it, so one that has nothing to do waits as long as it may.
    """
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1",
              "--blocking-threads", "4", "--blocking-threads-idle-timeout", "600", "--no-ws",
              "--log-level", "warning"]  # fmt: skip
    for host in ("127.0.0.1", *(["::1"] if has_ipv6(port) else [])):
        yield f"server on {host}", [*server, "--host", host, "joindots.config.wsgi:application"]
    yield "worker", [sys.executable, "-m", "joindots", "work"]


class Running:
    """One of our processes, started at once."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self._command = command
        self.start()

    def start(self) -> None:
        """Start it, or start it anew."""
        self._since = time.monotonic()
        self.process = subprocess.Popen(self._command, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: PLW1509 - no threads yet

    def lasts(self) -> bool:
        """Whether it runs; where it ended after it had settled, it is started anew.

        A job that a killed worker had in hand is taken up again by the next.
        """
        code = self.process.poll()
        if code is None:
            return True
        if time.monotonic() - self._since < SETTLED:
            return False
        print(f"The {self.name} ended unexpectedly ({code}) and is started anew.", file=sys.stderr, flush=True)
        _kill_group(self.process)
        self.start()
        return True

    def ask_to_end(self) -> None:
        """Ask it and its children to end."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)

    def end_by(self, until: float) -> None:
        """Wait for its end until that moment, then make it."""
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            _kill_group(self.process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a process and its children: a child that lives on would hold the port."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _end_with_parent() -> None:
    """On Linux a child ends when this process is killed: no server or worker is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def has_ipv6(port: int) -> bool:
    """Whether ::1 can be bound on this machine."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("::1", port))
    except OSError:
        return False
    return True


def wait_for(port: int, running: list[Running]) -> bool:
    """Wait until the server answers; False when it does not, or a process could not run."""
    for _ in range(600):
        if not all(one.lasts() for one in running):
            return False
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def announce(port: int, *, demo: bool) -> None:
    """Where it is, and how to get in."""
    print(f"\nJoin the Dots is ready: http://localhost:{port}\n", flush=True)
    if demo:
        from joindots.config.demo.people import sign_in_words

        print(sign_in_words(), flush=True)


def watch(running: list[Running], ready: Callable[[], None]) -> int:
    """Say when they are ready and keep all of them running; end all when interrupted, or when one cannot run."""
    try:
        ready()
        while all(one.lasts() for one in running):
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    codes = [one.process.poll() for one in running]
    for one in running:
        one.ask_to_end()
    until = time.monotonic() + GRACE
    for one in running:
        one.end_by(until)
    return max((abs(code) for code in codes if code is not None), default=0)
