"""An order is thought of, lived through, asked for and packed up."""

from __future__ import annotations

from joindots.orders.actions.life import add_condition, consider, protect, record, strike, take_off

__all__ = ["add_condition", "consider", "protect", "record", "strike", "take_off"]
