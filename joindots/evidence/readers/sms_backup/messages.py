"""A text message (`sms`) or picture message (`mms`) of a backup, in the normal form.

Kinds: a draft never left the phone. One in the outbox, queued or failed is `failed`: nothing shows that
it left. A message that only tells of another (delivered, read) is `system`. The file's own code stays
in `extra` wherever the kind does not say it whole.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from joindots.evidence.readers.records import Communication, Direction, Identity, Kind, Media, Place
from joindots.evidence.readers.sms_backup.attributes import BCC, CC, FROM, ROLES, technical
from joindots.evidence.readers.sms_backup.elements import Element
from joindots.evidence.readers.sms_backup.parties import NOBODY, OWN, Party, has_name, milliseconds, moment, party
from joindots.evidence.readers.sms_backup.pictures import NONE, Picture, name_of
from joindots.evidence.readers.times import utc_from_ms

_BOXES: dict[str, tuple[Kind, Direction]] = {
    "1": ("text", "in"),
    "2": ("text", "out"),
    "3": ("draft", "out"),
    "4": ("failed", "out"),
    "5": ("failed", "out"),
    "6": ("failed", "out"),
}
_NOTICES: dict[str, tuple[Kind, Direction]] = {
    "128": ("text", "out"),
    "130": ("media", "in"),
    "132": ("text", "in"),
    "134": ("system", "unknown"),
    "135": ("system", "unknown"),
    "136": ("system", "unknown"),
}
"""`m_type`: sent, waiting to be fetched, fetched, and reports that one was delivered or read."""
_UNKNOWN: tuple[Kind, Direction] = ("unknown", "unknown")
_SMIL = "application/smil"
"""The layout of a picture message: it says how to show the parts and holds no words of anyone."""


_NOTE = "proto:"
"""So begin notes that Google's app makes on RCS messages in columns meant for other things."""
LATE_S = 60
"""Seconds between sending and arrival from which `extra` says when it was sent."""


class Where(NamedTuple):
    """Which record this is: its id, its file, its place, its number, and how its text was mended."""

    id: str
    source_file: str
    place: Place
    seq: int
    mended: str | None


def shown_time(attributes: dict[str, str]) -> str | None:
    """The file's own wording of the time: the readable one where there is one, else the digits."""
    readable = attributes.get("readable_date", "")
    return readable if readable not in NONE else attributes.get("date")


def sms(element: Element, where: Where) -> Communication:
    """One text message. Its date is the phone's, in UTC; `date_sent` stays in `extra`."""
    given = element.attributes
    kind, direction = _BOXES.get(given.get("type", ""), _UNKNOWN)
    other = party(given.get("address", ""), given.get("contact_name", ""))
    at = moment(given.get("date", ""))
    extra: dict[str, Any] = technical(element)
    _keep_codes(extra, at, kind, given.get("type", ""))
    if other is NOBODY or other.identity.shown != given["address"]:
        extra["address"] = given.get("address", "")
    body = given.get("body", "")
    if body == "null":  # nothing, or the word itself: the file does not say which
        extra["body"] = body
    text = body if body != "null" else None
    inwards = direction == "in"
    return Communication(
        id=where.id,
        source_file=where.source_file,
        place=where.place,
        seq=where.seq,
        channel="sms",
        kind=kind,
        thread=other.thread,
        direction=direction,
        sender=other.identity if inwards else Identity(),
        recipients=() if inwards or other is NOBODY else (other.identity,),
        at_earliest=at,
        at_latest=at,
        at_shown=shown_time(given),
        precision="second" if at else "none",
        zone_basis="utc_in_file" if at else "none",
        time_flags=() if at else ("clock_suspect",),
        text=text or _subject(given, "subject") or text,
        text_mended=where.mended,
        certainty_of_sender=other.certainty if inwards else _own_certainty(direction),
        extra=extra,
    )


def mms(element: Element, where: Where, pictures: list[Picture]) -> Communication:
    """One picture message: its text parts joined, its files as media, its addresses as parties."""
    given = element.attributes
    kind, direction = _box(given)
    text, media, notes = _parts(element, pictures)
    at = moment(given.get("date", ""), may_be_seconds=True)
    extra: dict[str, Any] = technical(element) | notes
    _keep_codes(extra, at, kind, given.get("msg_box", ""))
    sender, recipients, thread = _parties(element, direction, extra)
    subject = _subject(given, "sub") or _subject(given, "subject")
    return Communication(
        id=where.id,
        source_file=where.source_file,
        place=where.place,
        seq=where.seq,
        channel="mms",
        kind="media" if kind == "text" and media else kind,
        thread=thread,
        direction=direction,
        sender=sender.identity,
        recipients=recipients,
        at_earliest=at,
        at_latest=at,
        at_shown=shown_time(given),
        precision="second" if at else "none",
        zone_basis="utc_in_file" if at else "none",
        time_flags=() if at else ("clock_suspect",),
        text=text or subject,
        text_mended=where.mended,
        media=media,
        certainty_of_sender=sender.certainty,
        extra=extra,
    )


def unknown_code(element: Element) -> str | None:
    """The attribute whose value says what kind of message this is, where that value is not known."""
    given = element.attributes
    if element.tag == "sms":
        return None if given.get("type") in _BOXES else "type"
    return None if _box(given) != _UNKNOWN else "msg_box"


def _subject(given: dict[str, str], name: str) -> str | None:
    """The subject that somebody wrote. What a chat app keeps there for itself is nobody's words."""
    subject = given.get(name, "")
    return None if subject in NONE or subject.startswith(_NOTE) else subject


def _own_certainty(direction: Direction) -> Any:
    return "account_shown" if direction == "out" else "unknown"


def _box(given: dict[str, str]) -> tuple[Kind, Direction]:
    notice = _NOTICES.get(given.get("m_type", ""), _UNKNOWN)
    if notice[0] in ("system", "media"):
        return notice
    return _BOXES.get(given.get("msg_box", ""), notice)


def _keep_codes(extra: dict[str, Any], at: datetime | None, kind: Kind, code: str) -> None:
    """Keep what the normal form does not say: the box behind a kind, and that a message came late."""
    if kind not in ("text", "draft"):
        extra["box"] = code
    if "date_sent" not in extra or at is None:
        return
    sent = milliseconds(extra["date_sent"], may_be_seconds=True)
    if sent is not None and abs(sent // 1000 - at.timestamp()) >= LATE_S:
        extra["sent_at"] = utc_from_ms(sent).strftime("%Y-%m-%dT%H:%M:%SZ")


def _parts(element: Element, pictures: list[Picture]) -> tuple[str | None, tuple[Media, ...], dict[str, Any]]:
    texts: list[str] = []
    media: list[Media] = []
    notes: list[dict[str, str]] = []
    for part in parts_of(element):
        given = part.attributes
        kind = given.get("ct", "").split(";")[0].strip().lower()
        if kind == _SMIL:
            continue
        words, data = given.get("text", ""), given.get("data", "")
        if words not in NONE:
            texts.append(words)
        if data not in NONE or (kind and not kind.startswith("text/")):
            media.append(_media(part, pictures, given.get("ct", "")))
        notes.append(technical(part))
    return "\n".join(texts) or None, tuple(media), {"parts": notes} if any(notes) else {}


def _media(part: Element, pictures: list[Picture], kind: str) -> Media:
    number = part.attributes.get("data", "")
    picture = pictures[int(number)] if number.isdigit() and int(number) < len(pictures) else None
    sha256 = picture.sha256 if picture else None
    return Media(name_of(part), sha256 is not None, sha256, picture.size if picture else None, kind or None)


def parts_of(element: Element) -> list[Element]:
    """The parts of a picture message, in the file's order."""
    return [part for child in element.children if child.tag == "parts" for part in child.children if part.tag == "part"]


def _parties(
    element: Element, direction: Direction, extra: dict[str, Any]
) -> tuple[Party, tuple[Identity, ...], str | None]:
    """Sender, recipients and thread. A group's names are never laid to its numbers: their order is not known."""
    address, contact = element.attributes.get("address", ""), element.attributes.get("contact_name", "")
    others = [one for one in address.split("~") if one not in (*NONE, OWN)]
    if len(others) == 1:
        other = party(others[0], contact)
    else:
        other = NOBODY
        if has_name(contact):
            extra["contact_name"] = contact
    if other is NOBODY or other.identity.shown != address:
        extra["address"] = address
    sender, received, roles = _addresses(element, other)
    if direction == "in" and sender is NOBODY and len(others) == 1:
        sender = other
    if direction == "out":
        sender = sender._replace(certainty="account_shown")
        received = received or tuple(party(one) if other is NOBODY else other for one in others)
    extra |= roles
    threads = sorted({party(one).thread or one for one in others})
    if not others and direction == "out":
        threads = sorted({one.thread for one in received if one.thread})
    return sender, tuple(one.identity for one in received), "~".join(threads) or None


def _addresses(element: Element, other: Party) -> tuple[Party, tuple[Party, ...], dict[str, list[str]]]:
    sender, received, roles = NOBODY, [], dict[str, list[str]]()
    for child in element.children:
        for line in child.children if child.tag == "addrs" else ():
            address, role = line.attributes.get("address", ""), line.attributes.get("type", "")
            if address in (*NONE, OWN):
                continue
            found = party(address)
            if found.thread == other.thread and found is not NOBODY:
                found = other
            if role == FROM:
                sender = found
            elif role in ROLES:
                received.append(found)
            if role in (CC, BCC):
                roles.setdefault("cc" if role == CC else "bcc", []).append(address)
    return sender, tuple(received), roles
