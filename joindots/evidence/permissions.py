"""Permissions about evidence."""

from joindots.access.permission import declare
from joindots.access.roles import EVIDENCE_WORK

BRING_IN = declare("evidence.bring_in", "bring in files", EVIDENCE_WORK)
SEE_EVIDENCE = declare("evidence.see", "see evidence", EVIDENCE_WORK)
ANSWER = declare("evidence.answer", "answer questions about a file", EVIDENCE_WORK)
GET_ORIGINAL = declare("evidence.original", "download an original file", EVIDENCE_WORK)
REMOVE = declare("evidence.remove", "remove a file for good", EVIDENCE_WORK)
WRITE_ENTRY = declare("evidence.write_entry", "write, correct or withdraw an entry of the log", EVIDENCE_WORK)
LINK = declare("evidence.link", "link entries, messages and files, and undo a link", EVIDENCE_WORK)
