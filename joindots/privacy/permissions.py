"""Permissions about personal data: requests, copies, how long things are kept, breaches, papers."""

from joindots.access.permission import declare
from joindots.access.roles import CASE_WORK, REPORTED, Role

KEEPERS = frozenset({Role.PRIVACY_OFFICER, Role.TEAM_LEAD})
KEEP_REGISTER = declare("privacy.register", "keep the register of requests about personal data", KEEPERS,
                        shut=REPORTED)  # fmt: skip
TELL_CLIENT = declare("privacy.tell_client", "tell a client that others ask about them, or write why not",
                      {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR},
                      shut=REPORTED)  # fmt: skip
MAKE_COPY = declare("privacy.copy", "make the copy that a person gets of what is held about them",
                    KEEPERS | {Role.ADVOCATE}, shut=REPORTED)  # fmt: skip
AGREE_COPY = declare("privacy.agree_copy", "agree that a copy leaves", KEEPERS, shut=REPORTED)
SEE_KEPT = declare("privacy.kept", "see what is kept, how long, and what stops its erasing",
                   KEEPERS | {Role.HELPLINE_SUPERVISOR}, shut=REPORTED)  # fmt: skip
HOLD = declare("privacy.hold", "stop the erasing of something, and lift that",
               KEEPERS | {Role.HELPLINE_SUPERVISOR}, shut=REPORTED)  # fmt: skip
SIGN = declare("privacy.sign", "sign that something is kept longer or is erased",
               KEEPERS | {Role.HELPLINE_SUPERVISOR}, shut=REPORTED)  # fmt: skip
SET_PERIOD = declare("privacy.period", "set how long the agency keeps things", KEEPERS)
RAISE_ALARM = declare("privacy.alarm", "say that data may have got out, and work on it",
                      CASE_WORK | {Role.PRIVACY_OFFICER})  # fmt: skip
DRAFT = declare("privacy.draft", "draft the papers about the agency's use of data", KEEPERS)
