"""Acts of a list or a pack under what people decided about their grouping."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Final

from joindots.chronology.rules.given import Act
from joindots.chronology.rules.grouping.steps import NO_GROUPING, Grouping, Key, Stretch


class Grouped:
    """A grouping, and how an act of this list is known: by the places of every record that shows it."""

    def __init__(self, grouping: Grouping, keys_of: Callable[[Act], Collection[Key]]) -> None:
        self._grouping = grouping
        self._keys_of = keys_of

    @property
    def episodes(self) -> tuple[Stretch, ...]:
        """The episodes that stand."""
        return self._grouping.episodes

    def cut(self, before: Act, after: Act) -> bool | None:
        """Whether somebody decided that a run ends, or goes on, between two neighbouring acts."""
        return self._grouping.cut(self._keys_of(before), self._keys_of(after)) if self._grouping else None

    def by_hand(self, run: Sequence[Act]) -> bool:
        """Whether somebody decided that these stand together: accepted as they are, or joined."""
        if not self._grouping:
            return False
        keys = [self._keys_of(act) for act in run]
        return self._grouping.accepted(keys) or any(self._grouping.cut(*pair) is False for pair in pairwise(keys))

    def accepted(self, run: Sequence[Act]) -> bool:
        """Whether somebody accepted them as one run."""
        return bool(self._grouping) and self._grouping.accepted([self._keys_of(act) for act in run])

    def episode_of(self, act: Act) -> str:
        """The reference of the episode that an act stands in; empty for none."""
        return self._grouping.episode_of(self._keys_of(act)) if self._grouping.episodes else ""


UNGROUPED: Final = Grouped(NO_GROUPING, lambda _: ())
