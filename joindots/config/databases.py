"""One address of a database to Django's settings for it: SQLite unless PostgreSQL is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000; "
    "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON"
)
"""FULL costs 0.05 ms a commit; secure_delete wipes what is deleted; temporary tables never reach the disk."""
POSTGRESQL = "-c join_collapse_limit=4 -c jit=off"
"""A page asks some ninety short questions of up to ten tables each. To weigh every order of ten tables took longer than
to answer: a desk's questions took 305 ms at 20,000 cases, and with this 141; a lead's 433 and 140."""
PREPARED = {"server_side_binding": True, "prepare_threshold": 1}
"""A question is prepared when a connection asks it a second time: `joindots.config.postgresql` says why. After five
more PostgreSQL itself judges whether one plan for all readers is as good: a desk's questions then take 54 ms."""
PATIENCE = 30
"""Seconds a writer waits for its turn before it is refused: a hundred times what any transaction of ours lasts."""


def database(url: str, default: Path) -> dict[str, Any]:
    """Settings for `postgresql://user:password@host:port/name?host=/socket/folder`, or for a SQLite file."""
    if not url:
        default.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return {
            "ENGINE": "joindots.config.sqlite",
            "NAME": str(default),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": PATIENCE, "init_command": SQLITE},
            # The default test database lies in memory, shared by all threads: it hides lock errors.
            "TEST": {"NAME": str(default.with_suffix(".test.sqlite3"))},
        }
    parts = urlsplit(url)
    options = {"options": POSTGRESQL, **PREPARED, **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "joindots.config.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": None,  # a new connection would have every question planned again
        "CONN_HEALTH_CHECKS": True,
    }
