"""What all pages for anybody share: where leaving leads, and headers by which nothing of them is kept or passed on."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LEAVE = "https://www.bbc.co.uk/weather"
"""Where "Leave this page" leads: a page that says nothing of this one (GOV.UK's own choice)."""


def for_anybody(request: HttpRequest, page: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page that needs no account and no script. Nothing keeps it, no other site learns of it, no search engine lists
    it.
    """
    response = render(request, page, {**context, "leave": LEAVE}, status=status)
    response["Referrer-Policy"], response["X-Robots-Tag"] = "no-referrer", "noindex, nofollow"
    return response
