"""What of taking cases on waits for somebody: first contacts, cases to take, referrals, handovers, missed offers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import (
    Allocation,
    Case,
    Handover,
    Intake,
    PoliceReport,
    Referral,
    ReferralIn,
    RejectedReport,
)
from joindots.circles.models import Circle
from joindots.kernel.dots import Due, Reason
from joindots.kernel.when import LOCAL, london_day
from joindots.kernel.words import words

OPEN = Q(circle__case__state="open")
ANSWERS_WITHIN = timedelta(days=31)
"""Longer than any clock of an answer: the days that the index of what waits is searched by."""


@reads(permissions.SEE_WORK)
def taking_on(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[Due, ...]:
    """What waits for these memberships until a day, of what the actor may know of; at most so many of each kind.

    Cases that nobody has, and referrals to the agency, wait for the actor where they say who takes a case.
    """
    end = datetime.combine(until + timedelta(days=1), time(), LOCAL).astimezone(UTC)
    leads = actor.membership_id in set(whose) and bool(actor.may(permissions.ALLOCATE))
    found = [
        *_first_contacts(actor, whose, end, most), *_asked(actor, whose, most), *_handed(actor, whose, leads, most),
        *_referred(actor, whose, until, most), *_answered(actor, whose, most), *_taken_back(actor, whose, leads, most),
        *_not_offered(actor, whose, until, most),
    ]  # fmt: skip
    if leads:
        found += [*_unallocated(actor, most), *_left(actor, most), *_rejected(actor)]
    if actor.membership_id in set(whose) and actor.may(permissions.ANSWER_REFERRAL):
        found += _came(actor, most)
    shut = permissions.SEE_WORK.shut
    actor.keys.prepare(one.circle for one in found)
    told = [one for one in found if actor.keys.side(one.circle) != shut]
    actor.visit.shows(one.circle for one in told)
    return tuple(sorted(told, key=lambda one: (one.on, one.kind)))


def _of_agency(actor: Actor) -> Q:
    """Rows of circles that the actor's agency owns: few rows wait, so each is asked, and never every circle."""
    return Q(Exists(Circle.objects.filter(pk=OuterRef("circle"), agency=actor.agency_id)))


def _first_contacts(actor: Actor, whose: Collection[UUID], end: datetime, most: int) -> Iterator[Due]:
    rows = (
        Intake.objects.visible_to(actor, picked=True)
        .filter(OPEN, contact_at=None, contact_due__lt=end, circle__case__owner__in=whose)
        .exclude(circle__referral_in__unseen=True)
    )
    for row in rows.select_related("circle__case").order_by("contact_due")[:most]:
        late = row.contact_due < actor.at
        says = (
            words("due_contact_late", "Nobody has spoken with them yet. It is past the time for it.")
            if late else words("due_contact", "Speak with them for the first time.")
        )  # fmt: skip
        yield Due(
            row.circle_id, "casework.first_contact", Reason.NEW, london_day(row.contact_due), says,
            f"/cases/{row.circle.case.reference}/casework/contact/", words("due_contact_next", "Note a try"),
            row.contact_due,
        )  # fmt: skip


def _asked(actor: Actor, whose: Collection[UUID], most: int) -> Iterator[Due]:
    rows = Allocation.objects.visible_to(actor, picked=True).filter(
        OPEN, to__in=whose, state="asked", answer_by__gt=actor.at
    )
    for row in rows.select_related("circle__case", "by__user").order_by("answer_by")[:most]:
        yield Due(
            row.circle_id, "casework.asked", Reason.NEW, london_day(row.answer_by),
            words("due_asked", "{name} asks you to take this case.", name=row.by.user.name),
            f"/cases/{row.circle.case.reference}/casework/", words("due_asked_next", "Look and answer"), row.answer_by,
        )  # fmt: skip


def _handed(actor: Actor, whose: Collection[UUID], leads: bool, most: int) -> Iterator[Due]:
    """To accept, for who is asked; not accepted in time, for who asked, whose case it is, and the leads."""
    rows = Handover.objects.visible_to(actor, picked=True).filter(OPEN, state="asked").select_related("circle__case")
    rows = rows.select_related("circle__case", "giver__user", "receiver__user").order_by("answer_by")
    for row in rows.filter(receiver__in=whose, answer_by__gt=actor.at)[:most]:
        yield Due(
            row.circle_id, "casework.handover", Reason.NEW, london_day(row.answer_by),
            words("due_handover", "{name} hands this case over to you.", name=row.giver.user.name),
            "/handovers/", words("due_handover_next", "Look and accept"), row.answer_by,
        )  # fmt: skip
    told = Q(giver__in=whose) | Q(asked_by__in=whose)
    late = rows.filter(answer_by__lte=actor.at)
    late = late.filter(told | Q(circle__agency=actor.agency_id)) if leads else late.filter(told)
    for row in late[:most]:
        yield Due(
            row.circle_id, "casework.handover_late", Reason.LATE, london_day(row.answer_by),
            words("due_handover_late", "{to} did not accept this case in time. It is still with {by}.",
                  to=row.receiver.user.name, by=row.giver.user.name),
            "/handovers/", words("due_handover_late_next", "Decide what now"), row.answer_by,
        )  # fmt: skip


def _referred(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    mine = Q(sent_by__in=whose) | Q(circle__case__owner__in=whose)
    rows = Referral.objects.visible_to(actor, picked=True).filter(mine, OPEN, state="sent", due_on__lte=until)
    for row in rows.select_related("circle__case", "agency").order_by("due_on")[:most]:
        whom = row.agency.name if row.agency else actor.keys.open(row.whom)
        yield Due(
            row.circle_id, "casework.referral", Reason.LATE, row.due_on,
            words("due_referral", "{whom} has not answered the referral.", whom=whom),
            f"/cases/{row.circle.case.reference}/casework/referrals/", words("due_referral_next", "Ask again"),
        )  # fmt: skip


ANSWERS = {
    "accepted": words("due_taken_on", "{whom} takes them on."),
    "rejected": words("due_not_taken", "{whom} does not take them on: {why}."),
    "sent": words("due_tell_back", "The consent for a referral was taken back. Tell {whom}, and take it back."),
}
"""What became of a referral, as its sender reads it."""


def _answered(actor: Actor, whose: Collection[UUID], most: int) -> Iterator[Due]:
    """What others answered, until it was seen; and what somebody outside is still to be told of."""
    mine = Q(sent_by__in=whose) | Q(circle__case__owner__in=whose)
    rows = Referral.objects.visible_to(actor, picked=True).filter(mine, OPEN, unseen=True, answered_at__lte=actor.at)
    for row in rows.select_related("circle__case", "agency").order_by("answered_at")[:most]:
        assert row.answered_at is not None
        says = ANSWERS[row.state if row.agency_id else "sent"]
        whom = row.agency.name if row.agency else actor.keys.open(row.whom)
        yield Due(
            row.circle_id, "casework.referral_answered", Reason.NEW, london_day(row.answered_at),
            words(says.code, says.text, whom=whom, why=row.get_rejected_display() or "no reason was chosen"),
            f"/cases/{row.circle.case.reference}/casework/referrals/", words("due_answer_next", "Read the answer"),
        )  # fmt: skip


def _taken_back(actor: Actor, whose: Collection[UUID], leads: bool, most: int) -> Iterator[Due]:
    """Referrals taken back after a case was opened: before anybody gets in touch, somebody decides what is kept."""
    rows = ReferralIn.objects.visible_to(actor, picked=True).filter(
        _of_agency(actor), OPEN, unseen=True, answered_at__lte=actor.at
    )
    mine = Q(circle__case__owner__in=whose)
    rows = rows.filter(mine | Q(circle__case__owner=None) if leads else mine)
    for row in rows.select_related("circle__case", "source").order_by("answered_at")[:most]:
        assert row.answered_at is not None
        yield Due(
            row.circle_id, "casework.referral_back", Reason.NEW, london_day(row.answered_at),
            words("due_back", "{source} took its referral back. Decide what you must keep before anybody gets in "
                  "touch.", source=row.source.name),
            f"/cases/{row.circle.case.reference}/casework/", words("due_back_next", "Look and decide"),
        )  # fmt: skip


def _not_offered(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    rows = PoliceReport.objects.visible_to(actor, picked=True).filter(
        OPEN, missing=True, due_on__lte=until, circle__case__owner__in=whose
    )
    for row in rows.select_related("circle__case").order_by("due_on")[:most]:
        assert row.due_on is not None
        yield Due(
            row.circle_id, "casework.no_offer", Reason.LATE, row.due_on,
            words("due_no_offer", "Reported to the police, and no specialist is on record as offered and answered."),
            f"/cases/{row.circle.case.reference}/casework/reports/", words("due_no_offer_next", "Say what was offered"),
        )  # fmt: skip


def _unallocated(actor: Actor, most: int) -> Iterator[Due]:
    rows = Intake.objects.visible_to(actor, picked=True).filter(OPEN, _of_agency(actor), queued=True)
    asked = Allocation.objects.filter(state="asked", answer_by__gt=actor.at, circle__agency=actor.agency_id)
    rows = rows.exclude(circle__in=asked.values("circle"))
    for row in rows.select_related("circle__case").order_by("contact_due")[:most]:
        yield Due(
            row.circle_id, "casework.unallocated", Reason.NEW, london_day(row.contact_due),
            words("due_unallocated", "Nobody has this case yet."),
            f"/cases/{row.circle.case.reference}/casework/allocate/", words("due_unallocated_next", "Say who takes it"),
            row.contact_due,
        )  # fmt: skip


def _left(actor: Actor, most: int) -> Iterator[Due]:
    ended = Membership.objects.filter(agency=actor.agency_id, ends__lte=actor.at).values_list("pk", flat=True)
    if not (gone := list(ended)):
        return
    rows = Case.objects.visible_to(actor, picked=True).filter(_of_agency(actor), owner__in=gone, state="open")
    for row in rows.select_related("owner__user").order_by("opened_at")[:most]:
        assert row.owner is not None and row.owner.ends is not None
        yield Due(
            row.circle_id, "casework.left_behind", Reason.NEW, london_day(row.owner.ends),
            words("due_left", "{name} left, and nobody has this case.", name=row.owner.user.name),
            f"/cases/{row.reference}/casework/allocate/", words("due_unallocated_next", "Say who takes it"),
        )  # fmt: skip


def _came(actor: Actor, most: int) -> Iterator[Due]:
    rows = ReferralIn.objects.visible_to(actor, picked=True).filter(
        _of_agency(actor), state="sent", due_on__lte=london_day(actor.at) + ANSWERS_WITHIN
    )
    for row in rows.select_related("source").order_by("due_on")[:most]:
        yield Due(
            row.circle_id, "casework.referral_in", Reason.NEW, row.due_on,
            words("due_referral_in", "{source} refers somebody to you.", source=row.source.name),
            f"/referrals/{row.pk}/", words("due_referral_in_next", "Read and answer"),
        )  # fmt: skip


def _rejected(actor: Actor) -> Iterator[Due]:
    """The rows of the agency's feed that were not taken in: one thing to look at, however many there are."""
    rows = RejectedReport.objects.visible_to(actor, picked=True).filter(agency=actor.agency_id, state="waiting")
    first = rows.order_by("last_at").first()
    if first is not None:
        yield Due(
            first.circle_id, "casework.reject", Reason.NEW, london_day(first.last_at),
            words("due_rejects", "Reports of the force’s feed that were not taken in: {n}.", n=rows.count()),
            "/reports/not-taken/", words("due_rejects_next", "Look why"),
        )  # fmt: skip
