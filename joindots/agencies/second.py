"""What follows when a way in changes, and where to send who has not given their second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from joindots.agencies.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def where_to_give(request: HttpRequest, then: str = "", *, lost: bool = False) -> str:
    """Where who is not fully signed in goes next: to sign-in, to give the second factor, or to set one up; and after
    it to the page asked for, or `then`. `lost` has it say that what was sent is not kept.
    """
    then = request.get_full_path() if request.method == "GET" else then
    on = urlencode({**({"next": then} if then else {}), **({"lost": "yes"} if lost else {})})
    user = request.user
    if not isinstance(user, User):
        return _with(reverse("account_login"), on)
    if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        return _with(reverse("mfa_reauthenticate"), on)
    if is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]):
        return _with(reverse("mfa_reauthenticate_webauthn"), on)
    return reverse("mfa_index")


def first_factor_given(
    sender: Any, *, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Whoever has just set up a first second factor has given it: the same code is not asked for twice.

    A further one proves nothing new: a session that gave none before stays without.
    """
    if authenticator.type not in FACTORS:
        return
    others = Authenticator.objects.filter(user=user, type__in=FACTORS).exclude(pk=authenticator.pk)
    if not others.exists():
        record_authentication(request, user, method="mfa", type=authenticator.type)


def password_changed(sender: Any, *, request: HttpRequest, user: User, **_: Any) -> None:
    """Whoever has just changed their password stays: their session has a new name, and is still the one that counts."""
    user.session_key = request.session.session_key or ""
    user.save(update_fields=("session_key",))


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
