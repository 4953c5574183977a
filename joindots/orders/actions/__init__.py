"""An order is thought of, lived through, asked for and packed up."""

from __future__ import annotations

from joindots.orders.actions import packs, papers, signatures, templates
from joindots.orders.actions.asks import (
    Asking,
    answer_ask,
    ask_as_agreed,
    ask_for_order,
    chase_ask,
    note_ask_answer,
    send_ask,
    tell_answer,
    withdraw_ask,
)
from joindots.orders.actions.desk import hand_order, keep_facts, tell_since
from joindots.orders.actions.letters import send_order_letter
from joindots.orders.actions.life import add_condition, consider, lift, protect, record, strike, take_off
from joindots.orders.actions.others import (
    begin_other,
    note_condition,
    note_known,
    note_lifted,
    note_protected,
    note_step,
    note_strike,
    note_taken_off,
)
from joindots.orders.actions.service import tick, untick
from joindots.orders.actions.watch import decide, follow_up, undecide

__all__ = [
    "Asking",
    "add_condition",
    "answer_ask",
    "ask_as_agreed",
    "ask_for_order",
    "begin_other",
    "chase_ask",
    "consider",
    "decide",
    "follow_up",
    "hand_order",
    "keep_facts",
    "lift",
    "note_ask_answer",
    "note_condition",
    "note_known",
    "note_lifted",
    "note_protected",
    "note_step",
    "note_strike",
    "note_taken_off",
    "packs",
    "papers",
    "protect",
    "record",
    "send_ask",
    "send_order_letter",
    "signatures",
    "strike",
    "take_off",
    "tell_answer",
    "tell_since",
    "templates",
    "tick",
    "undecide",
    "untick",
    "withdraw_ask",
]
