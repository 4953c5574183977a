"""Permissions about people."""

from joindots.access.permission import declare
from joindots.access.roles import CASE_WORK, EVIDENCE_WORK, REPORTED, Role

SEE_PEOPLE = declare("people.see", "see who is in a case", CASE_WORK)
ADD_PERSON = declare("people.add", "add a person", CASE_WORK)
SEE_CONTACT = declare(
    "people.contact", "see how somebody can be reached safely",
    {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR, Role.POLICE_OFFICER,
     Role.POLICE_SPOC},
)  # fmt: skip
SET_CONTACT = declare("people.set_contact", "set how somebody can be reached safely",
                      {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER})  # fmt: skip
CHECK_CALLER = declare(
    "people.check_caller", "check whether a caller is who they say",
    {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR, Role.POLICE_OFFICER,
     Role.POLICE_SPOC}, shut=REPORTED,
)  # fmt: skip
SEE_PROTECTED = declare("people.see_protected", "see what must never leave", EVIDENCE_WORK)
PROTECT = declare("people.protect", "say what must never leave", EVIDENCE_WORK)
SEE_WHO_IS_WHO = declare("people.see_who_is_who", "see whose accounts are believed to be", EVIDENCE_WORK, shut=REPORTED)
SAY_WHO = declare("people.say_who", "say whose an account is, and withdraw it", EVIDENCE_WORK, shut=REPORTED)
