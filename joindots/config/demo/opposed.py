"""What the story tells of the stalker's own complaints (D20 to D23): two mirrored crimes, one review by two people."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.circles import actions as circles
from joindots.config.demo.opening import Opened
from joindots.justice import actions
from joindots.justice.rules.allegations import Put
from joindots.justice.rules.disclosing import Happened
from joindots.justice.rules.proceedings import Brought, Took

MIRRORED = Put(
    "victim", "crime", date(2025, 11, 14), "reported", by_whom="Northshire Constabulary", reference="NS/25/131902",
    mirrors="NS/25/104417",
    what="A web report, “she harasses me”, with one screenshot: 5 messages of hers, none of his.",
)  # fmt: skip
BODIES = (
    Put("victim", "other", date(2025, 11, 17), "reported", by_whom="Her employer", mirrors="NS/25/104417",
        what="A letter in words nearly the same as the web report."),
    Put("victim", "other", date(2025, 11, 17), "reported", by_whom="Her professional regulator",
        mirrors="NS/25/104417", what="The same letter again."),
)  # fmt: skip
WHY = (
    "Both histories by one tool: he to her 3,333 messages and 212 other acts; she to him 71, of which 5 since 26 June, "
    "all of which say stop. His report came the day after his arrest. His one screenshot leaves out his own messages; "
    "her phone’s whole thread holds them."
)
SECOND = (
    "I read the thread whole, and the custody times. The report of 14 November mirrors hers of 22 September almost "
    "word for word. I agree; look again on 18 February 2026."
)
REVIEW = date(2026, 2, 18)
DAY = date(2025, 11, 27)
TOLD: tuple[tuple[str, Happened], ...] = (
    ("2025-11-27 11:20", Happened("checked", DAY, "Phone data, and what Stillwater holds; risk looked at again.")),
    ("2025-11-27 12:00", Happened(
        "to_tell", DAY, "DS Nand and DC Hale: needed for her safety, no more than is needed, lawful for the police.")),
    ("2025-11-27 12:10", Happened(
        "planned", DAY, "Asha Verma meets her inside the safe window.", safely=True, next_on=DAY)),
    ("2025-11-27 13:10", Happened(
        "told", DAY, "By Asha Verma, in person; her plan was talked through.", "victim",
        "“The police know whose the account northshire_tenor_91 is: it is Callum’s. Nobody else has been told.”",
        safely=True, next_on=date(2025, 12, 4))),
    ("2025-12-04 13:00", Happened("followed", date(2025, 12, 4), "She sleeps better for knowing. Nothing further.")),
)  # fmt: skip
"""The 2026 Act's own power is off: these are powers that the police have already."""

REGISTRAR = "Northshire Constabulary, crime registrar"


def plan_review(opened: Opened) -> None:
    """In the force's case: the mirrored crime, review PV-7, and the inspector who agreed."""
    put: list[UUID] = []
    opened.plan("2025-11-17 15:30", partial(_put, opened, "priya", "2025-11-17 15:30", MIRRORED, put))
    opened.plan("2025-11-18 09:00", lambda: _in(opened))
    opened.plan("2025-11-18 14:00", lambda: _review(opened, put))


def plan_bodies(opened: Opened) -> None:
    """In her advocate's case: the crime against her, challenged; and the letters to two bodies."""
    put: list[UUID] = []
    for one in (MIRRORED, *BODIES):
        opened.plan("2025-11-18 12:55", partial(_put, opened, "asha", "2025-11-18 12:55", one, put))
    opened.plan(
        "2025-11-18 13:05",
        lambda: casework.agree(
            opened.actor("asha", "2025-11-18 13:05"),
            opened.case,
            what=casework.Agreement(
                "letter", "spoken", date(2025, 11, 18), whom=REGISTRAR, purpose="look at the mirrored report"
            ),
        ),
    )
    opened.plan("2025-11-18 13:10", lambda: actions.challenge(
        opened.actor("asha", "2025-11-18 13:10"), Ref(put[0]), to=REGISTRAR,
        ask="Take Maya Ellwood off NS/25/131902 as the person reported.", basis="consent", on=date(2025, 11, 18),
        days=5))  # fmt: skip
    opened.plan("2025-11-25 10:00", lambda: actions.settle_put(
        opened.actor("asha", "2025-11-25 10:00"), Ref(put[0]), to="withdrawn", on=date(2025, 11, 24),
        said="DS Nand: closed after the review; she is not a suspect anywhere."))  # fmt: skip


def _in(opened: Opened) -> None:
    circles.bring_in(
        opened.actor("priya", "2025-11-18 09:00"), Ref(opened.circle), membership=opened.staff["dana"].pk,
        side="victim", basis="supervision", purpose="second person of a review",
    )  # fmt: skip


def _put(opened: Opened, who: str, at: str, put: Put, keys: list[UUID]) -> None:
    keys.append(actions.put_on_record(opened.actor(who, at), Ref(opened.circle), put=put))


def _review(opened: Opened, put: list[UUID]) -> None:
    key = actions.say_primary(
        opened.actor("priya", "2025-11-18 14:00"), Ref(opened.circle), finding="ours", covers=("order", "warning"),
        looked=("starts", "timing", "threads", "others"), why=WHY, review_on=REVIEW,
    )  # fmt: skip
    actions.agree_primary(opened.actor("dana", "2025-11-18 16:30"), Ref(key), agreed=True, why=SECOND)
    actions.tie_to_review(opened.actor("priya", "2025-11-18 16:40"), Ref(put[0]))


def plan_proceedings(opened: Opened) -> None:
    """D21 in her advocate's case: the log opens with two bodies, nine hours of hers and no money."""
    for body, hours in (("Her employer", 3), ("Her professional regulator", 6)):
        opened.plan("2025-11-18 13:20", partial(_proceeding, opened, body, hours))


def plan_disclosure(opened: Opened) -> None:
    """D31: who `northshire_tenor_91` is, told under powers that the police have already, by her advocate (DR-2)."""
    key: list[UUID] = []
    opened.plan("2025-11-27 11:00", lambda: key.append(actions.ask_to_be_told(
        opened.actor("asha", "2025-11-27 11:00"), Ref(opened.circle), scheme="police_powers", right="know",
        asker="police", who_asked="DS Priya Nand", about="The holder of northshire_tenor_91",
        asked_on=date(2025, 11, 27), why="Phone data ties the account to the person reported.")))  # fmt: skip
    for at, new in TOLD:
        opened.plan(at, partial(_told, opened, key, at, new))


def _proceeding(opened: Opened, body: str, hours: int) -> None:
    actor = opened.actor("asha", "2025-11-18 13:20")
    what = "A complaint in words nearly the same as the web report of 14 November."
    forum = "employer" if "employer" in body else "professional"
    key = actions.log_proceeding(actor, Ref(opened.circle), new=Brought(
        forum, "reported", body, date(2025, 11, 17), what=what, shown="no"))  # fmt: skip
    took = Took("time", date(2025, 11, 18), "Reading and answering it.", hours * 60, 0)
    actions.note_proceeding(actor, Ref(key), step=took)


def _told(opened: Opened, key: list[UUID], at: str, new: Happened) -> None:
    actions.tell_step(opened.actor("asha", at), Ref(key[0]), new=new)
