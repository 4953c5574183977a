"""Permissions about the helpline."""

from joindots.access.permission import declare
from joindots.access.roles import REPORTED, Role

LINE = {Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR}
SEE_CONTACT = declare("helpline.see", "see a contact of the helpline", {*LINE, Role.ADVOCATE, Role.TEAM_LEAD},
                      shut=REPORTED)  # fmt: skip
SEE_LINE = declare("helpline.desk", "see the helpline's desk", LINE)
TAKE_CONTACT = declare("helpline.take", "take a call or another contact", LINE)
WRITE_CONTACT = declare("helpline.write", "write on a contact", LINE, shut=REPORTED)
OPEN_FROM_CONTACT = declare("helpline.open_case", "open a case from a contact", LINE, shut=REPORTED)
RUN_LINE = declare("helpline.run", "run the helpline's shift", {Role.HELPLINE_SUPERVISOR})
KEEP_READY = declare("helpline.ready", "keep who may take calls",
                     {Role.HELPLINE_SUPERVISOR, Role.AGENCY_ADMIN, Role.TEAM_LEAD})  # fmt: skip
