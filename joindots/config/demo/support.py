"""What Stillwater did for Maya: plans, promises, the Code's rights, court, a letter, therapy, how she copes, costs.

D08, D16, D17, D19, D30, D40, D47, D49, D53, D58 and D60 of the story, so far as support holds them.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from joindots.access.door import Ref
from joindots.casework import actions, queries
from joindots.casework.rules import letters, plans, recovery
from joindots.config.demo.opening import Opened
from joindots.people import queries as people
from joindots.people.rules.danger import SILENT

V1 = "2025-11-07 13:10"
FIRST = (
    plans.Step("already", "travel", "Goes home another way each day and never alone from choir"),
    plans.Step("already", "people", "Dev knows the shifts and rings when Maya is late", "Dev"),
    plans.Step("step", "home", "Chain, spyhole and a light at the door", "landlord", date(2025, 11, 14)),
    plans.Step("step", "work", "Reception at the clinic tells nobody who works when", "Asha", date(2025, 11, 21)),
    plans.Step("device", "online", "The shared cloud account stays as it is until evidence is kept and the police have "
               "advised", "Asha", None, "accounts"),
    plans.Step("device", "travel", "Look over car and bag every Monday; leave a tag and ring", "", None, "car"),
    plans.Step("step", "people", f"Ring 999. {SILENT}"),
)  # fmt: skip
LATER = (
    ("2025-11-21 20:10", date(2026, 1, 9), (
        plans.Step("step", "home", "Mail goes to a box; nobody is told the new street", "Asha", date(2025, 11, 28)),)),
    ("2026-01-22 16:30", date(2026, 3, 19), (
        plans.Step("step", "court", "A card with the conditions; ring Tom when one is broken", "Tom"),)),
    ("2026-03-24 17:30", date(2026, 6, 5), (
        plans.Step("step", "home", "A marker of the police on both houses; the family is told what to do", "Priya"),
        plans.Step("step", "children", "Collected only by people on the list, with a password", "Dev"))),
    ("2026-09-02 13:00", date(2026, 11, 23), (
        plans.Step("step", "work", "Letters from prison are handed over unopened", "clinic"),)),
)  # fmt: skip
RIGHTS = (
    ("2025-11-05 12:40", "reported", date(2025, 9, 22), "not_met", None,
     "Nobody offered support on the call to 101; Maya found the helpline alone."),
    ("2025-11-13 12:50", "arrested", date(2025, 11, 13), "met", date(2025, 11, 13),
     "Tom told Asha, who sent the safe text at 12:35."),
    ("2026-01-03 14:10", "charge_decision", date(2026, 1, 3), "met", date(2026, 1, 3),
     "Asha on cover, inside the Saturday window."),
    ("2026-06-11 16:20", "outcome", date(2026, 6, 11), "met", date(2026, 6, 11), "Asha told Maya in the building."),
)  # fmt: skip
COSTS = (
    ("2025-11-14 13:00", "security", "Chain, spyhole and light", 8640, date(2025, 11, 12), "AE/4"),
    ("2025-11-25 13:00", "moving", "Van for a day", 7500, date(2025, 11, 21), ""),
    ("2025-11-25 13:05", "phone", "Second phone and number", 4999, date(2025, 11, 3), "AE/5"),
    ("2026-06-12 10:00", "earnings", "Four unpaid days at the trial", 41200, date(2026, 6, 11), "payslip, with Maya"),
    ("2026-06-12 10:05", "travel", "Taxis to court", 5230, date(2026, 6, 11), ""),
)  # fmt: skip
MEADOW = (
    ("2026-03-12", "came"), ("2026-03-19", "came"), ("2026-03-26", "cancelled"), ("2026-04-02", "came"),
)  # fmt: skip


def plan_support(opened: Opened) -> None:
    """Everything in its moment."""
    opened.plan(V1, lambda: _agree(opened, V1, date(2025, 11, 21), FIRST))
    for at, review, steps in LATER:
        opened.plan(at, partial(_agree, opened, at, review, steps))
    opened.plan("2025-11-10 14:00", lambda: _asked(opened, "2025-11-10 14:00"))
    opened.plan("2025-11-12 16:00", lambda: _answered(opened, "2025-11-12 16:00"))
    for right in RIGHTS:
        opened.plan(right[0], partial(_right, opened, *right))
    for cost in COSTS:
        opened.plan(cost[0], partial(_cost, opened, *cost))
    opened.plan("2025-11-20 12:45", lambda: _letter(opened, "2025-11-20 12:45"))
    opened.plan("2026-01-08 13:00", lambda: _therapy(opened))
    opened.plan("2026-05-11 13:00", lambda: _court(opened))
    opened.plan("2026-03-24 17:40", lambda: _brothers(opened, "2026-03-24 17:40"))
    opened.plan("2025-11-07 13:30", lambda: _cope(
        opened, "2025-11-07 13:30", "yes", {"sleep": 1, "out_alone": 1, "feels_safe": 1}, ""))  # fmt: skip
    opened.plan("2026-09-30 13:00", lambda: _cope(
        opened, "2026-09-30 13:00", "less", {"sleep": 3, "out_alone": 4, "feels_safe": 2},
        "I sing again. I still look up."))  # fmt: skip
    opened.plan("2026-11-20 08:50", lambda: actions.add_task(
        opened.actor("asha", "2026-11-20 08:50"), opened.case, promised=True, due_on=date(2026, 11, 23),
        what="Ask Maya how and when to be told of the release"))  # fmt: skip


def _agree(opened: Opened, at: str, review: date, steps: tuple[plans.Step, ...]) -> None:
    by = opened.actor("asha", at)
    for step in steps:
        actions.add_step(by, opened.case, person=opened.victim, step=step)
    (mine, *_) = queries.plans_of(by, opened.case)
    assert mine.id is not None
    if at == V1:
        actions.say_holding(by, Ref(mine.id), hold="yes")
    actions.agree_plan(by, Ref(mine.id), review_on=review)


def _asked(opened: Opened, at: str) -> None:
    """C-31: the force is pressed, on what Maya agreed to."""
    by = opened.actor("asha", at)
    agreed = actions.agree(by, opened.case, what=actions.Agreement(
        "letter", "spoken", date(2025, 11, 10), whom="Northshire Constabulary", purpose="ask how the report stands"
    ))  # fmt: skip
    actions.ask_agency(
        by, opened.case, to="Northshire Constabulary", basis="consent", asked_on=date(2025, 11, 10), consent=agreed,
        ask="Reclassify NS/25/104417 as stalking, and consider a stalking protection order.",
    )  # fmt: skip


def _answered(opened: Opened, at: str) -> None:
    by = opened.actor("asha", at)
    (chaser,) = queries.chasers_of(by, opened.case)
    actions.move_chaser(by, Ref(chaser.id), deed="answered", on=date(2025, 11, 12),
                        said="Reclassified to stalking, section 4A, at 09:05; an order is looked at.")  # fmt: skip


def _right(opened: Opened, at: str, event: str, on: date, to: str, told_on: date | None, how: str) -> None:
    by = opened.actor("asha", at)
    row: UUID = actions.note_right(by, opened.case, event=event, on=on)
    actions.settle_right(by, Ref(row), to=to, told_on=told_on, how=how)


def _cost(opened: Opened, at: str, kind: str, what: str, pence: int, on: date, receipt: str) -> None:
    actions.add_cost(
        opened.actor("asha", at), opened.case, kind=kind, what=what, pence=pence, on=on, receipt=receipt
    )  # fmt: skip


def _letter(opened: Opened, at: str) -> None:
    """D30: the clinic's reception is briefed, by a letter that says no more than it needs."""
    by = opened.actor("asha", at)
    agreed = actions.agree(by, opened.case, what=actions.Agreement(
        "letter", "spoken", date(2025, 11, 20), whom="The manager", purpose="brief reception"
    ))  # fmt: skip
    draft = letters.Draft(
        "employer", "The manager\nClinic Street Physiotherapy", ("lead", "reception", "mail", "complaint"),
        reply_by=date(2025, 11, 27),
    )  # fmt: skip
    actions.make_letter(by, opened.case, draft=draft, consent=agreed)


def _therapy(opened: Opened) -> None:
    """D49: nine weeks were told, and it begins while the risk is live. What is said there is Kit's alone."""
    at = "2026-01-08 13:00"
    row = actions.refer_to_therapy(
        opened.actor("asha", at), opened.case, person=opened.victim, provider="Meadow Therapy", weeks=9,
        referred_on=date(2026, 1, 8), waits_for="place",
    )  # fmt: skip
    room = actions.open_room(opened.actor("kit", "2026-03-12 10:00"), name="Maya")
    for day, attended in MEADOW:
        actions.write_note(
            opened.actor("kit", f"{day} 17:00"), Ref(room), on=date.fromisoformat(day), attended=attended,
            said="Grounding before anything else." if attended == "came" else "",
        )  # fmt: skip
    opened.plan("2026-03-12 18:00", lambda: actions.move_therapy(
        opened.actor("asha", "2026-03-12 18:00"), Ref(row), to="started", on=date(2026, 3, 12)))  # fmt: skip


def _court(opened: Opened) -> None:
    """D53: screens by application, for this is no domestic case; and the day as it was planned."""
    by = opened.actor("asha", "2026-05-11 13:00")
    row = actions.want_measure(by, opened.case, measure="screens")
    actions.move_measure(by, Ref(row), to="asked")
    opened.plan("2026-05-20 10:00", lambda: actions.move_measure(
        opened.actor("asha", "2026-05-20 10:00"), Ref(row), to="granted"))  # fmt: skip
    day = actions.plan_court_day(
        by, opened.case, kind="trial", on=date(2026, 6, 8), court_name="Northshire Crown Court", clock="10:00",
        lines={
            "arrive": "Asha fetches you at 08:30", "entrance": "By the side, from Mill Lane",
            "wait": "The witness suite, second floor", "meet": "Asha, and the witness service at the door",
            "apart": "You go in first and leave first", "bring": "Something to drink; the scarf",
            "after": "Asha tells you in the building, before anybody writes of it",
        },
    )  # fmt: skip
    opened.plan("2026-06-11 17:00", lambda: actions.end_court_day(
        opened.actor("asha", "2026-06-11 17:00"), Ref(day), cancelled=False))  # fmt: skip


def _cope(opened: Opened, at: str, still: str, marks: dict[str, int], own: str) -> None:
    asked = recovery.Asked(date.fromisoformat(at[:10]), still, marks, {}, own)
    actions.keep_answers(opened.actor("asha", at), opened.case, asked=asked)


def _brothers(opened: Opened, at: str) -> None:
    """D47: her brother has a plan of his own."""
    by = opened.actor("asha", at)
    everyone = people.people_in(by, Ref(opened.circle))
    dev = next(one.id for one in everyone if one.name.startswith("Dev"))
    step = plans.Step("step", "home", "Ring 999 if he is seen near the house; then Asha", "Dev")
    actions.add_step(by, opened.case, person=dev, step=step)
