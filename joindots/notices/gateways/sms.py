"""A plain text-message gateway: one POST over HTTPS, whose field names and key an installation sets."""

from __future__ import annotations

import http.client
import json
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from joindots.notices.gateways import SECONDS, NotTaken, Parcel, Refused

HERE = frozenset({"127.0.0.1", "::1", "localhost"})
AGAIN = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Sms:
    """A gateway that takes a number and words. `form` is `json` or `fields`; redirects are never followed."""

    url: str
    key: str = field(default="", repr=False)
    key_header: str = "Authorization"
    to_field: str = "to"
    text_field: str = "text"
    from_field: str = "from"
    form: str = "json"
    name: str = "sms"

    def send(self, parcel: Parcel) -> None:
        """Send one text. A sender of letters is cut to the eleven that a telephone shows."""
        place = urlsplit(self.url)
        if place.scheme != "https" and place.hostname not in HERE:
            raise Refused
        told = {self.to_field: parcel.to, self.text_field: parcel.body}
        if self.from_field:
            told[self.from_field] = parcel.sender[:11].strip()
        path = f"{place.path or '/'}{'?' if place.query else ''}{place.query}"
        status = self._post(place.scheme, place.netloc, path, told)
        if status in AGAIN:
            raise NotTaken
        if 300 <= status < 500:
            raise Refused
        if status >= 500:
            raise ConnectionError

    def _post(self, scheme: str, netloc: str, path: str, told: dict[str, str]) -> int:
        body = json.dumps(told) if self.form == "json" else urlencode(told)
        kind = "application/json" if self.form == "json" else "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, **({self.key_header: self.key} if self.key else {})}
        line = (
            http.client.HTTPSConnection(netloc, timeout=SECONDS, context=ssl.create_default_context())
            if scheme == "https" else http.client.HTTPConnection(netloc, timeout=SECONDS)
        )  # fmt: skip
        try:
            try:
                line.connect()
            except OSError as fault:
                raise NotTaken from fault
            line.request("POST", path, body.encode(), headers)
            return line.getresponse().status
        finally:
            line.close()
