"""Random lives of every kind of order: varied, served late, appealed, struck and written anew, on odd days and hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.law.alarms import GRAVER, alarms, standing
from joindots.law.episode import (
    NOTHING,
    Episode,
    Happened,
    happen,
    in_force_on,
    may_happen,
    may_have_condition,
    stays_inside,
)
from joindots.law.happening import not_served
from joindots.law.life import IN_FORCE, OTHER_START, can_follow

DAY = timedelta(days=1)
KINDS = ("spo", "spo", "spo", "ni_spo", "dapo", "dapn", "bail_pre", "nmo", "")
STARTS = (date(2024, 2, 29), date(2025, 12, 24), date(2026, 3, 28), date(2026, 10, 24), date(2028, 2, 29))
"""Days beside a 29 February, Christmas, and both changes of the clock."""
CLOCKS = (None, time(0), time(1, 30), time(23, 59))
SELDOM = frozenset(
    {"decide_no", "police_withdraw", "main_refused", "order_refused", "order_withdrawn", "not_applied", "hearing_listed",
     "discharged", "order_ended", "end_date_passed", "interim_discharged", "breach_reported", "name_or_address_change",
     "main_granted", "appeal_lodged"}
)  # fmt: skip
"""Drawn less often, so that lives are long."""
Choice = tuple[int, int, int, bool]
CHOICES = st.lists(
    st.tuples(st.integers(0, 9_999), st.integers(-3, 900), st.integers(0, 3), st.booleans()), min_size=10, max_size=40
)


@dataclass
class Written:
    """An order as people write it down: what stands of it, and the first days of its conditions."""

    start: Episode
    events: list[Happened] = field(default_factory=list)
    begins: list[date] = field(default_factory=list)

    def stand(self) -> Episode:
        episode = self.start
        for one in self.events:
            episode = happen(episode, one)
        return episode


def lived(kind: str, start: date, choices: list[Choice]) -> list[tuple[Episode, list[date]]]:
    """Every stand of one order: a step that may come, the last one struck, or a condition written down."""
    begun = NOTHING if kind == "spo" else Episode(life=replace(OTHER_START, kind=kind))
    written, stands = Written(replace(begun, last=start)), list[tuple[Episode, list[date]]]()
    for choice in choices:
        now = written.stand()
        if choice[0] % 11 == 0 and written.events:
            _strike(written)
        elif choice[0] % 5 == 0:
            _condition(written, now, choice)
        else:
            _step(written, now, choice)
        stands.append((written.stand(), list(written.begins)))
    return stands


def _strike(written: Written) -> None:
    before = Written(written.start, written.events[:-1])
    if stays_inside(before.stand(), written.begins):
        written.events.pop()


def _condition(written: Written, now: Episode, choice: Choice) -> None:
    pick, days, _, flag = choice
    under = pick % len(now.terms) if flag and now.terms else None
    starts = (now.made + days * DAY) if now.made else None
    if starts is not None and may_have_condition(now, starts, None, under):
        written.begins.append(starts)


def _step(written: Written, now: Episode, choice: Choice) -> None:
    pick, days, clock, flag = choice
    on = (now.last or date(2024, 1, 1)) + (days % (400 if now.life.stage in ("made", "served") else 40)) * DAY
    late = flag and pick % 3 == 0 and now.made is not None
    drawn = [
        Happened(
            event=event, on=now.made if late and now.made else on, ends=None if flag else on + (days * 3 + 9) * DAY,
            further=flag and pick % 2 == 0, hearing=on + (pick % 60) * DAY, act_on=now.made, consents=flag,
            sex_offender_duty=flag, investigation="live", told="told", clock=CLOCKS[clock],
        )
        for event in can_follow(now.life) if event not in SELDOM or pick % 4 == 0
    ]  # fmt: skip
    possible = [one for one in drawn if may_happen(now, one)]
    if possible:
        new = possible[pick % len(possible)]
        if stays_inside(happen(now, new), written.begins):
            written.events.append(new)


def every_life(check: Callable[[Episode, list[date]], None]) -> Callable[[], None]:
    """Runs a check at every stand of many random lives of every kind."""

    asked = settings().max_examples
    few = 25  # a deeper run asks for more by its own profile

    @settings(deadline=None, max_examples=asked if asked > 100 else few)
    @given(st.sampled_from(KINDS), st.sampled_from(STARTS), CHOICES)
    def run(kind: str, start: date, choices: list[Choice]) -> None:
        for stand, begins in lived(kind, start, choices):
            check(stand, begins)

    return run


def codes(stand: Episode, day: date) -> set[str]:
    return {one.code for one in standing(stand, day)}


@every_life
def test_no_alarm_is_missed_in_any_life_of_any_kind(stand: Episode, begins: list[date]) -> None:
    stage, kind, last = stand.life.stage, stand.life.kind, stand.last or date(2024, 1, 1)
    known = stand.life.by == "order_life" and not kind
    if stage in ("made", "interim_made") and not known:
        assert "not_served" in codes(stand, last)
    if stage in ("served", "interim_served") and not known:
        wanted = any(one.must_serve for one in not_served(stand))
        assert ("varied_not_served" in codes(stand, last)) == wanted
    if stage in ("made", "served") and stand.ends:
        before = 14 if stand.life.by == "order_life" else 90
        assert codes(stand, stand.ends - before * DAY) & {"renewal_prompt", "renewal_lodge", "renewal_undecided"}
        assert "run_out" in codes(stand, stand.ends + DAY)
    if stage in IN_FORCE and stand.life.notification == "owed":
        assert stand.notify_by is not None
        assert "notify" in codes(stand, stand.notify_by - 2 * DAY)
        assert "notify_overdue" in codes(stand, stand.notify_by + DAY)
    if stage in ("made", "served") and kind == "ni_spo":
        assert ("not_in_force" in codes(stand, last)) == (stand.in_force is None)
    if stage in ("made", "served") and kind == "dapn":
        asked = {"notice_hearing", "notice_late", "hearing_past", "notice_beyond"}
        assert codes(stand, date(2200, 1, 1)) & asked
    for one in alarms(stand):
        assert {one.code, GRAVER.get(one.code)} & codes(stand, date(2200, 1, 1)), "nothing ends by time alone"


@every_life
def test_no_last_day_comes_before_any_condition_begins(stand: Episode, begins: list[date]) -> None:
    if stand.life.stage in IN_FORCE and stand.ends is not None:
        assert all(day <= stand.ends for day in begins)


@every_life
def test_terms_bindings_and_stretches_follow_each_other(stand: Episode, begins: list[date]) -> None:
    for one in stand.terms:
        assert one.served is None or one.on <= one.served
    for first, second in zip(stand.terms, stand.terms[1:], strict=False):
        assert first.on <= second.on
    assert not stand.terms or not stand.terms[0].changed, "nothing is changed that was not made"
    for binding in stand.bindings:
        assert binding.last is None or binding.made <= binding.last
        assert binding.served is None or binding.made <= binding.served
        assert in_force_on(stand, binding.made)
    assert (stand.life.stage in IN_FORCE) == (bool(stand.bindings) and stand.bindings[-1].last is None)


@every_life
def test_an_order_that_ended_is_never_notified_served_or_changed(stand: Episode, begins: list[date]) -> None:
    if stand.life.stage in ("discharged", "expired", "quashed", "withdrawn", "refused"):
        after = set(can_follow(stand.life))
        assert not after & {"notified", "due_passed", "served", "order_served", "variation_served", "order_varied",
                            "decided", "renewed", "order_in_force", "change_notified"}  # fmt: skip
        assert not {"notify", "notify_overdue", "not_served", "varied_not_served", "run_out", "renewal_prompt"} & codes(
            stand, date(2200, 1, 1)
        )
