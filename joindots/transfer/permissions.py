"""Permissions about moving in and out."""

from joindots.access.permission import declare
from joindots.access.roles import Role

BRING_IN_CASES = declare("transfer.bring_in", "bring cases in from a spreadsheet", {Role.TEAM_LEAD})
TAKE_OUT = declare("transfer.take_out", "take out all that the agency owns", {Role.TEAM_LEAD})
DECIDE_TAKE_OUT = declare(
    "transfer.decide", "decide whether all that the agency owns is taken out", {Role.TEAM_LEAD, Role.PRIVACY_OFFICER}
)
