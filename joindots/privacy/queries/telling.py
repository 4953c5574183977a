"""What police and others ask about a client, as whoever has the case sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.casework.models import Case
from joindots.kernel.dots import Due, Reason
from joindots.kernel.words import words
from joindots.notices.rules.notices import State as Left
from joindots.privacy import permissions, rules
from joindots.privacy.models import Request
from joindots.privacy.rules import Kind, State
from joindots.privacy.rules.register import can_tell, notice
from joindots.privacy.tasks.register import told_by_now


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """One request about the client: who asks what, by when, whether the client was told, and how it was answered."""

    id: UUID
    reference: str
    version: int
    who: str
    words: str
    came_on: date
    wanted_on: date | None
    open: bool
    told: str
    why_untold: str
    letter: UUID | None
    letter_says: str
    may_write: str
    """Why no letter can be written now; empty where one can."""
    wording: str
    answer: str
    answered_on: date | None


@reads_one(permissions.TELL_CLIENT, Case)
def asked_about(actor: Actor, case: Case) -> tuple[AskedAbout, ...]:
    """What police and others ask about the client of a case, newest first; nothing for readers of another agency."""
    rows = Request.objects.visible_to(actor, picked=True).filter(circle=case.circle_id, kind=Kind.POLICE)
    return tuple(_asked(actor, row) for row in rows.select_related("notice", "circle__agency").order_by("-came_on"))


@reads(permissions.TELL_CLIENT)
def to_tell(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Clients of these memberships' cases whom no letter has told yet: due from the day the request came."""
    left = Q(notice__state=Left.SENT)
    rows = Request.objects.visible_to(actor, picked=True).filter(
        kind=Kind.POLICE,
        state=State.OPEN,
        came_on__lte=until,
        circle__case__owner__in=whose,
        circle__case__state="open",
    )
    found = rows.exclude(left).select_related("notice", "circle__case").order_by("came_on")[:most]
    for row in found:
        if actor.keys.side(row.circle_id) == "victim" and not told_by_now(actor, row):
            yield _due(row)


def _due(row: Request) -> Due:
    says = words("tell_client", "Police or others ask for what we hold about them. Tell them by letter, or write why "
                 "not.")  # fmt: skip
    if row.wanted_on is not None:
        says = words("tell_client_by", "Police or others ask, by {day}, for what we hold about them. Tell them by "
                     "letter, or write why not.", day=f"{row.wanted_on.day} {row.wanted_on:%B %Y}")  # fmt: skip
    return Due(
        row.circle_id, "privacy.tell_client", Reason.PROMISED, row.came_on, says,
        f"/cases/{row.circle.case.reference}/asked/", words("tell_client_next", "Read what they ask"),
    )  # fmt: skip


def _asked(actor: Actor, row: Request) -> AskedAbout:
    letter = row.notice
    who, said = actor.keys.open(row.who), actor.keys.open(row.words)
    may = can_tell(row.state, tied=True, letter=letter.state if letter else "")
    told = row.client_told or told_by_now(actor, row)
    return AskedAbout(
        row.pk, row.reference, row.version, who, said, row.came_on, row.wanted_on, row.state == State.OPEN,
        rules.CLIENT_TOLD.get(told, ""), actor.keys.open(row.why_untold), row.notice_id,
        letter.get_state_display() if letter else "", "" if may else str(may.reason),
        notice(row.circle.agency.name, row.came_on, who, said), rules.ANSWER_WORDS.get(row.answer, ""), row.answered_on,
    )  # fmt: skip
