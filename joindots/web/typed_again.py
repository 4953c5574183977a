"""Puts what was typed back into the form that was refused, where the page did not do so itself: no word is lost.

A page of many small forms cannot hand each of them its own words back by hand. This reads the answer to a refused form,
finds the form that was sent, fills what stands empty in it, and opens what it was folded in. Secrets are typed anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.html import escape

REFUSED: Final = frozenset({409, 422})
SECRET: Final = frozenset({"word", "duress", "code", "password", "csrfmiddlewaretoken"})
"""Fields whose words are never put back: a code word that was tried, a code, a mark of the form."""
NOT_TYPED: Final = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})
NOT_ITS_OWN: Final = frozenset({"version", "acting_membership", *SECRET})
"""Hidden fields that do not tell which form it is: they may differ on the page that comes back."""
MOST: Final = 2_000_000
Attrs = dict[str, str | None]
Respond = Callable[[HttpRequest], HttpResponseBase]


@dataclass(slots=True)
class _Field:
    """One field of a form: where more can be said in its tag, and what it holds already."""

    name: str
    kind: str
    value: str
    at: int
    full: bool
    options: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Form:
    """A form of the page: what tells it from others, its fields, and the folds that it stands in."""

    action: str
    own: list[tuple[str, str]] = field(default_factory=list)
    deeds: list[tuple[str, str]] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads the forms of a page with the places of their tags."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[_Form] = []
        self.form: _Form | None = None
        self.inside: _Field | None = None
        self.folds: list[tuple[int, bool]] = []
        self.lines = [0]
        for at, letter in enumerate(page):
            if letter == "\n":
                self.lines.append(at + 1)
        self.feed(page)
        self.close()

    def _end(self) -> int:
        """Where the start tag that is being read could say one thing more."""
        line, column = self.getpos()
        text = self.get_starttag_text() or ""
        return self.lines[line - 1] + column + len(text) - (2 if text.endswith("/>") else 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form, a fold, or a field begins."""
        told: Attrs = dict(attrs)
        if tag == "details":
            self.folds.append((self._end(), "open" in told))
        elif tag == "form":
            post = (told.get("method") or "").lower() == "post"
            self.form = _Form(told.get("action") or "") if post else None
            if self.form is not None:
                self.form.folds = [at for at, opened in self.folds if not opened]
                self.forms.append(self.form)
        elif self.form is not None:
            self._field(tag, told, self.form)

    def _field(self, tag: str, told: Attrs, form: _Form) -> None:
        name, value = told.get("name") or "", told.get("value") or ""
        kind = (told.get("type") or "text").lower() if tag == "input" else tag
        if tag == "option" and self.inside is not None and self.inside.kind == "select":
            self.inside.options.append((value, self._end()))
            self.inside.full |= "selected" in told
        elif name and (tag == "button" or kind == "submit"):
            form.deeds.append((name, value))
        elif name and kind == "hidden":
            form.own.append((name, value))
        elif name and name not in SECRET and kind not in NOT_TYPED and tag in ("input", "textarea", "select"):
            full = "checked" in told if kind in ("radio", "checkbox") else bool(value)
            made = _Field(name, kind, value, self._end(), full)
            form.fields.append(made)
            self.inside = made if tag != "input" else None

    def handle_data(self, data: str) -> None:
        """Words inside a field of several lines."""
        if self.inside is not None and self.inside.kind == "textarea" and data.strip():
            self.inside.full = True

    def handle_endtag(self, tag: str) -> None:
        """A form, a fold, or a field ends."""
        if tag == "form":
            self.form = None
        elif tag == "details" and self.folds:
            self.folds.pop()
        elif tag in ("textarea", "select"):
            self.inside = None


def put_back(page: str, given: QueryDict, path: str) -> str:
    """The page with what was typed in the form that was sent; as it was where no one form is surely that one (pure)."""
    sent = [one for one in _Reader(page).forms if _is_sent(one, given, path)]
    if len(sent) != 1:
        return page
    added: list[tuple[int, str]] = []
    form = sent[0]
    ticked = {one.name for one in form.fields if one.kind in ("radio", "checkbox") and one.full}
    for one in form.fields:
        if not one.full and one.name not in ticked:
            added += _said(one, given)
    if added:
        added += [(at, " open") for at in form.folds]
    return _with(page, added)


def _is_sent(form: _Form, given: QueryDict, path: str) -> bool:
    """Whether this is the form that was sent: to this address, with its own marks, by a button of its own."""
    if form.action.split("?")[0] not in ("", path):
        return False
    if any(value not in given.getlist(name) for name, value in form.own if name not in NOT_ITS_OWN):
        return False
    named = {name for name, _value in form.deeds}
    return all(any((name, each) in form.deeds for each in given.getlist(name)) for name in named if name in given) and (
        "do" not in given or "do" in named or ("do", given["do"]) in form.own
    )


def _said(one: _Field, given: QueryDict) -> list[tuple[int, str]]:
    """What is added for one field that stands empty, and where."""
    typed = [each for each in given.getlist(one.name) if each]
    if not typed:
        return []
    if one.kind == "textarea":
        return [(one.at + 1, escape(typed[0]))]
    if one.kind == "select":
        return [(at, " selected") for value, at in one.options if value in typed][:1]
    if one.kind in ("radio", "checkbox"):
        return [(one.at, " checked")] if one.value in typed else []
    return [(one.at, f' value="{escape(typed[0])}"')]


def _with(page: str, added: list[tuple[int, str]]) -> str:
    parts, last = [], 0
    for at, text in sorted(added):
        parts += [page[last:at], text]
        last = at
    return "".join([*parts, page[last:]])


class TypedAgain:
    """Stands nearest to the pages: the answer to a refused form gets what was typed put back."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.respond(request)
        if (
            request.method == "POST" and response.status_code in REFUSED and isinstance(response, HttpResponse)
            and response.get("Content-Type", "").startswith("text/html") and len(response.content) <= MOST
        ):  # fmt: skip
            page = response.content.decode(response.charset)
            response.content = put_back(page, request.POST, request.path).encode(response.charset)
        return response
