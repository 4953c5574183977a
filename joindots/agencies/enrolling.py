"""Setting one's own password with a code handed over in person: once, within a day."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from joindots.agencies.models import Enrolment, User
from joindots.agencies.naming import USERNAME, tidy_username
from joindots.kernel.decisions import YES, Decision, no

MOST_TRIES = 1000
"""Wrong tries after which a code is dead. So many because anybody may try: a code has 29 to the 20th values, and a
stranger who knows a newcomer's name would use a few tries up. The page slows each address long before."""
UNKNOWN = no(
    "enrol_code",
    "The username and the code do not fit together, or the code is too old. Check both. A code works once, for one "
    "day; ask your agency's administrator for a new one.",
)


def enrol(username: str, code: str, password: str, at: datetime) -> Decision:
    """Set the password if the code fits; the same sentence and work for every way it may not fit."""
    wanted = tidy_username(username)
    known = (
        User.objects.filter(username__iexact=wanted, is_active=True)
        if USERNAME.fullmatch(wanted)
        else User.objects.none()
    )
    user = known.first()
    waiting = Enrolment.objects.filter(user=user, expires__gt=at, tries__lt=MOST_TRIES).first() if user else None
    if waiting:
        Enrolment.objects.filter(pk=waiting.pk).update(tries=F("tries") + 1)
    fits = check_password(code.strip().upper(), waiting.code if waiting else _dummy())
    if user is None or waiting is None or not fits:
        return UNKNOWN
    try:
        validate_password(password, user)
    except ValidationError as error:
        return no("enrol_password", "{why}", why=" ".join(error.messages))
    with transaction.atomic():
        user.set_password(password)
        user.session_key = ""
        user.save(update_fields=("password", "session_key"))
        waiting.delete()
    return YES


@lru_cache(maxsize=1)
def _dummy() -> str:
    """A hash that no code fits, so that an unknown name takes as long as a known one."""
    return make_password("not a code of ours")
