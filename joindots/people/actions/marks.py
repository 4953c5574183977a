"""Names, numbers, accounts and plates of somebody, entered, corrected and withdrawn by hand."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.people import permissions
from joindots.people.models import Identifier, Person, Presence, TakenOff, WithdrawnMark
from joindots.people.rules import finding
from joindots.people.rules import marks as rules
from joindots.people.rules.roles import can_be_added
from joindots.people.tasks import add_rows, hanging_on, named_in, note_known_ways, only_on_her_side

HIDDEN = (finding.NAME, finding.WORD, finding.ALSO_WORD)
"""Rows that only serve to find a name; the name itself, or the other name, is what is shown."""


@writes(permissions.ADD_PERSON, Person)
def add_mark(actor: Actor, person: Person, *, kind: str, value: str) -> None:
    """Add another name, a number, an account, a plate, a mail address; an address of the person reported alone.

    On the side of the person being stalked. A number of the person reported that stands on somebody's card of the case
    is from now on known there: nothing leaves by it, and it is on the desk of whoever has the case.
    """
    _ours(actor, person)
    _add(actor, person, kind, value)
    _told(actor, person, "people.mark_added", kind=kind)


@writes(permissions.ADD_PERSON, Person)
def withdraw_mark(actor: Actor, person: Person, *, mark: UUID, why: str) -> None:
    """Let a mark count no more. It stays in the history with who, when and why, and nobody is found by it."""
    _ours(actor, person)
    row = _mark(person, mark)
    _withdraw(actor, person, row, why)
    _told(actor, person, "people.mark_withdrawn", kind=row.kind)


@writes(permissions.ADD_PERSON, Person)
def correct_mark(actor: Actor, person: Person, *, mark: UUID, value: str, why: str) -> None:
    """Put a mark right: what stood is withdrawn with the reason, and what is right takes its place."""
    _ours(actor, person)
    row = _mark(person, mark)
    kind = row.kind if row.kind in rules.MARKS else "email" if "@" in value else "number"
    _withdraw(actor, person, row, why)
    _add(actor, person, kind, value)
    _told(actor, person, "people.mark_corrected", kind=kind)


@writes(permissions.ADD_PERSON, Person)
def correct_name(actor: Actor, person: Person, *, name: str, why: str) -> None:
    """Put somebody's name right, or enter it once it is known. The name before stays in the history."""
    _ours(actor, person)
    rules.can_say_why(why).or_raise()
    name = " ".join(name.split())
    if not name or len(name) > rules.MOST_NAME:
        raise RuleBroken(words("name_missing", "Enter a name, or what the person wants to be called."))
    for one in Presence.objects.filter(person=person, stands_as=Presence.As.SUSPECT):
        can_be_added(one.stands_as, is_victim_here=named_in(one.circle_id, name)).or_raise()
    actor.keys.prepare((person.pk,))
    _keep(actor, person, finding.NAME, actor.keys.open(person.name), why)
    Identifier.objects.filter(person=person, kind__in=(finding.NAME, finding.WORD)).delete()
    add_rows(actor, person, finding.marks_of_name(name))
    actor.keys.seal(person, name=name)
    person.save(update_fields=("name",))
    _told(actor, person, "people.name_corrected")


@writes(permissions.ADD_PERSON, Circle)
def take_off(actor: Actor, circle: Circle, *, person: UUID, why: str) -> None:
    """Take somebody off a case who stands there by mistake, with the reason. Their name and marks stay in the history.

    Refused for the person the case is about, and while anything else is recorded about them.
    """
    only_on_her_side(actor, circle.pk)
    row = Presence.objects.select_for_update(of=("self",)).filter(circle=circle, person=person).first()
    if row is None:
        raise NotFound
    rules.can_say_why(why).or_raise()
    someone = Person.objects.get(pk=person)
    rules.can_take_off(row.stands_as, hanging_on(someone)).or_raise()
    marks = [f"{one.kind}\t{actor.keys.open(one.value)}" for one in _shown(someone)]
    off = TakenOff(circle=circle, person=someone, stood_as=row.stands_as, by_id=actor.membership_id, at=actor.at)
    actor.keys.seal(off, name=actor.keys.open(someone.name), marks="\n".join(marks), why=why.strip())
    off.save(force_insert=True)
    row.delete()
    actor.record(circle.pk, "people.taken_off", person=person, stood_as=off.stood_as)


def _add(actor: Actor, person: Person, kind: str, value: str) -> None:
    stands = Presence.objects.filter(person=person).values_list("stands_as", flat=True)
    text = rules.written(kind, value)
    rules.can_have(kind, stands).or_raise()
    rows = list(_shown(person))
    if any(one.kind == kind and finding.indexed(kind, actor.keys.open(one.value)) == finding.indexed(kind, text)
           for one in rows):  # fmt: skip
        raise RuleBroken(words("mark_twice", "That stands here already."))
    if len(rows) >= rules.MOST_MARKS:
        raise RuleBroken(words("marks_many", "Keep at most {most}. Withdraw what is wrong.", most=rules.MOST_MARKS))
    add_rows(actor, person, rules.rows_of(kind, text))
    note_known_ways(actor, person)


def _withdraw(actor: Actor, person: Person, row: Identifier, why: str) -> None:
    rules.can_say_why(why).or_raise()
    _keep(actor, person, row.kind, actor.keys.open(row.value), why, row)
    row.delete()
    if row.kind in finding.ALSO:
        left = Identifier.objects.filter(person=person, kind__in=finding.ALSO)
        words = {word for one in left for _, word in rules.words_of_also(actor.keys.open(one.value))}
        for one in Identifier.objects.filter(person=person, kind=finding.ALSO_WORD):
            if actor.keys.open(one.value) not in words:
                one.delete()


def _keep(actor: Actor, person: Person, kind: str, value: str, why: str, row: Identifier | None = None) -> None:
    kept = WithdrawnMark(
        person=person, kind=kind, by_id=row.by_id if row else None, at=row.at if row else None,
        withdrawn_by_id=actor.membership_id, withdrawn_at=actor.at,
    )  # fmt: skip
    actor.keys.seal(kept, value=value, why=why.strip())
    kept.save(force_insert=True)


def _shown(person: Person) -> list[Identifier]:
    return list(Identifier.objects.filter(person=person).exclude(kind__in=HIDDEN).order_by("id"))


def _mark(person: Person, mark: UUID) -> Identifier:
    row = Identifier.objects.filter(person=person, pk=mark).exclude(kind__in=HIDDEN).first()
    if row is None:
        raise NotFound
    return row


def _ours(actor: Actor, person: Person) -> None:
    """NotFound unless the actor stands on the side of the person being stalked in every case of this person's."""
    for circle in Presence.objects.filter(person=person).values_list("circle_id", flat=True):
        only_on_her_side(actor, circle)


def _told(actor: Actor, person: Person, deed: str, **says: str) -> None:
    for circle in Presence.objects.filter(person=person).values_list("circle_id", flat=True):
        actor.record(circle, deed, person=person.pk, **says)
