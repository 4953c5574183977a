"""Which force is asked for an order, and on what consent: for what shows an ask and what makes it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Q

from joindots.access.actor import Actor
from joindots.agencies.models import Agency
from joindots.casework.models import Consent
from joindots.casework.rules import agreeing
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.law.reading import LawSystem
from joindots.law.tables import police_forces
from joindots.orders.models import AskIn
from joindots.orders.rules.asks import OPEN, AskState


def consented(actor: Actor, circle: UUID, key: str) -> tuple[Consent, ...]:
    """Rows of the ledger, in force today, that name the force with this key."""
    rows = consents_in_force(actor, circle)
    to, code = force_of(key)
    if to is not None:
        return tuple(row for row in rows if row.agency_id == to)
    name = police_forces()[code].name.casefold().split()
    return tuple(row for row in rows if not row.agency_id and actor.keys.open(row.whom).casefold().split() == name)


def consents_in_force(actor: Actor, circle: UUID) -> list[Consent]:
    """Consents in force today to refer to somebody or to write to them."""
    live = Q(until=None) | Q(until__gte=london_day(actor.at))
    items = (agreeing.Item.REFER, agreeing.Item.LETTER)
    rows = Consent.objects.filter(live, circle=circle, item__in=items, withdrawn_at=None).select_related("agency")
    return list(rows.order_by("-given_on", "-written_at"))


def force_of(key: str) -> tuple[UUID | None, str]:
    """A force by its key: the agency here, or its code in the table. RuleBroken for what is neither."""
    if key in police_forces() and police_forces()[key].can_apply_spo:
        return None, key
    try:
        found = Agency.objects.filter(pk=UUID(key), kind=Agency.Kind.POLICE).first()
    except ValueError:
        found = None
    if found is None:
        raise RuleBroken(words("ask_force", "Choose which police force is asked."))
    return found.pk, ""


def law_of(to: UUID | None, code: str) -> LawSystem | None:
    """The law system under which a force works; None for an agency here whose name is none of the table."""
    if to is None:
        return police_forces()[code].law_system
    name = Agency.objects.values_list("name", flat=True).get(pk=to).casefold()
    return next((one.law_system for one in police_forces().values() if one.name.casefold() == name), None)


def forget_words(circle: UUID) -> None:
    """When the case that asked is erased, what it told a force goes there too: the words, and the name of who asked.

    That it was asked, and what the force itself answered, stays: it is counted, and it names nobody. A request that
    still goes on ends. What the force made of it stands in its own case.
    """
    came = AskIn.objects.filter(sent__circle=circle)
    came.filter(state__in=OPEN).update(state=AskState.WITHDRAWN, version=F("version") + 1)
    came.update(says=b"", sender="", sent=None)
