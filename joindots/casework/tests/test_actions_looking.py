"""Who else has a page of a case open is told, but never of somebody whom the reader's side does not hear of."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

from joindots.casework import queries
from joindots.casework.models import Case, Looking
from joindots.casework.rules.handing import place
from joindots.circles.models import Exclusion, Side, Standing
from tests.stage import Stage

CARD, PLAN = "/cases/2222-2222/contact/", "/cases/2222-2222/plan/"
HEARS = {
    Side.VICTIM: {Side.VICTIM, Side.BOTH, Side.SUSPECT}, Side.BOTH: {Side.BOTH, Side.SUSPECT},
    Side.SUSPECT: {Side.SUSPECT},
}  # fmt: skip
HOUR = timedelta(hours=1)


def test_somebody_else_viewing_or_writing_is_shown_nearest_first_and_lapses(stage: Stage) -> None:
    case = stage.case()
    Case.objects.get(reference=case.key).circle.standings.create(
        membership=stage.memberships["ruth"], side="victim", basis="team", purpose="leads", starts=stage.at
    )
    for at in (place(CARD, writes=False), place(CARD, writes=True), "read"):
        queries.looking(stage.actor("ruth"), case, at)
    told = {page: queries.looking(stage.actor("asha"), case, place(page, writes=False)) for page in (CARD, PLAN)}
    assert [(one.name, one.here, one.writes) for one in told[CARD]] == [("Ruth", True, True)]
    assert [(one.name, one.here, one.writes) for one in told[PLAN]] == [("Ruth", False, True)]
    queries.left_page(stage.actor("ruth"), place(CARD, writes=True))
    [here] = queries.looking(stage.actor("asha"), case, place(CARD, writes=False))
    assert (here.here, here.writes) == (True, False)
    assert queries.looking(stage.actor("asha", stage.at + HOUR), case) == ()
    assert CARD not in str(list(Looking.objects.values()))


def test_nobody_is_named_whom_the_readers_side_does_not_hear_of_or_who_may_not_know_of_the_case(stage: Stage) -> None:
    case = stage.case()
    circle = Case.objects.get(reference=case.key).circle
    reader, other = stage.memberships["priya"], stage.memberships["moira"]
    Looking.objects.create(
        circle=circle, membership=other, doing="view", since=stage.at, until=stage.at + timedelta(minutes=3)
    )
    shown, expected = [], []
    for mine, theirs, ended, shut in product(Side, Side, (False, True), (False, True)):
        Standing.objects.filter(circle=circle, membership__in=(reader, other)).delete()
        Exclusion.objects.filter(circle=circle).delete()
        for who, side in ((reader, mine), (other, theirs)):
            gone = stage.at if ended and who == other else None
            circle.standings.create(membership=who, side=side, basis="share", purpose="x",
                                    starts=stage.at - HOUR, ends=gone)  # fmt: skip
        if shut:
            Exclusion.objects.create(circle=circle, user=other.user, reason="conflict", by=other, at=stage.at)
        named = {one.name for one in queries.looking(stage.actor("priya"), case)}
        shown.append((mine, theirs, ended, shut, "Moira" in named))
        expected.append((mine, theirs, ended, shut, theirs in HEARS[mine] and not ended and not shut))
    assert shown == expected
