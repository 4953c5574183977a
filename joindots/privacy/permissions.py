"""Permissions about requests concerning personal data."""

from joindots.access.permission import declare
from joindots.access.roles import Role

KEEP_REGISTER = declare(
    "privacy.register", "keep the register of requests about personal data", {Role.PRIVACY_OFFICER, Role.TEAM_LEAD}
)
