"""What the story tells of risk: the first call's questions, judgements that differ, and what asked to look again.

D12, D19, D30, D34, D42, D55, D57 and D60 of the story; no level in it is anybody's but the person's who gave it.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from joindots.access.door import Ref
from joindots.config.demo.opening import Opened
from joindots.risk import actions, queries
from joindots.risk.rules.judging import Judging

FIRST_CALL = (
    ("fear", "yes", "Very frightened. “I check the street before I open the door.”"),
    ("before", "not_known", "A choir member said there was “something years ago”. Nobody knows more."),
    ("damage", "no", ""),
    ("turning_up", "no", "Once a week, by the hall door after choir."),
    ("hanging_about", "yes", "By the hall, every Tuesday in July. A light: “I can see your light.”"),
    ("threats", "no", "Not in words. The tag in the wheel arch frightened her more than a threat."),
    ("others_targeted", "yes", "Her brother had a message: “Tell her I only want to talk.”"),
)
"""D12: 7 of 11 asked. Four are left for the next time."""
JO = "Jo Whitfield, helpline adviser, Lantern Line"
OKAFOR = "Dr Sam Okafor, forensic psychologist, Northshire and Dale NHS Trust"
CALL, ARREST, PANEL = "2025-11-03 10:40", "2025-11-13 13:25", "2025-11-20 09:50"
PRISON, RELEASE = "2026-09-02 16:10", "2026-11-20 08:40"


def plan_first_call(opened: Opened) -> None:
    """The helpline's own: a form left part-done, and the adviser's judgement with its reasons."""
    opened.plan(CALL, partial(_call, opened))


def plan_risk(opened: Opened) -> None:
    """The advocate's case: three people who judge differently, changes, and how each was answered."""
    opened.plan("2025-11-04 13:20", partial(_first_contact, opened))
    bail = "Arrested, bailed to 10 February: no contact, not to enter Clinic Street."
    opened.plan(ARREST, partial(_changed, opened, ARREST, "arrest", date(2025, 11, 13), bail))
    opened.plan(PANEL, partial(_panel, opened))
    opened.plan("2025-12-05 10:10", partial(_order, opened))
    opened.plan(PRISON, partial(_from_prison, opened))
    release = "The prison says Friday 18 December. As told, not worked out."
    opened.plan(RELEASE, partial(_changed, opened, RELEASE, "release", date(2026, 12, 18), release))


def _call(opened: Opened) -> None:
    jo, circle = opened.actor("jo", CALL), Ref(opened.circle)
    asked = actions.start(jo, circle)
    for question, said, words in FIRST_CALL:
        actions.answer(jo, Ref(asked), question=question, said=said, words=words)
    judged = Judging(
        "high", date(2025, 11, 3), date(2025, 11, 10),
        "A stranger to her until the choir, five months, a tracker, he goes on after she said no, and she is very "
        "frightened. Few acts are written down yet; that says little.",
        ("person", "others"), "her brother Dev", "Referred to Stillwater today. 999 and press 55 talked through.",
        assessments=(str(asked),),
    )  # fmt: skip
    actions.judge(jo, circle, said=judged, answers=_open(opened, "jo", CALL))


def _first_contact(opened: Opened) -> None:
    at, circle = "2025-11-04 13:20", Ref(opened.circle)
    by_jo = "High: very frightened, a tracker, goes on after she said no. 7 of 11 questions asked."
    told = Judging("high", date(2025, 11, 3), date(2025, 11, 10), by_jo, ("person", "others"), "Dev", whose=JO)
    actions.judge(opened.actor("asha", at), circle, said=told)
    mine = Judging(
        "high", date(2025, 11, 4), date(2025, 11, 11),
        "As the helpline says; and he can follow her car. What is not known: whether he has done this before.",
        ("person", "others", "children"), "Dev and Isla", "Safety plan by Friday. Chats brought in on Thursday.",
    )  # fmt: skip
    actions.judge(opened.actor("asha", at), circle, said=mine)


def _panel(opened: Opened) -> None:
    """D30: side by side, not averaged."""
    circle, day = Ref(opened.circle), date(2025, 11, 20)
    priya = Judging(
        "medium", day, date(2025, 12, 18), "Arrested, bailed with conditions, and he has kept to them for a week. No "
        "threat in words. What is said of an earlier case is not confirmed.", ("person",),
        next_steps="Consider a stalking protection order.",
    )  # fmt: skip
    asha = Judging(
        "high", day, date(2025, 11, 27), "3,545 messages and texts, a tracker, her work and her brother reached, a "
        "complaint to her regulator the day after bail was told. Bail ends on 10 February.",
        ("person", "others", "children"), "Dev and Isla", "A move is planned. The clinic’s reception is told.",
    )  # fmt: skip
    okafor = Judging(
        "open", day, date(2025, 12, 18), "He will go on; whether he will be violent cannot be said from what is here.",
        ("person",), ratings=(("violence", "uncertain"), ("persistence", "high")), whose=OKAFOR,
    )  # fmt: skip
    told = (("priya", priya), ("asha", asha), ("asha", okafor))
    for number, (who, said) in enumerate(told):
        answers = _open(opened, who, PANEL) if number == 1 else ()
        actions.judge(opened.actor(who, PANEL), circle, said=said, answers=answers)


def _order(opened: Opened) -> None:
    """D34 to D36: an order made and served, a text between the two; the judgement stayed as it was."""
    at = "2025-12-05 10:10"
    _changed(opened, at, "order", date(2025, 12, 5), "Interim order made on 4 December, served on 5 December, 09:20.")
    for prompt in _open(opened, "asha", at):
        why = "Told Maya before service, plan looked through with her. Still high; he wrote before it was served."
        actions.close_prompt(opened.actor("asha", at), Ref(prompt), how="same", why=why)


def _from_prison(opened: Opened) -> None:
    """D55 and D57: in custody, and a letter came all the same."""
    said = Judging(
        "medium", date(2026, 9, 2), date(2026, 11, 30),
        "In custody since 17 July. He wrote from there in another prisoner’s name. She cannot be reached by him in "
        "person until release; nothing else is lower.",
        ("person", "others"), "Dev and Isla", "The unwanted prisoner contact service is asked.",
        (("violence", "uncertain"), ("persistence", "high"), ("recurrence", "high")),
    )  # fmt: skip
    actions.judge(opened.actor("asha", PRISON), Ref(opened.circle), said=said, answers=_open(opened, "asha", PRISON))


def _changed(opened: Opened, at: str, kind: str, day: date, said: str) -> None:
    actions.note_change(opened.actor("asha", at), Ref(opened.circle), kind=kind, day=day, said=said)


def _open(opened: Opened, who: str, at: str) -> tuple[UUID, ...]:
    found = queries.prompts(opened.actor(who, at), Ref(opened.circle))
    return tuple(one.id for one in found if one.open)
