"""What justice answers to the other parts: what waits on a desk, and what is held."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.access.holding import Holds
from joindots.justice import queries
from joindots.justice.rules import crimes
from joindots.kernel.dots import Dot, Due, Held, Reason
from joindots.kernel.problems import NotAllowed, NotFound
from joindots.kernel.when import LOCAL, Precision, When, day_says, london_day, midnight
from joindots.kernel.words import words

CRIME_STEP = "justice.step"
"""A day on which something happened to a crime that marks the course of things."""
SHOWN: Mapping[str, str] = {
    "recorded": CRIME_STEP, "not_recorded": CRIME_STEP, "reclassified": CRIME_STEP, "arrested": CRIME_STEP,
    "charged": CRIME_STEP, "stopped": CRIME_STEP, "no_charge": CRIME_STEP, "discontinued": CRIME_STEP,
    "guilty": CRIME_STEP, "acquitted": CRIME_STEP, "sentenced": CRIME_STEP, "sentenced_custody": CRIME_STEP,
    "appeal_allowed": CRIME_STEP, "appeal_new_trial": CRIME_STEP,
    "bailed": "justice.bail", "bail_changed": "justice.bail", "bail_ended": "justice.bail",
    "court_bail": "justice.bail", "remanded": "justice.bail", "hearing_held": "justice.hearing",
    "released": "justice.release", "released_inquiry": "justice.release",
}  # fmt: skip
"""Steps of a crime that mark a day in the pictures, by the kind of dot they are."""


def dots(actor: Actor, circle: UUID, *, kinds: Collection[str], **_: Any) -> Iterator[Dot]:
    """Days of crimes that mark the course of things; none for a role or side that sees no crimes."""
    if not set(kinds) & set(SHOWN.values()):
        return
    try:
        pages = [queries.crime(actor, Ref(one.id)) for one in queries.crimes(actor, Ref(circle))]
    except (NotAllowed, NotFound):
        return
    for page in pages:
        for step in page.steps:
            kind = SHOWN.get(step.event, "")
            if kind in kinds and step.struck is None:
                start = midnight(step.on)
                when = When(start, start + timedelta(days=1) - timedelta(microseconds=1), Precision.DAY)
                yield Dot(when, kind, step.label, step.by, "recorded", "circle", f"/crimes/{page.line.id}/")


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """What waits of crimes and of both sides' complaints."""
    yield from _crimes_due(actor, whose, until, most)
    yield from _opposed_due(actor, whose, until, most)
    yield from _proceedings_due(actor, whose, until, most)
    yield from _told_due(actor, whose, until, most)
    yield from _devices_due(actor, whose, until, most)


def _crimes_due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Limits, reviews, hearings, the end of bail, a release: each with its crime as where to see to it."""
    if not queries.crimes_waiting.may(actor):
        return
    for one in queries.crimes_waiting(actor, whose, until, most):
        code = one.alarm.code
        court = Reason.COURT if code in crimes.AT_COURT else Reason.NEW
        reason = Reason.ORDER if code in crimes.BY_CLOCK else Reason.REVIEW if code == "review" else court
        yield Due(
            one.circle, f"justice.{code}", reason, crimes.day_for_desk(one.alarm), one.alarm.told,
            f"/crimes/{one.crime}/", words("open_crime", "Open the crime"),
        )  # fmt: skip


SAID = {
    "asked": words("primary_asked", "A second person has not decided yet who the primary victim is."),
    "decide": words("primary_decide", "A colleague asks for a second person: who is the primary victim?"),
    "again": words("primary_again", "Look again at who the primary victim is. After this day nothing is covered."),
}


def _opposed_due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """What waits of both sides' complaints: a second person to decide, a decision to look at again."""
    if actor.membership_id in whose and queries.seconds_asked.may(actor):
        for asked in queries.seconds_asked(actor)[:most]:
            # The act alone is named: the case is another agency's, and its second person may not know of it.
            yield Due(
                asked.act, "justice.second", Reason.NEW, london_day(asked.asked_at),
                words("second_asked", "{agency} has nobody else to decide with: who is the primary victim? By {until}.",
                      agency=asked.agency, until=f"{day_says(asked.expires)}, {asked.expires.astimezone(LOCAL):%H:%M}"),
                "/second-person/", words("open_second", "Decide"), at=asked.expires,
            )  # fmt: skip
    if queries.opposed_waiting.may(actor):
        for one in queries.opposed_waiting(actor, whose, until, most):
            says = SAID["again" if not one.asked else "asked" if one.mine else "decide"]
            yield Due(
                one.circle, "justice.primary", Reason.NEW if one.asked else Reason.REVIEW, one.on, says,
                f"/cases/{one.case}/primary-victim/", words("open_primary", "Open the decision"),
            )  # fmt: skip


def _proceedings_due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Next days of proceedings: each is a day to look at the risk again."""
    if queries.proceedings_due.may(actor):
        for one in queries.proceedings_due(actor, whose, until, most):
            yield Due(
                one.circle, "justice.proceeding", Reason.COURT, one.on,
                words("proceeding_next", "A day of proceedings. Look at the risk again around it."),
                f"/cases/{one.case}/proceedings/", words("open_proceedings", "Open the log"),
            )  # fmt: skip


def _told_due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Requests to be told. The sentence names no scheme, for a desk may be read over a shoulder."""
    if queries.told_waiting.may(actor):
        for one in queries.told_waiting(actor, whose, until, most):
            says = words("told_wait", "A request to be told: {stage}.", stage=one.stage)
            yield Due(
                one.circle, "justice.told", Reason.LATE if one.late else Reason.PROMISED, one.on, says,
                f"/cases/{one.case}/right-to-know/", words("open_told", "Open the request"),
            )  # fmt: skip


def _devices_due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Devices that the police hold, on the day by which they are to be given back."""
    if queries.devices_waiting.may(actor):
        for one in queries.devices_waiting(actor, whose, until, most):
            yield Due(
                one.circle, "justice.device", Reason.LATE if one.late else Reason.PROMISED, one.on,
                words("device_back", "The police hold something of theirs. It is to be given back by this day."),
                f"/crimes/{one.crime}/devices/", words("open_device", "Open the request"),
            )  # fmt: skip


HOLDS: tuple[Holds, ...] = (
    Holds("justice.Crime", words("h_crimes", "crimes that were followed"), ("at", "stage", "what")),
    Holds("justice.CrimeStep", words("h_crime_steps", "what happened to crimes"), ("on", "event", "who", "note")),
    Holds("justice.MaterialMark", words("h_material", "material marked in case files"), ("at", "use", "described")),
    Holds("justice.HolderAsk", words("h_holder_asks", "requests to others for what they hold"),
          ("at", "state", "told_on", "holder", "what", "enquiry", "needed", "answer")),
    Holds("justice.DeviceAsk", words("h_device_asks", "requests for data from your own device"),
          ("at", "notice_on", "return_by", "state", "device", "what", "enquiry", "other_means")),
    Holds("justice.DeviceStep", words("h_device_steps", "what became of such requests for data"), ("on", "to", "said")),
    Holds("justice.PointLink", words("h_point_links", "acts and files linked to points to prove"), ("at", "point")),
    Holds("justice.PointJudgement", words("h_point_judged", "judgements of points to prove"), ("at", "says", "why")),
    Holds("justice.PrimaryReview", words("h_primary", "decisions about who the primary victim is"),
          ("at", "number", "finding", "review_on", "state", "why", "second_why")),
    Holds("justice.Proceeding", words("h_proceedings", "proceedings in courts and bodies"),
          ("forum", "brought", "began_on", "body", "reference", "what", "outcome", "how")),
    Holds("justice.ProceedingStep", words("h_proceeding_steps", "what happened in proceedings, and what it took"),
          ("on", "kind", "minutes", "pence", "said")),
    Holds("justice.ToldRequest", words("h_told", "requests to be told what the police hold of somebody"),
          ("right", "asked_on", "stage")),
    Holds("justice.ToldStep", words("h_told_steps", "what became of such requests"), ("event", "on", "exact"),
          only=(("exact", "told_to", "victim"),)),
    Holds("justice.PutOnRecord", words("h_put", "notices, warnings, orders, arrests and crimes put on record"),
          ("kind", "against", "on", "force", "complained", "stage", "by_whom", "reference", "mirrors", "what")),
    Holds("justice.PutStep", words("h_put_steps", "what became of what was put on record"), ("to", "on", "said")),
    Holds("justice.RoleChange", words("h_roles", "changes of who stands as what"), ("at", "was", "now", "why")),
)  # fmt: skip
"""What justice holds of somebody, and what of it a copy shows."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)
