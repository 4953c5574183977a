"""A progress bar on a terminal, and nothing anywhere else."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self


class Bar:
    """Shows how far into a file a reader is. Several passes over one file start the bar again."""

    def __init__(self, says: str, size: int) -> None:
        self._bar: Any = None
        if sys.stderr.isatty() and size > 1 << 20:
            from tqdm import tqdm

            self._bar = tqdm(total=size, desc=says, unit="B", unit_scale=True, leave=False, file=sys.stderr)

    def at(self, byte: int) -> None:
        """The reader is at this byte."""
        if self._bar is not None:
            self._bar.n = byte
            self._bar.refresh() if byte == 0 else self._bar.update(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.close()
