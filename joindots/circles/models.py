"""Circles and the one table of reasons to know."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, Q

from joindots.agencies.models import Agency, Membership, Team, User
from joindots.kernel.ids import uuid7
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    from joindots.access.actor import Actor

M = TypeVar("M", bound=models.Model)


class Side(models.TextChoices):
    """On whose side one stands. Two standings never add up."""

    VICTIM = "victim", "the person being stalked"
    SUSPECT = "suspect", "the person reported"
    BOTH = "both", "both sides, by agreement"


class CircleQuerySet(models.QuerySet["Circle"]):
    """Circles by who may know of them."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> CircleQuerySet:
        """Those where the actor's membership stands now and nobody has excluded the actor.

        Never by join and DISTINCT, so that a row can be locked (measured on PostgreSQL). For a write, a read-only
        standing (an emergency opening) is none. `picked` as in `known_to`.
        """
        return self.known_to(actor.membership_id, actor.at, write=write, picked=picked)

    def known_to(self, membership: UUID, at: datetime, *, write: bool = False, picked: bool = False) -> CircleQuerySet:
        """The same, for a membership named by its id.

        A list begins at the membership's standings; where rows are `picked` by a key or a few ids already, each is
        asked for its own. Either way the work does not grow with the number of all circles (SQLite looked at every
        one of them otherwise, and at every standing of a membership to find one case of it).
        """
        return self.filter(_in("pk", membership, at, write=write, picked=picked))


def _in(column: str, membership: UUID, at: datetime, *, write: bool, picked: bool, side: Side | None = None) -> Q:
    """Rows whose circle stands in this column and is known to the membership."""
    known = _known_sql(membership, at, write, side)
    return Q(Known(F(column), known=known, picked=picked))


@lru_cache(maxsize=256)
def _known_sql(membership: UUID, at: datetime, write: bool, side: Side | None = None) -> tuple[str, tuple[Any, ...]]:
    """The circles known to a membership at a moment, as the ORM writes it: a page asks for them some thirty times, and
    to write it anew each time took a quarter of the page.
    """
    known = Standing.objects.known_to(membership, at, write=write)
    return (known.filter(side=side) if side else known).values("circle").query.sql_with_params()


class Known(models.Func):
    """Whether the circle in one column is among the known: in their list, or, `picked`, asked for by itself."""

    output_field = models.BooleanField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        column, more = compiler.compile(self.source_expressions[0])
        known, params = self.extra["known"]
        if not self.extra["picked"]:
            return f"{column} IN ({known})", (*more, *params)
        if column.startswith('"circles_standing".'):  # inside it would be the question's own column: always yes
            raise ValueError("A row of circles_standing cannot be asked for its own circle. Ask for a list.")
        return f'EXISTS({known} AND "circles_standing"."circle_id" = {column})', (*params, *more)


class Circle(models.Model):
    """Everything about somebody belongs to a circle. It has one owning agency."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    restricted_from = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The agency in which the suspect, or kin of the suspect, works."""
    state = models.CharField(max_length=8, default="open", choices=(("open", "open"), ("erased", "erased")))

    objects = CircleQuerySet.as_manager()
    REFERENCE: ClassVar[str] = "id"

    @property
    def book(self) -> UUID:
        """The book of a circle bears its id."""
        return self.pk


def in_known(actor: Actor, *, write: bool = False, picked: bool = False, side: Side | None = None) -> Q:
    """Rows with a `circle` that the actor may know of, as `CircleQuerySet.visible_to` has it; by a standing on this
    side alone, where one is named.
    """
    return _in("circle", actor.membership_id, actor.at, write=write, picked=picked, side=side)


class InCircle(models.QuerySet[M]):
    """Rows with a `circle`, by who may know of them. A part whose rows ask for more narrows it."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> Self:
        """Those of circles that the actor may know of."""
        return self.filter(in_known(actor, write=write, picked=picked))


class InOpenCircle(InCircle[M]):
    """Rows that are no longer there once their circle is erased."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> Self:
        """Those of circles that the actor may know of and that were not erased."""
        return super().visible_to(actor, write=write, picked=picked).filter(circle__state="open")


class StandingQuerySet(models.QuerySet["Standing"]):
    """Standings in force."""

    def begun(self, at: datetime) -> StandingQuerySet:
        """Begun and not ended at a moment."""
        return self.filter(Q(starts__lte=at) & (Q(ends=None) | Q(ends__gt=at)))

    def in_force(self, at: datetime) -> StandingQuerySet:
        """Begun and not ended at a moment, of memberships that are themselves in force."""
        return self.begun(at).filter(
            Q(membership__starts__lte=at) & (Q(membership__ends=None) | Q(membership__ends__gt=at)),
            membership__user__is_active=True,
        )

    def known_to(self, membership: UUID, at: datetime, *, write: bool = False) -> StandingQuerySet:
        """Those of a membership that let it know of a circle: in force, and nobody has excluded it from there.

        For a write, a read-only standing (an emergency opening) is none. The one rule of who may know. Neither
        subquery names the standing, so a database works each out once and not for every circle (at 20,000 of them a
        list took three times as long).
        """
        them = Membership.objects.filter(pk=membership)
        shut_out = Exclusion.objects.filter(Q(user__in=them.values("user")) | Q(team__in=them.values("team")))
        standings = self.begun(at).filter(Exists(them.current(at)), membership=membership)
        standings = standings.exclude(circle__in=shut_out.values("circle"))
        return standings.filter(read_only=False) if write else standings


class Standing(models.Model):
    """Why a membership may know of a circle: the only such table."""

    class Basis(models.TextChoices):
        TEAM = "team", "on the case team"
        REFERRAL = "referral", "referred"
        SHARE = "share", "shared"
        PANEL = "panel", "on the panel"
        BREAK_GLASS = "break_glass", "opened in an emergency"
        SUPERVISION = "supervision", "supervises the team"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="standings")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="standings")
    side = models.CharField(max_length=8, choices=Side.choices)
    basis = models.CharField(max_length=12, choices=Basis.choices)
    purpose = models.CharField(max_length=120)
    read_only = models.BooleanField(default=False)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="standing_ends_no_earlier"),
            models.UniqueConstraint(
                fields=("circle", "membership"), condition=Q(ends=None), name="one_side_at_a_time_in_a_circle"
            ),
        )
        indexes = (models.Index(fields=("membership", "circle")),)


class Exclusion(models.Model):
    """A named person or team that may never know of this circle, whatever else is true."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT)
    reason = models.CharField(max_length=24)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(user=None) ^ Q(team=None), name="excludes_a_person_or_a_team"),
        )


class TwoPersonAct(models.Model):
    """Something that takes two: asked by one, bound to what exactly, decided by another, in time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1)
    circle = models.ForeignKey(Circle, null=True, on_delete=models.CASCADE, related_name="acts")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+")
    """An act is about a circle, or about a member of an agency's staff."""
    subject = models.UUIDField(null=True)
    content = models.CharField(max_length=400, default="", blank=True)
    act = models.CharField(max_length=24)
    content_hash = models.CharField(max_length=64)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires = models.DateTimeField()
    decided_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, default="asked")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="another_person_decides"
            ),
            models.CheckConstraint(condition=Q(circle=None) ^ Q(agency=None), name="about_a_circle_or_an_agency"),
        )


class BreakGlass(Row):
    """A case opened in an emergency by somebody with no standing: why, until when, reviewed by whom."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="break_glass")
    standing = models.OneToOneField(Standing, on_delete=models.CASCADE)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=24)
    reason = SealedField(tier=Tier.NARRATIVE)
    at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, default="open")


class Alert(models.Model):
    """Something that people outside the chain of whoever did it must look at: codes only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="alerts")
    to = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    about = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
