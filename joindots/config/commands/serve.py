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
from collections.abc import Sequence
from types import FrameType

GRACE = 15.0
PR_SET_PDEATHSIG = 1


def main(arguments: Sequence[str]) -> int:
    """Run until told to stop; the exit status of whichever process ended first."""
    parser = argparse.ArgumentParser(prog="joindots serve", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port on this machine (default 8000)")
    parser.add_argument("--no-demo", action="store_true", help="start without the invented cases")
    options = parser.parse_args(arguments)

    from joindots.config.prepare import prepare

    prepare(demo=not options.no_demo)
    processes = start(options.port)
    wait_for(options.port, processes)
    announce(options.port, demo=not options.no_demo)
    return watch(processes)


def start(port: int) -> list[subprocess.Popen[bytes]]:
    """A server on 127.0.0.1, a second one on ::1 where the machine has it, and a worker."""
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1",
              "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]  # fmt: skip
    hosts = ["127.0.0.1", *(["::1"] if has_ipv6(port) else [])]
    commands = [[*server, "--host", host, "joindots.config.wsgi:application"] for host in hosts]
    commands.append([sys.executable, "-m", "joindots", "work"])
    return [
        subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: PLW1509 - no threads yet
        for command in commands
    ]


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


def wait_for(port: int, processes: list[subprocess.Popen[bytes]]) -> None:
    """Until the server answers, or a process has ended."""
    for _ in range(600):
        if any(process.poll() is not None for process in processes):
            return
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def announce(port: int, *, demo: bool) -> None:
    """Where it is, and how to get in."""
    print(f"\nJoin the Dots is ready: http://localhost:{port}\n", flush=True)
    if demo:
        from joindots.config.demo.people import sign_in_words

        print(sign_in_words(), flush=True)


def watch(processes: list[subprocess.Popen[bytes]]) -> int:
    """Pass on a stop; end all when one ends."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    codes = [process.poll() for process in processes]
    end(processes)
    return max((abs(code) for code in codes if code is not None), default=0)


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask every process to end, each with its children; after a grace, make it."""
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    until = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
