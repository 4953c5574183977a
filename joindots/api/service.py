"""The API itself: who calls, in which words it refuses, and where its areas are mounted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer
from pydantic import Field, JsonValue

from joindots.access.actor import Actor
from joindots.access.scopes import SCOPES
from joindots.agencies.partners import TokenRefused, actor_by_token
from joindots.kernel.problems import NotAllowed, Problem
from joindots.kernel.words import Words, words


class Refusal(Schema):
    """Why something was not done: a code for the machine, and the words that a page would show."""

    code: str
    words: str


class Token(HttpBearer):
    """The token of a partner's system. Whatever is wrong with it, the answer is the same."""

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        """As the base has it, but a header of another form is refused like a token that is not known."""
        return super().__call__(request) or self.authenticate(request, "")

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The actor of the token; the visit's middleware writes its trail before the first byte is sent."""
        actor, scopes = actor_by_token(token, request.at)  # type: ignore[attr-defined]
        request._actor = actor  # type: ignore[attr-defined]
        request._scopes = scopes  # type: ignore[attr-defined]
        return actor


REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 422), Refusal)
"""The ways to fail that every operation has; said once."""

api = NinjaAPI(
    title="Join the Dots", version="1.0", auth=Token(), docs_url=None, openapi_url="openapi.json", urls_namespace="api",
    description="For systems of partner agencies. A token is narrowed to what it is for and acts for one agency.",
)  # fmt: skip


def chosen_from(words: Iterable[str], longest: int = 40) -> Any:
    """A field whose codes the document lists; one that is not listed is refused by the rule, in the rule's words."""
    codes: list[JsonValue] = [*sorted({str(code) for code in words})]
    return Field(max_length=longest, json_schema_extra={"enum": codes})


def partner(request: HttpRequest, scope: str) -> Actor:
    """The actor of the request, if its token has this scope."""
    if scope not in request._scopes:  # type: ignore[attr-defined]
        raise NotAllowed(words("scope", "This token does not let a system {what}.", what=SCOPES[scope].words))
    actor = request._actor  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)
    return actor


def refused(request: HttpRequest, reason: Words, status: int) -> HttpResponse:
    """A refusal as the API sends it: the same words as a page."""
    return api.create_response(request, {"code": reason.code, "words": str(reason)}, status=status)


@api.exception_handler(Problem)
def problem(request: HttpRequest, found: Problem) -> HttpResponse:
    """The four problems, mapped once."""
    response = refused(request, found.reason, found.status)
    if isinstance(found, TokenRefused):
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ValidationError)
def not_fitting(request: HttpRequest, found: ValidationError) -> HttpResponse:
    """What was sent has not the shape that the document says: which field, and what is wrong with it."""
    first = found.errors[0] if found.errors else {}
    place = ".".join(str(part) for part in first.get("loc", ())[1:])
    said = words("shape", "{place}: {what}", place=place or "body", what=str(first.get("msg", "not understood")))
    return refused(request, said, 422)


@api.exception_handler(HttpError)
def not_understood(request: HttpRequest, found: HttpError) -> HttpResponse:
    """A body that is no JSON, and the like."""
    return refused(request, words("not_understood", "{why}", why=str(found)[:200]), found.status_code)
