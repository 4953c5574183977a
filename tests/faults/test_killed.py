"""`kill -9` of the worker at any moment of an import: all of it or none is visible, and it goes on to its end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

MESSAGES = 12_000
KILLS = 3
PREPARE = """
from joindots.config.prepare import prepare_store
prepare_store()
from datetime import UTC, datetime, timedelta
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Agency, Membership, User
from joindots.casework import actions as casework
from joindots.evidence import actions as evidence
from joindots.vault.files import Sealer
now = datetime.now(UTC)
agency = Agency.objects.create(name="Stillwater", kind="advocacy")
user = User.objects.create(username="asha", name="Asha")
asha = Membership.objects.create(user=user, agency=agency, roles=["advocate"], starts=now - timedelta(days=1))
case = casework.open_case(actor_as(asha, now), victim="Somebody")
sealer = Sealer()
sealer.write(open("chat.txt", "rb").read())
print(evidence.bring_in(actor_as(asha, now), Ref(case), name="chat.txt", sealed=sealer.close()).job)
"""
RUN = """
import sys, uuid
from joindots.config.prepare import setup
setup()
from joindots.jobs import tasks
from joindots.jobs.models import Job
Job.objects.update(lease_until="2020-01-01T00:00:00Z")  # as if the lease had lapsed
Job.objects.update(attempts=0)
print("begun", flush=True)
print(tasks.run(uuid.UUID(sys.argv[1])))
"""
LOOK = """
from joindots.config.prepare import setup
setup()
from joindots.evidence.models import Communication, Page, Reading
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Membership
from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.evidence import queries
from datetime import UTC, datetime
actor = actor_as(Membership.objects.get(), datetime.now(UTC))
case = Ref(Case.objects.get().reference)
shown = sum(day.total for day in queries.days_of(actor, case))
lines = queries.lines_between(actor, case, datetime(2000, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))[1]
print(shown, lines, Communication.objects.count(), Page.objects.count(), Reading.objects.count())
"""


def chat() -> str:
    """A chat of a known length, whose day and month are plain."""
    lines = []
    for number in range(MESSAGES):
        day, minute = 13 + number // 1440, number % 1440
        lines.append(f"{day:02}/03/2025, {minute // 60:02}:{minute % 60:02} - Cal Example: message {number} of many")
    return "\n".join(lines) + "\n"


@pytest.fixture
def run(tmp_path: Path):
    """Runs code in an installation of this test's own."""
    environment = {**os.environ, "JOINDOTS_DATA": str(tmp_path / "data")}
    for name in ("JOINDOTS_DATABASE_URL", "JOINDOTS_KEYS_DATABASE_URL"):
        environment.pop(name, None)
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    (tmp_path / "chat.txt").write_text(chat())

    def start(code: str, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", code, *words], cwd=tmp_path, env=environment, text=True, stdout=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip

    return start


def said(process: subprocess.Popen[str]) -> list[str]:
    out, _ = process.communicate()
    assert process.returncode == 0
    return out.split()


def test_an_import_killed_at_any_moment_is_all_there_or_not_at_all_and_ends_whole(run) -> None:
    (job,) = said(run(PREPARE))
    moments = random.Random(20251113)
    killed = 0
    for _ in range(KILLS):
        worker = run(RUN, job)
        assert worker.stdout is not None
        assert worker.stdout.readline() == "begun\n"
        time.sleep(moments.uniform(0.05, 1.5))
        os.killpg(worker.pid, signal.SIGKILL)
        killed += worker.wait() == -signal.SIGKILL
        worker.stdout.close()
        shown, lines, *_ = map(int, said(run(LOOK)))
        assert (shown, lines) in {(0, 0), (MESSAGES, MESSAGES)}
    assert killed, "no run was long enough to be killed"
    said(run(RUN, job))
    shown, lines, kept, pages, readings = map(int, said(run(LOOK)))
    assert (shown, lines, kept) == (MESSAGES, MESSAGES, MESSAGES)
    assert (pages, readings) == (-(-MESSAGES // 256), 1)
