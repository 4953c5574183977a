"""GOV.UK Notify, for public bodies: texts, mail and printed letters by their own client, through our own templates.

The text and letter templates hold `((words))` alone, the mail template `((subject))` and `((words))`. Charities have
no Notify: they use SMTP and a plain text gateway.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import requests
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from joindots.notices.gateways import SECONDS, NotTaken, Parcel, Refused
from joindots.notices.rules.notices import Kind

AGAIN = frozenset({429})
"""Answered before anything was taken: too many at once."""


@dataclass(frozen=True, slots=True)
class Notify:
    """A service of Notify: its key, its templates, and the names it sends as."""

    key: str = field(repr=False)
    text_template: str = ""
    mail_template: str = ""
    letter_template: str = ""
    text_sender: str = ""
    mail_reply: str = ""
    base_url: str = "https://api.notifications.service.gov.uk"
    name: str = "notify"

    def send(self, parcel: Parcel) -> None:
        """Hand one text, mail or letter over. A broken connection leaves unknown whether it was taken."""
        maker: Any = NotificationsAPIClient  # their client is untyped
        client = maker(self.key, base_url=self.base_url, timeout=int(SECONDS))
        try:
            self._send(client, parcel)
        except HTTPError as told:
            if told.status_code in AGAIN:
                raise NotTaken from None
            if told.status_code < 500:
                raise Refused from None
            raise
        except requests.ConnectTimeout:
            raise NotTaken from None

    def _send(self, client: Any, parcel: Parcel) -> None:
        if parcel.kind == Kind.TEXT:
            client.send_sms_notification(
                phone_number=parcel.to, template_id=self.text_template, personalisation={"words": parcel.body},
                sms_sender_id=self.text_sender or None,
            )  # fmt: skip
        elif parcel.kind == Kind.MAIL:
            client.send_email_notification(
                email_address=parcel.to, template_id=self.mail_template,
                personalisation={"subject": parcel.subject, "words": parcel.body},
                email_reply_to_id=self.mail_reply or None,
            )  # fmt: skip
        elif parcel.kind == Kind.PRINTED and self.letter_template:
            lines = enumerate(parcel.to.splitlines(), 1)
            client.send_letter_notification(
                template_id=self.letter_template,
                personalisation={f"address_line_{number}": one for number, one in lines} | {"words": parcel.body},
            )  # fmt: skip
        else:
            raise Refused
