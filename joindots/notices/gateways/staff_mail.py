"""Django's mail API ends here: staff account mail leaves by the mail gateway, to the agencies' own domains alone.

So no library can write to a client: whatever goes to any other address is dropped, and said so in the log by a code.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from joindots.notices.gateways import NotTaken, Parcel, Refused
from joindots.notices.gateways.chosen import DEFAULT, gateway_for, staff_domains
from joindots.notices.rules.notices import Kind

log = logging.getLogger(__name__)


class StaffMail(BaseEmailBackend):
    """The backend that settings name."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many left."""
        gateway, domains, left = gateway_for(DEFAULT, Kind.MAIL), staff_domains(), 0
        for one in email_messages:
            to = one.recipients()
            if gateway is None or len(to) != 1 or to[0].rpartition("@")[2].lower() not in domains:
                log.warning("staff mail not sent")
                continue
            try:
                gateway.send(Parcel(Kind.MAIL, to[0], "Accounts", str(one.subject), str(one.body)))
            except (NotTaken, Refused):
                log.warning("staff mail not taken")
                continue
            left += 1
        return left
