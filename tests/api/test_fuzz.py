"""What no partner would send: every operation answers as its document says, and nothing of ours breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from joindots.api.service import api
from tests.stage import Stage

EACH = 6
"""Requests to each operation on every run; drawn anew by each run's seed."""


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The application under test stays on the test's own connection, which a request's end would close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_whatever_is_sent_each_operation_answers_as_documented(
    caller: Callable[..., Any], stage: Stage, one_connection: None
) -> None:
    call = caller("directory", "reports", "files", "referrals", "referrals_in")
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in document.get_all_operations()]
    for operation in operations:
        _send_to(operation, call.headers())
    assert len(operations) == sum(len(path) for path in api.get_openapi_schema()["paths"].values())


def _send_to(operation: Any, headers: dict[str, str]) -> None:
    @settings(max_examples=EACH, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(operation.as_strategy())
    def send(case: Any) -> None:
        answer = case.call(headers=headers)
        assert answer.status_code in (200, 201, 204, 400, 401, 403, 404, 405, 409, 415, 422), answer.content
        if answer.status_code >= 400:
            assert set(answer.json()) == {"code", "words"}

    send()
