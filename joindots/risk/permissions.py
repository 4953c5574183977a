"""Permissions about risk."""

from functools import partial

from joindots.access.permission import declare
from joindots.access.roles import REPORTED, Role

SEEING = frozenset(
    {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR, Role.POLICE_OFFICER,
     Role.POLICE_SPOC, Role.SPO_ADMINISTRATOR, Role.CLINICIAN, Role.PROBATION_PRACTITIONER}
)  # fmt: skip
"""Roles that see summary and risk of a case they stand in (security D1)."""
JUDGING = SEEING - {Role.SPO_ADMINISTRATOR, Role.PROBATION_PRACTITIONER}
"""Roles that ask, judge and answer prompts."""
SUPERVISING = frozenset({Role.TEAM_LEAD, Role.HELPLINE_SUPERVISOR, Role.POLICE_SPOC})
"""Roles whose holders look the same day at what is acted on today."""

see = partial(declare, roles=SEEING, shut=REPORTED)
ours = partial(declare, roles=JUDGING, shut=REPORTED)
"""Never from the side of the person reported: what somebody told of their fear is not for that side."""
SEE_RISK = see("risk.see", "see risk")
WATCH = see("risk.watch", "let new acts be looked over for risk")
ASK = ours("risk.ask", "ask the questions of a form, and keep a tool's result")
JUDGE = ours("risk.judge", "judge a risk")
NOTE_CHANGE = ours("risk.note_change", "note that something changed around a case")
CLOSE_PROMPT = ours("risk.close_prompt", "answer what asks for a new look")
SEE_FORMS = declare("risk.see_forms", "see the forms that can be asked", SEEING | {Role.AGENCY_ADMIN})
LOAD_FORM = declare("risk.load_form", "load a licensed form, and take it out of use", SUPERVISING | {Role.AGENCY_ADMIN})
