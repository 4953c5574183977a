"""What an agency can be pressed with: consents that let it be asked, and the facts that fill the letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework import permissions
from joindots.casework.models import Case, Chaser, Consent, Letter, PoliceReport
from joindots.casework.rules.agreeing import ASKING, Item
from joindots.casework.rules.letters import PRESSED
from joindots.casework.tasks import is_ours, known_as
from joindots.kernel.when import london_day
from joindots.notices.rules.notices import Kind

FEW = 50


@dataclass(frozen=True, slots=True)
class MayAsk:
    """A consent in force on which an agency may be asked."""

    id: UUID
    name: str
    """Of whoever agreed: what is asked names them."""
    whom: str
    purpose: str
    given_on: date
    until: date | None
    kinds: tuple[str, ...]
    """As what it can be written to; empty where the consent is for something else than a letter."""


@dataclass(frozen=True, slots=True)
class PressFacts:
    """What the case knows for a letter that presses, to be checked by whoever sends it. Empty where it is not known."""

    crime: str = ""
    promised: str = ""
    kind: str = ""
    """How the last letter to them went, and where to."""
    to: str = ""


@reads_one(permissions.SEE_TASKS, Case)
def may_ask(actor: Actor, case: Case) -> tuple[MayAsk, ...]:
    """Consents on which an agency may be asked today, newest first; nothing for readers of another agency."""
    if not is_ours(actor, case):
        return ()
    live = Q(until=None) | Q(until__gte=london_day(actor.at))
    rows = Consent.objects.filter(live, circle=case.circle_id, item__in=ASKING, withdrawn_at=None)
    found = rows.select_related("agency").order_by("-given_on", "-id")[:FEW]
    show = actor.keys.open
    named = [(row, show(row.whom) or (row.agency.name if row.agency else "")) for row in found]
    known = known_as(actor, case.circle_id, {whom for _, whom in named})
    return tuple(
        MayAsk(
            row.pk, show(row.person.name) if row.person else "", whom, show(row.purpose), row.given_on, row.until,
            tuple(one for one in PRESSED if one in known[whom]) if row.item == Item.LETTER and row.purpose else (),
        )
        for row, whom in named
    )  # fmt: skip


@reads_one(permissions.SEE_SUPPORT, Case)
def press_facts(actor: Actor, case: Case, *, whom: str) -> PressFacts:
    """The crime reference of the last report, what this agency answered last, and where the last letter to it went."""
    show, name = actor.keys.open, whom.strip().casefold()
    report = PoliceReport.objects.filter(circle=case.circle_id).order_by("-reported_on", "-id").first()
    asked = Chaser.objects.filter(circle=case.circle_id, agency=actor.agency_id).prefetch_related("steps")
    same = [row for row in asked.order_by("-asked_on", "-id")[:FEW] if show(row.to).strip().casefold() == name]
    said = [
        (step.on, show(step.words)) for row in same for step in row.steps.all()
        if step.deed in ("answered", "chased") and show(step.words)
    ]  # fmt: skip
    sent = Letter.objects.filter(circle=case.circle_id, notice__isnull=False).select_related("notice")
    last = next(
        (row for row in sent.order_by("-at", "-id")[:FEW]
         if show(row.to).partition("\n")[0].strip().casefold() == name), None,
    )  # fmt: skip
    to = show(last.notice.to) if last and last.notice else ""
    kind = last.notice.kind if last and last.notice else ""
    place = to.partition("\n")[2]
    return PressFacts(
        show(report.crime_reference) if report else "", max(said)[1] if said else "", kind,
        place if kind == Kind.MAIL else place.partition("\n")[2],
    )  # fmt: skip
