"""The form in which an agency's things leave: names of files, the page that explains them (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

NAME_LETTERS = 80
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNSAFE = frozenset('<>:"/\\|?*%')


def tells(code: str, says: Mapping[str, Any], known: Collection[str]) -> bool:
    """Whether an entry of the agency's own book may leave whole: every id it names is one that leaves.

    A list of cases never does, for it names all that somebody saw: so an entry without words gives nothing away.
    """
    return code != "listed" and all(one in known for one in _ids(says))


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if _ID.fullmatch(value):
            yield value
    elif isinstance(value, Mapping | list | tuple):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _ids(one)


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
        "trail/                every reading and change, one book a circle and one of the agency:",
        "                      python verify_trail.py checks them. What names somebody else's is its digest alone",
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
