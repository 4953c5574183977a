"""What casework does by itself: who has a page of a case open now, for some minutes, and no record of work."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F

from joindots.access.actor import Actor
from joindots.agencies.models import Agency, Membership
from joindots.casework.models import (
    Case,
    Chaser,
    ChaserStep,
    Consent,
    Letter,
    Looking,
    Referral,
    RejectedReport,
    Share,
    Supervision,
)
from joindots.casework.rules import letters
from joindots.casework.rules.cases import same_number
from joindots.casework.rules.handing import EDITING_MINUTES, LOOKING_MINUTES, READ, writes_at
from joindots.casework.rules.tasks import ChaserDeed, ChaserState
from joindots.kernel.problems import NotAllowed, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words

OURS = words("own_case_work", "This is written down by the agency whose case it is. Ask them to.")
OFFICES: dict[str, tuple[str, ...]] = {
    Agency.Kind.POLICE.value: ("police",), Agency.Kind.PROSECUTION.value: ("cps",), Agency.Kind.NHS.value: ("gp",),
    Agency.Kind.SCHOOL.value: ("school",),
}  # fmt: skip
"""As what an agency known here is written to, beside what anybody may be."""
FEW = 50
AGAIN = timedelta(minutes=1)


def is_ours(actor: Actor, row: Case | Consent | Share | Referral) -> bool:
    """Whether it is the actor's own agency whose case it is: the work on it is that agency's, whoever else may read."""
    return row.circle.agency_id == actor.agency_id


def refuse_others(actor: Actor, row: Case | Consent | Share | Referral) -> None:
    """NotAllowed for everybody of another agency."""
    if not is_ours(actor, row):
        raise NotAllowed(OURS)


def agreed_to(actor: Actor, consent: Consent | None, today: date) -> str | None:
    """Whom a consent in force names; None where it was taken back, has ended or never was."""
    if consent is None or consent.withdrawn_at is not None or (consent.until is not None and consent.until < today):
        return None
    return actor.keys.open(consent.whom) or (consent.agency.name if consent.agency else "")


def known_as(actor: Actor, circle: UUID, names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """As what each of these recipients can be written to, by their names as the consents have them."""
    rows = Letter.objects.filter(circle=circle).order_by("-at", "-id")[:FEW]
    sent = [(actor.keys.open(row.to).partition("\n")[0].strip().casefold(), row.kind) for row in rows]
    heads = {one: one.partition(",")[0].strip() for one in names}
    found = Agency.objects.filter(name__in=heads.values()).values_list("name", "kind")
    offices = {name.casefold(): OFFICES.get(kind, ()) for name, kind in found}
    return {
        one: letters.known_as(
            {kind for to, kind in sent if to == one.strip().casefold()}, offices.get(head.casefold())
        )
        for one, head in heads.items()
    }  # fmt: skip


def refuse_left(asked_by: UUID, at: datetime) -> None:
    """What somebody offered who has left is taken by nobody on their behalf: a lead offers it anew."""
    if not Membership.objects.current(at).filter(pk=asked_by).exists():
        raise RuleBroken(words("asker_left", "Whoever asked this has left. Ask a lead to offer you the case anew."))


def drop_resting_on(actor: Actor, consent: Consent) -> None:
    """Nobody is pressed any more on a consent that was taken back."""
    for row in Chaser.objects.filter(consent=consent, state=ChaserState.OPEN):
        row.state = ChaserState.DROPPED.value
        row.save(update_fields=("state",))
        step = ChaserStep(
            circle_id=row.circle_id, chaser=row, deed=ChaserDeed.DROPPED, on=london_day(actor.at),
            by_id=actor.membership_id, at=actor.at,
        )  # fmt: skip
        actor.keys.seal(step, words="The consent was taken back.")
        step.save(force_insert=True)
        actor.record(row.circle_id, "casework.agency_dropped", chaser=row.pk)


def note_looking(actor: Actor, circle: UUID, doing: str) -> None:
    """Note that the actor views, or writes in, a page of a circle. Written once a minute; it lapses by itself."""
    lease = timedelta(minutes=EDITING_MINUTES if writes_at(doing) else LOOKING_MINUTES)
    mine = Looking.objects.filter(circle=circle, membership=actor.membership_id, doing=doing).first()
    if mine is None:
        Looking.objects.filter(membership=actor.membership_id, until__lt=actor.at).exclude(doing=READ).delete()
        Looking.objects.get_or_create(
            circle_id=circle, membership_id=actor.membership_id, doing=doing,
            defaults={"since": actor.at, "until": actor.at + lease},
        )  # fmt: skip
    elif mine.until < actor.at:
        Looking.objects.filter(pk=mine.pk).update(since=actor.at, until=actor.at + lease)
    elif mine.until < actor.at + lease - AGAIN:
        Looking.objects.filter(pk=mine.pk).update(until=actor.at + lease)


def end_looking(actor: Actor, at: str) -> None:
    """Forget that the actor has this page open."""
    Looking.objects.filter(membership=actor.membership_id, doing=at).delete()


def supervised_on(members: Collection[UUID]) -> dict[UUID, date]:
    """The day of the last supervision of each of these members of staff who had one; no word of it."""
    return dict(Supervision.objects.filter(whose__in=members).order_by("on", "pk").values_list("whose", "on"))


def came_whole(actor: Actor, crime_reference: str) -> None:
    """A report with this reference came in whole: what was kept of it as not taken in is cleared and marked taken."""
    mark = RejectedReport.marked(actor.agency_id, f"number|{same_number(crime_reference)}")
    rows = RejectedReport.objects.select_for_update(of=("self",))
    row = rows.filter(agency=actor.agency_id, mark=mark, state="waiting").first()
    if row is None:
        return
    row.state, row.ended_at, row.ended_by, row.version = "taken", actor.at, actor.name[:120], F("version") + 1
    actor.keys.seal(row, told="", why="")
    row.save()
    actor.record(row.circle_id, "casework.reject_taken")
