"""One mail in the normal form, whatever file it came in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.mail.addresses import addresses
from joindots.evidence.readers.mail.dates import Moment, read_date, settled
from joindots.evidence.readers.mail.encoded import shown
from joindots.evidence.readers.mail.fields import Fields
from joindots.evidence.readers.mail.owner import DRAFTS, Mailbox, Survey, gmail_says, labels, owner_question
from joindots.evidence.readers.mail.parts import Contents, Kept
from joindots.evidence.readers.records import (
    Attachment,
    Communication,
    Coverage,
    Identity,
    Item,
    Kind,
    NotUnderstood,
    Place,
    Question,
    QuestionName,
    TimeFlag,
)
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.times import Zone

LIMITS = ("mailbox_as_kept",)
"""Mails deleted before the export are not in it."""
DISAGREE = timedelta(days=1)
EXAMPLE = 160

ENVELOPE = "from "
"""Stands for an mbox's own line among the fields; no field can be called so."""
_FIRST, _ALL, _DECODED = 1, 2, 3
_EXTRA = {
    ENVELOPE: ("envelope_line", _FIRST),
    "in-reply-to": ("in_reply_to", _FIRST),
    "reply-to": ("reply_to", _FIRST),
    "return-path": ("return_path", _FIRST),
    "list-id": ("list_id", _FIRST),
    "x-originating-ip": ("x_originating_ip", _FIRST),
    "x-gm-thrid": ("gm_thread", _FIRST),
    "x-mailer": ("mailer", _FIRST),
    "x-mozilla-status": ("mozilla_status", _FIRST),
    "status": ("status", _FIRST),
    "x-status": ("x_status", _FIRST),
    "disposition-notification-to": ("receipt_asked_to", _FIRST),
    "resent-from": ("resent_from", _DECODED),
    "resent-to": ("resent_to", _DECODED),
    "resent-date": ("resent_date", _FIRST),
    "user-agent": ("mailer", _FIRST),
    "message-id": ("message_id", _FIRST),
    "date": ("date_header", _FIRST),
    "authentication-results": ("authentication_results", _ALL),
    "dkim-signature": ("dkim_signature", _ALL),
    "received-spf": ("received_spf", _ALL),
    "arc-authentication-results": ("arc_authentication_results", _ALL),
    "delivered-to": ("delivered_to", _ALL),
    "x-original-to": ("x_original_to", _ALL),
    "subject": ("subject", _DECODED),
    "sender": ("sender", _DECODED),
}
"""Header fields that a record keeps beside its own: the first one's words as given, all of them, or decoded."""
_FORWARD = re.compile(r"\s*(?:fwd?|fw)\s*:", re.IGNORECASE)
_F = frozenset("fF \t")
_REPLY = re.compile(r"(?:\s*(?:re|fwd?|fw|aw|wg|sv|tr|odp|antw|r|rv|ateb)\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE)
_NONE: list[str] = []
_OWNER: tuple[QuestionName, ...] = ("owner",)
_OWNER_AND_ZONE: tuple[QuestionName, ...] = ("owner", "zone")
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")


class Times(msgspec.Struct, frozen=True, gc=False):
    """The sender's word for when, and the first server's. `suspect`: one of them could not be read."""

    shown: str | None
    claimed: Moment | None
    arrived: Moment | None
    suspect: bool = False


@dataclass(slots=True)
class Reading:
    """What is known across all mails of one file: its owner, the answers, and a count of what was found."""

    source: Source
    mailbox: Mailbox
    zone: Zone | None = None
    zone_closed: bool = False
    found: int = 0
    earliest: datetime | None = None
    latest: datetime | None = None
    zoneless: str | None = None
    example: str = ""
    survey: Survey = field(default_factory=Survey)
    unicode: bool = False
    """The file holds its header as characters, not as the bytes of one: there was nothing to mend."""

    @classmethod
    def of(cls, source: Source, answers: Answers, mailbox: Mailbox, survey: Survey) -> Reading:
        """Begin; the answer about the zone of clocks without one is looked up once."""
        answer = answers.to(source.sha256, source.name, "zone")
        named = isinstance(answer, str) and answer != NOT_SURE
        return cls(source, mailbox, Zone(answer) if named else None, answer == NOT_SURE, survey=survey)

    def items(
        self, place: Place, fields: Fields, contents: Contents, times: Times | None = None, **more: Any
    ) -> list[Item]:
        """The mail's own record, its files, and what of it was not read.

        `times` are those of the header unless given; `more` goes into the record's extra.
        """
        one = self._communication(place, fields, contents, times, more)
        self._count(one)
        found: list[Item] = [one]
        for number, kept in enumerate(contents.files, 1):
            if kept.media.present:
                found.append(_attachment(one.place, kept, number))
        if contents.cut_at is not None and place.byte is not None and place.length is not None:
            byte, left = place.byte + contents.cut_at, place.length - contents.cut_at
            found.append(NotUnderstood(Place(place.member, None, byte, left, place.pointer), "too_long"))
        return found

    def last(self) -> Iterator[Question | Coverage]:
        """The questions that stay open, then the coverage."""
        if self.mailbox.asked and self.found:
            yield owner_question(self.source, self.survey, self.example)
        if self.zoneless is not None:
            yield _zone_question(self.source, self.zoneless)
        yield Coverage("email", self.earliest, self.latest, LIMITS)

    def _count(self, one: Communication) -> None:
        self.found += 1
        if not self.example:
            self.example = f"{one.sender.shown or ''}: {one.extra.get('subject', '')}"[:EXAMPLE]
        if one.at_earliest is None or one.at_latest is None or one.time_flags or one.precision == "range":
            return
        if self.earliest is None or one.at_earliest < self.earliest:
            self.earliest = one.at_earliest
        if self.latest is None or one.at_latest > self.latest:
            self.latest = one.at_latest

    def _communication(
        self, place: Place, fields: Fields, contents: Contents, times: Times | None, more: dict[str, Any]
    ) -> Communication:
        mended: list[str] = []
        sender = _sender(fields, mended)
        recipients = _recipients(fields, mended)
        extra = _extra(fields, mended)
        times = times or times_of(fields)
        moment, flags = self._moment(times)
        text, html, other = contents.text()
        _extra_of_words(extra, contents, html, other)
        if mended and (mended := [how for how in mended if how != "raw_bytes" or not self.unicode]):
            extra["header_mended"] = mended
        if more:
            extra.update(more)
        seq = self.found
        length = place.length if contents.cut_at is None else contents.cut_at
        message_id: str | None = extra.get("message_id")
        subject: str = extra.get("subject", "")
        return Communication(
            id=f"{self.source.sha256[:16]}-{seq}",
            source_file=self.source.sha256,
            place=Place(place.member, place.line, place.byte, length, place.pointer or message_id),
            seq=seq,
            channel="email",
            kind=_kind(fields, text, contents),
            thread=_thread(fields, message_id, subject),
            direction=self.mailbox.direction(fields, sender, recipients),
            sender=sender,
            recipients=recipients,
            at_earliest=moment.earliest if moment else None,
            at_latest=moment.latest if moment else None,
            at_shown=times.shown,
            precision=moment.precision if moment else "none",
            zone_basis=moment.basis if moment else "none",
            time_flags=flags,
            text=text,
            text_mended=", ".join(contents.mended) or None,
            media=tuple([kept.media for kept in contents.files]) if contents.files else (),
            forwarded="resent-from" in fields or (subject[:1] in _F and _FORWARD.match(subject) is not None),
            certainty_of_sender="claimed",
            extra=extra,
            open=self._open(moment),
        )

    def _moment(self, times: Times) -> tuple[Moment | None, tuple[TimeFlag, ...]]:
        """When, by the first mail server that took it, else as the sender's clock says; and the doubts."""
        claimed, arrived, suspect = times.claimed, times.arrived, times.suspect
        moment = claimed if arrived is None or (arrived.basis == "none" and claimed) else arrived
        if moment is None:
            return None, ("clock_suspect",) if suspect else ()
        if arrived and claimed:
            suspect = suspect or not _near(claimed, arrived) or bool(claimed.flags)
        if moment.local is not None:
            moment = self._in_zone(moment, times.shown or "")
        flags: tuple[TimeFlag, ...] = moment.flags
        if suspect and "clock_suspect" not in flags:
            flags = (*flags, "clock_suspect")
        return moment, flags

    def _in_zone(self, moment: Moment, example: str) -> Moment:
        if self.zone is not None:
            return settled(moment, self.zone)
        if not self.zone_closed and self.zoneless is None:
            self.zoneless = example
        return moment

    def _open(self, moment: Moment | None) -> tuple[QuestionName, ...]:
        zone = moment is not None and moment.basis == "none" and not self.zone_closed
        if self.mailbox.asked:
            return _OWNER_AND_ZONE if zone else _OWNER
        return ("zone",) if zone else ()


def _zone_question(source: Source, example: str) -> Question:
    return Question(
        file=source.sha256,
        name=source.name,
        question="zone",
        words=(
            "Some mails name a time without a time zone, or with a short name that several zones have. "
            "In which zone did that clock stand?"
        ),
        candidates=("Europe/London",),
        example=example,
    )


def _attachment(place: Place, kept: Kept, number: int) -> Attachment:
    media = kept.media
    if kept.pointer is not None or place.byte is None:
        at = Place(place.member, pointer=kept.pointer)
    else:
        at = Place(place.member, None, place.byte + kept.at, kept.length, place.pointer)
    return Attachment(media.name or f"part-{number}", media.sha256 or "", media.size or 0, at, media.type)


def _sender(fields: Fields, mended: list[str]) -> Identity:
    """Who the mail says it is from. Where it names several accounts, none of them is the sender's for sure."""
    values = fields.get("from", _NONE)
    found = addresses(values[0], mended) if values else ()
    for value in values[1:]:
        found += addresses(value, mended)
    if len(found) == 1:
        return found[0]
    return Identity(", ".join(one.shown or "" for one in found)) if found else Identity()


def _recipients(fields: Fields, mended: list[str]) -> tuple[Identity, ...]:
    found: tuple[Identity, ...] = ()
    for name in ("to", "cc", "bcc"):
        if name in fields:
            for value in fields[name]:
                found = found + addresses(value, mended) if found else addresses(value, mended)
    return found


def times_of(fields: Fields) -> Times:
    """What the header says: the Date, and the earliest hop whose date can be read."""
    suspect = False
    shown_as = claimed = arrived = None
    dates = fields.get("date")
    if dates:
        shown_as = _ascii(dates[0])
        claimed = read_date(shown_as)
        suspect = claimed is None or len(dates) > 1
    received = fields.get("received")
    if received:
        arrived, odd = _arrived(received, claimed)
        suspect = suspect or odd
    if received and not dates:
        shown_as = _ascii(received[-1]).rpartition(";")[2].strip() or None
    return Times(shown_as, claimed, arrived, suspect)


def _arrived(received: list[str], claimed: Moment | None) -> tuple[Moment | None, bool]:
    """The first hop's time, and whether a hop is in doubt.

    Anybody may write further hops below the true ones before sending. One that lies far from both the
    sender's own date and the last server's, which is the recipient's, is passed over.
    """
    last = None
    odd = False
    for place, line in enumerate(reversed(received), 1):
        _, semicolon, date = line.rpartition(";")
        at = read_date(date) if semicolon else None
        if at is None:
            odd = odd or bool(semicolon)
        elif place == len(received) or at.local is not None:
            return at, odd
        else:
            last = last or _last_hop(received)
            far = last is not None and not _near(at, last)
            odd = odd or far
            if not far or (claimed is not None and _near(at, claimed)):
                return at, odd
    return None, odd


def _last_hop(received: list[str]) -> Moment | None:
    return next((at for line in received if ";" in line and (at := read_date(line.rpartition(";")[2]))), None)


def _near(one: Moment, other: Moment) -> bool:
    return one.earliest - other.latest <= DISAGREE and other.earliest - one.latest <= DISAGREE


def _extra(fields: Fields, mended: list[str]) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    for name, values in fields.items():
        known = _EXTRA.get(name)
        if known is None:
            continue
        key, how = known
        value = values[0]
        if how == _FIRST:
            extra[key] = value if value.isascii() else shown(value)
        elif how == _DECODED:
            extra[key] = shown(value, mended) if "=?" in value or not value.isascii() else value
        else:
            extra[key] = [_ascii(value) for value in values]
    if received := fields.get("received"):
        extra["received_first"] = _ascii(received[-1])
        if len(received) > 1:
            extra["received_last"] = _ascii(received[0])
    if len(dates := fields.get("date", _NONE)) > 1:
        extra["date_headers"] = [_ascii(value) for value in dates]
    senders = fields.get("from", _NONE)
    if len(senders) > 1 or (senders and "," in senders[0]):
        extra["from_header"] = [_ascii(value) for value in senders]
    if "x-gmail-labels" in fields:
        extra["labels"] = labels(fields)
    return extra


def _ascii(value: str) -> str:
    return value if value.isascii() else shown(value)


def _extra_of_words(extra: dict[str, Any], contents: Contents, html: bool, other: str | None) -> None:
    if html:
        extra["html"] = True
    if other:
        extra["html_text"] = other
    if contents.outside:
        extra["outside_parts"] = "\n".join(contents.outside)
    if contents.damage:
        extra["damaged_parts"] = contents.damage
    if contents.unclosed:
        extra["cut_off"] = True


def _kind(fields: Fields, text: str | None, contents: Contents) -> Kind:
    if gmail_says(fields, DRAFTS):
        return "draft"
    if "received" not in fields and ("x-mozilla-draft-info" in fields or fields.get("x-unsent") == ["1"]):
        return "draft"
    return "media" if contents.files and not text else "text"


def _thread(fields: Fields, message_id: str | None, subject: str) -> str | None:
    """Gmail's own thread; else the Message-ID that began it; else the subject without its "Re:"."""
    if values := fields.get("x-gm-thrid"):
        return _ascii(values[0])
    for name in ("references", "in-reply-to"):
        for value in fields.get(name, _NONE):
            if match := _MESSAGE_ID.search(value):
                return _ascii(match[0])
    return message_id or _REPLY.sub("", subject, count=1).strip() or None
