"""Permissions about the chronology."""

from joindots.access.permission import declare
from joindots.access.roles import EVIDENCE_WORK

MAKE_PACK = declare("chronology.pack", "make a pack", EVIDENCE_WORK)
GET_PACK = declare("chronology.get_pack", "download a pack", EVIDENCE_WORK)
SEE_GROUPING = declare("chronology.see_grouping", "see how records are grouped, and references of exhibits", EVIDENCE_WORK)
GROUP = declare("chronology.group", "accept, split and join runs of messages, and name episodes", EVIDENCE_WORK)
REFER = declare("chronology.refer", "give a file its reference as an exhibit", EVIDENCE_WORK)
