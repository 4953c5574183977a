"""Asks every static guard, two at a time, and counts those that object: `python -m tests.guards`."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUARDS: dict[str, tuple[str, ...]] = {
    "types (mypy)": ("-m", "mypy"),
    "architecture (pytest)": ("-m", "pytest", "-p", "no:cacheprovider", "tests/architecture"),
    "lint (ruff)": ("-m", "ruff", "check", "--output-format=concise", "."),
    "layout (ruff)": ("-m", "ruff", "format", "--check", "--output-format=concise", "."),
    "directions (import-linter)": ("-c", "from importlinter.cli import lint_imports_command as ask; ask()"),
    "templates (djlint)": ("-m", "djlint", "joindots", "--lint", "--quiet"),
    "dependencies (deptry)": ("-m", "deptry", "."),
    "dangers (bandit)": ("-m", "bandit", "-q", "-ll", "-c", "pyproject.toml", "-r", "joindots", "dev.py"),
    "migrations": ("-m", "django", "makemigrations", "--check", "--dry-run", "--settings=joindots.config.settings"),
}


def ask(name: str) -> bool:
    """Whether one guard is content; its words are shown when it is not."""
    begun = time.monotonic()
    done = subprocess.run([sys.executable, *GUARDS[name]], cwd=ROOT, capture_output=True, text=True, check=False)
    word = "FAILED" if done.returncode else "ok"
    said = f"\n{done.stdout}{done.stderr}" if done.returncode else ""
    print(f"  {word:6} {time.monotonic() - begun:5.1f} s  {name}{said}", flush=True)
    return done.returncode == 0


def main() -> int:
    """0 when every guard is content, else 1."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = list(pool.map(ask, GUARDS))
    print(f"{sum(answers)} of {len(answers)} guards are content.", flush=True)
    return int(not all(answers))


if __name__ == "__main__":
    raise SystemExit(main())
