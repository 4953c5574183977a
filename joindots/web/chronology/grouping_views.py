"""Grouping: one run or entry and what can be decided about it; episodes, their pages, and the history with its undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology import actions
from joindots.chronology import queries as chronologies
from joindots.chronology.rules.grouping.spans import Place, Spans, spans_of
from joindots.chronology.rules.pictures.told import BY_CODE, DAY, Window
from joindots.evidence import queries as evidence
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import midnight
from joindots.kernel.words import words
from joindots.web.chronology.days import block, by_day
from joindots.web.chronology.decided import Decided, decided
from joindots.web.chronology.narrowing import DIRECTIONS, Narrowed
from joindots.web.chronology.one_row import MOST_LINES, Row, place_typed, row_of, row_of_entry
from joindots.web.chronology.same_act import near_entries, say_not_same, say_same
from joindots.web.typed import case_ref, seen

MOST_SHOWN = 200
REGROUPED = words(
    "regrouped", "This was grouped already after you opened it. It is shown as it stands now: look, then decide."
)


@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, reference: str) -> HttpResponse:
    """One row of the list: accept it, split it, join it with the next, put it into an episode."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    place, entry = place_typed(request.GET.get("at", "")), tidy_reference(request.GET.get("entry", "")) or ""
    made = decided(actor, ref, Ref(head.circle))
    row = row_of(actor, ref, place, made) if place else row_of_entry(actor, ref, entry, made)
    trouble, status = "", 200
    if request.method == "POST":
        try:
            if request.POST.get("stands", row.stands) != row.stands:
                raise OutOfDate(REGROUPED)
            at = _deed(actor, ref, row, request.POST)
            return _back(reference, at, entry, grouped=not request.POST.get("do", "").endswith("same"))
        except (RuleBroken, OutOfDate) as broken:
            trouble, status = str(broken.reason), broken.status
    beside = {entry for entry, _ in row.entry.beside}
    context = {
        "head": head, "tab": "chronology", "row": row, "trouble": trouble, "given": request.POST, "form": uuid4(),
        "episodes": chronologies.episodes(actor, ref), "may": actions.accept_run.may(actor, ref),
        "shown": row.entry.lines[:MOST_SHOWN], "more": max(0, len(row.entry.lines) - MOST_SHOWN),
        "done": _done(actor, ref, request.GET.get("done", "")), "words": request.GET.get("words") == "shown",
        "near": () if row.entry.line.entry else near_entries(actor, ref, row.entry.line, beside),
        "episode": next((one for one in made.grouping.episodes if one.reference == row.entry.episode), None),
    }  # fmt: skip
    return render(request, "web/group.html", context, status=status)


@require_http_methods(["GET", "POST"])
def episodes(request: HttpRequest, reference: str) -> HttpResponse:
    """The episodes of a case, naming a stretch as one, and the history of grouping."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = ""
    asked = _asked(request.POST if request.method == "POST" else request.GET)
    found = _found(actor, ref, asked)
    if request.method == "POST":
        try:
            return redirect("web:episode", episode=_named(actor, ref, request.POST, found))
        except RuleBroken as broken:
            trouble = str(broken.reason)
    context = {
        "head": head, "tab": "chronology", "episodes": chronologies.episodes(actor, ref), "asked": asked,
        "found": found, "trouble": trouble, "given": request.POST, "form": uuid4(),
        "history": chronologies.decisions(actor, ref)[:50], "may": actions.name_episode.may(actor, ref),
        "lanes": [lane for lane in BY_CODE.values() if lane.code != "log"], "ways": DIRECTIONS,
    }  # fmt: skip
    return render(request, "web/episodes.html", context, status=422 if trouble else 200)


@require_http_methods(["GET", "POST"])
def episode(request: HttpRequest, episode: str) -> HttpResponse:
    """One episode: its words, what stands in it, and every decision about it."""
    actor, ref = actor_of(request), _episode_ref(episode)
    page = chronologies.episode(actor, ref)
    trouble = ""
    if request.method == "POST":
        try:
            _change(actor, page, request.POST)
            return redirect("web:episode", episode=page.reference)
        except (RuleBroken, OutOfDate) as broken:
            trouble, page = str(broken.reason), chronologies.episode(actor, ref)
    case = case_ref(page.case)
    head = casework.case(actor, case)
    blocks, left = _shown_of(actor, case, page, decided(actor, case, Ref(head.circle)))
    context = {
        "head": head, "tab": "chronology", "page": page, "blocks": blocks, "left": left, "trouble": trouble,
        "given": request.POST, "may": actions.rename_episode.may(actor, ref) and actions.undo.may(actor, case),
        "words": request.GET.get("words") == "shown", "other_way": "?" if "words" in request.GET else "?words=shown",
    }  # fmt: skip
    return render(request, "web/episode.html", context, status=422 if trouble else 200)


@require_POST
def undo(request: HttpRequest, reference: str, step: UUID) -> HttpResponse:
    """Undo one decision about grouping, from wherever it is shown; back to there."""
    actor, ref = actor_of(request), case_ref(reference)
    try:
        actions.undo(actor, ref, step=step, why=request.POST.get("why", ""))
    except RuleBroken:
        return redirect("web:episodes", reference=reference)  # somebody was faster: the history says so
    back = tidy_reference(request.POST.get("episode", ""))
    place = place_typed(request.POST.get("at", ""))
    if back:
        return redirect("web:episode", episode=back)
    return _back(reference, place, "", grouped=False) if place else redirect("web:episodes", reference=reference)


def _deed(actor: Actor, ref: Ref, row: Row, given: QueryDict) -> Place | None:
    """What was asked for; the record at which the page shows what became of it."""
    why, lines = given.get("why", ""), row.entry.lines
    places = [place for line in lines for place in line.places]
    here = lines[0].places[0] if lines[0].places else None
    match given.get("do", ""):
        case "split":
            at = place_typed(given.get("split_at", ""))
            if at is None or at not in places or at == here:
                raise NotFound
            actions.split_run(actor, ref, at=at, why=why)
            return at
        case "join_before" | "join_after" as side:
            later = row.after if side == "join_after" else row.entry if row.before else None
            if later is None or not later.line.places:
                raise NotFound
            actions.merge_runs(actor, ref, at=later.line.places[0], why=why)
        case "accept":
            actions.accept_run(actor, ref, spans=spans_of(places), why=why)
        case "same" | "not_same" as which:
            entry = tidy_reference(given.get("act_entry", "")) or ""
            if which == "same" and here is not None:
                say_same(actor, ref, entry, here, why)
            else:
                say_not_same(actor, ref, entry, places, why)
        case "take_out":
            ours = _episode_ref(row.entry.episode)
            actions.take_out(actor, ours, spans=spans_of(places), entries=_entries(row), why=why)
        case _:
            _put_in(actor, ref, given, spans_of(places), _entries(row), why)
    return here


def _put_in(actor: Actor, ref: Ref, given: QueryDict, spans: Spans, entries: Sequence[str], why: str) -> str:
    """Put records and entries into an episode that is there, or name a new one; its reference."""
    chosen = given.get("episode", "new")
    if chosen != "new":
        actions.put_in(actor, _episode_ref(chosen), spans=spans, entries=entries, why=why)
        return chosen
    return actions.name_episode(
        actor, ref, name=given.get("name", ""), note=given.get("note", ""), spans=spans, entries=entries, why=why,
        form=_form_id(given),
    )  # fmt: skip


def _named(actor: Actor, ref: Ref, given: QueryDict, found: chronologies.StretchFound | None) -> str:
    spans, entries = (found.spans, found.entries) if found else ({}, ())
    return _put_in(actor, ref, given, spans, entries, given.get("why", ""))


def _change(actor: Actor, page: chronologies.EpisodePage, given: QueryDict) -> None:
    """Give an episode other words; a window that is not the newest changes nothing."""
    actions.rename_episode(
        actor, seen(page.reference, given), name=given.get("name", ""), note=given.get("note", ""),
        why=given.get("why", ""),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The stretch that a form asks for: days from and to, and perhaps one kind and one direction."""

    since: str
    until: str
    window: Window | None
    narrow: Narrowed


def _asked(given: QueryDict) -> Asked:
    """As the form says; no window where a day makes no sense."""
    since, until = given.get("since", ""), given.get("until", "")
    lane, way = given.get("lane", ""), given.get("way", "")
    narrow = Narrowed(None, lane if lane in BY_CODE else "", way if way in DIRECTIONS else "")
    first, last = _day(since), _day(until)
    return Asked(since, until, Window(first, last) if first and last and first <= last else None, narrow)


def _found(actor: Actor, ref: Ref, asked: Asked) -> chronologies.StretchFound | None:
    if asked.window is None:
        return None
    start, end = midnight(asked.window.first), midnight(asked.window.last + DAY)
    return chronologies.stretch(actor, ref, start, end, asked.narrow.only)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _shown_of(actor: Actor, case: Ref, page: chronologies.EpisodePage, made: Decided) -> tuple[Sequence[object], int]:
    """The rows of an episode by day, and how many days are left for the list to show."""
    view = page.view
    if view is None or view.first is None or view.last is None:
        return (), 0
    names = {one.source: one.name for one in evidence.coverage_of(actor, case)}
    window = Window(view.first, view.last)
    start, end = midnight(window.first), midnight(window.last + DAY)
    lines, total = evidence.lines_between(actor, case, start, end, MOST_LINES)
    blocks = []
    for day, told in by_day(lines).items():
        rows = block(evidence.Day(day, 0, 0, 0), told, names, all_of=len(told), made=made).entries
        mine = tuple(replace(row, begins="") for row in rows if row.episode == page.reference)
        if mine:
            blocks.append((day, mine))
    return blocks, total - len(lines)


def _entries(row: Row) -> list[str]:
    return [line.entry for line in row.entry.lines if line.entry]


def _done(actor: Actor, ref: Ref, asked: str) -> chronologies.StepView | None:
    """The newest decision, where the page comes from one: to be undone with one tap."""
    return next(iter(chronologies.decisions(actor, ref)), None) if asked else None


def _back(reference: str, at: Place | None, entry: str, *, grouped: bool = True) -> HttpResponse:
    response = redirect("web:group", reference=reference)
    response["Location"] += f"?at={at[0]}-{at[1]}" if at else f"?entry={entry}"
    response["Location"] += "&done=1" if grouped else ""
    return response


def _form_id(given: QueryDict) -> UUID | None:
    try:
        return UUID(given.get("form", ""))
    except ValueError:
        return None


def _episode_ref(typed: str) -> Ref:
    reference = tidy_reference(typed)
    if reference is None:
        raise NotFound
    return Ref(reference)
