"""What changed of an order while somebody's form was open: said in words, and the form keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from joindots.access.actor import Actor
from joindots.orders import queries


@dataclass(frozen=True, slots=True)
class Window:
    """What a form hands back of the order it was opened over: its version, and the moment."""

    version: str
    opened: str


def window(request: HttpRequest, actor: Actor, page: queries.OrderPage, *, late: bool) -> Window:
    """The window of a form: as it was handed back, but anew where it is opened first or what it stood over changed.

    After a refusal for another reason the old version stays, so that a change meanwhile is still told.
    """
    given = request.POST
    if late or "version" not in given:
        return Window(str(page.version), actor.at.isoformat())
    return Window(given["version"], given.get("opened", ""))


def says_changed(page: queries.OrderPage, given: Mapping[str, str]) -> str:
    """What others wrote down since a form was opened, and that what was typed is kept."""
    try:
        since = datetime.fromisoformat(given.get("opened", ""))
    except ValueError:
        since = None
    news = list(_news(page, since)) if since is not None and since.tzinfo is not None else []
    what = "; ".join(news) or _("something of it")
    return _("The order changed while this page was open: %(what)s. What you typed is kept below. Look at it again, "
             "then write it down.") % {"what": what}  # fmt: skip


def _news(page: queries.OrderPage, since: datetime) -> Iterator[str]:
    for step in page.steps:
        if step.at > since:
            yield _("“%(step)s” was written down by %(who)s") % {"step": step.label, "who": step.by}
        elif step.struck and step.struck.at > since:
            yield _("“%(step)s” was struck by %(who)s") % {"step": step.label, "who": step.struck.by}
    for one in page.conditions:
        if one.at is not None and one.at > since:
            yield _("condition %(number)s was written down") % {"number": one.number}
        elif one.struck and one.struck.at > since:
            yield _("condition %(number)s was taken off by %(who)s") % {"number": one.number, "who": one.struck.by}
    for person in page.protected:
        if person.struck and person.struck.at > since:
            yield _("somebody whom it protects was taken off by %(who)s") % {"who": person.struck.by}
