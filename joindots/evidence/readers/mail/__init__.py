"""E-mail: mailboxes, single mails, and Outlook's own files."""

from joindots.evidence.readers.mail import eml, mbox

FORMATS = (mbox.FORMAT, eml.FORMAT)
"""An mbox also begins with a header's look-alikes, so it is tried first."""
