"""Material of a crime's own case by its key: acts of the log and files, never what another agency or person holds."""

from __future__ import annotations

from uuid import UUID

from joindots.evidence.models import Exhibit, Incident, SourceFile
from joindots.kernel.problems import NotFound


def material(circle: UUID, key: str) -> dict[str, Incident | SourceFile | Exhibit]:
    """The row that a key means (`a` and a reference, `s` and a number, `e` and an id); NotFound outside the circle."""
    kind, rest = key[:1], key[1:]
    found: Incident | SourceFile | Exhibit | None = None
    if kind == "a":
        found = Incident.objects.filter(circle=circle, reference=rest).first()
    elif kind == "s" and rest.isdecimal() and len(rest) < 20:
        found = SourceFile.objects.filter(circle=circle, pk=int(rest)).first()
    elif kind == "e":
        found = _exhibit(circle, rest)
    if found is None:
        raise NotFound
    return {{"a": "incident", "s": "source", "e": "exhibit"}[kind]: found}


def _exhibit(circle: UUID, typed: str) -> Exhibit | None:
    try:
        return Exhibit.objects.filter(circle=circle, pk=UUID(typed)).first()
    except ValueError:
        return None
