"""Nobody who works where the person reported works is shown how to reach the other, whoever lets them in and how."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.agencies.models import Membership
from joindots.casework.models import Case
from joindots.circles import actions, queries
from joindots.circles.models import Circle, Standing
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.people import actions as people_actions
from joindots.people import queries as people
from tests.stage import Stage


def opened(stage: Stage) -> Ref:
    circle = Ref(Case.objects.get(reference=stage.case().key).circle_id)
    Standing.objects.create(
        circle_id=circle.key, membership=stage.memberships["ruth"], side="victim", basis="supervision", purpose="t",
        starts=stage.at,
    )  # fmt: skip
    return circle


def there(stage: Stage) -> UUID:
    return stage.memberships["priya"].agency_id


def shared(stage: Stage, circle: Ref, *who: str, side: str = "victim") -> dict[UUID, UUID]:
    return actions.share_with(
        stage.actor("asha"), circle, memberships={stage.memberships[one].pk for one in who}, side=side, purpose="p",
        ends=stage.at + timedelta(days=9),
    )  # fmt: skip


def test_one_who_works_there_is_let_in_to_read_without_any_address_and_no_further(stage: Stage) -> None:
    circle = opened(stage)
    actions.say_where_suspect_works(stage.actor("asha"), circle, agency=there(stage))
    with pytest.raises(RuleBroken, match="no address and no number"):
        shared(stage, circle, "priya", "stranger")
    assert len(shared(stage, circle, "priya", side="both")) == len(shared(stage, circle, "stranger")) == 1


def test_a_second_hat_elsewhere_does_not_pass_by_it(stage: Stage) -> None:
    circle, hat = opened(stage), stage.memberships["stranger"]
    Membership.objects.create(
        user=hat.user, agency_id=there(stage), team=stage.memberships["priya"].team, roles=hat.roles, starts=hat.starts
    )
    actions.say_where_suspect_works(stage.actor("asha"), circle, agency=there(stage))
    with pytest.raises(RuleBroken, match="works there too"):
        shared(stage, circle, "stranger")


def test_who_could_see_it_before_no_longer_can_and_a_lead_alone_changes_what_is_noted(stage: Stage) -> None:
    circle = opened(stage)
    shared(stage, circle, "priya")
    victim = people.people_in(stage.actor("asha"), circle)[0]
    people_actions.set_safe_contact(stage.actor("asha"), Ref(victim.id), number="1", times="2")
    assert people.contact_of(stage.actor("priya"), Ref(victim.id))
    with pytest.raises(NotFound):  # a share only reads: another agency's word on it counts for nothing
        actions.say_where_suspect_works(stage.actor("priya"), circle, agency=None)
    assert actions.say_where_suspect_works(stage.actor("asha"), circle, agency=there(stage)) == 1
    stage.close()
    with pytest.raises(Exception, match="not shown to your side"):
        people.contact_of(stage.actor("priya"), Ref(victim.id))
    assert queries.where_suspect_works(stage.actor("priya"), circle) is None
    told = queries.where_suspect_works(stage.actor("asha"), circle)
    assert told is not None and told.still == ()
    with pytest.raises(RuleBroken, match="A lead can change it"):
        actions.say_where_suspect_works(stage.actor("asha"), circle, agency=None)
    actions.say_where_suspect_works(stage.actor("ruth"), circle, agency=None)
    assert Circle.objects.get(pk=circle.key).restricted_from_id is None


def test_a_lead_alone_names_somebody_there_who_may_see_more_and_the_page_says_who(stage: Stage) -> None:
    circle, priya = opened(stage), stage.memberships["priya"]
    actions.say_where_suspect_works(stage.actor("ruth"), circle, agency=there(stage))
    actions.bring_in(stage.actor("ruth"), circle, membership=priya.pk, side="victim", basis="share", purpose="p")
    told = queries.where_suspect_works(stage.actor("asha"), circle)
    assert told is not None and told.still == ("Priya",)
