"""What is done on the way from report to conviction."""

from __future__ import annotations

from joindots.justice.actions.allegations import challenge, put_on_record, settle_put, tie_to_review
from joindots.justice.actions.case_file import ask_holder, end_ask, mark_material, take_form
from joindots.justice.actions.crimes import Said, follow, record, strike, tell
from joindots.justice.actions.devices import ask_device, move_device
from joindots.justice.actions.disclosing import ask_to_be_told, tell_step
from joindots.justice.actions.opposed import agree_as_buddy, agree_primary, change_role, say_primary
from joindots.justice.actions.points import conclude, judge_point, link_to_point, take_back_link
from joindots.justice.actions.proceedings import end_proceeding, log_proceeding, note_proceeding
from joindots.justice.actions.reasons import take_reasons

__all__ = [
    "Said",
    "agree_as_buddy",
    "agree_primary",
    "ask_device",
    "ask_holder",
    "ask_to_be_told",
    "challenge",
    "change_role",
    "conclude",
    "end_ask",
    "end_proceeding",
    "follow",
    "judge_point",
    "link_to_point",
    "log_proceeding",
    "mark_material",
    "move_device",
    "note_proceeding",
    "put_on_record",
    "record",
    "say_primary",
    "settle_put",
    "strike",
    "take_back_link",
    "take_form",
    "take_reasons",
    "tell",
    "tell_step",
    "tie_to_review",
]
