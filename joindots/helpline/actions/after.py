"""What follows from a contact: call-backs and their attempts, services offered, and needs that none of them meets."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import makes, writes
from joindots.casework import actions as casework
from joindots.casework.rules import Relation
from joindots.casework.rules.agreeing import CONSENT
from joindots.casework.rules.intake import Grade
from joindots.circles import actions as circles
from joindots.circles.tasks import kept_out
from joindots.directory.rules.tables import needs
from joindots.helpline import permissions
from joindots.helpline.actions.promising import _promise
from joindots.helpline.models import CallBack, Contact, Offer, UnmetNeed
from joindots.helpline.rules import fields, marks, safe, sheet, states
from joindots.helpline.rules.states import CallState, OfferState
from joindots.helpline.tasks.line import can_take, stands_there
from joindots.helpline.tasks.notes import put_lines
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.law.tables import police_forces
from joindots.people.tasks import closed_days

VOICE, URGENT, NO_NAME = "transfer", "4", "Name not given"


@writes(permissions.WRITE_CONTACT, Contact)
def promise_call(actor: Actor, row: Contact, *, day: date | None = None) -> UUID:
    """Promise to get in touch, in the first safe stretch from a day on."""
    return _promise(actor, row, day).pk


@makes(permissions.TAKE_CONTACT)
def take_over_call(actor: Actor, *, call: UUID) -> str:
    """Take over a call-back of the own line from whoever has it: the contact's reference, readable from now on.

    Only for who may take calls: somebody not checked and trained yet comes to know of nobody by it.
    """
    rows = CallBack.objects.filter(pk=call, agency=actor.agency_id, state=CallState.PROMISED, circle__state="open")
    row = rows.select_for_update(of=("self",)).select_related("contact").first()
    if row is None or kept_out(actor, row.circle_id):
        actor.visit.misses(CallBack, call)
        raise NotFound
    if row.owner_id != actor.membership_id:
        if not actor.may(permissions.RUN_LINE):  # who runs the line may know of it already
            can_take(actor).or_raise()
        giver = stands_there(row.circle_id, actor.agency_id, actor.at)
        if giver is None:
            raise NotFound
        circles.take_up(actor, circle=row.circle_id, offered_by=giver, purpose="a call-back of the helpline")
        row.owner_id = actor.membership_id
        row.save(update_fields=("owner",))
    actor.record(row.circle_id, "helpline.call_taken_over")
    return row.contact.reference


@writes(permissions.WRITE_CONTACT, CallBack)
def note_attempt(actor: Actor, row: CallBack, *, result: str, again: date | None = None, stop: bool = False) -> None:
    """Note an attempt to reach somebody, made inside the times they said are safe; outside them it is refused.

    Where nobody was reached the next safe stretch is taken, from a day on if one is named; `stop` ends it instead.
    """
    if result not in states.RESULTS:
        raise RuleBroken(words("result_missing", "Say what came of the attempt."))
    contact = row.contact
    told = sheet.told(sheet.decoded(actor.keys.open(contact.reach)))
    times = safe.read(told["times"].value) if "times" in told else None
    safe.can_reach(times or (), actor.at, closed_days()).or_raise()
    to = {"reached": CallState.REACHED, "not_wanted": CallState.NOT_WANTED}.get(result, CallState.GIVEN_UP)
    states.can_move_call(CallState(row.state), to).or_raise()
    row.attempts = [*row.attempts, [actor.at.isoformat(), str(actor.membership_id), result]]
    ends = result in ("reached", "not_wanted") or stop
    if not ends and len(row.attempts) >= states.ATTEMPTS and again is None:
        raise RuleBroken(
            words("attempts_many", "This is attempt {number}. Name a day for the next one, or stop.",
                  number=len(row.attempts))
        )  # fmt: skip
    row.state = to if ends else row.state
    row.save(update_fields=("attempts", "state"))
    if not ends:
        row.state = CallState.GIVEN_UP
        row.save(update_fields=("state",))
        nxt = _promise(actor, contact, again)
        nxt.attempts = row.attempts
        nxt.save(update_fields=("attempts",))
    actor.record(row.circle_id, "helpline.attempt", result=result, number=len(row.attempts))


@writes(permissions.WRITE_CONTACT, Contact)
def offer(
    actor: Actor, row: Contact, *, kind: str, name: str, service: str = "", consent: str = "",
    taker: str = "", agency: UUID | None = None, reach: bool = False,
) -> UUID:  # fmt: skip
    """Note that the caller was told of a service, referred to it, or handed over to it by voice.

    Whatever passes anything on needs the consent words as they were read out; "told about it" passes nothing on.
    To an `agency` of this installation a referral goes at once, after a hand-over by voice too, so that nothing need be
    said again: what they agreed to be passed on, and with `reach` the safe way, and nothing else of the contact. It
    answers there, by its own clock.
    """
    states.can_confirm(row.caller).or_raise()
    if kind not in states.OFFERS or not name.strip():
        raise RuleBroken(words("offer_missing", "Choose a service, and what was done."))
    if kind in states.PASSED and not consent.strip():
        raise RuleBroken(words("consent_missing", "Read the consent words out, and write down what the caller agreed."))
    made = Offer(circle_id=row.circle_id, contact=row, kind=kind, by_id=actor.membership_id, at=actor.at,
                 state=OfferState.TOLD if kind == "signpost" else OfferState.ASKED)  # fmt: skip
    actor.keys.seal(made, name=name.strip(), service=service, consent=consent.strip(), taker=taker.strip())
    made.save()
    if agency is not None and kind in states.PASSED:
        spoken = f"{states.OFFERS[kind]}{f' to {taker.strip()}' if taker.strip() else ''}. " if kind == VOICE else ""
        _send(actor, row, made, agency, f"{spoken}{consent.strip()}", reach=reach)
    put_lines(actor, row, [marks.Line(marks.SERVICE, f"{name.strip()}: {states.OFFERS[kind].lower()}")])
    actor.record(row.circle_id, "helpline.offered", kind=kind)
    return made.pk


def _send(actor: Actor, row: Contact, made: Offer, agency: UUID, agreed: str, *, reach: bool) -> None:
    """Deliver a referral to an agency here, under the offer's mark. Whom the contact keeps out is kept out there."""
    said = {name: one.value for place in (row.who, row.reach, row.sheet)
            for name, one in sheet.told(sheet.decoded(actor.keys.open(place))).items()}  # fmt: skip
    way = safe.line(said) if reach else ""
    number = said.get("number", "") if way and said.get("cut_off") != "nothing" else ""
    relation, reached, name = said.get("relationship", ""), f"{number} {way}".strip(), said.get("called", NO_NAME)
    if row.caller not in states.THEMSELVES:  # the caller's name and number are not those of the person it is about
        rang = f"{states.CALLERS[row.caller].lower()} rang"
        reached = f"Not theirs, but of whoever rang ({name}): {reached}" if reached else ""
        name = f"{NO_NAME} ({rang})"
    casework.send_in(
        actor, reference=str(made.pk), like=row.circle_id,
        what=casework.Referring(
            "support", name, agency=agency,
            grade=Grade.HIGH if row.tier == URGENT else Grade.STANDARD,
            relation=relation if relation in set(Relation) else Relation.NOT_KNOWN,
            reach=reached, tells={"what": agreed}, basis=CONSENT,
        ),
    )  # fmt: skip


@writes(permissions.WRITE_CONTACT, Offer)
def answer_offer(actor: Actor, row: Offer, *, accepted: bool, taker: str) -> None:
    """Note whether the other service took the caller over, and who there said so."""
    to = OfferState.ACCEPTED if accepted else OfferState.REFUSED
    states.can_move_offer(OfferState(row.state), to).or_raise()
    if not taker.strip():
        raise RuleBroken(words("taker_missing", "Write who at the other service answered."))
    row.state, row.answered_at = to, actor.at
    actor.keys.seal(row, taker=taker.strip())
    row.save()
    actor.record(row.circle_id, "helpline.offer_answered", state=to)


@writes(permissions.WRITE_CONTACT, Contact)
def note_unmet(actor: Actor, row: Contact, *, need: str, area: str, why: str) -> UUID:
    """Note a need that no service meets: codes alone, so that they can be counted and name nobody."""
    if need not in needs() or why not in states.UNMET or (area and area not in police_forces()):
        raise RuleBroken(words("unmet_missing", "Choose the need, the area, and why nothing fits."))
    told = sheet.told(sheet.decoded(actor.keys.open(row.sheet)))
    relation = told["relationship"].value if "relationship" in told else ""
    known = relation if fields.can_keep("relationship", relation) else ""
    made = UnmetNeed.objects.create(
        circle_id=row.circle_id, contact=row, agency_id=row.agency_id, need=need, area=area, relation=known, why=why,
        at=actor.at,
    )  # fmt: skip
    actor.record(row.circle_id, "helpline.unmet", need=need, area=area, why=why)
    return made.pk
