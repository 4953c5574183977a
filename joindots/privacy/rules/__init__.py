"""Rules of privacy: the register of requests, copies, how long things are kept, a breach, and drafts."""

from joindots.privacy.rules.register import (
    ANSWER_WORDS,
    CAME_WORDS,
    CLIENT_TOLD,
    GROUNDS,
    KIND_WORDS,
    Clocks,
    Kind,
    State,
    acknowledgement,
    answers,
    can_acknowledge,
    can_answer,
    can_extend,
    can_register,
    clocks,
    neither,
    next_day,
)

__all__ = [
    "ANSWER_WORDS", "CAME_WORDS", "CLIENT_TOLD", "GROUNDS", "KIND_WORDS", "Clocks", "Kind", "State", "acknowledgement",
    "answers", "can_acknowledge", "can_answer", "can_extend", "can_register", "clocks", "neither", "next_day",
]  # fmt: skip
