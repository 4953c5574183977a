"""Writing down what somebody agreed to and what was taken back, and letting others read a case for a while."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.agencies.models import Agency, Membership
from joindots.casework import permissions, rules
from joindots.casework.actions.referring import Referring, _revoke_resting_on, refer
from joindots.casework.models import Case, Consent, Letter, Referral, Share, ShareReader
from joindots.casework.rules import agreeing
from joindots.casework.tasks import drop_resting_on, refuse_others
from joindots.circles import actions as circles
from joindots.kernel.decisions import Decision
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL, london_day
from joindots.kernel.words import words
from joindots.notices.tasks import take_back_out
from joindots.people.models import Person

PURPOSE = "shared for a while"
FOLLOWS_LETTERS = 5


def _workable(case: Case) -> Decision:
    return rules.can_work(rules.State(case.state))


@dataclass(frozen=True, slots=True)
class Agreement:
    """What somebody said: to what, with whom, what for, how they said it, from when until when."""

    item: str
    how: str
    given_on: date
    agency: UUID | None = None
    whom: str = ""
    purpose: str = ""
    said: str = ""
    until: date | None = None
    person: UUID | None = None
    """Whose consent it is; None: the person being stalked."""


@writes(permissions.AGREE, Case, when=_workable)
def agree(actor: Actor, case: Case, *, what: Agreement) -> UUID:
    """Write down that somebody of the case agreed to one thing. Its id."""
    refuse_others(actor, case)
    if what.item not in agreeing.ITEM_WORDS or what.how not in agreeing.HOW_WORDS:
        raise RuleBroken(words("consent_unknown", "Choose what was agreed to, and how it was said."))
    agreeing.can_agree(
        agreeing.Item(what.item), to_somebody=bool(what.agency or what.whom.strip()), given=what.given_on,
        until=what.until, today=london_day(actor.at),
    ).or_raise()  # fmt: skip
    if what.agency is not None and not Agency.objects.filter(pk=what.agency).exists():
        raise RuleBroken(words("agency_unknown", "Choose an agency from the list."))
    row = Consent(
        circle_id=case.circle_id, person=_person(case, what.person), item=what.item, agency_id=what.agency,
        how=what.how, given_on=what.given_on, until=what.until, written_by_id=actor.membership_id, written_at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, whom=what.whom, purpose=what.purpose, said=what.said)
    row.save()
    actor.record(case.circle_id, "casework.agreed", item=what.item)
    return row.pk


@writes(permissions.REFER, Case, when=_workable)
def refer_as_agreed(actor: Actor, case: Case, *, how: str, what: Referring) -> str:
    """Write down that somebody agreed just now and refer on it: both, or nothing where either is refused."""
    said = Agreement(agreeing.Item.REFER, how, london_day(actor.at), what.agency, what.whom, "the referral")
    return refer(actor, Ref(case.pk), what=replace(what, consent=agree(actor, Ref(case.pk), what=said)))


@writes(permissions.AGREE, Consent)
def take_back(actor: Actor, consent: Consent, *, said_by: str, follows: str) -> int:
    """Take a consent back: who said so and what follows. Every share that stands on it ends now, and letters
    and referrals that rest on it are withdrawn. How many shares ended.
    """
    refuse_others(actor, consent)
    if consent.withdrawn_at is not None:
        raise RuleBroken(words("taken_back", "This was taken back already."))
    if said_by not in agreeing.TAKEN_BACK_BY or len(follows.strip()) < FOLLOWS_LETTERS:
        raise RuleBroken(words("taken_back_how", "Say who took it back, and write what follows from it."))
    consent.withdrawn_at, consent.withdrawn_by_id, consent.withdrawn_said_by = actor.at, actor.membership_id, said_by
    actor.keys.seal(consent, follows=follows)
    consent.save()
    live = list(Share.objects.filter(consent=consent, ended_at=None))
    for share in live:
        _end(actor, share, "taken_back")
    rests = [
        one for model in (Letter, Referral)
        for one in model.objects.filter(consent=consent, notice__isnull=False).values_list("notice", flat=True)
    ]  # fmt: skip
    take_back_out(actor, consent.circle_id, rests)
    _revoke_resting_on(actor, consent)
    drop_resting_on(actor, consent)
    parts.taken_back(actor, consent.pk)
    actor.record(consent.circle_id, "casework.taken_back", item=consent.item, shares=len(live))
    return len(live)


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who is to read a case, on whose side, what for, on what basis, until which day."""

    agency: UUID
    readers: Collection[UUID]
    side: str
    purpose: str
    until: date | None
    basis: str = agreeing.CONSENT
    consent: UUID | None = None
    why: str = ""
    told: str = ""


@writes(permissions.SHARE_CASE, Case, when=_workable)
def share_case(actor: Actor, case: Case, *, what: Sharing) -> UUID:
    """Let chosen people of one agency read the case until a day. With consent, or with reasons in writing. Its id.

    A share never lets anybody write, never goes further than the sharer's own side, and never opens how to reach
    somebody to people who work where the person reported works.
    """
    refuse_others(actor, case)
    today, with_consent = london_day(actor.at), what.basis == agreeing.CONSENT
    if not what.readers:
        raise RuleBroken(words("no_reader", "Choose at least one person who is to read it."))
    if not what.purpose.strip():
        raise RuleBroken(words("no_purpose", "Write what it is shared for."))
    if not with_consent and what.basis not in agreeing.bases():
        raise RuleBroken(words("no_basis", "Choose on what basis it is shared."))
    agreeing.can_share(
        consent=with_consent, why=what.why, told=what.told, until=what.until, today=today
    ).or_raise()  # fmt: skip
    assert what.until is not None
    consent = _live_consent(case, what, today) if with_consent else None
    if Membership.objects.filter(pk__in=what.readers).exclude(agency=what.agency).exists():
        raise RuleBroken(
            words("one_agency", "Share with one agency at a time, so that each share has its own reasons.")
        )
    standings = circles.share_with(
        actor, Ref(case.circle_id), memberships=set(what.readers), side=what.side, purpose=PURPOSE,
        ends=_end_of(what.until),
    )  # fmt: skip
    row = Share(
        circle_id=case.circle_id, agency_id=what.agency, side=what.side, basis=what.basis, consent=consent,
        told=what.told if not with_consent else "", by_id=actor.membership_id, at=actor.at, until=what.until,
    )  # fmt: skip
    actor.keys.seal(row, purpose=what.purpose, why=what.why)
    row.save()
    ShareReader.objects.bulk_create(
        ShareReader(share=row, membership_id=who, standing_id=standing) for who, standing in standings.items()
    )
    actor.record(case.circle_id, "casework.shared", basis=what.basis, readers=len(standings), side=what.side)
    return row.pk


@writes(permissions.SHARE_CASE, Share)
def end_share(actor: Actor, share: Share) -> None:
    """End a share now. What its readers opened before stays in the trail."""
    refuse_others(actor, share)
    if share.ended_at is not None:
        raise RuleBroken(words("share_ended", "This share has ended already."))
    _end(actor, share, "ended")


def _end(actor: Actor, share: Share, why: str) -> None:
    standings = list(share.readers.values_list("standing", flat=True))
    circles.stop_sharing(actor, Ref(share.circle_id), standings=standings)
    Share.objects.filter(pk=share.pk).update(ended_at=actor.at, ended_by=actor.membership_id, ended_why=why)
    actor.record(share.circle_id, "casework.share_ended", why=why)


def _live_consent(case: Case, what: Sharing, today: date) -> Consent:
    """The consent that was named, if it is this agency's, to be read by it, and holds today and until the end."""
    row = what.consent and Consent.objects.filter(
        pk=what.consent, circle=case.circle_id, item=agreeing.Item.SHARE, agency=what.agency, withdrawn_at=None
    ).first()  # fmt: skip
    if not row:
        raise RuleBroken(
            words(
                "no_consent", "There is no consent to share with this agency. Ask, and write down what was said first."
            )
        )
    if row.until is not None and what.until is not None and row.until < max(today, what.until):
        raise RuleBroken(
            words("consent_over", "The consent ends on {day}. Share no longer than that, or ask again.", day=row.until)
        )
    return row


def _person(case: Case, person: UUID | None) -> Person | None:
    there = Person.objects.filter(presences__circle=case.circle_id).exclude(presences__stands_as="suspect")
    if person is None:
        return there.filter(presences__stands_as="victim").first()
    found = there.filter(pk=person).first()
    if found is None:
        raise RuleBroken(words("person_unknown", "Choose somebody of this case."))
    return found


def _end_of(day: date) -> datetime:
    """The first moment after a London day."""
    return datetime.combine(day + timedelta(days=1), time(), LOCAL).astimezone(UTC)
