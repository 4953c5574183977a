"""Orders, as their reader may see them."""

from __future__ import annotations

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
    "orders_waiting",
]
