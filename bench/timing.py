"""Runs one piece of work in a process of its own, and says its time, its processor time and its peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = 1 << 16
"""Bytes of what a program printed last, which hold its figures."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `cpu` counts the process and all that it waited for; `peak_mib` is the largest one of them."""

    seconds: float
    cpu: float
    peak_mib: float
    out: bytes
    status: int


def run(command: Sequence[str], environment: dict[str, str] | None = None) -> Run:
    """Run a program to its end. What it prints is read through a pipe, and the end of it kept.

    All of it would make this process large, and a child begins with the memory its parent had at its peak.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, **(environment or {})})
    assert process.stdout is not None
    out = b""
    with process.stdout:
        while piece := process.stdout.read(1 << 16):
            out = (out + piece)[-KEPT:]
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out, process.returncode)


def inside(module: str, *words: str, environment: dict[str, str] | None = None) -> dict[str, float]:
    """Run one of our measuring modules; its own figures, from the last line it prints, with its peak memory.

    A process measures itself from after its imports, so starting Python is nobody's cost.
    """
    done = run([sys.executable, "-m", module, *words], environment)
    if done.status:
        raise RuntimeError(f"{module} {' '.join(words)} ended with {done.status}: what it said stands above.")
    return {"peak_mib": done.peak_mib, **json.loads(done.out.splitlines()[-1])}


class Clock:
    """Wall clock and processor seconds of this process and of the children it waited for, since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), sum(os.times()[:4])

    def figures(self, **more: float) -> dict[str, float]:
        """The seconds so far, beside figures of the caller's own."""
        return {"seconds": time.perf_counter() - self._wall, "cpu": sum(os.times()[:4]) - self._cpu, **more}
