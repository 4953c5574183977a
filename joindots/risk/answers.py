"""What risk answers to the other parts: judgements as dots, and what waits on a desk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.access.holding import INSIDE, Holds
from joindots.kernel.dots import Dot, Due, Held, Reason
from joindots.kernel.problems import NotAllowed, NotFound
from joindots.kernel.when import Precision, When, midnight
from joindots.kernel.words import words
from joindots.risk import queries

JUDGED = "risk.judgement"
"""That a named person judged the risk, and how."""


def dots(actor: Actor, circle: UUID, *, kinds: Collection[str], **_: Any) -> Iterator[Dot]:
    """Judgements that stand, one dot for each day; none for a role or side that sees no risk."""
    if JUDGED not in kinds:
        return
    try:
        found = queries.judgements(actor, Ref(circle))
    except (NotAllowed, NotFound):
        return
    days: dict[date, list[queries.JudgementView]] = {}
    for one in found:
        if not one.withdrawn:
            days.setdefault(one.now.said.made_on, []).append(one)
    for day, made in days.items():
        start = midnight(day)
        when = When(start, start + timedelta(days=1) - timedelta(microseconds=1), Precision.DAY)
        yield _dot(when, made)


def _dot(when: When, made: Sequence[queries.JudgementView]) -> Dot:
    """The judgements of one day: by name where it is one, and how many people where it is several."""
    first, who = made[0], "; ".join(one.who for one in made)
    if len(made) == 1:
        summary, link = f"Risk judged: {first.now.level_words.lower()}, {first.person}", f"/risk/judgements/{first.id}/"
    else:
        summary, link = f"Risk judged by {len({one.person for one in made})} people", f"/cases/{first.case}/risk/"
    return Dot(when, JUDGED, summary, who, "judgement", "circle", link, len(made))


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Reviews of judgements that are due, and prompts that nobody answered yet."""
    if not queries.reviews_waiting.may(actor):
        return
    for one in queries.prompts_waiting(actor, whose, until, most):
        yield Due(
            one.circle, "risk.prompt", Reason.NEW, one.due_on,
            words("risk_prompt", "Look at the risk again: {title}.", title=one.rule.title.lower()),
            f"/risk/prompts/{one.prompt}/", words("look_at_it", "Look at it"), one.due_at,
        )  # fmt: skip
    for review in queries.reviews_waiting(actor, whose, until, most):
        yield Due(
            review.circle, "risk.review", Reason.REVIEW, review.due_on,
            words("risk_review", "Risk review: judged {level} by {who} on {day}.", level=review.level_words.lower(),
                  who=review.by, day=f"{review.made_on.day} {review.made_on:%b %Y}"),
            f"/cases/{review.case}/risk/judge/?again={review.judgement}", words("judge_again", "Judge again"),
        )  # fmt: skip


HOLDS = (
    Holds(
        "risk.JudgementVersion",
        words("h_judgements", "judgements of risk"),
        ("made_on", "level", "reasons", "next_steps"),
    ),
    Holds("risk.Answer", words("h_risk_answers", "your answers about risk"), ("question", "said", "words", "at")),
    Holds("risk.Change", words("h_changes", "changes that were noted"), ("day", "kind", "words")),
    Holds("risk.Prompt", words("h_prompts", "what asked for a new look at the risk"), (), INSIDE),
    Holds("risk.Assessment", words("h_askings", "forms about risk"), ("tool", "at", "state", "why")),
    Holds("risk.Judgement", words("h_judgement_heads", "the heading of a judgement"), (), INSIDE),
)
"""What risk holds of somebody, and what of it a copy shows. An item of a licensed tool is in no table of ours."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)
