"""How cases were taken on in the demo: first contacts, consents, reports, referrals; and what waits on desks now.

D08, D13, D14, D17, D18 and D40 of the story; the rest is invented for the desks of today.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from joindots.access import door
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.casework import actions as casework
from joindots.casework import queries
from joindots.casework.actions import Agreement, Arrived, Offer, Referring
from joindots.config.demo.cases import moment
from joindots.config.demo.opening import Opened, Staff, is_here, whole

ARRIVED = {
    "SW-0141": Arrived(
        "referral", source="Lantern Line, R-118", grade="high", needs=("health", "outlook"), wants=("stalking",),
        area="Northshire", language="English", came_at=moment("2025-11-03 11:05"), queue=False,
    ),
}  # fmt: skip
"""How a case of the story came in, where somebody sent it."""
CRIME, FORCE = "NS/25/104417", "other"
QUEUED, REFERRED = "SW-0174", "LL-2406"


def plan_stillwater(opened: Opened) -> None:
    """Maya's advocate: the first contact and why it was late, what she agreed to, and her report to the police."""
    _plan(opened, "2025-11-04 12:52", _first_contact)
    _plan(opened, "2025-11-09 18:05", _agreed)
    _plan(opened, "2025-11-09 18:10", _reported)


def plan_police(opened: Opened) -> None:
    """Her report as the force has it: nobody there offered a specialist, and it rises to the top."""
    at = "2025-09-22 18:50"
    opened.plan(at, lambda: casework.note_report(
        opened.actor("priya", at), opened.case, force=FORCE, reported_on=date(2025, 9, 22), stage="recorded_other",
        crime_reference=CRIME, offer=Offer("no"),
    ))  # fmt: skip


def plan_lantern(opened: Opened) -> None:
    """R-118: sent on with what she agreed to, the police not among it, and taken on the same day."""
    _plan(opened, "2025-11-03 11:05", _sent_on, "jo")


def _plan(opened: Opened, at: str, do: Callable[[Actor, Opened, str], None], who: str = "asha") -> None:
    opened.plan(at, lambda: do(opened.actor(who, at), opened, at))


def _first_contact(asha: Actor, opened: Opened, at: str) -> None:
    casework.note_try(
        asha, opened.case, at=moment("2025-11-04 12:40"), how="text", outcome="reached", note="In her safe window.",
        late_why="Unallocated until 14:20 on Monday, and that day’s window was gone.",
    )  # fmt: skip


def _agreed(asha: Actor, opened: Opened, at: str) -> None:
    northshire = opened.staff["priya"].agency_id
    for what in (
        Agreement("contact", "spoken", date(2025, 11, 4), said="Text only, at lunch."),
        Agreement("hold", "spoken", date(2025, 11, 4)),
        Agreement("refer", "written", date(2025, 11, 9), northshire, purpose="to be recorded as stalking"),
        Agreement("share", "written", date(2025, 11, 9), northshire, purpose="the investigation"),
    ):
        casework.agree(asha, opened.case, what=what)


def _reported(asha: Actor, opened: Opened, at: str) -> None:
    offer = Offer("yes", date(2025, 11, 3), "other", "Stillwater Advocacy, by Lantern Line", "yes")
    report = casework.note_report(
        asha, opened.case, force=FORCE, reported_on=date(2025, 9, 22), stage="recorded_other", crime_reference=CRIME,
        offer=offer,
    )  # fmt: skip
    for when, stage in (("2025-11-12 12:40", "recorded_stalking"), ("2026-01-03 14:20", "charged")):
        opened.plan(when, partial(_went_on, opened, when, Ref(report), stage))


def _went_on(opened: Opened, at: str, report: Ref, stage: str) -> None:
    casework.change_report(opened.actor("asha", at), report, stage=stage, crime_reference=CRIME)


def _sent_on(jo: Actor, opened: Opened, at: str) -> None:
    whom = "Stillwater Advocacy"
    agreed = casework.agree(jo, opened.case, what=Agreement(
        "refer", "spoken", date(2025, 11, 3), whom=whom, purpose="an advocate of her own"
    ))  # fmt: skip
    casework.refer(jo, opened.case, what=Referring(
        "advocate", "Maya Ellwood", "high", whom=whom, reach="Text 07700 900122, Monday to Friday 12:30 to 13:15.",
        tells={"what": "A singer of her choir; silent calls, texts, a tag under her car.",
               "worries": "Very frightened. Judged high: he knows where she works.",
               "needs": "An advocate; advice on evidence."},
        consent=agreed,
    ))  # fmt: skip


def open_waiting(staff: Staff) -> None:
    """What waits now: a case that nobody has, a referral to answer, a handover that was not accepted in time."""
    if is_here(staff["tariq"], QUEUED):
        return
    with whole():
        _cards(_actor(staff, "ruth", "2026-11-02 09:30"))
        tariq = _actor(staff, "tariq", "2026-11-19 15:40")
        casework.open_case(
            tariq, victim="Milena Osk", relation="neighbour", own_number=QUEUED,
            summary="The man upstairs films her from the landing and follows her to the tram. Not a former partner.",
            arrived=Arrived(
                "contact", source="Lantern Line, call of 19 November", grade="high", needs=("shelter", "health"),
                wants=("stalking", "high_risk"), area="Northfield", language="Polish",
                came_at=moment("2026-11-19 15:10"), others=(("Jan Osk", "child"),),
            ),
        )  # fmt: skip
        door.close(tariq)
        _referred(staff)
        _handed(staff)


def _cards(ruth: Actor) -> None:
    cards = {
        "Asha Verma": casework.Card(("stalking", "high_risk"), "English, Urdu", "Northshire", 25),
        "Tariq Bell": casework.Card(("stalking", "online"), "English, Polish", "Northshire, Northfield", 20),
        "Ruth Oyelaran": casework.Card(("stalking", "high_risk", "domestic"), "English", "Northshire", 6),
    }
    for one in queries.workers(ruth):
        casework.keep_card(ruth, membership=one.membership, card=cards[one.name])
    door.close(ruth)


def _referred(staff: Staff) -> None:
    jo = _actor(staff, "jo", "2026-11-19 17:20")
    case = Ref(casework.open_case(
        jo, victim="Ruben Lake", relation="public", own_number=REFERRED,
        summary="Reads the weather on local television. A viewer writes daily and was at his door twice.",
    ))  # fmt: skip
    agency = staff["ruth"].agency_id
    agreed = casework.agree(jo, case, what=Agreement(
        "refer", "spoken", date(2026, 11, 19), agency, purpose="an advocate of his own"
    ))  # fmt: skip
    casework.refer(jo, case, what=Referring(
        "advocate", "Ruben Lake", "standard", agency, relation="public",
        reach="Ring 07700 900288 after 18:00. Voicemail is safe. Say you are from the theatre.",
        tells={"what": "Letters since August; twice at his door in November.",
               "needs": "An advocate who knows people in public life."},
        consent=agreed,
    ))  # fmt: skip
    door.close(jo)


def _handed(staff: Staff) -> None:
    asha = _actor(staff, "asha", "2026-11-18 17:00")
    [case] = queries.cases_met(asha, "SW-0171")
    casework.hand_over(
        asha, cases=[case.reference], receiver=staff["tariq"].pk, why="leave",
        note="Human resources ring back on Monday. She is reached at work only.",
    )  # fmt: skip
    door.close(asha)


def _actor(staff: Staff, who: str, at: str) -> Actor:
    return actor_as(staff[who], moment(at))
