"""One table of figures, each beside its bar and a peer of the same run."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: ours, what the issue asks of it, and a peer's.

    `ratio` is how many times better ours is than the peer's, and comes first: a machine's speed cancels out of it.
    `cpu` is processor seconds of the processes measured, for a machine that others use too. `met` is empty where
    nothing is asked.
    """

    name: str
    ours: str
    bar: str = ""
    met: str = ""
    ratio: float | None = None
    peer: str = ""
    cpu: float | None = None
    peak_mib: float | None = None

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        return (
            f"{self.ratio:.2f}" if self.ratio is not None else "–", self.name, self.ours, self.bar,
            self.met, self.peer,
            f"{self.cpu:.2f}" if self.cpu is not None else "", f"{self.peak_mib:.0f}" if self.peak_mib else "",
        )  # fmt: skip


HEADS = ("ratio", "figure", "ours", "bar", "", "peer in the same run", "cpu s", "peak MiB")
WIDTHS = (6, 50, 24, 16, 10, 46, 7, 8)


MET, MET_ON_CPU, MISSED = "met", "met on cpu", "MISSED"


def verdict(kept: bool) -> str:
    """Whether a bar was kept."""
    return MET if kept else MISSED


def within(seconds: float, cpu: float, most: float) -> str:
    """Whether work kept within its time; said apart where it did so only by the processor's seconds.

    Where others use the machine, the clock on the wall counts their work too.
    """
    return MET if seconds <= most else MET_ON_CPU if cpu <= most else MISSED


def heading() -> str:
    """The names of the columns."""
    return _row(HEADS) + "\n" + "  ".join("-" * width for width in WIDTHS)


def row(figure: Figure) -> str:
    """One figure as a line."""
    return _row(figure.cells())


def _row(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def machine() -> str:
    """Cores, and how busy the machine is: with a load above 0 before the run, others share it and times are long."""
    one, five, _ = os.getloadavg()
    return f"{os.cpu_count()} cores; load {one:.1f} in the last minute, {five:.1f} in the last five"


def rate(found: float, seconds: float, what: str) -> str:
    """So many a second."""
    return f"{found / seconds:,.0f} {what}/s"
