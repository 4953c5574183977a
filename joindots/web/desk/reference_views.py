"""The facts the service stands on: each with its source, and a mark where it is still to be checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.agencies.actors import actor_of
from joindots.kernel.problems import NotFound
from joindots.law import schemes, signals, support, tables
from joindots.law.reading import Fact

TABLES: dict[str, tuple[str, Callable[[], Mapping[str, Fact]]]] = {
    "offences": ("Offences", tables.offences),
    "statutory-behaviours": ("Behaviours the laws list", tables.statutory_behaviours),
    "behaviours": ("Kinds of act", tables.behaviours),
    "evidence-types": ("Kinds of evidence", tables.evidence_types),
    "police-forces": ("Police forces", tables.police_forces),
    "device-checks": ("Checks of devices and accounts", tables.device_checks),
    "deadlines": ("Clocks", tables.deadlines),
    "outcomes": ("Home Office outcomes", tables.outcomes),
    "sharing-bases": ("Bases for sharing", tables.sharing_bases),
    "victims-code": ("Rights of the Victims' Code", support.code_rights),
    "special-measures": ("Special measures", support.special_measures),
    "both-sides": ("Questions where both complain", signals.counter_signals),
    "litigation": ("Routes against the misuse of courts", signals.litigation_routes),
    "disclosure-schemes": ("Schemes of disclosure", schemes.disclosure_schemes),
    "safety-plan": ("Topics of a safety plan", support.plan_topics),
    "retention": ("How long things are kept", tables.retention_rules),
}
LEFT_OUT = frozenset({"code", "source", "verify"})


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: its cells in the table's order, where it is from, and whether it is still to be checked."""

    code: str
    cells: tuple[str, ...]
    source: str
    mark: str


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The tables of facts."""
    actor_of(request)
    listed = [(name, title, read()) for name, (title, read) in TABLES.items()]
    rows = [(name, title, len(facts), sum(bool(fact.mark) for fact in facts.values())) for name, title, facts in listed]
    return render(request, "web/reference.html", {"tables": rows})


@require_GET
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table of facts."""
    actor_of(request)
    if name not in TABLES:
        raise NotFound
    title, read = TABLES[name]
    facts = list(read().values())
    columns = [field.name for field in fields(facts[0]) if field.name not in LEFT_OUT]
    lines = [_line(fact, columns) for fact in facts]
    context = {"title": title, "columns": [column.replace("_", " ") for column in columns], "lines": lines}
    return render(request, "web/reference_table.html", context)


def _line(fact: Fact, columns: list[str]) -> Line:
    return Line(fact.code, tuple(_cell(getattr(fact, column)) for column in columns), fact.source, fact.mark)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).replace("_", " ")
