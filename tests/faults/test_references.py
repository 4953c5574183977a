"""References are drawn at random, so two rows of many can draw alike: the second one draws again."""

from __future__ import annotations

import pytest

from joindots.casework.models import Case
from joindots.circles.models import Circle
from joindots.helpline.models import Contact
from tests.stage import NOW, Stage


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_reference_that_another_row_has_is_drawn_again(stage: Stage) -> None:
    agency = stage.memberships["asha"].agency
    taken = "K4QT-7WXM"
    rows = [
        Contact(circle=Circle.objects.create(agency=agency, made_at=NOW), agency=agency, state="live", channel="call",
                started_at=NOW, reference=taken) for _ in range(3)
    ]  # fmt: skip
    rows[0].save()
    rows[1].save()
    Contact.objects.bulk_create(rows[2:])
    assert rows[0].reference == taken
    assert len(set(Contact.objects.values_list("reference", flat=True))) == 3
    rows[0].save()
    assert Contact.objects.get(pk=rows[0].pk).reference == taken
    assert Case._meta.get_field("reference").unique
