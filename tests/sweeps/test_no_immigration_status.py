"""A victim's immigration status has no field and leaves by no route: every place that could hold or carry it is read.

Read are the columns, choices and sealed names of every table, the parameters of every route, the fields of every form on
a page and of the API, the tables that leave with an agency, what a copy shows, and the headings and codes of every data
file. The sentence that says there is none is the only one that may.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from joindots.access import parts
from joindots.access.scopes import SCOPES
from joindots.api.service import api
from joindots.transfer.queries.tables import TABLES
from tests.architecture.house import PACKAGE
from tests.sweeps.routes import routes

STATUS = re.compile(
    r"immigra|\bvisa\b|asylum|refugee|nationalit|citizenship|residen(?:ce|cy)[ _]permit|leave[ _]to[ _]remain|"
    r"no[ _]recourse|\bnrpf\b|settled[ _]status|passport|deport",
    re.IGNORECASE,
)
NAMES = re.compile(r'\b(?:name|id|value)="([^"{]*)')
SAYS_NONE = ("Immigration status has no place in it.", "Immigration status: there is no field for it")


def places() -> Iterator[tuple[str, str]]:
    """Every place that has a name or a choice, with that name."""
    yield from _tables()
    for name, parameters in routes():
        yield f"route {name}", " ".join((name, *parameters))
    for path in sorted((PACKAGE / "web" / "templates").rglob("*.html")):
        for named in NAMES.findall(path.read_text(encoding="utf-8")):
            yield f"field in {path.name}", named
    for code, scope in SCOPES.items():
        yield "scope", f"{code} {scope.words}"
    yield from _data()
    yield from _api(json.loads(json.dumps(api.get_openapi_schema(), default=str)), "API")


def _tables() -> Iterator[tuple[str, str]]:
    """Columns and choices, the tables that leave, and what a copy shows."""
    for model in apps.get_models():
        for field in model._meta.get_fields() if model.__module__.startswith("joindots.") else ():
            yield f"column of {model._meta.label}", field.name
            for choice in getattr(field, "choices", None) or ():
                yield f"choice of {model._meta.label}.{field.name}", f"{choice[0]} {choice[1]}"
    for table in TABLES:
        yield f"table {table.name}", " ".join((table.name, *table.columns))
    for answer in parts.answering("held"):
        for one in answer.__globals__["HOLDS"]:
            yield f"copy of {one.model}", " ".join((str(one.what), *one.shows))


def _data() -> Iterator[tuple[str, str]]:
    """Headings and codes of every table of facts; what else a row says is words about the law or about places."""
    for path in sorted(PACKAGE.rglob("data/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream)
            yield f"headings of {path.name}", " ".join(next(rows, []))
            for row in rows:
                if row:
                    yield f"code in {path.name}", row[0]


def _api(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield where, str(key)
            yield from _api(inner, f"{where}/{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _api(inner, where)
    elif isinstance(value, str):
        yield where, value.replace(SAYS_NONE[0], "")


def test_no_place_can_hold_or_carry_a_persons_immigration_status() -> None:
    read = list(places())
    assert len(read) > 1500, "the places are no longer read"
    assert [(where, name) for where, name in read if STATUS.search(name)] == []


def test_the_words_would_be_seen() -> None:
    for planted in ("immigration_status", "Leave to remain", "NRPF", "visa", "asylum seeker", "no_recourse"):
        assert STATUS.search(planted)
    assert not STATUS.search("advisable, providers, televisaged")


def test_only_the_sentences_that_say_there_is_none_speak_of_it() -> None:
    told = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(Path(PACKAGE).rglob("*"))
        if path.suffix in {".py", ".html", ".typ"}
        and "tests" not in path.parts
        and re.search("immigration status", path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert told == ["api/referrals.py", "privacy/rules/drafts.py"]
