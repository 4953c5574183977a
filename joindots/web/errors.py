"""What a page says when something goes wrong before or outside any view of ours."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from joindots.agencies import holding
from joindots.agencies.middleware import problem_page
from joindots.kernel.problems import NotFound
from joindots.kernel.words import words


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere answers exactly as what one may not know of."""
    return problem_page(request, NotFound())


def our_fault(request: HttpRequest) -> HttpResponse:
    """Something of ours broke. The page asks for nothing: not who is signed in, and no database."""
    return HttpResponse(render_to_string("fault.html"), status=500)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the browser sent is nothing that a page of ours sends."""
    if isinstance(exception, TooManyFilesSent):
        reason = words(
            "too_many_files", "At most {most} files are taken at one time, and none was kept. Bring in a part of them.",
            most=settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        )  # fmt: skip
    else:
        reason = words("not_understood", "What was sent could not be read. Open the page again and send it once more.")
    return HttpResponse(render_to_string("problem.html", {"reason": str(reason), "status": 400}), status=400)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without this session's mark: it stood open too long, or another site sent it. What a page of ours sent
    for who signed in again meanwhile is held and offered.
    """
    if request.method == "POST" and holding.hold_stale(request):
        return redirect("agencies:held")
    said = words("form_too_old", "This form was open too long; nothing was sent. Open the page again and send it anew.")
    return render(request, "problem.html", {"reason": str(said), "status": 419}, status=403)
