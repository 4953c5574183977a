"""What the pages answer to the other parts: whose key seals what is written at an address."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.apps import apps
from django.urls import Resolver404, resolve

from joindots.circles.tasks import circle_of

ROWS: Final = (
    ("circle", "circles.Circle"), ("reference", "casework.Case"), ("referral", "casework.Referral"),
    ("contact", "helpline.Contact"), ("entry", "evidence.Incident"), ("source", "evidence.SourceFile"),
    ("gap", "evidence.CoverageGap"), ("link", "evidence.Link"), ("exhibit", "evidence.Exhibit"),
    ("episode", "chronology.Episode"), ("disclosure", "chronology.Disclosure"), ("pack", "chronology.Pack"),
    ("word", "people.ProtectedWord"), ("mark", "chronology.KeptOut"), ("assessment", "risk.Assessment"),
    ("judgement", "risk.Judgement"), ("prompt", "risk.Prompt"), ("change", "risk.Change"), ("crime", "justice.Crime"),
    ("order", "orders.Order"), ("application", "orders.OrderPack"), ("paper", "orders.PackPaper"),
    ("ask", "orders.OrderAsk"), ("ask", "orders.AskIn"), ("copy", "privacy.Copy"), ("asked", "privacy.Request"),
    ("release", "circles.TwoPersonAct"), ("job", "jobs.Job"),
)  # fmt: skip
"""What an address names, and the rows that are meant by it: each stands in one circle."""
OWN_KEYS: Final = (("room", "casework.TherapyRoom"),)
"""What stands in no circle and has keys of its own."""


def owner_at(address: str) -> UUID | None:
    """The circle, or room of therapy, that an address leads into; None for a page that belongs to neither."""
    try:
        named = resolve(address).kwargs
    except Resolver404:
        return None
    for name, model in OWN_KEYS:
        if name in named:
            row = apps.get_model(model)
            key: UUID | None = row._default_manager.filter(reference=named[name]).values_list("pk", flat=True).first()
            return key
    for name, model in ROWS:
        if name in named and (found := circle_of(apps.get_model(model), named[name])) is not None:
            return found
    return None
