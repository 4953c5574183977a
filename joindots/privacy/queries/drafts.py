"""The settings as they stand, from which papers about the use of data are drafted. Nothing about a client is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import import_module

from django.apps import apps
from django.conf import settings as django_settings

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.access.holding import Holds
from joindots.access.roles import Role
from joindots.access.scopes import SCOPES
from joindots.agencies.models import Agency, Membership, PartnerToken
from joindots.circles.models import Standing
from joindots.kernel.when import london_day
from joindots.privacy import permissions
from joindots.privacy.models import Period
from joindots.privacy.rules import keeping
from joindots.privacy.rules.regime import Regime, regime_of
from joindots.vault.fields import sealed_columns


@dataclass(frozen=True, slots=True)
class Settings:
    """An agency's settings: who uses it, what is held, how long, who else is let in, and which systems come in."""

    agency: str
    kind: str
    regime: Regime
    on: date
    staff: int
    roles: tuple[tuple[str, int], ...]
    holds: tuple[tuple[str, int, int], ...]
    """Each kind of record in words, its columns that are sealed, and all its columns."""
    periods: tuple[keeping.Kept, ...]
    partners: tuple[tuple[str, str, str, int], ...]
    """Other agencies in whose favour a circle of this one is open now: name, kind, on which side, how many people."""
    systems: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Tokens in force: the system's name, as whom it acts, what it may do."""


@reads(permissions.DRAFT)
def settings(actor: Actor) -> Settings:
    """The settings of the actor's own agency at this moment."""
    agency = Agency.objects.get(pk=actor.agency_id)
    staff = list(Membership.objects.current(actor.at).filter(agency=agency))
    roles = [(role.words, sum(role in one.role_set for one in staff)) for role in Role]
    own = {one.rule: one.months for one in Period.objects.filter(agency=agency)}
    wanted = dict.fromkeys(keeping.rule_for(record, agency.kind) for record in ("case", "contact"))
    return Settings(
        agency.name, agency.get_kind_display(), regime_of(agency.kind), london_day(actor.at), len(staff),
        tuple((said, number) for said, number in roles if number), _holds(),
        tuple(keeping.kept(rule, own.get(rule)) for rule in wanted), _partners(actor), _systems(actor),
    )  # fmt: skip


def _holds() -> tuple[tuple[str, int, int], ...]:
    told: list[tuple[str, int, int]] = []
    for part in reversed(django_settings.PARTS):
        if not apps.is_installed(f"joindots.{part}"):
            continue
        try:
            tables: tuple[Holds, ...] = getattr(import_module(f"joindots.{part}.answers"), "HOLDS", ())
        except ModuleNotFoundError:
            continue
        told.extend(
            (str(one.what), len(sealed_columns(one.table)), len(one.table._meta.concrete_fields)) for one in tables
        )
    return tuple(told)


def _partners(actor: Actor) -> tuple[tuple[str, str, str, int], ...]:
    rows = (
        Standing.objects.in_force(actor.at).filter(circle__agency=actor.agency_id)
        .exclude(membership__agency=actor.agency_id)
        .values_list("membership__agency", "side", "membership").distinct()
    )  # fmt: skip
    people: dict[tuple[object, str], set[object]] = {}
    for agency, side, membership in rows:
        people.setdefault((agency, side), set()).add(membership)
    named = Agency.objects.in_bulk([agency for agency, _ in people])
    sides = {"victim": "the person being stalked", "suspect": "the person reported", "both": "both sides"}
    told = [(named[agency].name, named[agency].get_kind_display(), sides[side], len(each))
            for (agency, side), each in people.items()]  # fmt: skip
    return tuple(sorted(told))


def _systems(actor: Actor) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    rows = PartnerToken.objects.filter(
        membership__agency=actor.agency_id, ended_at=None, expires__gt=actor.at, agreed_at__isnull=False
    ).select_related("membership__user")
    return tuple(
        (row.name, row.membership.user.name, tuple(SCOPES[one].words for one in row.scopes if one in SCOPES))
        for row in rows.order_by("name")
    )
