"""Writing to somebody: checked against their card before it is queued, and again when it leaves."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.circles.models import Circle
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.notices import permissions
from joindots.notices.models import Notice
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import Kind
from joindots.notices.rules.outward import CONSENT, Outward, can_go_to, verdict_to
from joindots.notices.tasks import NOWHERE, Written, ask, can_be_seen, can_stand_to, keep, somebody, unless_kept_out
from joindots.people import queries as people
from joindots.people.tasks import card_for_gate

LONGEST_REASON = 600


@writes(permissions.WRITE, Circle)
def write(
    actor: Actor, circle: Circle, *, person: UUID, kind: str, said: Said, way: UUID | None = None, emergency: str = "",
    starts: datetime | None = None,
) -> Written:  # fmt: skip
    """Queue one notice to a person of the circle, or have it refused by their safe contact.

    `way` is one of their card's; without it the safe way that fits is taken. Where none does, nothing is written, and
    no other way is ever tried. `emergency` is the reason for which their own exception applies, in the writer's words.
    `starts` is of a calendar entry. RuleBroken where the words could give something away.
    """
    somebody(actor, circle, person)
    what = Kind(kind)
    card = people.card_of(actor, Ref(person))
    if len(emergency) > LONGEST_REASON:
        raise RuleBroken(words("reason_long", "Shorten the reason to {most} letters.", most=LONGEST_REASON))
    if (what == Kind.CALENDAR) != (starts is not None):
        raise RuleBroken(words("calendar_when", "Say when the entry is."))
    if what == Kind.PRINTED:
        raise RuleBroken(words("printed_to_them", "What is printed elsewhere bears a sender’s name. Post it yourself."))
    can_be_seen(actor, circle, what, said, person).or_raise()
    asked, told = ask(card, what, way, emergency.strip(), actor.at)
    told = unless_kept_out(actor, circle.pk, person, told)
    row = Notice(
        circle=circle, person_id=person, kind=what.value, way=asked.way, emergency=bool(asked.emergency), starts=starts,
        by_id=actor.membership_id, made_at=actor.at,
    )  # fmt: skip
    return keep(actor, row, said, told, asked.emergency)


@writes(permissions.WRITE_OUT, Circle)
def write_out(
    actor: Actor, circle: Circle, *, person: UUID, kind: str, whom: str, to: str, said: Said, until: date | None = None,
    basis: str = CONSENT,
) -> Written:  # fmt: skip
    """Queue something to somebody else about a person of the circle, or have it refused by that person's card.

    `to` are the lines of an envelope, or one mail address. Whoever calls this has the person's consent for `whom`,
    which holds until `until`; or another `basis` with its reasons in writing, which holds for days alone and is not
    above the card: whom that keeps out gets nothing by this way. RuleBroken where the outside could give something
    away, or nothing can be sent there.
    """
    somebody(actor, circle, person)
    what, told = Kind(kind), Outward(whom.strip(), to.strip(), said.body, until, basis)
    can_go_to(what, told.to).or_raise()
    can_be_seen(actor, circle, Kind.LETTER, said).or_raise()
    can_stand_to(actor, circle, told.whom, told.to).or_raise()
    row = Notice(
        circle=circle, person_id=person, kind=what.value, way=NOWHERE, outward=True, until=until, basis=basis,
        by_id=actor.membership_id, made_at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, to=f"{told.whom}\n{told.to}")
    return keep(actor, row, said, verdict_to(card_for_gate(actor, person), told, actor.at), "")
