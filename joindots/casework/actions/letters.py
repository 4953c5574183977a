"""Making a letter: with consent for its recipient, from facts that were shown, with nothing that was not ticked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import permissions
from joindots.casework.models import Case, Consent, Letter
from joindots.casework.models.recovery import GONE
from joindots.casework.queries import letters as known
from joindots.casework.rules import State, can_work, letters
from joindots.casework.rules.agreeing import Item
from joindots.casework.rules.saying import can_say
from joindots.casework.tasks import agreed_to, known_as
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.notices import actions as notices
from joindots.notices import queries as waiting
from joindots.notices.actions import Written
from joindots.notices.rules import outward
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import NOT_LEFT, Kind
from joindots.people.models import Presence


@writes(permissions.KEEP_SUPPORT, Case, when=lambda case: can_work(State(case.state)))
def make_letter(actor: Actor, case: Case, *, draft: letters.Draft, consent: UUID | None) -> UUID:
    """Make a letter as it was shown. Refused without consent in force, and for words that must not leave. Its id."""
    today = london_day(actor.at)
    letters.can_draft(draft, today).or_raise()
    agreed = Consent.objects.filter(circle=case.circle_id, item=Item.LETTER)
    row = agreed.filter(pk=consent).first() if consent else None
    composed = known.compose(actor, Ref(case.reference), draft=draft)
    letters.can_send(agreed_to=agreed_to(actor, row, today), to=composed.letter.whom).or_raise()
    whom = composed.letter.whom
    letters.can_write_as(draft.kind, known_as(actor, case.circle_id, [whom])[whom], whom).or_raise()
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
def send_letter(actor: Actor, row: Letter, *, kind: str, to: str, sender: str = outward.SENDER,
                subject: str = outward.SUBJECT) -> Written:  # fmt: skip
    """Queue a letter to go: to be posted by a person, printed and posted by a gateway, or by mail. What became of it.

    `to` are the lines of the envelope below the recipient's, or one mail address. It goes to whom the consent names,
    past the safe contact of the person it is about, now and again when it leaves. A letter goes once.
    """
    if row.notice is not None and row.notice.state not in NOT_LEFT:
        raise RuleBroken(words("letter_goes", "This letter is on its way. Withdraw it first, or write another."))
    whom = _agreed(actor, row)
    sheet = msgspec.json.decode(actor.keys.open_bytes(row.sheet), type=letters.Composed)
    place = to.strip() if kind == Kind.MAIL else f"{whom}\n{to.strip()}"
    written = notices.write_out(
        actor, Ref(row.circle_id), person=_about(row), kind=kind, whom=whom, to=place,
        said=Said(sheet.whole, subject.strip(), sender.strip(), outward.FILE),
        until=row.consent.until if row.consent else None,
    )  # fmt: skip
    row.notice_id = written.id
    row.save(update_fields=("notice",))
    actor.record(row.circle_id, "casework.letter_sent", letter=row.pk, kind=kind)
    return written


@writes(permissions.KEEP_SUPPORT, Letter)
def take_letter(actor: Actor, row: Letter, *, form: str) -> None:
    """Note that the letter left as paper or a file, to be sent by hand.

    Refused once consent was taken back, or the person's card says that nothing may go to this recipient.
    """
    whom, to = _agreed(actor, row), actor.keys.open(row.to)
    sheet = msgspec.json.decode(actor.keys.open_bytes(row.sheet), type=letters.Composed)
    told = waiting.goes_to(
        actor, Ref(row.circle_id), person=_about(row), whom=whom, to=to.partition("\n")[2], body=sheet.text
    )
    if not told.leaves:
        raise RuleBroken(told.reason)
    if row.taken_at is None:
        row.taken_at = actor.at
        row.save(update_fields=("taken_at",))
    actor.record(row.circle_id, "casework.letter_taken", letter=row.pk, form=form)


@writes(permissions.KEEP_SUPPORT, Letter)
def note_reply(actor: Actor, row: Letter, *, said: str) -> None:
    """Write down what they answered to a letter, or that no answer is waited for any more. It is due no longer."""
    letters.can_answer(gone=_gone(row), answered=row.answered_at is not None).or_raise()
    can_say(said, words("reply_said", "Write what they answered.")).or_raise()
    row.answered_at = actor.at
    actor.keys.seal(row, answer=said.strip())
    row.save(update_fields=("answered_at", "answer"))
    actor.record(row.circle_id, "casework.letter_answered", letter=row.pk)


@writes(permissions.KEEP_SUPPORT, Letter)
def ask_letter_again(actor: Actor, row: Letter, *, reply_by: date) -> None:
    """Note that they were asked again for an answer, and until when. Refused once consent was taken back."""
    letters.can_answer(gone=_gone(row), answered=row.answered_at is not None).or_raise()
    letters.can_ask_again(reply_by, london_day(actor.at)).or_raise()
    _agreed(actor, row)
    row.chased, row.reply_on = row.chased + 1, reply_by
    row.save(update_fields=("chased", "reply_on"))
    actor.record(row.circle_id, "casework.letter_chased", letter=row.pk)


def _gone(row: Letter) -> bool:
    return Letter.objects.filter(GONE, pk=row.pk).exists()


def _agreed(actor: Actor, row: Letter) -> str:
    """Whom the letter is for, if the consent for them is still in force."""
    whom = actor.keys.open(row.to).split("\n")[0]
    letters.can_send(agreed_to=agreed_to(actor, row.consent, london_day(actor.at)), to=whom).or_raise()
    return whom


def _about(row: Letter) -> UUID:
    """Whom the letter is about: the person who is being stalked."""
    found = Presence.objects.filter(circle=row.circle_id, stands_as=Presence.As.VICTIM).values_list("person", flat=True)
    who = found.first()
    if who is None:
        raise NotFound
    return UUID(str(who))
