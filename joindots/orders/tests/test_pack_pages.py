"""The pages of an application, through a browser's requests: from the order to papers that a second person signed."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership
from joindots.casework.models import Case
from joindots.circles.models import Standing
from joindots.documents.order_papers import papers_docx
from joindots.evidence import actions as evidence
from joindots.evidence import queries as log
from joindots.evidence.rules.entries import Telling
from joindots.kernel.when import When
from joindots.orders.queries import packs
from joindots.orders.rules import papers
from joindots.orders.rules.papers import Printed
from joindots.orders.tests.packing import begun, fill, order_of, worked
from joindots.orders.work import pressing
from joindots.people import actions as people
from joindots.risk import actions as risk
from joindots.risk.tests.test_actions import judging
from tests.browsing import SignIn
from tests.stage import NOW, Stage


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers set as Word files alone, which takes no process."""

    def as_word(printed: Printed, *_: object) -> dict[str, bytes]:
        return dict.fromkeys(("bundle", "service", "word"), papers_docx(papers.bundle(printed, str)))

    monkeypatch.setattr(pressing, "pressed", as_word)


def test_a_pack_is_drafted_page_by_page_and_says_what_it_lacks(stage: Stage, sign_in: SignIn) -> None:
    _, pack = begun(stage, "He stood at the gate", "<b>He</b> rang")
    client = sign_in("priya")
    order = order_of(pack)
    listed = client.post(reverse("web:order_pack_begin", args=[order]), follow=True).content.decode()
    assert "0 of 12 parts completed" in listed
    assert listed.count("Not begun") == 9
    assert "Not sent yet" in listed
    at = {
        name: reverse(f"web:order_pack_{name}", args=[pack]) for name in ("acts", "choose", "new_term", "check", "sign")
    }
    shown = client.get(at["choose"]).content.decode()
    assert "Suggested: the first; the first of its kind: came near." in shown
    assert "checked" not in shown, "nothing is ticked"
    assert client.post(at["choose"], {}).status_code == 422
    entries = re.findall(r'name="entry" value="([^"]+)"', shown)
    client.post(at["choose"], {"entry": entries})
    schedule = client.get(at["acts"]).content.decode()
    assert "&lt;b&gt;He&lt;/b&gt; rang" in schedule
    acts = re.findall(r'name="act" value="([^"]+)"', schedule)
    client.post(at["acts"], {"act": acts, "ground": ["A", "B", "C"], "prover": "PC Okoro", "do": "tie"})
    one = reverse("web:order_pack_act", args=[pack, acts[0]])
    version = re.findall(r'name="version" value="(\d+)"', client.get(one).content.decode())[0]
    said = {"version": version, "says": "word " * 26, "ground": "A", "do": "word"}
    assert "25 words or fewer" in client.post(one, said).content.decode()
    assert client.post(one, {**said, "says": "x", "version": "0"}).status_code == 409
    new = {"version": "0", "library": "P04", "text": "Not to go near the house.", "do": "keep"}
    assert "Not to enter a mapped" in client.get(f"{at['new_term']}?kind=P04").content.decode()
    terms = client.post(at["new_term"], new, follow=True).content.decode()
    assert "Tied to no act: it cannot be asked for" in terms
    assert "Term 1 has no map as its exhibit." in terms
    checked = client.get(at["check"]).content.decode()
    assert "Term 1 is tied to no act, so it cannot be asked for." in checked
    assert "Sign draft" not in client.get(at["sign"]).content.decode()


def test_many_are_chosen_and_tied_by_one_press_that_names_them_and_nothing_is_said_before_it(
    stage: Stage, sign_in: SignIn
) -> None:
    _, pack = begun(stage, "He stood at the gate", "He followed the bus", "He stood there again")
    client = sign_in("priya")
    at = {name: reverse(f"web:order_pack_{name}", args=[pack]) for name in ("choose", "acts", "new_term", "terms")}

    def listed(page: str) -> str:
        return re.findall(r'name="all" value="([^"]+)"', page)[0]

    shown = client.get(at["choose"], {"only": "all"}).content.decode()
    assert "Rely on all 3 of this list" in shown
    two = listed(shown).split()[:2]
    client.post(f"{at['choose']}?only=all", {"do": "all", "all": " ".join(two)})
    schedule = client.get(at["acts"]).content.decode()
    assert schedule.count('name="act"') == 2, "what came into the list after it was shown is not relied on"
    acts = listed(schedule)
    client.post(at["acts"], {"do": "tie_all", "all": acts, "ground": "A", "prover": "PC Okoro"})
    view = packs.pack(stage.actor("priya"), Ref(pack))
    assert {one.grounds + one.prover for one in view.draft.acts} == {"APC Okoro"}
    names = {"version": "0", "names": "Maya Ellwood", "do": "next"}
    following = client.post(reverse("web:order_pack_part", args=[pack, "protected"]), names)
    assert following["Location"].endswith("/part/risk/")
    fresh = client.get(at["new_term"], {"kind": "P01"}).content.decode()
    assert "Not to contact Maya Ellwood by any means" in fresh
    assert "checked" not in fresh, "nothing is tied or answered"
    typed = {"version": "0", "library": "P01", "text": "My own words", "policed": "By report", "work": "settled"}
    ticked = client.post(at["new_term"], {**typed, "tick": "near"}).content.decode()
    assert len(re.findall(r'name="act" value="[^"]+" checked', ticked)) == 2
    assert "My own words" in ticked, "what was typed is not lost"
    assert "No term is asked for yet" in client.get(at["terms"]).content.decode(), "nothing is kept by ticking"
    client.post(at["new_term"], {**typed, "act": acts.split(), "do": "keep_rest", "settled": "By the employer"})
    (term,) = packs.pack(stage.actor("priya"), Ref(pack)).draft.terms
    assert dict(term.touches) == {"work": "settled", "worship": "no", "children": "no", "earlier": "no"}
    assert "By report" in client.get(at["new_term"], {"kind": "P02"}).content.decode()
    client.post(at["new_term"], {**typed, "do": "keep"})
    assert packs.pack(stage.actor("priya"), Ref(pack)).draft.terms[1].touches["worship"] == "", "left open, it stays so"
    stage.close()


def test_the_part_on_risk_proposes_standing_judgements_and_takes_one_over_only_when_asked(
    stage: Stage, sign_in: SignIn
) -> None:
    circle, pack = begun(stage)
    kept = risk.judge(stage.actor("priya"), Ref(circle), said=judging("high", reasons="He came <b>nearer</b>."))
    gone = risk.judge(
        stage.actor("priya"), Ref(circle), said=judging("medium", reasons="Told.", whose="DS Nand, force")
    )
    risk.withdraw(stage.actor("priya"), Ref(gone), why="Told of another case")
    stage.close()
    client, away = sign_in("priya"), reverse("web:order_pack_part", args=[pack, "risk"])

    def typed(page: str) -> str:
        return re.findall(r'<textarea[^>]+id="risk"[^>]*>(.*?)</textarea>', page, re.DOTALL)[0]

    shown = client.get(away).content.decode()
    assert "He came &lt;b&gt;nearer" in shown
    assert "Told." not in shown, "what was withdrawn is not proposed"
    assert typed(shown) == ""
    sheet = {"version": "0", "risk": "My own words.", "impact": "Sleeps badly."}
    taken = client.post(away, {**sheet, "take": str(kept)}).content.decode()
    assert re.fullmatch(r"My own words\.\n\nPriya[^\n]+: High\. He came &lt;b&gt;nearer&lt;/b&gt;\.", typed(taken)), (
        typed(taken)
    )
    assert "Sleeps badly." in taken, "what was typed is not lost"
    for other in (gone, uuid4(), "fly"):
        assert typed(client.post(away, {**sheet, "take": str(other)}).content.decode()) == "My own words."
    assert typed(client.get(away).content.decode()) == "", "nothing is kept until the part is kept"
    first = re.search(r'<button[^>]+form="sheet"|<button[^>]+jd-button--big', shown)
    assert first is not None
    assert "jd-button--big" in first[0], "Enter presses a form's first button: the one that keeps"
    respondent = reverse("web:order_pack_part", args=[pack, "respondent"])
    assert "nearer" not in client.get(respondent).content.decode()


def test_a_part_is_kept_from_one_window_and_refused_from_the_older_one(stage: Stage, sign_in: SignIn) -> None:
    _, pack = begun(stage)
    client, away = sign_in("priya"), reverse("web:order_pack_part", args=[pack, "respondent"])
    assert client.post(away, {"version": "0", "name": "Callum", "done": "yes"}).status_code == 302
    older = client.post(away, {"version": "0", "name": "Another"})
    assert older.status_code == 409
    assert "Another" in older.content.decode(), "what was typed is not lost"
    assert client.post(away, {"version": "1", "name": "x" * 301}).status_code == 422
    assert client.get(reverse("web:order_pack_part", args=[pack, "fly"])).status_code == 404
    for address in (reverse("web:order_pack", args=[uuid4()]), reverse("web:order_papers", args=[uuid4()])):
        assert client.get(address).status_code == 404


def test_papers_are_made_and_fetched_and_an_address_stops_them(stage: Stage, sign_in: SignIn) -> None:
    circle, pack = begun(stage)
    fill(stage.actor("priya"), pack)
    stage.close()
    client = sign_in("priya")
    assert client.post(reverse("web:order_pack_make", args=[pack])).status_code == 302
    paper = worked(pack)
    page = client.get(reverse("web:order_papers", args=[paper])).content.decode()
    assert "Each page is stamped draft." in page
    fetch = reverse("web:order_papers_fetch", args=[paper, "service"])
    assert "copy-to-serve-draft-1" in client.post(fetch)["Content-Disposition"]
    assert client.post(reverse("web:order_papers_fetch", args=[paper, "fly"])).status_code == 404
    people.protect(stage.actor("priya", NOW), Ref(circle), kind="bystander", word="Maya Ellwood")
    stage.close()
    stopped = client.get(reverse("web:order_pack", args=[pack])).content.decode()
    assert "The leak check stopped this draft" in stopped
    assert "Stopped: term 1" in stopped
    refused = client.post(reverse("web:order_pack_make", args=[pack]))
    assert (refused.status_code, "no copy is made" in refused.content.decode()) == (422, True)


def test_what_is_marked_for_a_statement_is_proposed_once_to_who_may_see_the_log_and_stands_on_no_paper(
    stage: Stage, sign_in: SignIn
) -> None:
    circle, pack = begun(stage, "He stood at the gate", "He followed the bus", "He rang twice, " + "and again " * 20)
    case = Case.objects.get(circle=circle).reference
    hidden = evidence.write_entry(
        stage.actor("asha"), stage.case("asha"), telling=Telling(When(NOW, NOW), ("near",))
    ).reference
    evidence.mark_for_statement(stage.actor("asha"), Ref(hidden), marked=True)
    entries = [one.reference for one in log.incidents_of(stage.actor("priya"), Ref(case))]
    stage.close()
    client, away = sign_in("priya"), reverse("web:order_pack_part", args=[pack, "statements"])

    def proposals(page: str) -> str:
        return page.partition('id="proposed"')[2]

    assert "Take these in" not in client.get(away).content.decode(), "nothing is marked"
    for one in (entries[2], entries[0]):
        entry = client.get(reverse("web:incident", args=[one])).content.decode()
        version = re.findall(r'for-statement/">.*?name="version" value="(\d+)"', entry, re.DOTALL)[0]
        client.post(reverse("web:mark_entry", args=[one]), {"version": version, "marked": "yes"})
    assert "Priya marked it" in client.get(reverse("web:incident", args=[entries[0]])).content.decode()

    def covered(page: str) -> list[str]:
        return re.findall(r'id="cover"[^>]*>(.*?)</textarea>', page, re.DOTALL)[0].splitlines()

    sheet = {"version": "0", "officer": "My own words.", "take": "marked"}
    taken = client.post(away, sheet).content.decode()
    assert [one.split(": ")[1] for one in covered(taken)] == [
        f"He stood at the gate (log {entries[0]})", f"He rang twice, {'and again ' * 10}and … (log {entries[2]})"
    ]  # fmt: skip
    assert "My own words." in taken, "what was typed is not lost"
    assert hidden not in taken, "of another case nothing is known"
    assert "Take these in" not in taken, "nothing is left to take in"
    client.post(away, {"version": "0", "cover": f"First of all.\n{covered(taken)[1]}"})
    again = client.post(away, {"version": "1", "cover": f"First of all.\n{covered(taken)[1]}", "take": "marked"})
    assert len([one for one in covered(again.content.decode()) if one]) == 3, "what is listed is not listed twice"
    draft = packs.pack(stage.actor("priya"), Ref(pack)).draft
    assert "First of all" not in str(papers.bundle(Printed(draft, 1, NOW), str)), "it is on no paper"
    gwen = stage.memberships["moira"]
    Membership.objects.filter(pk=gwen.pk).update(roles=[Role.SPO_ADMINISTRATOR.value])
    Standing.objects.create(circle_id=circle, membership=gwen, side="victim", basis="team", purpose="orders",
                            starts=NOW - timedelta(days=1), granted_by=stage.memberships["priya"])  # fmt: skip
    assert "What a statement should cover" in sign_in("moira").get(away).content.decode()
    assert "He rang twice" not in proposals(sign_in("moira").get(away).content.decode()), (
        "who may not see the log is proposed nothing"
    )
    stage.close()
