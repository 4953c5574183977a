"""Somebody who was in touch before, and the step from a contact to a case: nothing without the caller's yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import actions as casework
from joindots.casework.actions import Arrived, Known
from joindots.casework.models import Case
from joindots.casework.rules import Relation
from joindots.casework.rules.intake import Grade, Origin
from joindots.circles import actions as circles
from joindots.helpline import permissions
from joindots.helpline.models import CallerMark, Contact, EarlierLink
from joindots.helpline.rules import finding, safe, sheet, states
from joindots.helpline.tasks.line import not_kept_out, stands_there
from joindots.kernel.identities import key_of_number
from joindots.kernel.ids import uuid7
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.people import actions as people
from joindots.people import queries as persons
from joindots.people.rules.reaching import LONG, Card, Kind, Use, Way
from joindots.vault.blind import blind_all, generations

MOST = 5
URGENT = "4"
NO_NAME = "Name not given"
THIRD = ", in which somebody else rang for them: how to reach the person was not asked of themselves"


@dataclass(frozen=True, slots=True)
class Earlier:
    """That there was an earlier contact: its day and channel, and nothing of what was said."""

    id: UUID
    at: datetime
    channel: str


@writes(permissions.WRITE_CONTACT, Contact)
def look_earlier(actor: Actor, row: Contact, *, typed: str) -> tuple[Earlier, ...]:
    """Earlier contacts of the own line under a name, number or agreed word. Each look stands in the contact's book.

    Refused for anybody but the person themselves: the answer alone would tell others that somebody was in touch.
    """
    states.can_link(row.caller).or_raise()
    states.can_look(row.looks).or_raise()
    row.looks += 1
    row.save(update_fields=("looks",))
    found = _met(actor, row, typed)
    actor.record(row.circle_id, "helpline.looked_earlier", found=len(found))
    return tuple(Earlier(one.pk, one.started_at, one.get_channel_display()) for one in found)


@writes(permissions.WRITE_CONTACT, Contact)
def link_earlier(actor: Actor, row: Contact, *, other: UUID, typed: str, consent: bool) -> None:
    """Link an earlier contact, after the caller said yes; from then on the actor may read it."""
    states.can_link(row.caller).or_raise()
    if not consent:
        raise RuleBroken(words("ask_first", "Ask the caller first. Linking needs their yes."))
    earlier = next((one for one in _met(actor, row, typed) if one.pk == other), None)
    giver = stands_there(earlier.circle_id, actor.agency_id, actor.at) if earlier else None
    if earlier is None or giver is None:
        raise NotFound
    if giver != actor.membership_id:
        circles.take_up(
            actor, circle=earlier.circle_id, offered_by=giver, purpose="an earlier contact, linked as the caller wished"
        )
    EarlierLink.objects.create(
        circle_id=row.circle_id, contact=row, other=earlier, by_id=actor.membership_id, at=actor.at
    )
    actor.record(row.circle_id, "helpline.linked_earlier", other=earlier.reference)
    actor.record(earlier.circle_id, "helpline.linked_later", other=row.reference)


@writes(permissions.OPEN_FROM_CONTACT, Contact)
def open_case_from(actor: Actor, row: Contact, *, consent: str, about: str = "") -> str:
    """Open a case from a contact, in a circle of its own: its reference. Needs the caller's consent in words.

    Name, relation, safe way, agreed word and what was agreed go over; the note stays where it is. Where somebody else
    rang, `about` is whom the case is about, and nothing by which the caller is reached goes over as theirs.

    It waits for a lead to say who takes it, and the clock of the first contact runs from when the contact began: nobody
    is lost between two desks.
    """
    states.can_confirm(row.caller).or_raise()
    if row.case_id is not None:
        raise RuleBroken(words("case_there", "A case was opened from this contact already."))
    if not consent.strip():
        raise RuleBroken(words("case_consent", "Write down what the caller agreed to. Without that no case is opened."))
    who = sheet.told(sheet.decoded(actor.keys.open(row.who)))
    told = sheet.told(sheet.decoded(actor.keys.open(row.sheet)))
    reach = sheet.told(sheet.decoded(actor.keys.open(row.reach)))
    themselves = row.caller in states.THEMSELVES
    if not themselves and not about.strip():
        raise RuleBroken(words("case_about", "Somebody else rang. Write whom the case is about, or “not given”."))
    number = key_of_number(reach["number"].value) if themselves and "number" in reach else None
    said = told["relationship"].value if "relationship" in told else ""
    reference: str = casework.open_case(
        actor, victim=about.strip()[:120] or (who["called"].value if "called" in who else NO_NAME),
        relation=said if said in set(Relation) else Relation.NOT_KNOWN,
        summary=f"From helpline contact {row.reference}{'' if themselves else THIRD}. Agreed: {consent.strip()}",
        known=Known(identifiers=(("number", number),) if number else ()),
        arrived=Arrived(
            Origin.WEB if row.channel == "web" else Origin.CONTACT, source=f"helpline contact {row.reference}",
            grade=Grade.HIGH if row.tier == URGENT else Grade.STANDARD, came_at=row.started_at,
            area=reach["area"].value if "area" in reach else "",
        ),
    )  # fmt: skip
    row.case = Case.objects.get(reference=reference)
    row.save(update_fields=("case",))
    if themselves:
        _carry_over(actor, row, row.case, {name: one.value for name, one in reach.items()})
    actor.record(row.circle_id, "helpline.case_opened", case=reference)
    return reference


def _carry_over(actor: Actor, row: Contact, case: Case, said: Mapping[str, str]) -> None:
    """The agreed word goes over as the code word, and the safe way as the card: what was not said to be safe is not,
    and times that cannot be read bind no machine.
    """
    if not actor.may(people.set_card.permission):
        return
    victims = [one.id for one in persons.people_in(actor, Ref(case.circle_id)) if one.stands_as == "victim"]
    mark = CallerMark.objects.filter(contact=row, kind=CallerMark.Kind.WORD).first()
    if mark is not None:
        with suppress(RuleBroken):  # a word that no code word may be, such as a name of the case: they choose another
            people.set_code_word(actor, Ref(victims[0]), word=actor.keys.open(mark.value))
    uses = {"ring": [Use.CALL], "text": [Use.TEXT]}.get(said.get("cut_off", ""), [])
    if not uses or key_of_number(said.get("number", "")) is None:
        return
    if said["cut_off"] == "ring" and said.get("voicemail") == "yes":
        uses.append(Use.VOICEMAIL)
    way = Way(id=uuid7(), kind=Kind.NUMBER, value=said["number"], uses=tuple(uses), main=True)
    times = said.get("times", "")
    told = safe.read(times) or ()
    card = Card(ways=(way,), windows=told, times=times[:LONG], say=said.get("say", "")[:LONG],
                no_bank_holidays=safe.working_days_alone(told))  # fmt: skip
    people.set_card(actor, Ref(victims[0]), card=card)
    if "proved" in said:
        people.note_proved(actor, Ref(victims[0]), way=way.id)


def _met(actor: Actor, row: Contact, typed: str) -> Sequence[Contact]:
    """Contacts of the own line that bear any reading of the words, newest first; none of a circle that keeps the actor
    out, none linked already.
    """
    marks = [CallerMark(kind=kind, agency_id=actor.agency_id).indexed for kind, _ in finding.readings(typed)]
    values = [value for _, value in finding.readings(typed)]
    wanted = [
        index for generation in (generations() if values else ())
        for index in blind_all(zip(marks, values, strict=True), generation)
    ]  # fmt: skip
    met = CallerMark.objects.filter(index__in=wanted, agency=actor.agency_id).values("contact")
    found = Contact.objects.filter(not_kept_out(actor), pk__in=met, agency=actor.agency_id, circle__state="open")
    linked = EarlierLink.objects.filter(contact=row).values("other")
    return list(found.exclude(pk=row.pk).exclude(pk__in=linked).order_by("-started_at")[:MOST])
