"""Whether somebody can be told anything safely."""

from __future__ import annotations

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.circles.models import Circle, Side, in_known
from joindots.people import queries as people
from joindots.people.models import Presence
from joindots.people.tasks import other_standings


def has_safe_line(actor: Actor, circle: Circle) -> bool:
    """Whether a safe contact of the person being stalked is open to the actor: in this case, or in another of theirs.

    A force often keeps none of its own, and goes by that of the advocate who let it read her case.
    """
    if (line := people.safe_line(actor, Ref(circle.pk))) is not None and line.words:
        return True
    victims = Presence.objects.filter(circle=circle, stands_as=Presence.As.VICTIM).values_list("person", flat=True)
    known = in_known(actor, picked=True)
    others = {
        key
        for one in victims
        for key in other_standings(one, Presence.As.VICTIM).filter(known).values_list("circle", flat=True)
    }
    lines = (people.safe_line(actor, Ref(key)) for key in others if actor.keys.side(key) == Side.VICTIM)
    return any(line is not None and line.words for line in lines)
