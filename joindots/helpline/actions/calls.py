"""On a contact: lines of its note, what was said of each field, the half-written line, who listens, and its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import makes, writes
from joindots.agencies.models import Membership
from joindots.circles import actions as circles
from joindots.circles.models import Standing
from joindots.circles.tasks import kept_out
from joindots.helpline import permissions
from joindots.helpline.actions.linking import _unlink
from joindots.helpline.actions.promising import _promise
from joindots.helpline.models import Contact, EarlierLink, Line, Pause
from joindots.helpline.rules import fields, marks, saying, shift, states
from joindots.helpline.rules.states import State
from joindots.helpline.tasks.line import listens, ready_steps, refuse_listener
from joindots.helpline.tasks.notes import put_lines, put_mark, put_said
from joindots.kernel.decisions import Decision, no
from joindots.kernel.ids import uuid7
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words

CHOICES: Mapping[str, tuple[str, ...]] = {
    "safe_now": ("yes", "no", "danger"), "cut_off": ("ring", "text", "nothing"), "voicemail": ("yes", "no"),
    "proved": ("yes",), **{one.code: saying.HEARD for one in saying.PROMPTS},
}  # fmt: skip
OPEN_WORDS = frozenset({"area", "called", "about_whom", "number", "times", "say", "who_must_not_know",
                        *marks.FACTS.values()})  # fmt: skip
COLUMNS: Mapping[str, Mapping[str, str]] = {"caller": states.CALLERS, "tier": states.TIERS}
LISTENS = "listens to a helpline contact"
WORD = "word"
"""The agreed word: kept to be compared, never shown."""


def _can_write(row: Contact) -> Decision:
    """A contact is written on once somebody has taken it."""
    if row.state == State.WAITING:
        return no("not_taken", "Take this contact first.")
    return Decision(allowed=True)


def _somebody_listens(actor: Actor, row: Contact) -> bool:
    """Whether whoever was asked to listen came: by the standing that listening gave them."""
    if row.listener_id is None or row.listener_id == row.adviser_id:
        return False
    there = Standing.objects.in_force(actor.at).filter(circle=row.circle_id, membership=row.listener_id)
    return there.filter(purpose=LISTENS).exists()


@writes(permissions.WRITE_CONTACT, Contact, when=_can_write)
def keep_line(actor: Actor, row: Contact, *, typed: str, form: UUID | None = None) -> int:
    """Keep what stands in the note as time-stamped lines, each read for its mark: the number of the last one.

    The same form sent again keeps nothing twice. Who listens writes whispers. A mark that only sets a field (`/3`)
    keeps no line, and one that needs words and has none is refused.
    """
    if form is not None and Line.objects.filter(pk=form).exists():
        actor.record(row.circle_id, "helpline.line_again")
        return 0
    told = [marks.read(each) for each in marks.pieces(typed)]
    if listens(actor, row):
        told = [marks.Line(marks.WHISPER, each) for each in marks.pieces(typed)]
    if any(not one.words and not one.field for one in told):
        raise RuleBroken(words("mark_empty", "Write the words after the mark, on the same line."))
    last = _put(actor, row, told, form)
    if not listens(actor, row):
        row.draft, row.draft_at = b"", None
    row.save()
    actor.record(row.circle_id, "helpline.line_kept", lines=sum(bool(one.words) for one in told),
                 kinds=sorted({one.kind for one in told}))  # fmt: skip
    return last


def _put(actor: Actor, row: Contact, told: Sequence[marks.Line], form: UUID | None) -> int:
    """Keep lines that have words, and what each mark says of a field: the number of the last line."""
    numbers = iter(put_lines(actor, row, [one for one in told if one.words], form))
    last = 0
    for one in told:
        last = next(numbers) if one.words else last
        if one.field:
            put_said(actor, row, one.field, one.value, last if one.words else 0)
    return last


@writes(permissions.WRITE_CONTACT, Contact, when=_can_write)
def say(actor: Actor, row: Contact, *, told: Mapping[str, str]) -> None:
    """Keep what was said of fields; an empty value means that it was not asked. Unknown answers are refused.

    Where somebody else turns out to have called, the yes to a link was not the person's own: its links end.
    """
    refuse_listener(actor, row)
    for name, value in told.items():
        _can_say(name, value).or_raise()
    for name, value in told.items():
        if name in COLUMNS:
            setattr(row, name, value)
        elif name == WORD:
            put_mark(actor, row, WORD, value)
        else:
            put_said(actor, row, name, value)
    row.save()
    if row.caller not in states.THEMSELVES:
        for link in EarlierLink.objects.filter(Q(contact=row) | Q(other=row)).select_related("contact", "other"):
            _unlink(actor, link)
    actor.record(row.circle_id, "helpline.said", fields=sorted(told))


def _can_say(name: str, value: str) -> Decision:
    """Whether this can be said of a field of a contact."""
    if name in CHOICES or name in COLUMNS:
        known = CHOICES[name] if name in CHOICES else COLUMNS[name]
        return Decision(allowed=True) if not value or value in known else no("said", "Choose one of the answers.")
    if name in OPEN_WORDS or name == WORD:
        return Decision(allowed=True)
    return fields.can_keep(name, value)


@writes(permissions.WRITE_CONTACT, Contact, when=_can_write)
def keep_draft(actor: Actor, row: Contact, *, typed: str) -> None:
    """Keep the words that stand in the note and that no Enter has kept yet."""
    if not listens(actor, row):  # a whisper that is not sent yet is nobody's but its writer's
        actor.keys.seal(row, draft=typed[: marks.LONGEST])
        row.draft_at = actor.at
        row.save(update_fields=("draft", "draft_at"))
    actor.record(row.circle_id, "helpline.draft_kept")


@writes(permissions.WRITE_CONTACT, Contact, when=lambda row: states.can_move(State(row.state), State.WRAP))
def invite(actor: Actor, row: Contact, *, membership: UUID) -> None:
    """Ask a colleague of the line to listen in; they stand in the contact only once they do.

    While somebody listens nobody else is asked: there is one second pair of ears, and who listens asks nobody in.
    """
    refuse_listener(actor, row)
    if _somebody_listens(actor, row):
        raise RuleBroken(words("listened_to", "A colleague listens already. One at a time."))
    there = Membership.objects.current(actor.at).filter(pk=membership, agency=actor.agency_id).first()
    if (
        there is None
        or not there.role_set & permissions.TAKE_CONTACT.roles
        or membership in (actor.membership_id, row.adviser_id)
    ):
        raise RuleBroken(words("cannot_listen", "Choose a colleague who works on the line."))
    shift.can_listen(ready_steps(there.pk), london_day(actor.at)).or_raise()
    row.listener = there
    row.save(update_fields=("listener",))
    actor.record(row.circle_id, "helpline.asked_to_listen", membership=membership)


@makes(permissions.TAKE_CONTACT)
def listen(actor: Actor, *, reference: str) -> str:
    """Join a contact to which the actor was asked as a second pair of ears."""
    row = Contact.objects.filter(reference=reference, listener=actor.membership_id, circle__state="open").first()
    if row is None or row.adviser_id is None or kept_out(actor, row.circle_id):
        actor.visit.misses(Contact, reference)
        raise NotFound
    circles.take_up(actor, circle=row.circle_id, offered_by=row.adviser_id, purpose=LISTENS)
    actor.record(row.circle_id, "helpline.listening")
    return row.reference


@writes(permissions.WRITE_CONTACT, Contact, when=lambda row: states.can_move(State(row.state), State.WRAP))
def end_contact(actor: Actor, row: Contact, *, typed: str = "") -> None:
    """The talk is over; what still stands in the note is kept as its last line. Wrapping up comes next."""
    refuse_listener(actor, row)
    _put(actor, row, [marks.read(each) for each in marks.pieces(typed)], uuid7())
    row.state, row.ended_at, row.draft, row.draft_at = State.WRAP, actor.at, b"", None
    row.save()
    actor.record(row.circle_id, "helpline.contact_ended")


@writes(permissions.WRITE_CONTACT, Contact, when=lambda row: states.can_move(State(row.state), State.LIVE))
def go_on(actor: Actor, row: Contact) -> None:
    """Open an ended contact again, to go on with it. Who only listened opens nothing."""
    refuse_listener(actor, row)
    row.state = State.LIVE
    row.save(update_fields=("state",))
    actor.record(row.circle_id, "helpline.contact_gone_on")


@writes(permissions.RUN_LINE, Contact, when=lambda row: states.can_ask(State(row.state)))
def take_over_contact(actor: Actor, row: Contact) -> None:
    """Whoever runs the line takes over a contact that a colleague cannot finish, for example because they leave."""
    if row.adviser_id == actor.membership_id:
        raise RuleBroken(words("yours_already", "This contact is yours already."))
    before, row.adviser_id = row.adviser_id, actor.membership_id
    if row.listener_id == actor.membership_id:
        row.listener = None
    row.save(update_fields=("adviser", "listener"))
    actor.record(row.circle_id, "helpline.contact_taken_over", membership=before)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """How a contact ended: its outcome, when we get in touch again, the tier, whether it was hard, and a break."""

    outcome: str
    follow_up: date | None = None
    tier: str = ""
    hard: bool = False
    rest: bool = False
    checked: bool = False
    """The safe way was read back to the caller."""


@writes(permissions.WRITE_CONTACT, Contact, when=lambda row: states.can_move(State(row.state), State.DONE))
def wrap_up(actor: Actor, row: Contact, *, wrapped: Wrapped) -> None:
    """Finish a contact. Who is to be rung again is promised it now, by the way and in the times they said are safe."""
    refuse_listener(actor, row)
    if wrapped.outcome not in states.OUTCOMES or wrapped.tier not in states.TIERS:
        raise RuleBroken(words("outcome_missing", "Say how the contact ended."))
    if wrapped.outcome == "call_back":
        _promise(actor, row, wrapped.follow_up)  # first: where no safe way was given there is none to read back
        if not wrapped.checked:
            raise RuleBroken(words("read_back", "Read the safe way back to the caller first, and tick that you did."))
    row.state, row.outcome, row.tier, row.hard = State.DONE, wrapped.outcome, wrapped.tier or row.tier, wrapped.hard
    row.save(update_fields=("state", "outcome", "tier", "hard"))
    if wrapped.rest:
        Pause.objects.create(membership_id=actor.membership_id, starts=actor.at, ends=actor.at + states.BREAK)
    actor.record(row.circle_id, "helpline.wrapped_up", outcome=wrapped.outcome, tier=row.tier, rest=wrapped.rest)
