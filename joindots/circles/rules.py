"""Rules of who may know (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from joindots.access.roles import Role
from joindots.kernel.decisions import YES, Decision, no

RECEIVE = frozenset({Role.ADVOCATE, Role.POLICE_OFFICER, Role.HELPLINE_ADVISER, Role.SAFEGUARDING_LEAD, Role.THERAPIST})
"""Who receives what is sent to an agency that has no lead."""
BREAK_GLASS_MINUTES = 60
BREAK_GLASS_A_WEEK = 3
REASON_LETTERS = 20
STANDING_DAYS = 90
TWO_PERSON_HOURS = 72
RELEASE = "release"
BUDDY = "buddy"
SMALL_AGENCY = 3
"""An agency with fewer members of staff may turn to its buddy agency for the second person."""
TAKE_OUT = "take_out"
TAKE_OUT_PURPOSE = "agency export"
TAKE_OUT_HOURS = 12
"""A standing for a taking out ends by itself after this, should nothing else end it."""


def break_glass_ends(at: datetime) -> datetime:
    """An emergency opening closes by itself after 60 minutes."""
    return at + timedelta(minutes=BREAK_GLASS_MINUTES)


def can_break_glass(reason: str, *, fresh: bool, in_last_week: int, review_owed: bool) -> Decision:
    """A reason in words, a second factor of the last 5 minutes, three a week, none unreviewed too long."""
    if len(reason.strip()) < REASON_LETTERS:
        return no("reason_short", "Give the reason in at least {n} letters.", n=REASON_LETTERS)
    if not fresh:
        return no("not_fresh", "Give your second factor again first: an emergency opening needs it fresh.")
    if review_owed:
        return no(
            "review_owed", "An earlier emergency opening of yours has waited more than two working days for review."
        )
    if in_last_week >= BREAK_GLASS_A_WEEK:
        return no("too_many", "You have opened {n} cases this way in a week. Ask a supervisor.", n=in_last_week)
    return YES


def can_give_roles(roles: tuple[str, ...]) -> Decision:
    """At least one role, each from the list."""
    if not roles or any(code not in {role.value for role in Role} for code in roles):
        return no("roles", "Choose at least one role from the list.")
    return YES


def can_review(*, same_agency: bool, reviewed: bool) -> Decision:
    """An emergency opening is reviewed once, by another agency than the one whose member opened."""
    if same_agency:
        return no("own_agency", "Another agency reviews what somebody of yours opened.")
    if reviewed:
        return no("reviewed", "This opening was reviewed already.")
    return YES


def can_decide(*, asked_by_me: bool, expires: datetime, decided: bool, at: datetime) -> Decision:
    """Another person decides, once, while it is open."""
    if asked_by_me:
        return no("same_person", "Somebody else must decide what you asked for.")
    if decided:
        return no("decided", "This was decided already.")
    if at >= expires:
        return no("expired", "This was not decided in time, so nothing happens. Ask again if it is still needed.")
    return YES


def can_pass_on(*, mine: str, theirs: str) -> Decision:
    """Nobody lets others in on another side than their own, but for leaving contact out (from victim to both)."""
    if mine == theirs or (mine == "victim" and theirs == "both"):
        return YES
    return no("own_side", "You can let others in on your own side alone.")


def most_side(*, works_there: bool) -> str:
    """The furthest side on which somebody may be let in: never the one that opens how to reach the person, for who
    works where the person reported, or somebody close to them, works.
    """
    return "both" if works_there else "victim"


def can_let_in(*, side: str, works_there: bool) -> Decision:
    """On the side of the person being stalked nobody who works where the person reported works."""
    if side != "victim" or most_side(works_there=works_there) == "victim":
        return YES
    return no(
        "let_in_works_there",
        "The person reported, or somebody close to them, works there too. "
        "Let this person read on both sides: that opens no address and no number. A lead alone can name somebody there "
        "who may see more.",
    )  # fmt: skip


def can_say_where(*, own: bool, side: str, before: bool, leads: bool) -> Decision:
    """Whose circle it is says where the person reported works; what stands is changed by a lead."""
    if not own or side != "victim":
        return no("works_not_own", "The agency whose case it is says where the person reported works.")
    if before and not leads:
        return no("works_said", "It is noted already. A lead can change it.")
    return YES


GIVES: Mapping[str, frozenset[str]] = {
    "victim": frozenset({"victim", "both", "suspect"}), "both": frozenset({"both", "suspect"}), "suspect": frozenset(),
}  # fmt: skip
"""Which sides somebody on a side lets others stand on, and sends them away from: never one that opens more."""


def can_give(*, mine: str, side: str) -> Decision:
    """Whether somebody who stands on `mine` lets another stand on `side`."""
    if side in GIVES.get(mine, ()):
        return YES
    return no("give_more", "Somebody who works on the side of the person being stalked must do that.")


def can_add(*, self_granted: bool) -> Decision:
    """Nobody brings themselves into a circle."""
    if self_granted:
        return no("self_granted", "Somebody else must add you.")
    return YES
