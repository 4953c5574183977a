"""Decisions about grouping, and what stands after them: every decision is kept, and each can be undone at any time.

Nothing is overwritten. What stands is worked out anew from all decisions that are in effect, in the order in which
they were taken; so undoing one leaves exactly what the others say, and undoing all of them what the rule proposed.
A decision names records and entries and holds none of them: no decision can make an act, or lose one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final
from uuid import UUID

from joindots.chronology.rules.grouping.spans import Place, Spans, flat, holds, joined, number, without
from joindots.kernel.decisions import YES, Decision, no

MOST_NAME: Final = 80
MOST_NOTE: Final = 2_000
MOST_WHY: Final = 500
MOST_RUNS: Final = 2_000
"""Runs of places that one decision may hold: a stretch of one chat is one run."""
Key = Place | str
"""What can be grouped: a record of a file, or an entry of the log by its reference."""


class Kind(StrEnum):
    """What was decided."""

    ACCEPT = "accept"
    SPLIT = "split"
    MERGE = "merge"
    NAME = "name"
    RENAME = "rename"
    ADD = "add"
    TAKE_OUT = "take_out"
    UNDO = "undo"


KIND_WORDS: Final[Mapping[Kind, str]] = {
    Kind.ACCEPT: "accepted a run of messages", Kind.SPLIT: "split a run of messages",
    Kind.MERGE: "joined two runs of messages", Kind.NAME: "named an episode", Kind.RENAME: "gave an episode its words",
    Kind.ADD: "put into an episode", Kind.TAKE_OUT: "took out of an episode", Kind.UNDO: "undid",
}  # fmt: skip
OTHERWISE: Final = {Kind.ACCEPT: Kind.MERGE, Kind.MERGE: Kind.ACCEPT, Kind.SPLIT: None}
"""Decisions about runs, and of each the one that may overrule it at its edge, where it names none of its records."""
OF_AN_EPISODE: Final = frozenset({Kind.NAME, Kind.RENAME, Kind.ADD, Kind.TAKE_OUT})


@dataclass(frozen=True, slots=True)
class Step:
    """One decision. A split and a joining name one record: the first of the later run."""

    id: UUID
    kind: Kind
    spans: Spans = field(default_factory=dict)
    entries: frozenset[str] = frozenset()
    episode: str = ""
    name: str = ""
    note: str = ""
    undoes: UUID | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """An episode as it stands: its reference, its words, and what is in it."""

    reference: str
    name: str
    note: str = ""
    spans: Spans = field(default_factory=dict)
    entries: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing is in it any more."""
        return not (self.spans or self.entries)


def in_effect(steps: Sequence[Step]) -> list[Step]:
    """The decisions that were not undone, in order. An undoing can itself be undone."""
    undone_by: dict[UUID, list[UUID]] = {}
    for step in steps:
        if step.undoes is not None:
            undone_by.setdefault(step.undoes, []).append(step.id)
    known: dict[UUID, bool] = {}
    for step in reversed(steps):  # what undoes a step was decided after it
        known[step.id] = not any(known.get(one, False) for one in undone_by.get(step.id, ()))
    return [step for step in steps if known[step.id]]


class Grouping:
    """What stands after all decisions: how runs of messages are cut, and which episodes there are."""

    def __init__(self, steps: Sequence[Step] = ()) -> None:
        self._runs = [one for one in in_effect(steps) if one.kind in (Kind.ACCEPT, Kind.SPLIT, Kind.MERGE)]
        self.episodes = _episodes(in_effect(steps))

    def __bool__(self) -> bool:
        return bool(self._runs or self.episodes)

    def cut(self, before: Collection[Key], after: Collection[Key]) -> bool | None:
        """Whether a run ends between two neighbouring acts (each with all places that show it); None: the rule says.

        The newest decision counts. Acts of different episodes never stand in one run.
        """
        if self.episodes and self.episode_of(before) != self.episode_of(after):
            return True
        for step in reversed(self._runs):
            here = _among(step.spans, after)
            if step.kind is Kind.ACCEPT:
                if (there := _among(step.spans, before)) or here:
                    return not (there and here)
            elif here:
                return step.kind is Kind.SPLIT
        return None

    def decided(self, kind: Kind, spans: Spans) -> bool:
        """Whether just this was decided of a run, and nothing later could have changed what it says."""
        for step in reversed(self._runs):
            if step.kind is kind and flat(step.spans) == flat(spans):
                return True
            if step.kind is OTHERWISE[kind] or flat(without(spans, step.spans)) != flat(spans):
                return False
        return False

    def accepted(self, acts: Sequence[Collection[Key]]) -> bool:
        """Whether somebody accepted just such a run, or a longer one that holds it."""
        return any(
            step.kind is Kind.ACCEPT and all(_among(step.spans, act) for act in acts) for step in self._runs
        )  # fmt: skip

    def episode_of(self, act: Collection[Key]) -> str:
        """The reference of the episode that an act stands in; empty for none."""
        for episode in self.episodes:
            if _among(episode.spans, act) or not episode.entries.isdisjoint(key for key in act if isinstance(key, str)):
                return episode.reference
        return ""


def _among(spans: Spans, act: Collection[Key]) -> bool:
    return any(not isinstance(key, str) and holds(spans, key) for key in act)


def _episodes(steps: Iterable[Step]) -> tuple[Stretch, ...]:
    """The episodes that stand, in the order in which they were named. What was put into one is in no other."""
    found: dict[str, Stretch] = {}
    for step in steps:
        if step.kind not in OF_AN_EPISODE or (step.kind is not Kind.NAME and step.episode not in found):
            continue  # its naming was undone: then what was said of it later waits, and stands again with it
        if step.kind is Kind.NAME:
            found[step.episode] = Stretch(step.episode, step.name, step.note)
        mine = found[step.episode]
        if step.kind is Kind.RENAME:
            found[step.episode] = replace(mine, name=step.name, note=step.note)
            continue
        taken = found.items() if step.kind in (Kind.NAME, Kind.ADD) else [(step.episode, mine)]
        for reference, one in list(taken):
            spans, entries = without(one.spans, step.spans), one.entries - step.entries
            found[reference] = replace(one, spans=spans, entries=entries)
        if step.kind in (Kind.NAME, Kind.ADD):
            mine = found[step.episode]
            entries = mine.entries | step.entries
            found[step.episode] = replace(mine, spans=joined(mine.spans, step.spans), entries=entries)
    return tuple(found.values())


def can_name(name: str, note: str) -> Decision:
    """An episode has a short name; its note may be longer."""
    if not name.strip():
        return no("episode_name", "Give the episode a short name.")
    if len(name) > MOST_NAME:
        return no("episode_name_long", "Shorten the name to {most} letters.", most=MOST_NAME)
    if len(note) > MOST_NOTE:
        return no("episode_note_long", "Shorten the note to {most} letters.", most=MOST_NOTE)
    return YES


def can_hold(spans: Spans, entries: Collection[str]) -> Decision:
    """Something must be in it, in a bearable number of runs."""
    if not (spans or entries):
        return no("group_empty", "Nothing that was brought in or written down stands there. Choose other times.")
    if sum(map(len, spans.values())) > MOST_RUNS:
        return no(
            "group_scattered",
            "That is too scattered to be one episode. Choose a shorter time, or all kinds and both ways.",
        )
    return YES


def can_say_why(why: str) -> Decision:
    """A decision may say why; it is not asked for."""
    return YES if len(why) <= MOST_WHY else no("why_long", "Shorten the reason to {most} letters.", most=MOST_WHY)


def can_accept(spans: Spans) -> Decision:
    """A run has two messages at the least."""
    return YES if number(spans) > 1 else no("run_alone", "One message alone is no run. Choose two or more.")


def can_decide(kind: Kind, spans: Spans, entries: Collection[str], episode: str, made: Grouping) -> Decision:
    """What stands already is not decided again: of two windows on one run the second is told so."""
    if kind in OTHERWISE and made.decided(kind, spans):
        return no("grouped_already", "That was grouped so already. Look at the history: it can be undone there.")
    mine = next((one for one in made.episodes if one.reference == episode), None)
    if kind is Kind.ADD and mine and mine.entries.issuperset(entries) and not without(spans, mine.spans):
        return no("in_episode_already", "That stands in the episode already.")
    if kind is Kind.TAKE_OUT and not (
        mine and (mine.entries.intersection(entries) or flat(without(mine.spans, spans)) != flat(mine.spans))
    ):
        return no("not_in_episode", "That does not stand in the episode. Look at the history: it may have been moved.")
    return YES


def can_undo(step: Step, steps: Sequence[Step]) -> Decision:
    """What is in effect can be undone, whenever it was decided."""
    if step in in_effect(steps):
        return YES
    return no("undone_already", "That was undone already. Look at the history: it can be brought back there.")


NO_GROUPING: Final = Grouping()
