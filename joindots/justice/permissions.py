"""Permissions about justice."""

from functools import partial

from joindots.access.permission import declare
from joindots.access.roles import EVIDENCE_WORK, REPORTED, Role

SEEING = EVIDENCE_WORK | {Role.SPO_ADMINISTRATOR}
"""Who follows a crime through the police and the courts: those who work for the person, and the force."""

SEE_JUSTICE = declare("justice.see", "see what became of a crime", SEEING, shut=REPORTED)
"""Never from the side of the person reported: how somebody was told, and what is still missing, is not for it."""
keeps = partial(declare, roles=EVIDENCE_WORK, shut=REPORTED)
RECORD = keeps("justice.record", "write down what became of a crime")
SEE_POINTS = keeps("justice.see_points", "see what speaks to each point to prove")
PROVE = keeps("justice.prove", "say what speaks to a point to prove, and judge it")
KEEP_FILE = declare("justice.file", "keep the case file of a crime", {Role.POLICE_OFFICER, Role.POLICE_SPOC},
                    shut=REPORTED)  # fmt: skip

SEE_OPPOSED = declare("justice.opposed", "see who the primary victim is, and both histories", SEEING, shut=REPORTED)
SAY_PRIMARY = keeps("justice.say_primary", "say who the primary victim is, and change what somebody stands as")
AGREE_PRIMARY = keeps("justice.agree_primary", "decide as the second person who the primary victim is")
AGREE_AS_BUDDY = declare("justice.agree_as_buddy", "decide for a small agency who the primary victim is",
                         {Role.TEAM_LEAD, Role.POLICE_SPOC, Role.PRIVACY_OFFICER})  # fmt: skip
PUT = keeps("justice.put", "write down what was put on record against somebody, and challenge it")
SEE_TOLD = declare("justice.see_told", "see requests to be told what the police hold of somebody", SEEING,
                   shut=REPORTED)  # fmt: skip
"""On the side of who is to be protected alone: who asked is never told to the person asked about."""
TELL = keeps("justice.tell", "write down requests to be told, and what was said")
COUNT_PUTS = declare("justice.count_puts", "see how often each body put something on record against a victim",
                     {Role.TEAM_LEAD, Role.AGENCY_ADMIN, Role.SPO_ADMINISTRATOR, Role.POLICE_SPOC})  # fmt: skip
