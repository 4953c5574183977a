"""The guide's generated pages as Markdown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from joindots.access.door import GUARDED
from joindots.access.permission import REGISTRY
from joindots.access.roles import Role
from joindots.casework import rules as casework
from joindots.chronology.rules import release
from joindots.config.guide import crimes, orders
from joindots.config.guide.fields import columns
from joindots.evidence.rules import entries
from joindots.helpline.rules import states as helpline
from joindots.jobs import rules as jobs
from joindots.notices.rules import notices
from joindots.transfer.rules import states as transfer

PACKAGE = Path(__file__).resolve().parents[2]
MADE = "<!-- Made by `joindots guide`; do not edit. -->\n\n"
STATES: dict[str, Mapping[Any, frozenset[Any]]] = {
    "A case": casework.NEXT,
    "A contact with the helpline": helpline.NEXT,
    "A call-back of the helpline": helpline.CALL_NEXT,
    "A service offered by the helpline": helpline.OFFER_NEXT,
    "A job": jobs.NEXT,
    "A notice, on its way out": notices.NEXT,
    "An entry of the log": entries.NEXT,
    "A pack for disclosure": release.NEXT,
    "A spreadsheet of cases": transfer.SHEET_NEXT,
    "All that an agency owns, taken out": transfer.OUT_NEXT,
}


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    for part in settings.PARTS:
        for kind in ("queries", "actions"):
            for path in sorted((PACKAGE / part).glob(f"{kind}.py")) + sorted((PACKAGE / part / kind).glob("*.py")):
                import_module(".".join(("joindots", *path.relative_to(PACKAGE).with_suffix("").parts)))
    return {
        "permissions.md": _permissions(),
        "states.md": _states(),
        "fields.md": _fields(),
        "openapi.json": _openapi(),
    }


def _openapi() -> str:
    """The API as its own document, for whoever builds a system that calls it."""
    from joindots.api import urls  # every area is mounted before the document is made
    from joindots.api.service import api

    assert urls.urlpatterns
    return json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> list[str]:
    """Write the pages that differ from what is there; their names."""
    changed = []
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            changed.append(name)
    return changed


def _permissions() -> str:
    rows = ["| permission | lets one | roles | guards |", "| --- | --- | --- | --- |"]
    for code, permission in sorted(REGISTRY.items()):
        roles = ", ".join(sorted(role.words for role in permission.roles))
        doors = sorted({f"`{one.__module__.removeprefix('joindots.')}.{one.__name__}`" for one in GUARDED
                        if one.permission is permission and one.__module__.startswith("joindots.")
                        and ".tests." not in one.__module__})  # fmt: skip
        side = ", never from the side of the person reported" if permission.shut else ""
        side += ", also without an account" if permission.visitors else ""
        rows.append(f"| `{code}` | {permission.words}{side} | {roles} | {', '.join(doors)} |")
    head = (
        "# Who may do what\n\nA role lets somebody do a thing; a standing in the circle lets them do it here. "
        "Both are asked, always, by the door.\n\n"
    )
    return f"{MADE}{head}" + "\n".join(rows) + "\n\n" + _matrix()


def _matrix() -> str:
    codes = sorted(REGISTRY)
    rows = ["## By role", "", "| role | may |", "| --- | --- |"]
    for role in Role:
        mine = [f"`{code}`" for code in codes if role in REGISTRY[code].roles]
        rows.append(f"| {role.words} | {', '.join(mine) or 'nothing yet'} |")
    return "\n".join(rows) + "\n"


def _states() -> str:
    parts = [f"{MADE}# States\n"]
    for title, table in STATES.items():
        lines = [f"## {title}", "", "```mermaid", "stateDiagram-v2"]
        lines += [f"    {now} --> {to}" for now, nexts in table.items() for to in sorted(nexts)]
        parts.append("\n".join([*lines, "```", ""]))
    return "\n".join([*parts, orders.section(), crimes.section()])


def _fields() -> str:
    head = "# What each column holds\n\nA stolen database shows what is clear here, and nothing else.\n\n"
    rows = ["| column | holds | at rest | kept |", "| --- | --- | --- | --- |"]
    rows += [f"| `{one.place}` | {one.holds} | {one.sealed} | {one.until} |" for one in columns()]
    return f"{MADE}{head}" + "\n".join(rows) + "\n"
