"""What the helpline does: contacts and their notes, what follows from them, and running the line."""

from joindots.helpline.actions.after import (
    answer_offer,
    note_attempt,
    note_unmet,
    offer,
    promise_call,
    take_over_call,
)
from joindots.helpline.actions.arriving import keep_web, open_contact, take_waiting
from joindots.helpline.actions.callers import open_case_from
from joindots.helpline.actions.calls import (
    end_contact,
    go_on,
    invite,
    keep_draft,
    keep_line,
    listen,
    say,
    take_over_contact,
    wrap_up,
)
from joindots.helpline.actions.linking import link_earlier, look_earlier, unlink_earlier
from joindots.helpline.actions.running import (
    bring_in_unanswered,
    close_web,
    end_pause,
    note_ready,
    note_unanswered,
    open_web,
    put_on_rota,
    set_hours,
    set_number,
    take_off_rota,
)

__all__ = [
    "answer_offer", "bring_in_unanswered", "close_web", "end_contact", "end_pause", "go_on", "invite", "keep_draft",
    "keep_line", "keep_web", "link_earlier", "listen", "look_earlier", "note_attempt", "note_ready", "note_unanswered",
    "note_unmet", "offer", "open_case_from", "open_contact", "open_web", "promise_call", "put_on_rota", "say",
    "set_hours", "set_number", "take_off_rota", "take_over_call", "take_over_contact", "take_waiting",
    "unlink_earlier", "wrap_up",
]  # fmt: skip
