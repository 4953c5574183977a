"""One installation, measured from inside: `python -m bench.installation COMMAND …` with its own JOINDOTS_DATA.

`import FILE…` makes the installation and brings the files in, one JSON line for each; `search WORDS`; `enter` begins
a session and names the pages; `bring FILE` queues a file for the worker; `wait JOB` ends when the job has; `plain
FILE` is the peer.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from bench.timing import Clock

WEEK = timedelta(days=7)


def begin(*names: str) -> list[dict[str, Any]]:
    """A new installation with one advocate and one case; then each file in turn, from its bytes to its list."""
    from joindots.config.prepare import prepare_store

    prepare_store()
    _people()
    return [_brought_in(Path(name)) for name in names]


def _people() -> None:
    from joindots.access.door import Ref
    from joindots.agencies.models import Agency, Membership, User
    from joindots.casework import actions as casework

    agency = Agency.objects.create(name="Stillwater", kind="advocacy")
    user = User.objects.create(username="asha", name="Asha")
    Membership.objects.create(
        user=user, agency=agency, roles=["advocate"], starts=datetime.now(UTC) - timedelta(days=90)
    )
    for number in range(20):
        Ref(casework.open_case(_actor(), victim=f"Robin Testcase {number}"))


def _actor() -> Any:
    from joindots.agencies.actors import actor_as
    from joindots.agencies.models import Membership

    return actor_as(Membership.objects.get(), datetime.now(UTC))


def _case() -> Any:
    from joindots.access.door import Ref
    from joindots.casework.models import Case

    return Ref(Case.objects.order_by("pk").values_list("reference", flat=True)[0])


def _queued(path: Path) -> UUID:
    """Seal the file as an upload does, and queue its reading."""
    from joindots.evidence import actions as evidence
    from joindots.vault.files import CHUNK, Sealer

    sealer = Sealer()
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            sealer.write(piece)
    job = evidence.bring_in(_actor(), _case(), name=path.name, sealed=sealer.close()).job
    assert job is not None, "this file was brought in before"
    return job


def _brought_in(path: Path) -> dict[str, Any]:
    """From the file to the list by day: seal, read, store, group, list."""
    from joindots.jobs import tasks

    before, clock = _bytes(), Clock()
    ended = tasks.run(_queued(path))
    assert ended == "done", ended
    listed = Clock()
    shown = _list()
    figures = clock.figures(listed=listed.figures()["seconds"], contacts=shown)
    return {**figures, "beside_mb": (_bytes() - before - path.stat().st_size) / 1e6}


def _list() -> int:
    """What the chronology's first page asks: all days, and the lines of the last week."""
    from joindots.evidence import queries

    actor, case = _actor(), _case()
    days = queries.days_of(actor, case)
    last = max(one.day for one in days if one.day)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), UTC)
    lines, _ = queries.lines_between(actor, case, end - WEEK, end)
    assert lines
    return sum(one.total for one in days)


def _bytes() -> int:
    """Bytes on disk: databases with their logs emptied into them, and all kept files."""
    from django.conf import settings
    from django.db import connections

    found = 0
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            if connections[alias].vendor == "sqlite":
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                cursor.execute("SELECT pg_database_size(current_database())")
                found += cursor.fetchone()[0]
    skipped = (settings.STATIC_ROOT, settings.DATA / "bench")
    paths = (path for path in settings.DATA.rglob("*") if not any(path.is_relative_to(one) for one in skipped))
    return found + sum(path.stat().st_size for path in paths if path.is_file())


def search(words: str) -> dict[str, Any]:
    """A word looked for in the open case, five times; the middle one."""
    from joindots.evidence import queries

    times, spent, total = [], Clock(), 0
    for _ in range(5):
        began = time.perf_counter()
        _, total = queries.search(_actor(), _case(), words)
        times.append(time.perf_counter() - began)
    return {"seconds": median(times), "cpu": spent.figures()["cpu"] / 5, "found": total}


def signed_in(username: str) -> Any:
    """A client whose session has given password and second factor."""
    from allauth.account.internal.flows import login
    from allauth.account.internal.userkit import user_id_to_str
    from django.test import Client

    from joindots.agencies.models import User

    user = User.objects.get(username=username)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    session, now = client.session, datetime.now(UTC).timestamp()
    given = [{"method": "password", "at": now}, {"method": "mfa", "type": "totp", "at": now}]
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = given
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session.save()
    return client


def enter() -> dict[str, Any]:
    """A session with both factors given; the paths of the pages that are measured."""
    from django.conf import settings

    session = signed_in("asha").session
    case = f"/cases/{_case().key}/"
    pages = {"case list": "/cases/", "case": case, "files": f"{case}files/", "chronology": f"{case}chronology/"}
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}", "pages": pages}


def bring(name: str) -> dict[str, Any]:
    """Queue a file; the worker that runs takes it."""
    return {"job": str(_queued(Path(name)))}


def wait(job: str) -> None:
    """Until a job has ended; refused unless it ended well."""
    from joindots.jobs.models import Job

    while (state := Job.objects.values_list("state", flat=True).get(pk=job)) in ("queued", "running"):
        time.sleep(0.5)
    assert state == "done", state


def plain_store(name: str) -> dict[str, Any]:
    """The peer: the same file by a loop of expressions into plain rows of one table, unsealed; then a search in it."""
    import sqlite3

    from bench.peers import messages

    path = Path(name)
    place = path.with_name(f"plain-{hashlib.sha256(name.encode()).hexdigest()[:8]}.sqlite3")
    place.unlink(missing_ok=True)
    clock = Clock()
    database = sqlite3.connect(place)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, at TEXT, who TEXT, body TEXT)")
    database.execute("CREATE INDEX message_at ON message (at)")
    rows = ((one["at"].isoformat(), one["who"], one["body"]) for one in messages(path))
    with database:
        database.executemany("INSERT INTO message (at, who, body) VALUES (?, ?, ?)", rows)
    figures, asked = clock.figures(), Clock()
    found = database.execute("SELECT count(*) FROM message WHERE body LIKE '%station%'").fetchone()[0]
    database.close()
    place.unlink()
    return {**figures, "search": asked.figures()["seconds"], "found": found}


COMMANDS: dict[str, Callable[..., Any]] = {
    "import": begin, "search": search, "enter": enter, "bring": bring, "wait": wait, "plain": plain_store,
}  # fmt: skip


def main() -> None:
    """One command; its figures as one line of JSON."""
    command, words = COMMANDS[sys.argv[1]], sys.argv[2:]
    if command is not plain_store:
        from joindots.config.prepare import setup

        setup()
    found = command(*words)
    print(json.dumps({"files": found} if isinstance(found, list) else found))


if __name__ == "__main__":
    main()
