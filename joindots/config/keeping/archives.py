"""Backup and restore: data and keys in two archives that never lie in one folder.

The root key is in neither. Last month's data with today's keys leaves an erased case unreadable
and every other whole.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from joindots.access import parts
from joindots.circles.models import Circle
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.vault import files
from joindots.vault.models import Destroyed

KEYS_DAYS = 30
"""How long a keys archive is kept: an erasure is whole when the last one holding its keys is gone."""
DUMP = {"default": "data", "keys": "keys"}


def back_up(data: Path, keys: Path, at: datetime) -> tuple[Path, Path]:
    """Two archives, each whole or not there at all; keys archives older than 30 days are deleted."""
    if _same_folder(data, keys):
        raise RuleBroken(
            words("one_folder", "Data and keys may not lie in one folder: who takes both has everything. Name two.")
        )
    made = _archive(data, "default", at, with_files=True), _archive(keys, "keys", at, with_files=False)
    for old in keys.glob("joindots-keys-*.tar"):
        if datetime.fromtimestamp(old.stat().st_mtime, UTC) < at - timedelta(days=KEYS_DAYS):
            old.unlink()
    return made


def _same_folder(data: Path, keys: Path) -> bool:
    one, two = data.resolve(), keys.resolve()
    return one == two or one in two.parents or two in one.parents


def _archive(folder: Path, alias: str, at: datetime, *, with_files: bool) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"joindots-{DUMP[alias]}-{at:%Y%m%dT%H%M%S}Z.tar"
    part = target.with_suffix(".part")
    with tempfile.TemporaryDirectory(dir=settings.DATA) as scratch, tarfile.open(part, "w") as archive:
        dump = Path(scratch) / "database"
        _dump(alias, dump)
        about = Path(scratch) / "about.json"
        about.write_text(json.dumps({"of": DUMP[alias], "at": at.isoformat(), "vendor": connections[alias].vendor}))
        archive.add(about, "about.json")
        archive.add(dump, "database")
        if with_files and files.folder().exists():
            archive.add(files.folder(), "files", filter=lambda one: None if "/arriving" in one.name else one)
    part.chmod(0o600)
    part.replace(target)
    return target


def _dump(alias: str, target: Path) -> None:
    """A consistent copy while the service runs."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
        return
    _postgresql(["pg_dump", "--format=custom", f"--file={target}"], connection.settings_dict)


def restore(archive: Path, alias: str) -> None:
    """Put one archive back in place of what is there. The service must be stopped."""
    with tempfile.TemporaryDirectory(dir=settings.DATA) as scratch:
        with tarfile.open(archive) as opened:
            opened.extractall(scratch, filter="data")
        about = json.loads((Path(scratch) / "about.json").read_text())
        if about["of"] != DUMP[alias] or about["vendor"] != connections[alias].vendor:
            raise RuleBroken(
                words("wrong_archive", "{name} is an archive of {of} from {vendor}. Choose the one that fits here.",
                      name=archive.name, of=about["of"], vendor=about["vendor"])
            )  # fmt: skip
        _load(alias, Path(scratch) / "database")
        if (Path(scratch) / "files").exists():
            _put_files(Path(scratch) / "files")


def _load(alias: str, dump: Path) -> None:
    connection = connections[alias]
    if connection.vendor != "sqlite":
        _postgresql(["pg_restore", "--clean", "--if-exists", "--no-owner", "--dbname={name}", str(dump)],
                    connection.settings_dict)  # fmt: skip
        return
    connection.close()
    target = Path(connection.settings_dict["NAME"])
    for beside in ("-wal", "-shm"):
        target.with_name(target.name + beside).unlink(missing_ok=True)
    os.chmod(dump, 0o600)
    shutil.move(dump, target)


def _put_files(source: Path) -> None:
    old = files.folder().with_name("files.before-restore")
    if files.folder().exists():
        files.folder().rename(old)
    shutil.move(source, files.folder())
    shutil.rmtree(old, ignore_errors=True)


def settle_erased() -> int:
    """After a restore: what was erased since stays erased. How many circles."""
    owners = list(Destroyed.objects.values_list("owner", flat=True))
    circles = Circle.objects.filter(pk__in=owners).exclude(state="erased")
    found = list(circles.values_list("pk", flat=True))
    circles.update(state="erased")
    for circle in found:
        parts.forget(circle)
        files.forget(circle)
    return len(found)


def _postgresql(command: list[str], where: dict[str, Any]) -> None:
    environment = {**os.environ, "PGPASSWORD": where["PASSWORD"] or "", "PGDATABASE": where["NAME"]}
    for name, variable in (("HOST", "PGHOST"), ("PORT", "PGPORT"), ("USER", "PGUSER")):
        if where[name]:
            environment[variable] = str(where[name])
    command = [word.format(name=where["NAME"]) if "{name}" in word else word for word in command]
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True)
    except FileNotFoundError:
        raise RuleBroken(
            words(
                "no_tool", "{tool} is not on this machine. Install PostgreSQL's client programs first.", tool=command[0]
            )
        ) from None
    except subprocess.CalledProcessError as failed:
        raise RuleBroken(
            words("tool_failed", "{tool} did not finish (status {status}).", tool=command[0], status=failed.returncode)
        ) from None
