"""What leaves: its kinds, what each needs of a way, and the states it goes through (pure)."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

from joindots.people.rules.reaching import Use


class Kind(StrEnum):
    """A kind of notice."""

    TEXT = "text"
    MAIL = "mail"
    LETTER = "letter"
    PRINTED = "printed"
    """A letter to somebody else that a gateway prints and posts."""
    CALENDAR = "calendar"
    CALL = "call"
    VOICEMAIL = "voicemail"


class State(StrEnum):
    """Where a notice stands. Nothing is ever sent twice: what was begun and not seen to its end is `unsure`."""

    QUEUED = "queued"
    LEAVING = "leaving"
    SENT = "sent"
    HELD_HERE = "held_here"
    REFUSED = "refused"
    FAILED = "failed"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


USE: Final[dict[Kind, Use]] = {
    Kind.TEXT: Use.TEXT, Kind.MAIL: Use.MAIL, Kind.LETTER: Use.POST, Kind.CALENDAR: Use.MAIL, Kind.CALL: Use.CALL,
    Kind.VOICEMAIL: Use.VOICEMAIL, Kind.PRINTED: Use.POST,
}  # fmt: skip
KIND_WORDS: Final[dict[Kind, str]] = {
    Kind.TEXT: "text", Kind.MAIL: "e-mail", Kind.LETTER: "letter", Kind.CALENDAR: "calendar entry", Kind.CALL: "call",
    Kind.VOICEMAIL: "voicemail", Kind.PRINTED: "letter, printed and posted for you",
}  # fmt: skip
STATE_WORDS: Final[dict[State, str]] = {
    State.QUEUED: "waits for a safe time", State.LEAVING: "is leaving", State.SENT: "left",
    State.HELD_HERE: "not sent: no gateway is set up", State.REFUSED: "refused", State.FAILED: "failed",
    State.UNSURE: "may or may not have left", State.WITHDRAWN: "withdrawn",
}  # fmt: skip
BY_HAND: Final = frozenset({Kind.LETTER, Kind.CALL, Kind.VOICEMAIL})
"""Kinds that a person does: they post it, or ring. The rest goes through a gateway."""
NEXT: Final[dict[State, frozenset[State]]] = {
    State.QUEUED: frozenset({State.LEAVING, State.REFUSED, State.FAILED, State.WITHDRAWN}),
    State.LEAVING: frozenset({State.SENT, State.HELD_HERE, State.FAILED, State.UNSURE, State.QUEUED}),
    State.SENT: frozenset(), State.HELD_HERE: frozenset(), State.REFUSED: frozenset(), State.FAILED: frozenset(),
    State.UNSURE: frozenset(), State.WITHDRAWN: frozenset(),
}  # fmt: skip
LEASE: Final = timedelta(seconds=60)
"""How long one sending may take. Afterwards nobody knows whether it left, and it is not tried again."""
HAND_LEASE: Final = timedelta(hours=12)
"""How long somebody who opened a number or a letter has to say what came of it."""
NOT_LEFT: Final = frozenset({State.WITHDRAWN, State.REFUSED, State.FAILED, State.HELD_HERE})
"""How an earlier try may have ended for the same to go again: it surely did not leave."""
AGAIN: Final = timedelta(minutes=5)
MOST_ATTEMPTS: Final = 5
SAID_NOW_LASTS: Final = timedelta(minutes=15)
"""How long somebody who was with us, and asked for a round trip at this moment, is taken to be with us still."""
EXCEPTION_LASTS: Final = timedelta(hours=1)
"""How long a reason for passing their limits holds for what a gateway carries; a call has `HAND_LEASE`."""
LASTS: Final = timedelta(days=14)
"""A notice that could not leave for so long is given up: what it says is no longer true."""


class Ended(StrEnum):
    """What came of a call or letter, as who did it says."""

    DONE = "done"
    NO_ANSWER = "no_answer"
    SOMEBODY_ELSE = "somebody_else"
    NOT_DONE = "not_done"


ENDED_WORDS: Final[dict[Ended, str]] = {
    Ended.DONE: "Done: they were reached",
    Ended.NO_ANSWER: "Nobody answered; I hung up and left nothing",
    Ended.SOMEBODY_ELSE: "Somebody else answered; I gave nothing away", Ended.NOT_DONE: "I did not do it",
}  # fmt: skip
POSTED_WORDS: Final[dict[Ended, str]] = {
    Ended.DONE: "I posted it, or gave it to them myself", Ended.NOT_DONE: ENDED_WORDS[Ended.NOT_DONE],
}  # fmt: skip
WHY_WORDS: Final[dict[str, str]] = {
    "writer_gone": "Whoever wrote it may no longer act in this case. Write it anew.",
    "not_known": "It was being sent when the sending broke off. It may or may not have left, and was not sent again. "
    "Ask by the safe way before you write anew.",
    "gateway_refused": "The gateway refused it. Check the number or address, and the gateway’s settings.",
    "gateway_away": "The gateway could not be reached. It was surely not sent.",
    "too_late": "It could not leave within two weeks, or before the appointment, and was given up.",
    "hand_lapsed": "Somebody opened it and did not say what came of it.",
    "contact_none": "No safe way is recorded.",
    "no_safe_way": "No confirmed safe way fitted it.",
    "way_gone": "The way no longer stood on the card.",
    "way_known": "The person reported knows that way.",
    "way_watched": "That way is believed to be watched.",
    "way_unfit": "That way cannot be used for this.",
    "way_unproved": "That way was never confirmed by a round trip.",
    "contact_held": "The address had changed: for seven days only the safe way may be used.",
    "use_unsafe": "It was not said to be safe.",
    "calendar_unasked": "They have not asked for calendar entries.",
    "times_unknown": "No safe days and hours were entered.",
    "times_never": "None of the safe times came within two weeks.",
    "outward_over": "What they had agreed to was over.",
    "outward_endless": "Without consent it leaves within days or not at all.",
    "outward_weighed": "It was decided without consent, and those days were over.",
    "outward_kept": "Their card says that this recipient must not know.",
    "outward_home": "It would have gone to where the person themselves is reached.",
    "outward_held": "It named an address or number that had changed lately.",
    "outward_names": "Somebody of the case was named on the outside.",
    "outward_reported": "It bore the name of the person reported.",
    "reached_suspect": "They stand in the case as the person reported now.",
    "notice_tells": "A word in it could now tell somebody else what it is about.",
    "taken_back": "They took back that they had agreed to it.",
    "no_answer": "Nobody answered, and nothing was left.",
    "somebody_else": "Somebody else answered, and nothing was given away.",
    "no_gateway": "No gateway is set up for this kind. Nothing left; its words are kept here.",
}
