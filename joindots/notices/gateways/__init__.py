"""What carries a notice out: one Protocol, and the gateways that an installation may set up.

A gateway says plainly what became of a parcel: it left (no exception), it surely did not leave and may be tried again
(`NotTaken`), it never will (`Refused`). Whatever else goes wrong means that nobody knows, and it is not tried again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from joindots.notices.rules.notices import Kind

SECONDS = 15.0
"""How long any gateway may take; a lease lasts four times as long."""


class NotTaken(Exception):
    """Nothing was handed over: it may be tried again."""


class Refused(Exception):
    """It was refused for good."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that leaves. `repr` shows nothing of it."""

    kind: Kind
    to: str
    sender: str
    subject: str
    body: str
    file_name: str = ""
    attached: bytes = b""

    def __repr__(self) -> str:
        return f"<Parcel {self.kind}>"


class Gateway(Protocol):
    """One way out."""

    name: str

    def send(self, parcel: Parcel) -> None: ...
