"""Permissions about the chronology."""

from joindots.access.permission import declare
from joindots.access.roles import EVIDENCE_WORK, Role

MAKE_PACK = declare("chronology.pack", "make a pack", EVIDENCE_WORK)
GET_PACK = declare("chronology.get_pack", "download a pack", EVIDENCE_WORK)
SEE_GROUPING = declare("chronology.see_grouping", "see episodes and references of exhibits", EVIDENCE_WORK)
GROUP = declare("chronology.group", "accept, split and join runs of messages, and name episodes", EVIDENCE_WORK)
REFER = declare("chronology.refer", "give a file its reference as an exhibit", EVIDENCE_WORK)
DISCLOSE = declare("chronology.disclose", "make a pack for disclosure and ask for its release", EVIDENCE_WORK)
SEE_DISCLOSURE = declare("chronology.see_disclosure", "see packs for disclosure",
                         EVIDENCE_WORK | {Role.PRIVACY_OFFICER})  # fmt: skip
KEEP_OUT = declare("chronology.keep_out", "keep records out of disclosure, and look pictures over", EVIDENCE_WORK)
TELL = declare("chronology.tell", "note that somebody was told what a court may order", EVIDENCE_WORK)
RELEASE = declare("chronology.release", "decide whether a pack is released",
                  {Role.TEAM_LEAD, Role.POLICE_SPOC, Role.PRIVACY_OFFICER})  # fmt: skip
GET_DISCLOSURE = declare("chronology.get_disclosure", "download a released pack", EVIDENCE_WORK)
SEE_STATEMENT = declare("chronology.statement", "see the statement of custody", EVIDENCE_WORK | {Role.PRIVACY_OFFICER})
