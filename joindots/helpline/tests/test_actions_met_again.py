"""That somebody rang before: offered on asking alone, to who may know, and only while the caller's yes stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership, User
from joindots.circles.models import Exclusion
from joindots.helpline import actions, queries
from joindots.helpline.actions.linking import MOST
from joindots.helpline.models import Contact, ReadyStep
from joindots.helpline.rules import shift, states
from joindots.kernel.problems import NotFound, RuleBroken
from tests.stage import NOW, Stage

RHIAN = ("07700 900777", "+44 7700 900777", "0044 7700 900777", "+44 (0)7700 900777", "07700-900-777", "447700900777")
MEGAN = ("07700 900778", "+447700900778")
WITHHELD = ("Withheld", "anonymous", "unknown", "")
SAID = st.sampled_from((*RHIAN, *MEGAN, *WITHHELD))
LINE = {"jo": "asha", "kay": "asha", "bea": "asha", "far": "priya"}
"""Jo and Kay advise where Asha works and Bea supervises them; Far advises where Priya works."""
WHO, CALLER = st.sampled_from(("jo", "kay", "far")), st.sampled_from(("", "self", "self", "friend", "doing_it"))
AT = st.integers(0, 5)
LINK = st.tuples(st.just("link"), st.sampled_from(("", "", *LINE)), AT, AT, st.sampled_from((True, True, True, False)))
LIVES = st.lists(
    st.one_of(
        st.tuples(st.just("call"), WHO, SAID, CALLER),
        LINK, LINK,
        st.tuples(st.just("taken_back"), st.sampled_from(("", "", "bea", "far")), AT, AT),
        st.tuples(st.just("was"), AT, CALLER),
        st.tuples(st.just("shut"), st.sampled_from(("jo", "kay", "bea")), AT),
    ),
    min_size=4, max_size=10,
)  # fmt: skip


def met_by(said: str) -> str:
    """The number, by the last digit; none where no number was given."""
    return said[-1] if said[-1:].isdigit() else ""


@dataclass
class Told:
    """A contact as the test knows it."""

    row: Contact
    by: str
    said: str
    caller: str
    shut: set[str] = field(default_factory=set)
    links: dict[int, str] = field(default_factory=dict)
    """Earlier contacts linked with it, by their place, and who linked each."""


@dataclass
class Life:
    """What happened so far, and who may know of it."""

    line: Stage
    told: list[Told] = field(default_factory=list)

    def knows(self, who: str, at: int) -> bool:
        """Whether somebody may know of a contact: took it, supervises its line or was linked to it; not kept out."""
        one = self.told[at]
        own = who == one.by or (who == "bea" and one.by != "far")
        return who not in one.shut and (own or any(each.links.get(at) == who for each in self.told))

    def met(self, who: str, at: int, said: str) -> set[int]:
        """Contacts that may be offered to somebody on a contact, under what was typed."""
        now = self.told[at]
        return {
            place for place, one in enumerate(self.told)
            if met_by(said) and met_by(one.said) == met_by(said) and place != at and place not in now.links
            and (one.by == "far") == (now.by == "far") and one.caller in states.THEMSELVES and who not in one.shut
        }  # fmt: skip

    def call(self, by: str, said: str, caller: str) -> None:
        ref = Ref(actions.open_contact(self.line.actor(by), channel="email"))
        number = {"number": said} if met_by(said) else {"called": said}
        actions.say(self.line.actor(by), ref, told={"caller": caller, **number})
        self.told.append(Told(Contact.objects.get(reference=ref.key), by, said, caller))

    def link(self, who: str, at: int, other: int, consent: bool) -> None:
        """Looked for and linked, by who took the contact or another; what may not be is refused and changes nothing."""
        now, earlier = self.told[at], self.told[other]
        who = who or now.by
        ref = Ref(now.row.reference)
        Contact.objects.filter(pk=now.row.pk).update(looks=0)
        refused: type[Exception] | None = None if self.knows(who, at) else NotFound
        if not refused and now.caller not in states.THEMSELVES:
            refused = RuleBroken
        if refused:
            with pytest.raises(refused):
                actions.look_earlier(self.line.actor(who), ref, typed=earlier.said)
        else:
            found = {one.id for one in actions.look_earlier(self.line.actor(who), ref, typed=earlier.said)}
            may = {self.told[one].row.pk for one in self.met(who, at, earlier.said)}
            assert found <= may and len(found) == min(len(may), MOST)
            refused = RuleBroken if not consent else None if earlier.row.pk in found else NotFound
        act: dict[str, Any] = {"other": earlier.row.pk, "typed": earlier.said, "consent": consent}
        if refused:
            with pytest.raises(refused):
                actions.link_earlier(self.line.actor(who), ref, **act)
            return
        actions.link_earlier(self.line.actor(who), ref, **act)
        now.links[other] = who

    def taken_back(self, who: str, at: int, other: int) -> None:
        """The caller takes their yes back: the link ends, and with it whatever it let anybody read."""
        links = [(place, one) for place, each in enumerate(self.told) for one in each.links]
        if links:
            at, other = links[at % len(links)]
            who = who or self.told[at].links[other]
        who = who or self.told[at].by
        ref, earlier = Ref(self.told[at].row.reference), self.told[other].row.reference
        if not (self.knows(who, at) and other in self.told[at].links and self.knows(who, other)):
            with pytest.raises(NotFound):
                actions.unlink_earlier(self.line.actor(who), ref, other=earlier)
            return
        actions.unlink_earlier(self.line.actor(who), ref, other=earlier)
        del self.told[at].links[other]

    def was(self, at: int, caller: str) -> None:
        """It turns out who called: a yes that was not the person's own links nothing."""
        one = self.told[at]
        if not self.knows(one.by, at):
            return
        actions.say(self.line.actor(one.by), Ref(one.row.reference), told={"caller": caller})
        one.caller = caller
        if caller not in states.THEMSELVES:
            one.links.clear()
            for each in self.told:
                each.links.pop(at, None)

    def shut(self, who: str, at: int) -> None:
        """A circle keeps somebody out, but for who took the contact."""
        one = self.told[at]
        if who == one.by or one.by == "far" or who in one.shut:
            return
        one.shut.add(who)
        user, by = self.line.memberships[who].user, self.line.memberships[one.by]
        Exclusion.objects.create(circle=one.row.circle, user=user, reason="kin", by=by, at=NOW)

    def shown(self) -> None:
        """Everybody opens everything: each sees what they may know of, and no word or count of anything else."""
        for who in LINE:
            hidden = [one.row.reference for at, one in enumerate(self.told) if not self.knows(who, at)]
            seen = repr(queries.desk(self.line.actor(who))) + repr(queries.hand_over(self.line.actor(who)).notes)
            for at, one in enumerate(self.told):
                if not self.knows(who, at):
                    with pytest.raises(NotFound):
                        queries.contact(self.line.actor(who), Ref(one.row.reference))
                    continue
                page = queries.contact(self.line.actor(who), Ref(one.row.reference))
                linked = {self.told[other].row.reference for other in one.links if self.knows(who, other)}
                assert {reference for reference, _, _ in page.earlier} == linked
                seen += repr(page)
            assert not [one for one in hidden if one in seen]


@pytest.fixture
def line(stage: Stage) -> Stage:
    """The line's people, ready for calls."""
    for name, colleague in LINE.items():
        agency = stage.memberships[colleague].agency
        role = Role.HELPLINE_SUPERVISOR if name == "bea" else Role.HELPLINE_ADVISER
        user = User.objects.create(username=name, name=name.capitalize())
        member = Membership.objects.create(
            user=user, agency=agency, roles=[role.value], starts=NOW - timedelta(days=90)
        )
        stage.memberships[name] = member
        for step in shift.STEPS[:4]:
            ReadyStep.objects.create(
                agency=agency, membership=member, step=step.code, done_on=(NOW - timedelta(days=9)).date(), at=NOW,
                by=stage.memberships[colleague],
            )  # fmt: skip
    return stage


def test_that_somebody_rang_before_is_shown_to_who_may_know_and_only_while_their_yes_stands(line: Stage) -> None:
    @settings(max_examples=6, deadline=None)
    @given(steps=LIVES)
    @example(steps=[("link", "", 1, 0, True), ("link", "", 2, 1, True)])  # a link was made for who linked it
    @example(steps=[("call", "jo", "Withheld", "self"), ("link", "", 4, 3, True)])  # two who gave no name
    @example(steps=[("link", "", 2, 0, True), ("taken_back", "", 0, 0)])
    @example(steps=[("link", "", 2, 0, True), ("was", 2, "friend")])
    @example(steps=[("was", 0, "doing_it"), ("link", "", 2, 0, True)])
    def each(steps: list[tuple[Any, ...]]) -> None:
        with transaction.atomic():
            life = Life(line)
            for by, said in (("kay", RHIAN[0]), ("kay", RHIAN[1]), ("jo", RHIAN[2]), ("kay", WITHHELD[0])):
                life.call(by, said, "self")
            for name, *more in steps:
                places = name != "call"
                getattr(life, name)(*(
                    one % len(life.told) if places and type(one) is int else one for one in more
                ))  # fmt: skip
            life.shown()
            line.close()
            transaction.set_rollback(True)

    each()
