"""What the pages of the work share: reading days and choices from a form, trying a deed, and where else one can go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.words import words
from joindots.web.typed import seen

Given = QueryDict
LONG = 8000
"""Letters of a field of several lines, as its page says."""
Deeds = Mapping[str, Callable[[Given], object]]
NO_FIELDS: Mapping[str, str] = {}
PLACES = (
    ("plan", "web:plan", _("Safety plan"), casework.plans_of),
    ("tasks", "web:tasks", _("Tasks and promises"), casework.tasks_of),
    ("agencies", "web:agencies_asked", _("Agencies asked"), casework.chasers_of),
    ("rights", "web:rights", _("Victims’ Code"), casework.rights_of),
    ("court", "web:court", _("Court"), casework.court_days_of),
    ("letters", "web:letters", _("Letters"), casework.letters_of),
    ("therapy", "web:therapy", _("Therapy"), casework.therapy_of),
    ("coping", "web:coping", _("How it is"), casework.coping),
    ("costs", "web:costs", _("Costs and losses"), casework.ledger),
)
"""The pages of support, each with the query that tells whether somebody may see it."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing was done, the status of the answer, and the field of the page that cures it, where that is known."""

    says: str
    status: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A page one can go to from here."""

    address: str
    says: object
    here: bool


def places(actor: Actor, head: casework.CaseHead, here: str) -> tuple[Place, ...]:
    """The pages of support that the actor's role and side may open."""
    if head.side == "suspect":
        return ()
    return tuple(
        Place(address, says, code == here) for code, address, says, query in PLACES if actor.may(query.permission)
    )


def tried(given: Given, deeds: Deeds, fields: Mapping[str, str] = NO_FIELDS) -> Trouble | None:
    """Do what the form asks for; None if it was done. What may not be known or done goes its own way.

    `fields`: the field of the page that cures a refusal, by the refusal's code; the error on the page leads there.
    """
    deed = deeds.get(given.get("do", ""))
    if deed is None:
        return Trouble("Choose what to do.", 422)
    try:
        deed(given)
    except (RuleBroken, OutOfDate) as broken:
        return trouble_of(broken, fields)
    return None


def trouble_of(broken: RuleBroken | OutOfDate, fields: Mapping[str, str] = NO_FIELDS) -> Trouble:
    """Why nothing was done, as a page shows it, with the field that cures it where page or refusal names one."""
    named = dict(broken.reason.values).get("field", "")
    return Trouble(str(broken), broken.status, fields.get(broken.reason.code, named))


def words_of(given: Mapping[str, str], name: str, most: int = LONG) -> str:
    """The words of a field, whole: RuleBroken where they are longer than can be kept. No word is cut off in silence.

    A line break counts once, as it does on the page, however the browser sends it.
    """
    text = given.get(name, "").replace("\r\n", "\n")
    if len(text) <= most:
        return text
    raise RuleBroken(
        words("words_long", "“{start}…” is {n} letters long. Shorten it to {most} or fewer; nothing was kept yet.",
              start=text.strip()[:30], n=f"{len(text):,}", most=f"{most:,}")
    )  # fmt: skip


def row(given: Given, name: str = "row") -> Ref:
    """The row a form is about, with the version it was shown; NotFound for what is no id."""
    return seen(an_id(given, name), given)


def an_id(given: Mapping[str, str], name: str) -> UUID:
    """An id that a form or an address hands back."""
    try:
        return UUID(given.get(name, ""))
    except ValueError:
        raise NotFound from None


def maybe_day(given: Given, name: str) -> date | None:
    """A day, or None where none was typed; RuleBroken for anything else."""
    typed = given.get(name, "").strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise RuleBroken(
            words("day_odd", "“{typed}” is no day. Enter a day, for example 13 November 2025.", typed=typed[:20],
                  field=name)
        ) from None  # fmt: skip


def day(given: Given, name: str) -> date:
    """A day that must be there."""
    found = maybe_day(given, name)
    if found is None:
        raise RuleBroken(words("day_missing", "Enter the day, for example 13 November 2025."))
    return found


def maybe_whole(given: Given, name: str) -> int | None:
    """A whole number, or None where nothing was typed; -1 for anything that is none, which the rules refuse."""
    typed = given.get(name, "").strip()
    if not typed:
        return None
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 7 else -1
