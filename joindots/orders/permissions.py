"""Permissions about orders."""

from functools import partial

from joindots.access.permission import declare
from joindots.access.roles import EVIDENCE_WORK, REPORTED, Role

FORCE = frozenset({Role.POLICE_OFFICER, Role.POLICE_SPOC, Role.SPO_ADMINISTRATOR})
"""Roles that apply for orders and look after them: only the police can (Stalking Protection Act 2019 s1)."""
SEEING = FORCE | {Role.ADVOCATE, Role.TEAM_LEAD}

ours = partial(declare, roles=FORCE, shut=REPORTED)
SEE_ORDERS = declare("orders.see", "see orders", SEEING, shut=REPORTED)
"""Never from the side of the person reported: who is protected, and how they were told, is not for that side."""
CONSIDER = ours("orders.consider", "consider an order")
RECORD = ours("orders.record", "write down what happened to an order")
TERMS = ours("orders.terms", "write down an order's conditions and whom it protects")
KEEP = ours("orders.keep", "say who looks after an order, and what is reported of it")
WRITE_LETTERS = ours("orders.letters", "write letters about orders")
"""By the gate, which asks the card of the person protected and shows it to nobody (docs/decisions/0042)."""
RETURN = declare("orders.return", "make the return of orders", {Role.SPO_ADMINISTRATOR, Role.POLICE_SPOC},
                 shut=REPORTED)  # fmt: skip
ASK = declare("orders.ask", "ask a force to apply for an order", {Role.ADVOCATE, Role.TEAM_LEAD}, shut=REPORTED)
ANSWER_ASK = ours("orders.answer_ask", "answer who asks for an order")
COUNT_ASKS = declare("orders.count_asks", "see how forces answered when they were asked for orders",
                     {Role.TEAM_LEAD, Role.AGENCY_ADMIN, Role.SPO_ADMINISTRATOR, Role.POLICE_SPOC})  # fmt: skip
SEE_PACK = ours("orders.see_pack", "see the application for an order")
DRAFT_PACK = ours("orders.draft_pack", "draft the application for an order")
CHOOSE_ACTS = ours("orders.choose_acts", "choose the acts an application relies on")
"""From the lines that a schedule would say of the log, and no more of it (docs/decisions/0042)."""
ENCLOSE = declare("orders.enclose", "copy the exhibits of an application", FORCE & EVIDENCE_WORK, shut=REPORTED)
"""By who may see the files themselves."""
SIGN_PACK = ours("orders.sign_pack", "sign an application")
SEND_PACK = ours("orders.send_pack", "write down that an application was sent")
SETTING = frozenset({Role.SPO_ADMINISTRATOR, Role.POLICE_SPOC, Role.AGENCY_ADMIN})
SEE_TEMPLATE = declare("orders.see_template", "see the agency's template for applications", FORCE | SETTING)
SET_TEMPLATE = declare("orders.set_template", "load the agency's template for applications", SETTING)
KNOW = declare("orders.know", "write down an order that somebody told of", SEEING, shut=REPORTED)
"""And what is known of it since: on somebody's word, never of an order that a force looks after here."""
SEE_WATCH = declare("orders.see_watch", "see acts beside the conditions of an order", SEEING & EVIDENCE_WORK,
                    shut=REPORTED)  # fmt: skip
DECIDE_BREACH = declare("orders.decide_breach", "decide whether an act is a breach of an order", FORCE & EVIDENCE_WORK,
                        shut=REPORTED)  # fmt: skip
"""By who may see the log: what is decided rests on the words of an entry."""
