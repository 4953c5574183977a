"""Permissions about the directory of services."""

from joindots.access.permission import declare
from joindots.access.roles import CASE_WORK, Role

OPEN_TO_ALL = declare("directory.open", "see the services that are open to everybody", {*Role}, visitors=True)
SEE_SERVICES = declare("directory.see", "see the directory of services", {*CASE_WORK, Role.AGENCY_ADMIN})
CONFIRM_SERVICE = declare(
    "directory.confirm", "confirm what a listing says",
    {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR, Role.AGENCY_ADMIN},
)  # fmt: skip
EDIT_SERVICE = declare(
    "directory.edit", "add or correct a listing",
    {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_SUPERVISOR, Role.AGENCY_ADMIN},
)  # fmt: skip
EXCHANGE_SERVICES = declare(
    "directory.exchange", "bring listings in from a file or take them out",
    {Role.TEAM_LEAD, Role.HELPLINE_SUPERVISOR, Role.AGENCY_ADMIN},
)  # fmt: skip
