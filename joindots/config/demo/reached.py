"""How the story's people are reached: Maya's card as it changed, her code word, and what left by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

import msgspec

from joindots.access.door import Ref
from joindots.config.demo.opening import Opened
from joindots.notices import actions as notices
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import State
from joindots.people import actions as people
from joindots.people.rules.reaching import Card, Kind, Use, Way
from joindots.people.rules.windows import read

DAYS: Final = "Mon to Fri 12:30 to 13:15"
WEEK: Final = f"{DAYS}, Sat and Sun 13:30 to 14:30"
SAFE, HOME, DEVS = UUID(int=0x4D1), UUID(int=0x4D3), UUID(int=0x4D4)
NUMBER: Final = Way(id=SAFE, kind=Kind.NUMBER, value="07700 900122", uses=(Use.TEXT,), main=True)
PLACE: Final = Way(id=HOME, kind=Kind.ADDRESS, value="9 Larch Close, ZZ99 4LC")
MAYA: Final = Card(
    ways=(NUMBER,), windows=read(DAYS), say="the dentist", sender="Dental reminders",
    must_not_know="The choir, and anybody at work", watched="Her own phone, 07700 900101, and the shared cloud account",
)  # fmt: skip
LIVES: Final = msgspec.structs.replace(MAYA, ways=(NUMBER, PLACE))
WEEKENDS: Final = msgspec.structs.replace(LIVES, windows=read(WEEK))
WITH_EXCEPTION: Final = msgspec.structs.replace(
    WEEKENDS, exception="ring at any hour if he may come", exception_uses=(Use.CALL,)
)
BROTHER: Final = Way(id=DEVS, kind=Kind.NUMBER, value="07700 900133", uses=(Use.CALL, Use.TEXT), main=True)
DEV: Final = Card(ways=(BROTHER, PLACE), windows=read("Any day 17:00 to 22:00"), say="the garage")
ISLA: Final = Card(ways=(PLACE,), times="Only through Dev.", may_answer="Dev, her father")
FIRST_CALL: Final = (("2025-11-03 10:15", MAYA, "2025-11-03 10:16"),)
AS_SHE_TOLD: Final = (
    ("2025-11-04 12:55", MAYA, "2025-11-04 12:56"), ("2025-11-21 19:40", LIVES, ""), ("2025-11-24 12:35", WEEKENDS, ""),
    ("2026-01-08 12:40", WITH_EXCEPTION, ""),
)  # fmt: skip
TOLD: Final = "The dentist has news. Ring when you can."
ALERT: Final = "The programme told at 16:41 that he may know a family address."


def plan_reached(opened: Opened, who: str, told: tuple[tuple[str, Card, str], ...]) -> None:
    """Her card, each time that it was told anew, and the round trip by which her number was proved."""
    for at, card, proved in told:
        opened.plan(at, _setting(opened, who, at, card))
        if proved:
            opened.plan(proved, _proving(opened, who, proved))


def plan_left(opened: Opened) -> None:
    """Her code word; the text of 13 November in her window; the call of 24 March under her own exception."""
    coded, text, call = "2025-11-04 12:58", "2025-11-13 12:35", "2026-03-24 16:55"
    opened.plan(coded, lambda: people.set_code_word(
        opened.actor("asha", coded), Ref(opened.victim), word="paper lanterns", duress="paper boats"
    ))  # fmt: skip
    opened.plan(text, lambda: _texted(opened, text))
    opened.plan(call, lambda: _rang(opened, call, "2026-03-24 16:58"))


def _setting(opened: Opened, who: str, at: str, card: Card) -> Callable[[], object]:
    return lambda: people.set_card(opened.actor(who, at), Ref(opened.victim), card=card)


def _proving(opened: Opened, who: str, at: str) -> Callable[[], object]:
    return lambda: people.note_proved(opened.actor(who, at), Ref(opened.victim), way=SAFE)


def _texted(opened: Opened, at: str) -> None:
    """She is told of the arrest by a neutral text. In the demo it is noted as sent; no gateway carried it."""
    asha = opened.actor("asha", at)
    said = Said(TOLD, sender="Dental reminders")
    told = notices.write(asha, Ref(opened.circle), person=opened.victim, kind="text", said=said)
    notices.take(asha, Ref(told.id))
    notices.settle(asha, Ref(told.id), state=State.SENT, code="", gateway="demo")


def _rang(opened: Opened, at: str, ended: str) -> None:
    """Outside her hours, in her own words: `ring at any hour if he may come`. The reason stays with the call."""
    written = notices.write(
        opened.actor("asha", at), Ref(opened.circle), person=opened.victim, kind="call",
        said=Said("Tell her what the programme said. Review the plan with her."), emergency=ALERT,
    )  # fmt: skip
    notices.begin(opened.actor("asha", at), Ref(written.id))
    opened.plan(ended, lambda: notices.end_by_hand(opened.actor("asha", ended), Ref(written.id), how="done"))
