"""Permissions about circles."""

from joindots.access.permission import declare
from joindots.access.roles import CASE_WORK, REPORTED, Role

OPEN_CIRCLE = declare("circles.open", "open a circle", CASE_WORK | {Role.PRIVACY_OFFICER})
SEE_WHO = declare("circles.who", "see who may know", CASE_WORK | {Role.PRIVACY_OFFICER})
GRANT = declare("circles.grant", "bring people in", {Role.TEAM_LEAD, Role.HELPLINE_SUPERVISOR, Role.POLICE_SPOC},
                shut=REPORTED)  # fmt: skip
"""Never from the side of the person reported: who may know, and who no longer, is not for it to say."""
SHARE = declare("circles.share", "let others read a case for a while",
                {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_SUPERVISOR, Role.POLICE_SPOC}, shut=REPORTED)  # fmt: skip
TAKE_UP = declare("circles.take_up", "take up a case that a colleague hands over", CASE_WORK)
EXCLUDE = declare("circles.exclude", "keep people out", CASE_WORK | {Role.PRIVACY_OFFICER}, shut=REPORTED)
BREAK_GLASS = declare("circles.break_glass", "open a case in an emergency", CASE_WORK)
REVIEW = declare("circles.review", "review emergency openings", {Role.PRIVACY_OFFICER})
ASK_SECOND = declare("circles.ask_second", "ask a second person", CASE_WORK | {Role.PRIVACY_OFFICER},
                     shut=REPORTED)  # fmt: skip
DECIDE_SECOND = declare("circles.decide_second", "decide as the second person", CASE_WORK | {Role.PRIVACY_OFFICER},
                        shut=REPORTED)  # fmt: skip
SEE_CUSTODY = declare("circles.custody", "see who opened what", CASE_WORK | {Role.PRIVACY_OFFICER})
ERASE = declare("circles.erase", "erase a circle for good",
                {Role.TEAM_LEAD, Role.HELPLINE_SUPERVISOR, Role.PRIVACY_OFFICER}, shut=REPORTED)  # fmt: skip
MANAGE_STAFF = declare("circles.manage_staff", "manage staff", {Role.AGENCY_ADMIN})
DECIDE_STAFF = declare("circles.decide_staff", "decide about staff as the second person",
                       {Role.AGENCY_ADMIN, Role.TEAM_LEAD, Role.PRIVACY_OFFICER})  # fmt: skip
SEE_STAFF = declare("circles.see_staff", "see the agency's staff",
                    {Role.AGENCY_ADMIN, Role.TEAM_LEAD, Role.PRIVACY_OFFICER})  # fmt: skip
SEE_ALERTS = declare("circles.alerts", "see alerts from other agencies", {Role.PRIVACY_OFFICER})
STAND_IN_ALL = declare("circles.stand_in_all", "stand in every case of the agency", {Role.TEAM_LEAD})
DECIDE_RELEASE = declare("circles.decide_release", "decide as the second person whether something is released",
                         {Role.TEAM_LEAD, Role.POLICE_SPOC, Role.PRIVACY_OFFICER})  # fmt: skip
