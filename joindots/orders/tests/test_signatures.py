"""A pack that waits for a signature stands on one person's Today: until signed, handed back, or changed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Agency, Membership
from joindots.circles.models import Standing
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.orders import answers
from joindots.orders.actions import packs as drafts
from joindots.orders.actions import papers as papering
from joindots.orders.actions import signatures as actions
from joindots.orders.queries import papers as queries
from joindots.orders.rules import signing
from joindots.orders.rules.signing import Signed
from joindots.orders.tests.packing import begun, fill
from tests.browsing import SignIn
from tests.stage import NOW, Stage


def colleague(stage: Stage, circle: UUID) -> UUID:
    """Somebody of the same force who works on orders in the case: the stage's lead, moved there."""
    one = stage.memberships["ruth"]
    force = Agency.objects.get(pk=stage.memberships["priya"].agency_id)
    Membership.objects.filter(pk=one.pk).update(agency=force, team=None, roles=[Role.POLICE_OFFICER.value])
    one.refresh_from_db()
    Standing.objects.create(circle_id=circle, membership=one, side="victim", basis="team", purpose="orders",
                            starts=NOW - timedelta(days=1), granted_by=stage.memberships["priya"])  # fmt: skip
    return one.pk


def today(stage: Stage, who: str) -> list[str]:
    """What of signatures stands on somebody's Today."""
    whose = [stage.memberships[who].pk]
    found = answers.due(stage.actor(who), whose, london_day(NOW), 50)
    return [one.kind for one in found if one.kind.startswith("orders.sign")]


def test_a_signature_asked_for_stands_on_that_persons_today_until_signed_handed_back_or_changed(
    stage: Stage, sign_in: SignIn
) -> None:
    circle, pack = begun(stage)
    fill(stage.actor("priya"), pack)
    ruth = colleague(stage, circle)

    def content() -> str:
        return queries.desk(stage.actor("priya"), Ref(pack)).content

    def ask(step: str) -> None:
        actions.ask_to_sign(stage.actor("priya"), Ref(pack), step=step, whom=ruth, content=content())

    with pytest.raises(RuleBroken, match="not the next"):
        ask("checker")
    papering.sign(stage.actor("priya", fresh=True), Ref(pack), step="drafter", name="DS Nand", content=content())
    with pytest.raises(RuleBroken, match="Choose a colleague"):
        actions.ask_to_sign(stage.actor("priya"), Ref(pack), step="checker", whom=uuid4(), content=content())
    ask("checker")
    assert (today(stage, "ruth"), today(stage, "priya")) == (["orders.sign"], [])
    with pytest.raises(RuleBroken, match="does not wait for you"):
        actions.hand_back(stage.actor("priya"), Ref(pack), why="x")
    page = sign_in("ruth").get(f"/orders/packs/{pack}/sign/").content.decode()
    assert "Priya asked you to sign it" in page and "Hand it back unsigned" in page
    actions.hand_back(stage.actor("ruth"), Ref(pack), why="Act 2 lacks a source")
    assert (today(stage, "ruth"), today(stage, "priya")) == ([], ["orders.sign_back"])
    told = queries.desk(stage.actor("priya"), Ref(pack)).asked
    assert told and told.why == "Act 2 lacks a source"
    ask("checker")
    assert (today(stage, "ruth"), today(stage, "priya")) == (["orders.sign"], [])
    papering.sign(stage.actor("ruth", fresh=True), Ref(pack), step="checker", name="DC Oye", content=content())
    assert today(stage, "ruth") == []
    ask("delegate")
    interim = {"asked": "no"}
    drafts.keep_part(stage.actor("priya"), Ref(pack), part="interim", sheet=interim, done=False, seen=1)
    assert today(stage, "ruth") == ["orders.sign"], "a tick is no content: what is to be signed stands"
    drafts.keep_part(stage.actor("priya"), Ref(pack), part="interim", sheet={"asked": "yes"}, done=True, seen=2)
    assert today(stage, "ruth") == [], "the content is another than what was to be signed"
    stage.close()


def test_the_drafter_is_asked_for_no_second_signature() -> None:
    drafter, content = uuid4(), "a"
    signed = [Signed("drafter", drafter, "N", NOW, content)]
    assert not signing.can_ask("checker", signed, content=content, seen=content, stops=0, whom=drafter)
    assert not signing.can_ask("checker", signed, content=content, seen="b", stops=0, whom=uuid4())
    assert not signing.can_ask("checker", signed, content=content, seen=content, stops=1, whom=uuid4())
    assert signing.can_ask("checker", signed, content=content, seen=content, stops=0, whom=uuid4())
