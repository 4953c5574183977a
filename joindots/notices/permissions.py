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
WRITE_OUT = declare("notices.write_out", "write to somebody else about a case", THEIRS | {Role.SPO_ADMINISTRATOR},
                    shut=REPORTED)  # fmt: skip
"""To a court or a force. The gate asks the card, and whoever may not see how somebody is reached is not shown it."""
OWN_FEED = declare("notices.feed", "have a calendar of your own work", CASE_WORK)
