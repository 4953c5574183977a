"""The return of a period: its figures, exactly which orders each counts, its files; and what is reported of one."""

from __future__ import annotations

import json
from io import BytesIO
from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.small_numbers import can_publish, ended_quarters
from joindots.kernel.when import london_day
from joindots.law.orders import reporting_fields
from joindots.orders import actions, queries
from joindots.orders.rules import returns as rule
from joindots.web.downloads import download
from joindots.web.orders import sheets
from joindots.web.orders.order_views import head_of
from joindots.web.typed import again, seen, whole
from joindots.web.work.doing import Given, maybe_day, tried, trouble_of

KINDS = {
    "csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "figures.csv": "text/csv; charset=utf-8", "open.json": "application/json", "open.csv": "text/csv; charset=utf-8",
}  # fmt: skip


@require_GET
def return_page(request: HttpRequest) -> HttpResponse:
    """The figures of a period, each with what it was counted from and a way to exactly those orders."""
    actor, trouble = actor_of(request), None
    today = london_day(actor.at)
    first, last = ended_quarters(today, 1)[0]
    try:
        first, last = maybe_day(request.GET, "from") or first, maybe_day(request.GET, "to") or last
        told = queries.return_of(actor, first, last)
    except RuleBroken as broken:
        trouble, told = trouble_of(broken), None
    context = {
        "told": told, "first": first, "last": last, "trouble": trouble, "here": "orders", "tab": "return",
        "open": can_publish(first, last, today), "fields": reporting_fields().values(), "never": rule.NEVER,
    }  # fmt: skip
    return render(request, "orders/return.html", context, status=trouble.status if trouble else 200)


@require_GET
def return_orders(request: HttpRequest, figure: str) -> HttpResponse:
    """Exactly the orders that a figure counts."""
    actor = actor_of(request)
    told = _told(request)
    found = next((one for one in told.figures if one.code == figure), None)
    if found is None:
        raise NotFound
    counted = set(found.orders)
    lines = [(one, rule.course_of(one.steps)) for one in told.lines if one.order in counted]
    context = {"told": told, "figure": found, "lines": lines, "here": "orders", "tab": "return", "at": actor.at,
               "outcomes": rule.OUTCOMES}  # fmt: skip
    return render(request, "orders/return_orders.html", context)


@require_GET
def return_file(request: HttpRequest, form: str) -> FileResponse:
    """The return as a file: a row for each order, the figures, or the open return of a whole quarter."""
    if form not in KINDS:
        raise NotFound
    actor, told = actor_of(request), _told(request)
    if form.startswith("open."):
        made = queries.published(actor, told.first, told.last)
        data = _open(made, form)
    elif form == "figures.csv":
        data = sheets.as_csv(sheets.HEADS, sheets.figure_rows(told, _links(request, told)))
    else:
        fields = list(reporting_fields())
        rows = sheets.rows_of(told, fields)
        figures = sheets.figure_rows(told, _links(request, told))
        data = sheets.as_csv(fields, rows) if form == "csv" else sheets.as_workbook(
            [("Figures", sheets.HEADS, figures), ("Orders", fields, rows)])  # fmt: skip
    name = f"return-{told.first:%Y%m%d}-{told.last:%Y%m%d}.{form}"
    return download(BytesIO(data), name, len(data), KINDS[form])


def _open(made: dict[str, object], form: str) -> bytes:
    if form == "open.json":
        return json.dumps(made, ensure_ascii=False, indent=2).encode()
    figures = made["figures"]
    assert isinstance(figures, list)
    head = [made[name] for name in ("force", "from", "to")]
    rows = [(*map(str, head), one["code"], one["label"], one["shown"]) for one in figures]
    return sheets.as_csv(("force", "from", "to", "code", "label", "count"), rows)


def _links(request: HttpRequest, told: queries.Return) -> list[str]:
    period = urlencode({"from": told.first.isoformat(), "to": told.last.isoformat()})
    where = [reverse("web:orders_return_orders", args=[one.code]) for one in told.figures]
    return [request.build_absolute_uri(f"{one}?{period}") for one in where]


def _told(request: HttpRequest) -> queries.Return:
    """The return of the days in the address; of the last quarter that ended, where there are none."""
    actor = actor_of(request)
    first, last = ended_quarters(london_day(actor.at), 1)[0]
    return queries.return_of(actor, maybe_day(request.GET, "from") or first, maybe_day(request.GET, "to") or last)


@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, order: UUID) -> HttpResponse:
    """What is reported of an order beside its steps; nothing of it has to be known."""
    actor, trouble = actor_of(request), None
    page = queries.order(actor, Ref(order))
    if request.method == "POST":
        trouble = tried(request.POST, {
            "keep": lambda given: actions.keep_facts(actor, seen(order, given), facts=_facts(given)),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:order_keeping", order=order)
    context = {
        "head": head_of(actor, page), "tab": "orders", "page": page, "trouble": trouble,
        "given": again(request.POST, trouble.status if trouble else 200),
        "facts": queries.facts(actor, Ref(order)), "may": actions.keep_facts.may(actor, Ref(order)),
        "genders": rule.GENDERS.items(), "supports": rule.SUPPORTS.items(), "contested": rule.CONTESTED.items(),
        "most": rule.MOST_LETTERS,
    }  # fmt: skip
    return render(request, "orders/facts.html", context, status=trouble.status if trouble else 200)


def _facts(given: Given) -> rule.Facts:
    def age(name: str) -> int | None:
        typed = given.get(name, "").strip()
        return whole(typed, -1, digits=3) if typed else None

    return rule.Facts(
        given.get("force_record_reference", "").strip(), given.get("division_or_district", "").strip(),
        given.get("court", "").strip(), age("perpetrator_age"), given.get("perpetrator_gender", ""),
        age("victim_age"), given.get("victim_gender", ""), given.get("victim_supports_application", ""),
        given.get("application_contested", ""),
    )  # fmt: skip
