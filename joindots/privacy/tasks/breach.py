"""How the steps of a breach stand."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from joindots.audit.models import Entry
from joindots.privacy.models import BreachStep


def answers_of(breach: UUID) -> dict[str, str]:
    """The last answer to each step that was done."""
    return dict(BreachStep.objects.filter(breach=breach).order_by("at", "pk").values_list("step", "answer"))


LOOKED = 3000
"""How many of the newest entries of an agency's book are looked through."""
CONTACT = "people_safecontact."


def with_contact(circle: UUID, agency: UUID, numbers: Collection[int]) -> set[int]:
    """Which of these entries of a circle's book belong to visits on which safe contact was opened.

    Opening a card stands in the book of the person's agency, and bears the same visit as what was opened of the case.
    """
    visits = dict(Entry.objects.filter(book=circle, seq__in=numbers).values_list("seq", "content__visit"))
    newest = Entry.objects.filter(book=agency).order_by("-seq").values_list("content", flat=True)[:LOOKED]
    opened = {
        one["visit"] for one in newest if any(each.startswith(CONTACT) for each in one["says"].get("fields") or ())
    }
    return {number for number, visit in visits.items() if visit in opened}
