"""The application of an order behind the door: begun once, drafted in any order, its acts and terms tied and untied."""

from __future__ import annotations

from datetime import timedelta

import pytest

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership
from joindots.circles.models import Standing
from joindots.evidence import actions as evidence
from joindots.evidence import queries as log
from joindots.evidence.models import Incident
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.orders.actions import packs as actions
from joindots.orders.models import OrderPack
from joindots.orders.queries import packs as queries
from joindots.orders.rules import drafting
from joindots.orders.tests.packing import begun, fill
from tests.stage import NOW, Stage


def test_a_pack_is_begun_once_to_an_order_and_drafted_until_nothing_stops_it(stage: Stage) -> None:
    _, pack = begun(stage)
    order = OrderPack.objects.get(pk=pack).order_id
    assert actions.begin_pack(stage.actor("priya"), Ref(order)) == pack
    before = queries.pack(stage.actor("priya"), Ref(pack)).draft
    assert (before.log, before.acts) == (2, ())
    assert sum(one.stops for one in drafting.gaps(before)) > 5
    fill(stage.actor("priya"), pack)
    view = queries.pack(stage.actor("priya"), Ref(pack))
    assert [one.says for one in drafting.gaps(view.draft) if one.stops] == []
    first = view.draft.acts[0]
    assert (first.number, first.says, first.exhibit) == (1, "He stood at the gate", None)
    assert first.when.latest
    assert first.when.latest - first.when.earliest == timedelta(minutes=20), "never more exact than it is known"  # type: ignore[operator]
    assert first.source.endswith("told by the person protected")
    assert view.draft.terms[0].acts == (1, 2)
    stage.close()


def test_two_windows_on_one_part_do_not_write_over_each_other_and_two_parts_do_not_meet(stage: Stage) -> None:
    _, pack = begun(stage)
    actions.keep_part(stage.actor("priya"), Ref(pack), part="respondent", sheet={"name": "C"}, done=False)
    with pytest.raises(OutOfDate):
        actions.keep_part(stage.actor("priya"), Ref(pack), part="respondent", sheet={"name": "D"}, done=False)
    actions.keep_part(stage.actor("priya"), Ref(pack), part="risk", sheet={"risk": "High", "x": "no field"}, done=True)
    sheets = queries.pack(stage.actor("priya"), Ref(pack)).draft.sheets
    assert sheets == {"respondent": {"name": "C"}, "risk": {"risk": "High"}}
    with pytest.raises(RuleBroken, match="line of its own"):
        actions.keep_part(stage.actor("priya"), Ref(pack), part="others", sheet={"warned": "in June"}, done=False)
    stage.close()


def test_an_act_that_is_taken_out_goes_from_every_term_and_a_corrected_entry_says_so(stage: Stage) -> None:
    _, pack = begun(stage)
    fill(stage.actor("priya"), pack)
    view = queries.pack(stage.actor("priya"), Ref(pack))
    one, two = view.draft.acts
    row = Incident.objects.get(reference=two.entry)
    telling = evidence_telling(stage, two.entry)
    evidence.correct_entry(stage.actor("priya"), Ref(two.entry, row.version), telling=telling, why="The gate, not bus")
    actions.mark_acts(stage.actor("priya"), Ref(pack), acts=[one.id], take_out=True)
    left = queries.pack(stage.actor("priya"), Ref(pack)).draft
    assert [(act.number, act.since) for act in left.acts] == [(1, "corrected")]
    assert left.terms[0].acts == (1,)
    with pytest.raises(NotFound):
        actions.word_act(
            stage.actor("priya"), Ref(pack), act=one.id, says="x", source="", prover="", grounds="", seen=1
        )
    stage.close()


def evidence_telling(stage: Stage, entry: str):  # type: ignore[no-untyped-def]  # the entry's telling as it stands
    from joindots.evidence import queries as log

    return log.incident(stage.actor("priya"), Ref(entry)).telling


def test_the_log_is_offered_with_the_rules_reasons_and_nothing_is_ticked(stage: Stage) -> None:
    _, pack = begun(stage, "a", "b", "c")
    page = queries.entries_to_choose(stage.actor("priya"), Ref(pack), only="suggested")
    assert (page.found, len(page.free)) == (2, 2)
    assert [one.because[0] for one in page.lines] == ["the first", "the last"]
    assert not any(one.chosen for one in page.lines)
    assert queries.entries_to_choose(stage.actor("priya"), Ref(pack), page=9).lines == ()
    with pytest.raises(RuleBroken, match="not in the log"):
        actions.add_acts(stage.actor("priya"), Ref(pack), entries=["ZZZZ-ZZZZ"])
    stage.close()


def test_an_administrator_chooses_acts_by_the_lines_of_a_schedule_and_opens_no_entry(stage: Stage) -> None:
    circle, pack = begun(stage)
    fill(stage.actor("priya"), pack)
    gwen = stage.memberships["moira"]
    Membership.objects.filter(pk=gwen.pk).update(roles=[Role.SPO_ADMINISTRATOR.value])
    gwen.refresh_from_db()
    with pytest.raises(NotFound):
        queries.pack(stage.actor("moira"), Ref(pack))
    Standing.objects.create(circle_id=circle, membership=gwen, side="victim", basis="team", purpose="orders",
                            starts=NOW - timedelta(days=1), granted_by=stage.memberships["priya"])  # fmt: skip
    seen = queries.pack(stage.actor("moira"), Ref(pack)).draft
    assert [one.says for one in seen.acts] == ["He stood at the gate", "He followed the bus"]
    actions.mark_acts(stage.actor("moira"), Ref(pack), acts=[seen.acts[0].id], prover="Jean Okell")
    lines = queries.entries_to_choose(stage.actor("moira"), Ref(pack)).lines
    assert [one.chosen for one in lines] == [True, True]
    actions.mark_acts(stage.actor("moira"), Ref(pack), acts=[seen.acts[0].id], take_out=True)
    assert actions.add_acts(stage.actor("moira"), Ref(pack), entries=[lines[0].entry]) == 1
    added = queries.pack(stage.actor("moira"), Ref(pack)).draft.acts[0].id
    actions.show_act(stage.actor("moira"), Ref(pack), act=added, reference="", seen=1)
    assert queries.exhibits_to_choose(stage.actor("moira"), Ref(pack)) == ()
    with pytest.raises(NotAllowed):
        log.incident(stage.actor("moira"), Ref(lines[0].entry))
    Standing.objects.filter(membership=gwen).update(side="suspect")
    with pytest.raises(NotAllowed):
        queries.pack(stage.actor("moira"), Ref(pack))
    with pytest.raises(NotAllowed):
        queries.pack(stage.actor("asha"), Ref(pack))
    stage.close()
