"""Agencies, teams, staff accounts and memberships. Staff and agencies are not sealed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from joindots.access.roles import Role
from joindots.kernel.ids import uuid7


class Agency(models.Model):
    """One organisation: a charity, a force, an NHS trust. Its id also names its book."""

    class Kind(models.TextChoices):
        HELPLINE = "helpline", "helpline"
        ADVOCACY = "advocacy", "advocacy service"
        VICTIM_CARE = "victim_care", "victim care service"
        POLICE = "police", "police force"
        NHS = "nhs", "NHS trust"
        PROBATION = "probation", "probation service"
        PROGRAMME = "programme", "programme provider"
        PROSECUTION = "prosecution", "prosecution service"
        THERAPY = "therapy", "therapy service"
        SCHOOL = "school", "school"
        COMMISSIONER = "commissioner", "commissioner"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    buddy = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    """Whose staff may be the second person where this agency is too small."""

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team inside an agency, by which people can be kept out of a circle together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "name"), name="one_team_of_a_name"),)


class UserManager(BaseUserManager["User"]):
    """Makes staff accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """A new account; without a password it cannot sign in."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """A member of staff who can sign in. `session_key` is the one session that counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    session_key = models.CharField(max_length=40, default="", blank=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships in force."""

    def current(self, at: datetime) -> MembershipQuerySet:
        """Those that have begun and not ended at a moment, of accounts that may sign in."""
        begun = Q(starts__lte=at) & (Q(ends=None) | Q(ends__gt=at))
        return self.filter(begun, user__is_active=True)


class Membership(models.Model):
    """A user in an agency, with roles. A user acts as one membership at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT)
    roles = models.JSONField(default=list)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=models.F("starts")), name="ends_after_it_starts"
            ),
        )

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles as codes; a code no longer known gives nothing."""
        known = {role.value for role in Role}
        return frozenset(Role(code) for code in self.roles if code in known)


class Enrolment(models.Model):
    """A code with which somebody sets their own password, once and within a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="enrolment")
    code = models.CharField(max_length=160)
    expires = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)


class PartnerToken(models.Model):
    """A key by which a partner's system comes in: as one membership, narrowed to what its scopes name, until a day.

    The key itself is shown once and not kept, only its digest. It opens nothing before another person has agreed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires = models.DateTimeField()
    agreed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("made_by")), name="another_agrees_to_a_token"
            ),
        )


class HeldPost(models.Model):
    """A form that somebody sent when their session had ended: held for a day, for them alone, and never sent by
    itself. `fields` is sealed under the key of the circle it was written for, and goes with it; under a key of the
    installation where its page belongs to none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    owner = models.UUIDField(null=True, db_index=True)
    """Whose key seals it: a circle, or a room of therapy."""
    at = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField(default=0)
    """Of its seal: raised each time it is sealed anew."""
    fields = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "path"), name="one_held_of_a_page"),)


class FormSent(models.Model):
    """That a form was sent, for a minute: the same one sent again is answered as the first."""

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(db_index=True)
    answer = models.CharField(max_length=500, default="", blank=True)
    """Where it led; empty while it is being done."""
