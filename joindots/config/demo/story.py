"""The circles of Maya's story: each agency's own, who was brought in and kept out, her safe contact, and her files.

What is here happened up to 25 November 2025, so far as this version can hold it.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.circles import actions as circles
from joindots.config.demo.asks import plan_asks
from joindots.config.demo.cases import Given, Share, SmallCase
from joindots.config.demo.crimes import plan_crimes
from joindots.config.demo.files import photos
from joindots.config.demo.opening import Opened, Staff, begin, is_here, seal_all, whole
from joindots.config.demo.opposed import plan_bodies, plan_disclosure, plan_proceedings, plan_review
from joindots.config.demo.orders import plan_known, plan_orders
from joindots.config.demo.reached import AS_SHE_TOLD, DEV, FIRST_CALL, ISLA, plan_left, plan_reached
from joindots.config.demo.risk import plan_first_call, plan_risk
from joindots.config.demo.support import plan_support
from joindots.config.demo.taking_on import ARRIVED, plan_lantern, plan_police, plan_stillwater
from joindots.config.demo.told import plan_told
from joindots.evidence.readers.answers import NOT_SURE, Answer
from joindots.kernel.problems import NotFound
from joindots.people import actions as people

CHAT = (Answer("owner", "Maya Ellwood"), Answer("clock_hour", NOT_SURE))
FILES = (
    Given("choir-chat-a.zip", "2025-11-06 12:41", answers=CHAT),
    Given("sms.xml", "2025-11-06 12:43"),
    Given("calls.xml", "2025-11-06 12:44"),
    Given("statement.csv", "2025-11-06 12:46", answers=(Answer("their_payments", ["C R PRYCE"]),)),
    Given("choir-chat-b.zip", "2025-11-13 13:06", answers=CHAT),
    Given("her-log.xlsx", "2025-11-13 13:08"),
    *(Given(f"photos/{name}", "2025-11-13 13:10") for name in list(photos.PHOTOS)[:13]),
    Given("page-capture.png", "2025-11-13 13:11"),
    Given("dev-screenshot.png", "2025-11-13 13:11"),
    Given("witness-note.txt", "2025-11-13 13:12"),
    Given("employer-letter.png", "2025-11-18 12:50"),
    Given("photos/photo-14.jpg", "2025-11-25 12:45"),
)
"""D15 and what followed: four files on 6 November, the rest a week later, the letter and its photograph last."""
STILLWATER = SmallCase(
    "SW-0141", "asha", "2025-11-03 14:20", "Maya Ellwood", "acquaintance", "Callum Rowan Pryce",
    "A singer of her choir; not a former partner. Referred by Lantern Line (R-118), judged high by the helpline.",
    files=FILES,
)  # fmt: skip
LANTERN = SmallCase(
    "LL-2291", "jo", "2025-11-03 10:12", "Maya Ellwood", "acquaintance", "Callum",
    "First call, 34 minutes. Very frightened. Referred to Stillwater with four items she agreed to; not to the police.",
)  # fmt: skip
POLICE = SmallCase(
    "NS/25/104417", "priya", "2025-09-22 18:20", "Maya Ellwood", "acquaintance", "Callum Rowan Pryce",
    "Recorded as malicious communications; reclassified on 12 November 2025 to stalking, section 4A (serious alarm "
    "or distress).",
)  # fmt: skip
CLAIM = SmallCase(
    "NS/25/131902", "priya", "2025-11-14 16:20", "Callum Rowan Pryce", "acquaintance", "Maya Ellwood",
    "A web report the day after his arrest: “she harasses me”, with one screenshot. A claim, mirrored by NS/25/104417.",
    files=(Given("counter.png", "2025-11-14 16:40"),),
)  # fmt: skip
CALLUM = (
    ("number", "tel:+447700900114"), ("number", "tel:+447700900177"), ("handle", "northshire_tenor_91"),
    ("vehicle", "QQ21 NSH"),
)  # fmt: skip
LOOKED = "2025-11-19 02:14"


def open_story(staff: Staff) -> None:
    """Open whichever of the story's circles is not there yet."""
    for one, fill in ((POLICE, _police), (LANTERN, _lantern), (STILLWATER, _stillwater), (CLAIM, _claim)):
        if is_here(staff[one.owner], one.number):
            continue
        sealed = seal_all(one.files)
        with whole():
            opened = begin(staff, one, ARRIVED.get(one.number))
            fill(opened)
            for given, file in zip(one.files, sealed, strict=True):
                opened.plan(given.at, partial(opened.take, given, file))
            opened.play()


def _police(opened: Opened) -> None:
    """Recorded, closed, reopened under its right name; then everybody near the suspect is kept out."""
    _add(opened, "priya", "2025-09-22 18:40", "Callum Rowan Pryce", "suspect", CALLUM[0])
    opened.plan("2025-10-06 15:00", lambda: opened.end("priya", "2025-10-06 15:00", "outcome_18"))
    back = "2025-11-12 09:05"
    opened.plan(back, lambda: casework.reopen_case(opened.actor("priya", back), opened.case))
    for who, purpose in (("tom", "officer in the case"), ("lewis", "champion's advice")):
        _share(opened, Share(who, "priya", "victim", "team", purpose, "2025-11-12 09:30"))
    opened.plan("2025-11-17 16:00", lambda: _watch_kin(opened))
    opened.plan(LOOKED, lambda: _looked(opened))
    plan_police(opened)
    plan_crimes(opened)
    plan_review(opened)
    plan_orders(opened)
    _keep_kin_out(opened, "priya")


def _lantern(opened: Opened) -> None:
    """The first call: safe contact taken before anything else."""
    plan_lantern(opened)
    plan_reached(opened, "jo", FIRST_CALL)
    plan_first_call(opened)
    _add(opened, "jo", "2025-11-03 10:20", "Callum", "suspect", CALLUM[0])
    _keep_kin_out(opened, "bea")


def _stillwater(opened: Opened) -> None:
    """Her advocate's case: her people, her safe contact as it changed, her sharing, and who may never know."""
    plan_reached(opened, "asha", AS_SHE_TOLD)
    _add(opened, "asha", "2025-11-04 13:10", "Callum Rowan Pryce", "suspect", *CALLUM)
    opened.plan("2025-11-07 12:35", lambda: _family(opened))
    _add(opened, "asha", "2025-11-13 13:00", "Jean Okell", "witness")
    for who in ("priya", "tom"):
        _share(
            opened, Share(who, "ruth", "victim", "share", "shared by Maya for the investigation", "2025-11-17 13:05")
        )
    plan_told(opened)
    plan_stillwater(opened)
    plan_asks(opened)
    plan_known(opened)
    plan_risk(opened)
    plan_support(opened)
    plan_bodies(opened)
    plan_proceedings(opened)
    plan_disclosure(opened)
    opened.plan("2025-11-20 09:35", lambda: _keep_neil_out(opened))
    _keep_kin_out(opened, "asha")
    plan_left(opened)


def _claim(opened: Opened) -> None:
    """The counter-claim: known to one officer until it was decided, then to the officer in the case too."""
    _add(opened, "priya", "2025-11-14 16:30", "Maya Ellwood", "suspect")
    _share(opened, Share("tom", "priya", "both", "team", "after the review PV-7", "2025-11-18 16:00"))
    _keep_kin_out(opened, "priya")


def _family(opened: Opened) -> None:
    """Dev and Isla, each with a way of their own to be reached. Larch Close is Dev's house."""
    at = "2025-11-07 12:35"
    dev = opened.add("asha", at, "Dev Ellwood", "secondary", ("number", "tel:+447700900133"))
    isla = opened.add("asha", at, "Isla Ellwood", "child")
    for person, card in ((dev, DEV), (isla, ISLA)):
        people.set_card(opened.actor("asha", at), Ref(person), card=card)
    people.note_proved(opened.actor("asha", at), Ref(dev), way=DEV.ways[0].id)


def _keep_neil_out(opened: Opened) -> None:
    """He sings in the choir, and said so before the panel."""
    circles.keep_out(
        opened.actor("asha", "2025-11-20 09:35"), Ref(opened.circle), user=opened.staff["neil"].user_id,
        reason="declared_interest",
    )  # fmt: skip


def _watch_kin(opened: Opened) -> None:
    """Before anything is confirmed: a declared-interest gap, so she is kept out while the conflict check runs."""
    circles.keep_out(
        opened.actor("priya", "2025-11-17 16:00"), Ref(opened.circle), user=opened.staff["leanne"].user_id,
        reason="declared_interest_gap",
    )  # fmt: skip


def _looked(opened: Opened) -> None:
    """D24: she opens the case by its reference, finds nothing there, and the other agency's privacy officer is told."""
    with suppress(NotFound):
        cases.case(opened.actor("leanne", LOOKED), opened.case)


def _keep_kin_out(opened: Opened, who: str) -> None:
    """The conflict check of 20 November: nobody of the Contact Centre may ever be added, and Northshire is noted."""
    at, kin = "2025-11-20 15:10", opened.staff["leanne"]

    def keep_out() -> None:
        circles.keep_out(opened.actor(who, at), Ref(opened.circle), team=kin.team_id, reason="kin_of_suspect")
        opened.restrict(who, at, kin.agency)

    opened.plan(at, keep_out)


def _add(opened: Opened, who: str, at: str, name: str, stands_as: str, *identifiers: tuple[str, str]) -> None:
    opened.plan(at, lambda: opened.add(who, at, name, stands_as, *identifiers))


def _share(opened: Opened, one: Share) -> None:
    opened.plan(one.at, lambda: opened.share(one))
