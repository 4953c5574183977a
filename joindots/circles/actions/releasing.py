"""The second person of a release: one of the asker's agency who may know of the case, or one of its buddy agency."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import makes, writes
from joindots.circles import permissions, rules
from joindots.circles.models import Circle, TwoPersonAct
from joindots.circles.tasks import may_release
from joindots.kernel.problems import NotFound


@writes(permissions.ASK_SECOND, Circle)
def ask_release(
    actor: Actor, circle: Circle, *, subject: UUID, content_hash: str, buddy: bool, kind: str = rules.RELEASE
) -> TwoPersonAct:
    """Ask that exactly this be released. `buddy`: the agency is too small, and its buddy agency's people may decide.

    `kind`: what else it is that a buddy may decide about by the same rule.
    """
    row = TwoPersonAct.objects.create(
        circle=circle, act=kind, subject=subject, content=rules.BUDDY if buddy else "",
        content_hash=content_hash, asked_by_id=actor.membership_id, asked_at=actor.at,
        expires=actor.at + timedelta(hours=rules.TWO_PERSON_HOURS),
    )  # fmt: skip
    actor.record(circle.pk, "circles.asked_release", act=row.pk, content=content_hash, buddy=buddy)
    return row


@makes(permissions.DECIDE_RELEASE)
def decide_release(actor: Actor, *, act: UUID, agreed: bool, kind: str = rules.RELEASE) -> TwoPersonAct:
    """Decide as the second person. It is noted in the case's book and in the book of the decider's own agency.

    NotFound for whoever it is not for: they may not learn that something waits.
    """
    row = TwoPersonAct.objects.select_for_update(of=("self",)).filter(act=kind, pk=act).first()
    if row is None or row.circle_id is None or not may_release(actor, row):
        raise NotFound
    rules.can_decide(
        asked_by_me=row.asked_by.user_id == actor.user_id, expires=row.expires, decided=row.decision != "asked",
        at=actor.at,
    ).or_raise()  # fmt: skip
    row.decision, row.decided_by_id, row.decided_at = "agreed" if agreed else "refused", actor.membership_id, actor.at
    row.save(update_fields=("decision", "decided_by", "decided_at"))
    actor.record(
        row.circle_id, "circles.decided_release", act=row.pk, content=row.content_hash, decision=row.decision,
        buddy=row.asked_by.agency_id != actor.agency_id,
    )  # fmt: skip
    actor.record(actor.agency_id, "circles.decided_release", book_kind="agency", act=row.pk, decision=row.decision)
    return row
