"""A force's own template: loaded by who may, used for its own papers alone, and out of use again."""

from __future__ import annotations

import pytest

from joindots.access.door import Ref
from joindots.documents.tests.test_word_template import template
from joindots.documents.word_template import BadTemplate
from joindots.kernel.problems import NotAllowed, NotFound
from joindots.orders.actions import templates as actions
from joindots.orders.models import OrderTemplate
from joindots.orders.queries import templates as queries
from tests.stage import Stage


def test_a_template_is_one_agencys_and_the_newest_is_in_use(stage: Stage) -> None:
    with pytest.raises(BadTemplate):
        actions.load_template(stage.actor("priya"), data=b"x")
    with pytest.raises(NotAllowed):
        actions.load_template(stage.actor("asha"), data=template("{{terms}}"))
    actions.load_template(stage.actor("priya"), data=template("First", "{{terms}}"))
    second = actions.load_template(stage.actor("priya"), data=template("Second", "{{terms}}"))
    row = OrderTemplate.objects.get(pk=second)
    assert b"PK" not in bytes(row.file)[:2], "sealed at rest"
    assert queries.template_bytes(stage.actor("priya"))[:2] == b"PK"
    shown = queries.template_in_use(stage.actor("priya"))
    assert shown is not None
    assert shown.id == second
    assert queries.template_bytes(stage.actor("stranger")) == b""
    with pytest.raises(NotFound):
        actions.end_template(stage.actor("stranger"), Ref(second))
    actions.end_template(stage.actor("priya"), Ref(second))
    assert queries.template_in_use(stage.actor("priya")) is None
    assert queries.template_bytes(stage.actor("priya")) == b""
    stage.close()
