"""Pressing an agency: a letter that rests on consent, sent past the safe contact, and the clock that it starts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import permissions
from joindots.casework.actions.letters import make_letter, send_letter
from joindots.casework.actions.tasks import CONSENT, ask_agency
from joindots.casework.models import Case, Consent, Letter
from joindots.casework.rules import State, can_work, letters, tasks
from joindots.casework.rules.saying import one_of
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.notices.actions import Written
from joindots.notices.rules import outward


@dataclass(frozen=True, slots=True)
class Outside:
    """How a letter goes: its kind, the lines below the name or one mail address, and what stands on the outside."""

    kind: str
    to: str
    sender: str = outward.SENDER
    subject: str = outward.SUBJECT


@writes(permissions.KEEP_SUPPORT, Case, when=lambda case: can_work(State(case.state)))
def press(actor: Actor, case: Case, *, draft: letters.Draft, consent: UUID, goes: Outside) -> Written:
    """Send a letter to an agency and start its clock: all of it or nothing. What became of the letter.

    The letter rests on a consent in force that names this agency and what for. Refused, with nothing kept, where the
    person's safe contact keeps it from leaving.
    """
    one_of(draft.kind, letters.PRESSED).or_raise()
    tasks.can_say_until(draft.reply_by).or_raise()
    ref, today = Ref(case.reference), london_day(actor.at)
    letter = make_letter(actor, ref, draft=draft, consent=consent)
    written = send_letter(actor, Ref(letter), kind=goes.kind, to=goes.to, sender=goes.sender, subject=goes.subject)
    if written.refused:
        raise RuleBroken(written.reason)
    assert draft.reply_by is not None
    whom, macro = draft.to.strip().splitlines()[0], letters.MACROS[draft.kind]
    named = _whose_name(actor, case, consent)
    said = "\n".join(
        [*(text.format(name=named) for code, text in macro.asks.items() if code in draft.asks), draft.words.strip()]
    )
    ask_agency(
        actor, ref, to=whom, ask=said.strip(), basis=CONSENT, asked_on=today, consent=consent, letter=letter,
        days=tasks.days_between(today, draft.reply_by),
    )  # fmt: skip
    Letter.objects.filter(pk=letter).update(reply_on=None)  # its clock is the one of what was asked: it runs once
    return written


def _whose_name(actor: Actor, case: Case, consent: UUID) -> str:
    """The name of whoever agreed, as the letter names them."""
    row = Consent.objects.filter(circle=case.circle_id, pk=consent).select_related("person").first()
    return actor.keys.open(row.person.name) if row and row.person else ""
