"""E-mail: mailboxes, single mails, and Outlook's own files."""

from joindots.evidence.readers.mail import eml, mbox, outlook

FORMATS = (outlook.FORMAT, mbox.FORMAT, eml.FORMAT)
"""An mbox begins as a single mail does, behind its first line: so it is tried before."""
