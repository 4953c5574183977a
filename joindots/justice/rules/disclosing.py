"""Right to ask and right to know: from the request to what was said and the follow-up, as one total table (pure).

Clare's Law and its like in Scotland and Northern Ireland, and what the police tell under powers they have. Whoever
asked is never told to the person asked about, and nothing is written where that person's side could read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.clocks import due_on
from joindots.law.schemes import can_use, disclosure_schemes


class Stage(StrEnum):
    """How far a request is."""

    ASKED = "asked"
    CHECKED = "checked"
    TO_TELL = "to_tell"
    NOT_TO_TELL = "not_to_tell"
    PLANNED = "planned"
    TOLD = "told"
    ANSWERED = "answered"
    FOLLOWED = "followed"
    WITHDRAWN = "withdrawn"


STAGE_WORDS: Mapping[Stage, str] = {
    Stage.ASKED: "asked, not checked yet", Stage.CHECKED: "checked, not decided yet",
    Stage.TO_TELL: "to be told; no meeting planned yet", Stage.NOT_TO_TELL: "not to be told; not answered yet",
    Stage.PLANNED: "a safe meeting is planned", Stage.TOLD: "told; no follow-up yet",
    Stage.ANSWERED: "answered without telling; no follow-up yet", Stage.FOLLOWED: "told or answered, and followed up",
    Stage.WITHDRAWN: "taken back by whoever asked",
}  # fmt: skip
EVENTS: Mapping[str, str] = {
    "checked": "checks were made", "to_tell": "decided to tell", "not_to_tell": "decided not to tell",
    "planned": "a safe meeting was planned", "not_reached": "they could not be reached safely", "told": "it was told",
    "answered": "they were answered safely, and nothing was told", "followed": "followed up",
    "looked_again": "new facts came: decide again", "withdrawn": "whoever asked took it back",
}  # fmt: skip
STEPS: Mapping[tuple[Stage, str], Stage] = {
    (Stage.ASKED, "checked"): Stage.CHECKED,
    (Stage.ASKED, "withdrawn"): Stage.WITHDRAWN,
    (Stage.CHECKED, "checked"): Stage.CHECKED,
    (Stage.CHECKED, "to_tell"): Stage.TO_TELL,
    (Stage.CHECKED, "not_to_tell"): Stage.NOT_TO_TELL,
    (Stage.CHECKED, "withdrawn"): Stage.WITHDRAWN,
    (Stage.TO_TELL, "planned"): Stage.PLANNED,
    (Stage.TO_TELL, "looked_again"): Stage.CHECKED,
    (Stage.PLANNED, "planned"): Stage.PLANNED,
    (Stage.PLANNED, "not_reached"): Stage.TO_TELL,
    (Stage.PLANNED, "told"): Stage.TOLD,
    (Stage.PLANNED, "looked_again"): Stage.CHECKED,
    (Stage.NOT_TO_TELL, "answered"): Stage.ANSWERED,
    (Stage.NOT_TO_TELL, "looked_again"): Stage.CHECKED,
    (Stage.TOLD, "followed"): Stage.FOLLOWED,
    (Stage.TOLD, "looked_again"): Stage.CHECKED,
    (Stage.ANSWERED, "followed"): Stage.FOLLOWED,
    (Stage.ANSWERED, "looked_again"): Stage.CHECKED,
    (Stage.FOLLOWED, "looked_again"): Stage.CHECKED,
    (Stage.FOLLOWED, "followed"): Stage.FOLLOWED,
    (Stage.WITHDRAWN, "looked_again"): Stage.CHECKED,
}
"""What can follow what. Whatever is not here is refused. An agency-led right to know cannot be taken back."""
TELLS = frozenset({"to_tell", "planned", "told"})
"""Events by which somebody’s past is told: never that of a recorded victim on one person’s word."""
OVER = frozenset({Stage.TOLD, Stage.ANSWERED, Stage.FOLLOWED, Stage.WITHDRAWN})
"""Stages in which the clock of the scheme has stopped."""
RIGHTS: Mapping[str, str] = {"ask": "right to ask", "know": "right to know"}
ASKERS: Mapping[str, str] = {
    "self": "the person themselves", "family": "somebody close to them", "worker": "a worker of an agency",
    "police": "the police themselves",
}  # fmt: skip
TOLD_TO: Mapping[str, str] = {
    "victim": "the person being stalked", "protector": "somebody who can best protect them",
}  # fmt: skip
MOST = 8000
MOST_LINE = 200
OPEN_DAYS = 7
"""Days within which an open request without a clock of its own is looked at (the project's own default)."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a request."""

    event: str
    on: date
    said: str
    told_to: str = ""
    exact: str = ""
    """The exact words that were said."""
    safely: bool = False
    """Whether it was by a safe contact, with a safety plan talked through."""
    next_on: date | None = None
    """The day of the meeting, or of the follow-up."""


def can_begin(*, scheme: str, right: str, relation: str, asker: str, asked_on: date, why: str, today: date) -> Decision:
    """Whether a request can be written down: an open route, who asked, a day that came, and why."""
    if asker not in ASKERS or (right == "know") != (asker == "police"):
        return no("disclosing_asker", "Choose who asked. A right to know begins with the police themselves.")
    if asked_on > today or asked_on < today - timedelta(days=3660):
        return no("disclosing_day", "Enter the day it was asked: not one to come.")
    if not why.strip() or len(why) > MOST:
        return no("disclosing_why", "Write why it is asked, in a few words.")
    return can_use(scheme, right, relation, today)


def can_happen(stage: Stage, right: str, new: Happened, last: date, today: date, *, safe_line: bool) -> Decision:
    """Whether something can happen now, with all that it must say.

    `safe_line`: whether a safe contact is kept for the person. Nothing is told or answered without one.
    """
    if (stage, new.event) not in STEPS or (right == "know" and new.event == "withdrawn"):
        return no("disclosing_next", "That cannot follow: it is {now}.", now=STAGE_WORDS[stage])
    if not last <= new.on <= today:
        return no("disclosing_when", "Enter the day it happened: not before the last step, and not one to come.")
    if not new.said.strip():
        return no("disclosing_said", SAYS[new.event])
    if max(len(new.said), len(new.exact)) > MOST:
        return no("disclosing_long", "Shorten it to {most} letters.", most=MOST)
    return _can_tell(new, safe_line=safe_line) and _has_day(new)


def _can_tell(new: Happened, *, safe_line: bool) -> Decision:
    if new.event not in ("planned", "told", "answered"):
        return YES
    if not safe_line:
        return no("disclosing_no_line", "No safe contact is kept for the person. Ask first how they can be reached.")
    if not new.safely:
        return no("disclosing_safely", "Say that it is by a safe contact, and that a safety plan was talked through.")
    if new.event == "told" and new.told_to not in TOLD_TO:
        return no(
            "disclosing_to", "Choose who was told: whoever can best protect them, who may not be the person who asked."
        )
    if new.event == "told" and not new.exact.strip():
        return no("disclosing_exact", "Write the exact words that were said. They are sealed.")
    return YES


def _has_day(new: Happened) -> Decision:
    needs = {"planned": "Enter the day of the meeting.", "told": "Enter the day of the follow-up.",
             "answered": "Enter the day of the follow-up."}.get(new.event)  # fmt: skip
    if needs and (new.next_on is None or not new.on <= new.next_on <= new.on + timedelta(days=366)):
        return no("disclosing_next_on", "{needs} It is no more than a year away.", needs=needs)
    return YES


SAYS: Mapping[str, str] = {
    "checked": "Write what was checked: records, other agencies, risk.",
    "to_tell": "Write why it is to be told: lawful, necessary, proportionate, and who decided.",
    "not_to_tell": "Write why it is not to be told, and who decided.",
    "planned": "Write who meets them, where it is safe, and how they are asked to come.",
    "not_reached": "Write what was tried.", "told": "Write who told it, and how it went.",
    "answered": "Write what they were told, so that it gives nothing away.", "followed": "Write how it is now.",
    "looked_again": "Write what is new.", "withdrawn": "Write what they said.",
}  # fmt: skip
"""What the words of each step are for."""


def may_follow(stage: Stage, right: str) -> tuple[str, ...]:
    """What can be written down now, in the order of the list."""
    return tuple(
        event for event in EVENTS if (stage, event) in STEPS and not (right == "know" and event == "withdrawn")
    )


def limit(scheme: str, right: str, asked_on: date) -> date | None:
    """The day by which a request is answered; None where the tables hold no clock for this route, never guessed."""
    clock = disclosure_schemes()[scheme].clock
    return due_on(clock, asked_on) if clock and right == "ask" else None


def desk_day(stage: Stage, limit_on: date | None, last: date, next_on: date | None) -> date | None:
    """The day on which it is to be seen to: a meeting or follow-up, its limit, or within a week; None once over."""
    if stage in (Stage.FOLLOWED, Stage.WITHDRAWN):
        return None
    if stage in OVER:
        return next_on
    nearest = [day for day in (limit_on, next_on) if day is not None]
    return min(nearest) if nearest else last + timedelta(days=OPEN_DAYS)
