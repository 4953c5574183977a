"""The service directory for partners' systems: what fits a place and a need, and why."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from joindots.api.service import REFUSALS, partner
from joindots.directory import queries as directory
from joindots.directory.rules.fitting import Asked
from joindots.directory.rules.places import place_of

router = Router(tags=["directory"])


class Wanted(Schema):
    """What is looked for. What is left out was not asked."""

    place: Annotated[str, Field(max_length=80, description="Postcode, its first half, a town or a council")] = ""
    need: Annotated[str, Field(max_length=40)] = ""
    relation: Annotated[str, Field(max_length=40)] = ""
    sex: Annotated[str, Field(max_length=20)] = ""
    age: Annotated[int | None, Field(ge=0, le=130)] = None
    language: Annotated[str, Field(max_length=40)] = ""
    open_now: bool = False


class Service(Schema):
    """A service as it is listed, and why it stands in the answer."""

    reference: str
    name: str
    what: str
    why: str
    phones: list[str]
    web: str
    hours: str
    wait_days: int | None
    confirmed_on: str | None
    stale: bool


class Found(Schema):
    """What fits, in the order of the directory's shown rule; `instead`: national services where nothing fits."""

    services: list[Service]
    instead: list[Service]
    more: bool


@router.get("/services", response={200: Found, **REFUSALS}, summary="Services that fit a place and a need")
def services(request: HttpRequest, asked: Query[Wanted]) -> Found:
    """The listings that the token's agency may see; a place that is kept secret is in none."""
    actor = partner(request, "directory")
    found = directory.find(
        actor,
        Asked(place_of(asked.place), asked.need, asked.relation, asked.sex, asked.age, asked.language, asked.open_now),
    )
    return Found(
        services=[_shown(hit) for hit in found.hits], instead=[_shown(hit) for hit in found.instead], more=found.more
    )


def _shown(hit: directory.Hit) -> Service:
    one = hit.service.listing
    confirmed = hit.service.confirmed_on
    return Service(
        reference=hit.service.reference, name=one.name, what=one.what, why=hit.why,
        phones=[phone.number for phone in one.phones], web=one.web, hours=hit.service.hours_say,
        wait_days=one.wait_days, confirmed_on=confirmed.isoformat() if confirmed else None, stale=hit.service.stale,
    )  # fmt: skip
