"""Mail by SMTP, always over TLS with a certificate that is checked; without it only to this very machine.

A charity's secure mail is the same with its own host: `tls = "whole"` for port 465, else STARTTLS is demanded.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid

from joindots.notices.gateways import SECONDS, NotTaken, Parcel, Refused

HERE = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server: where, as whom, from which address."""

    host: str
    address: str
    port: int = 587
    tls: str = "start"
    user: str = ""
    password: str = ""
    name: str = "smtp"

    def send(self, parcel: Parcel) -> None:
        """Send one mail to one person."""
        try:
            made = self.message(parcel)
        except ValueError:
            raise Refused from None
        self.send_message(made, [parcel.to])

    def message(self, parcel: Parcel) -> EmailMessage:
        """The mail: a neutral sender and subject, plain text, no mark of what made it."""
        made = EmailMessage()
        made["From"] = formataddr((parcel.sender, self.address))
        made["To"] = parcel.to
        made["Subject"] = parcel.subject
        made["Date"] = formatdate(usegmt=True)
        made["Message-ID"] = make_msgid(domain=self.address.rpartition("@")[2])
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(parcel.body)
        if parcel.attached:
            name = f"{parcel.file_name}.ics"
            made.add_attachment(parcel.attached, maintype="text", subtype="calendar", filename=name)
        return made

    def send_message(self, made: EmailMessage, to: list[str]) -> None:
        """Hand one message over. Until its words are on their way it surely did not leave."""
        try:
            whole = made.as_bytes()
        except ValueError:  # an address that no mail can bear
            raise Refused from None
        server = self._server()
        try:
            self._prove(server)
            code, _ = server.mail(self.address)
            codes = [server.rcpt(one)[0] for one in to] if code < 400 else [code]
            worst = max(codes)
            if worst >= 500:
                raise Refused
            if worst >= 400:
                raise NotTaken
            code, _ = server.data(whole)
            if code != 250:
                raise Refused
        except smtplib.SMTPDataError as fault:
            raise Refused from fault
        finally:
            server.close()

    def _server(self) -> smtplib.SMTP:
        try:
            if self.tls == "whole":
                return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=ssl.create_default_context())
            return smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        except (OSError, smtplib.SMTPException) as fault:
            raise NotTaken from fault

    def _prove(self, server: smtplib.SMTP) -> None:
        """TLS before any word, then who we are. Whatever fails here failed before anything was handed over."""
        try:
            server.ehlo("localhost")
            if self.tls != "whole" and not (self.tls == "none" and self.host in HERE):
                server.starttls(context=ssl.create_default_context())
                server.ehlo("localhost")
            if self.user:
                server.login(self.user, self.password)
        except smtplib.SMTPAuthenticationError as fault:
            raise Refused from fault
        except (OSError, smtplib.SMTPException) as fault:
            raise NotTaken from fault
