"""Fields of the forms for taking a case on: one form, one list of fields, shown by one template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from joindots.casework.rules.agreeing import CONSENT

Choices = Iterable[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen."""

    code: str
    says: object
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `kind`: text, area, date, moment, whole, select, radios, checks, basis."""

    name: str
    label: object
    kind: str
    value: str
    hint: object = ""
    options: tuple[Option, ...] = ()


class Asking:
    """Makes fields that keep what was typed when a form comes back, and begin with what is known otherwise."""

    def __init__(self, given: QueryDict, known: Mapping[str, str] | None = None) -> None:
        self.given = given
        self.known = known or {}

    def text(self, name: str, label: object, *, kind: str = "text", hint: object = "", otherwise: str = "") -> Field:
        """A line, an `area` of words, a `date`, a `moment` or a `whole` number."""
        return Field(name, label, kind, self._typed(name, otherwise), hint)

    def choice(
        self, name: str, label: object, choices: Choices | Mapping[str, str], *, kind: str = "radios",
        hint: object = "", otherwise: str = "", ask: object = "",
    ) -> Field:  # fmt: skip
        """One of several: `radios` for a few, `select` for many; `ask` is what an empty select says."""
        typed = self._typed(name, otherwise)
        pairs = choices.items() if isinstance(choices, Mapping) else choices
        options = [Option(str(code), says, str(code) == typed) for code, says in pairs]
        if kind == "select" and ask:
            options.insert(0, Option("", ask, not typed))
        return Field(name, label, kind, typed, hint, tuple(options))

    def several(
        self, name: str, label: object, choices: Choices | Mapping[str, str], *, hint: object = "",
        otherwise: Iterable[str] = (),
    ) -> Field:  # fmt: skip
        """Any of several."""
        typed = set(self.given.getlist(name)) if self.given else set(otherwise)
        pairs = choices.items() if isinstance(choices, Mapping) else choices
        return Field(
            name, label, "checks", "", hint, tuple(Option(str(code), says, str(code) in typed) for code, says in pairs)
        )

    def basis(self, label: object, consent: object, bases: Mapping[str, str]) -> Field:
        """On what basis something is told: consent, or one of the others, folded. Their words are sentences of law,
        too long for a list that a phone cuts off.
        """
        return self.choice(
            "basis", label, [(CONSENT, consent), *bases.items()], kind="basis", otherwise=CONSENT,
        )  # fmt: skip

    def _typed(self, name: str, otherwise: str) -> str:
        return self.given.get(name, "") if self.given else self.known.get(name, otherwise)
