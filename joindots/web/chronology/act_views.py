"""One act down to its source: the line as it stood, the file and its hash, who brought it in, what people decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology import queries as chronologies
from joindots.chronology.rules.grouping.same import NOTHING_SAME
from joindots.chronology.rules.grouping.spans import Place
from joindots.chronology.rules.wording import place_says
from joindots.evidence import queries as evidence
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotFound
from joindots.web.chronology.days import Entry, entries_of
from joindots.web.chronology.decided import Decided, decided
from joindots.web.chronology.one_row import place_typed, row_of
from joindots.web.evidence.sources import format_says
from joindots.web.log.incident_views import told_version
from joindots.web.typed import case_ref

PART = "HX-Request"
"""Set by the list's script, which shows the act beside the list: then only the act is sent, and no frame."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file that shows the act: where in it, and by what reference it is an exhibit."""

    source: int
    stood: evidence.Stood
    where: str
    format: str
    exhibit: str
    links: tuple[evidence.LinkView, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Where a message stands in a run of messages, and the addresses of its neighbours; empty at an end."""

    number: int
    of: int
    before: str
    after: str


@require_GET
def act(request: HttpRequest, reference: str) -> HttpResponse:
    """A record (`?at=source-seq`) or an entry of the log (`?entry=`), as a page or as a part for the list's panel."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    place, entry = place_typed(request.GET.get("at", "")), tidy_reference(request.GET.get("entry", ""))
    context: dict[str, object] = {"head": head, "tab": "chronology", "words": request.GET.get("words") == "shown"}
    if place is not None:
        context |= _record(actor, ref, place, decided(actor, ref, Ref(head.circle)))
    elif entry is not None:
        context |= _entry(actor, ref, head, entry)
    else:
        raise NotFound
    part = request.headers.get(PART)
    answer = render(request, "web/parts/act.html" if part else "web/act.html", context)
    answer["Vary"] = PART
    return answer


def _record(actor: Actor, ref: Ref, place: Place, made: Decided) -> dict[str, object]:
    """A record with every file that shows it."""
    row = row_of(actor, ref, place, made).entry
    at = next(n for n, line in enumerate(row.lines) if place in line.places)
    line = row.lines[at]
    alone = entries_of((line,), {}, made=replace(made, same=NOTHING_SAME))[0]
    return {
        "entry": alone, "line": line, "kept": list(_kept(actor, line)), "run": _run(row, at), "at": _address(line),
        "beside": made.beside(line), "steps": chronologies.decisions_at(actor, ref, line.places),
        "episode": next((one for one in made.grouping.episodes if one.reference == row.episode), None),
    }  # fmt: skip


def _kept(actor: Actor, line: evidence.Line) -> Iterator[Kept]:
    for source, seq in line.places:
        stood = evidence.stood(actor, Ref(source), seq)
        yield Kept(
            source, stood, place_says(stood.place), format_says(stood.format),
            chronologies.reference_of_file(actor, Ref(source)), stood.links,
        )  # fmt: skip


def _run(row: Entry, at: int) -> Run | None:
    if not row.bundle:
        return None
    before = _address(row.lines[at - 1]) if at else ""
    after = _address(row.lines[at + 1]) if at + 1 < len(row.lines) else ""
    return Run(at + 1, len(row.lines), before, after)


def _address(line: evidence.Line) -> str:
    return "-".join(map(str, line.places[0]))


def _entry(actor: Actor, ref: Ref, head: casework.CaseHead, entry: str) -> dict[str, object]:
    """An entry of the log with all its versions; one of another case is none of this one's."""
    page = evidence.incident(actor, Ref(entry))
    if page.case != ref.key:
        raise NotFound
    told = [told_version(one, page, head.victim) for one in page.history]
    return {
        "page": page, "now": told[0], "history": told, "links": evidence.links_of(actor, Ref(entry)),
        "steps": chronologies.decisions_at(actor, ref, (), entry),
    }  # fmt: skip
