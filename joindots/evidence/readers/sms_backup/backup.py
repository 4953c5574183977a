"""Walks one backup from its first byte to its last and yields everything in it, damaged parts too.

Damage costs the records it touches and no others: after it the walk goes on at the next record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Literal
from xml.parsers import expat

from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.problems import NotReadable, not_readable
from joindots.evidence.readers.records import Attachment, Channel, Communication, Item, NotUnderstood, Place
from joindots.evidence.readers.sms_backup import calls, mend, messages
from joindots.evidence.readers.sms_backup.attributes import plainly_known, unknown, unknown_of_root
from joindots.evidence.readers.sms_backup.elements import Element, Elements, NotWellFormed
from joindots.evidence.readers.sms_backup.messages import Where
from joindots.evidence.readers.sms_backup.parties import moment
from joindots.evidence.readers.sms_backup.pictures import Picture, Pictures
from joindots.evidence.readers.sms_backup.scan import LONGEST, Piece, Scanner
from joindots.evidence.readers.source import DAMAGE, Source

_RECORDS = {"sms": "smses", "mms": "smses", "call": "calls"}
"""Each record's element, and the outermost element it belongs to."""
_ROOTS = frozenset(_RECORDS.values())
_BORDERS = _RECORDS.keys() | _ROOTS | {"/" + root for root in _ROOTS}
_TAG = re.compile(rb"<(/?[A-Za-z_][^\s/>]*)")
_WHOLE_TAG = re.compile(rb"""(?:[^>"']++|"[^"]*"|'[^']*')*+>""")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_LINE_ENDS = (b"", b"\n", b"\r\n")
_SINGLE_ENDS = (b"/>", b"/>\n", b"/>\r\n")
_EXCERPT = 80
_Why = Literal["headings", "unknown_line", "unknown_leaf", "broken", "too_long"]


class Tally:
    """What was found so far in a file, over all its members."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found = 0
        self.broken = False
        self.spans: dict[Channel, tuple[datetime | None, datetime | None]] = {}
        self.until: datetime | None = None
        self.limits: list[str] = []

    def add(self, record: Communication) -> None:
        """Count one record and stretch the period of its channel."""
        self.found += 1
        at = record.at_earliest
        first, last = self.spans.setdefault(record.channel, (at, at))
        if at is not None and (first is None or last is None or not first <= at <= last):
            self.spans[record.channel] = (min(first or at, at), max(last or at, at))


class Backup:
    """One XML file: `<smses>`, `<calls>`, or any of their records."""

    def __init__(self, tally: Tally, stream: BinaryIO, media: MediaSink, member: str | None = None) -> None:
        self._tally = tally
        self._sha256 = tally.source.sha256
        self._id = tally.source.sha256[:16]
        self._member = member
        self._elements = Elements()
        self._pictures = Pictures(media, self._elements)
        self._scanner = Scanner(stream, self._pictures.take)
        self._counts = dict.fromkeys(_RECORDS, 0)
        self._found = 0
        self._declared: int | None = None
        self._root: str | None = None
        self._ended = False
        self._open: list[Piece] = []
        self._open_tag = ""
        self._open_size = 0
        self._junk: tuple[Piece, str | None, _Why] | None = None

    def items(self) -> Iterator[Item]:
        """Every item, in the file's order."""
        first = True
        end = 0
        try:
            for piece in self._scanner.pieces():
                if first:
                    self._refuse_utf16(piece.markup)
                    first = False
                end = piece.byte + piece.length
                yield from self._piece(piece)
        except DAMAGE:  # the archive around this file gave out
            self._ended = False
        yield from self._close(end)

    def _piece(self, piece: Piece) -> list[Item]:
        markup = piece.markup
        if not (self._open or self._junk or piece.too_long):
            single = "sms" if markup.startswith(b"<sms ") else "call" if markup.startswith(b"<call ") else None
            if single and markup.endswith(_SINGLE_ENDS):
                self._counts[single] += 1
                return self._read(single, piece, piece, *_parted(markup))
        tag = _tag_of(markup)
        if markup.startswith(b"<!") and not markup.startswith((b"<!--", b"<![CDATA[")):
            raise self._harmful()
        items: list[Item] = []
        if self._open:
            if tag not in _BORDERS:
                return self._inside(piece, tag)
            items += self._give_up(piece.byte, "broken")
        if self._junk and tag in _BORDERS:
            items += self._end_of_junk(piece.byte)
        if tag in _RECORDS:
            return items + self._begin(piece, tag)
        if tag in _BORDERS:
            return items + (self._close_root(piece) if tag.startswith("/") else self._open_root(piece, tag))
        return items + self._between(piece, tag)

    def _begin(self, piece: Piece, tag: str) -> list[Item]:
        self._counts[tag] += 1
        self._open = [piece]
        self._open_tag = tag
        self._open_size = len(piece.markup)
        if piece.too_long:
            return self._give_up(piece.byte + piece.length, "too_long")
        whole = _WHOLE_TAG.match(piece.markup)
        return self._record() if whole and whole[0].endswith(b"/>") else []

    def _inside(self, piece: Piece, tag: str) -> list[Item]:
        self._open_size += len(piece.markup)
        if piece.too_long or self._open_size > LONGEST:
            self._open_size = LONGEST + 1
            del self._open[1:]
        self._open.append(piece)
        if tag != "/" + self._open_tag:
            return []
        if self._open_size > LONGEST:
            return self._give_up(piece.byte + piece.length, "too_long")
        return self._record()

    def _record(self) -> list[Item]:
        """The pieces gathered are one whole record: read it."""
        *before, last = self._open
        markup, after = _parted(last.markup)
        markup = b"".join([part for piece in before for part in _parted(piece.markup)]) + markup
        return self._read(self._open_tag, self._open[0], last, markup, after)

    def _read(self, tag: str, first: Piece, last: Piece, markup: bytes, after: bytes) -> list[Item]:
        """Read the record in `markup`, from the first piece to the last; `after` is text behind it."""
        try:
            element, hows = self._elements.element(markup)
        except NotWellFormed:
            self._open, self._open_tag = [first], tag
            return self._spoil("broken")
        if self._elements.text_after and (whole := _WHOLE_TAG.match(last.markup)):
            after = last.markup[whole.end() :]
        self._open = []
        length = last.byte + last.length - len(after) - first.byte
        place = Place(self._member, first.line, first.byte, length, self._pointer(tag))
        pictures = self._pictures.clear() if self._pictures.taken else []
        items = self._items_of(element, place, ", ".join(hows) if hows else None, pictures)
        if after not in _LINE_ENDS and not after.isspace():
            items.append(self._text_between(last, after))
        return items

    def _items_of(self, element: Element, place: Place, mended: str | None, pictures: list[Picture]) -> list[Item]:
        seq = self._tally.found
        where = Where(f"{self._id}-{seq}", self._sha256, place, seq, mended)
        items: list[Item] = []
        if element.tag == "sms":
            record, code = messages.sms(element, where), messages.unknown_code(element)
        elif element.tag == "call":
            record, code = calls.call(element, where), calls.unknown_code(element)
        else:
            items += self._attachments(element, place, pictures)
            record, code = messages.mms(element, where, pictures), messages.unknown_code(element)
        self._found += 1
        self._tally.add(record)
        items.append(record)
        if code:
            items.append(_leaf(place, f"{place.pointer}/@{code}", element.attributes.get(code, "")))
        if not plainly_known(element):
            items += (_leaf(place, at, value) for at, value in unknown(element, place.pointer or ""))
        return items

    def _attachments(self, element: Element, place: Place, pictures: list[Picture]) -> Iterator[Item]:
        for number, part in enumerate(messages.parts_of(element), 1):
            given = part.attributes.get("data", "")
            if not (given.isdigit() and int(given) < len(pictures)):
                continue
            picture = pictures[int(given)]
            yield self._kept(picture, f"{place.pointer}/parts/part[{number}]/@data", part.attributes.get("ct"))

    def _kept(self, picture: Picture, pointer: str | None, kind: str | None = None) -> Item:
        place = Place(self._member, picture.line, picture.byte, picture.length, pointer)
        if picture.sha256 is None or picture.size is None:
            return NotUnderstood(place, "broken", f"{picture.name}: not base64")
        return Attachment(picture.name, picture.sha256, picture.size, place, kind)

    def _pictures_alone(self) -> list[Item]:
        """Whole pictures of a record that is itself not whole: they are kept; their bytes are in its span."""
        return [self._kept(picture, None) for picture in self._pictures.clear() if picture.sha256]

    def _open_root(self, piece: Piece, tag: str) -> list[Item]:
        self._root, self._ended = tag, False
        self._tally.spans.setdefault("sms" if tag == "smses" else "call", (None, None))
        end = piece.markup.rfind(b">") + 1
        markup = piece.markup[:end]
        if closed := markup.endswith(b"/>"):
            self._ended = True
        try:
            element, _ = self._elements.element(markup if closed else markup[:-1] + b"/>")
        except NotWellFormed:
            self._tally.broken = True
            return [self._not_understood(piece, piece.length, f"/{tag}", "broken")]
        given = element.attributes
        count = given.get("count", "")
        self._declared = int(count) if count.isascii() and count.isdigit() and len(count) < 10 else None
        made = moment(given.get("backup_date", ""))
        if made:
            self._tally.until = max(made, self._tally.until or made)
        place = Place(self._member, piece.line, piece.byte, end)
        items: list[Item] = [_leaf(place, at, value) for at, value in unknown_of_root(given, f"/{tag}")]
        after = piece.markup[end:]
        return [*items, self._text_between(piece, after)] if after and not after.isspace() else items

    def _close_root(self, piece: Piece) -> list[Item]:
        self._ended = b">" in piece.markup
        after = piece.markup[piece.markup.rfind(b">") + 1 :]
        return [self._text_between(piece, after)] if self._ended and after and not after.isspace() else []

    def _between(self, piece: Piece, tag: str) -> list[Item]:
        """A piece outside every record: comment, instruction, text, or an element not known."""
        if self._junk or self._pictures.taken:
            return self._pictures_alone()
        if piece.markup.startswith(b"<?xml ") and piece.line == 1:
            self._take_encoding(piece.markup)
        if piece.markup.startswith((b"<?", b"<!--")) and not piece.too_long:
            if not piece.markup.rstrip().endswith(b">"):
                return self._start_junk(piece, None, "broken")
            return [self._not_understood(piece, piece.length, None, "headings")]
        if piece.too_long:
            return [self._not_understood(piece, piece.length, None, "too_long")]
        if not tag:
            return [self._not_understood(piece, piece.length, f"/{self._root_name()}/text()", "unknown_line")]
        if b">" not in piece.markup:
            return self._start_junk(piece, None, "broken")
        length = len(piece.markup.rstrip())
        pointer = f"/{self._root_name()}/{tag}"
        return [self._not_understood(piece, length, pointer, "unknown_leaf")]

    def _spoil(self, why: _Why) -> list[Item]:
        """The record gathered cannot be read. What follows up to the next record goes with it."""
        first, self._open = self._open[0], []
        items = self._start_junk(first, self._pointer(self._open_tag), why)
        return items + self._pictures_alone()

    def _give_up(self, until: int, why: _Why) -> list[Item]:
        return self._spoil(why) + self._end_of_junk(until)

    def _start_junk(self, piece: Piece, pointer: str | None, why: _Why) -> list[Item]:
        self._junk = (piece, pointer, why)
        self._tally.broken = True
        return []

    def _end_of_junk(self, until: int) -> list[Item]:
        if not self._junk:
            return []
        piece, pointer, why = self._junk
        self._junk = None
        return [self._not_understood(piece, until - piece.byte, pointer, why)]

    def _close(self, end: int) -> Iterator[Item]:
        damaged = bool(self._open or self._junk)
        if self._open:
            yield from self._spoil("broken")
        yield from self._end_of_junk(end)
        if not self._ended:
            self._tally.broken = True
            if not damaged:
                place = Place(self._member, None, end, 0, f"/{self._root_name()}")
                yield NotUnderstood(place, "broken", "The file ends before its last tag.")
        if self._declared is not None and self._declared != self._found:
            self._tally.limits += ["count_differs", f"count_declared={self._declared}", f"count_found={self._found}"]

    def _root_name(self) -> str:
        return self._root or "smses"

    def _pointer(self, tag: str) -> str:
        return f"/{self._root or _RECORDS[tag]}/{tag}[{self._counts[tag]}]"

    def _not_understood(self, piece: Piece, length: int, pointer: str | None, why: _Why) -> NotUnderstood:
        excerpt = piece.markup[:_EXCERPT].decode("utf-8", "replace").strip()
        return NotUnderstood(Place(self._member, piece.line, piece.byte, length, pointer), why, excerpt)

    def _text_between(self, piece: Piece, after: bytes) -> NotUnderstood:
        start = len(piece.markup) - len(after) if piece.too_long else piece.length - len(after)
        line = piece.line + piece.markup[: -len(after)].count(b"\n")
        place = Place(self._member, line, piece.byte + start, piece.length - start, f"/{self._root_name()}/text()")
        return NotUnderstood(place, "unknown_line", after[:_EXCERPT].decode("utf-8", "replace").strip())

    def _take_encoding(self, markup: bytes) -> None:
        found = _ENCODING.search(markup)
        encoding = found[1].decode().lower() if found else "utf-8"
        if encoding in ("utf-8", "utf8", "us-ascii", "ascii"):
            return
        try:
            self._elements = Elements(encoding)
        except (expat.ExpatError, LookupError, ValueError):
            raise self._encoding_refused(encoding.upper()) from None

    def _refuse_utf16(self, start: bytes) -> None:
        if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start[:64]:
            raise self._encoding_refused("UTF-16")

    def _encoding_refused(self, encoding: str) -> NotReadable:
        return not_readable(
            "backup_encoding",
            "{name} is written in {encoding}, which the backup app does not use; the file was probably saved "
            "again by another program. Copy the original backup from the device and bring that in.",
            name=self._tally.source.name,
            encoding=encoding,
        )

    def _harmful(self) -> NotReadable:
        return not_readable(
            "xml_instructions",
            "{name} holds XML instructions that could be harmful, so it was not read. It is kept as it is. The "
            "backup app never writes any: make the backup again on the device and bring that in.",
            name=self._tally.source.name,
        )


def _tag_of(markup: bytes) -> str:
    found = _TAG.match(markup)
    return found[1].decode("utf-8", "replace") if found else ""


def _parted(markup: bytes) -> tuple[bytes, bytes]:
    """A piece's tag, with raw line breaks inside its values kept, and the text after the tag."""
    end = markup.rfind(b">") + 1
    tag = markup[:end]
    if b"\n" in tag or b"\t" in tag:
        tag = mend.line_breaks(tag)
    return tag, markup[end:]


def _leaf(place: Place, pointer: str, value: str) -> NotUnderstood:
    return NotUnderstood(
        Place(place.member, place.line, place.byte, place.length, pointer), "unknown_leaf", value[:_EXCERPT]
    )
