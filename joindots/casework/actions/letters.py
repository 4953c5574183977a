"""Making a letter: with consent for its recipient, from facts that were shown, with nothing that was not ticked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import permissions
from joindots.casework.models import Case, Consent, Letter
from joindots.casework.queries import letters as known
from joindots.casework.rules import State, can_work, letters
from joindots.casework.rules.agreeing import Item
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words


@writes(permissions.KEEP_SUPPORT, Case, when=lambda case: can_work(State(case.state)))
def make_letter(actor: Actor, case: Case, *, draft: letters.Draft, consent: UUID | None) -> UUID:
    """Make a letter as it was shown. Refused without consent in force, and for words that must not leave. Its id."""
    today = london_day(actor.at)
    letters.can_draft(draft, today).or_raise()
    agreed = Consent.objects.filter(circle=case.circle_id, item=Item.LETTER)
    row = agreed.filter(pk=consent).first() if consent else None
    composed = known.compose(actor, Ref(case.reference), draft=draft)
    letters.can_send(agreed_to=_whom(actor, row, today), to=composed.letter.whom).or_raise()
    if composed.leaks:
        raise RuleBroken(words("letter_leak", "{what}", what=composed.leaks[0]))
    letter = Letter(
        circle_id=case.circle_id, kind=draft.kind, consent=row, reply_on=draft.reply_by, by_id=actor.membership_id,
        at=actor.at,
    )  # fmt: skip
    actor.keys.seal(letter, to=draft.to.strip())
    actor.keys.seal_bytes(letter, "sheet", msgspec.json.encode(composed.letter))
    letter.save(force_insert=True)
    actor.record(case.circle_id, "casework.letter_made", letter=letter.pk, kind=draft.kind, extras=sorted(draft.extras))
    return letter.pk


@writes(permissions.KEEP_SUPPORT, Letter)
def take_letter(actor: Actor, row: Letter, *, form: str) -> None:
    """Note that the letter left as paper or a file, to be sent by hand. Refused once consent was taken back."""
    to = actor.keys.open(row.to).split("\n")[0]
    letters.can_send(agreed_to=_whom(actor, row.consent, london_day(actor.at)), to=to).or_raise()
    if row.taken_at is None:
        row.taken_at = actor.at
        row.save(update_fields=("taken_at",))
    actor.record(row.circle_id, "casework.letter_taken", letter=row.pk, form=form)


def _whom(actor: Actor, consent: Consent | None, today: date) -> str | None:
    """Whom a consent in force names; None where it was taken back, has ended or never was."""
    if consent is None or consent.withdrawn_at is not None or (consent.until is not None and consent.until < today):
        return None
    return actor.keys.open(consent.whom) or (consent.agency.name if consent.agency else "")
