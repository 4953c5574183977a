"""How the steps of a breach stand."""

from __future__ import annotations

from uuid import UUID

from joindots.privacy.models import BreachStep


def answers_of(breach: UUID) -> dict[str, str]:
    """The last answer to each step that was done."""
    return dict(BreachStep.objects.filter(breach=breach).order_by("at", "pk").values_list("step", "answer"))
