"""Everything that proves the product, once what it needs is installed: `python -m tests.everything`.

Guards first; then tests on SQLite with a browser, and beside them data tests on PostgreSQL.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests import guards

ROOT = Path(__file__).resolve().parent.parent
#: Tables are made straight from the models; every migration is run once on PostgreSQL and must end at the same tables.
ON_SQLITE = ("pytest", "-n", "3", "--maxschedchunk", "4", "--nomigrations", "--ignore=tests/architecture")
ON_POSTGRESQL = ("tests.on_postgresql", "-n", "1")


def main() -> int:
    """0 when all of it passed, else 1."""
    failed = guards.main() != 0
    print("· Tests on SQLite; beside them queries, actions and constraints on PostgreSQL.", flush=True)
    with tempfile.TemporaryFile("w+") as told:  # two runs that wrote at once could not be read
        beside = subprocess.Popen(
            [sys.executable, "-m", *ON_POSTGRESQL], cwd=ROOT, stdout=told, stderr=subprocess.STDOUT
        )
        failed |= subprocess.run([sys.executable, "-m", *ON_SQLITE], cwd=ROOT, check=False).returncode != 0
        failed |= beside.wait() != 0
        told.seek(0)
        print(told.read(), flush=True)
    print("· Not all of it passed." if failed else "· All of it passed.", flush=True)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
