"""The sign-in library's hooks: no self sign-up, sealed second factors, one session a person."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.sessions.serializers import JSONSerializer
from django.http import HttpRequest
from django.urls import reverse

from joindots.vault.keys import purpose_key
from joindots.vault.sealing import SealBroken, Spot, seal, unseal


def tries_key(request: HttpRequest, name: str) -> str:
    """By what wrong tries are counted: the name typed, and the address or, of IPv6, the network it is from."""
    return f"{name.strip().lower()}:{get_ip(request)}"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an agency's administrator, never by a page open to everybody."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "This username and this password do not fit together. Type both again.",
        "too_many_login_attempts": "Too many wrong tries from here. Wait ten minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("web:today")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong tries count by name and address together: a stranger cannot shut the owner of a name out.

        The library's own key begins with the host and port that the browser names: each other port gave new tries.
        """
        return tries_key(request, str(credentials.get("username", "")))

    def is_safe_url(self, url: str) -> bool:
        """Only ways within the service: the library also goes to any host that the service answers to."""
        return url.startswith("/") and bool(super().is_safe_url(url))

    def login(self, request: HttpRequest, user: Any) -> None:
        """A new sign-in ends every older session of the same person."""
        super().login(request, user)
        if request.session.session_key is None:
            request.session.create()
        user.session_key = request.session.session_key
        user.save(update_fields=("session_key",))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No account mail goes out: recovery is by codes, or by two people of the agency."""


class MFAAdapter(DefaultMFAAdapter):
    """Second factors' secrets are sealed; the library hands over only the text, so table and column bind it."""

    SPOT = Spot("mfa_authenticator", "data", "installation", "")

    def get_totp_issuer(self) -> str:
        return "Notes"

    def encrypt(self, text: str) -> str:
        blob = seal(purpose_key("second-factor"), self.SPOT, text.encode(), 1)
        return base64.b64encode(blob).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(purpose_key("second-factor"), self.SPOT, base64.b64decode(encrypted_text)).decode()


class SealedSessions(JSONSerializer):
    """Sessions are sealed at rest: the pending second-factor secret lay in clear otherwise (measured)."""

    SPOT = Spot("django_session", "session_data", "installation", "")

    def dumps(self, obj: Any) -> bytes:
        return seal(purpose_key("session"), self.SPOT, super().dumps(obj), 1)

    def loads(self, data: bytes) -> Any:
        try:
            return super().loads(unseal(purpose_key("session"), self.SPOT, data))
        except SealBroken:
            return {}
