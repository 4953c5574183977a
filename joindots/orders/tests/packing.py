"""An application in the making, for the tests: a case of the force with a log, and a draft that lacks nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.kernel.when import Precision, When, london_day
from joindots.orders import actions as orders
from joindots.orders.actions import packs as actions
from joindots.orders.models import OrderPack, PackPaper
from joindots.orders.rules.packs import TOUCHES
from tests.stage import NOW, Stage

SHEETS = {
    "respondent": {"name": "Callum Pryce"}, "protected": {"names": "Maya Ellwood"},
    "risk": {"risk": "Medium, DS Nand, 17 November 2025", "impact": "Sleeps at another place"},
    "interim": {"asked": "no"}, "statements": {"officer": "DC Hale, 17 November 2025"},
    "others": {"live": "NS/25/104417, live", "warned": "2025-11-10"},
}  # fmt: skip


def log(stage: Stage, case: Ref, said: list[str]) -> list[str]:
    """Entries of the log, a day apart; their references."""
    found = []
    for place, text in enumerate(said):
        start = NOW - timedelta(days=20 - place)
        when = When(start, start + timedelta(minutes=20), Precision.RANGE)
        telling = Telling(when, ("near",), words=text, doer="reported")
        found.append(evidence.write_entry(stage.actor("priya"), case, telling=telling).reference)
    return found


def begun(stage: Stage, *said: str) -> tuple[UUID, UUID]:
    """A case with a log and an application begun in it: the circle, the pack."""
    case = stage.case("priya")
    log(stage, case, list(said) or ["He stood at the gate", "He followed the bus"])
    circle: UUID = Case.objects.get(reference=case.key).circle_id
    order = orders.consider(stage.actor("priya"), Ref(circle), on=london_day(NOW), why="Acts, risk, need")
    pack = actions.begin_pack(stage.actor("priya"), Ref(order))
    stage.close()
    return circle, pack


def fill(actor: Actor, pack: UUID) -> None:
    """Rely on the whole log, and fill every part so that nothing stops the draft."""
    row = OrderPack.objects.get(pk=pack)
    for part, sheet in SHEETS.items():
        actions.keep_part(actor, Ref(pack), part=part, sheet=sheet, done=True)
    entries = [str(one) for one in row.circle.incidents.values_list("reference", flat=True)]
    actions.add_acts(actor, Ref(pack), entries=entries)
    acts = list(row.acts.values_list("pk", flat=True))
    actions.mark_acts(actor, Ref(pack), acts=acts, grounds="ABC", prover="PC Okoro")
    term(actor, pack, "Not to contact Maya Ellwood by any means.", acts)


def term(actor: Actor, pack: UUID, text: str, acts: list[UUID], library: str = "P01") -> UUID:
    """A term that was looked at for everything."""
    return actions.keep_term(
        actor, Ref(pack), term=None, library=library, text=text, acts=acts, policed="By report and by phone records",
        touches=dict.fromkeys(TOUCHES, "no"), settled="", provider="",
    )  # fmt: skip


def order_of(pack: UUID) -> UUID:
    """The order of an application."""
    return OrderPack.objects.get(pk=pack).order_id


def worked(pack: UUID) -> UUID:
    """Let a worker make the papers that were asked for; the papers."""
    assert tasks.run(Job.objects.get(kind="orders.papers").pk) == "done"
    return PackPaper.objects.get(pack=pack).pk
