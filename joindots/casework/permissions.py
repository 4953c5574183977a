"""Permissions about cases."""

from joindots.access.permission import declare
from joindots.access.roles import CASE_WORK, EVIDENCE_WORK, REPORTED, Role

SEE_CASES = declare("casework.see", "see cases", CASE_WORK)
OPEN_CASE = declare("casework.open", "open a case", {Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER,
                                                      Role.POLICE_OFFICER, Role.POLICE_SPOC})  # fmt: skip
CLOSE_CASE = declare("casework.close", "close or reopen a case", {Role.ADVOCATE, Role.TEAM_LEAD, Role.POLICE_SPOC})

WORKERS = frozenset({Role.ADVOCATE, Role.TEAM_LEAD, Role.HELPLINE_ADVISER, Role.HELPLINE_SUPERVISOR,
                     Role.POLICE_OFFICER, Role.POLICE_SPOC, Role.SAFEGUARDING_LEAD})  # fmt: skip
LEADS = frozenset({Role.TEAM_LEAD, Role.HELPLINE_SUPERVISOR, Role.POLICE_SPOC})
SEE_WORK = declare("casework.see_work", "see the work on a case", CASE_WORK, shut=REPORTED)
CHANGE_CASE = declare("casework.change", "change what stands in a case", WORKERS, shut=REPORTED)
ALLOCATE = declare("casework.allocate", "say who takes a case", LEADS, shut=REPORTED)
TAKE_CASE = declare("casework.take", "take a case", WORKERS)
KEEP_CARDS = declare("casework.cards", "see the team and keep the cards of its workers", LEADS | {Role.AGENCY_ADMIN})
TRY_CONTACT = declare("casework.try_contact", "note a first contact", WORKERS, shut=REPORTED)
AGREE = declare("casework.agree", "write down what somebody agreed to", WORKERS, shut=REPORTED)
SHARE_CASE = declare("casework.share", "let others read a case", {Role.ADVOCATE, *LEADS}, shut=REPORTED)
REFER = declare("casework.refer", "refer somebody", WORKERS, shut=REPORTED)
ANSWER_REFERRAL = declare("casework.answer_referral", "answer a referral", WORKERS, shut=REPORTED)
SEND_IN = declare("casework.send_in", "send a referral from another system", WORKERS)
SEE_SENT_IN = declare("casework.see_sent_in", "see how referrals from another system were answered", WORKERS)
REPORT = declare("casework.report", "write down a report to the police", WORKERS, shut=REPORTED)
SEE_FEED = declare("casework.see_feed", "see who looks after a force’s feed",
                   {*WORKERS, Role.AGENCY_ADMIN, Role.PRIVACY_OFFICER})  # fmt: skip
HAND_OVER = declare("casework.hand_over", "hand a case over", WORKERS, shut=REPORTED)

KEEP_DESK = declare("casework.keep_desk", "put something off on one’s own desk", CASE_WORK)

SUPERVISE = declare("casework.supervise", "note a supervision, and see what colleagues carry", LEADS)

SUPPORT = frozenset({Role.ADVOCATE, Role.TEAM_LEAD})
"""Who works for the person being stalked, and keeps what is theirs: plan, letters, therapy, how they cope, costs."""
SEE_PLAN = declare("casework.see_plan", "see a safety plan", SUPPORT, shut=REPORTED)
KEEP_PLAN = declare("casework.keep_plan", "write a safety plan", SUPPORT, shut=REPORTED)
SEE_TASKS = declare("casework.see_tasks", "see tasks and what was asked of agencies", EVIDENCE_WORK, shut=REPORTED)
KEEP_TASKS = declare("casework.keep_tasks", "keep tasks and press an agency", EVIDENCE_WORK, shut=REPORTED)
SEE_RIGHTS = declare("casework.see_rights", "see how the Victims' Code was kept", EVIDENCE_WORK, shut=REPORTED)
KEEP_RIGHTS = declare("casework.keep_rights", "note how the Victims' Code was kept", EVIDENCE_WORK, shut=REPORTED)
SEE_SUPPORT = declare("casework.see_support", "see letters, court days, therapy, answers and costs of a client",
                      SUPPORT, shut=REPORTED)  # fmt: skip
KEEP_SUPPORT = declare("casework.keep_support", "keep letters, court days, therapy, answers and costs of a client",
                       SUPPORT, shut=REPORTED)  # fmt: skip
KEEP_ROOM = declare("casework.keep_room", "keep therapy notes, apart from every case", {Role.THERAPIST})
PASS_ROOM_ON = declare("casework.pass_room_on", "pass on, unread, the notes of a therapist who left",
                       {Role.TEAM_LEAD, Role.PRIVACY_OFFICER, Role.AGENCY_ADMIN})  # fmt: skip
