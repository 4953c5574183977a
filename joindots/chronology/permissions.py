"""Permissions about the chronology."""

from joindots.access.permission import declare
from joindots.access.roles import EVIDENCE_WORK

MAKE_PACK = declare("chronology.pack", "make a pack", EVIDENCE_WORK)
GET_PACK = declare("chronology.get_pack", "download a pack", EVIDENCE_WORK)
