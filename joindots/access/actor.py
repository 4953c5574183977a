"""The actor: one user acting as one membership at one moment. Only `agencies` makes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from joindots.access.permission import Permission
from joindots.access.roles import Role, said
from joindots.access.visit import Visit
from joindots.audit.trail import Draft
from joindots.kernel.decisions import YES, Decision, no
from joindots.vault.ring import Ring

FEW = 5
"""Roles that are named to who holds none of them, so that they know whom to ask."""


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """Who acts, as what, when. `fresh` is whether a second factor was given in the last 5 minutes; `visits`, whether it
    is a visitor without an account.
    """

    user_id: UUID
    membership_id: UUID
    agency_id: UUID
    team_id: UUID | None
    roles: frozenset[Role]
    at: datetime
    visit: Visit
    keys: Ring
    fresh: bool = False
    name: str = ""
    visits: bool = False
    only: frozenset[str] | None = None
    """Codes of the permissions to which a partner's token is narrowed; None for a person."""

    @property
    def visit_id(self) -> UUID:
        """The id that all entries of this visit share."""
        return self.visit.id

    def may(self, permission: Permission) -> Decision:
        """Whether a role of this membership carries the permission; the reason if not."""
        if self.only is not None and permission.code not in self.only:
            return no("scope", "This token does not let a system {what}.", what=permission.words)
        if self.roles & permission.roles or (self.visits and permission.visitors):
            return YES
        if len(permission.roles) > FEW:
            return no("role", "Your role does not let you {what}.", what=permission.words)
        return no(
            "role_for", "Your role does not let you {what}. Ask somebody who is: {who}.",
            what=permission.words, who=said(permission.roles),
        )  # fmt: skip

    def record(self, book: UUID, deed: str, /, *, book_kind: str = "circle", **says: Any) -> None:
        """Note a deed in a book. The door writes it in the deed's own transaction."""
        self.visit.deeds.append(Draft(book, book_kind, deed, {name: _plain(value) for name, value in says.items()}))


def _plain(value: Any) -> Any:
    """Codes, numbers and ids only: whatever is neither is written as text."""
    return value if isinstance(value, bool | int | float | type(None) | list) else str(value)
