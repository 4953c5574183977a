"""Keys of partners' systems for the tests, made as an administrator makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from joindots.access.roles import Role
from joindots.agencies.models import Agency, Membership, User
from joindots.circles import actions as circles
from tests.stage import Stage


@dataclass
class Caller:
    """A client that bears one token."""

    client: Client
    token: str

    def __call__(self, method: str, path: str, **more: Any) -> Any:
        """One request to the API."""
        return self.client.generic(method.upper(), f"/api/{path}", headers=self.headers(), **more)

    def headers(self) -> dict[str, str]:
        """The header that bears the token, and the name of a file where one is sent."""
        return {"Authorization": f"Bearer {self.token}", "File-Name": "a%20statement.txt"}

    def json(self, method: str, path: str, body: Any) -> Any:
        """One request with a body of JSON."""
        import json

        return self(method, path, data=json.dumps(body), content_type="application/json")


@pytest.fixture
def caller(stage: Stage) -> Callable[..., Caller]:
    """A caller with a token of Northshire's for these scopes, agreed to by a second person."""
    stage.at = datetime.now(UTC)

    def make(*scopes: str, agreed: bool = True, days: int = 30) -> Caller:
        force = Agency.objects.get(name="Northshire")
        people = {}
        for name, role in (("admin", Role.AGENCY_ADMIN), ("second", Role.PRIVACY_OFFICER), ("feed", Role.POLICE_SPOC)):
            user, _ = User.objects.get_or_create(username=f"ns-{name}", defaults={"name": name})
            people[name], _ = Membership.objects.get_or_create(
                user=user, agency=force, defaults={"roles": [role.value], "starts": stage.at - timedelta(days=1)}
            )
        stage.memberships |= people
        made = circles.make_token(
            stage.actor("admin", fresh=True), membership=people["feed"].pk, name="Records", scopes=scopes, days=days
        )
        if agreed:
            circles.agree_to_token(stage.actor("second"), token=made.id)
        stage.close()
        return Caller(Client(raise_request_exception=False), made.token)

    return make
