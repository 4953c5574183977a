"""What is done when data may have got out: the steps in order, and the clock to the regulator (pure).

The first question is whether an address is out, for that can kill before any form is filled in. Not known counts as
yes. Source: domain notes 15; UK GDPR articles 33 and 34; the clock is `law.clocks` `ico_breach_notice`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.clocks import due_at

ADDRESS = "address"
REGULATOR = "regulator"
NOT_OUT = "no"
OUT = {"yes": "yes", "not_known": "not known, so we act as if it were", NOT_OUT: "no"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its question, what to do, and its answers. A step without `out` answers may be not needed."""

    code: str
    title: str
    does: str
    answers: tuple[tuple[str, str], ...]
    when_out: bool = False
    """Whether an address that is out leaves it no other answer than the first."""


STEPS = (
    Step(ADDRESS, "Is an address out?", "A home, a refuge, a school, a place of work, or anything by which one of them "
         "can be found. If you do not know, act as if it were.", tuple(OUT.items())),
    Step("danger", "Who is in danger now?", "Name who could be found or harmed by it: the person, children, a new "
         "partner, a witness, a colleague. If somebody may be hurt now, ring 999 first.",
         (("named", "they are named below"), ("nobody", "nobody, for the reason below")), when_out=True),
    Step("told", "Were they told by the safe way?", "Only by the way that stands on their safe contact card. Say what "
         "got out, to whom, and what can be done now; go through the safety plan with them.",
         (("told", "told by the safe way"), ("trying", "being tried, as below"),
          ("not_needed", "not needed, for the reason below")), when_out=True),
    Step("saw", "Who saw it?", "From the trail of the case, and from whoever received it.",
         (("known", "they are named below"), ("not_known", "not known"))),
    Step("contain", "Was it contained?", "Call it back, change what can be changed, cut off access, end tokens and "
         "shares; keep what shows how it happened.",
         (("done", "done, as below"), ("partly", "in part, as below"), ("cannot", "it cannot be"))),
    Step(REGULATOR, "Is the regulator told?", "Within 72 hours of when somebody here first knew, unless it is unlikely "
         "to be a risk to anybody. An address that is out is one.",
         (("told", "told"), ("not_told", "not told, for the reason below")), when_out=True),
    Step("record", "What is learned?", "What happened, why, and what is changed so that it does not happen again.",
         (("kept", "as below"),)),
)  # fmt: skip
BY_CODE = {one.code: one for one in STEPS}


def notify_by(aware_at: datetime) -> datetime:
    """The last moment to tell the regulator."""
    return due_at("ico_breach_notice", aware_at)


def can_begin(aware_at: datetime | None, at: datetime) -> Decision:
    """With the moment in which somebody here first knew, which is not to come."""
    if aware_at is None:
        return no("aware_when", "Give the day and time when somebody here first knew.")
    if aware_at > at:
        return no("aware_future", "That moment is still to come. Change it.")
    return YES


def can_do(step: str, answer: str, said: str, out: str) -> Decision:
    """The address first; then each step in any order, for they are done side by side. Words where an answer asks: that
    an address is not out after all says why, for what guards lives may then be passed over.
    """
    told = BY_CODE.get(step)
    if told is None or answer not in dict(told.answers):
        return no("breach_answer", "Choose an answer from the list.")
    if step != ADDRESS and not out:
        return no("address_first", "First say whether an address is out.")
    if step == ADDRESS and out not in ("", NOT_OUT) and answer == NOT_OUT and not said:
        return no("breach_not_out", "Write how it is known that no address is out after all.")
    if step != ADDRESS and not said:
        return no("breach_said", "Write down what was done, and by whom.")
    return YES


def can_close(done: dict[str, str], out: str) -> Decision:
    """When every step stands, and with an address out, each that matters then has its first answer."""
    missing = [one for one in STEPS if one.code not in done]
    if missing:
        return no("breach_open", "This step is missing: {title}", title=missing[0].title)
    if out != NOT_OUT:
        for one in STEPS:
            if one.when_out and done[one.code] != one.answers[0][0]:
                return no("breach_danger", "An address is out or may be. This must be done first: {title}",
                          title=one.title)  # fmt: skip
    return YES


def next_step(done: Collection[str]) -> str:
    """The first step that does not stand yet; empty where all do."""
    return next((one.code for one in STEPS if one.code not in done), "")
