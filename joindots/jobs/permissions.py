"""Permissions about long work."""

from joindots.access.permission import declare
from joindots.access.roles import CASE_WORK, Role

START_JOB = declare("jobs.start", "start long work", CASE_WORK)
SEE_JOBS = declare("jobs.see", "see long work", CASE_WORK)
SEE_HEALTH = declare("jobs.health", "see how the service is", {Role.OPERATOR, Role.AGENCY_ADMIN, Role.TEAM_LEAD})
STEER_JOB = declare("jobs.steer", "stop or resume long work", CASE_WORK)
