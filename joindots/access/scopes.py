"""What a partner's system may be let do, each scope as the permissions it needs and no other (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing that a token is for: in words, and the codes of all permissions on its way."""

    words: str
    permissions: frozenset[str]


SCOPES: Final[dict[str, Scope]] = {
    "directory": Scope("read the service directory", frozenset({"directory.see"})),
    "reports": Scope(
        "hand in reports to the police, and learn what came of each",
        frozenset({"casework.open", "casework.report", "casework.see", "circles.open", "people.add", "people.see"}),
    ),
    "files": Scope(
        "send files into a case it may know of", frozenset({"casework.see", "evidence.bring_in", "jobs.start"})
    ),
    "referrals_in": Scope(
        "read referrals made to your agency, and accept or reject each",
        frozenset({
            "casework.answer_referral", "casework.open", "casework.see", "circles.open", "people.add", "people.see"
        }),
    ),
    "referrals": Scope(
        "send referrals, and learn how each was answered",
        frozenset({"casework.send_in", "casework.see_sent_in", "circles.open"}),
    ),
}  # fmt: skip


def allowed(scopes: list[str]) -> frozenset[str]:
    """The permissions of these scopes together; a scope no longer known gives nothing."""
    return frozenset(code for name in scopes if name in SCOPES for code in SCOPES[name].permissions)
