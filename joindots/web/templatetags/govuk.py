"""GOV.UK components from the tested macros: `{% govuk "button" text="Save" %}`; and words for figures.

Values from data go in as `text`; `html` is refused, so nothing of anybody's is ever read as markup.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, Form
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

from joindots.evidence.queries import Line
from joindots.kernel.when import LOCAL, london_day
from joindots.web.chronology.days import clock as clock_of
from joindots.web.evidence.inside import is_picture as calls_itself_picture

register = template.Library()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True)


@lru_cache(maxsize=32)
def _macro(name: str) -> Any:
    folder = name.replace("_", "-")
    macro = "govuk" + "".join(part.capitalize() for part in folder.split("-"))
    source = (
        f'{{% from "govuk_frontend_jinja/components/{folder}/macro.html" import {macro} %}}{{{{ {macro}(params) }}}}'
    )
    return _environment().from_string(source)


def component(name: str, params: dict[str, Any]) -> SafeString:
    """A component's markup. Everything in `params` is escaped by the macros."""
    markup: str = _macro(name).render(params=params)
    return mark_safe(markup)  # nosec B308 B703 - the macros escape what they are given


@register.simple_tag
def govuk(name: str, **params: Any) -> SafeString:
    """One component; nested parameters are written `label__text="…"`."""
    whole: dict[str, Any] = {}
    for key, value in params.items():
        place = whole
        *above, last = key.split("__")
        for step in above:
            place = place.setdefault(step, {})
        place[last] = value
    if "html" in str(list(whole)):
        raise template.TemplateSyntaxError("Components take text, never html.")
    return component(name, whole)


@register.simple_tag
def field(bound: BoundField, **more: Any) -> SafeString:
    """A form field as the component that fits it, with hint and error."""
    params: dict[str, Any] = {
        "id": bound.id_for_label, "name": bound.html_name, "label": {"text": str(bound.label)},
        "attributes": {"autocomplete": "off"}, **more,
    }  # fmt: skip
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {"text": str(bound.errors[0])}
    kind = type(bound.field.widget).__name__
    value = bound.value()
    if kind == "Select":
        choices = bound.field.choices  # type: ignore[attr-defined]
        params["items"] = [{"value": code, "text": str(text), "selected": str(value) == code} for code, text in choices]
        return component("select", params)
    if kind == "Textarea":
        return component("textarea", {**params, "value": value or "", "rows": 5})
    return component("input", {**params, "value": value or ""})


@register.simple_tag
def error_summary(form: Form) -> SafeString | str:
    """The summary of a form's errors, each leading to its field."""
    if not form.errors:
        return ""
    items = [
        {"text": str(errors[0]), "href": f"#{form[name].id_for_label}"}
        for name, errors in form.errors.items()
        if errors
    ]
    return component("error-summary", {"titleText": "There is a problem", "errorList": items})


@register.filter
def day(value: date | datetime | None) -> str:
    """`Tue 10 Jun 2025`, in London time."""
    if value is None:
        return "not known"
    local = value.astimezone(LOCAL) if isinstance(value, datetime) else value
    return f"{local:%a} {local.day} {local:%b %Y}"


@register.filter
def localday(value: datetime) -> str:
    """The London day of a moment, as an address writes it: `2025-06-10`."""
    return london_day(value).isoformat()


@register.simple_tag
def period(earliest: datetime | None, latest: datetime | None) -> str:
    """`, Tue 10 Jun 2025 to Thu 13 Nov 2025`; one day is said once, and nothing where nothing is known."""
    first, last = day(earliest), day(latest)
    return "" if earliest is None else f", {first}" if first == last else f", {first} to {last}"


@register.simple_tag
def found_in(contacts: int, records: int, form: str = "") -> str:
    """`6 acts of contact in 7 records`, `7 rows of a log`; where nothing is contact, only how many records."""
    if form == "incidents" and not contacts:
        return count(records, "row of a log,rows of a log")
    of = count(records, "record")
    return f"{count(contacts, 'act of contact,acts of contact')} in {of}" if contacts else f"{of}, no contact"


@register.filter
def moment(value: datetime | None) -> str:
    """`Tue 10 Jun 2025, 21:14`, in London time."""
    return f"{day(value)}, {value.astimezone(LOCAL):%H:%M}" if value else "not known"


@register.filter
def size(value: int) -> str:
    """Bytes as people say them."""
    if value < 1000:
        return f"{value} bytes"
    for unit, step in (("KB", 1e3), ("MB", 1e6), ("GB", 1e9)):
        if value < step * 1000:
            return f"{value / step:.1f} {unit}" if value < step * 10 else f"{value / step:.0f} {unit}"
    return f"{value / 1e9:.0f} GB"


@register.filter
def number(value: int) -> str:
    """`12,345`."""
    return f"{value:,}"


@register.filter
def count(value: int, noun: str) -> str:
    """`1 message`, `12 messages`; `noun` is `message` or `entry,entries`."""
    one, _, many = noun.partition(",")
    return f"{value:,} {one if value == 1 else many or one + 's'}"


@register.filter
def clock(line: Line) -> str:
    """When a line was, without the day that stands above it."""
    return clock_of(line)


@register.filter
@lru_cache(maxsize=1024)
def file_address(source: int) -> str:
    """Where a file's page is; a list names the same few files hundreds of times."""
    return reverse("web:file", args=(source,))


@register.filter
def episode_address(reference: str) -> str:
    """Where an episode's page is."""
    return reverse("web:episode", args=(reference,))


@register.filter
def is_picture(name: str) -> bool:
    """Whether a file calls itself a picture that can be shown."""
    return calls_itself_picture(name)


@register.filter
def account(key: str | None) -> str:
    """`+447700900123` for `tel:+447700900123`; nothing where a file shows no account."""
    return (key or "").partition(":")[2] or (key or "")


@register.simple_tag
def mark(channel: str, certainty: str = "exact") -> SafeString:
    """The mark of a kind: shape and outline carry the meaning, its words stand beside it."""
    shapes = {
        "payment": ("things", '<path d="M10 4.6 15.4 10 10 15.4 4.6 10z"/>'),
        "log entry": ("presence", '<rect x="5.8" y="5.8" width="8.4" height="8.4"/>'),
        "own log": ("presence", '<rect x="5.8" y="5.8" width="8.4" height="8.4"/>'),
    }
    kind, shape = shapes.get(channel, ("contact", '<circle cx="10" cy="10" r="4.4"/>'))
    return format_html(
        '<svg class="jd-mark jd-mark--{} jd-mark--{}" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" '
        'focusable="false">{}</svg>',
        kind,
        certainty,
        mark_safe(shape),  # nosec B308 B703 - a shape of ours
    )
