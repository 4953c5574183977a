"""Sets a statement of custody: who received, looked at, copied and handed on what, as dated sentences."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from joindots.documents.contents import CustodyPart, CustodyStatement
from joindots.documents.typeset.printing import Printing
from joindots.documents.typeset.signs import for_page, visible

NAME = "custody"
TEMPLATE = "custody.typ"


def statement_data(statement: CustodyStatement) -> dict[str, Any]:
    """What `custody.typ` reads."""
    foot = ["Custody", *([statement.reference] if statement.reference else [])]
    foot = [f"For {statement.recipient} only", *foot] if statement.recipient else foot
    return {
        "title": statement.title,
        "plain_title": visible(statement.title),
        "foot": for_page(" · ".join(foot)),
        "opening": for_page(statement.opening),
        "parts": [_part(part) for part in statement.parts],
        "closing": [for_page(line) for line in statement.closing],
        "plain": False,
    }


def _part(part: CustodyPart) -> dict[str, Any]:
    lines = [[for_page(line.when), for_page(line.says), line.marks] for line in part.lines]
    return {"title": for_page(part.title), "about": for_page(part.about), "lines": lines}


def statement_pdf(statement: CustodyStatement, at: datetime, scratch: Path) -> bytes:
    """The statement as a tagged PDF. `scratch` is a folder in memory, for words may not touch the disk."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        printing = Printing(Path(folder) / "press", at.astimezone(UTC))
        try:
            printing.start(NAME, TEMPLATE, statement_data(statement))
            printing.finish()
        finally:
            printing.stop()
        return printing.pressed(NAME).read_bytes()
