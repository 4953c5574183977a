"""What orders keep."""

from __future__ import annotations

from joindots.orders.models.asks import AskIn, OrderAsk
from joindots.orders.models.desk import OrderDuty, OrderKeeping, OrderTold
from joindots.orders.models.life import Order, OrderCondition, Orders, OrderStep, Protected
from joindots.orders.models.packs import (
    OrderPack,
    PackAct,
    PackFile,
    PackPaper,
    PackPart,
    PackSending,
    PackSignature,
    PackTerm,
    SignatureAsk,
)
from joindots.orders.models.service import OrderService, OrderTick
from joindots.orders.models.templates import OrderTemplate
from joindots.orders.models.watch import Breach, Decided, OrderSpan

__all__ = [
    "AskIn",
    "Breach",
    "Decided",
    "InCircle",
    "Order",
    "OrderAsk",
    "OrderCondition",
    "OrderDuty",
    "OrderKeeping",
    "OrderPack",
    "OrderService",
    "OrderSpan",
    "OrderStep",
    "OrderTemplate",
    "OrderTick",
    "OrderTold",
    "Orders",
    "PackAct",
    "PackFile",
    "PackPaper",
    "PackPart",
    "PackSending",
    "PackSignature",
    "PackTerm",
    "Protected",
    "SignatureAsk",
]  # fmt: skip
