"""The forms that can be asked: ours, and those that the reader's own agency loaded under its licence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.risk import permissions
from joindots.risk.models import LoadedForm
from joindots.risk.rules.forms import Form, newest_forms
from joindots.risk.tasks.asked import opened_form


@dataclass(frozen=True, slots=True)
class FormView:
    """A form that can be begun."""

    form: Form
    loaded: UUID | None = None

    @property
    def key(self) -> str:
        """What a form on a page hands back to choose it."""
        return str(self.loaded) if self.loaded else self.form.code


@dataclass(frozen=True, slots=True)
class LoadedView:
    """A loaded form, as its agency sees it."""

    id: UUID
    version: int
    form: Form
    by: str
    at: datetime
    ended_by: str
    ended_at: datetime | None


@reads(permissions.SEE_FORMS)
def forms(actor: Actor) -> tuple[FormView, ...]:
    """Every form that can be begun, ours first."""
    loaded = LoadedForm.objects.visible_to(actor).filter(ended_at=None).order_by("code", "at")
    return (
        *(FormView(one) for one in newest_forms()),
        *(FormView(opened_form(row), row.pk) for row in loaded),
    )


@reads(permissions.SEE_FORMS)
def loaded_forms(actor: Actor) -> tuple[LoadedView, ...]:
    """Every form that the reader's agency ever loaded, newest first."""
    rows = LoadedForm.objects.visible_to(actor).select_related("by__user", "ended_by__user").order_by("-at")
    return tuple(
        LoadedView(row.pk, row.version, opened_form(row), row.by.user.name, row.at,
                   row.ended_by.user.name if row.ended_by else "", row.ended_at)
        for row in rows
    )  # fmt: skip
