"""What the story tells of the order (D33 to D43): its whole life so far, as the force wrote it down."""

from __future__ import annotations

from datetime import date, time
from functools import partial
from typing import Any
from uuid import UUID

from joindots.access.door import Ref
from joindots.config.demo.opening import Opened
from joindots.config.demo.packs import plan_pack
from joindots.config.demo.watch import look_at_bail, plan_watch
from joindots.law.episode import Happened
from joindots.orders import actions, queries

INTERIM_ENDS, FULL_ENDS = date(2026, 1, 15), date(2029, 1, 21)
STEPS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("2025-11-25 15:10", "decide_yes", "Grounds A to C each rest on entries of the log.", {}),
    ("2025-11-28 16:00", "chief_officer_delegate_signs", "Superintendent Marsh. Live investigation: Callum Pryce.",
     {"investigation": "live"}),
    ("2025-12-01 10:00", "complaint_lodged", "Harrowby Magistrates' Court.", {}),
    ("2025-12-01 10:05", "interim_applied", "With the main application.", {}),
    ("2025-12-04 12:50", "court_makes_interim", "Harrowby Magistrates' Court.",
     {"ends": INTERIM_ENDS, "told": "told", "clock": time(11, 20)}),
    ("2025-12-04 12:55", "hearing_listed", "Main hearing.", {"hearing": INTERIM_ENDS}),
    ("2025-12-05 09:40", "served", "In person, explained, copy given.", {"told": "told", "clock": time(9, 20)}),
    ("2025-12-07 16:40", "notified", "At the station, 16:30: names and home address.", {}),
    ("2026-01-09 16:30", "hearing_listed", "The court moved it from 15 January.", {"hearing": date(2026, 1, 22)}),
    ("2026-01-14 14:00", "interim_varied_or_renewed", "Renewed to the new hearing.",
     {"ends": date(2026, 1, 22), "told": "told"}),
    ("2026-01-22 15:20", "main_granted", "Contested. In court.", {"ends": FULL_ENDS, "told": "told"}),
    ("2026-01-22 15:30", "served_none_owed", "In court. It replaces the interim order.", {"told": "told"}),
    ("2026-02-09 17:00", "name_or_address_change", "A new address; to be notified by Wednesday 11 February.", {}),
    ("2026-02-12 11:15", "change_notified", "One day late: an offence for a person to consider.", {}),
)  # fmt: skip
Condition = tuple[str, str, str, date | None]
ZONE = ("P04", "Not to enter the area on the map attached to the order.", "As on the map.")
INTERIM: tuple[Condition, ...] = (
    ("P01", "Not to contact Maya Ellwood directly by any means.", "", None),
    ("P02", "Not to contact Maya Ellwood through anybody else.", "", None),
    (*ZONE, None),
    ("P07", "Not to track or watch Maya Ellwood by any device.", "", None),
    ("P14", "To give up the account names in the schedule.", "", None),
)
FULL: tuple[Condition, ...] = (
    (*ZONE, date(2028, 1, 21)),
    ("R02", "To take part in a programme of 12 sessions.", "", None),
)


def plan_orders(opened: Opened) -> None:
    """The order O-12 in the force's case. Its zone ends a year before the rest."""
    key: list[UUID] = []
    opened.plan("2025-11-25 15:00", partial(_consider, opened, key))
    for at, event, note, said in STEPS:
        opened.plan(at, partial(_step, opened, key, at, event, note, said))
    opened.plan("2025-12-04 13:00", partial(_terms, opened, key, "2025-12-04 13:00", INTERIM))
    opened.plan("2026-01-22 15:40", partial(_full, opened, key))
    plan_watch(opened, key)
    opened.plan("2026-07-17 16:10", partial(_restraining, opened))
    plan_bail(opened)
    plan_pack(opened, key)


Said = tuple[str, str, str, dict[str, Any]]
BAIL: tuple[tuple[str, str, tuple[Said, ...]], ...] = (
    ("bail_pre", "Arrested; phone seized. He must not come near her or write to her.", (
        ("2025-11-13 12:40", "order_made", "The custody officer: to Tuesday 10 February.", {"ends": date(2026, 2, 10)}),
        ("2025-11-13 12:41", "order_served", "At the station, as he was released.", {"told": "told"}),
        ("2026-01-03 14:10", "order_ended", "Charged: the court decides about bail now.", {"told": "told"}),
    )),
    ("bail_post", "Charged; sent to the Crown Court on bail with conditions.", (
        ("2026-01-05 12:10", "order_made", "Until the court decides anew.", {}),
        ("2026-01-05 12:11", "order_served", "In court.", {"told": "told"}),
        ("2026-07-17 16:20", "order_ended", "Sentenced: 14 months' custody.", {"told": "told"}),
    )),
)  # fmt: skip
"""Bail before and after the charge (D19, D40), with its own days and conditions."""


def plan_bail(opened: Opened) -> None:
    """Bail stands beside the order: what is dated within it is asked of its conditions too."""
    for kind, why, steps in BAIL:
        key: list[UUID] = []
        opened.plan(steps[0][0], partial(_begin_bail, opened, key, kind, why, steps[0][0]))
        for at, event, note, said in steps:
            opened.plan(at, partial(_step, opened, key, at, event, note, said))
        bailed = (("P01", "Not to contact Maya Ellwood directly or indirectly.", "", None),
                  ("P04", "Not to enter Clinic Street.", "", None))  # fmt: skip
        opened.plan(steps[1][0], partial(_terms, opened, key, steps[1][0], bailed))
        ended = f"{steps[-1][0][:10]} 17:30"
        opened.plan(ended, partial(look_at_bail, opened, key, ended))


def _begin_bail(opened: Opened, key: list[UUID], kind: str, why: str, at: str) -> None:
    on = date.fromisoformat(at[:10])
    key.append(actions.begin_other(opened.actor("priya", at), Ref(opened.circle), kind=kind, on=on, why=why))


def plan_known(opened: Opened) -> None:
    """What her advocate was told of the order (D42), kept as told."""
    opened.plan("2026-01-23 12:40", partial(_known, opened))


def _known(opened: Opened) -> None:
    at = "2026-01-23 12:40"
    key = actions.note_known(
        opened.actor("asha", at), Ref(opened.circle), kind="spo", told_by="DS Nand", told_on=date(2026, 1, 23),
        made=date(2026, 1, 22), ends=FULL_ENDS, words="To 21 January 2029; the zone for two years; a programme.",
    )  # fmt: skip
    served = Happened(event="order_served", on=date(2026, 1, 22))
    actions.note_step(opened.actor("asha", at), Ref(key), new=served, note="In court, DS Nand says.")
    for library, text, place, ends in (*INTERIM[:2], FULL[0]):
        actions.note_condition(
            opened.actor("asha", at), Ref(key), library=library, text=text, place=place, starts=None, ends=ends
        )


def _restraining(opened: Opened) -> None:
    """The restraining order with the sentence (D55): beside the other, and looked at for a clash."""
    at, on = "2026-07-17 16:10", date(2026, 7, 17)
    key = actions.begin_other(
        opened.actor("priya", at), Ref(opened.circle), kind="ro_conviction", on=on, why="Made with the sentence."
    )
    for event, note in (("order_made", "Until further order. Northshire Crown Court."), ("order_served", "In court.")):
        new = Happened(event=event, on=on, told="told")
        actions.record(opened.actor("priya", at), Ref(key), new=new, note=note)
    for library, text in (("P01", "Not to contact Maya Ellwood by any means."), ("P04", "Not to enter Clinic Street.")):
        actions.add_condition(
            opened.actor("priya", at), Ref(key), library=library, text=text, place="", starts=None, ends=None
        )


def _consider(opened: Opened, key: list[UUID]) -> None:
    why = "Six kinds of act since June, a tracker among them; he goes on after arrest; bail alone does not protect her."
    actor = opened.actor("priya", "2025-11-25 15:00")
    key.append(actions.consider(actor, Ref(opened.circle), on=date(2025, 11, 25), why=why))


def _step(opened: Opened, key: list[UUID], at: str, event: str, note: str, said: dict[str, Any]) -> None:
    new = Happened(event=event, on=date.fromisoformat(at[:10]), **said)
    actions.record(opened.actor("priya", at), Ref(key[0]), new=new, note=note)


def _terms(opened: Opened, key: list[UUID], at: str, conditions: tuple[Condition, ...]) -> None:
    actor, order = opened.actor("priya", at), Ref(key[0])
    for library, text, place, ends in conditions:
        actions.add_condition(actor, order, library=library, text=text, place=place, starts=None, ends=ends)
    if conditions is INTERIM:
        actions.protect(actor, order, name="Maya Ellwood")


def _full(opened: Opened, key: list[UUID]) -> None:
    """The full order's zone takes the place of the interim one's; the rest goes on."""
    at, order = "2026-01-22 15:40", Ref(key[0])
    actor = opened.actor("priya", at)
    zone = next(one for one in queries.order(actor, order).conditions if one.kind.code == ZONE[0])
    actions.lift(actor, order, key=zone.id, on=date(2026, 1, 22), why="The full order has a zone with its own end.")
    _terms(opened, key, at, FULL)
