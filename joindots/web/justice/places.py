"""Where one can go under Justice in a case: the pages that the reader's role and side may open."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.casework.queries import CaseHead
from joindots.justice import queries
from joindots.web.work.doing import Place

PLACES = (
    ("crimes", "web:crimes", _("Crimes"), queries.crimes, False),
    ("told", "web:keep_told", _("Keep told"), casework.rights_of, True),
    ("primary", "web:primary_victim", _("Who is the victim"), queries.primary_victim, True),
    ("record", "web:on_record", _("Put on record"), queries.on_record, False),
    ("proceedings", "web:proceedings", _("Proceedings"), queries.proceedings, False),
    ("knowing", "web:right_to_know", _("Right to know"), queries.told_requests, True),
    ("both", "web:both_ways", _("Both histories"), queries.both_ways, False),
)  # fmt: skip
"""The pages: code, address, name, the query that tells whether somebody may see it, and whether it is for the person's
own side alone.
"""


def places(actor: Actor, head: CaseHead, here: str) -> tuple[Place, ...]:
    """The pages of justice that the actor may open in this case."""
    if head.side == "suspect":
        return ()
    return tuple(
        Place(address, says, code == here)
        for code, address, says, query, own_side in PLACES
        if actor.may(query.permission) and (head.side == "victim" or not own_side)
    )


def near_names(actor: Actor, head: CaseHead) -> tuple[queries.NearName, ...]:
    """Recorded victims whose names are near those reported, for who decides; on the victim's side alone."""
    if head.side != "victim" or not actor.may(queries.near_victims.permission):
        return ()
    return queries.near_victims(actor, Ref(head.circle))
