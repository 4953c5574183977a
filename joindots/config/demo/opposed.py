"""What the story tells of the stalker's own complaints (D20 to D23): two mirrored crimes, one review by two people."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from joindots.access.door import Ref
from joindots.circles import actions as circles
from joindots.config.demo.opening import Opened
from joindots.justice import actions
from joindots.justice.rules.allegations import Put

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
    opened.plan("2025-11-18 13:10", lambda: actions.challenge(
        opened.actor("asha", "2025-11-18 13:10"), Ref(put[0]), to="Northshire Constabulary, crime registrar",
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
