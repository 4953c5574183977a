"""A force is asked only for an order that the law it works under knows."""

from __future__ import annotations

from typing import Any

import pytest

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.kernel.problems import RuleBroken
from joindots.orders import actions
from joindots.orders.rules import asks as rule
from tests.stage import Stage


@pytest.mark.parametrize(
    ("order", "system", "can"),
    [("spo", "england_wales", True), ("spo", "england_wales_scotland", True), ("spo", "northern_ireland", False),
     ("ni_spo", "northern_ireland", True), ("ni_spo", "england_wales", False), ("dapo", "scotland", False),
     ("spo", None, True)],
)  # fmt: skip
def test_a_force_is_asked_for_an_order_of_its_own_law(order: str, system: Any, can: bool) -> None:
    assert bool(rule.can_ask_of(order, system)) == can


def test_an_order_of_another_law_is_not_asked_of_a_force(stage: Stage) -> None:
    case = Case.objects.get(reference=stage.case("asha").key)
    need = "Six acts in a month, coming closer each time; nothing binds them now."
    what = actions.Asking("northern-ireland", rule.Ask("spo", "Maya", "Callum Pryce", need))
    with pytest.raises(RuleBroken, match="that of Northern Ireland"):
        actions.ask_for_order(stage.actor("asha"), Ref(case.circle_id), what=what)
