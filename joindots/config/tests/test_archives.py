"""Backup and restore, in an installation of the test's own, by the commands an operator types."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from joindots.config.prepare import OLD_STEP

PREPARE = """
from joindots.config.prepare import prepare_store
prepare_store()
"""
MAKE = """
import django
django.setup()
from datetime import UTC, datetime, timedelta
from joindots.access.door import Ref, close
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Agency, Membership, User
from joindots.casework import actions as casework, queries
from joindots.circles import actions as circles
now = datetime.now(UTC)
def member(name, roles):
    user, new = User.objects.get_or_create(username=name, defaults={"name": name})
    agency = Agency.objects.get_or_create(name="Stillwater", defaults={"kind": "advocacy"})[0]
    return Membership.objects.get_or_create(
        user=user, agency=agency, defaults={"roles": roles, "starts": now - timedelta(days=9)})[0]
asha, ruth = member("asha", ["advocate", "team_lead"]), member("ruth", ["team_lead"])
"""
OPEN_TWO = (
    PREPARE
    + MAKE
    + """
from joindots.evidence import actions as evidence
from joindots.jobs import tasks
from joindots.vault.files import Sealer
for name in ("Gone Zanzibarcanary", "Kept Zanzibarcanary"):
    print(casework.open_case(actor_as(asha, now), victim=name, summary="words of " + name))
case = queries.cases(actor_as(asha, datetime.now(UTC))).lines[0].reference
for days in ((13, 13, 14), (13, 14, 20)):
    sealer = Sealer()
    sealer.write("".join(f"{day}/06/2025, 10:{day} - Cal Example: words {day}\\n" for day in days).encode())
    arrived = evidence.bring_in(actor_as(asha, datetime.now(UTC)), Ref(case), name="a.txt", sealed=sealer.close())
    assert tasks.run(arrived.job) == "done"
"""
)
COUNT = """
from collections import Counter
from joindots.evidence import queries as held
from joindots.evidence.models import Communication
for line in queries.cases(actor_as(asha, datetime.now(UTC))).lines:
    days = held.days_of(actor_as(asha, datetime.now(UTC)), Ref(line.reference))
    if days:
        print("stored", *((one.day.day, one.acts) for one in days))
rows = Communication.objects.filter(contact=True, repeat_of=None)
print("records", *sorted(Counter(row.earliest.day for row in rows).items()))
"""
ERASE = (
    MAKE
    + """
import sys
case = queries.case(actor_as(asha, now), Ref(sys.argv[1]))
circle = Ref(case.circle)
circles.bring_in(actor_as(asha, now), circle, membership=ruth.pk, side="victim", basis="team", purpose="x")
act = circles.ask_second(actor_as(asha, now), circle, act="erase", content_hash="0" * 64)
later = now + timedelta(seconds=1)
circles.decide_second(actor_as(ruth, later), circle, act=act, agreed=True, kind="erase")
circles.erase(actor_as(ruth, later), circle, agreed_act=act)
"""
)
SHOW = (
    MAKE
    + """
from joindots.casework.models import Case
from joindots.vault.keys import KeyCabinet, KeyGone
from joindots.vault.sealing import unseal
for line in queries.cases(actor_as(asha, now + timedelta(seconds=1))).lines:
    print(line.reference, line.victim)
for row in Case.objects.order_by("opened_at"):
    try:
        print(unseal(KeyCabinet().key(row.circle_id, "narrative"), row.summary.spot, row.summary.blob).decode())
    except KeyGone:
        print("noise")
"""
)
CANARY = b"Zanzibarcanary"


class Installation:
    """A data folder of its own, and the commands run in it."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "installation"
        self.environment = {**os.environ, "JOINDOTS_DATA": str(self.data)}
        self.environment["DJANGO_SETTINGS_MODULE"] = "joindots.config.settings"
        for name in ("JOINDOTS_DATABASE_URL", "JOINDOTS_KEYS_DATABASE_URL"):
            self.environment.pop(name, None)

    def python(self, code: str, *words: str) -> list[str]:
        """Lines that the code printed."""
        return self._run([sys.executable, "-c", code, *words]).stdout.splitlines()

    def command(self, *words: str, status: int = 0) -> str:
        """What `joindots …` said."""
        done = self._run([sys.executable, "-m", "joindots", *words], status)
        return done.stdout + done.stderr

    def _run(self, words: list[str], status: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stderr
        return done


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """An installation with two cases, made once, and their references."""
    first = Installation(tmp_path_factory.mktemp("begun"))
    return first.data, first.python(OPEN_TWO)


@pytest.fixture
def installation(begun: tuple[Path, list[str]], tmp_path: Path) -> Installation:
    """A copy of it, to be changed at will."""
    copy = Installation(tmp_path)
    shutil.copytree(begun[0], copy.data)
    return copy


@pytest.fixture
def opened(begun: tuple[Path, list[str]]) -> list[str]:
    """The references of its two cases."""
    return begun[1]


def test_last_months_data_with_todays_keys_leaves_the_erased_case_unreadable_and_the_other_whole(
    installation: Installation, opened: list[str], tmp_path: Path
) -> None:
    gone, kept = opened
    installation.command("backup", "--data", str(tmp_path / "a"), "--keys", str(tmp_path / "b"))
    installation.python(ERASE, gone)
    archive = next((tmp_path / "a").glob("*.tar"))
    assert "kept erased: 1" in installation.command("restore", "--data", str(archive))
    assert installation.python(SHOW) == [f"{kept} Kept Zanzibarcanary", "noise", "words of Kept Zanzibarcanary"]
    assert "Everything is whole" in installation.command("verify")


def test_data_and_keys_restored_together_give_back_everything(
    installation: Installation, opened: list[str], tmp_path: Path
) -> None:
    installation.command("backup", "--data", str(tmp_path / "a"), "--keys", str(tmp_path / "b"))
    installation.python(OPEN_TWO)
    data, keys = next((tmp_path / "a").glob("*.tar")), next((tmp_path / "b").glob("*.tar"))
    installation.command("restore", "--data", str(data), "--keys", str(keys))
    shown = installation.python(SHOW + COUNT)
    assert {line.split()[0] for line in shown[:2]} == set(opened)
    assert shown[-2:] == [f"{which} (13, 2) (14, 1) (20, 1)" for which in ("stored", "records")]


def test_what_cannot_be_right_is_refused_and_nothing_changes(installation: Installation, tmp_path: Path) -> None:
    one = str(tmp_path / "a")
    for keys in (one, f"{one}/inside"):
        assert "may not lie in one folder" in installation.command("backup", "--data", one, "--keys", keys, status=1)
    installation.command("backup", "--data", one, "--keys", str(tmp_path / "b"))
    before = installation.python(SHOW)
    keys_archive = next((tmp_path / "b").glob("*.tar"))
    assert "Choose the one that fits" in installation.command("restore", "--data", str(keys_archive), status=1)
    assert installation.python(SHOW) == before


def test_after_a_rotation_everything_opens_and_nothing_at_rest_holds_a_readable_word(
    installation: Installation, tmp_path: Path
) -> None:
    installation.command("backup", "--data", str(tmp_path / "a"), "--keys", str(tmp_path / "b"))
    before = installation.python(SHOW)
    assert "The root key is new" in installation.command("rotate")
    assert installation.python(SHOW) == before
    assert "Everything is whole" in installation.command("verify")
    root = (installation.data / "keys" / "root.key").read_bytes()[-32:]
    for path in [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "root.key"]:
        content = path.read_bytes()
        assert CANARY not in content, path.name
        assert root not in content, path.name
        assert path.stat().st_mode & 0o077 == 0, path.name
    with tarfile.open(next((tmp_path / "b").glob("*.tar"))) as archive:
        assert {member.name for member in archive} == {"about.json", "database"}


def test_data_of_before_the_steps_were_made_anew_is_refused_with_the_cure(installation: Installation) -> None:
    with sqlite3.connect(installation.data / "joindots.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", (*OLD_STEP, "2026-11-01")
        )
    assert "Move that folder away" in installation.command("serve", "--no-demo", status=1)
