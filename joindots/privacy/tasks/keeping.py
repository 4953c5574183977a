"""What privacy looks up beneath its actions: what a circle is, and what holds it."""

from __future__ import annotations

from uuid import UUID

from joindots.casework.models import Case
from joindots.circles.models import Circle
from joindots.kernel.words import Words, words
from joindots.privacy.models import Hold, Signed
from joindots.privacy.rules.keeping import HOLD_WORDS


def what_is(circle: Circle) -> tuple[str, str]:
    """What a circle is and its reference, as it was signed, or as its case bears it; both may be empty."""
    signed = Signed.objects.filter(circle=circle).order_by("-at").first()
    if signed is not None:
        return signed.record, signed.reference
    case = Case.objects.filter(circle=circle).values_list("reference", flat=True).first()
    return ("case", case) if case else ("other", "")


def why_it_stays(circle: UUID) -> Words | None:
    """The first hold on a circle that nobody lifted, in words that name nobody."""
    kind = Hold.objects.filter(circle=circle, lifted_at=None).order_by("at").values_list("kind", flat=True).first()
    if kind is None:
        return None
    return words("held_now", "It cannot be erased now. What stops it: {kind}. Lift that first.", kind=HOLD_WORDS[kind])
