"""What waits on two side pages of the demo: what police ask about a client, and rows of a force's feed not taken in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

from joindots.access import door
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.casework.models import RejectedReport
from joindots.config.demo.cases import moment
from joindots.config.demo.opening import Staff, whole
from joindots.notices import actions as notices
from joindots.people import actions as people
from joindots.people import queries as persons
from joindots.people.rules.reaching import Card, Kind, Use, Way
from joindots.privacy import actions, queries
from joindots.privacy.models import Request
from joindots.privacy.rules import GROUNDS
from joindots.privacy.rules import Kind as Kinds

R = TypeVar("R")
CASE, KEEPER, WORKER = "SW-0112", "ruth", "tariq"
HOME = Way(id=UUID(int=0x4D9), kind=Kind.ADDRESS, value="14 Sample Row\nZZ99 5SR", uses=(Use.POST,), main=True)
OFFICER = "DC Lena Frost, Northshire Constabulary"
FIRST = "The texts of May and June 2025, with their times, as your file has them."
SECOND = "Your notes of every talk with Owen Hart since May 2025."
LETTER = (
    "On 5 October 2026 an officer of the force asked Stillwater for what we hold about you.\n\n"
    "What they ask for: the texts of May and June 2025, with their times.\n\n"
    "Why, as they say: to look for the number that the texts came from.\n\n"
    "What happens to it: we give the texts and nothing else, if you do not speak against it by 13 October. One officer "
    "reads them; they stand in the file of the crime.\n\n"
    "You can tell us what you think of it, and you can ask us anything about it.\n"
)
ROWS = (
    casework.RejectedRow(
        2, "NS/26/118233", (("crime_reference", "NS/26/118233"), ("force", "other"), ("reported_on", "13th Nov"),
                            ("name", "Ida Quell"), ("stage", "recorded_stalking")), "NS/26/118233|13th Nov",
    ),
    casework.RejectedRow(
        7, "NS/26/117950", (("crime_reference", "NS/26/117950"), ("force", "other"), ("name", "P. Hale")),
        "NS/26/117950|no day",
    ),
)  # fmt: skip
WHY = (
    "reported_on: Input should be a valid date or datetime, invalid character in year", "reported_on: Field required",
)  # fmt: skip
AWAY = "A test of the records desk; they took it out on their side."


def enter_asked(staff: Staff) -> None:
    """A request by police that the client was told of by letter, and one that waits for the letter. None twice."""
    if Request.objects.filter(owner=staff[KEEPER], kind=Kinds.POLICE).exists():
        return
    worker = actor_as(staff[WORKER], moment("2026-10-05 11:20"))
    [case] = cases.cases_met(worker, CASE)
    head = cases.case(worker, Ref(case.reference))
    door.close(worker)
    with whole():
        _told(staff, case.reference, head.circle)
        _at(staff, KEEPER, "2026-11-18 15:05", lambda ruth: actions.register(
            ruth, kind=Kinds.POLICE, came_on=date(2026, 11, 18), came_how="mail", who=OFFICER, reach="the desk",
            words=SECOND, case=case.reference, wanted_on=date(2026, 12, 2),
        ))  # fmt: skip


def _told(staff: Staff, case: str, circle: UUID) -> None:
    """Asked for on 5 October; a letter posted on the 7th; given on the 14th."""
    reference = _at(staff, KEEPER, "2026-10-05 11:40", lambda ruth: actions.register(
        ruth, kind=Kinds.POLICE, came_on=date(2026, 10, 5), came_how="mail", who=OFFICER, reach="the desk",
        words=FIRST, case=case, wanted_on=date(2026, 10, 23),
    ))  # fmt: skip
    worker = actor_as(staff[WORKER], moment("2026-10-06 09:30"))
    person = next(one.id for one in persons.people_in(worker, Ref(circle)) if one.stands_as == "victim")
    people.set_card(worker, Ref(person), card=Card(ways=(HOME,)))
    people.note_proved(worker, Ref(person), way=HOME.id)
    [asked] = queries.asked_about(worker, Ref(case))
    letter = actions.tell_client(worker, Ref(asked.id), body=LETTER)
    door.close(worker)
    posting = actor_as(staff[WORKER], moment("2026-10-07 12:10"))
    notices.begin(posting, Ref(letter.id))
    notices.end_by_hand(posting, Ref(letter.id), how="done")
    door.close(posting)
    _at(staff, KEEPER, "2026-10-14 10:15", lambda ruth: actions.answer(
        ruth, Ref(reference), answer="given", grounds=tuple(GROUNDS)
    ))  # fmt: skip


def enter_rejected(staff: Staff) -> None:
    """Two rows of Northshire's feed: one waits for its date to be put right, one was put away."""
    if RejectedReport.objects.filter(agency=staff["priya"].agency_id).exists():
        return
    with whole():
        for row, why in zip(ROWS, WHY, strict=True):
            _at(staff, "priya", "2026-11-16 06:00", partial(casework.keep_rejected, row=row, why=why))
        last = RejectedReport.objects.filter(number=ROWS[1].number).get()
        _at(staff, "priya", "2026-11-17 09:20", lambda priya: casework.put_away_rejected(
            priya, Ref(last.pk), why=AWAY
        ))  # fmt: skip


def _at(staff: Staff, who: str, at: str, do: Callable[[Actor], R]) -> R:
    actor = actor_as(staff[who], moment(at))
    told = do(actor)
    door.close(actor)
    return told
