"""An order's life with its days: each event is believed or refused by a sentence, and sets what follows (pure).

Source: Stalking Protection Act 2019 s3, s4, s5, s9. The table of `life` says which event can follow, `guards` what an
event must say, `setting` what it sets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import Words
from joindots.law import guards, setting
from joindots.law.counting import day_said
from joindots.law.happening import INTERIM, SERVED, Binding, Episode, Happened, Terms, in_force_on
from joindots.law.life import IN_FORCE, after, step_of

__all__ = [
    "INTERIM", "NOTHING", "SERVED", "Binding", "Episode", "Happened", "Terms", "happen", "in_force_on", "may_happen",
    "may_have_condition", "stays_inside", "told",
]  # fmt: skip

NOTHING = Episode()


def told(events: Iterable[Happened]) -> Episode:
    """An episode from all its events in their order; `RuleBroken` at the first that cannot be."""
    episode = NOTHING
    for one in events:
        episode = happen(episode, one)
    return episode


def happen(episode: Episode, new: Happened) -> Episode:
    """The episode after one more event; `RuleBroken` with the sentence of `may_happen` where it cannot be."""
    may_happen(episode, new).or_raise()
    step, life = step_of(episode.life, new.event), after(episode.life, new.event)
    if step is None or isinstance(life, Words):  # may_happen has refused both
        raise RuleBroken(Words("no_such_step", "There is no such step."))
    changed = replace(episode, life=life, **setting.SETS.get(step.code, setting.nothing)(episode, new))
    last = episode.last if step.beside else new.on
    changed = replace(changed, last=last, periods=setting.periods(episode, changed, new))
    return replace(
        changed, bindings=setting.bindings(episode, changed, new), terms=setting.terms(episode, step, new)
    )  # fmt: skip


def may_happen(episode: Episode, new: Happened) -> Decision:
    """Whether an event can be written down, or the sentence that says what is missing."""
    step, life = step_of(episode.life, new.event), after(episode.life, new.event)
    if step is None or isinstance(life, Words):
        return Decision(False, life) if isinstance(life, Words) else no("no_such_step", "There is no such step.")
    for guard in (guards.in_order, guards.still_runs, guards.told_first, guards.GUARDS.get(step.code, guards.free)):
        decision = guard(step, episode, new)
        if not decision:
            return decision
    return YES


def may_have_condition(episode: Episode, starts: date | None, ends: date | None, under: int | None = None) -> Decision:
    """Whether a condition can run from one day to another: never after its order's end, never backwards.

    `under`: which of the episode's `terms` it belongs to; without it, the order as it was last made.
    """
    if episode.made is None or episode.life.stage not in IN_FORCE or not episode.terms:
        return no(
            "condition_no_order", "There is no order yet that a condition could stand in. Record the order first."
        )
    if under is not None and not 0 <= under < len(episode.terms):
        return no("condition_under", "Choose with which decision the condition came.")
    earliest = episode.made if under is None else episode.terms[under].on
    first = starts or earliest
    if first < earliest:
        return no("condition_too_early", "A condition cannot begin before the order that has it, of {made}.",
                  made=day_said(earliest))  # fmt: skip
    if ends is not None and ends < first:
        return no("condition_backwards", "The condition ends before it begins. Look at both days.")
    if episode.ends is not None and first > episode.ends:
        return no("condition_too_late", "The condition would begin after the order ends on {ends}.",
                  ends=day_said(episode.ends))  # fmt: skip
    if episode.ends is not None and ends is not None and ends > episode.ends:
        return no("condition_too_long", "The condition would outlast the order, which ends on {ends}.",
                  ends=day_said(episode.ends))  # fmt: skip
    return YES


def stays_inside(episode: Episode, begins: Iterable[date]) -> Decision:
    """Whether an order's last day still lies after the first day of each of its conditions."""
    late = max(begins, default=None)
    if late is None or episode.ends is None or episode.life.stage not in IN_FORCE or late <= episode.ends:
        return YES
    return no(
        "end_before_condition", "A condition begins on {day}, after the last day of the order, {ends}. Look at both "
        "days, or take the condition off first.", day=day_said(late), ends=day_said(episode.ends),
    )  # fmt: skip
