"""The second reading of a chat: its records in the file's own order, with every byte placed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Final, Literal

from msgspec.structs import replace

from joindots.evidence.readers.answers import NOT_SURE
from joindots.evidence.readers.records import (
    Communication,
    Coverage,
    Direction,
    Identity,
    Item,
    NotUnderstood,
    Place,
    QuestionName,
    TimeFlag,
)
from joindots.evidence.readers.whatsapp import cutting
from joindots.evidence.readers.whatsapp.app_lines import LRM, app_says
from joindots.evidence.readers.whatsapp.asking import Asking
from joindots.evidence.readers.whatsapp.bodies import REPEATED, Body, kind_of
from joindots.evidence.readers.whatsapp.chatfile import no_header
from joindots.evidence.readers.whatsapp.clock import When
from joindots.evidence.readers.whatsapp.clock_words import MARKS
from joindots.evidence.readers.whatsapp.cutting import Batch, Cutter, Stray, cut_at
from joindots.evidence.readers.whatsapp.lookalikes import another_export
from joindots.evidence.readers.whatsapp.preparing import Prepared
from joindots.evidence.readers.whatsapp.roster import Sender, shown_name
from joindots.evidence.readers.whatsapp.sentences import EXACT, YOU_DELETED, plain
from joindots.evidence.readers.whatsapp.survey import MOST_NAMES

CAP_WITHOUT_MEDIA: Final = 39_000
CAP_WITH_MEDIA: Final = 9_800
"""WhatsApp exports about 40,000 messages, or 10,000 with their files, and drops older ones without a word."""
NEVER_EXPORTED: Final = ("no_reactions", "no_edit_history", "no_reply_links", "no_read_receipts")
_ENDS: Final = (">", ")", "\r")
"""With which the app's own words end, or a line of another kind than the rest of the file."""
DELETED_BY: Final = "This message was deleted"
"""So begins what stands for a message that a group's admin deleted; the admin's name follows."""
_BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)
_SHOWN: Final = 200
_SHORT: Final = 80
"""Bytes; the app's own words are hardly longer."""
_MOST_AGAIN: Final = 10_000
_NOTHING: Final[dict[bytes | None, Communication]] = {}
Why = Literal["too_long", "broken"]


@dataclass(slots=True)
class Row:
    """One message as it was cut out of the file."""

    whole: bytes
    stamp: bytes
    date: bytes
    clock: bytes
    name: bytes | None
    body: bytes
    size: int
    last: bool = False


class Reading:
    """Gives the records of one prepared chat. `seq` goes on counting over the chats of one source."""

    def __init__(self, chat: Prepared, seq: int) -> None:
        self.chat = chat
        self.seq = seq
        self.offset = 0
        self.line = 1
        self.asking = Asking(chat)
        self.simple: dict[bytes | None, tuple[Sender, Communication]] = {}
        self.again: dict[str, dict[bytes | None, Communication]] = dict.fromkeys(EXACT, _NOTHING)
        """Words that are often the app's own, to the letter, and what they are from each sender, once it was read."""
        self.top = _BEFORE_ALL
        self.earliest: datetime | None = None
        self.latest: datetime | None = None
        self.with_media = False
        self.sha256 = chat.source.sha256
        self.prefix = self.sha256[:16] + "-"
        self.false = sorted(chat.rejected)
        self.first = seq
        self.nobody = self._pattern(Sender(Identity()))

    def items(self) -> Iterator[Item]:
        """Records and strays in the file's order, then the open questions, then the coverage."""
        return chain(chain.from_iterable(self._parts()), self._after())

    def _parts(self) -> Iterator[list[Item]]:
        for part in Cutter(self.chat.chat.open(), self.chat.learned, self.chat.rejected):
            items: list[Item] = []
            if isinstance(part, Stray):
                items.append(self._stray(part))
            else:
                self._batch(part, items)
            yield items

    def _after(self) -> Iterator[Item]:
        if self.seq == self.first:
            raise no_header(self.chat.source.name)
        yield from self.asking.all()
        yield self._coverage()

    def _batch(self, batch: Batch, items: list[Item]) -> None:
        """Records of one batch. Plain texts on ordinary days are made here; the rest one by one with care."""
        chat = self.chat
        days, seconds, since, step = chat.days, chat.seen.seconds, chat.since_midnight, chat.step
        simple, add = self.simple, items.append
        crlf, prefix, member, careful = chat.learned.crlf, self.prefix, chat.chat.member, bool(self.false)
        seq, line, offset, top, unknown = self.seq, self.line, self.offset, self.top, (None, self.nobody)
        known = self.again
        most = cutting.MOST_WORDS
        seconds.trim()
        fields, apart = batch.fields, batch.fields[-6:] if batch.last or batch.cut else []
        several = iter(fields[: len(fields) - len(apart)])
        for whole, stamp, date, clock, name, body in zip(*[several] * 6, strict=True):
            size = len(whole) + len(body) + 1
            (who, like), base = simple.get(name, unknown), days[date]
            try:
                text = body.decode()
            except UnicodeDecodeError:
                text, who = "", None
            if crlf and text[-1:] == "\r":
                text = text[:-1]
            shown, again = text, known.get(text)
            if again is not None and (before := again.get(name)):
                like, shown = before, before.text
            elif again is not None or (
                text[:24] == DELETED_BY or LRM in text or "://" in text or text.endswith(_ENDS)
                or ("\n" in text and (careful or ")\n" in text or ">\n" in text or "\r" in text))
            ):  # fmt: skip
                who = None
            if who is None or base is None or (early := base + since[seconds[clock]]) < top or size > most:
                self.seq, self.line, self.offset, self.top = seq, line, offset, top
                self._one(Row(whole, stamp, date, clock, name, body, size), items)
                seq, line, offset, top = self.seq, self.line, self.offset, self.top
                continue
            top = early
            who.count += 1
            who.last = stamp
            add(
                replace(
                    like, id=f"{prefix}{seq}", place=Place(member, line, offset, size), seq=seq,
                    at_earliest=early, at_latest=early + step if step else early, at_shown=stamp.decode(), text=shown,
                )
            )  # fmt: skip
            seq += 1
            line += 1 if "\n" not in text else text.count("\n") + 1
            offset += size
        self.seq, self.line, self.offset, self.top = seq, line, offset, top
        if apart:
            self._apart(apart, batch, items)

    def _apart(self, fields: list[Any], batch: Batch, items: list[Item]) -> None:
        """The last message of the file, or one that goes on in a stray."""
        whole, stamp, date, clock, name, body = fields
        row = Row(whole, stamp, date, clock, name, body, len(whole) + len(body), batch.last)
        at = another_export(body)
        if at is None:
            self._one(row, items)
            return
        row.body, row.size, row.last = body[:at], len(whole) + at, True
        self._one(row, items)
        place = Place(self.chat.chat.member, self.line, self.offset, len(body) - at)
        items.append(NotUnderstood(place, "unknown_line", _excerpt(body[at:])))
        self._pass(body[at:], len(body) - at)

    def _one(self, row: Row, items: list[Item]) -> None:
        """One message with care, and what of its bytes is not part of it."""
        rest = self._set_apart(row) if row.last or len(row.body) > cutting.MOST_WORDS else None
        if row.whole:
            record = self._record(row)
            self.seq += 1
            items.append(record)
            self._pass(row.whole + row.body, row.size)
        if rest:
            text, why = rest
            place = Place(self.chat.chat.member, self.line, self.offset, len(text))
            items.append(NotUnderstood(place, why, _excerpt(text)))
            self._pass(text, len(text))

    def _pass(self, text: bytes, size: int) -> None:
        self.line += text.count(b"\n") + (size > len(text))
        self.offset += size

    def _set_apart(self, row: Row) -> tuple[bytes, Why] | None:
        """Take from the row what is too long, or a header that was cut off with the file."""
        if len(row.body) > cutting.MOST_WORDS:
            at = cut_at(row.body)
            text = row.body[at:] + b"\n" * (row.size > len(row.whole) + len(row.body))
            row.size, row.body = len(row.whole) + at, row.body[:at]
            return text, "too_long"
        if not row.last or row.body.endswith(b"\n"):
            return None
        if row.name is None and self._cut_in_name(row):
            text, row.whole = row.whole + row.body, b""
            return text, "broken"
        line = row.body.rfind(b"\n") + 1
        if line and self.chat.beginning.match(_whole_characters(row.body[line:])):
            text, row.body = row.body[line:], row.body[:line]
            row.size -= len(text)
            return text, "broken"
        return None

    def _cut_in_name(self, row: Row) -> bool:
        """Whether the file ends inside a name, so that nobody can say who wrote, or what.

        A last line that lacks its end, has no sender and is no sentence of the app's must be such a one.
        """
        line = _mended(row.body)[0]
        return self.chat.bodies.nameless(line).kind == "system" and not app_says(line.strip()).system

    def _record(self, row: Row) -> Communication:
        words = row.body.rstrip(b"\r\n") if row.last else row.body.removesuffix(b"\r")
        who, body, mended = self._understood(row, words)
        when = self._when(row)
        chat = self.chat
        if who:
            self._count(who, row, body)
        direction = self._direction(who, body)
        open_ = who.open if who else self._open(row, body)
        if when.open:
            open_ += when.open
            self.asking.note(when.open, row.whole.decode("utf-8", "replace").strip(" -\u200e\ufeff"), when.about)
        extra = who.extra if who else {}
        if body.extra or self.false:
            extra = {**extra, **body.extra, **self._false_headers(row)}
        record = replace(
            self._pattern(who) if who else self.nobody, id=f"{self.prefix}{self.seq}",
            place=Place(chat.chat.member, self.line, self.offset, row.size), seq=self.seq,
            kind=kind_of(body, direction), direction=direction, at_earliest=when.earliest, at_latest=when.latest,
            at_shown=row.stamp.decode("utf-8", "replace"), time_flags=self._flags(when), text=body.text,
            text_mended=mended, media=body.media, duration_s=body.duration_s, extra=extra, open=open_,
        )  # fmt: skip
        if who and body.kind in REPEATED and mended is None and not (record.time_flags or when.open or row.last):
            self._keep(row.name, words, record)
        return record

    def _keep(self, name: bytes | None, words: bytes, record: Communication) -> None:
        """What is often said again in the same words need not be understood again."""
        if len(words) < _SHORT and b"\n" not in words and len(self.again) < _MOST_AGAIN and name in self.simple:
            kept = self.again.get(text := words.decode()) or {}
            if len(kept) < _MOST_AGAIN:
                self.again[text] = kept
                kept[name] = record

    def _understood(self, row: Row, words: bytes) -> tuple[Sender | None, Body, str | None]:
        """Who wrote, what it is, and how the text was mended if its bytes are no UTF-8."""
        known, _ = self.simple.get(row.name, (None, None))
        if known:
            text, mended = _mended(words)
            body = self.chat.bodies.of(text)
            if body.kind != "system":
                return known, body, mended
        roster = self.chat.roster
        split = None if row.name is None or row.name in roster.pseudo else roster.split(row.name, words)
        if split is None:
            line = words if row.name is None or row.name in roster.pseudo else row.name + b": " + words
            text, mended = _mended(line)
            who, body = self._app_line(row, text)
            return who, body, mended
        name, words = split
        text, mended = _mended(words)
        who = roster.sender(name)
        if name == row.name and name not in roster.longer and len(self.simple) < MOST_NAMES:
            self.simple[name] = (who, self._pattern(who))
        body = self.chat.bodies.of(text)
        if body.kind == "system":
            body.extra["shown_under"] = who.identity.shown
            return None, body, mended
        return who, body, mended

    def _pattern(self, who: Sender) -> Communication:
        """What all records of one sender have in common: filling in the rest is five times as fast as anew."""
        chat = self.chat
        if who.pattern is None:
            who.pattern = Communication(
                id="", source_file=self.sha256, place=Place(), seq=0, channel="whatsapp", kind="text",
                thread=chat.thread, direction=who.direction, sender=who.identity, recipients=who.recipients,
                precision=chat.precision, zone_basis=chat.zone_basis, extra=who.extra, open=who.open,
            )  # fmt: skip
        return who.pattern

    def _app_line(self, row: Row, text: str) -> tuple[Sender | None, Body]:
        """The app's own line. A missed call is the other person's, once it is told whose phone this is."""
        body = self.chat.bodies.nameless(text)
        if row.name is not None and row.name in self.chat.roster.pseudo:
            body.extra["shown_under"] = shown_name(row.name.decode("utf-8", "replace"))
        if body.kind == "call_missed" and self.chat.roster.two:
            others = [one for one in self.chat.roster.two if one.direction == "in"]
            return (others[0] if others else None), body
        return None, body

    def _count(self, who: Sender, row: Row, body: Body) -> None:
        who.count += 1
        if not who.first:
            who.first = row.stamp
        who.last = row.stamp
        self.asking.contact = True
        if body.media and body.media[0].name:
            self.with_media = True
        who.deleted_own |= body.kind == "deleted" and plain(body.text or "") in YOU_DELETED
        if not self.asking.owner_example and body.kind == "text":
            self.asking.owner_example = f"{who.identity.shown}: {(body.text or '')[:120]}"

    def _open(self, row: Row, body: Body) -> tuple[QuestionName, ...]:
        contact = body.kind != "system"
        self.asking.contact |= contact
        if contact and not self.asking.nobodys_example:
            self.asking.nobodys_example = f"{row.stamp.decode('utf-8', 'replace')}: {(body.text or '')[:120]}"
        return ("owner",) if contact and self.chat.owner is None else ()

    def _direction(self, who: Sender | None, body: Body) -> Direction:
        if who:
            return who.direction
        told = self.chat.owner is not None and self.chat.owner != NOT_SURE
        return "in" if told and body.kind == "call_missed" else "unknown"

    def _when(self, row: Row) -> When:
        base = self.chat.days[row.date]
        if base is None:
            return self.chat.careful.when(row.date, row.clock, self.offset)
        first = base + self.chat.since_midnight[self.chat.seen.seconds[row.clock]]
        return When(first, first + self.chat.step)

    def _flags(self, when: When) -> tuple[TimeFlag, ...]:
        """The flags of a time, with `out_of_order` where even its last moment lies before a line above it."""
        self.earliest = min(self.earliest or when.earliest, when.earliest)
        self.latest = max(self.latest or when.latest, when.latest)
        if when.latest < self.top:
            return (*when.flags, "out_of_order")
        self.top = max(self.top, when.earliest)
        return when.flags

    def _false_headers(self, row: Row) -> dict[str, int]:
        """How many lines inside only look like headers."""
        first = bisect_right(self.false, self.offset)
        count = bisect_right(self.false, self.offset + row.size) - first
        return {"lines_like_headers": count} if count else {}

    def _stray(self, stray: Stray) -> NotUnderstood:
        place = Place(self.chat.chat.member, self.line, stray.offset, stray.length)
        self.line += stray.lines
        self.offset = stray.offset + stray.length
        excerpt = _excerpt(stray.excerpt)
        if not stray.too_long and stray.length <= _SHOWN and not excerpt.strip(MARKS):
            return NotUnderstood(place, "headings", "")  # blank lines ahead of the chat
        return NotUnderstood(place, "too_long" if stray.too_long else "unknown_line", excerpt)

    def _coverage(self) -> Coverage:
        latest = max(self.latest or self.top, self.top + self.chat.step)
        most = CAP_WITH_MEDIA if self.with_media else CAP_WITHOUT_MEDIA
        limits = (("whatsapp_cap",) if self.seq - self.first >= most else ()) + NEVER_EXPORTED
        return Coverage("whatsapp", self.earliest, latest, limits, self.chat.thread)


def _decoded(words: bytes) -> str | None:
    try:
        return words.decode()
    except UnicodeDecodeError:
        return None


def _mended(words: bytes) -> tuple[str, str | None]:
    """The text; bytes that are no UTF-8 become U+FFFD, which is said. Line ends become line feeds."""
    text = _decoded(words)
    mended = None
    if text is None:
        text, mended = words.decode("utf-8", "replace"), "invalid_utf8_replaced"
    return text.replace("\r\n", "\n"), mended


def _whole_characters(text: bytes) -> bytes:
    """Without a character at the end of which only the first bytes are there."""
    return text.decode("utf-8", "ignore").encode()


def _excerpt(text: bytes) -> str:
    return text[:_SHOWN].decode("utf-8", "replace").strip()
