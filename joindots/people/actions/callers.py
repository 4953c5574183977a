"""Is this really them? Setting the code word, trying what a caller says, and noting a call in which nobody spoke."""

from __future__ import annotations

from functools import lru_cache
from secrets import token_hex
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import QuerySet

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.kernel.decisions import YES, no
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.people import permissions
from joindots.people.models import CallerCheck, CodeWord, Person, Presence
from joindots.people.rules import callers as rules
from joindots.people.rules.callers import Outcome
from joindots.people.tasks import can_be_reached, only_on_her_side


@writes(permissions.SET_CONTACT, Person)
def set_code_word(actor: Actor, person: Person, *, word: str, duress: str = "") -> None:
    """Set the word by which the person is known, and the word for danger; what stood before fits no more.

    Only slow hashes are kept, under a seal. Nobody can read a word back: whoever forgets it chooses another.
    """
    can_be_reached(actor, person)
    circles = Presence.objects.filter(person=person).values("circle")
    everybody = Person.objects.filter(presences__circle__in=circles).distinct()
    actor.keys.prepare([one.pk for one in everybody])
    rules.can_set(word, duress, [actor.keys.open(one.name) for one in everybody]).or_raise()
    row = CodeWord.objects.filter(person=person).first() or CodeWord(person=person, agency_id=person.agency_id)
    row.set_at, row.set_by_id = actor.at, actor.membership_id
    actor.keys.seal(
        row, word=make_password(rules.compared(word)), duress=make_password(rules.compared(duress) or token_hex())
    )
    row.save()
    actor.record(person.agency_id, "people.code_word_set", book_kind="agency", person=person.pk)


@writes(permissions.CHECK_CALLER, Circle)
def check_caller(actor: Actor, circle: Circle, *, person: UUID, word: str, note: str = "", rang: bool = False) -> str:
    """Try the word that a caller said who claims to be this person. How it ended, as `rules.callers.Outcome`.

    Both words are compared, by the slow hash, whether or not there are any, so that neither time nor answer tells
    which it was. Three misses in a day close it for this person, whoever asks, and the case team hears of it; a word
    that is said then is answered as closed whatever it was, kept as a try, and told to the case team too, so that
    somebody who is shut out is rung back.

    Whoever rings in can close only that: on a call that we made by the safe way (`rang`) misses are counted apart, and
    the word for danger is heard however often somebody missed.
    """
    someone = _somebody(actor, circle, person)
    told = _note(note)
    if not rules.compared(word):
        raise RuleBroken(words("code_said", "Enter the word that the caller said."))
    misses = list(_checks(someone, Outcome.MISSED, actor).filter(rang=rang).values_list("at", flat=True))
    kept = CodeWord.objects.filter(person=someone).first()
    fits, forced = (
        check_password(rules.compared(word)[:100], actor.keys.open(one) if one is not None else _dummy())
        for one in (kept and kept.word, kept and kept.duress)
    )
    outcome = Outcome.FITS if fits else Outcome.DURESS if forced else Outcome.MISSED
    if not forced and not rules.can_try(misses, actor.at, rang=rang):
        outcome = Outcome.CLOSED
    _keep(actor, circle, someone, outcome, told, len(misses) + 1, rang=rang)
    return outcome.value


@writes(permissions.CHECK_CALLER, Circle)
def note_silent(actor: Actor, circle: Circle, *, person: UUID, note: str) -> None:
    """Note a call in which nobody spoke, and what was heard."""
    _keep(actor, circle, _somebody(actor, circle, person), Outcome.SILENT, _note(note), 0)


@writes(
    permissions.CHECK_CALLER, CallerCheck,
    when=lambda row: YES if row.alerts and row.seen_at is None else no("caller_seen", "This was looked at already."),
)  # fmt: skip
def seen_caller(actor: Actor, row: CallerCheck) -> None:
    """Note that somebody of the case looked at it: it leaves the desk, and stays in the history."""
    only_on_her_side(actor, row.circle_id)
    row.seen_at, row.seen_by_id = actor.at, actor.membership_id
    row.save(update_fields=("seen_at", "seen_by"))
    actor.record(row.circle_id, "people.caller_seen", check=row.pk)


def _somebody(actor: Actor, circle: Circle, person: UUID) -> Person:
    """The person of this circle that the caller claims to be, held while the check is kept: tries come one by one."""
    only_on_her_side(actor, circle.pk)
    stands = Presence.objects.filter(circle=circle, person=person).exclude(stands_as=Presence.As.SUSPECT)
    someone = Person.objects.select_for_update().filter(pk=person, pk__in=stands.values("person")).first()
    if someone is None:
        raise NotFound
    return someone


def _checks(person: Person, outcome: Outcome, actor: Actor) -> QuerySet[CallerCheck]:
    return CallerCheck.objects.filter(person=person, outcome=outcome, at__gt=actor.at - rules.A_DAY)


def _keep(actor: Actor, circle: Circle, person: Person, outcome: Outcome, note: str, misses: int, *,
          rang: bool = False) -> None:  # fmt: skip
    alerts = rules.alerts(outcome, misses, rang=rang)
    if outcome == Outcome.CLOSED:  # one to look at is enough: whoever rings on cannot fill the desk
        alerts = not _checks(person, outcome, actor).filter(alerts=True, seen_at=None).exists()
    row = CallerCheck(
        circle=circle, person=person, outcome=outcome.value, at=actor.at, by_id=actor.membership_id, alerts=alerts,
        rang=rang, due_on=london_day(actor.at) if alerts else None,
    )  # fmt: skip
    actor.keys.seal(row, note=note)
    row.save(force_insert=True)
    actor.record(circle.pk, "people.caller_checked", person=person.pk, outcome=outcome.value, alerts=alerts)


def _note(note: str) -> str:
    if len(note) > rules.MOST_NOTE:
        raise RuleBroken(words("note_long", "Shorten the note to {most} letters.", most=rules.MOST_NOTE))
    return note.strip()


@lru_cache(maxsize=1)
def _dummy() -> str:
    """A hash that nothing fits: where there is no code word, a check takes as long."""
    return make_password(token_hex())
