"""Whoever stood once, stands elsewhere or nowhere: by every way of asking, what is hidden answers as what is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joindots.access.roles import Role
from joindots.agencies.actors import ACTING
from joindots.agencies.models import Agency, Membership, User
from joindots.circles.models import Circle, Exclusion, Side, Standing
from joindots.transfer import actions as transfer
from joindots.vault.files import SealedFile
from tests.browsing import SignIn
from tests.stage import Stage
from tests.sweeps.routes import Filled, address, fill, routes, sampled

EVERY_ROLE = [role.value for role in Role]
WAYS = ("get", "post", "head", "options", "put", "delete")
ONE_OF_EACH = [
    ("web:case", "get"), ("web:close_case", "post"), ("web:file", "get"), ("web:remove", "post"), ("web:job", "get"),
    ("web:stop_job", "post"), ("web:exhibit", "get"), ("web:pack", "get"), ("web:case_sheet", "get"),
    ("web:case_sheet", "post"), ("web:taking", "get"), ("web:fetch", "post"),
]  # fmt: skip
"""What whoever comes after the first is asked: one reading and one change of each thing that has an address."""
OF_A_CIRCLE = {"reference", "source", "job", "exhibit", "pack", "sheet", "taking"}
VALUES = re.compile(r"s\d+_x\d+|'[^']*'|\b\d+\b")


@pytest.fixture
def filled(stage: Stage, keep: Callable[[bytes], SealedFile]) -> Filled:
    """Asha's filled case; Ruth's spreadsheet of cases and her taking out."""
    stage.at = datetime.now(UTC)
    filled = fill(stage)
    filled.here["sheet"] = transfer.take_sheet(stage.actor("ruth"), name="a.csv", sealed=keep(b"Name\nMaya\n"))
    newcomer(stage, "lena", "ruth").roles.append("team_lead")
    stage.memberships["lena"].save()
    filled.here["taking"] = transfer.ask(stage.actor("ruth", fresh=True))
    stage.close()
    return filled


def newcomer(stage: Stage, name: str, beside: str) -> Membership:
    """Somebody with every role in the agency and team of another."""
    other = stage.memberships[beside]
    user = User.objects.create(username=name, name=name.capitalize())
    stage.memberships[name] = Membership.objects.create(
        user=user, agency=other.agency, team=other.team, roles=EVERY_ROLE, starts=stage.at - timedelta(days=9)
    )
    return stage.memberships[name]


def stood(stage: Stage, membership: Membership, ended: timedelta | None, **more: object) -> None:
    """A standing that began two days ago in every circle there is, and ended so long ago."""
    for circle in Circle.objects.all():
        Standing.objects.create(
            circle=circle, membership=membership, side=Side.VICTIM, basis="share", purpose="x",
            starts=stage.at - timedelta(days=2), ends=stage.at - ended if ended else None, **more,
        )  # fmt: skip


def no_standing(stage: Stage, sign_in: SignIn) -> Client:
    newcomer(stage, "no_standing", "asha")
    return sign_in("no_standing")


def standing_over(stage: Stage, sign_in: SignIn) -> Client:
    stood(stage, newcomer(stage, "standing_over", "priya"), timedelta(seconds=1))
    return sign_in("standing_over")


def emergency_over(stage: Stage, sign_in: SignIn) -> Client:
    stood(stage, newcomer(stage, "emergency_over", "asha"), timedelta(seconds=1), read_only=True)
    return sign_in("emergency_over")


def membership_over(stage: Stage, sign_in: SignIn) -> Client:
    """The one she stood by is over; another of hers goes on."""
    gone = newcomer(stage, "membership_over", "asha")
    stood(stage, gone, None)
    Membership.objects.create(
        user=gone.user, agency=stage.memberships["priya"].agency, roles=EVERY_ROLE, starts=gone.starts
    )
    Membership.objects.filter(pk=gone.pk).update(ends=stage.at - timedelta(seconds=1))
    return sign_in("membership_over")


def team_kept_out(stage: Stage, sign_in: SignIn) -> Client:
    """She stands in all, and her whole team is kept out. She has tried before: the first try tells a guardian."""
    row = newcomer(stage, "team_kept_out", "priya")
    stood(stage, row, None)
    for circle in Circle.objects.all():
        Exclusion.objects.create(circle=circle, team=row.team, reason="kin", by=stage.memberships["asha"], at=stage.at)
    return sign_in("team_kept_out")


def acting_elsewhere(stage: Stage, sign_in: SignIn) -> Client:
    """Asha herself, while she acts for another agency."""
    mine = stage.memberships["asha"]
    far = Agency.objects.create(name="Farshire", kind="advocacy")
    other = Membership.objects.create(user=mine.user, agency=far, roles=EVERY_ROLE, starts=mine.starts)
    client = sign_in("asha")
    session = client.session
    session[ACTING] = str(other.pk)
    session.save()
    return client


def asked(client: Client, way: str, where: str) -> tuple[object, ...]:
    """Status, bytes, headers and the statements that the answer took, without their values."""
    with CaptureQueriesContext(connections["default"]) as main, CaptureQueriesContext(connections["keys"]) as keys:
        told = getattr(client, way)(where)
    took = [[VALUES.sub("?", one["sql"]) for one in statements.captured_queries] for statements in (main, keys)]
    for alias in ("default", "keys"):
        connections[alias].queries_log.clear()
    content = b"".join(told.streaming_content) if told.streaming else told.content
    return told.status_code, content, sorted(told.headers.items()), took


COMERS = (no_standing, standing_over, emergency_over, membership_over, acting_elsewhere, team_kept_out)


def test_what_is_hidden_answers_as_what_is_not_there_and_takes_the_same_work(
    stage: Stage, filled: Filled, sign_in: SignIn
) -> None:
    names = sampled(name for name, parameters in routes() if set(parameters) & OF_A_CIRCLE)
    assert len(names) > 20
    ways = [(name, way) for name in names for way in WAYS]
    for come in COMERS:
        client = come(stage, sign_in)
        client.raise_request_exception = False
        client.get(address("web:case", filled.nowhere))  # an agency's book begins with its first entry
        for name, way in ways:
            here, nowhere = address(name, filled.here), address(name, filled.nowhere)
            if come is team_kept_out:  # the first try tells a guardian, once an hour
                getattr(client, way)(here)
            hidden, missing = asked(client, way, here), asked(client, way, nowhere)
            assert hidden[0] in (404, 405), (come, name, way)
            assert hidden == missing, (come, name, way)
        ways = ONE_OF_EACH
