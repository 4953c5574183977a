"""What was typed into one row's form comes back in that form alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.urls import reverse

from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.justice import actions, queries
from joindots.justice.rules.allegations import Put
from tests.browsing import SignIn
from tests.stage import Stage

TYPED = "Typed once and not kept"


def test_typed_words_come_back_in_the_form_that_failed_alone(stage: Stage, sign_in: SignIn) -> None:
    stage.at = datetime.now(UTC)
    case = stage.case("priya")
    circle = Ref(casework.case(stage.actor("priya"), case).circle)
    for day in (2, 3):
        put = Put("victim", "information_notice", date(2025, 6, day), "reported")
        actions.put_on_record(stage.actor("priya"), circle, put=put)
    row = queries.on_record(stage.actor("priya"), circle).victim[0]
    stage.close()
    client, away = sign_in("priya"), reverse("web:on_record", args=[case.key])
    page = client.post(away, {"do": "settle", "row": row.id, "version": row.version, "to": "withdrawn", "said": TYPED})
    assert page.status_code == 422
    assert page.content.decode().count(TYPED) == 1
    new = client.post(away, {"do": "put", "against": "victim", "kind": "", "complained": "reported", "what": TYPED})
    assert (new.status_code, new.content.decode().count(TYPED)) == (422, 1)
