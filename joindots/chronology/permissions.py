"""Permissions about the chronology."""

from functools import partial

from joindots.access.permission import declare
from joindots.access.roles import EVIDENCE_WORK, REPORTED, Role

ours = partial(declare, roles=EVIDENCE_WORK, shut=REPORTED)
"""By who works on evidence, and never from the side of the person reported. What concerns packs for disclosure asks
for the other side itself, and answers as if there were none."""
MAKE_PACK = ours("chronology.pack", "make a pack")
GET_PACK = ours("chronology.get_pack", "download a pack")
SEE_GROUPING = ours("chronology.see_grouping", "see episodes and references of exhibits")
GROUP = ours("chronology.group", "accept, split and join runs of messages, and name episodes")
REFER = ours("chronology.refer", "give a file its reference as an exhibit")
DISCLOSE = declare("chronology.disclose", "make a pack for disclosure and ask for its release", EVIDENCE_WORK)
SEE_DISCLOSURE = declare("chronology.see_disclosure", "see packs for disclosure",
                         EVIDENCE_WORK | {Role.PRIVACY_OFFICER})  # fmt: skip
KEEP_OUT = declare("chronology.keep_out", "keep records out of disclosure, and look pictures over", EVIDENCE_WORK)
TELL = declare("chronology.tell", "note that somebody was told what a court may order", EVIDENCE_WORK)
RELEASE = declare("chronology.release", "decide whether a pack is released",
                  {Role.TEAM_LEAD, Role.POLICE_SPOC, Role.PRIVACY_OFFICER})  # fmt: skip
GET_DISCLOSURE = declare("chronology.get_disclosure", "download a released pack", EVIDENCE_WORK)
SEE_STATEMENT = declare("chronology.statement", "see the statement of custody", EVIDENCE_WORK | {Role.PRIVACY_OFFICER})
