"""Order watch: what is dated after an order stands beside its conditions, and a person's decision makes a breach once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import LOCAL, Precision, When, london_day, midnight
from joindots.law.episode import Happened
from joindots.orders import actions, answers, queries
from joindots.orders.models import Breach, Order, OrderSpan
from tests.stage import NOW, Stage

TODAY = london_day(NOW)
MADE, SERVED = TODAY - timedelta(days=10), TODAY - timedelta(days=8)


def at(day: date, clock: str) -> When:
    moment = datetime.combine(day, time.fromisoformat(clock), LOCAL)
    return When(moment, moment + timedelta(seconds=59), Precision.MINUTE)


def some_day(first: date, last: date) -> When:
    return When(midnight(first), midnight(last + timedelta(days=1)) - timedelta(microseconds=1), Precision.RANGE)


class Watched:
    """An interim order made ten days ago and served two days later, with two conditions."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.case = stage, stage.case("priya")
        self.circle: UUID = Case.objects.get(reference=self.case.key).circle_id
        start = TODAY - timedelta(days=20)
        self.key = actions.consider(stage.actor("priya"), Ref(self.circle), on=start, why="Acts, risk, need")
        for event in ("decide_yes", "chief_officer_delegate_signs", "complaint_lodged", "interim_applied"):
            self.add(event, start)
        self.add("court_makes_interim", MADE, ends=TODAY + timedelta(days=5))
        self.add("served", SERVED)

    def add(self, event: str, on: date, **said: object) -> None:
        new = Happened(event=event, on=on, told="told", investigation="live", **said)  # type: ignore[arg-type]
        actions.record(self.stage.actor("priya"), self.seen(), new=new, note="As told")

    def seen(self) -> Ref:
        return Ref(self.key, Order.objects.get(pk=self.key).version)

    def term(self, library: str, text: str, **days: date) -> None:
        said = {"place": "", "starts": None, "ends": None, **days}
        actions.add_condition(self.stage.actor("priya"), self.seen(), library=library, text=text, **said)

    def tell(self, when: When, words: str = "A text") -> None:
        told = Telling(when, ("message",), words=words)
        evidence.write_entry(self.stage.actor("priya"), self.case, telling=told)

    def page(self, *, every: bool = False) -> queries.WatchPage:
        return queries.watch(self.stage.actor("priya"), Ref(self.key), waiting_only=not every)

    def decide(self, act: queries.ActView, *numbers: int, why: str = "", verdict: str = "breach", **more: bool) -> None:
        chosen = {one.id: verdict for one in act.beside if one.number in numbers}
        actions.decide(
            self.stage.actor("priya"), Ref(self.key), act=act.name, stands=act.stands, verdicts=chosen, why=why, **more
        )

    def due(self) -> list[str]:
        me = self.stage.actor("priya")
        told = answers.due(me, [me.membership_id], TODAY, 60)
        return [str(one.sentence) for one in told if one.kind == "orders.watch"]


@pytest.fixture
def watched(stage: Stage) -> Watched:
    return Watched(stage)


def test_acts_are_labelled_by_their_dates_alone_and_what_is_vague_is_said(watched: Watched):
    watched.tell(at(MADE - timedelta(days=1), "10:00"), "before")
    watched.tell(at(MADE + timedelta(days=1), "22:15"), "unserved")
    watched.tell(at(SERVED + timedelta(days=1), "09:00"), "after")
    watched.tell(at(SERVED, "09:00"), "that day")
    watched.tell(some_day(MADE - timedelta(days=3), TODAY), "vague")
    watched.tell(When(None, None, given="once"), "undated")
    watched.term("P01", "Not to contact her by any means")
    told = {one.texts[0]: (one.label and one.label.text, [v.code for v in one.vague]) for one in watched.page().acts}
    assert told == {
        "unserved": ("after made, before served", []),
        "after": ("dated after the order", []),
        "that day": ("dated after the order", ["vague_served"]),
        "vague": (None, ["vague_time", "vague_made", "vague_served"]),
    }
    assert all(one.decided is None for act in watched.page().acts for one in act.beside)
    watched.stage.close()


def test_a_decided_breach_is_recorded_once_in_the_life_and_undone_by_taking_it_back(watched: Watched):
    watched.tell(at(SERVED + timedelta(days=1), "09:00"))
    assert not watched.page().typed
    with pytest.raises(RuleBroken, match="add the order’s wording first"):
        watched.decide(watched.page().acts[0], others_not=True)
    watched.term("P01", "Not to contact her by any means")
    watched.term("P04", "Not to enter Clinic Street", starts=TODAY)
    watched.term("P02", "Not to contact her through anybody")
    act = watched.page().acts[0]
    assert [one.number for one in act.beside] == [1, 3], "the zone began after the act"
    with pytest.raises(RuleBroken, match="Choose for at least one"):
        watched.decide(act)
    with pytest.raises(RuleBroken, match="you can’t tell"):
        watched.decide(act, 1, verdict="cant_tell")
    watched.decide(act, 1, 3)
    steps = queries.order(watched.stage.actor("priya"), Ref(watched.key)).steps
    assert [one.event for one in steps].count("breach_reported") == 1
    assert steps[-1].act_on == SERVED + timedelta(days=1)
    with pytest.raises(RuleBroken, match="Take that decision back"):
        actions.strike(watched.stage.actor("priya"), watched.seen(), number=steps[-1].number, why="x")
    with pytest.raises(RuleBroken, match="decided already"):
        watched.decide(act, 1)
    page = watched.page(every=True)
    assert [one.condition for one in page.breaches] == [1, 3]
    for n, beside in enumerate(page.acts[0].beside):
        assert beside.decided
        actions.undecide(watched.stage.actor("priya"), Ref(watched.key), decision=beside.decided.id, why="Wrong act")
        struck = queries.order(watched.stage.actor("priya"), Ref(watched.key)).steps[-1].struck
        assert (struck is not None) == (n == 1), "the step goes with the last breach of its act"
    assert watched.page().breaches == ()
    assert [one.says for one in watched.page().acts[0].beside[0].past] == ["a breach"]
    watched.stage.close()


def test_a_window_in_which_the_act_stood_otherwise_decides_nothing(watched: Watched):
    watched.tell(at(SERVED + timedelta(days=1), "09:00"))
    watched.term("P01", "Not to contact her by any means")
    act = watched.page().acts[0]
    watched.term("P02", "Not to contact her through anybody")
    with pytest.raises(OutOfDate):
        watched.decide(act, 1)
    assert not Breach.objects.exists()


def test_what_is_new_waits_on_the_desk_until_it_is_decided_and_again_when_days_change(watched: Watched):
    watched.term("P01", "Not to contact her by any means")
    assert watched.due() == []
    watched.tell(at(SERVED + timedelta(days=1), "09:00"))
    watched.tell(at(MADE - timedelta(days=1), "09:00"), "before the order")
    assert watched.due() == ["Entries dated after an order, and not decided: 1."]
    watched.decide(watched.page().acts[0], others_not=True)
    assert watched.due() == []
    assert set(OrderSpan.objects.values_list("since", flat=True)) == {NOW}
    watched.stage.at = NOW + timedelta(hours=1)
    watched.tell(at(SERVED + timedelta(days=2), "09:00"))
    assert watched.due() == ["Entries dated after an order, and not decided: 1."]
    watched.decide(watched.page().acts[0], 1, others_not=True)
    watched.term("P02", "Not to contact her through anybody")
    assert watched.due() == ["Entries dated after an order, and not decided: 2."]
    watched.stage.close()


@pytest.mark.parametrize(
    "ends",
    [
        ("interim_discharged",),
        ("appeal_lodged", "appeal_allowed"),
        ("main_granted", "served_none_owed", "apply_discharge", "discharged"),
        ("main_granted", "served_none_owed", "appeal_lodged", "appeal_allowed"),
    ],
)
def test_an_order_that_a_court_ended_is_asked_of_what_came_before_and_again_of_all_once_that_is_struck(
    watched: Watched, ends: tuple[str, ...]
):
    over = TODAY - timedelta(days=3)
    for event in ends[:-1]:
        watched.add(event, SERVED, ends=TODAY + timedelta(days=999) if event == "main_granted" else None, consents=True)
    watched.term("P01", "Not to contact her by any means")
    watched.tell(at(SERVED + timedelta(days=1), "09:00"), "inside")
    watched.tell(at(over + timedelta(days=1), "09:00"), "after its end")
    assert [one.texts for one in watched.page().acts] == [("inside",), ("after its end",)]
    watched.add(ends[-1], over, consents=True)
    acts = watched.page().acts
    assert [one.texts for one in acts] == [("inside",)], "what came after a court ended it is no act under it"
    watched.decide(acts[0], 1)
    steps = queries.order(watched.stage.actor("priya"), Ref(watched.key)).steps
    assert (steps[-1].event, steps[-1].act_on) == ("breach_reported", SERVED + timedelta(days=1))
    assert watched.due() == []
    (breach,) = watched.page().breaches
    actions.undecide(watched.stage.actor("priya"), Ref(watched.key), decision=breach.decision, why="Wrong act")
    number = next(one.number for one in steps if one.event == ends[-1] and one.struck is None)
    actions.strike(watched.stage.actor("priya"), watched.seen(), number=number, why="It was another order")
    assert [one.texts for one in watched.page().acts] == [("inside",), ("after its end",)]
    watched.stage.close()


def test_what_followed_a_breach_has_its_days_in_order(watched: Watched):
    watched.tell(at(SERVED + timedelta(days=1), "09:00"))
    watched.term("P01", "Not to contact her by any means")
    watched.decide(watched.page().acts[0], 1)
    here, day = Ref(Breach.objects.get().pk), SERVED + timedelta(days=3)
    said = {"arrested": day, "charged": None, "outcome_on": None, "outcome": "", "words": ""}
    with pytest.raises(RuleBroken, match="before the act"):
        actions.follow_up(watched.stage.actor("priya"), here, **{**said, "arrested": MADE})
    with pytest.raises(RuleBroken, match="before the arrest"):
        actions.follow_up(watched.stage.actor("priya"), here, **{**said, "charged": day - timedelta(days=1)})
    with pytest.raises(RuleBroken, match="outcome and its day"):
        actions.follow_up(watched.stage.actor("priya"), here, **{**said, "outcome": "convicted"})
    actions.follow_up(watched.stage.actor("priya"), here, **said)
    assert queries.breaches(watched.stage.actor("priya"), Ref(watched.key))[0].arrested_on == day
    watched.stage.close()


def test_what_nobody_could_tell_can_be_looked_at_again(watched: Watched):
    watched.tell(at(SERVED + timedelta(days=1), "09:00"), "withheld")
    watched.tell(at(SERVED + timedelta(days=2), "09:00"), "clear")
    watched.term("P01", "Not to contact her by any means")
    for act, verdict in zip(watched.page().acts, ("cant_tell", "not"), strict=True):
        watched.decide(act, 1, verdict=verdict, why="The number is withheld")
    page = queries.watch(watched.stage.actor("priya"), Ref(watched.key), unsure_only=True)
    assert (page.waiting, page.unsure, page.total, [one.texts for one in page.acts]) == (0, 1, 1, [("withheld",)])
    decided = page.acts[0].beside[0].decided
    assert decided
    actions.undecide(watched.stage.actor("priya"), Ref(watched.key), decision=decided.id, why="Traced since")
    assert (watched.page().waiting, watched.page().unsure) == (1, 0)
    watched.stage.close()


def test_a_reason_stays_with_no_breach_too_unless_it_speaks_of_another_condition(watched: Watched):
    for number, text in (("P01", "Not to contact her by any means"), ("P02", "Not to contact her through others")):
        watched.term(number, text)
    for number, (other, kept) in enumerate((("not", ["Relevant", "Relevant"]), ("breach", ["", "Relevant"])), 1):
        watched.tell(at(SERVED + timedelta(days=number), "09:00"), f"act {number}")
        act = watched.page().acts[0]
        first, second = (one.number for one in act.beside)
        verdicts = {one.id: "not" if one.number == first else other for one in act.beside}
        actions.decide(watched.stage.actor("priya"), Ref(watched.key), act=act.name, stands=act.stands,
                       verdicts=verdicts, why="Relevant")  # fmt: skip
        told = next(one for one in watched.page(every=True).acts if one.texts == (f"act {number}",))
        assert [one.decided.why for one in told.beside if one.decided] == kept, second
    watched.stage.close()


def test_an_act_whose_time_is_mended_is_asked_again_and_its_breach_says_so(watched: Watched):
    watched.tell(at(SERVED + timedelta(days=1), "09:00"))
    watched.term("P01", "Not to contact her by any means")
    watched.decide(watched.page().acts[0], 1)
    assert watched.due() == []
    entry = Ref(watched.page(every=True).acts[0].entry)
    watched.stage.at = NOW + timedelta(hours=1)
    moved = Telling(at(SERVED - timedelta(days=1), "09:00"), ("message",), words="A text")
    evidence.correct_entry(watched.stage.actor("priya"), entry, telling=moved, why="Wrong day")
    page = watched.page()
    assert page.waiting == 1 and page.breaches[0].stale is not None
    assert watched.due() == ["Entries dated after an order, and not decided: 1."]
    watched.decide(page.acts[0], others_not=True)
    assert (watched.page().waiting, watched.page().breaches, watched.due()) == (0, (), [])
    struck = queries.order(watched.stage.actor("priya"), Ref(watched.key)).steps[-1].struck
    assert struck is not None and struck.why.startswith("Decided anew")
    watched.stage.close()


def test_a_breach_of_a_withdrawn_entry_says_so_and_can_be_taken_back(watched: Watched):
    watched.tell(at(SERVED + timedelta(days=1), "09:00"))
    watched.term("P01", "Not to contact her by any means")
    watched.decide(watched.page().acts[0], 1)
    entry = Ref(watched.page(every=True).acts[0].entry)
    evidence.withdraw_entry(watched.stage.actor("priya"), entry, why="Another case's")
    (breach,) = queries.breaches(watched.stage.actor("priya"), Ref(watched.key))
    assert breach.stale is not None and "withdrawn" in str(breach.stale)
    actions.undecide(watched.stage.actor("priya"), Ref(watched.key), decision=breach.decision, why="Withdrawn")
    assert queries.breaches(watched.stage.actor("priya"), Ref(watched.key)) == ()
    watched.stage.close()


def test_nobody_else_looks_or_decides(watched: Watched):
    watched.tell(at(SERVED + timedelta(days=1), "09:00"))
    with pytest.raises(NotFound):
        queries.watch(watched.stage.actor("asha"), Ref(watched.key))
    with pytest.raises(NotAllowed):
        actions.decide(
            watched.stage.actor("asha"), Ref(watched.key), act="x", stands="", verdicts={}, why="", others_not=True
        )


def test_an_order_in_force_keeps_its_case_is_found_and_its_other_names_stay_inside(watched: Watched):
    priya = watched.stage.actor("priya")
    for name in ("Dev Testcase", "Maya Zanzibarcanary"):
        actions.protect(watched.stage.actor("priya"), watched.seen(), name=name)
    assert answers.protected(priya, watched.circle) == {"Dev Testcase": "bystander"}
    assert [one.link for one in answers.found(priya, watched.case.key)] == [f"/orders/{watched.key}/"]
    assert list(answers.found(watched.stage.actor("asha"), watched.case.key)) == []
    assert "Its last day is" in str(answers.stays(watched.circle))
    watched.add("police_withdraw", TODAY)
    assert answers.stays(watched.circle) is None
    watched.stage.close()
