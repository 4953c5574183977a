"""Permissions about what leaves."""

from joindots.access.permission import declare
from joindots.access.roles import CASE_WORK, REPORTED, Role

THEIRS = frozenset(
    {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR, Role.POLICE_OFFICER,
     Role.POLICE_SPOC}
)  # fmt: skip
"""Roles that reach somebody themselves; whether this person, and from which side, is a matter of standing."""
SEE_NOTICES = declare("notices.see", "see what left", THEIRS, shut=REPORTED)
WRITE = declare("notices.write", "write to somebody or ring them", THEIRS, shut=REPORTED)
OWN_FEED = declare("notices.feed", "have a calendar of your own work", CASE_WORK)
