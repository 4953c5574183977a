"""Who may know, asked for each row and as a list, answers as the rule of standings read in plain words does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from joindots.agencies.models import Membership, Team, User
from joindots.casework.models import Case
from joindots.circles.models import Circle, Exclusion, Known, Standing, _known_sql
from tests.stage import NOW, Stage

DAY = timedelta(days=1)
Change = Callable[[Circle, Membership], object]


def shut(circle: Circle, **whom: object) -> None:
    by = circle.standings.values_list("membership", flat=True)[0]
    Exclusion.objects.create(circle=circle, reason="kin", by_id=by, at=NOW, **whom)


def in_team(circle: Circle, who: Membership) -> None:
    team = Team.objects.create(agency=who.agency, name="Kept out")
    Membership.objects.filter(pk=who.pk).update(team=team)
    shut(circle, team=team)


def standing(**values: object) -> Change:
    return lambda circle, who: Standing.objects.filter(circle=circle, membership=who).update(**values)


def membership(**values: object) -> Change:
    return lambda circle, who: Membership.objects.filter(pk=who.pk).update(**values)


CHANGES: dict[str, tuple[Change, bool, bool]] = {
    "nothing": (lambda circle, who: None, True, True),
    "begins now": (standing(starts=NOW), True, True),
    "begins later": (standing(starts=NOW + DAY), False, False),
    "ends now": (standing(ends=NOW), False, False),
    "ends later": (standing(ends=NOW + DAY), True, True),
    "only to read": (standing(read_only=True), True, False),
    "membership over": (membership(ends=NOW), False, False),
    "membership to come": (membership(starts=NOW + DAY), False, False),
    "account shut": (lambda circle, who: User.objects.filter(pk=who.user_id).update(is_active=False), False, False),
    "user kept out": (lambda circle, who: shut(circle, user=who.user), False, False),
    "another kept out": (lambda circle, who: shut(circle, user=User.objects.create(username="else")), True, True),
    "team kept out": (in_team, False, False),
}  # fmt: skip


@pytest.mark.parametrize("told", CHANGES)
def test_who_may_know_is_the_same_whichever_way_it_is_asked(stage: Stage, told: str) -> None:
    change, reads, writes = CHANGES[told]
    here, other = (Case.objects.get(reference=stage.case().key).circle for _ in range(2))
    who = stage.memberships["asha"]
    change(here, who)
    for write, known in ((False, reads), (True, writes)):
        for picked in (False, True):
            found = Circle.objects.known_to(who.pk, NOW, write=write, picked=picked).filter(pk__in=[here.pk, other.pk])
            assert (here in found) is known, (write, picked)
            if here.exclusions.count() or told in ("nothing", "only to read"):
                assert other in found, "what is said of one circle says nothing of another"
            inside = Case.objects.filter(circle__in=found.values("pk"))  # a query inside a query
            assert (inside.filter(circle=here).count() == 1) is known
            assert Circle.objects.exclude(pk__in=found.values("pk")).filter(pk=here.pk).exists() is not known
    assert not Circle.objects.known_to(stage.memberships["stranger"].pk, NOW, picked=True).exists()


def test_a_standing_is_never_asked_whether_its_own_column_is_known(stage: Stage) -> None:
    """The column would be that of the question itself, and every row would answer yes."""
    stage.case()
    known = _known_sql(stage.memberships["asha"].pk, NOW, False)
    with pytest.raises(ValueError, match="circles_standing"):
        list(Standing.objects.filter(Known("circle", known=known, picked=True)))
