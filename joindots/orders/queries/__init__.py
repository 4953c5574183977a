"""Orders, as their reader may see them."""

from __future__ import annotations

from joindots.orders.queries.asks import (
    AskInView,
    AskView,
    Force,
    Sheet,
    ask,
    ask_in,
    ask_sheet,
    asks_counted,
    asks_in,
    asks_of,
    asks_to_answer,
    asks_waiting,
    consents_for,
    forces,
)
from joindots.orders.queries.life import (
    ConditionView,
    Offered,
    OrderLine,
    OrderPage,
    ProtectedView,
    StepView,
    Struck,
    Waiting,
    order,
    orders,
    orders_waiting,
)

__all__ = [
    "AskInView",
    "AskView",
    "ConditionView",
    "Offered",
    "OrderLine",
    "OrderPage",
    "ProtectedView",
    "StepView",
    "Struck",
    "Waiting",
    "order",
    "orders",
    "ask",
    "ask_in",
    "ask_sheet",
    "asks_counted",
    "asks_in",
    "asks_of",
    "asks_to_answer",
    "asks_waiting",
    "consents_for",
    "forces",
    "orders_waiting",
]
