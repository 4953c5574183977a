"""Log lines that hold codes and places, never values: an exception's words may be somebody's."""

from __future__ import annotations

import logging
import traceback


class CodeOnly(logging.Formatter):
    """Time, level, logger, the message's template, and for an exception its kind and places."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; arguments and exception texts are left out, for they may hold somebody's words."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {record.msg}"
        if record.exc_info and record.exc_info[0]:
            places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(record.exc_info[2])[-6:]]
            line += f" [{record.exc_info[0].__name__} at {' > '.join(places)}]"
        return line.replace("\n", " ")
