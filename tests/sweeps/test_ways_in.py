"""Nobody is asked to know an address: from the front page, step by step, a way leads to every page and form there is.

A way is what a view shows (its templates, with what they include), where it sends somebody on, and the links that parts
hand to a desk or a search. It is read from the code, so it holds for some role; what each role may open is told by the
other sweeps.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from inspect import isfunction, unwrap
from types import CodeType, ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture import house

ROOTS = ("web:front", "account_login")
SPACES = ("web:", "agencies:")
"""Names of our own routes; sign-in's further pages stand in its framework's own templates."""
OURS = ("joindots.web", "joindots.agencies")
ELSEWHERE: dict[str, str] = {}
"""Addresses of ours that no page leads to, each with the reason why that is right."""
NAMED = re.compile(r"""\burl\s+['"]([\w:.-]+)['"]""")
INNER = re.compile(r"""\{%\s*(?:include|extends)\s+['"]([^'"]+)['"]""")
LINKS = re.compile(r"""["']/[a-z{-]+/""")
PLACE = re.compile(r"<[^>]+>|\{[^}]*\}")


def views() -> dict[str, tuple[Any, str]]:
    """Every named route of the pages: its view, and its address with every parameter as `{}`."""
    found: dict[str, tuple[Any, str]] = {}

    def walk(patterns: list[Any], space: str, path: str) -> None:
        for one in patterns:
            here = path + str(one.pattern)
            if isinstance(one, URLResolver) and one.namespace != "api":
                walk(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space, here)
            elif isinstance(one, URLPattern) and one.name:
                found[f"{space}{one.name}"] = (one.callback, "/" + PLACE.sub("{}", here))

    walk(get_resolver().url_patterns, "", "")
    return found


def strings(code: CodeType) -> Iterator[str]:
    """Every string that stands in a function, its inner ones too."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from strings(one)
        elif isinstance(one, str):
            yield one
        elif isinstance(one, tuple | frozenset):
            yield from (each for each in one if isinstance(each, str))


def names(code: CodeType) -> set[str]:
    """Every name that a function uses, its inner ones too."""
    return set(code.co_names).union(*(names(one) for one in code.co_consts if isinstance(one, CodeType)))


def flat(value: object) -> Iterator[Any]:
    """A table of a module, taken apart."""
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from flat(one)
    else:
        yield value


def said_by(view: Any) -> set[str]:
    """Every string that a view, and what it calls of the pages' own code, can use."""
    said: set[str] = set()
    waiting, seen = [unwrap(getattr(view, "view_class", view))], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen or not getattr(one, "__module__", "").startswith(OURS):
            continue
        seen.add(id(one))
        if not isfunction(one):
            waiting += [each for each in vars(one).values() if isfunction(each)] if isinstance(one, type) else []
            said |= {each for each in vars(one).values() if isinstance(each, str)} if isinstance(one, type) else set()
            continue
        said.update(strings(one.__code__))
        used = names(one.__code__)
        for value in (one.__globals__[name] for name in used if name in one.__globals__):
            if isinstance(value, ModuleType):
                waiting += [unwrap(each) for key in used if callable(each := vars(value).get(key))]
                continue
            for each in flat(value):
                waiting += [unwrap(each)] if callable(each) else []
                said |= {each} if isinstance(each, str) else set()
    return said


@cache
def sources() -> dict[str, str]:
    """Every template of ours by the name it is asked for."""
    files = (
        (path, path.as_posix().partition("/templates/")[2]) for path in house.PACKAGE.glob("*/templates/**/*.html")
    )
    return {name: path.read_text() for path, name in files}


@cache
def leads(template: str) -> frozenset[str]:
    """The routes that a template names, with all that it includes or stands in."""
    text = sources().get(template, "")
    inner = (leads(one) for one in INNER.findall(text) if one != template)
    return frozenset(NAMED.findall(text)).union(*inner)


@cache
def handed() -> frozenset[str]:
    """Addresses that parts write out themselves: links of a desk, a search, a notice; parameters as `{}`."""
    found = set()
    for path in house.PACKAGE.rglob("*.py"):
        if "tests" in path.parts or path.name == "urls.py":
            continue
        text = path.read_text()
        for one in ast.walk(ast.parse(text)) if LINKS.search(text) else ():
            if isinstance(one, ast.JoinedStr):
                parts = (str(each.value) if isinstance(each, ast.Constant) else "{}" for each in one.values)
                found.add("".join(parts))
            elif isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value.startswith("/"):
                found.add(one.value)
    return frozenset(one.partition("?")[0].partition("#")[0] for one in found if one.startswith("/"))


def test_a_way_leads_to_every_page_and_form_from_the_front_page() -> None:
    routes = views()
    reached, waiting = set[str](), list(ROOTS)
    waiting += [name for name, (_, address) in routes.items() if address in handed() and address != "/"]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in routes:
            continue
        reached.add(name)
        said = said_by(routes[name][0])
        waiting += [each for each in said if each in routes]
        waiting += [each for one in said if one.endswith((".html", ".txt")) for each in leads(one)]
    missing = sorted(name for name in set(routes) - reached - set(ELSEWHERE) if name.startswith(SPACES))
    assert not missing, ", ".join(missing)
    assert not set(ELSEWHERE) & reached, "what is led to needs no reason"
