"""Any clock can be asked on its own: what it needs to be told, the day it answers, and how that was counted (pure).

Texts come in and texts go out, so that a command, a page and another program ask alike. Nothing is guessed: what a
clock must know and was not told is asked for, and what it cannot use is refused by a sentence that names the cure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any, Literal

from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words
from joindots.law.clocks import SYSTEMS
from joindots.law.counting import day_said, moment_said

Kind = Literal["day", "moment", "number", "yes_no", "system", "choice"]
HOW: Mapping[Kind, str] = {
    "day": "a day such as 2026-03-02", "moment": "a time such as 2026-03-07T10:00, by the clock in London",
    "number": "a whole number", "yes_no": "yes or no", "system": f"one of {', '.join(SYSTEMS)}", "choice": "",
}  # fmt: skip
START = "start"
"""What the first input of any clock may be called, whatever its own name."""
MOST = 100_000
"""Days, weeks or hours that can be asked for: more would leave the calendar."""


@dataclass(frozen=True, slots=True)
class Input:
    """What a clock is told. Without a `default` it must be; an empty default means "not told"."""

    name: str
    kind: Kind
    says: str
    default: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def how(self) -> str:
        """How it is written."""
        return f"one of {', '.join(self.choices)}" if self.kind == "choice" else HOW[self.kind]


@dataclass(frozen=True, slots=True)
class Told:
    """What a clock answers: the day or moment that is due, or none, in a sentence, and how it was counted."""

    due: date | datetime | None
    says: str
    counting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock with its inputs. `mark` says what of it has no source and must be checked before it is relied on."""

    code: str
    about: str
    inputs: tuple[Input, ...]
    count: Callable[..., Told]
    source: str
    mark: str = ""
    authority: str = ""
    law: str = ""
    """Whose law it is; empty for plain counting."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One clock's answer, in texts."""

    rule: str
    due: str
    """The day or moment in ISO form; empty where nothing falls due."""
    says: str
    counting: tuple[str, ...]
    source: str
    verify: str
    law: str = ""


def due_said(due: date | datetime) -> str:
    """A day or a moment as people say it."""
    return moment_said(due) if isinstance(due, datetime) else day_said(due)


def ask(catalogue: Mapping[str, Clock], code: str, given: Mapping[str, str]) -> Answer:
    """Ask one clock. RuleBroken names what is missing, what it cannot use, or clocks of a similar name."""
    clock = clock_named(catalogue, code)
    given = {clock.inputs[0].name if name == START else name: text for name, text in given.items()}
    _refuse_unknown(clock, given)
    try:
        told = clock.count(**{one.name: _value(clock, one, given.get(one.name)) for one in clock.inputs})
    except (OverflowError, ValueError):
        raise _refused("clock_range", "This leaves the calendar. Give a day and a number nearer to today.") from None
    due = "" if told.due is None else told.due.isoformat(**_to_the_minute(told.due))
    return Answer(code, due, told.says, told.counting, clock.source, clock.mark, clock.law)


def clock_named(catalogue: Mapping[str, Clock], code: str) -> Clock:
    """A clock by its code. RuleBroken names those of a similar code where there is none."""
    clock = catalogue.get(code)
    if clock is None:
        raise _no_clock(code, catalogue)
    return clock


def _to_the_minute(due: date | datetime) -> dict[str, Any]:
    return {"timespec": "minutes"} if isinstance(due, datetime) and not due.second else {}


def _refuse_unknown(clock: Clock, given: Mapping[str, str]) -> None:
    known = [one.name for one in clock.inputs]
    for name in given:
        if name not in known:
            text = "{rule} is not told “{name}”. It is told: {known}."
            raise _refused("clock_input_unknown", text, rule=clock.code, name=name, known=", ".join(known))


def _value(clock: Clock, wanted: Input, text: str | None) -> Any:
    if text is None and wanted.default is None:
        cure = "{rule} must be told “{name}” ({says}). Write it as {how}."
        raise _refused("clock_input_missing", cure, rule=clock.code, name=wanted.name, says=wanted.says, how=wanted.how)
    text = (wanted.default or "") if text is None else text.strip()
    if not text and wanted.default == "":
        return None
    try:
        return _read(wanted, text)
    except (ValueError, OverflowError):
        cure = "{name} is “{text}”. Write {how}."
        raise _refused("clock_input", cure, name=wanted.name, text=text, how=wanted.how) from None


def _read(wanted: Input, text: str) -> Any:
    if wanted.kind == "day":
        return date.fromisoformat(text)
    if wanted.kind == "moment":
        return _moment(text)
    if wanted.kind == "number":
        number = int(text)
        if abs(number) > MOST:
            raise ValueError
        return number
    choices = {"yes_no": ("yes", "no"), "system": SYSTEMS}.get(wanted.kind, wanted.choices)
    if text not in choices:
        raise ValueError
    return text == "yes" if wanted.kind == "yes_no" else text


def _moment(text: str) -> datetime:
    """A moment in London, or in the zone that is written with it. One that the clock leaves out is refused."""
    if "T" not in text and " " not in text:
        raise ValueError
    at = datetime.fromisoformat(text)
    if at.tzinfo is not None:
        return at.astimezone(LOCAL)
    at = at.replace(tzinfo=LOCAL)
    if at.astimezone(UTC).astimezone(LOCAL).replace(tzinfo=None) != at.replace(tzinfo=None):
        text = "There was no {time} on {day}: the clocks went forward. Give the time that the clock showed."
        raise _refused("clock_gap", text, time=f"{at:%H:%M}", day=day_said(at.date()))
    return at


def _no_clock(rule: str, catalogue: Mapping[str, Clock]) -> RuleBroken:
    near = get_close_matches(rule, catalogue, n=3, cutoff=0.5)
    if near:
        return _refused("no_clock_near", "There is no clock “{rule}”. Did you mean {near}?", rule=rule,
                        near=" or ".join(near))  # fmt: skip
    return _refused("no_clock", "There is no clock “{rule}”. Ask for the list of them.", rule=rule)


def _refused(code: str, text: str, /, **values: object) -> RuleBroken:
    return RuleBroken(words(code, text, **values))
