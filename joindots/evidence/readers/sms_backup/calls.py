"""One call of a call backup, in the normal form. The duration is the phone's, and is not reinterpreted."""

from __future__ import annotations

from typing import Any

from joindots.evidence.readers.records import Communication, Direction, Identity, Kind
from joindots.evidence.readers.sms_backup.attributes import technical
from joindots.evidence.readers.sms_backup.elements import Element
from joindots.evidence.readers.sms_backup.messages import Where, shown_time
from joindots.evidence.readers.sms_backup.parties import Party, has_number, moment, party
from joindots.evidence.readers.sms_backup.pictures import NONE

_TYPES: dict[str, tuple[Kind, Direction]] = {
    "1": ("call_answered", "in"),
    "2": ("call_made", "out"),
    "3": ("call_missed", "in"),
    "4": ("voicemail", "in"),
    "5": ("call_rejected", "in"),
    "6": ("call_blocked", "in"),
    "7": ("call_answered", "in"),
}
_UNKNOWN: tuple[Kind, Direction] = ("unknown", "unknown")
_ELSEWHERE = "7"
_WITHHELD, _NOT_KNOWN, _PAYPHONE = "2", "3", "4"


def call(element: Element, where: Where) -> Communication:
    """One call. Who withheld their number stays unknown: nothing shown, and nothing guessed."""
    given = element.attributes
    kind, direction = _TYPES.get(given.get("type", ""), _UNKNOWN)
    other = _other(given)
    at = moment(given.get("date", ""))
    inwards = direction != "out"
    known = () if other.identity == Identity() else (other.identity,)
    return Communication(
        id=where.id,
        source_file=where.source_file,
        place=where.place,
        seq=where.seq,
        channel="call",
        kind=kind,
        thread=other.thread,
        direction=direction,
        sender=other.identity if inwards else Identity(),
        recipients=() if inwards else known,
        at_earliest=at,
        at_latest=at,
        at_shown=shown_time(given),
        precision="second" if at else "none",
        zone_basis="utc_in_file" if at else "none",
        time_flags=() if at else ("clock_suspect",),
        text_mended=where.mended,
        duration_s=duration(given),
        certainty_of_sender=other.certainty if inwards else "account_shown",
        extra=_extra(element, other, kind),
    )


def duration(given: dict[str, str]) -> int | None:
    """Whole seconds, or None where the file has none or no number."""
    text = given.get("duration", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def unknown_code(element: Element) -> str | None:
    """The attribute whose value is not known here."""
    given = element.attributes
    if given.get("type") not in _TYPES:
        return "type"
    return "duration" if duration(given) is None and given.get("duration", "") not in NONE else None


def _other(given: dict[str, str]) -> Party:
    presentation, number = given.get("presentation", ""), given.get("number", "")
    if presentation in (_NOT_KNOWN, _PAYPHONE) and not has_number(number):
        return Party(Identity(), "unknown", None)
    if presentation == _WITHHELD or not has_number(number):
        return Party(Identity(), "withheld", None)
    return party(number, given.get("contact_name", ""))


def _extra(element: Element, other: Party, kind: Kind) -> dict[str, Any]:
    given = element.attributes
    extra: dict[str, Any] = technical(element)
    if other.identity.shown != given.get("number"):
        extra["number"] = given.get("number", "")
        if other.identity.shown is None and given.get("contact_name", "") not in NONE:
            extra["contact_name"] = given["contact_name"]
    if given.get("type") == _ELSEWHERE:
        extra["answered_elsewhere"] = True
    if kind == "unknown":
        extra["type"] = given.get("type", "")
    return extra
