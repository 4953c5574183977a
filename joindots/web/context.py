"""What every page's frame shows: who is signed in, as whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from joindots.access.actor import Actor
from joindots.agencies.models import Agency


def frame(request: HttpRequest) -> dict[str, Any]:
    """The name and agency of who acts; nothing where nobody does."""
    actor = getattr(request, "_actor", None)
    if not isinstance(actor, Actor):
        return {"frame": None}
    agency = Agency.objects.filter(pk=actor.agency_id).values_list("name", flat=True).first()
    return {"frame": {"name": actor.name, "agency": agency or "", "roles": sorted(role.words for role in actor.roles)}}
