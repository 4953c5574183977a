"""Making the copy that a person gets: each record looked at, words taken out, agreed to by a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.circles import actions as circles
from joindots.circles.models import Circle, TwoPersonAct
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.words import words
from joindots.people.tasks import only_on_her_side
from joindots.privacy import permissions
from joindots.privacy.models import Choice, Copy
from joindots.privacy.rules import copying as rules
from joindots.privacy.tasks import copying as tasks

Decided = Mapping[tuple[str, str], tuple[bool, str]]
"""By kind and key: whether it is given, and why not."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A copy as it leaves."""

    bundle: rules.Bundle


@writes(permissions.MAKE_COPY, Circle)
def begin_copy(actor: Actor, circle: Circle) -> UUID:
    """Begin a copy of what a circle holds, for the person it is about. Nothing is in it yet."""
    only_on_her_side(actor, circle.pk)
    row = Copy(circle=circle, by_id=actor.membership_id, at=actor.at)
    actor.keys.seal(row, out="\n".join(tasks.others_in(actor, circle.pk)))
    row.save(force_insert=True)
    actor.record(circle.pk, "privacy.copy_begun", copy=row.pk)
    return row.pk


def _changing(row: Copy) -> Decision:
    """Until it was asked for, and again once a second person refused."""
    if row.act is not None and row.act.decision != "refused":
        return no("copy_asked", "A second person was asked about this copy, so it cannot be changed. Begin anew.")
    return YES


@writes(permissions.MAKE_COPY, Copy, when=_changing)
def choose(actor: Actor, row: Copy, *, decided: Decided) -> int:
    """Keep what was decided about records, and say about how many. One that is not there for the actor is left out."""
    only_on_her_side(actor, row.circle_id)
    known = tasks.known(actor, row.circle_id, {kind for kind, _ in decided})
    kept = 0
    for (kind, key), (give, why) in decided.items():
        if (kind, key) not in known:
            continue
        rules.can_choose(give, why).or_raise()
        Choice.objects.update_or_create(
            copy=row, kind=kind, key=key,
            defaults={"circle_id": row.circle_id, "give": give, "why": "" if give else why,
                      "by_id": actor.membership_id, "at": actor.at},
        )  # fmt: skip
        kept += 1
    actor.record(row.circle_id, "privacy.copy_chosen", copy=row.pk, records=kept)
    return kept


@writes(permissions.MAKE_COPY, Copy, when=_changing)
def take_words_out(actor: Actor, row: Copy, *, typed: str) -> None:
    """The words that are taken out wherever they stand in the copy."""
    only_on_her_side(actor, row.circle_id)
    actor.keys.seal(row, out="\n".join(rules.tidy(typed)))
    row.save(update_fields=("out",))
    actor.record(row.circle_id, "privacy.copy_words", copy=row.pk)


@writes(permissions.MAKE_COPY, Copy, when=_changing)
def ask_for_copy(actor: Actor, row: Copy) -> None:
    """Ask a second person whether exactly these bytes may leave."""
    only_on_her_side(actor, row.circle_id)
    told = tasks.looked_through(actor, row)
    rules.can_ask(told.left, told.given).or_raise()
    act = circles.ask_release(
        actor, Ref(row.circle_id), subject=row.pk, content_hash=rules.print_of(told.bundle), buddy=False
    )
    row.act = act
    row.save(update_fields=("act",))
    actor.record(row.circle_id, "privacy.copy_asked", copy=row.pk, given=told.given)


@makes(permissions.AGREE_COPY)
def agree_to_copy(actor: Actor, *, copy: UUID, agreed: bool) -> None:
    """Decide as the second person. What was added meanwhile makes it another copy, which nobody agreed to."""
    row = Copy.objects.visible_to(actor, write=True, picked=True).filter(pk=copy).first()
    if row is None or row.act_id is None:
        actor.visit.misses(Copy, copy)
        raise NotFound
    only_on_her_side(actor, row.circle_id)
    _fresh(actor)
    if agreed:
        _same(actor, row, row.act)
    circles.decide_release(actor, act=row.act_id, agreed=agreed)
    actor.record(row.circle_id, "privacy.copy_decided", copy=row.pk, agreed=agreed)


@writes(permissions.MAKE_COPY, Copy)
def fetch_copy(actor: Actor, row: Copy) -> Fetched:
    """The copy that two people agreed to, byte for byte."""
    only_on_her_side(actor, row.circle_id)
    _fresh(actor)
    if row.act is None or row.act.decision != "agreed":
        raise RuleBroken(words("copy_second", "A second person must agree before this copy leaves."))
    told = _same(actor, row, row.act)
    row.fetched_at = actor.at
    row.save(update_fields=("fetched_at",))
    actor.record(row.circle_id, "privacy.copy_fetched", copy=row.pk, content=row.act.content_hash)
    return Fetched(told.bundle)


def _fresh(actor: Actor) -> None:
    if not actor.fresh:
        raise RuleBroken(words("not_fresh", "Give your second factor again first: this needs it fresh."))


def _same(actor: Actor, row: Copy, act: TwoPersonAct | None) -> tasks.Looked:
    told = tasks.looked_through(actor, row)
    if act is None or rules.print_of(told.bundle) != act.content_hash:
        raise OutOfDate(words("copy_changed", "Something of it changed after it was looked through. Begin a new copy."))
    return told
