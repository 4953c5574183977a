"""Staff of an agency: joining, leaving, other roles, and getting back in. What gives access takes two people.

Nobody ever sets another's password. A person gets a code by hand, good once and for a day, with
which they set their own password and a new second factor.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models import Q

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import makes
from joindots.agencies.models import Enrolment, Membership, PartnerToken, Team, User
from joindots.agencies.naming import USERNAME, can_be_called, tidy_username
from joindots.circles import permissions, rules
from joindots.circles.models import TwoPersonAct
from joindots.circles.tasks import leads_to_orphans, may_decide_about
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words

ROLES, RECOVERY = "staff_roles", "staff_recovery"
DECIDING = frozenset(role.value for role in permissions.DECIDE_STAFF.roles)
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXY"


@dataclass(frozen=True, slots=True)
class Code:
    """A code to hand over in person; it is shown this once."""

    username: str
    code: str
    waits: tuple[str, ...] = ()
    """Roles that the person gets once a second person agreed."""


@makes(permissions.MANAGE_STAFF)
def add_staff(actor: Actor, *, username: str, name: str, roles: tuple[str, ...], team: UUID | None = None) -> Code:
    """A new member of the actor's own agency, who cannot do anything before they enrolled themselves.

    Roles that may decide as a second person wait for one: else nobody could tell two people from one and a puppet.
    """
    username = tidy_username(username)
    can_be_called(username, name).or_raise()
    rules.can_give_roles(roles).or_raise()
    if User.objects.filter(username__iexact=username).exists():
        raise RuleBroken(
            words("username_taken", "This username is taken. Choose another, or say that they come back to you.")
        )
    return _join(actor, User.objects.create_user(username, name=name.strip()), roles, team, "staff.added")


@makes(permissions.MANAGE_STAFF)
def bring_back(actor: Actor, *, username: str, roles: tuple[str, ...], team: UUID | None = None) -> Code:
    """Somebody who left the actor's own agency comes back under their username, as new as any new member.

    The membership is another, so that no standing or key of the old one returns; what keeps the person out of a case
    still does. Whoever never left here, or may sign in anywhere now, is answered like a name that nobody has.
    """
    rules.can_give_roles(roles).or_raise()
    wanted = tidy_username(username)
    left = Membership.objects.filter(agency=actor.agency_id, ends__lte=actor.at)
    still = Membership.objects.filter(Q(ends=None) | Q(ends__gt=actor.at))
    named = User.objects.select_for_update().filter(username__iexact=wanted, is_active=True)
    found = named.filter(pk__in=left.values("user")).exclude(pk__in=still.values("user"))
    user = found.first() if USERNAME.fullmatch(wanted) else None
    if user is None:
        raise RuleBroken(
            words(
                "nobody_left", "Nobody who left your agency can come back under this username. Check how it is written."
            )
        )
    _locked_out(user)
    return _join(actor, user, roles, team, "staff.brought_back")


@makes(permissions.MANAGE_STAFF)
def end_membership(actor: Actor, *, membership: UUID, at_once: bool = False) -> None:
    """End a membership of the actor's agency now: every standing and session of it ends with it.

    Refused while something of theirs has nobody else, with all of it named, unless it must be `at_once`:
    then the leads come to know of every circle in which nobody else of the agency works.
    """
    row = _mine(actor, membership)
    if row.pk == actor.membership_id:
        raise RuleBroken(words("own_membership", "Somebody else must end your own membership."))
    left = parts.leaving(row.pk)
    if left and not at_once:
        raise RuleBroken(words("in_hand", "{all}", all=" ".join(map(str, left))))
    if left:
        leads_to_orphans(actor, row)
    row.ends = actor.at
    row.save(update_fields=("ends",))
    User.objects.filter(pk=row.user_id).update(session_key="ended")
    _over(actor, row)
    actor.record(actor.agency_id, "staff.ended", book_kind="agency", membership=row.pk, at_once=at_once)


@makes(permissions.MANAGE_STAFF)
def ask_roles(actor: Actor, *, membership: UUID, roles: tuple[str, ...]) -> UUID:
    """Ask for other roles for a member; a second person decides."""
    rules.can_give_roles(roles).or_raise()
    return _ask(actor, ROLES, _mine(actor, membership), ",".join(sorted(roles)))


@makes(permissions.MANAGE_STAFF)
def ask_recovery(actor: Actor, *, membership: UUID) -> UUID:
    """Ask that a member who lost their second factor may enrol anew; a second person decides."""
    return _ask(actor, RECOVERY, _mine(actor, membership), "")


@makes(permissions.DECIDE_STAFF)
def decide_staff(actor: Actor, *, act: UUID, agreed: bool) -> Code | None:
    """Decide as the second person. Neither who asked nor whom it is about may decide.

    An agreed recovery ends every session and factor of the person and gives a code to hand over.
    """
    row = TwoPersonAct.objects.select_for_update(of=("self",)).filter(act__in=(ROLES, RECOVERY), pk=act).first()
    if row is None or row.subject is None or not may_decide_about(actor, row):
        raise NotFound
    about = Membership.objects.select_related("user").get(agency=row.agency_id, pk=row.subject)
    rules.can_decide(
        asked_by_me=actor.user_id in (row.asked_by.user_id, about.user_id), expires=row.expires,
        decided=row.decision != "asked", at=actor.at,
    ).or_raise()  # fmt: skip
    row.decision, row.decided_by_id, row.decided_at = "agreed" if agreed else "refused", actor.membership_id, actor.at
    row.save(update_fields=("decision", "decided_by", "decided_at"))
    actor.record(about.agency_id, "staff.decided", book_kind="agency", act=row.act, membership=about.pk, agreed=agreed)
    return _carry_out(actor, row, about) if agreed else None


def _carry_out(actor: Actor, row: TwoPersonAct, about: Membership) -> Code | None:
    if row.act == ROLES:
        about.roles = [code for code in row.content.split(",") if code]
        about.save(update_fields=("roles",))
        return None
    _locked_out(about.user)
    return _code(actor, about.user)


def _over(actor: Actor, leaver: Membership) -> None:
    """What waited for a second person, by the leaver or about them, is over: nobody agrees on behalf of who left."""
    theirs = TwoPersonAct.objects.filter(Q(asked_by=leaver) | Q(subject=leaver.pk), decision="asked")
    theirs.filter(expires__gt=actor.at).update(expires=actor.at)
    PartnerToken.objects.filter(made_by=leaver, agreed_at=None, ended_at=None).update(ended_at=actor.at)


def _join(actor: Actor, user: User, roles: tuple[str, ...], team: UUID | None, what: str) -> Code:
    """A membership that begins now. What may decide about staff is asked of a second person, not given."""
    waits, now = tuple(sorted(set(roles) & DECIDING)), sorted(set(roles) - DECIDING)
    made = Membership.objects.create(
        user=user, agency_id=actor.agency_id, team=_team(actor, team), roles=now, starts=actor.at
    )
    actor.record(actor.agency_id, what, book_kind="agency", user=user.pk, roles=now)
    if waits:
        _ask(actor, ROLES, made, ",".join(sorted(roles)))
    return replace(_code(actor, user), waits=waits)


def _locked_out(user: User) -> None:
    """No session, second factor or password of the person works any more."""
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.session_key = "ended"
    user.save(update_fields=("password", "session_key"))


def _ask(actor: Actor, act: str, about: Membership, content: str) -> UUID:
    row = TwoPersonAct.objects.create(
        agency_id=actor.agency_id, act=act, subject=about.pk, content=content, content_hash="",
        asked_by_id=actor.membership_id, asked_at=actor.at,
        expires=actor.at + timedelta(hours=rules.TWO_PERSON_HOURS),
    )  # fmt: skip
    actor.record(actor.agency_id, "staff.asked", book_kind="agency", act=act, membership=about.pk, roles=content)
    return row.pk


def _mine(actor: Actor, membership: UUID) -> Membership:
    """A member of the actor's own agency who has not left; anybody else does not exist here."""
    here = Membership.objects.filter(Q(ends=None) | Q(ends__gt=actor.at), agency=actor.agency_id, pk=membership)
    row = here.select_related("user").first()
    if row is None:
        raise NotFound
    return row


def _team(actor: Actor, team: UUID | None) -> Team | None:
    if team is None:
        return None
    row = Team.objects.filter(agency=actor.agency_id, pk=team).first()
    if row is None:
        raise NotFound
    return row


def _code(actor: Actor, user: User) -> Code:
    code = "-".join("".join(secrets.choice(CODE_SIGNS) for _ in range(5)) for _ in range(4))
    Enrolment.objects.filter(user=user).delete()
    Enrolment.objects.create(user=user, code=make_password(code), expires=actor.at + timedelta(days=1))
    return Code(user.username, code)
