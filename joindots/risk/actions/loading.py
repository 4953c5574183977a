"""A licence holder loads a licensed tool's form for their own agency, and takes it out of use again."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import makes, writes
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.risk import permissions
from joindots.risk.models import LoadedForm
from joindots.risk.rules.forms import our_forms, read_form
from joindots.risk.tasks.asked import sealed_form


@makes(permissions.LOAD_FORM)
def load_form(actor: Actor, *, data: bytes) -> UUID:
    """Load a form from its file: sealed, for this agency alone. `BadForm` names every fault with its cure; a version
    that is here already is refused, for what was asked of it must stay what it was.
    """
    form = read_form(data)
    if any(form.code == code for code, _ in our_forms()):
        raise RuleBroken(words("form_ours", "The code {name} is one of ours. Give the form another.", name=form.code))
    row = LoadedForm(
        agency_id=actor.agency_id, code=form.code, form_version=form.version, by_id=actor.membership_id, at=actor.at
    )
    here = LoadedForm.objects.visible_to(actor).filter(code=form.code, form_version=form.version)
    if here.exists():
        raise RuleBroken(
            words("form_here", "Version {version} of this form is here already. Give what you changed a new version.",
                  version=form.version)
        )  # fmt: skip
    row.file = sealed_form(row, data)
    row.save(force_insert=True)
    actor.record(actor.agency_id, "risk.form_loaded", book_kind="agency", form=row.pk, code=form.code)
    return row.pk


@writes(permissions.LOAD_FORM, LoadedForm)
def take_out_of_use(actor: Actor, row: LoadedForm) -> None:
    """Offer a form no more. What was asked of it stays readable."""
    if row.ended_at is not None:
        raise RuleBroken(words("form_ended", "This form is out of use already."))
    row.ended_by_id, row.ended_at = actor.membership_id, actor.at
    row.save(update_fields=("ended_by", "ended_at"))
    actor.record(actor.agency_id, "risk.form_out_of_use", book_kind="agency", form=row.pk)
