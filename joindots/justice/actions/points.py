"""Acts and files are linked to a point to prove or taken back from it, and people say what they make of it, and why."""

from __future__ import annotations

from collections.abc import Sequence

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.evidence.models import Exhibit, Incident, SourceFile
from joindots.justice import permissions
from joindots.justice.models import Crime, PointJudgement, PointLink
from joindots.justice.rules import crimes as crime_rules
from joindots.justice.rules import points as rules
from joindots.justice.tasks import crimes as tasks
from joindots.kernel.problems import NotFound


@writes(permissions.PROVE, Crime)
def link_to_point(
    actor: Actor, row: Crime, *, point: str, acts: Sequence[str] = (), sources: Sequence[int] = (),
    exhibits: Sequence[str] = (),
) -> int:  # fmt: skip
    """Say that acts (references of the log) and files speak to a point. How many were not linked there before.

    Only what stands in the crime's own circle; NotFound for anything else.
    """
    tasks.refuse_closed(row.circle_id)
    rules.can_point(point, crime_rules.system_of(row.report.force)).or_raise()
    rules.can_link([*acts, *map(str, sources), *exhibits]).or_raise()
    found: list[dict[str, object]] = [
        *({"incident": one} for one in _all(Incident, "reference", set(acts), row)),
        *({"source": one} for one in _all(SourceFile, "pk", set(sources), row)),
        *({"exhibit": one} for one in _all(Exhibit, "pk", set(exhibits), row)),
    ]
    there = row.point_links.filter(point=point, taken_back_at=None)
    new = [one for one in found if not there.filter(**one).exists()]
    PointLink.objects.bulk_create(
        PointLink(circle_id=row.circle_id, crime=row, point=point, by_id=actor.membership_id, at=actor.at, **one)
        for one in new
    )
    actor.record(row.circle_id, "justice.linked", crime=row.pk, point=point, count=len(new))
    return len(new)


@writes(permissions.PROVE, PointLink)
def take_back_link(actor: Actor, row: PointLink) -> None:
    """It does not speak to the point after all. That it was said so stays."""
    tasks.refuse_closed(row.circle_id)
    if row.taken_back_at is not None:
        raise NotFound
    row.taken_back_by_id, row.taken_back_at = actor.membership_id, actor.at
    row.save(update_fields=("taken_back_by", "taken_back_at"))
    actor.record(row.circle_id, "justice.link_taken_back", crime=row.crime_id, point=row.point)


@writes(permissions.PROVE, Crime)
def judge_point(actor: Actor, row: Crime, *, point: str, says: str, why: str) -> None:
    """Say whether a point is shown, and why."""
    rules.can_point(point, crime_rules.system_of(row.report.force)).or_raise()
    rules.can_judge(says, why).or_raise()
    _judge(actor, row, point, says, why)


@writes(permissions.PROVE, Crime)
def conclude(actor: Actor, row: Crime, *, offence: str, why: str) -> None:
    """Say which offence all of it shows, or none, and why. It changes no record: how it is recorded is a step."""
    rules.can_conclude(offence, why, crime_rules.system_of(row.report.force)).or_raise()
    _judge(actor, row, "", offence, why)


def _judge(actor: Actor, row: Crime, point: str, says: str, why: str) -> None:
    tasks.refuse_closed(row.circle_id)
    said = PointJudgement(
        circle_id=row.circle_id, crime=row, point=point, says=says, by_id=actor.membership_id, at=actor.at
    )
    actor.keys.seal(said, why=why.strip())
    said.save(force_insert=True)
    actor.record(row.circle_id, "justice.judged_point", crime=row.pk, point=point, says=says)


def _all(model: type[Incident | SourceFile | Exhibit], name: str, keys: set[object], row: Crime) -> Sequence[object]:
    """The rows of these keys in the crime's circle; NotFound where one is not there."""
    if not keys:
        return []
    found = list(model.objects.filter(circle=row.circle_id, **{f"{name}__in": keys}))
    if len(found) != len(keys):
        raise NotFound
    return found
