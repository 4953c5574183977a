"""What orders keep."""

from __future__ import annotations

from joindots.orders.models.life import InCircle, Order, OrderCondition, Orders, OrderStep, Protected

__all__ = ["InCircle", "Order", "OrderCondition", "OrderStep", "Orders", "Protected"]
