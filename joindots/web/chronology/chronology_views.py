"""The list by day, and words found in one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology.rules.grouping.same import NOTHING_SAME
from joindots.chronology.rules.pictures.told import DAY
from joindots.evidence import queries as evidence
from joindots.kernel.when import midnight
from joindots.web.chronology.days import (
    NOBODY_DECIDED,
    Block,
    block,
    by_day,
    entries_of,
    gaps_between,
    gaps_of,
    split_at,
    with_gaps,
)
from joindots.web.chronology.decided import Decided, days_without, decided
from joindots.web.chronology.drawing import span_words
from joindots.web.chronology.listing import listing
from joindots.web.chronology.narrowing import DIRECTIONS, Narrowed, lane_words, narrowed
from joindots.web.chronology.whose import looked_up, who_words
from joindots.web.typed import case_ref, whole

SEVERAL_DAYS, ONE_DAY, UNDATED = 1000, 500, 50
UNKNOWN = "unknown"


@require_GET
def chronology(request: HttpRequest, reference: str) -> HttpResponse:
    """The list by day, newest first: a few days a page, or a part of one full day."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    narrow = looked_up(actor, ref, Ref(head.circle), narrowed(request.GET))
    made = decided(actor, ref, Ref(head.circle))
    days = _days_in(days_without(evidence.days_of(actor, ref, narrow.only), made, narrow.only), narrow)
    covered = evidence.coverage_of(actor, ref) if days else ()
    names = {one.source: one.name for one in covered}
    asked = request.GET.get("day", "")
    listed = listing(days, _day(asked))
    skip = request.GET.get("from", "")
    context: dict[str, object] = {
        "head": head, "tab": "chronology", "days": days, "listed": listed, "acts": sum(one.acts for one in days),
        "logged": sum(one.logged for one in days), "entered": sum(one.entered for one in days),
        "dated": sum(one.day is not None for one in days), **_words(request),
        **_narrowed(narrow, made),
    }  # fmt: skip
    if asked == UNKNOWN or skip:
        start = whole(skip, 0)
        wanted = next((one for one in days if one.day == _day(asked)), None)
        context["blocks"] = [_one_day(actor, ref, wanted, Shown(names, narrow.only, made), start)] if wanted else []
        context["alone"] = True
    else:
        gaps = split_at(gaps_of(covered), days)
        blocks = _whole(actor, ref, listed.shown, Shown(names, narrow.only, made))
        context["blocks"] = blocks if narrow.any else with_gaps(blocks, gaps, listed.older)
        context["above"] = gaps_between(gaps, None, listed.last) if listed.page == 1 and not narrow.any else ()
    return render(request, "web/chronology.html", context)


@require_GET
def search(request: HttpRequest, reference: str) -> HttpResponse:
    """Words within one case."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    wanted = request.GET.get("q", "").strip()[:200]
    lines, total = evidence.search(actor, ref, wanted) if wanted else ((), 0)
    names = {one.source: one.name for one in evidence.coverage_of(actor, ref)} if lines else {}
    made = decided(actor, ref, Ref(head.circle)) if lines else NOBODY_DECIDED
    entries = [entry for line in lines for entry in entries_of((line,), names, made=replace(made, same=NOTHING_SAME))]
    context = {
        "head": head, "tab": "chronology", "q": wanted, "entries": entries, "total": total, **_words(request),
    }  # fmt: skip
    return render(request, "web/search.html", context)


def _days_in(days: Sequence[evidence.Day], narrow: Narrowed) -> tuple[evidence.Day, ...]:
    """The days of the window; without one all of them, and those not known."""
    return tuple(one for one in days if narrow.window is None or one.day in narrow.window)


def _narrowed(narrow: Narrowed, made: Decided) -> dict[str, object]:
    """What is left out, in words, and what every link on the page carries on."""
    parts = only_words(narrow, made)
    return {"only": parts, "keep": f"&{narrow.address()}" if narrow.any else "", "narrow": narrow}


def only_words(narrow: Narrowed, made: Decided) -> list[str]:
    """What a page is narrowed to, part by part."""
    parts = [lane_words(narrow.lane)] if narrow.lane else []
    parts += [DIRECTIONS[narrow.direction]] if narrow.direction else []
    parts += ["without messages"] if narrow.quiet else []
    parts += [who_words(narrow, made.whose)] if narrow.who else []
    return parts + ([span_words(narrow.window)] if narrow.window else [])


def _words(request: HttpRequest) -> dict[str, object]:
    """Whether words are shown, and the address of this page with them shown or folded."""
    shown = request.GET.get("words") == "shown"
    other = request.GET.copy()
    if shown:
        del other["words"]
    else:
        other["words"] = "shown"
    return {"words": shown, "other_way": f"?{other.urlencode()}"}


@dataclass(frozen=True, slots=True)
class Shown:
    """How the rows of a list are made: names of files, what it is narrowed to, what people decided."""

    names: dict[int, str]
    only: evidence.Only
    made: Decided


def _whole(actor: Actor, ref: Ref, days: Sequence[evidence.Day], how: Shown) -> list[Block]:
    """The days of one page, read by one query unless there is more than one page can hold."""
    dated = [one for one in days if one.day is not None]
    blocks = []
    if dated:
        newest, oldest = dated[0].day, dated[-1].day
        assert newest and oldest
        most = SEVERAL_DAYS if len(dated) > 1 else ONE_DAY
        lines, total = evidence.lines_between(actor, ref, midnight(oldest), midnight(newest + DAY), most, only=how.only)
        if total > len(lines):
            blocks = [_one_day(actor, ref, one, how, 0) for one in dated]
        else:
            told = by_day(lines)
            for one in dated:
                mine = told.get(one.day, []) if one.day else []
                blocks.append(block(one, mine, how.names, all_of=len(mine), made=how.made))
    for one in days:
        if one.day is None:
            lines = evidence.lines_without_day(actor, ref, UNDATED, only=how.only)
            blocks.append(block(one, lines, how.names, all_of=_listed(one, how), made=how.made))
    return blocks


def _one_day(actor: Actor, ref: Ref, one: evidence.Day, how: Shown, skip: int) -> Block:
    """One day, or the times not known to the day, from a place in it on."""
    if one.day is None:
        lines, total = evidence.lines_without_day(actor, ref, ONE_DAY, skip, how.only), _listed(one, how)
    else:
        start, end = midnight(one.day), midnight(one.day + DAY)
        lines, total = evidence.lines_between(actor, ref, start, end, ONE_DAY, skip, how.only)
    return block(one, lines, how.names, all_of=total, skip=skip, made=how.made)


def _listed(one: evidence.Day, how: Shown) -> int:
    """How many lines the day not known has, with the entries that are counted with something else."""
    hidden = (how.made.entries[each] for each in how.made.same.hidden if each in how.made.entries)
    return one.total + sum(each.day is None and how.only.lets_entry(each.kinds, each.doer) for each in hidden)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
