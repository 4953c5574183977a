"""What Stillwater asked of the force before the order: one ask, answered within its clock, and told by safe contact."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.config.demo.opening import Opened
from joindots.orders import actions, queries
from joindots.orders.rules.asks import Ask

ASKED, ANSWERED, TOLD = "2025-11-24 12:50", "2025-12-01 11:10", "2025-12-01 13:05"
NEED = (
    "Six kinds of act since June, a tracker among them. He goes on after arrest, bail alone does not stop him, and "
    "each time he comes nearer. An order would bind him at once and everywhere."
)


def plan_asks(opened: Opened) -> None:
    """Asked on 24 November 2025, a day before the force considered it (D33); applied for on 1 December."""
    made: list[UUID] = []
    opened.plan(ASKED, partial(_ask, opened, made))
    opened.plan(ANSWERED, partial(_answer, opened))
    opened.plan(TOLD, partial(_tell, opened, made))


def _ask(opened: Opened, made: list[UUID]) -> None:
    actor, force = opened.actor("asha", ASKED), opened.staff["priya"].agency_id
    consent = casework.agree(actor, opened.case, what=casework.Agreement(
        "refer", "met", date(2025, 11, 24), force, purpose="asking them for an order",
        said="Yes. Ask them for one that says my name once and my address never.",
    ))  # fmt: skip
    ask = Ask("spo", "Maya Ellwood", "Callum Rowan Pryce, about 34, as in your report", NEED, crime="NS/25/104417")
    made.append(actions.ask_for_order(
        opened.actor("asha", ASKED), Ref(opened.circle), what=actions.Asking(str(force), ask, consent=consent)
    ))  # fmt: skip


def _answer(opened: Opened) -> None:
    (came,) = queries.asks_in(opened.actor("priya", ANSWERED))
    actions.answer_ask(
        opened.actor("priya", ANSWERED), Ref(came.id), answer="applied", applied_on=date(2025, 12, 1), again_on=None,
        why="Complaint lodged this morning at Harrowby Magistrates' Court; an interim order is asked for with it.",
    )  # fmt: skip


def _tell(opened: Opened, made: list[UUID]) -> None:
    how = "By text inside the window: it is asked for, the court decides on Thursday; plan for the day gone through."
    actions.tell_answer(opened.actor("asha", TOLD), Ref(made[0]), told="told", how=how)
