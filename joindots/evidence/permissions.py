"""Permissions about evidence."""

from functools import partial

from joindots.access.permission import declare
from joindots.access.roles import EVIDENCE_WORK, REPORTED

ours = partial(declare, roles=EVIDENCE_WORK, shut=REPORTED)
"""By who works on evidence, and never from the side of the person reported."""
BRING_IN = ours("evidence.bring_in", "bring in files")
SEE_EVIDENCE = ours("evidence.see", "see evidence")
ANSWER = ours("evidence.answer", "answer questions about a file")
GET_ORIGINAL = ours("evidence.original", "download an original file")
REMOVE = ours("evidence.remove", "remove a file for good")
WRITE_ENTRY = ours("evidence.write_entry", "write, correct or withdraw an entry of the log")
LINK = ours("evidence.link", "link entries, messages and files, and undo a link")
