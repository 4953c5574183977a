"""Signing in for tests: a client with a password and a second factor already given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from joindots.agencies.models import User
from tests.stage import Stage

SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(stage: Stage) -> SignIn:
    """A client signed in as somebody of the stage; `second=False` leaves the second factor out."""

    return lambda name, *, second=True: entered(stage.memberships[name].user, second=second)


def entered(user: User, *, second: bool = True) -> Client:
    """A client of somebody who gave their password and, unless left out, their second factor."""
    client = Client()
    client.force_login(user)
    session = client.session
    given = [{"method": "password", "at": datetime.now(UTC).timestamp()}]
    if second:
        given.append({"method": "mfa", "type": "totp", "at": datetime.now(UTC).timestamp()})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = given
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session.save()
    return client
