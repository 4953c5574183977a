"""The reasons for who is the primary victim leave as a paper for a panel or a court."""

from __future__ import annotations

from collections.abc import Iterator

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.circles.models import Circle
from joindots.documents.plain import Part
from joindots.justice import permissions
from joindots.justice.queries.allegations import on_record
from joindots.justice.queries.opposed import Opposed, ReviewView, primary_victim
from joindots.justice.rules.allegations import AGAINST, Tally
from joindots.justice.tasks.papers import paper
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import day_says
from joindots.kernel.words import words
from joindots.people.tasks import only_on_her_side

TITLE = "Who is the primary victim: decisions and reasons"
OPENING = (
    "For a multi-agency panel or a court. It says what named people looked at, what they decided and why, and what was "
    "put on record against either person. No part of it was decided by a machine.",
)


@writes(permissions.SAY_PRIMARY, Circle)
def take_reasons(actor: Actor, circle: Circle) -> bytes:
    """Every decision of the case with both people's words, newest first, as a PDF.

    Refused where nobody has decided anything, and where it names something that must never leave.
    """
    only_on_her_side(actor, circle.pk)
    page, records = primary_victim(actor, Ref(circle.pk)), on_record(actor, Ref(circle.pk))
    decided = [one for one in page.reviews if one.second_at is not None]
    if not decided:
        raise RuleBroken(words("reasons_none", "Two people have not decided anything here yet."))
    tallies = Part("On record", (_tally("victim", records.of_victim), _tally("suspect", records.of_suspect)))
    content = [*map(_decision, decided), *_roles(page), tallies]
    data = paper(actor, circle.pk, TITLE, content, words(
        "reasons_leak", "The reasons name something that must not leave. No copy was made. Say who the primary victim "
        "is once more without it, and let the second person decide again."), opening=OPENING)  # fmt: skip
    actor.record(circle.pk, "justice.reasons_left", count=len(decided))
    return data


def _decision(one: ReviewView) -> Part:
    assert one.second_at is not None
    lines = (
        f"Found to be the primary victim: {one.finding}. This decision is {one.stands_words}.",
        f"Looked at: {'; '.join(one.looked)}.",
        f"{one.by}, {day_says(one.at)}: {one.why}",
        f"{one.second}, {day_says(one.second_at)}: {one.second_why}",
        f"Covers: {', '.join(one.covers) or 'nothing'}. To be looked at again on {one.review_on:%-d %B %Y}.",
    )
    return Part(f"Decision {one.number}", lines)


def _roles(page: Opposed) -> Iterator[Part]:
    if page.changes:
        lines = (f"{one.name}: {one.was}, now {one.now}. {one.by}, {day_says(one.at)}: {one.why}"
                 for one in page.changes)  # fmt: skip
        yield Part("Roles that were changed", tuple(lines))


def _tally(whom: str, told: Tally) -> str:
    return (
        f"Against {AGAINST[whom]}: {told.all}. After a complaint by the person reported, or by somebody for them: "
        f"{told.by_complaint} of {told.all}. Challenged: {told.challenged} of {told.all}. Withdrawn or quashed: "
        f"{told.withdrawn + told.quashed} of {told.all}."
    )
