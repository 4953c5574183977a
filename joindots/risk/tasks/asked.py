"""Which form was asked, its newest answers, and what of a circle an answer may rest on."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence.models import IncidentVersion
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotFound
from joindots.risk.models import Answer, Assessment, LoadedForm
from joindots.risk.rules.forms import Form, our_forms, read_form
from joindots.vault.keys import purpose_key
from joindots.vault.sealing import Spot, seal, unseal

PURPOSE = "risk-forms"


def form_of(row: Assessment) -> Form:
    """The very version of the form that was asked."""
    if row.form is not None:
        return opened_form(row.form)
    return our_forms()[row.tool, row.tool_version]


def opened_form(row: LoadedForm) -> Form:
    """A loaded form."""
    return read_form(unseal(purpose_key(PURPOSE), _spot(row), bytes(row.file)))


def sealed_form(row: LoadedForm, data: bytes) -> bytes:
    """A loaded form's file as it is kept."""
    return seal(purpose_key(PURPOSE), _spot(row), data, 1)


def _spot(row: LoadedForm) -> Spot:
    return Spot("risk_loadedform", "file", str(row.agency_id), str(row.pk))


def case_of(circle: UUID) -> Case | None:
    """The case of a circle; None where it has none yet, as on a first call."""
    return Case.objects.filter(circle=circle).first()


def refuse_closed(circle: UUID) -> None:
    """RuleBroken where the circle's case is closed: nothing is added to it."""
    case = case_of(circle)
    if case is not None:
        casework.can_work(casework.State(case.state)).or_raise()


def newest_said(assessments: Iterable[UUID]) -> dict[UUID, dict[str, Answer]]:
    """The newest answer to each question, for each of these askings."""
    told: dict[UUID, dict[str, Answer]] = {}
    rows = Answer.objects.filter(assessment__in=list(assessments)).select_related("by__user")
    for row in rows.order_by("number"):
        told.setdefault(row.assessment_id, {})[row.question] = row
    return told


def entries_here(circle: UUID, references: Iterable[str]) -> tuple[str, ...]:
    """References of entries, if all of them are of this circle; NotFound otherwise."""
    wanted = tuple(dict.fromkeys(references))
    if any(tidy_reference(one) != one for one in wanted):
        raise NotFound
    found = IncidentVersion.objects.filter(circle=circle, number=1, incident__reference__in=wanted)
    if found.values("incident").distinct().count() != len(wanted):
        raise NotFound
    return wanted
