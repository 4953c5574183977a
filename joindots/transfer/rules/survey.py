"""What a spreadsheet shows of itself before anybody says what its columns mean, and what a trial found (pure)."""

from __future__ import annotations

import msgspec

MOST_EXAMPLES = 2
MOST_FIRST_ROWS = 5
MOST_LINES = 40
EXAMPLE_LETTERS = 80


class Seen(msgspec.Struct):
    """One table: its name, whether its columns are certainly named, examples, and its first rows."""

    name: str | None
    named: bool
    headings: list[str]
    examples: list[list[str]] = []
    first_rows: list[tuple[int, list[str]]] = []
    rows: int = 0
    unread: int = 0

    def take(self, row: int, values: tuple[str, ...]) -> None:
        """Note one row."""
        self.rows += 1
        while len(self.headings) < len(values):
            self.headings.append(f"Column {len(self.headings) + 1}")
        self.examples.extend([] for _ in range(len(self.headings) - len(self.examples)))
        for place, value in enumerate(values):
            if value and len(self.examples[place]) < MOST_EXAMPLES + (not self.named):
                self.examples[place].append(value[:EXAMPLE_LETTERS])
        if not self.named and len(self.first_rows) < MOST_FIRST_ROWS:
            self.first_rows.append((row, [value[:EXAMPLE_LETTERS] for value in values]))

    def named_by(self, heading_row: int) -> list[str]:
        """The headings, where a row holds them; else as they are."""
        for row, values in self.first_rows:
            if row == heading_row:
                return [
                    value or name
                    for value, name in zip([*values, *self.headings[len(values) :]], self.headings, strict=True)
                ]
        return self.headings


class Survey(msgspec.Struct):
    """Every table of a file; or why it cannot be read."""

    tables: list[Seen] = []
    why: str = ""


class TriedLine(msgspec.Struct):
    """One row that would not come in: where it stands, whether it is a repeat, and why."""

    row: int
    repeat: bool
    why: str


class Tried(msgspec.Struct):
    """What a trial found: how many rows would come in, repeat, or be rejected; the first of the latter."""

    rows: int = 0
    good: int = 0
    repeats: int = 0
    rejected: int = 0
    relations_as_words: int = 0
    without_number: int = 0
    day_about: int = 0
    day_unknown: int = 0
    lines: list[TriedLine] = []
    order_example: str = ""
    """A date that can be read both ways, where the question of day and month is open."""
