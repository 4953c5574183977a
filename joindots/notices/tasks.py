"""What the gate asks of a notice: the card as it stands, words that must not be seen, what is to be done by itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import cast
from uuid import UUID

from django.db.models import Q

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.models import Agency
from joindots.circles.models import Circle
from joindots.directory.rules.national import national_listings
from joindots.documents.leaks.protected import Kind as LeakKind
from joindots.documents.leaks.protected import Protected, Word
from joindots.kernel.decisions import Decision, no
from joindots.kernel.identities import key_of_address
from joindots.kernel.problems import NotAllowed, NotFound
from joindots.kernel.when import london_day
from joindots.kernel.words import Words, words
from joindots.notices import permissions
from joindots.notices.models import Notice
from joindots.notices.rules import neutral
from joindots.notices.rules.neutral import NUMBER, Said
from joindots.notices.rules.notices import AGAIN, BY_HAND, EXCEPTION_LASTS, HAND_LEASE, SAID_NOW_LASTS, USE, Kind, State
from joindots.notices.rules.outward import Outward, can_reach_others, can_stand_outside, keeps_out, verdict_to
from joindots.people import queries as people
from joindots.people.models import Identifier, Person, Presence
from joindots.people.rules.gate import Asked, Verdict, verdict, ways_for
from joindots.people.rules.reaching import Card
from joindots.people.tasks import card_for_gate, closed_days, names_in, only_on_her_side
from joindots.vault.blind import blind, generations

NOWHERE = UUID(int=0)
KEPT_OUT = words("outward_kept", "The safe-contact card of the person being stalked says that they must not know. "
                 "Nothing goes to them.")  # fmt: skip
PLACES = frozenset({"address", "postcode"})
SHORT = 4
"""Letters of the shortest name that is looked for by itself; a shorter one stands in half of all sentences."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a notice: `refused` with the reason, or queued to leave at a moment or after."""

    id: UUID
    refused: bool
    reason: Words
    not_before: datetime


def somebody(actor: Actor, circle: Circle, person: UUID) -> None:
    """NotFound unless the actor stands on the victim's side of a circle in which this person stands on that side."""
    only_on_her_side(actor, circle.pk)
    if not Presence.objects.filter(circle=circle, person=person).exclude(stands_as=Presence.As.SUSPECT).exists():
        raise NotFound


def only_theirs(actor: Actor, row: Notice) -> None:
    """NotFound unless the notice is one for the actor: on the victim's side and, for who writes to nobody of a case
    themselves, their own to somebody else.
    """
    only_on_her_side(actor, row.circle_id)
    if not actor.may(permissions.WRITE) and not (row.outward and row.by_id == actor.membership_id):
        raise NotFound


def asked_of(row: Notice, reason: str, at: datetime) -> Asked:
    """What a notice asks of the gate. That they are with us, and that danger is near, was said of a moment."""
    kind, age = Kind(row.kind), at - row.made_at
    near = HAND_LEASE if kind in BY_HAND else EXCEPTION_LASTS
    return Asked(
        row.way, USE[kind], calendar=kind == Kind.CALENDAR, proof=row.proof,
        said_now=row.said_now and age <= SAID_NOW_LASTS, emergency=reason if row.emergency and age <= near else "",
    )  # fmt: skip


def asked_now(actor: Actor, row: Notice) -> tuple[Card | None, Verdict]:
    """The card as it stands at this moment, and what the gate says to this notice."""
    if row.outward:
        card = card_for_gate(actor, row.person_id)
        return card, verdict_to(card, outward_of(actor, row), actor.at)
    card = people.card_of(actor, Ref(row.person_id))
    told = verdict(card, asked_of(row, actor.keys.open(row.reason), actor.at), actor.at, closed_days())
    return card, unless_kept_out(actor, row.circle_id, row.person_id, told)


def unless_kept_out(actor: Actor, circle: UUID, person: UUID, told: Verdict) -> Verdict:
    """The gate's answer, but never for somebody of whom a person being stalked here says that they must not know."""
    clients = Presence.objects.filter(circle=circle, stands_as=Presence.As.VICTIM).exclude(person=person)
    cards = [people.card_of(actor, Ref(one)) for one in clients.values_list("person", flat=True)]
    kept = [card.must_not_know for card in cards if card and card.must_not_know]
    if not kept or Presence.objects.filter(circle=circle, person=person, stands_as=Presence.As.VICTIM).exists():
        return told
    name = actor.keys.open(Person.objects.get(pk=person).name)
    return Verdict(False, KEPT_OUT) if any(keeps_out(one, name) for one in kept) else told


def outward_of(actor: Actor, row: Notice) -> Outward:
    """What goes to somebody else, opened: its first line says who they are."""
    to = actor.keys.open(row.to)
    return Outward(to.partition("\n")[0], to.partition("\n")[2] or to, actor.keys.open(row.body), row.until, row.basis)


def gives_away(actor: Actor, row: Notice) -> Decision:
    """Whether what can be seen of a notice names somebody by the names and words of the case as they stand now."""
    if not row.outward:
        return can_be_seen(actor, row.circle, Kind(row.kind), _said(actor, row), row.person_id)
    told = outward_of(actor, row)
    inside = can_be_seen(actor, row.circle, Kind.LETTER, _said(actor, row))
    return inside and can_stand_to(actor, row.circle, told.whom, told.to)


def can_stand_to(actor: Actor, circle: Circle, whom: str, to: str) -> Decision:
    """Whether something may be addressed so: not to the person reported, and naming nobody but its recipient."""
    return not_to_reported(actor, circle, whom, to) and can_stand_outside(to, on_envelope(actor, circle, whom))


def not_to_reported(actor: Actor, circle: Circle, whom: str, to: str) -> Decision:
    """Whether this recipient is somebody else than the person reported, by name and by known mail address."""
    rows = Presence.objects.filter(circle=circle, stands_as=Presence.As.SUSPECT)
    every = names_in(actor, circle.pk)
    names = [name for row in rows for name in every[row.person_id]]
    reported = can_reach_others(whom, to, [*names, *(word for name in names for word in _single(name))])
    mail = key_of_address(to.strip()) or ""
    mails = [blind("email", one, generation) for generation in generations() if mail
             for one in (mail.casefold(), mail.casefold().removeprefix("mailto:"))]  # fmt: skip
    theirs = Identifier.objects.filter(index__in=mails, person__in=rows.values("person")) if mails else None
    if theirs is not None and theirs.exists():
        return no("outward_reported", "That is an address of the person reported. Nothing goes there.")
    return reported


def _said(actor: Actor, row: Notice) -> Said:
    show = actor.keys.open
    return Said(show(row.body), show(row.subject), show(row.sender), show(row.file_name))


def on_envelope(actor: Actor, circle: Circle, whom: str) -> list[str]:
    """What may not stand on an envelope: names of the case in full, but the recipient's own, and protected words that
    are no place. A place is where it goes: whether it may go there is the card's to say.
    """
    names = [name for several in names_in(actor, circle.pk).values() for name in several]
    guarded = [word for word, kind in _guarded(actor, circle).items() if kind not in PLACES]
    return [one for one in (*names, *guarded) if len(one) > 2 and not neutral.names_in(whom, [one])]


def can_be_seen(actor: Actor, circle: Circle, kind: Kind, said: Said, person: UUID | None = None) -> Decision:
    """Whether what can be seen of a notice gives nothing away. `person`: it goes to them; None: to somebody else."""
    own = " ".join(names_in(actor, circle.pk).get(person, ())) if person else ""
    kept = tuple(
        Word(word, cast(LeakKind, kind)) for word, kind in _guarded(actor, circle).items()
        if not own or not neutral.names_in(own, [word])
    )  # fmt: skip
    return neutral.can_be(kind, said, never_seen(actor, circle, person), Protected(kept, (own,) if own else ()))


def never_seen(actor: Actor, circle: Circle, person: UUID | None = None) -> list[str]:
    """What may stand in no notice: the names of everybody in the case, protected words, the agency's own name, and
    the names and numbers of national services.

    `person`: it goes to them, so their own name may be seen, and a surname that they share; never the name of the
    person reported. None: it goes to somebody who does not stand in the case.
    """
    every = names_in(actor, circle.pk)
    own = " ".join(every.get(person, ())) if person else ""
    agency = Agency.objects.filter(pk=actor.agency_id).values_list("name", flat=True).first() or ""
    never = [agency, *_single(agency)]
    for row in Presence.objects.filter(circle=circle).exclude(person=person):
        for name in every[row.person_id]:
            single = [one for one in _single(name) if row.stands_as == Presence.As.SUSPECT or one not in own.split()]
            never += [name, *single]
    never += [one for one in _guarded(actor, circle) if not own or not neutral.names_in(own, [one])]
    return [one for one in (*never, *_national()) if len(one) > 2]


@cache
def _national() -> tuple[str, ...]:
    """Names and numbers of the services that everybody can look up: a search for one tells what it is about."""
    every = national_listings().values()
    names = {name for one in every for name in (one.name, one.provider)}
    numbers = {phone.number for one in every for phone in one.phones if sum(map(str.isdecimal, phone.number)) >= NUMBER}
    return tuple(sorted(names | numbers))


def _single(name: str) -> list[str]:
    return [word for word in name.split() if len(word) >= SHORT]


def _guarded(actor: Actor, circle: Circle) -> dict[str, str]:
    """Protected words with their kinds, for the gate alone: whoever writes need not be able to read that list."""
    try:
        return parts.protected(actor, circle.pk)
    except NotAllowed:
        found: dict[str, str] = people.protected_words.run(actor, circle)
        return found


def to_send(at: datetime, most: int = 50) -> list[tuple[UUID, UUID]]:
    """Notices whose hour has come and that a gateway carries, with who wrote them: oldest first."""
    rows = Notice.objects.filter(state=State.QUEUED, not_before__lte=at, circle__state="open").exclude(kind__in=BY_HAND)
    return list(rows.order_by("not_before").values_list("pk", "by_id")[:most])


def give_up_lapsed(at: datetime) -> int:
    """Say of each whose sending broke off that nobody knows whether it left. It is never sent again. How many."""
    lapsed = Notice.objects.filter(state=State.LEAVING, lease_until__lte=at)
    by_hand = Q(kind__in=BY_HAND)
    hand = lapsed.filter(by_hand).update(state=State.UNSURE, code="hand_lapsed", lease_until=None)
    return hand + lapsed.exclude(by_hand).update(state=State.UNSURE, code="not_known", lease_until=None)


def take_back_out(actor: Actor, circle: UUID, notices: Collection[UUID]) -> None:
    """Withdraw what waits to leave to somebody else, because what it rests on was taken back. Its words go.

    What somebody has in hand at this moment may have left: it is not withdrawn, but if it comes back it never leaves.
    """
    waiting = Notice.objects.filter(circle=circle, pk__in=notices, outward=True, state=State.QUEUED)
    for row in waiting.select_for_update(of=("self",)):
        row.state, row.code, row.seen_at, row.version = State.WITHDRAWN, "taken_back", actor.at, row.version + 1
        actor.keys.seal(row, body="", subject="", sender="", file_name="", reason="")
        row.save()
        actor.record(circle, "notices.withdrawn", notice=row.pk, notice_kind=row.kind, code=row.code)
    in_hand = Notice.objects.filter(circle=circle, pk__in=notices, outward=True, state=State.LEAVING)
    in_hand.update(until=london_day(actor.at) - timedelta(days=1))


def give_up(notice: UUID, code: str) -> None:
    """Fail a notice that nobody may send any more."""
    Notice.objects.filter(pk=notice, state=State.QUEUED).update(state=State.FAILED, code=code)


def put_off(notice: UUID, at: datetime) -> None:
    """Try a notice again later, behind those that wait: what broke there holds up no other."""
    Notice.objects.filter(pk=notice, state=State.QUEUED).update(not_before=at + AGAIN)


def looked_over(until: date) -> Q:
    """Notices that wait for a person: a call or letter whose day has come, or something that did not leave."""
    by_hand = Q(state__in=(State.QUEUED, State.LEAVING), kind__in=BY_HAND)
    troubled = Q(state__in=(State.FAILED, State.UNSURE, State.HELD_HERE, State.REFUSED))
    return (by_hand | troubled) & Q(seen_at=None, due_on__lte=until)


def ask(card: Card | None, kind: Kind, way: UUID | None, emergency: str, at: datetime) -> tuple[Asked, Verdict]:
    """What is asked of the gate, and its answer. Their exception is called on only where nothing else lets it leave."""
    use = USE[kind]
    plain = way or next((one.id for one in ways_for(card, use)), NOWHERE)
    asked = Asked(plain, use, calendar=kind == Kind.CALENDAR)
    told = verdict(card, asked, at, closed_days())
    if told.leaves or not emergency:
        return asked, _clear(told, way)
    wider = way or next((one.id for one in ways_for(card, use, emergency=True)), NOWHERE)
    asked = Asked(wider, use, calendar=kind == Kind.CALENDAR, emergency=emergency)
    told = verdict(card, asked, at, closed_days())
    return (asked if told.leaves else Asked(wider, use, calendar=kind == Kind.CALENDAR)), _clear(told, way)


def keep(actor: Actor, row: Notice, said: Said, told: Verdict, reason: str) -> Written:
    """Keep a notice as the gate answered. One that is refused keeps no words: only that, why, when and by whom."""
    refused = not told.leaves and not told.waits
    row.state = State.REFUSED if refused else State.QUEUED
    row.code = told.reason.code[:24] if refused else ""
    row.not_before = told.waits_until or actor.at
    row.due_on = london_day(row.not_before)
    row.seen_at = actor.at if refused else None
    shown = Said("", "", "", "") if refused else said
    actor.keys.seal(
        row, body=shown.body, subject=shown.subject, sender=shown.sender, file_name=shown.file_name,
        reason="" if refused else reason,
    )  # fmt: skip
    row.save(force_insert=True)
    actor.record(
        row.circle_id, "notices.refused" if refused else "notices.written", notice=row.pk, notice_kind=row.kind,
        emergency=row.emergency, code=row.code,
    )  # fmt: skip
    return Written(row.pk, refused, told.reason, row.not_before)


def _clear(told: Verdict, way: UUID | None) -> Verdict:
    """Where no way was named, that none fits is said in those words."""
    if way is None and told.reason.code == "way_gone":
        return Verdict(
            False,
            words("no_safe_way", "No confirmed safe way fits this. Nothing is sent, and no other number is tried."),
        )
    return told
