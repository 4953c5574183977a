"""A form that is sent twice, by a second press or a page loaded anew, is done once: both get the first one's answer.

Each page that is shown gives its forms a mark of their own (the framework's, against other sites). The same mark with
the same content is the same form sent again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from joindots.agencies.models import FormSent

MARK: Final = "csrfmiddlewaretoken"
LASTS: Final = timedelta(seconds=60)
"""Later the same form is sent on purpose: work is stopped, goes on, and is stopped again."""
PATIENCE: Final = 10.0
"""Seconds for which the second waits for the first one's answer."""
LOOK: Final = 0.05
_OURS: Final = "_sent_once"
Respond = Callable[[HttpRequest], HttpResponseBase]


class SentOnce:
    """Stands below the check of the forms' marks and above the pages."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = None
        try:
            response = self.respond(request)
            return response
        finally:
            digest = getattr(request, _OURS, "")
            if digest:
                _answered(digest, response)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """None for the first; for a second one the way that the first one led."""
        if request.method != "POST" or not request.user.is_authenticated or MARK not in request.POST:
            return None
        if "X-Draft" in request.headers or request.path.startswith("/account/"):
            return None
        at: datetime = request.at  # type: ignore[attr-defined]
        digest = _digest(request)
        FormSent.objects.filter(at__lte=at - LASTS).delete()
        until = time.monotonic() + PATIENCE
        while not _mine(digest, at):
            answer = FormSent.objects.filter(pk=digest).values_list("answer", flat=True).first()
            if answer:
                return redirect(answer)
            if answer is not None and time.monotonic() >= until:
                return None
            if answer is not None:
                time.sleep(LOOK)
        setattr(request, _OURS, digest)
        return None


def _mine(digest: str, at: datetime) -> bool:
    """Whether this is the first one of its kind."""
    try:
        with transaction.atomic():
            FormSent.objects.create(digest=digest, at=at)
    except IntegrityError:
        return False
    return True


def _answered(digest: str, response: HttpResponseBase | None) -> None:
    """A form that was done leads a second one where it led; one that was refused can be sent again."""
    row = FormSent.objects.filter(pk=digest)
    if response is not None and 300 <= response.status_code < 400 and len(response["Location"]) <= 500:
        row.update(answer=response["Location"])
    else:
        row.delete()


def _digest(request: HttpRequest) -> str:
    """Of the session, the address, and all that was sent, files by their content."""
    told = hashlib.sha256(f"{request.session.session_key}|{request.get_full_path()}".encode())
    for name, found in sorted(request.POST.lists()):
        told.update(repr((name, found)).encode("utf-8", "surrogatepass"))
    for name, files in sorted(request.FILES.lists()):
        for one in files:
            told.update(repr((name, one.name, getattr(getattr(one, "sealed", None), "sha256", ""))).encode())
    return told.hexdigest()
