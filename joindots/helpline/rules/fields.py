"""The fields of a contact record, from their table: every one may be left out, and "not asked" is not "no" (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.reading import Fact, read_table

NOT_ASKED = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Fact):
    """One field: its words for people, its kind (`text`, `choice`, `choices`), and its choices as `code=words|…`."""

    label: str
    kind: str
    choices: str = ""

    @property
    def words(self) -> dict[str, str]:
        """The words of each choice by its code; empty for text."""
        return dict(each.split("=", 1) for each in self.choices.split("|")) if self.choices else {}

    def says(self, value: str) -> str:
        """A stored value in words."""
        known = self.words
        return ", ".join(known.get(each, each) for each in value.split(",")) if known else value


@cache
def fields() -> Mapping[str, Field]:
    """Every field of the record by code, in the order of the table."""
    data = files("joindots.helpline").joinpath("data", "helpline_fields.csv").read_bytes()
    return read_table("helpline_fields.csv", data, Field)


def can_keep(code: str, value: str) -> Decision:
    """Whether this can be a field's value: one of its choices (several where it takes them), or nothing (not asked)."""
    field = fields().get(code)
    if field is None:
        return no("field_unknown", "There is no such field on this record. Open the page again.")
    told = value.split(",") if field.kind == "choices" else [value]
    if value and field.choices and not set(told) <= set(field.words):
        return no(
            "field_choice", "Choose one of the answers for “{label}”, or leave it as not asked.", label=field.label
        )
    return YES
