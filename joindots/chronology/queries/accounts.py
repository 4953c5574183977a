"""The accounts that wrote or rang in a case's files: how often, from when until when, in which direction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Max, Min, Sum

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.evidence import findings
from joindots.evidence import queries as evidence
from joindots.evidence.models import DayCount, Reading, held_rows, these
from joindots.evidence.rules import codes
from joindots.people.rules.beliefs import identity_of

WAYS = {"in": "received", "out": "sent"}


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account as files show it. `identity` is empty for all whose account no file shows: they stay unknown."""

    identity: str
    names: tuple[str, ...]
    sources: tuple[int, ...]
    received: int
    sent: int
    unknown: int
    first: date | None
    last: date | None
    """The first and the last day of contact, as far as days are known."""

    @property
    def acts(self) -> int:
        """All acts of contact; what repeats between files is counted once."""
        return self.received + self.sent + self.unknown


@dataclass(slots=True)
class _Tally:
    """One account while it is counted."""

    names: set[str] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    ways: Counter[str] = field(default_factory=Counter)
    days: list[date] = field(default_factory=list)

    def view(self, identity: str) -> AccountView:
        """As it was counted."""
        return AccountView(
            identity, tuple(sorted(self.names)), tuple(sorted(self.sources)), self.ways["received"], self.ways["sent"],
            self.ways["unknown"], min(self.days, default=None), max(self.days, default=None),
        )  # fmt: skip

    def note(self, source: int, shown: str | None) -> None:
        """A file shows it, perhaps with a name."""
        self.sources.add(source)
        if shown:
            self.names.add(shown)


@reads_one(permissions.SEE_GROUPING, Case)
def accounts_of(
    actor: Actor, case: Case, window: tuple[date, date] | None = None, only: evidence.Only = evidence.EVERYTHING
) -> tuple[AccountView, ...]:
    """Every account of the files that were read, the most acts first; on the days of a window where one is given.

    From the counts by day, which know each sender: the rows themselves may be a million. An act that spans more than
    a day is on none, so it has no part in the first and last.
    """
    acts = F("contacts") - F("repeats")
    rows = DayCount.objects.filter(held_rows(case.circle_id), these(only.channels, only.direction)).exclude(
        channel=codes.CHANNEL_OF["log"]
    )
    if window:
        rows = rows.filter(day__range=window)
    told = (
        rows.filter(contacts__gt=F("repeats"))
        .values_list("source", "sender", "direction")
        .annotate(number=Sum(acts), first=Min("day"), last=Max("day"))
    )
    senders = _senders(actor, case)
    found: defaultdict[str, _Tally] = defaultdict(_Tally)
    for source, sender, direction, number, first, last in told.order_by():
        one = senders[source][sender]
        tally = found[identity_of(source, one.shown, one.key)]
        tally.note(source, one.shown)
        tally.ways[WAYS.get(codes.DIRECTIONS[direction], "unknown")] += number
        tally.days += [day for day in (first, last) if day is not None]
    for source, those in senders.items() if window is None else ():
        for one in those:  # also those whose every record repeats, or who took part and wrote nothing
            if identity := identity_of(source, one.shown, one.key):
                found[identity].note(source, one.shown)
    views = [tally.view(identity) for identity, tally in found.items()]
    return tuple(sorted(views, key=lambda one: (not one.identity, -one.acts, one.identity)))


@reads_one(permissions.SEE_GROUPING, Case)
def senders_of(actor: Actor, case: Case, identities: Iterable[str]) -> frozenset[tuple[int, int]]:
    """The senders of index rows, as file and number, who are these accounts."""
    wanted = set(identities)
    return frozenset(
        (source, number)
        for source, senders in _senders(actor, case).items()
        for number, one in enumerate(senders)
        if identity_of(source, one.shown, one.key) in wanted
    )


def _senders(actor: Actor, case: Case) -> Mapping[int, list[findings.Sender]]:
    """The senders of each file in the order of their numbers; rows of somebody's own log name no account."""
    rows = Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD)
    found = {row.source_id: findings.decoded(actor.keys.open_bytes(row.findings)) for row in rows}
    return {source: one.senders for source, one in found.items() if one.channels != ["log"]}
