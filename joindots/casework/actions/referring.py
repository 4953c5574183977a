"""Referring somebody to an agency or service, chasing, taking back; and answering what came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.agencies.models import Agency, Membership
from joindots.casework import permissions, rules
from joindots.casework.actions.cases import NOTHING_ELSE, Arrived, open_received
from joindots.casework.models import Case, Consent, Referral, ReferralIn
from joindots.casework.queries.referral_letter import referral_letter
from joindots.casework.rules import agreeing
from joindots.casework.rules import referring as rule
from joindots.casework.rules.intake import GRADE_WORDS, Origin
from joindots.casework.tasks import refuse_others
from joindots.circles import actions as circles
from joindots.circles.models import Circle
from joindots.kernel.decisions import Decision
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.notices import actions as notices
from joindots.notices.actions import Written
from joindots.notices.rules import outward
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import NOT_LEFT, Kind
from joindots.notices.tasks import take_back_out

PURPOSE = "a referral to answer"
MOST_REFERENCE: Final = 60
State = rule.ReferralState
NO_CONSENT_NOW: Final = words("no_consent_now", "What the person agreed to was taken back.")
"""What the other agency reads as the reason when a consent was taken back: nothing of what was said about it."""
SEEN_ALREADY: Final = words("seen_already", "This was seen already. Look again.")


def _workable(case: Case) -> Decision:
    return rules.can_work(rules.State(case.state))


def _to(state: State) -> Any:
    return lambda row: rule.can_refer_to(State(row.state), state)


@dataclass(frozen=True, slots=True)
class Referring:
    """A referral as somebody filled it in: to whom, what it says, on what basis."""

    kind: str
    name: str
    grade: str = "standard"
    agency: UUID | None = None
    service: str = ""
    whom: str = ""
    relation: str = ""
    reach: str = ""
    """How the person can be reached safely, in words, with the number; empty: only through the sender."""
    tells: Mapping[str, str] = field(default_factory=dict)
    basis: str = agreeing.CONSENT
    consent: UUID | None = None
    why: str = ""


@writes(permissions.REFER, Case, when=_workable)
def refer(actor: Actor, case: Case, *, what: Referring) -> str:
    """Send a referral. To an agency here it goes at once, and shows there nothing but itself; its reference.

    To anybody else it is written down as told elsewhere, with the same clock for the answer.
    """
    refuse_others(actor, case)
    _check(what)
    consent = _consented(actor, case, what)
    row = Referral(
        circle_id=case.circle_id, kind=what.kind, grade=what.grade, agency_id=what.agency, service=what.service[:40],
        basis=what.basis, consent=consent, tells=[one for one in rule.TELLS if what.tells.get(one, "").strip()],
        sent_at=actor.at, sent_by_id=actor.membership_id, due_on=rule.answer_by(london_day(actor.at)),
    )  # fmt: skip
    content = json.dumps(_content(what), ensure_ascii=False)
    actor.keys.seal(row, whom=what.whom, why=what.why, content=content, reach=what.reach)
    row.save()
    if what.agency is not None:
        _deliver(actor, case, row, content, what.reach)
    actor.record(case.circle_id, "casework.referred", referral=row.reference, kind=what.kind, tells=row.tells)
    return str(row.reference)


def _deliver(actor: Actor, case: Case, row: Referral, content: str, reach: str) -> None:
    """Put it into a circle of the receiving agency's own. Whom this case keeps out is kept out there too."""
    if row.agency_id == actor.agency_id:
        raise RuleBroken(words("own_referral", "To a colleague of your own agency, hand the case over instead."))
    assert row.agency_id is not None
    circle = _receiving(actor, row.agency_id, case.circle_id)
    came = ReferralIn(
        circle=circle, sent=row, kind=row.kind, grade=row.grade, source_id=actor.agency_id, sender=actor.name[:120],
        came_at=actor.at, due_on=row.due_on,
    )  # fmt: skip
    actor.keys.seal(came, content=content, reach=reach)
    came.save()
    actor.record(circle.pk, "casework.referral_came", kind=row.kind, grade=row.grade)


def _receiving(actor: Actor, agency: UUID, like: UUID | None) -> Circle:
    """A circle there for a referral; RuleBroken where nobody who is let in could answer it: it would wait for ever."""
    circle = circles.circle_for(actor, agency=agency, like=like, purpose=PURPOSE)
    there = Membership.objects.filter(pk__in=circle.standings.values("membership"))
    if not any(one.role_set & permissions.ANSWER_REFERRAL.roles for one in there):
        raise RuleBroken(words("nobody_there", "Nobody of this agency can receive it here. Reach them another way."))
    return circle


@writes(permissions.REFER, Referral)
def chase_referral(actor: Actor, referral: Referral) -> None:
    """Ask again for an answer. The receiving agency sees that it was asked again, and when."""
    refuse_others(actor, referral)
    if referral.state != State.SENT:
        raise RuleBroken(words("answered_already", "This referral was answered already."))
    referral.chased, referral.chased_at = referral.chased + 1, actor.at
    referral.save(update_fields=("chased", "chased_at"))
    ReferralIn.objects.filter(sent=referral).update(chased_at=actor.at)
    actor.record(referral.circle_id, "casework.referral_chased", referral=referral.reference)


@writes(permissions.REFER, Referral, when=_to(State.REVOKED))
def revoke_referral(actor: Actor, referral: Referral, *, why: str) -> None:
    """Take a referral back. Where no case was opened from it yet, its words are cleared at the other agency.

    Where one was, that agency sees that it was taken back and decides what it must keep.
    """
    refuse_others(actor, referral)
    if not why.strip():
        raise RuleBroken(words("revoke_why", "Write why it is taken back: the other agency sees that."))
    _revoke(actor, referral, why)


def _revoke(actor: Actor, referral: Referral, why: str) -> None:
    """Take it back here, and where it came: whoever opened a case from it is told before they get in touch."""
    came = ReferralIn.objects.select_for_update(of=("self",)).filter(sent=referral).first()
    if came is not None:
        _take_from(actor, came)
        actor.keys.seal(came, answer=why)
        came.save()
        actor.record(came.circle_id, "casework.referral_revoked")
    _stop(actor, referral)
    referral.state, referral.answered_at, referral.answered_by = State.REVOKED, actor.at, actor.name[:120]
    referral.rejected, referral.unseen = "", False
    actor.keys.seal(referral, answer=why)
    referral.save()
    actor.record(referral.circle_id, "casework.referral_revoked", referral=referral.reference)


def _take_from(actor: Actor, came: ReferralIn) -> None:
    """Clear the words of a referral that nobody took on; where a case was opened, its agency decides what it keeps."""
    if came.state == State.SENT:
        actor.keys.seal(came, content="", reach="")
    came.unseen = came.state == State.ACCEPTED
    came.state, came.answered_at, came.version = State.REVOKED, actor.at, F("version") + 1


def _revoke_resting_on(actor: Actor, consent: Consent) -> None:
    """Take back the referrals that rest on a consent which was taken back.

    One that was told outside waits on the desk instead, for somebody to tell them there.
    """
    open_ones = Referral.objects.select_for_update(of=("self",)).filter(
        consent=consent, state__in=(State.SENT, State.ACCEPTED)
    )
    for row in open_ones:
        if row.agency_id is not None:
            _revoke(actor, row, str(NO_CONSENT_NOW))
        else:
            row.unseen, row.answered_at = True, row.answered_at or actor.at
            row.save()


@writes(permissions.REFER, Referral)
def see_answer(actor: Actor, referral: Referral) -> None:
    """Say that the answer to a referral was seen and nothing more is to be done with it: it leaves the desk."""
    refuse_others(actor, referral)
    if not referral.unseen or referral.state not in (State.ACCEPTED, State.REJECTED):
        raise RuleBroken(SEEN_ALREADY)
    referral.unseen = False
    referral.save()
    actor.record(referral.circle_id, "casework.referral_seen", referral=referral.reference)


@writes(permissions.ANSWER_REFERRAL, ReferralIn)
def see_taken_back(actor: Actor, came: ReferralIn) -> None:
    """Say that it was seen that a referral was taken back after a case was opened from it: it leaves the desk."""
    if not came.unseen:
        raise RuleBroken(SEEN_ALREADY)
    came.unseen = False
    came.save()
    actor.record(came.circle_id, "casework.referral_seen")


@writes(permissions.REFER, Referral)
def note_answer(actor: Actor, referral: Referral, *, accepted: bool, rejected: str, answer: str) -> None:
    """Write down the answer of a service outside this installation."""
    refuse_others(actor, referral)
    if referral.agency_id is not None:
        raise RuleBroken(words("they_answer", "This agency answers here itself. You see it when they have."))
    state = State.ACCEPTED if accepted else State.REJECTED
    rule.can_refer_to(State(referral.state), state).or_raise()
    if not accepted and rejected not in rule.REJECTED_WORDS:
        raise RuleBroken(words("rejected_why", "Choose why it was not taken on."))
    if not accepted:
        _stop(actor, referral)
    _answered(actor, referral, state, rejected if not accepted else "", answer)


@writes(permissions.REFER, Referral)
def send_referral(actor: Actor, row: Referral, *, kind: str, to: str, sender: str = outward.SENDER,
                  subject: str = outward.SUBJECT) -> Written:  # fmt: skip
    """Queue a referral to a service outside by post or mail, past the person's safe contact. What became of it.

    It goes to whom the referral names, as it was shown, while its consent stands. On another basis it goes within days
    of the decision or not at all, and tells no way to reach the person. Refused for words that must not leave.
    """
    refuse_others(actor, row)
    rule.can_post(here=row.agency_id is not None, waits=row.state == State.SENT,
                  on_its_way=row.notice is not None and row.notice.state not in NOT_LEFT).or_raise()  # fmt: skip
    whom, until = actor.keys.open(row.whom).strip(), _until(actor, row)
    shown = referral_letter(actor, Ref(row.pk))
    if shown.stops:
        raise RuleBroken(words("referral_leak", "{what}", what=shown.stops[0]))
    written = notices.write_out(
        actor, Ref(row.circle_id), person=shown.person, kind=kind, whom=whom,
        to=to.strip() if kind == Kind.MAIL else f"{whom}\n{to.strip()}",
        said=Said(shown.text, subject.strip(), sender.strip(), outward.FILE), until=until, basis=row.basis,
    )  # fmt: skip
    row.notice_id = written.id
    row.save(update_fields=("notice",))
    actor.record(row.circle_id, "casework.referral_posted", referral=row.reference, kind=kind)
    return written


def _until(actor: Actor, row: Referral) -> date | None:
    """The last day on which it may leave: the consent's, which must stand; or days from the decision without it."""
    if row.basis != agreeing.CONSENT:
        return london_day(row.sent_at) + outward.WITHOUT_CONSENT
    today, consent = london_day(actor.at), row.consent
    if consent is None or consent.withdrawn_at is not None or (consent.until is not None and consent.until < today):
        raise RuleBroken(words("referral_consent", "What they agreed to was taken back or has ended. Ask again, and "
                               "refer anew."))  # fmt: skip
    return consent.until


def _stop(actor: Actor, referral: Referral) -> None:
    """Withdraw what of a referral still waits to leave."""
    if referral.notice_id is not None:
        take_back_out(actor, referral.circle_id, [referral.notice_id])


@writes(permissions.ANSWER_REFERRAL, ReferralIn, when=_to(State.ACCEPTED))
def accept_referral(actor: Actor, came: ReferralIn) -> str:
    """Take somebody on: a case of the receiving agency opens from what the referral says. The case's reference.

    The first-contact clock runs from when the referral came, so that waiting for an answer is no free time.
    """
    told = json.loads(actor.keys.open(came.content))
    parts = [f"{rule.TELLS_WORDS[code].capitalize()}: {text}" for code, text in told["tells"].items()]
    reference = open_received(
        actor, circle=came.circle_id, victim=told["name"], relation=told["relation"], summary="\n\n".join(parts),
        known=NOTHING_ELSE,
        arrived=Arrived(
            Origin.REFERRAL, source=f"{came.source.name}, {came.sender}", grade=came.grade, came_at=came.came_at
        ),
    )  # fmt: skip
    came.state, came.answered_at, came.answered_by_id = State.ACCEPTED, actor.at, actor.membership_id
    # What was said of reaching the person stays sealed as it came: a safe way is confirmed anew before it is used.
    came.save()
    _tell_sender(actor, came, State.ACCEPTED, "", "")
    actor.record(came.circle_id, "casework.referral_accepted")
    return reference


@writes(permissions.ANSWER_REFERRAL, ReferralIn, when=_to(State.REJECTED))
def reject_referral(actor: Actor, came: ReferralIn, *, rejected: str, answer: str) -> None:
    """Say why somebody is not taken on. The sender sees the reason; what the referral said is cleared here."""
    if rejected not in rule.REJECTED_WORDS:
        raise RuleBroken(words("rejected_why", "Choose why it was not taken on."))
    came.state, came.answered_at, came.answered_by_id = State.REJECTED, actor.at, actor.membership_id
    came.rejected = rejected
    actor.keys.seal(came, content="", reach="", answer=answer)
    came.save()
    _tell_sender(actor, came, State.REJECTED, rejected, answer)
    actor.record(came.circle_id, "casework.referral_rejected", reason=rejected)


@makes(permissions.SEND_IN)
def send_in(actor: Actor, *, reference: str, what: Referring, like: UUID | None = None) -> bool:
    """Take in a referral under the partner's own reference; False if this reference was sent before: nothing changes.

    It goes into a circle of the receiving agency, to that agency's leads, and to nobody else. Whom the circle `like`
    keeps out is kept out there too.
    """
    if not 0 < len(reference.strip()) <= MOST_REFERENCE:
        raise RuleBroken(
            words("their_reference", "Send your own reference, in up to {most} signs.", most=MOST_REFERENCE)
        )
    _check(what)
    if what.agency is None or what.agency == actor.agency_id:
        raise RuleBroken(words("agency_unknown", "Choose an agency from the list."))
    mark = ReferralIn.marked(actor.agency_id, reference)
    if ReferralIn.objects.filter(source=actor.agency_id, mark=mark).exists():
        actor.record(actor.agency_id, "casework.sent_in_again", book_kind="agency")
        return False
    circle = _receiving(actor, what.agency, like)
    came = ReferralIn(
        circle=circle, kind=what.kind, grade=what.grade, source_id=actor.agency_id, sender=actor.name[:120], mark=mark,
        came_at=actor.at, due_on=rule.answer_by(london_day(actor.at)),
    )  # fmt: skip
    actor.keys.seal(came, content=json.dumps(_content(what), ensure_ascii=False), reach=what.reach)
    came.save()
    actor.record(circle.pk, "casework.referral_came", kind=came.kind, grade=came.grade)
    return True


@makes(permissions.SEND_IN)
def take_back_sent_in(actor: Actor, *, reference: str) -> None:
    """Take back a referral. What it said is cleared at the receiver, unless a case was opened from it: then they see
    that it was taken back, and decide what they must keep.
    """
    rows = ReferralIn.objects.select_for_update(of=("self",))
    came = rows.filter(source=actor.agency_id, mark=ReferralIn.marked(actor.agency_id, reference)).first()
    if came is None:
        raise NotFound
    rule.can_refer_to(rule.ReferralState(came.state), rule.ReferralState.REVOKED).or_raise()
    _take_from(actor, came)
    came.save()
    actor.record(came.circle_id, "casework.referral_taken_back")


def _tell_sender(actor: Actor, came: ReferralIn, state: State, rejected: str, answer: str) -> None:
    """Keep the answer at the sender's case, if that is still there."""
    row = came.sent_id and Referral.objects.select_for_update(of=("self",)).filter(pk=came.sent_id).first()
    if not row:
        return
    rule.can_refer_to(State(row.state), state).or_raise()
    _answered(actor, row, state, rejected, answer, unseen=True)
    Referral.objects.filter(pk=row.pk).update(version=F("version") + 1)


def _answered(actor: Actor, row: Referral, state: State, rejected: str, answer: str, *, unseen: bool = False) -> None:
    row.unseen = unseen
    row.state, row.rejected, row.answered_at, row.answered_by = state, rejected, actor.at, actor.name[:120]
    actor.keys.seal(row, answer=answer)
    row.save()
    actor.record(row.circle_id, "casework.referral_answered", referral=row.reference, state=state)


def _content(what: Referring) -> dict[str, Any]:
    tells = {one: what.tells[one].strip() for one in rule.TELLS if what.tells.get(one, "").strip()}
    return {"name": what.name.strip(), "relation": what.relation, "tells": tells}


def _check(what: Referring) -> None:
    if what.kind not in rule.KIND_WORDS or what.grade not in GRADE_WORDS:
        raise RuleBroken(words("referral_unknown", "Choose what is asked for, and how soon, from the lists."))
    if not what.name.strip():
        raise RuleBroken(words("name_missing", "Enter a name, or what the person wants to be called."))
    if what.agency is None and not what.whom.strip():
        raise RuleBroken(words("referral_whom", "Choose an agency, or write to whom it goes."))
    if what.agency is not None and what.whom.strip():
        raise RuleBroken(words("two_receivers", "Choose an agency, or write to whom it goes: not both."))
    if what.agency is not None and not Agency.objects.filter(pk=what.agency).exists():
        raise RuleBroken(words("agency_unknown", "Choose an agency from the list."))
    if what.basis != agreeing.CONSENT:
        if what.basis not in agreeing.bases():
            raise RuleBroken(words("no_basis", "Choose on what basis it is shared."))
        agreeing.can_share_words(what.why).or_raise()


def _consented(actor: Actor, case: Case, what: Referring) -> Consent | None:
    """The consent to refer to exactly this agency or service, in force today."""
    if what.basis != agreeing.CONSENT:
        return None
    live = Q(until=None) | Q(until__gte=london_day(actor.at))
    rows = Consent.objects.filter(live, circle=case.circle_id, item=agreeing.Item.REFER, withdrawn_at=None)
    row = what.consent and rows.filter(agency=what.agency, pk=what.consent).first()
    if not row or (what.agency is None and not _same(actor.keys.open(row.whom), what.whom)):
        raise RuleBroken(
            words("no_consent_refer", "There is no consent to refer there. Ask, and write down what was said first.")
        )
    return row


def _same(one: str, other: str) -> bool:
    """Whether two names of somebody outside are the same."""
    return one.casefold().split() == other.casefold().split()
