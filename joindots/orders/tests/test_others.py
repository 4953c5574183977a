"""Other orders and bail: a simpler life, known ones on somebody's word, watched like any order, clashes side by side."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.casework.models import Case
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.kernel.problems import NotAllowed, RuleBroken
from joindots.kernel.when import Precision, When, london_day, midnight
from joindots.law.episode import Happened
from joindots.orders import actions, queries
from joindots.orders.models import Order
from joindots.orders.permissions import KNOW, RECORD
from tests.stage import NOW, Stage

TODAY = london_day(NOW)
DAY = timedelta(days=1)


def opened(stage: Stage, by: str) -> tuple[Ref, UUID]:
    case = stage.case(by)
    return case, Case.objects.get(reference=case.key).circle_id


def seen(key: UUID) -> Ref:
    return Ref(key, Order.objects.get(pk=key).version)


def test_bail_is_made_served_watched_and_runs_out(stage: Stage):
    case, circle = opened(stage, "priya")
    with pytest.raises(RuleBroken, match="Choose the kind"):
        actions.begin_other(stage.actor("priya"), Ref(circle), kind="spo", on=TODAY, why="x")
    key = actions.begin_other(
        stage.actor("priya"), Ref(circle), kind="bail_pre", on=TODAY - 9 * DAY, why="Arrested; he must not come near"
    )

    def add(event: str, **said: object) -> None:
        new = Happened(event=event, told="told", **said)  # type: ignore[arg-type]  # days, by name
        actions.record(stage.actor("priya"), seen(key), new=new, note="As told")

    with pytest.raises(RuleBroken, match="cannot follow now: the order is being thought of"):
        add("order_served", on=TODAY)
    with pytest.raises(RuleBroken, match="before the day of the step"):
        add("order_made", on=TODAY - 9 * DAY, ends=TODAY - 10 * DAY)
    add("order_made", on=TODAY - 9 * DAY, ends=TODAY + 5 * DAY)
    add("order_served", on=TODAY - 9 * DAY)
    said = {"library": "OWNP", "text": "Not to enter Clinic Street", "place": "", "starts": None, "ends": None}
    actions.add_condition(stage.actor("priya"), seen(key), **said)
    when = When(midnight(TODAY - 3 * DAY), midnight(TODAY - 2 * DAY) - timedelta(seconds=1), Precision.DAY)
    evidence.write_entry(stage.actor("priya"), case, telling=Telling(when, ("near",), words="In the street"))
    acts = queries.watch(stage.actor("priya"), Ref(key)).acts
    assert [str(one.label) for one in acts] == ["dated after the order"]
    line = queries.order(stage.actor("priya"), Ref(key)).line
    assert (line.label, line.says) == ("Pre-charge bail conditions", "in force, served")
    assert [one.code for one in line.alarms] == ["renewal_prompt"]
    with pytest.raises(RuleBroken, match="it has not passed"):
        add("end_date_passed", on=TODAY)
    stage.close()


def test_a_breach_of_bail_is_decided_after_the_charge_was_dropped_and_what_came_later_is_none(stage: Stage):
    case, circle = opened(stage, "priya")
    key = actions.begin_other(stage.actor("priya"), Ref(circle), kind="bail_post", on=TODAY - 9 * DAY, why="Charged")

    def add(event: str, **said: object) -> None:
        new = Happened(event=event, told="told", **said)  # type: ignore[arg-type]  # days, by name
        actions.record(stage.actor("priya"), seen(key), new=new, note="As told")

    add("order_made", on=TODAY - 9 * DAY, further=True)
    add("order_served", on=TODAY - 9 * DAY)
    said = {"library": "P01", "text": "Not to contact her", "place": "", "starts": None, "ends": None}
    actions.add_condition(stage.actor("priya"), seen(key), **said)
    for days, words in ((6, "On bail"), (2, "After the charge was dropped")):
        when = When(
            midnight(TODAY - days * DAY), midnight(TODAY - (days - 1) * DAY) - timedelta(seconds=1), Precision.DAY
        )
        evidence.write_entry(stage.actor("priya"), case, telling=Telling(when, ("message",), words=words))
    add("order_ended", on=TODAY - 4 * DAY)
    (act,) = queries.watch(stage.actor("priya"), Ref(key)).acts
    assert act.texts == ("On bail",)
    verdicts = {one.id: "breach" for one in act.beside}
    actions.decide(stage.actor("priya"), Ref(key), act=act.name, stands=act.stands, verdicts=verdicts, why="")
    (breach,) = queries.breaches(stage.actor("priya"), Ref(key))
    follow = {
        "arrested": TODAY - 5 * DAY,
        "charged": TODAY - 5 * DAY,
        "outcome_on": TODAY,
        "outcome": "dropped",
        "words": "",
    }
    actions.follow_up(stage.actor("priya"), Ref(breach.id), **follow)
    assert queries.order(stage.actor("priya"), Ref(key)).line.says.startswith("discharged")
    stage.close()


def test_an_advocate_keeps_a_known_order_on_somebodys_word_and_nothing_of_a_forces_own(stage: Stage):
    _, circle = opened(stage, "asha")
    known = {"kind": "spo", "told_by": "Her brother", "told_on": TODAY, "made": TODAY - 30 * DAY, "ends": None}
    for wrong, words in ((("told_by", " "), "Write who told"), (("made", TODAY + DAY), "has not come yet")):
        with pytest.raises(RuleBroken, match=words):
            actions.note_known(stage.actor("asha"), Ref(circle), words="", **{**known, wrong[0]: wrong[1]})
    key = actions.note_known(stage.actor("asha"), Ref(circle), words="He has an order now", **known)
    page = queries.order(stage.actor("asha"), Ref(key))
    assert (page.line.told_by, page.line.told_on, page.line.until_further_order) == ("Her brother", TODAY, True)
    served = Happened(event="order_served", on=TODAY)
    actions.note_step(stage.actor("asha"), seen(key), new=served, note="He told her")
    step = queries.order(stage.actor("asha"), Ref(key)).steps[-1]
    assert (step.told, step.why_not_told) == ("known", "")
    with pytest.raises(NotAllowed):
        actions.record(stage.actor("asha"), seen(key), new=served, note="x")
    Order.objects.filter(pk=key).update(told_on=None)
    with pytest.raises(RuleBroken, match="A force looks after this order"):
        actions.note_step(stage.actor("asha"), seen(key), new=served, note="x")
    assert (Role.ADVOCATE in KNOW.roles, Role.ADVOCATE in RECORD.roles) == (True, False)
    stage.close()


def test_two_orders_in_force_stand_side_by_side_with_their_conditions_of_one_kind(stage: Stage):
    _, circle = opened(stage, "asha")
    known = {"told_by": "Her solicitor", "told_on": TODAY, "made": TODAY - 30 * DAY, "ends": None, "words": ""}
    keys = [actions.note_known(stage.actor("asha"), Ref(circle), kind=kind, **known) for kind in ("nmo", "spo")]
    for key, library, text in ((keys[0], "P04", "Not to enter Elm Road"), (keys[1], "P04", "Not to enter the town"),
                               (keys[1], "P01", "Not to contact her")):  # fmt: skip
        actions.note_condition(
            stage.actor("asha"), seen(key), library=library, text=text, place="", starts=None, ends=None
        )
    (other,) = queries.others_in_force(stage.actor("asha"), Ref(keys[1]))
    assert other.line.label == "Non-molestation order"
    assert queries.bound(stage.actor("asha"), [circle]) == {circle: ((TODAY - 30 * DAY, None),) * 2}
    assert queries.bound(stage.actor("ruth"), [circle]) == {}
    assert [(one.here_text, one.there_text) for one in other.pairs] == [
        ("Not to enter the town", "Not to enter Elm Road")
    ]
    stage.close()
