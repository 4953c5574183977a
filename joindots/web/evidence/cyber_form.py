"""What the forms about captures and devices send, taken apart: what is noted, and the entry that tells of a thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.http import QueryDict

from joindots.evidence.rules import cyber
from joindots.evidence.rules.cyber import FOUND, Captured, Noted
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.moments import read_words
from joindots.kernel.when import When
from joindots.law import tables
from joindots.law.tables import DeviceCheck
from joindots.web.log.incident_form import Choice

TRACKER = "car_tracker"
TEXTS = (
    "address", "account", "shows", "who", "when", "why", "thing", "place", "serial", "outcome", "state", "advised",
    "advice", "words", "check", "form", "begun",
)  # fmt: skip
MOST = 20_000
ONLINE = "online"
KIND_OF = {"tracker": "home", "hidden_camera": "home", "stalkerware": ONLINE, "account_access": ONLINE}
"""Under which kind of entry something found stands, by the behaviour of its check."""
PLACE_OF = {
    "address_missing": "address", "address_long": "address", "thing_missing": "thing", "state_missing": "state",
    "advised_missing": "advised", "warning_unread": "warned", "choice_unknown": "outcome", "short_long": "thing",
    "why_missing": "why", "why_long": "why",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CyberSheet:
    """A form as it was sent, for showing it again."""

    texts: Mapping[str, str] = field(default_factory=dict)
    warned: bool = False

    def text(self, name: str) -> str:
        """One field's words."""
        return self.texts.get(name, "")


def blank(at: datetime, **texts: str) -> CyberSheet:
    """A fresh form with an id of its own."""
    return CyberSheet({"form": uuid4().hex, "begun": at.isoformat(), **texts})


def sheet_of(post: QueryDict) -> CyberSheet:
    """The form as it was sent."""
    texts = {name: post.get(name, "").replace("\r\n", "\n").strip()[:MOST] for name in TEXTS}
    return CyberSheet(texts, "warned" in post)


def captured(sheet: CyberSheet, at: datetime) -> Captured:
    """What the form says of a capture; a time that cannot be read stays open, with its words."""
    return Captured(
        sheet.text("address"), sheet.text("shows") or "page", sheet.text("who") or "client",
        time_of(sheet, at), sheet.text("account"), sheet.text("why"),
    )  # fmt: skip


def time_of(sheet: CyberSheet, at: datetime) -> When:
    """The time that the form's words say, when the form was opened; open where they say none."""
    try:
        begun = datetime.fromisoformat(sheet.text("begun"))
    except ValueError:
        begun = at
    return read_words(sheet.text("when"), begun if begun.tzinfo and begun <= at else at)


def noted(sheet: CyberSheet) -> Noted:
    """What the form says of a look. What was not found has no state."""
    found = sheet.text("outcome") == FOUND
    said = sheet.text if found else lambda _: ""
    return Noted(
        sheet.text("check"), sheet.text("outcome"), said("state"), said("advised"), said("thing"), said("place"),
        said("serial"), sheet.text("advice"), sheet.warned,
    )  # fmt: skip


def telling(sheet: CyberSheet, check: DeviceCheck, at: datetime) -> Telling:
    """The entry of the log that tells of what was found."""
    kind = KIND_OF.get(check.behaviour, "other")
    return Telling(
        time_of(sheet, at), (kind,), (check.behaviour,), told_by=sheet.text("who") or "client",
        where=sheet.text("place")[:500], words=sheet.text("words") or f"{sheet.text('thing')}: found",
    )  # fmt: skip


def form_id(sheet: CyberSheet) -> UUID | None:
    """The form's own id, by which a second sending is known."""
    try:
        return UUID(sheet.text("form"))
    except ValueError:
        return None


def choices(sheet: CyberSheet) -> dict[str, object]:
    """Every group of buttons, with what is chosen."""
    return {
        "shown": _chosen(cyber.SHOWS, sheet.text("shows") or "page"),
        "captors": _chosen(cyber.WHO_CAPTURED, sheet.text("who") or "client"),
        "outcomes": _chosen(cyber.OUTCOMES, sheet.text("outcome")),
        "states": _chosen(cyber.STATES, sheet.text("state")),
        "advisers": _chosen(cyber.ADVISED, sheet.text("advised")),
        "tellers": _chosen({**cyber.WHO_CAPTURED, "writer": "I saw it myself"}, sheet.text("who") or "client"),
    }  # fmt: skip


def areas() -> list[tuple[str, list[DeviceCheck]]]:
    """The checks by area, in their order."""
    told: dict[str, list[DeviceCheck]] = {}
    for one in tables.device_checks().values():
        told.setdefault(one.area, []).append(one)
    return list(told.items())


def _chosen(words: Mapping[str, str], chosen: str) -> list[Choice]:
    return [Choice(code, says, code == chosen) for code, says in words.items()]


def first_of(ids: Sequence[int]) -> int | None:
    """The file that a capture is, of those sent."""
    return ids[0] if ids else None
