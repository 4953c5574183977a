"""After a full run nothing at rest holds a readable name, number, address or word: searched byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FULL_RUN = """
import sys
from joindots.config.prepare import prepare_store
prepare_store()
from datetime import UTC, datetime, timedelta
from joindots.access.door import Ref, close
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Agency, Membership, User
from joindots.casework import actions as casework, queries as cases
from joindots.chronology import actions as chronology
from joindots.evidence import actions as evidence, queries
from joindots.evidence.readers.answers import Answer
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.people import actions as people
from joindots.vault.files import Sealer
now = datetime.now(UTC)
agency = Agency.objects.create(name="Stillwater", kind="advocacy")
user = User.objects.create(username="asha", name="Asha")
asha = Membership.objects.create(user=user, agency=agency, roles=["advocate"], starts=now - timedelta(days=1))
me = lambda: actor_as(asha, now)
case = Ref(casework.open_case(me(), victim="Maya Zanzibarcanary", summary="Zanzibarcanary waits", own_number="Zanzibarcanary-1"))
head = cases.case(me(), case)
people.add_person(me(), Ref(head.circle), name="Cal Zanzibarcanary", stands_as="suspect", identifiers=(("tel", "tel:+447700900114"),))
people.set_safe_contact(me(), Ref(head.people[0].id), number="07700 900122", times="12:30", address="9 Zanzibarcanary Close", say="Zanzibarcanary")
chat = "".join(f"{13 + n // 1440}/03/2025, {n // 60 % 24:02}:{n % 60:02} - Cal Zanzibarcanary: Zanzibarcanary {n} 07700 900114\\n" for n in range(3000))
sealer = Sealer(); sealer.write(chat.encode())
got = evidence.bring_in(me(), case, name="Chat with Zanzibarcanary.txt", sealed=sealer.close())
print(tasks.run(got.job))
print(tasks.run(evidence.answer(me(), Ref(got.source), answers=(Answer("owner", "Cal Zanzibarcanary"),))))
sealer = Sealer(); sealer.write(b"PK\\x03\\x04 Zanzibarcanary cut off")
print(tasks.run(evidence.bring_in(me(), case, name="Zanzibarcanary.zip", sealed=sealer.close()).job))
actor = me(); print(queries.search(actor, case, "Zanzibarcanary 17")[1]); close(actor)
print(tasks.run(chronology.ask_for_pack(me(), case, about=("Cal Zanzibarcanary",))))
print(set(Job.objects.values_list("state", flat=True)))
import os; os._exit(0)  # as if killed: write-ahead logs stay as they are
"""
WORDS = (b"Zanzibarcanary", b"zanzibarcanary", b"07700 900114", b"+447700900114", b"07700 900122")


def test_a_full_run_leaves_no_readable_word_in_any_file_or_log(tmp_path: Path) -> None:
    data, temporary = tmp_path / "data", tmp_path / "tmp"
    temporary.mkdir()
    environment = {**os.environ, "JOINDOTS_DATA": str(data), "TMPDIR": str(temporary)}
    for name in ("JOINDOTS_DATABASE_URL", "JOINDOTS_KEYS_DATABASE_URL"):
        environment.pop(name, None)
    before = _scratch()
    done = subprocess.run(
        [sys.executable, "-u", "-c", FULL_RUN], env=environment, cwd=tmp_path, capture_output=True, check=False
    )
    said = done.stdout.decode().split("\n")
    assert said[:5] == ["done", "done", "archive_broken", "111", "done"], done.stderr.decode()
    places = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") for path in places), "the write-ahead logs are among what is searched"
    for word in WORDS:
        assert word not in done.stdout + done.stderr
        for path in places:
            assert word not in path.read_bytes(), path.relative_to(tmp_path)
    left = [path for folder in _scratch() - before for path in folder.rglob("*") if path.is_file()]
    assert left == []


def _scratch() -> set[Path]:
    """The folders in which papers are made; other installations of this machine may have theirs."""
    shared = Path(f"/dev/shm/joindots-{os.getuid()}")
    return set(shared.iterdir()) if shared.exists() else set()
