"""A condition belongs to the decision it came with: acts are asked of it from then, and until the court took it off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from joindots.access.door import Ref
from joindots.kernel.problems import RuleBroken
from joindots.orders import actions, queries
from joindots.orders.models import Order, OrderCondition, OrderDuty
from joindots.orders.tests.test_watch import TODAY, Watched, at
from tests.browsing import SignIn
from tests.stage import Stage

DAY = timedelta(days=1)
CHANGED = TODAY - 5 * DAY


@pytest.fixture
def varied(stage: Stage) -> Watched:
    """The interim order of the watch, varied five days ago, with a condition that came with the change."""
    watched = Watched(stage)
    watched.term("P01", "Not to contact her")
    watched.add("interim_varied_or_renewed", CHANGED, ends=TODAY + 9 * DAY)
    add(watched, "P04", "Not to enter Elm Road", under=1)
    return watched


def add(watched: Watched, library: str, text: str, *, under: int | None, starts: date | None = None) -> None:
    said = {"library": library, "text": text, "place": "", "starts": starts, "ends": None, "under": under}
    actions.add_condition(watched.stage.actor("priya"), watched.seen(), **said)  # type: ignore[arg-type]


def asked(watched: Watched) -> list[list[tuple[int, str]]]:
    return [
        [(one.number, one.label.code if one.label else "") for one in act.beside]
        for act in watched.page(every=True).acts
    ]


def test_acts_are_asked_of_a_condition_from_the_change_it_came_with_and_labelled_until_that_is_served(varied: Watched):
    for days in (6, 4, 2):
        varied.tell(at(TODAY - days * DAY, "10:00"))
    then = "varied_not_served_then"
    assert asked(varied) == [[(1, "")], [(1, ""), (2, then)], [(1, ""), (2, then)]]
    varied.add("variation_served", TODAY - 3 * DAY)
    assert asked(varied) == [[(1, "")], [(1, ""), (2, then)], [(1, ""), (2, "")]]
    (first, second) = queries.order(varied.stage.actor("priya"), Ref(varied.key)).conditions
    assert first.came is None
    assert second.came is not None and (second.came.on, second.came.served) == (CHANGED, TODAY - 3 * DAY)
    varied.stage.close()


def test_what_the_court_took_off_stays_asked_of_acts_before_that_day(varied: Watched):
    for days in (6, 2):
        varied.tell(at(TODAY - days * DAY, "10:00"))
    key = OrderCondition.objects.get(number=1).pk
    priya = varied.stage.actor("priya")
    for on, says in ((None, "Write down the day"), (TODAY - 11 * DAY, "cannot be taken off before")):
        with pytest.raises(RuleBroken, match=says):
            actions.lift(priya, varied.seen(), key=key, on=on, why="Varied in court")
    actions.lift(priya, varied.seen(), key=key, on=TODAY - 3 * DAY, why="Varied in court")
    assert [[one for one, _ in act] for act in asked(varied)] == [[1], [2]]
    varied.stage.close()


def test_a_mended_day_moves_the_conditions_that_came_with_it(varied: Watched):
    varied.tell(at(TODAY - 7 * DAY, "10:00"))
    assert asked(varied) == [[(1, "")]]
    last = queries.order(varied.stage.actor("priya"), Ref(varied.key)).last
    assert last is not None
    actions.strike(varied.stage.actor("priya"), varied.seen(), number=last, why="Another day")
    varied.add("interim_varied_or_renewed", TODAY - 8 * DAY, ends=TODAY + 9 * DAY)
    assert [[one for one, _ in act] for act in asked(varied)] == [[1, 2]]
    varied.stage.close()


def test_no_step_gives_an_order_a_last_day_before_a_condition_begins(varied: Watched):
    add(varied, "P05", "Not to go near her", under=0, starts=TODAY + 8 * DAY)
    with pytest.raises(RuleBroken, match="take the condition off first"):
        varied.add("interim_varied_or_renewed", TODAY, ends=TODAY + 7 * DAY)
    last = queries.order(varied.stage.actor("priya"), Ref(varied.key)).last
    assert last is not None
    with pytest.raises(RuleBroken, match="take the condition off first"):
        actions.strike(varied.stage.actor("priya"), varied.seen(), number=last, why="Not so")
    varied.stage.close()


def test_the_pages_write_a_condition_with_its_change_take_it_off_and_serve_the_change(
    varied: Watched, sign_in: SignIn
) -> None:
    varied.stage.close()
    client, page = sign_in("priya"), f"/orders/{varied.key}/"

    def version() -> str:
        return str(Order.objects.get(pk=varied.key).version)

    form = client.get(f"{page}condition/").content.decode()
    assert "Which decision it came with" in form and "The change of" in form
    said = {"library": "P05", "text": "Not to come near her", "under": "1", "version": version()}
    assert client.post(f"{page}condition/", said).status_code == 302
    assert OrderCondition.objects.get(number=3).since == CHANGED
    key = str(OrderCondition.objects.get(number=1).pk)
    off = {"what": "condition", "how": "lifted", "key": key, "why": "Varied", "version": version()}
    assert "Enter the day" in client.post(f"{page}take-off/", {**off, "lifted_on": "x"}).content.decode()
    assert client.post(f"{page}take-off/", {**off, "lifted_on": str(CHANGED)}).status_code == 302
    assert "The court took it off on" in client.get(page).content.decode()
    served = {"on": str(TODAY), "told": "told", "service_by": "PC Okoro", "service_how": "in_person",
              "service_place": "The station", "version": version()}  # fmt: skip
    assert "How it was served" in client.get(f"{page}record/variation_served/").content.decode()
    assert client.post(f"{page}record/variation_served/", served).status_code == 302
    assert "By PC Okoro, in person; The station." in client.get(page).content.decode()


def test_a_domestic_abuse_orders_page_and_desk_show_its_own_three_days(stage: Stage, sign_in: SignIn) -> None:
    circle = Watched(stage).circle
    client = sign_in("priya")
    key = actions.begin_other(stage.actor("priya"), Ref(circle), kind="dapo", on=TODAY, why="Acts, risk")
    stage.close()
    page = f"/orders/{key}/"
    assert "Made, no notification owed" in client.get(page).content.decode()
    given = {"on": str(TODAY), "until": "further", "version": str(Order.objects.get(pk=key).version)}
    assert client.post(f"{page}record/order_made/", given).status_code == 302
    shown = client.get(page).content.decode()
    assert "The subject&#x27;s notification" in shown and "Notification by" in shown
    assert set(OrderDuty.objects.filter(order=key).values_list("code", flat=True)) == {"notify", "not_served"}
