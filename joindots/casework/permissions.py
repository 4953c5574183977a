"""Permissions about cases."""

from joindots.access.permission import declare
from joindots.access.roles import CASE_WORK, Role

SEE_CASES = declare("casework.see", "see cases", CASE_WORK)
OPEN_CASE = declare("casework.open", "open a case", {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER,
                                                      Role.POLICE_OFFICER, Role.POLICE_SPOC})  # fmt: skip
CLOSE_CASE = declare("casework.close", "close or reopen a case", {Role.ADVOCATE, Role.TEAM_LEAD, Role.POLICE_SPOC})
