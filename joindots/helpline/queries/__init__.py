"""The helpline as its reader may see it: the desk, one contact, call-backs, and how the line goes."""

from joindots.helpline.queries.contacts import (
    CallView,
    ContactView,
    LineView,
    OfferView,
    Option,
    Options,
    Told,
    contact,
    of_case,
    options,
    spoken_last,
)
from joindots.helpline.queries.desk import (
    CallLine,
    ContactLine,
    Desk,
    calls_due,
    desk,
    hand_over,
    mine,
    takes_calls,
)
from joindots.helpline.queries.running import (
    Leaver,
    Load,
    Member,
    OwnWeek,
    UnmetCount,
    Waits,
    care,
    colleagues,
    leaver,
    line_state,
    own_number,
    own_week,
    rota,
    team,
    unmet,
    waits,
)

__all__ = [
    "CallLine", "CallView", "ContactLine", "ContactView", "Desk", "Leaver", "LineView", "Load", "Member",
    "OfferView", "Option", "Options", "OwnWeek", "Told", "UnmetCount", "Waits", "calls_due", "care", "colleagues",
    "contact", "desk", "hand_over", "leaver", "line_state", "mine", "of_case", "options", "own_number", "own_week",
    "promised_by", "rota", "spoken_last", "takes_calls", "team", "unmet", "waits",
]  # fmt: skip
