"""PostgreSQL keeps the plans of what a connection was asked before."""

from __future__ import annotations

import pytest
from django.db import connection

from joindots.agencies.models import Agency


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans a question in no time")
def test_a_question_asked_again_with_other_values_is_prepared_once() -> None:
    for name in ("Stillwater", "Harbour", "Lantern"):
        list(Agency.objects.filter(name=name, kind="advocacy"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%agencies_agency%"])
        assert cursor.fetchone() == (1,)
    assert connection.connection.prepared_max > 100
