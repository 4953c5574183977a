"""Who may know, emergencies, acts of two people, and the staff who act."""

from joindots.circles.actions.knowing import (
    ask_second,
    break_glass,
    bring_in,
    decide_second,
    erase,
    keep_out,
    keep_out_member,
    open_circle,
    review_opening,
    say_where_suspect_works,
    send_away,
)
from joindots.circles.actions.releasing import ask_release, decide_release
from joindots.circles.actions.sharing import (
    circle_for,
    lead_in,
    let_go,
    let_look,
    share_with,
    stop_looking,
    stop_sharing,
    take_up,
)
from joindots.circles.actions.staff import (
    add_staff,
    ask_recovery,
    ask_roles,
    bring_back,
    decide_staff,
    end_membership,
)
from joindots.circles.actions.taking_out import stand_aside, stand_in_all
from joindots.circles.actions.tokens import Made, agree_to_token, end_token, make_token

__all__ = [
    "Made", "add_staff", "agree_to_token", "ask_recovery", "ask_release", "ask_roles", "ask_second", "break_glass",
    "bring_back", "bring_in", "circle_for", "decide_release", "decide_second", "decide_staff", "end_membership",
    "end_token", "erase", "keep_out", "keep_out_member", "lead_in", "let_go", "let_look", "make_token", "open_circle",
    "review_opening", "say_where_suspect_works", "send_away", "share_with", "stand_aside", "stand_in_all",
    "stop_looking", "stop_sharing", "take_up",
]  # fmt: skip
