"""The form in which an agency's things leave: names of files, the page that explains them (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

NAME_LETTERS = 80
_UNSAFE = frozenset('<>:"/\\|?*%')


def file_name(number: int, name: str) -> str:
    """A name that every system can write: a number that makes it the only one, and the name without what harms."""
    plain = "".join("_" if sign in _UNSAFE or not sign.isprintable() else sign for sign in name)
    last = plain.strip(" .")[-NAME_LETTERS:].strip(" .")
    return f"{number:04d}-{last or 'file'}"


def readme(agency: str, at: datetime, counts: Mapping[str, int], tables: Mapping[str, str]) -> str:
    """What is here, how it is laid out, and how to check it."""
    lines = [
        f"All that {agency} owns in Join the Dots, as it was on {at:%d %B %Y, %H:%M} UTC.",
        "",
        "This holds names, addresses and words of people at risk. Keep it sealed, and tell nobody where it is.",
        "",
        *(f"{number:>9,}  {name.replace('_', ' ')}" for name, number in counts.items()),
        "",
        "tables/NAME.jsonl     one JSON object a line; schemas/NAME.schema.json says what each holds",
        "tables/NAME.csv       the same rows for a spreadsheet; what it would run as a formula has a quote before it",
        "cases/REF/files/      each file as it came, byte for byte",
        "cases/REF/exhibits/   each file found inside another",
        "cases/REF/records/    what was read from each file: schemas/normal-form.schema.json",
        "cases/REF/packs/      packs that were made",
        "sheets/               spreadsheets from which cases were brought in",
        "trail/                every reading and change, one book a circle: python verify_trail.py checks them",
        "originals.csv         every file above with its SHA-256, whether it fits, and the row it belongs to",
        "",
        "python verify.py (beside data/) checks that every file is as it was when this was made.",
        "",
        "Cases that keep out the person who asked for this are not here; a colleague takes those out.",
        "Where somebody's address may not be opened by the agency, because the suspect works there, it is empty.",
        "",
        *(f"{name}: {says}" for name, says in tables.items()),
    ]
    return "\n".join(lines) + "\n"
