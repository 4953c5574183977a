"""Puts what was typed back into the form that was refused, where the page did not do so itself: no word is lost.

A page of many small forms cannot hand each of them its own words back by hand. This reads the answer to a refused form,
finds the form that was sent, fills what stands empty in it, and opens what it was folded in. Where somebody else was
faster, what stands now stays in the form, and what was typed otherwise is shown above it. Secrets are typed anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext

from joindots.agencies import holding

LATE: Final = 409
REFUSED: Final = frozenset({409, 422})
SECRET: Final = frozenset({"word", "duress", "code", "password", "csrfmiddlewaretoken"})
"""Fields whose words are never put back: a code word that was tried, a code, a mark of the form."""
NOT_TYPED: Final = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})
NOT_ITS_OWN: Final = frozenset({"version", "acting_membership", *SECRET})
"""Hidden fields that do not tell which form it is: they may differ on the page that comes back."""
CARRIED: Final = NOT_ITS_OWN | holding.OWN
LONG: Final = ("textarea", "select")
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
    id: str = ""
    legend: str = ""
    stands: str = ""
    """What is in a field of several lines; the choice that is made in a list."""
    options: list[tuple[str, int]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    """The words of each choice of a list."""


@dataclass(slots=True)
class _Form:
    """A form of the page: what tells it from others, its fields, and the folds that it stands in."""

    action: str
    own: list[tuple[str, str]] = field(default_factory=list)
    deeds: list[tuple[str, str]] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)
    begins: int = 0


class _Reader(HTMLParser):
    """Reads the forms of a page with the places of their tags."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[_Form] = []
        self.form: _Form | None = None
        self.inside: _Field | None = None
        self.folds: list[tuple[int, bool]] = []
        self.labels: dict[str, str] = {}
        self.naming = self.legend = self.option = ""
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
                self.form.begins = self._end() + 1
                self.form.folds = [at for at, opened in self.folds if not opened]
                self.forms.append(self.form)
        elif tag == "label":
            self.naming = told.get("for") or ""
        elif tag == "legend":
            self.naming, self.legend = tag, ""
        elif self.form is not None:
            self._field(tag, told, self.form)

    def _field(self, tag: str, told: Attrs, form: _Form) -> None:
        name, value = told.get("name") or "", told.get("value") or ""
        kind = (told.get("type") or "text").lower() if tag == "input" else tag
        if tag == "option" and self.inside is not None and self.inside.kind == "select":
            self.inside.options.append((value, self._end()))
            if "selected" in told or len(self.inside.options) == 1:
                self.inside.stands = value
            self.inside.full |= "selected" in told
            self.option = value
        elif name and (tag == "button" or kind == "submit"):
            form.deeds.append((name, value))
        elif name and kind == "hidden":
            form.own.append((name, value))
        elif name and name not in SECRET and kind not in NOT_TYPED and tag in ("input", "textarea", "select"):
            full = "checked" in told if kind in ("radio", "checkbox") else bool(value)
            made = _Field(name, kind, value, self._end(), full, told.get("id") or "", self.legend)
            form.fields.append(made)
            self.inside = made if tag != "input" else None

    def handle_data(self, data: str) -> None:
        """Words inside a field of several lines, of a choice, or beside a field."""
        if self.naming == "legend":
            self.legend += data
        elif self.naming:
            self.labels[self.naming] = self.labels.get(self.naming, "") + data
        elif self.inside is not None and self.inside.kind == "textarea":
            self.inside.stands += data
            self.inside.full |= bool(data.strip())
        elif self.inside is not None:
            self.inside.said[self.option] = self.inside.said.get(self.option, "") + data

    def handle_endtag(self, tag: str) -> None:
        """A form, a fold, or a field ends."""
        if tag in ("label", "legend"):
            self.naming = ""
        elif tag == "fieldset":
            self.legend = ""
        elif tag == "form":
            self.form = None
        elif tag == "details" and self.folds:
            self.folds.pop()
        elif tag in ("textarea", "select"):
            self.inside = None


def put_back(page: str, given: QueryDict, path: str, *, late: bool = False, held: str = "") -> str:
    """The page with what was typed in the form that was sent; as it was where no one form is surely that one.

    `late`: somebody else was faster. What was typed and stands nowhere in the page's form is shown beside it; `held`
    names what is held of it meanwhile, so that sending it from here is the end of that.
    """
    reader = _Reader(page)
    sent = [one for one in reader.forms if _is_sent(one, given, path)]
    if len(sent) != 1:
        return _beside(page, reader, given, path, held) if late else page
    form = sent[0]
    ticked = {one.name for one in form.fields if one.kind in ("radio", "checkbox") and one.full}
    added = [each for one in form.fields if not one.full and one.name not in ticked for each in _said(one, given)]
    otherwise = _otherwise(form, given, reader.labels) if late else []
    if otherwise:
        added.append((form.begins, _both(otherwise, stands=True)))
    if added:
        added += [(at, " open") for at in form.folds]
    return _with(page, [*added, *_named(form, held)])


def _beside(page: str, reader: _Reader, given: QueryDict, path: str, held: str) -> str:
    """The page with what was typed above the form whose rows are others by now, or above all where there is none."""
    near = [one for one in reader.forms if _is_sent(one, given, path, marks=False)]
    if len(near) == 1 and (typed := _otherwise(near[0], given, reader.labels, empty=True)):
        folds = [(at, " open") for at in near[0].folds]
        return _with(page, [(near[0].begins, _both(typed, stands=True)), *folds, *_named(near[0], held)])
    end = page.find("</h1>") + len("</h1>")
    return _with(page, [(end, _both(_words(given)))]) if end >= len("</h1>") else page


def _named(form: _Form, held: str) -> list[tuple[int, str]]:
    return [(form.begins, f'<input type="hidden" name="{holding.OFFER}" value="{held}">')] if held else []


def _otherwise(
    form: _Form, given: QueryDict, labels: Mapping[str, str], *, empty: bool = False
) -> list[tuple[str, str]]:
    """What was typed where the form now says something else: the field's name for people, and the words.

    `empty`: where it says nothing, too, for nothing is put into it.
    """
    found: dict[str, tuple[str, str]] = {}
    groups = {one.name: [each for each in form.fields if each.name == one.name] for one in form.fields}
    for name, group in groups.items():
        one, typed = group[0], given.getlist(name)
        if one.kind in ("radio", "checkbox"):
            stands = [each.value for each in group if each.full]
            if (stands or empty) and sorted(stands) != sorted(typed):
                chosen = [labels.get(each.id, each.value) for each in group if each.value in typed]
                found[name] = (one.legend or labels.get(one.id, name), ", ".join(map(_plain, chosen)))
        elif (
            (one.full or (empty and typed and typed[0]))
            and typed
            and _plain(typed[0]) != _plain(one.value if one.kind not in LONG else one.stands)
        ):
            words = one.said.get(typed[0], typed[0]) if one.kind == "select" else typed[0]
            found[name] = (labels.get(one.id, name), words.strip())
    return [(_plain(label), words) for label, words in found.values()]


def _words(given: QueryDict) -> list[tuple[str, str]]:
    """The words of a form that stands on the page no more."""
    return [
        (name.replace("_", " ").capitalize(), text.strip())
        for name, texts in given.lists() for text in texts if _is_words(text.strip()) and name not in CARRIED
    ]  # fmt: skip


def _both(otherwise: list[tuple[str, str]], *, stands: bool = False) -> str:
    """What somebody typed, as the page shows it; nothing where they typed nothing."""
    told = [(label, words or gettext("left empty")) for label, words in otherwise]
    return render_to_string("web/parts/two_wordings.html", {"told": told, "stands": stands}) if told else ""


def _is_words(text: str) -> bool:
    """Whether somebody typed it, as far as can be told: no code, no id, no short number of the form's own."""
    return bool(text) and not re.fullmatch(r"[a-z][a-z_]*|[0-9a-f-]{36}|\d{1,4}", text)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _is_sent(form: _Form, given: QueryDict, path: str, *, marks: bool = True) -> bool:
    """Whether this is the form that was sent: to this address, with its own marks, by a button of its own."""
    if form.action.split("?")[0] not in ("", path):
        return False
    own = [(name, value) for name, value in form.own if name not in NOT_ITS_OWN]
    if any(value not in given.getlist(name) for name, value in own) if marks else _is_of_one_row(own):
        return False
    named = {name for name, _value in form.deeds}
    return all(any((name, each) in form.deeds for each in given.getlist(name)) for name in named if name in given) and (
        "do" not in given or "do" in named or ("do", given["do"]) in form.own
    )


def _is_of_one_row(own: list[tuple[str, str]]) -> bool:
    """Whether a form is about one row of many of its kind: another row's form is never the one that was sent."""
    return any(name == "row" for name, _value in own)


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
        late = request.method == "POST" and response.status_code == LATE
        held = holding.hold_refused(request) if late else None
        if (
            request.method == "POST" and response.status_code in REFUSED and isinstance(response, HttpResponse)
            and response.get("Content-Type", "").startswith("text/html") and len(response.content) <= MOST
        ):  # fmt: skip
            page = response.content.decode(response.charset)
            page = put_back(page, request.POST, request.path, late=late, held=str(held or ""))
            response.content = page.encode(response.charset)
        return response
