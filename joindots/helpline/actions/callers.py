"""The step from a contact to a case: nothing without the caller's yes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import actions as casework
from joindots.casework.actions import Arrived, Known
from joindots.casework.models import Case
from joindots.casework.rules import Relation
from joindots.casework.rules.intake import Grade, Origin
from joindots.helpline import permissions
from joindots.helpline.models import CallerMark, Contact
from joindots.helpline.rules import safe, sheet, states
from joindots.kernel.identities import key_of_number
from joindots.kernel.ids import uuid7
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.people import actions as people
from joindots.people import queries as persons
from joindots.people.rules.reaching import LONG, Card, Kind, Use, Way

URGENT = "4"
NO_NAME = "Name not given"
THIRD = ", in which somebody else rang for them: how to reach the person was not asked of themselves"


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
