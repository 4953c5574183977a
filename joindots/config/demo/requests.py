"""The demo's requests about personal data: one of the story, answered (D50), a complaint that waits, and a drill."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from joindots.access import door
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Membership
from joindots.config.demo.cases import moment
from joindots.privacy import actions
from joindots.privacy.models import Request
from joindots.privacy.rules import Kind

KEEPER = "ruth"


def enter_requests(staff: Mapping[str, Membership]) -> None:
    """Enter what is not there yet, in the moments in which it came and was answered."""
    keeper = staff[KEEPER]
    if Request.objects.filter(owner=keeper).exists():
        return
    with transaction.atomic():
        came = actor_as(keeper, moment("2026-04-20 15:10"))
        reference = actions.register(
            came, kind=Kind.ELSE, came_on=date(2026, 4, 20), came_how="letter", who="C. Pryce",
            reach="by post, as on the letter", words="All data you hold on me, and who gave it to you.",
        )  # fmt: skip
        answered = actor_as(keeper, moment("2026-05-11 11:00"))
        actions.answer(answered, Ref(reference), answer="neither")
        waits = actor_as(keeper, moment("2026-11-02 09:40"))
        actions.register(
            waits, kind=Kind.COMPLAINT, came_on=date(2026, 11, 2), came_how="phone", who="Nia Example",
            reach="text only, 07700 900168, weekdays", words="A letter came to an old flat.",
        )  # fmt: skip
        drilled = actor_as(keeper, moment("2026-11-19 10:00"))
        drill = actions.begin_breach(
            drilled, drill=True, aware_at=moment("2026-11-19 09:45"), out="not_known",
            said="Drill: a letter with a client's address went to a flat that was left in spring.",
        )  # fmt: skip
        named = actor_as(keeper, moment("2026-11-19 10:06"))
        actions.do_step(
            named,
            Ref(drill),
            step="danger",
            answer="named",
            said="The client and her child, as invented for the drill.",
        )
        for actor in (came, answered, waits, drilled, named):
            door.close(actor)
