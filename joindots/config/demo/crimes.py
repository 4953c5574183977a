"""What the story tells of the crime (D08, D18, D19, D40, D53 to D55, D60): from the report to the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.config.demo.opening import Opened
from joindots.justice import actions, queries
from joindots.justice.actions import Said

S4A, BREACH = "pha_s4a_sad", "spa_s8"
COUNTS = {"s4A": 9, "24 December": 10, "2 January": 11}
"""The counts by the number of the step that charged each."""
STEPS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("2025-09-22 19:05", "recorded", "Taken on 101. Recorded as malicious communications.",
     {"offence": "mca_s1", "checks": {"course": "cannot_tell", "stalking": "no"}}),
    ("2025-10-06 14:50", "stopped", "No suspect identified.",
     {"outcome": "18", "told": "overridden", "why_not_told": "Nobody told her; it was found on 5 November."}),
    ("2025-11-12 09:06", "reclassified", "DS Nand: contact went on after she said no. PC Okoro advised.",
     {"offence": S4A, "checks": {"course": "yes", "stalking": "yes", "partner": "no"},
      "last_act": date(2025, 11, 12)}),
    ("2025-11-12 09:12", "reopened", "New evidence from her advocate: 3,404 messages and her log.",
     {"who": "DC Tom Hale, officer in the case"}),
    ("2025-11-13 08:30", "arrested", "At 07:55. Phone seized.", {}),
    ("2025-11-13 12:40", "bailed", "No contact; not to enter Clinic Street.",
     {"ends": date(2026, 2, 10), "told": "told"}),
    ("2026-01-03 11:40", "arrested", "For breach of the interim order.", {}),
    ("2026-01-03 13:50", "charge_authorised", "Stalking, and two counts of breach.", {"who": "Farah Aziz, prosecutor"}),
    ("2026-01-03 14:05", "charged", "By the full name and address he gave.",
     {"offence": S4A, "outcome": "1", "told": "told"}),
    ("2026-01-03 14:06", "charged", "Breach of 24 December.", {"offence": BREACH, "outcome": "1", "told": "told"}),
    ("2026-01-03 14:07", "charged", "Breach of 2 January.", {"offence": BREACH, "outcome": "1", "told": "told"}),
    ("2026-01-05 12:30", "court_bail", "Harrowby Magistrates’ Court: no contact, direct or through others.",
     {"told": "told"}),
    ("2026-01-05 12:35", "hearing_listed", "Sent to Northshire Crown Court: trial.", {"hearing": date(2026, 6, 8)}),
    ("2026-01-20 13:00", "vps_offered", "By DC Hale, with her advocate there. Nothing of a new address in it.", {}),
    ("2026-06-02 13:00", "vps_taken", "By DC Hale. It is to be read for her.", {}),
    ("2026-06-11 15:20", "hearing_held", "Trial of four days.", {"told": "told"}),
    ("2026-06-11 15:25", "guilty", "By verdict.", {"count": COUNTS["s4A"], "told": "told"}),
    ("2026-06-11 15:26", "guilty", "By verdict.", {"count": COUNTS["24 December"], "told": "told"}),
    ("2026-06-11 15:27", "not_guilty", "By verdict.", {"count": COUNTS["2 January"], "told": "told"}),
    ("2026-06-11 15:40", "hearing_listed", "Sentence, after reports.", {"hearing": date(2026, 7, 17)}),
    ("2026-07-17 14:30", "sentenced_custody", "14 months; a restraining order until further order.",
     {"told": "told"}),
    ("2026-11-20 08:50", "release_said", "As the prison told it. She chooses how and when she hears.",
     {"ends": date(2026, 12, 18)}),
)  # fmt: skip


TOLD: Mapping[str, tuple[str, str]] = {
    "2025-10-06": ("2025-11-12 09:20", "By Asha Verma, who found it on 5 November; DS Nand wrote to her on the 12th."),
    "2025-11-13": ("2025-11-13 12:45", "By safe text at 12:35: “the dentist has news, ring when you can”."),
    "2026-01-03": ("2026-01-03 14:10", "By Asha Verma on cover at 14:00, inside the Saturday window."),
    "2026-01-05": ("2026-01-05 13:05", "By Asha Verma by safe text."),
    "2026-06-11": ("2026-06-11 15:45", "By Asha Verma, in the building."),
}  # fmt: skip
"""When and how Maya was told of what happened on a day, by the day."""


def plan_crimes(opened: Opened) -> None:
    """Crime NS/25/104417 in the force's case, from the report on."""
    key: list[UUID] = []
    opened.plan("2025-09-22 19:00", partial(_follow, opened, key))
    for at, event, note, said in STEPS:
        opened.plan(at, partial(_step, opened, key, at, event, note, said))
    for day, (at, how) in TOLD.items():
        opened.plan(at, partial(_told, opened, date.fromisoformat(day), at, how))


def _follow(opened: Opened, key: list[UUID]) -> None:
    actor = opened.actor("priya", "2025-09-22 19:00")
    (report,) = queries.reports_to_follow(actor, Ref(opened.circle))
    what = "Messages, silent calls and waiting by a singer of her choir, since June."
    key.append(actions.follow(actor, Ref(report.id), what=what))


def _step(opened: Opened, key: list[UUID], at: str, event: str, note: str, said: dict[str, Any]) -> None:
    new = Said(event=event, on=date.fromisoformat(at[:10]), note=note, **said)
    actions.record(opened.actor("priya", at), Ref(key[0]), said=new)


def _told(opened: Opened, day: date, at: str, how: str) -> None:
    """Whatever of a day is still owed was told then."""
    actor = opened.actor("priya", at)
    for block in cases.rights_of(actor, opened.case):
        for one in block.noted:
            if one.on == day and one.state == "open":
                told_on = date.fromisoformat(at[:10])
                casework.settle_right(actor, Ref(one.id), to="met", told_on=told_on, how=how)
