"""Bundles: copies of exhibits beside an application's papers, nothing protected in any byte, the same bytes again."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership
from joindots.casework.models import Case
from joindots.chronology import actions as chronology
from joindots.chronology.work import copying
from joindots.evidence import actions as evidence
from joindots.evidence.rules.links import End
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.kernel.problems import NotAllowed, RuleBroken
from joindots.orders.actions import enclosing as actions
from joindots.orders.actions import packs as drafts
from joindots.orders.actions import papers as papering
from joindots.orders.models import PackTerm
from joindots.orders.queries import papers as queries
from joindots.orders.rules import drafting, enclosing
from joindots.orders.rules.packs import ExhibitOf
from joindots.orders.tests.packing import begun, fill
from joindots.orders.tests.test_papers import made, quick
from joindots.orders.tests.test_rules_packs import WHOLE, act
from joindots.people import actions as people
from joindots.vault.files import Sealer
from tests.stage import Stage

__all__ = ["quick"]
ADDRESS = "9 Larch Close, Otley, ZZ99 4LC"


def photograph() -> bytes:
    """A picture that tells an address where nobody sees it."""
    exif = Image.Exif()
    exif[0x010E] = f"taken at {ADDRESS}"
    held = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(held, "JPEG", exif=exif, comment=ADDRESS.encode())
    return held.getvalue()


def brought(stage: Stage, case: Ref, name: str, data: bytes) -> int:
    """A file brought in, read, and given a reference."""
    sealer = Sealer()
    sealer.write(data)
    source = evidence.bring_in(stage.actor("priya"), case, name=name, sealed=sealer.close()).source
    for job in Job.objects.filter(state="queued"):
        tasks.run(job.pk)
    chronology.refer(stage.actor("priya"), case, name="Tom Hale", initials="TH", source=source)
    return source


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies made in this process, and no reader of pictures: walls and reader are tested where they stand."""

    def here(_: str, __: Any, operation: Callable[..., Any], *arguments: Any) -> Any:
        return operation(*arguments)

    monkeypatch.setattr(copying, "run_named", here)
    monkeypatch.setattr("joindots.orders.work.enclosing.engine", lambda: "")


def bundle(stage: Stage, paper: UUID, what: str) -> dict[str, bytes]:
    """The files of a bundle as it is fetched."""
    handed = papering.fetch_papers(stage.actor("priya", fresh=True), Ref(paper), what=what)
    with zipfile.ZipFile(io.BytesIO(handed.open().read())) as archive:
        assert archive.testzip() is None
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


@pytest.mark.usefixtures("quick", "near")
def test_bundles_hold_redacted_copies_by_reference_with_hashes_and_are_shut_by_a_later_mark(stage: Stage) -> None:
    stage.at = datetime.now(UTC)
    circle, pack = begun(stage)
    case = Ref(Case.objects.get(circle=circle).reference)
    fill(stage.actor("priya"), pack)
    people.protect(stage.actor("priya"), Ref(circle), kind="address", word=ADDRESS)
    photo = brought(stage, case, "IMG_1.jpg", photograph())
    note = brought(stage, case, "note.txt", f"He wrote.\nShe moved to {ADDRESS}.".encode())
    for source in (photo, note):
        chronology.look_over(stage.actor("priya"), case, source=source)
    one, two = [each.id for each in queries.desk(stage.actor("priya"), Ref(pack)).view.draft.acts]
    for each, reference in ((one, "TH/1"), (two, "TH/2")):
        drafts.show_act(stage.actor("priya"), Ref(pack), act=each, reference=reference, seen=2)
    term = PackTerm.objects.get()
    drafts.map_term(stage.actor("priya"), Ref(pack), term=term.pk, reference="TH/1", seen=term.version)
    paper = made(stage, pack)

    def enclose() -> None:
        job = actions.ask_to_enclose(stage.actor("priya"), Ref(paper.pk))
        stage.close()
        assert tasks.run(job) == "done"

    enclose()
    view = queries.paper(stage.actor("priya"), Ref(paper.pk))
    assert [reference for reference, says in view.exhibits if says.startswith("enclosed")] == ["TH/1", "TH/2"]
    with pytest.raises(RuleBroken, match="second factor"):
        papering.fetch_papers(stage.actor("priya"), Ref(paper.pk), what="court")
    served = bundle(stage, paper.pk, "serve")
    assert set(served) == {"copy-to-serve.pdf", "exhibits.txt", "exhibits/TH-1.jpg", "exhibits/TH-2.txt",
                           "manifest-sha256.txt"}  # fmt: skip
    assert served["exhibits/TH-2.txt"].startswith(b"He wrote.\nShe moved to [")
    court = bundle(stage, paper.pk, "court")
    assert {"application.pdf", "application.docx"} < set(court) and "copy-to-serve.pdf" not in court
    for files in (served, court):
        assert not any(b"Larch" in data or b"ZZ99" in data for data in files.values())
        for line in files["manifest-sha256.txt"].decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(files[name]).hexdigest() == digest
    original = hashlib.sha256(photograph()).hexdigest()
    assert original in court["exhibits.txt"].decode()
    assert original not in served["exhibits.txt"].decode()
    before = [file.sha256 for file in view.files]
    enclose()
    assert [file.sha256 for file in queries.paper(stage.actor("priya"), Ref(paper.pk)).files] == before
    later = stage.actor("priya", datetime.now(UTC))
    chronology.keep_out(later, case, end=End(source=photo, seq=None), why="hers alone")
    with pytest.raises(RuleBroken, match="kept out of disclosure"):
        papering.fetch_papers(stage.actor("priya", fresh=True), Ref(paper.pk), what="serve")
    stage.at = datetime.now(UTC)
    assert made(stage, pack).pk == paper.pk
    enclose()
    told = bundle(stage, paper.pk, "serve")
    assert "exhibits/TH-1.jpg" not in told
    assert "TH/1  (picture; act 1; map of term 1)\n  Not enclosed: it is kept out" in told["exhibits.txt"].decode()
    Membership.objects.filter(pk=stage.memberships["priya"].pk).update(roles=[Role.SPO_ADMINISTRATOR.value])
    stage.memberships["priya"].refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.ask_to_enclose(stage.actor("priya"), Ref(paper.pk))
    stage.close()


def test_each_exhibit_is_listed_once_in_order_of_its_reference_with_what_it_shows() -> None:
    shows = [ExhibitOf(f"AB/{n}", "picture", 5, "0" * 64) for n in (10, 2)]
    acts = tuple(act(n, exhibit=shows[n % 2]) for n in range(1, 4))
    found = enclosing.shown(WHOLE.__class__("NS-1", {}, acts=acts))
    assert [(one.one.reference, enclosing.shows(one)) for one in found] == [("AB/2", "acts 1, 3"), ("AB/10", "act 2")]
    assert enclosing.name_of("A.B / 7 ../x", "jpg") == "exhibits/A-B-7-x.jpg"
    assert not any("map" in one for one in drafting.drafting_checks(WHOLE.terms[0]))
