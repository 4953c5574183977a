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
