"""The story stopped at its checkpoints: what the desk of orders says on that day, and what it says of it later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.config.demo import story
from joindots.config.demo.opening import Opened, Staff, begin
from joindots.config.demo.people import load_people
from joindots.config.demo.watch import ACTS
from joindots.orders import answers, queries
from joindots.orders.models import Order
from joindots.orders.rules.watch import BEFORE_SERVED
from joindots.vault import root
from tests.stage import put_back

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
T3, T4 = datetime(2025, 12, 7, 12, tzinfo=UTC), datetime(2026, 1, 9, 17, tzinfo=UTC)
RENEWED = datetime(2026, 1, 14, 17, tzinfo=UTC)


class Stopped:
    """The force's own case, told as far as a moment."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.opened: Opened = begin(self.staff, story.POLICE, story.ARRIVED.get(story.POLICE.number))
        story._police(self.opened)
        self.now = T3

    def until(self, moment: datetime) -> None:
        """Let happen what the story has until then; what comes later waits."""
        self.now, steps = moment, self.opened.steps
        while steps and (step := min(steps, key=lambda one: one[0]))[0] <= moment:
            steps.remove(step)
            step[1]()
            self.opened._close()

    def who(self, name: str) -> Actor:
        """Somebody at that moment."""
        return actor_as(self.staff[name], self.now)

    def order(self) -> UUID:
        """O-12, the application of the force."""
        return Order.objects.get(circle=self.opened.circle, kind="spo").pk

    def waits(self, name: str) -> dict[str, str]:
        """What of orders waits on somebody's Today: its words by its code."""
        me = self.who(name)
        found = answers.due(me, [me.membership_id], self.now.date(), 60)
        return {one.kind: str(one.sentence) for one in found}


@pytest.fixture(scope="module")
def staff(django_db_setup: None, django_db_blocker) -> Iterator[Staff]:
    """The demo's people, put in once."""
    with put_back(django_db_blocker):
        root.source().make()
        yield load_people()


@pytest.fixture
def stopped(staff: Staff) -> Stopped:
    """The story at its beginning."""
    return Stopped(staff)


def test_t3_the_notification_is_due_today_and_the_text_of_4_december_waits_as_after_made_before_served(
    stopped: Stopped,
) -> None:
    stopped.until(T3)
    (due,) = [one for one in queries.on_desk(stopped.who("gwen")).lines if one.kind == "notify"]
    assert (str(due.says), due.day, due.over) == ("Notification due today", T3.date(), False)
    waits = stopped.waits("priya")
    assert waits["orders.notify"] == "The subject's notification is due by Sunday 7 December 2025."
    (act,) = queries.watch(stopped.who("tom"), Ref(stopped.order())).acts
    assert (act.label, act.waits) == (BEFORE_SERVED, True), "dated and not decided: that is for a person"
    assert act.texts == ("From 900177: “They can't stop me.”",)
    (bar,) = [one for one in parts.binds(stopped.who("tom"), stopped.opened.circle) if not one.bail]
    assert [one.label for one in bar.acts] == [BEFORE_SERVED], "so its ring says in the timeline"
    stopped.until(T3.replace(hour=17))
    assert "orders.notify" not in stopped.waits("priya"), "given at 16:30 on its last day"


def test_t4_a_week_with_no_order_is_an_alarm_until_the_interim_is_renewed_and_stays_in_its_history(
    stopped: Stopped,
) -> None:
    stopped.until(T4)
    gap = "A gap of protection: no order from Friday 16 January 2026 to Wednesday 21 January 2026, before the hearing."
    assert stopped.waits("priya")["orders.gap"].startswith(gap)
    page = queries.order(stopped.who("priya"), Ref(stopped.order()))
    assert ([one.code for one in page.line.alarms], page.stood) == (["gap"], ())
    lines = {one.id: one for one in queries.orders(stopped.who("gwen"), Ref(stopped.opened.circle))}
    (alarm,) = lines[stopped.order()].alarms
    assert str(alarm.says).startswith(gap), "and to the administrator"
    stopped.until(RENEWED)
    assert "orders.gap" not in stopped.waits("priya")
    page = queries.order(stopped.who("priya"), Ref(stopped.order()))
    assert page.line.alarms == ()
    (stood,) = page.stood
    assert str(stood.says).startswith(gap)
    assert (stood.since, stood.gone) == (date(2026, 1, 9), date(2026, 1, 14))


def test_acts_within_bail_of_which_the_story_says_nothing_wait_for_a_person(stopped: Stopped) -> None:
    stopped.until(datetime(2026, 7, 17, 18, tzinfo=UTC))
    told = {one.words for one in ACTS}
    tom = stopped.who("tom")
    for row in Order.objects.filter(circle=stopped.opened.circle, kind__in=("bail_pre", "bail_post")):
        for act in queries.watch(tom, Ref(row.pk), waiting_only=False, most=1000).acts:
            assert act.waits == (act.texts[0] not in told), act.texts
