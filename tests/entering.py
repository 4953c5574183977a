"""The way in by its own pages: somebody of the stage with a password and an app, and the digits it shows."""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.stage import Stage

PASSWORD = "amber-lantern-otter-quill"
SECRET = "JBSWY3DPEHPK3PXP"
RIGHT = {"login": "asha", "password": PASSWORD}
WRONG = {"login": "asha", "password": "not the one at all"}
PERIOD = 30
"""Seconds for which an app shows the same digits."""


def code(*, later: int = 0, secret: str = SECRET) -> str:
    """The digits an app shows now, or so many seconds later."""
    return format_hotp_value(hotp_value(secret, (int(datetime.now(UTC).timestamp()) + later) // PERIOD))


def give_password(stage: Stage, name: str = "asha", *, app: bool = True) -> None:
    """Somebody of the stage with a password, and an app unless it is left out."""
    user = stage.memberships[name].user
    user.set_password(PASSWORD)
    user.save()
    if app:
        data = {"secret": get_adapter().encrypt(SECRET)}
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)


def enter(address: str = "127.0.0.1") -> Client:
    """Asha, signed in with both from an address."""
    client = Client(REMOTE_ADDR=address)
    client.post("/account/sign-in/", RIGHT)
    answer = client.post("/account/second/give/", {"code": code()})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return client
