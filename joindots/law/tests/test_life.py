"""The table of an order's life is total, holds every step the field names, and no path leads where it must not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from joindots.kernel.words import Words
from joindots.law.life import IN_FORCE, STAGES, START, Life, after, can_follow, events, every_life, reachable, steps

LIVES = list(every_life())
ENDS = {"discharged", "expired", "quashed"}


def life(name: str, *, interim: bool = False) -> list[Life]:
    """What a state of the field's flat table is here: where the order stands, and what is open beside it."""
    served = "interim_served" if interim else "served"
    return {
        "ACTIVE": [Life(served, "given")],
        "SERVED": [Life("served", "owed")],
        "INTERIM_ACTIVE": [Life("interim_served", "owed"), Life("interim_served", "given")],
        "NOTIFICATION_OVERDUE": [Life(served, "overdue")],
        "BREACH_RECORDED": [Life(served, "given")],  # beside the order, which stays as it is
        "VARIATION_SOUGHT": [Life("served", "given", frozenset({"variation"}))],
        "RENEWAL_SOUGHT": [Life("served", "given", frozenset({"renewal"}))],
        "DISCHARGE_SOUGHT": [Life("served", "given", frozenset({"discharge"}))],
        "UNDER_APPEAL": [Life("served", "given", frozenset({"appeal"}))],
        "REFUSAL_UNDER_APPEAL": [Life("refused", open=frozenset({"appeal"}))],
    }.get(name) or [Life(stage) for stage in STAGES if stage == name.lower()]


FIELD = """CONSIDERED decide_no NOT_PURSUED; CONSIDERED decide_yes PREPARING
PREPARING chief_officer_delegate_signs AUTHORISED; AUTHORISED complaint_lodged LODGED; LODGED police_withdraw WITHDRAWN
LODGED interim_applied INTERIM_SOUGHT; INTERIM_SOUGHT court_makes_interim INTERIM_MADE
INTERIM_SOUGHT court_refuses_interim LODGED; INTERIM_MADE served INTERIM_ACTIVE
INTERIM_ACTIVE interim_varied_or_renewed INTERIM_ACTIVE; INTERIM_ACTIVE interim_period_ended INTERIM_ENDED
INTERIM_ACTIVE interim_discharged INTERIM_ENDED; INTERIM_ACTIVE main_granted MADE; INTERIM_ACTIVE main_refused REFUSED
LODGED main_granted MADE; LODGED main_refused REFUSED; MADE served SERVED; SERVED notified ACTIVE
SERVED due_passed NOTIFICATION_OVERDUE; NOTIFICATION_OVERDUE notified_late ACTIVE; ACTIVE name_or_address_change ACTIVE
ACTIVE breach_reported BREACH_RECORDED; ACTIVE apply_vary VARIATION_SOUGHT; VARIATION_SOUGHT decided ACTIVE
ACTIVE apply_renew RENEWAL_SOUGHT; RENEWAL_SOUGHT renewed ACTIVE; ACTIVE apply_discharge DISCHARGE_SOUGHT
DISCHARGE_SOUGHT discharged DISCHARGED; DISCHARGE_SOUGHT discharge_refused ACTIVE; ACTIVE end_date_passed EXPIRED
ACTIVE appeal_lodged UNDER_APPEAL; UNDER_APPEAL appeal_dismissed ACTIVE; UNDER_APPEAL appeal_allowed QUASHED
REFUSED police_appeal REFUSAL_UNDER_APPEAL"""
LACKED = """MADE served_none_owed SERVED_NONE; INTERIM_ENDED main_granted MADE; INTERIM_ENDED main_refused REFUSED
INTERIM_ENDED police_withdraw WITHDRAWN; RENEWAL_SOUGHT renewal_refused ACTIVE
VARIATION_SOUGHT end_date_passed EXPIRED; RENEWAL_SOUGHT end_date_passed EXPIRED; UNDER_APPEAL end_date_passed EXPIRED
REFUSAL_UNDER_APPEAL appeal_allowed MADE; REFUSAL_UNDER_APPEAL appeal_dismissed REFUSED"""


def lines(text: str) -> Iterator[tuple[str, str, str]]:
    for one in text.replace("\n", ";").split(";"):
        now, event, then = one.split()
        yield now, event, then


@pytest.mark.parametrize(("now", "event", "then"), [*lines(FIELD), *lines(LACKED)])
def test_every_step_that_the_field_names_is_a_step_here(now: str, event: str, then: str):
    for start in life(now):
        reached = after(start, event)
        assert isinstance(reached, Life), reached
        wanted = [Life("served")] if then == "SERVED_NONE" else life(then)
        assert (reached.stage, reached.open & {"variation", "renewal", "discharge"}) in {
            (one.stage, one.open & {"variation", "renewal", "discharge"}) for one in wanted
        }
        assert start in reachable()


@pytest.mark.parametrize(
    ("event", "before", "then"),
    [("notified", "owed", "given"), ("due_passed", "owed", "overdue"), ("notified_late", "overdue", "given"),
     ("breach_reported", "given", "given"), ("interim_varied_or_renewed", "given", "given")],
)  # fmt: skip
def test_an_interim_order_is_notified_varied_and_breached_like_a_full_one(event: str, before: str, then: str):
    stands = [one for one in LIVES if one.stage == "interim_served" and one.notification == before and not one.open]
    assert [after(one, event) for one in stands] == [
        one for one in LIVES if one.stage == "interim_served" and one.notification == then and not one.open
    ]


def test_every_pair_of_a_life_and_an_event_is_one_life_or_one_refusal_that_says_what_can_follow():
    for stands in LIVES:
        allowed = can_follow(stands)
        for event in events():
            reached = after(stands, event)
            assert (event in allowed) == isinstance(reached, Life)
            if isinstance(reached, Words):
                assert "cannot follow now" in str(reached)


def test_no_pair_is_decided_by_two_rows():
    for stands in reachable():
        for event in can_follow(stands):
            rows = [
                one
                for one in steps().values()
                if one.event == event
                and stands.stage in one.stages.split()
                and one.notification in ("", stands.notification)
                and (not one.needs or one.needs in stands.open)
            ]
            assert len(rows) == 1


def test_every_row_is_used_by_some_life_that_can_be_reached_and_names_only_stages_that_exist():
    for code, one in steps().items():
        assert set(one.stages.split()) <= set(STAGES), code
        assert one.to_stage in ("", *STAGES)
        for stage in one.stages.split():
            assert any(stands.stage == stage and one.event in can_follow(stands) for stands in reachable()), code


def test_every_stage_can_be_reached():
    assert {stands.stage for stands in reachable()} == set(STAGES)


def before_any(stage_of: set[str]) -> frozenset[str]:
    """Stages that can be reached by paths that never enter the given ones."""
    seen, waiting = {START}, [START]
    while waiting:
        now = waiting.pop()
        for event in can_follow(now):
            nxt = after(now, event)
            if isinstance(nxt, Life) and nxt not in seen and nxt.stage not in stage_of:
                seen.add(nxt)
                waiting.append(nxt)
    return frozenset(one.stage for one in seen)


def test_no_order_without_authority_application_and_court():
    assert not before_any({"authorised"}) & {"lodged", *IN_FORCE, *ENDS}
    assert not before_any({"lodged"}) & {*IN_FORCE, *ENDS, "refused", "withdrawn", "interim_sought"}
    assert not before_any({"interim_made"}) & {"interim_served", "interim_ended"}
    assert not before_any({"made"}) & {"served", *ENDS}


def test_nothing_is_asked_of_a_court_about_an_order_that_has_ended_but_appeals():
    for stands in reachable():
        if stands.stage in ENDS | {"withdrawn", "not_pursued"}:
            assert stands.open <= {"appeal", "decision_appeal"}
        if stands.stage in {"considered", "preparing", "authorised", "withdrawn", "not_pursued"}:
            assert stands == Life(stands.stage)


def test_nothing_binds_the_subject_again_after_the_end_but_by_an_appeal():
    for stands in reachable():
        if stands.stage in ENDS | {"withdrawn", "refused"}:
            for event in can_follow(stands):
                reached = after(stands, event)
                assert isinstance(reached, Life)
                assert reached.stage not in IN_FORCE or "appeal" in event


def test_what_changes_protection_is_told_first():
    tell = {one.event for one in steps().values() if one.tell_first}
    assert {"served", "served_none_owed", "main_granted", "main_refused", "discharged", "decide_no"} <= tell
    for one in steps().values():
        ends = {*one.stages.split()} & IN_FORCE and one.to_stage not in ("", *IN_FORCE)
        assert one.tell_first or not ends or one.event in {"interim_period_ended", "end_date_passed"}, one.code


def test_a_breach_never_changes_the_order():
    for stands in reachable():
        if "breach_reported" in can_follow(stands):
            assert after(stands, "breach_reported") == stands
