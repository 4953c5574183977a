"""What people decided about the records of a list: how they are grouped, which are one act, whose an account is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology import queries as chronologies
from joindots.chronology.rules.grouping.grouped import Grouped
from joindots.chronology.rules.grouping.same import NOTHING_SAME, Same
from joindots.chronology.rules.grouping.steps import NO_GROUPING, Grouping, Key
from joindots.evidence import queries as evidence
from joindots.kernel.when import day_says
from joindots.people import queries as people
from joindots.people.rules.beliefs import SURE, Held, account_of, identity_of
from joindots.web.chronology.binding import Labels, labels


@dataclass(frozen=True, slots=True)
class Believed:
    """What is believed of one account that a row shows."""

    account: str
    says: tuple[tuple[str, str], ...]
    """A name and how sure, one for each belief; more than one where they differ in anything."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Everything that people said about what a list shows."""

    grouping: Grouping = NO_GROUPING
    same: Same = NOTHING_SAME
    whose: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)
    entries: Mapping[str, evidence.IncidentView] = field(default_factory=dict)
    """Entries that are shown beside what they are one act with."""
    inside: Labels = field(default_factory=dict)
    """What is said of acts that lie inside an order or bail by their dates."""

    def grouped(self, lines: Sequence[evidence.Line]) -> Grouped:
        """The grouping, for acts made of these lines in their order."""
        return Grouped(self.grouping, lambda act: self._keys(lines[act.first.at]))

    def _keys(self, line: evidence.Line) -> Collection[Key]:
        """Every place that shows an act, and every entry that tells of it."""
        keys = keys_of(line)
        return (*keys, *self.same.of(keys)) if self.same.beside else keys

    def shown(self, lines: Iterable[evidence.Line]) -> tuple[evidence.Line, ...]:
        """The lines without the entries that are counted with something else."""
        return tuple(line for line in lines if line.entry not in self.same.hidden)

    def beside(self, line: evidence.Line) -> tuple[tuple[str, str], ...]:
        """The entries that tell of the same act as a line: reference, and who wrote it when."""
        found = []
        for entry in self.same.of(keys_of(line)):
            view = self.entries.get(entry)
            if view is not None:
                found.append((entry, f"log entry, {view.written_by}, {day_says(view.written_at)}"))
        return tuple(found)

    def inside_of(self, line: evidence.Line) -> tuple[str, ...]:
        """In which orders and bail a line lies by its date, in words."""
        keys = keys_of(line)
        return tuple(dict.fromkeys(said for key in keys for said in self.inside.get(key, ())))

    def believed(self, lines: Iterable[evidence.Line]) -> tuple[Believed, ...]:
        """What is believed of each account that these lines show, each once."""
        found: dict[str, Believed] = {}
        for line in lines if self.whose else ():
            account = account_shown(line)
            if account and account in self.whose and account not in found:
                says = tuple((one.name, SURE[one.sure]) for one in self.whose[account])
                found[account] = Believed(account_of(account), says)
        return tuple(found.values())


def keys_of(line: evidence.Line) -> Collection[Key]:
    """How a line is known: an entry by its reference, a record by every place that shows it."""
    return (line.entry,) if line.entry else line.places


def account_shown(line: evidence.Line) -> str:
    """The account of a line's sender; empty where none is shown, words are kept back, or it is an entry."""
    if line.entry or line.kept_back:
        return ""
    return identity_of(line.source, line.record.sender.shown, line.record.sender.key)


def decided(actor: Actor, ref: Ref, circle: Ref) -> Decided:
    """What people decided about a case."""
    same = chronologies.same_acts(actor, ref)
    entries = {one.reference: one for one in evidence.incidents_of(actor, ref)} if same.hidden else {}
    assert isinstance(circle.key, UUID)
    inside = labels(parts.binds(actor, circle.key))
    return Decided(chronologies.grouping(actor, ref), same, people.whose_accounts(actor, circle), entries, inside)


def days_without(days: Sequence[evidence.Day], made: Decided, only: evidence.Only) -> tuple[evidence.Day, ...]:
    """Counts by day without the entries that are counted with something else."""
    if not made.same.hidden:
        return tuple(days)
    fewer = dict.fromkeys((one.day for one in days), 0)
    for reference in made.same.hidden:
        view = made.entries.get(reference)
        if view is not None and view.day in fewer and only.lets_entry(view.kinds, view.doer):
            fewer[view.day] += 1
    left = (replace(one, entered=one.entered - fewer[one.day]) for one in days)
    return tuple(one for one in left if one.total)
