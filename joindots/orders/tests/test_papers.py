"""The papers: the same bytes for the same draft, nothing protected in any of them, signed by a chain, fetched, sent."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.chronology import actions as chronology
from joindots.circles.models import Standing
from joindots.documents.leaks.protected import Protected, Word
from joindots.documents.order_papers import papers_docx
from joindots.documents.redaction import texts
from joindots.documents.tests.pdf_words import words_of
from joindots.evidence.rules.links import End
from joindots.jobs import tasks
from joindots.kernel.problems import NotAllowed, RuleBroken
from joindots.kernel.when import london_day
from joindots.orders.actions import packs as drafts
from joindots.orders.actions import papers as actions
from joindots.orders.models import OrderPack, PackPaper
from joindots.orders.queries import papers as queries
from joindots.orders.rules import leaking, papers, signing
from joindots.orders.rules.papers import Printed
from joindots.orders.rules.signing import Signed
from joindots.orders.tests.packing import begun, fill, term
from joindots.orders.tests.planted import START, leaked, planted_draft
from joindots.orders.tests.test_rules_packs import WHOLE, act
from joindots.orders.work import pressing
from joindots.people import actions as people
from tests.stage import NOW, Stage


def test_the_same_draft_gives_the_same_bytes_and_every_page_bears_its_stamp(tmp_path: Path) -> None:
    draft = replace(WHOLE, acts=tuple(act(n) for n in range(1, 12)), sheets={**WHOLE.sheets, "risk": {
        "risk": "High", "impact": "At home 🏠"}})  # fmt: skip
    made = pressing.pressed(Printed(draft, 3, START), Protected(), tmp_path)
    assert made == pressing.pressed(papers.read(papers.sealed(Printed(draft, 3, START))), Protected(), tmp_path)
    for what in ("bundle", "service"):
        with pikepdf.open(BytesIO(made[what])) as pdf:
            assert str(pdf.Root.Lang) == "en-GB"
            assert pdf.Root.MarkInfo.Marked
            pages = len(pdf.pages)
        assert words_of(BytesIO(made[what])).count("DRAFT 3. Not signed, not to be sent.") == pages > 1
    served = words_of(BytesIO(made["service"]))
    assert "PC Okoro" not in served, "nobody who will prove it"
    assert "0" * 64 not in served.replace("\n", "")
    assert "High" not in served
    whole = words_of(BytesIO(made["bundle"]))
    assert "Exhibit AB/1 (picture, 5 bytes) is listed, not embedded." in whole
    assert "because of act 1." in whole.lower()
    assert "To: Harrowby court" in whole
    with zipfile.ZipFile(BytesIO(made["word"])) as word:
        assert b"DRAFT 3. Not signed, not to be sent." in word.read("word/header1.xml"), "on each page"
        assert b'w:instr="PAGE"' in word.read("word/footer1.xml")


def test_a_secret_in_any_field_is_in_no_byte_of_any_paper_and_in_a_term_stops_the_draft(tmp_path: Path) -> None:
    draft, world = planted_draft(1, acts=2)
    assert leaked(draft, world, tmp_path) == ([], [])
    draft, world = planted_draft(1, in_term=True)
    found = [one for one in leaking.leaks(draft, world.secrets.protected()) if one.stops]
    assert {one.part for one in found} >= {"terms"}
    assert not any(secret in one.says for one in found for secret in world.secrets.each())


def test_a_kept_draft_reads_back_as_it_was_and_what_changed_is_said() -> None:
    printed = Printed(WHOLE, 1, START)
    kept = papers.read(papers.sealed(printed))
    assert papers.hash_of(kept.draft) == papers.hash_of(WHOLE)
    assert papers.differences(kept.draft, WHOLE) == ()
    new = replace(WHOLE, acts=(act(1, says="He rang"), act(2)), terms=(), sheets={**WHOLE.sheets, "interim": {}})
    assert papers.differences(kept.draft, new) == (
        "Interim order was changed.", "Act 2 is new.", "Act 1 was changed.", "What was term 1 is no longer asked for.",
    )  # fmt: skip
    ticked = replace(WHOLE, done=frozenset({"risk"}), log=9, acts=(act(1, since="corrected"),))
    assert papers.hash_of(ticked) == papers.hash_of(WHOLE), "what is no content of it changes no hash"


PEOPLE = st.integers(0, 3).map(lambda n: UUID(int=n))
TRIES = st.lists(st.tuples(st.sampled_from([*signing.STEPS]), PEOPLE, st.sampled_from("ab"), st.sampled_from("ab")),
                 max_size=25)  # fmt: skip


@given(TRIES)
def test_whatever_is_tried_a_whole_chain_is_three_steps_over_one_content_by_two_people_at_least(
    tries: list[tuple[str, UUID, str, str]],
) -> None:
    signed: list[Signed] = []
    for step, user, content, seen in tries:
        if signing.can_sign(step, user, "N", signed, content=content, seen=seen, stops=0, fresh=True):
            signed.append(Signed(step, user, "N", NOW, content))
    for content in "ab":
        here = [one for one in signed if one.content == content]
        assert [one.step for one in here] == list(signing.STEPS)[: len(here)]
        if signing.whole(signed, content):
            assert here[0].user not in {one.user for one in here[1:]}
    assert not signing.can_sign("drafter", uuid4(), "N", [], content="a", seen="a", stops=1, fresh=True)
    assert not signing.can_sign("drafter", uuid4(), "N", [], content="a", seen="a", stops=0, fresh=False)


def made(stage: Stage, pack: UUID, *, final: bool = False) -> PackPaper:
    """The papers of the draft as it stands, made by a worker."""
    job = actions.ask_for_papers(stage.actor("priya"), Ref(pack), final=final)
    stage.close()
    assert tasks.run(job) == "done"
    return PackPaper.objects.filter(pack=pack, final=final).order_by("-draft")[0]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers set as Word files alone, which takes no process: what is pressed is tested above."""

    def as_word(printed: Printed, protected: Protected, _: Path, __: bytes) -> dict[str, bytes]:
        def sift(text: str) -> str:
            return texts.text(text, protected).text

        whole, served = papers.bundle(printed, sift), papers.service(printed, sift)
        return {"bundle": papers_docx(whole), "word": papers_docx(whole), "service": papers_docx(served)}

    monkeypatch.setattr(pressing, "pressed", as_word)


@pytest.mark.usefixtures("quick")
def test_papers_are_signed_made_fetched_and_sent_and_a_change_voids_what_was_signed(stage: Stage) -> None:
    circle, pack = begun(stage)
    fill(stage.actor("priya"), pack)
    Standing.objects.create(circle_id=circle, membership=stage.memberships["stranger"], side="victim", basis="team",
                            purpose="checks", starts=NOW - timedelta(days=1),
                            granted_by=stage.memberships["priya"])  # fmt: skip
    paper = made(stage, pack)
    assert (paper.draft, paper.state) == (1, "ready")
    hashes = [one.sha256 for one in queries.paper(stage.actor("priya"), Ref(paper.pk)).files]
    assert made(stage, pack).pk == paper.pk
    again = queries.paper(stage.actor("priya"), Ref(paper.pk))
    assert [one.sha256 for one in again.files] == hashes
    content = queries.desk(stage.actor("priya"), Ref(pack)).content
    for who, step in (("priya", "drafter"), ("stranger", "checker"), ("stranger", "delegate")):
        with pytest.raises(RuleBroken, match=r"not the next|Somebody else"):
            actions.sign(stage.actor("priya", fresh=True), Ref(pack), step="checker", name="DS Nand", content=content)
        actions.sign(stage.actor(who, fresh=True), Ref(pack), step=step, name=f"{who}, rank", content=content)
    with pytest.raises(RuleBroken, match="Only final papers"):
        actions.note_sent(stage.actor("priya"), Ref(paper.pk), on=london_day(NOW), to="Court", how="By hand")
    final = made(stage, pack, final=True)
    with pytest.raises(RuleBroken, match="second factor"):
        actions.fetch_papers(stage.actor("priya"), Ref(final.pk), what="service")
    handed = actions.fetch_papers(stage.actor("priya", fresh=True), Ref(final.pk), what="service")
    assert handed.name == "copy-to-serve-final.pdf"
    assert handed.open().read(2) == b"PK"
    actions.note_sent(stage.actor("priya"), Ref(final.pk), on=london_day(NOW), to="Harrowby court", how="By hand")
    drafts.keep_part(
        stage.actor("priya"), Ref(pack), part="interim", sheet={"asked": "no", "why": "x"}, done=True, seen=1
    )
    desk = queries.desk(stage.actor("priya"), Ref(pack))
    assert (desk.number, desk.changed, desk.next) == (2, ("Interim order was changed.",), "drafter")
    assert not any(one.stands for one in desk.signed)
    assert [one.to for one in desk.sent] == ["Harrowby court"]
    with pytest.raises(RuleBroken, match="once all three have signed"):
        actions.ask_for_papers(stage.actor("priya"), Ref(pack), final=True)
    with pytest.raises(NotAllowed):
        actions.fetch_papers(stage.actor("asha", fresh=True), Ref(final.pk), what="service")
    stage.close()


@pytest.mark.usefixtures("quick")
def test_a_new_address_stops_the_draft_and_shuts_the_papers_that_were_made_before(stage: Stage) -> None:
    circle, pack = begun(stage, "He waited at 9 Larch Close", "He rang")
    fill(stage.actor("priya"), pack)
    paper = made(stage, pack)
    people.protect(stage.actor("priya", NOW + timedelta(minutes=1)), Ref(circle), kind="address",
                   word="9 Larch Close, Otley, ZZ99 4LC")  # fmt: skip
    with pytest.raises(RuleBroken, match="Make them again"):
        actions.fetch_papers(stage.actor("priya"), Ref(paper.pk), what="word")
    acts = list(OrderPack.objects.get(pk=pack).acts.values_list("pk", flat=True))
    bad = term(stage.actor("priya"), pack, "Not to enter Larch Close or 9 Larch Close.", acts, "P04")
    desk = queries.desk(stage.actor("priya"), Ref(pack))
    assert [one.says for one in desk.gaps if one.leak][-1].startswith("Term 2 names an address that must not leave.")
    with pytest.raises(RuleBroken, match="no copy is made"):
        actions.ask_for_papers(stage.actor("priya"), Ref(pack))
    drafts.drop_term(stage.actor("priya"), Ref(pack), term=bad, seen=1)
    later = datetime(2025, 11, 17, 10, tzinfo=UTC)
    stage.at = later
    sifted = made(stage, pack)
    handed = actions.fetch_papers(stage.actor("priya"), Ref(sifted.pk), what="word").open().read()
    with zipfile.ZipFile(BytesIO(handed)) as inside:
        assert b"Larch" not in inside.read("word/document.xml")
    stage.close()


def test_a_secret_parted_by_a_lines_end_is_kept_back_among_the_exhibits_too() -> None:
    protected = Protected((Word("9 Larch Close, Otley, ZZ99 4LC", "address"),))
    draft = replace(
        WHOLE, sheets={**WHOLE.sheets, "exhibits": {"others": "TH/1, photo of 9\nLarch Close\nTH/2, a bag"}}
    )
    whole = papers.bundle(Printed(draft, 1, START), lambda text: texts.text(text, protected).text)
    told = [said for one in whole.sections if one.code == "exhibits" for _, said in one.lines]
    assert not any("Larch" in one for one in told)
    assert "TH/2, a bag" in told


@pytest.mark.usefixtures("quick")
def test_an_act_whose_entry_is_kept_out_of_disclosure_stops_the_draft_and_shuts_its_papers(stage: Stage) -> None:
    circle, pack = begun(stage, "He rang my sister", "He waved")
    fill(stage.actor("priya"), pack)
    paper = made(stage, pack)
    case = Ref(Case.objects.get(circle=circle).reference)
    one, two = queries.desk(stage.actor("priya"), Ref(pack)).view.draft.acts
    later = stage.actor("priya", NOW + timedelta(minutes=5))
    chronology.keep_out(later, case, end=End(entry=one.entry), why="hers alone", part="my sister")
    chronology.keep_out(later, case, end=End(entry=two.entry), why="hers alone")
    found = [gap for gap in queries.desk(stage.actor("priya"), Ref(pack)).gaps if gap.leak]
    assert [(gap.act, gap.stops, "sister" in gap.says) for gap in found] == [
        (one.id, True, False),
        (two.id, True, False),
    ]
    with pytest.raises(RuleBroken, match="no copy is made"):
        actions.ask_for_papers(stage.actor("priya"), Ref(pack))
    with pytest.raises(RuleBroken, match="kept out of disclosure"):
        actions.fetch_papers(stage.actor("priya"), Ref(paper.pk), what="word")
    stage.close()
