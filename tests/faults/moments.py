"""`kill -9` at named moments of long deeds, in an installation of its own: run by `test_killed_at_moments`.

Each deed is begun in a child that is forked, and killed where it hurts most: with everything written and nothing
committed, or with a paper readable in scratch. What the parent then finds is told, a line for each moment.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connections

NOW = datetime.now(UTC)
WORD = f"Canary{os.urandom(6).hex()}".encode()
BIG = os.urandom(300_000)
PIECES = (BIG[:200_000], BIG[200_000:])


def killed(deed: Callable[[], object], owner: Any, name: str, *, after: bool = False) -> bool:
    """Begin the deed in a child that dies where it calls `name` of a module or class; whether it came so far."""
    for one in connections.all():
        one.close()
    child = os.fork()
    if child == 0:
        real = getattr(owner, name)

        def dying(*args: Any, **kwargs: Any) -> None:
            if after:
                real(*args, **kwargs)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(owner, name, dying)
        try:
            deed()
        finally:
            os._exit(3)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def readable() -> list[str]:
    """Files of the installation, and of scratch once it is swept, in which the word stands."""
    from django.conf import settings

    from joindots.vault import scratch

    scratch.sweep()
    held = [path for path in Path(settings.DATA).rglob("*") if path.is_file()]
    return [str(path) for path in held if WORD in path.read_bytes()]


def told(moment: str, *, died: bool, before: bool, then: bool) -> None:
    """One line: whether it died there, nothing half was left, nothing readable was, and it went on to its end."""
    print(moment, died, before, not readable(), then, flush=True)


def main() -> None:
    """Prepare, then each moment in turn."""
    from django.conf import settings

    from joindots.config.prepare import prepare_store

    prepare_store()
    settings.SCRATCH = settings.DATA / "scratch"  # the machine's own is shared: papers of others come and go there
    from joindots.access import door
    from joindots.access.door import Ref
    from joindots.agencies.actors import actor_as
    from joindots.agencies.models import Agency, Membership, User
    from joindots.audit import trail
    from joindots.audit.models import Entry
    from joindots.casework import actions as casework
    from joindots.chronology import actions as chronology
    from joindots.chronology import queries as chronologies
    from joindots.chronology.models import Disclosure, Pack
    from joindots.chronology.rules.release import State
    from joindots.chronology.work import packs
    from joindots.circles import actions as circles
    from joindots.documents.statements import statement_pdf
    from joindots.documents.typeset.printing import Printing
    from joindots.evidence import actions, pieces, queries
    from joindots.evidence.actions import sending
    from joindots.evidence.models import Sending, SourceFile, Thumbnail, Transcript
    from joindots.evidence.readers.pictures.small import Small
    from joindots.evidence.rules.screenshots import Sheet
    from joindots.jobs import tasks
    from joindots.jobs.models import Job
    from joindots.vault import scratch
    from joindots.vault.files import SealedFile, Sealer

    agency = Agency.objects.create(name="Stillwater", kind="advocacy")
    user = User.objects.create(username="asha", name="Asha")
    asha = Membership.objects.create(
        user=user, agency=agency, roles=["advocate", "team_lead"], starts=NOW - timedelta(days=1)
    )
    user = User.objects.create(username="ruth", name="Ruth")
    ruth = Membership.objects.create(user=user, agency=agency, roles=["team_lead"], starts=NOW - timedelta(days=1))

    def second() -> Any:
        return actor_as(ruth, datetime.now(UTC), fresh=True)

    def me() -> Any:
        return actor_as(asha, datetime.now(UTC), fresh=True)

    def sealed(data: bytes) -> SealedFile:
        sealer = Sealer()
        sealer.write(data)
        return sealer.close()

    def run(job: Any) -> str:
        Job.objects.update(lease_until=NOW - timedelta(days=1), attempts=0)  # as if the lease had lapsed
        return str(tasks.run(job))

    case = Ref(casework.open_case(me(), victim="Somebody"))
    chat = b"".join(b"13/03/2025, 10:%02d - Cal Example: %s %d\n" % (at, WORD, at) for at in range(30))
    brought = actions.bring_in(me(), case, name=f"{WORD.decode()}.txt", sealed=sealed(chat))
    died = killed(lambda: run(brought.job), actions, "hold_reading")
    none = sum(day.total for day in queries.days_of(me(), case)) == 0
    done = run(brought.job) == "done" and sum(day.total for day in queries.days_of(me(), case)) == 30
    told("reading", died=died, before=none, then=done)

    way = Ref(actions.begin_sending(me(), case, name="big.bin", size=len(BIG), mark="1", most=1 << 20).id)
    died = killed(lambda: sending.keep_piece(me(), way, begins=0, sealed=sealed(PIECES[0])), trail, "write")
    none = Sending.objects.get().come == 0
    for data in PIECES:
        sending.keep_piece(me(), way, begins=Sending.objects.get().come, sealed=sealed(data))
    told("piece", died=died, before=none, then=Sending.objects.get().come == len(BIG))

    def join() -> Any:
        row = Sending.objects.get()
        return sending.end_sending(me(), way, sealed=pieces.joined(sending._pieces(me(), row)))

    died = killed(join, Sealer, "close")
    died &= killed(join, trail, "write")
    none = SourceFile.objects.count() == 1 and Sending.objects.get().come == len(BIG)
    arrived = join()
    digest = hashlib.sha256(queries.original(me(), Ref(arrived.source)).open().read()).digest()
    told("joining", died=died, before=none, then=digest == hashlib.sha256(BIG).digest())

    source, small = Ref(brought.source), Small(WORD, 9, 9, 90, 90)
    deeds: tuple[tuple[str, Any, Callable[[], object]], ...] = (
        ("thumbnail", Thumbnail, lambda: actions.keep_thumbnail(me(), source, small=small)),
        ("words", Transcript, lambda: actions.keep_suggestion(me(), source, sheet=Sheet(90, 60))),
    )
    for moment, model, deed in deeds:
        died, none = killed(deed, trail, "write"), not model.objects.exists()
        deed()
        told(moment, died=died, before=none, then=model.objects.count() == 1)

    job = chronology.ask_for_pack(me(), case, about=("Cal Example",))
    died = killed(lambda: run(job), packs, "seal_file")
    keep: dict[str, Any] = {"as_at": NOW, "entries": 1, "records": 1, "open_questions": 0}
    pack = Ref(Pack.objects.get().pk)
    died &= killed(lambda: chronology.keep_pack(me(), pack, sealed=sealed(WORD), **keep), trail, "write")
    none = not Pack.objects.exclude(address="").exists()
    told("pack", died=died, before=none, then=run(job) == "done" and Pack.objects.exclude(address="").count() == 1)

    circle = Ref(Pack.objects.get().circle_id)
    circles.bring_in(me(), circle, membership=ruth.pk, side="victim", basis="team", purpose="x")
    chronology.note_told(me(), case, how="phone", told_at=NOW - timedelta(hours=1))
    chronology.ask_for_disclosure(me(), case, about=("Cal Example",), recipient="A court")
    row, made = (
        Ref(Disclosure.objects.get().pk),
        chronology.Contents(datetime.now(UTC), NOW, 1, 1, 0, 0, {}, 1, with_ocr=False),
    )
    act: list[Any] = []
    ways: tuple[tuple[Callable[[], object], State], ...] = (
        (lambda: chronology.keep_disclosure(me(), row, sealed=sealed(WORD), made=made), State.READY),
        (lambda: act.append(chronology.ask_release(me(), row)), State.ASKED),
        (lambda: chronology.decide_release(second(), act=act[0], agreed=True), State.RELEASED),
    )
    died, none, then = True, True, True
    for deed, state in ways:
        was = Disclosure.objects.values().get()
        died &= killed(deed, trail, "write")
        none &= Disclosure.objects.values().get() == was
        deed()
        then &= Disclosure.objects.get().state == state
    with chronology.fetch(me(), row).open() as stream:
        told("release", died=died, before=none, then=then and stream.read() == WORD)

    def statement() -> bytes:
        actor = me()
        said = chronologies.statement_of(actor, case)
        chronologies.note_statement(actor, case, form="pdf")
        made = statement_pdf(said, NOW, scratch.folder())
        door.close(actor)  # as a request ends: with the note written, before a byte of the answer leaves
        return made

    taken = Entry.objects.filter(code="chronology.statement_taken")
    died, none = killed(statement, Printing, "_run"), not taken.exists()
    told("statement", died=died, before=none, then=statement().startswith(b"%PDF") and taken.count() == 1)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
