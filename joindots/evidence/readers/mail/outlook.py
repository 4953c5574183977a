"""Mails saved by Outlook (.msg): a compound file of properties ([MS-OXMSG])."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, Literal

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.mail import rtf
from joindots.evidence.readers.mail.compound import MAGIC, STORAGE, STREAM, Compound, Damaged, Entry
from joindots.evidence.readers.mail.dates import Moment
from joindots.evidence.readers.mail.encoded import shown
from joindots.evidence.readers.mail.fields import Fields, parse_header
from joindots.evidence.readers.mail.mapi import PROPERTIES, SUBSTANCE, Properties, plain_value
from joindots.evidence.readers.mail.message import Reading, Times, times_of
from joindots.evidence.readers.mail.owner import Mailbox, Survey, mailbox_from_answer
from joindots.evidence.readers.mail.parts import Contents, Kept, Words, keep_pieces
from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import Item, Media, NotUnderstood, Place
from joindots.evidence.readers.source import Source

TOP, INSIDE, INNER = 32, 24, 8
"""Bytes before the first property: of the mail itself, of a mail inside it, and of a recipient or an attachment."""
MOST_DEEP: Final = 20
"""Mails inside mails inside mails that are read; what is deeper is listed."""
UNSENT: Final = 0x8
MOST_BESIDE: Final = 2_000
"""Characters or bytes of a property that is kept beside the record; larger ones are listed as not read."""

_CLASS, _SUBJECT, _SUBMITTED, _DELIVERED, _FLAGS, _HEADERS = 0x001A, 0x0037, 0x0039, 0x0E06, 0x0E07, 0x007D
_FROM, _SENDER = (0x0042, 0x5D02, 0x0065, 0x0064), (0x0C1A, 0x5D01, 0x0C1F, 0x0C1E)
_RECEIVED_BY = (0x0040, 0x5D07, 0x0076, 0x0075)
_RECIPIENT = (0x3001, 0x39FE, 0x3003, 0x3002)
"""An account's name, its SMTP address, another address, and what kind of address that is."""
_RECIPIENT_KIND = 0x0C15
_MESSAGE_ID, _IN_REPLY_TO, _REFERENCES = 0x1035, 0x1042, 0x1039
_BODY, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_DATA, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _SAID = 0x3701, 0x3707, 0x3704, 0x3001, 0x370E
_TOLD = frozenset(("from", "sender", "to", "cc", "bcc", "subject", "message-id"))
_UTC: Final = "%Y-%m-%dT%H:%M:%SZ"
_OBJECT = f"{SUBSTANCE}{_DATA:04X}000D"


def claims(source: Source) -> bool:
    """A compound file that is called .msg or shows a mail's properties in its first part."""
    if not source.head.startswith(MAGIC):
        return False
    return source.name.lower().endswith((".msg", ".oft")) or PROPERTIES.encode("utf-16-le") in source.head


def read(source: Source, answers: Answers, media: MediaSink) -> Iterator[Item]:
    """The mail, its files, what was not read of it, questions and coverage."""
    with source.open() as stream:
        try:
            file = Compound(stream, source.size)
        except Damaged as error:
            raise not_readable(
                "outlook_damaged",
                "{name} looks like a mail saved by Outlook but is damaged or cut off ({why}). It is kept as it is. "
                "Save it from Outlook again, or send it to yourself as an attachment and save it as .eml.",
                name=source.name, why=error,
            ) from None  # fmt: skip
        yield from _Mail(source, file, media).items(answers)


class _Mail:
    """The mail of a file, or one that stands inside it at `path`."""

    def __init__(
        self, source: Source, file: Compound, media: MediaSink, outer: tuple[_Mail, str, Entry] | None = None
    ) -> None:
        self.source = source
        self.file = file
        self.media = media
        self.inside: list[dict[str, Any]] = []
        self.beside: dict[str, Any] = {}
        self.lost: list[NotUnderstood] = []
        self.path, self.root, self.depth = "", file.root, 0
        codepage = None
        if outer is not None:
            other, self.path, self.root = outer
            self.beside, self.lost = other.beside, other.lost
            self.depth, codepage = other.depth + 1, other.top.codepage
        self.top: Properties = Properties(file, self.root, INSIDE if outer else TOP, codepage)

    def items(self, answers: Answers) -> Iterator[Item]:
        fields = self._fields()
        contents = self._contents()
        survey = Survey()
        lines = (f"{name}: {value}\n" for name, values in fields.items() for value in values)
        survey.add("".join(lines).encode("latin-1", "replace"))
        mailbox = mailbox_from_answer(self.source, answers)
        if mailbox is None:
            account = survey.proven()
            mailbox = Mailbox(account, asked=account is None)
        reading = Reading.of(self.source, answers, mailbox, survey)
        reading.unicode = True
        self._leftovers("", self.root, self.top)
        more: dict[str, Any] = {"outlook": self.beside} if self.beside else {}
        if self.inside:
            more["mails_inside"] = self.inside
        if (kind := self.top.words(_CLASS)) and kind != "IPM.Note":
            more["message_class"] = kind
        yield from reading.items(Place(byte=0, length=self.source.size), fields, contents, self._times(fields), **more)
        yield from self.lost
        yield from reading.last()

    def told(self, name: str | None, contents: Contents) -> dict[str, Any]:
        """What a mail inside another says, for its `mails_inside`; its files go to the outer mail's `contents`."""
        fields = self._fields()
        own = self._contents()
        self._leftovers("", self.root, self.top)
        contents.files += own.files
        contents.note(own.damage, contents.damage)
        text, _, other = own.text()
        times = self._times(fields)
        at = times.arrived or times.claimed
        named = {key: ", ".join(map(shown, values)) for key, values in fields.items() if key in _TOLD}
        said: dict[str, Any] = {"name": name, **named, "date": times.shown, "text": text, "html_text": other}
        said["at_earliest"] = at.earliest.strftime(_UTC) if at else None
        said["at_latest"] = at.latest.strftime(_UTC) if at else None
        said["files"] = [kept.media.name for kept in own.files]
        said["mails_inside"] = self.inside
        return {key: value for key, value in said.items() if value}

    def _fields(self) -> Fields:
        """The header that came with the mail; for what has none, one from Outlook's own properties."""
        given = (self.top.words(_HEADERS) or "").replace("\r\n", "\n").lstrip("\n")
        if given.startswith("Microsoft Mail Internet Headers"):
            given = given.partition("\n")[2]
        fields = parse_header(given.partition("\n\n")[0].encode("utf-8", "replace") + b"\n")[0] if given else {}
        own = {
            "from": self._account(self.top, _FROM) or self._account(self.top, _SENDER),
            "sender": self._account(self.top, _SENDER),
            "subject": self.top.words(_SUBJECT),
            "message-id": self.top.words(_MESSAGE_ID),
            "in-reply-to": self.top.words(_IN_REPLY_TO),
            "references": self.top.words(_REFERENCES),
        }
        for name, value in own.items():
            if value:
                fields.setdefault(name, [_raw(value)])
        if fields.get("sender") == fields.get("from"):
            fields.pop("sender", None)
        mailbox = self._account(self.top, _RECEIVED_BY)
        if mailbox and "@" in mailbox:
            fields.setdefault("delivered-to", [_raw(mailbox)])
        if (self.top.number(_FLAGS) or 0) & UNSENT:
            fields["x-unsent"] = ["1"]
        self._recipients(fields)
        return fields

    def _recipients(self, fields: Fields) -> None:
        found: dict[str, list[str]] = {}
        for name, storage in self._storages("__recip_version1.0_#"):
            properties = Properties(self.file, storage, INNER, self.top.codepage)
            named = self._account(properties, _RECIPIENT)
            kind = {1: "to", 2: "cc", 3: "bcc"}.get((properties.number(_RECIPIENT_KIND) or 1) & 0xF, "to")
            if named:
                found.setdefault(kind, []).append(_raw(named))
            self._leftovers(f"{name}/", storage, properties)
        for kind, values in found.items():
            fields.setdefault(kind, values)

    def _account(self, properties: Properties, tags: tuple[int, int, int, int]) -> str | None:
        """`Name <address>`; an address inside an Exchange server is no mail address and stays out."""
        name, smtp, address, kind = (properties.words(tag) for tag in tags)
        address = smtp or (address if address and "@" in address and kind in (None, "SMTP") else None)
        if address is None:
            return _quoted(name) if name else None
        return f"{_quoted(name)} <{address}>" if name and name != address else address

    def _times(self, fields: Fields) -> Times:
        """By the header where it has dates; else by Outlook's own, which are UTC."""
        submitted, sent = self.top.time(_SUBMITTED)
        delivered, came = self.top.time(_DELIVERED)
        times = times_of(fields)
        as_shown, claimed, arrived, suspect = times.shown, times.claimed, times.arrived, times.suspect
        if claimed is None and "date" not in fields and submitted:
            as_shown, claimed = sent.strftime(_UTC) if sent else None, _moment(sent)
            suspect = suspect or claimed is None
        if arrived is None and "received" not in fields and delivered:
            arrived = _moment(came)
            suspect = suspect or arrived is None
        return Times(as_shown, claimed, arrived, suspect)

    def _contents(self) -> Contents:
        contents = Contents()
        plain = self.top.words(_BODY, body=True)
        html, markup = self.top.words(_HTML, body=True), self.top.binary(_HTML)
        if plain and plain.strip():
            contents.words.append(Words(False, 1, _lines(plain)))
        if html:
            contents.words.append(Words(True, 1, _lines(html)))
        elif markup:
            contents.take(markup, self.top.body_label, html=True, group=1)
        if not contents.words and (packed := self.top.binary(_RTF)) and (text := rtf.unpacked(packed)):
            words, is_html, how = rtf.words_of(text)
            contents.note([how])
            contents.words.append(Words(is_html, 0, _lines(words)))
        self.top.used.add(_RTF)
        contents.note(self.top.mended)
        for name, storage in self._storages("__attach_version1.0_#"):
            self._attachment(contents, name, storage)
        if self.top.damaged:
            contents.damage.append("properties")
        return contents

    def _attachment(self, contents: Contents, name: str, storage: Entry) -> None:
        properties = Properties(self.file, storage, INNER, self.top.codepage)
        named = properties.words(_LONG_NAME) or properties.words(_SHORT_NAME) or properties.words(_SHOWN_NAME)
        said = properties.words(_SAID)
        properties.used.update((_DATA, _SHORT_NAME, _SHOWN_NAME))
        entry = properties.stream(_DATA, 0x0102)
        if entry is not None:
            try:
                media = keep_pieces(self.media, named, said, self.file.pieces(entry))
                contents.files.append(Kept(media, 0, 0, f"{self.path}{name}/{entry.name}"))
            except Damaged:
                contents.damage.append("attachment")
                self._lose(f"{name}/{entry.name}", "broken", named or "")
        elif (inside := storage.kids.get(_OBJECT)) is not None:
            self._object(contents, f"{name}/{_OBJECT}", inside, named)
        self._leftovers(f"{name}/", storage, properties)

    def _object(self, contents: Contents, path: str, storage: Entry, name: str | None) -> None:
        """A mail inside this one is read like it; any other object (a drawing, a table) is listed."""
        if PROPERTIES in storage.kids and self.depth < MOST_DEEP:
            mail = _Mail(self.source, self.file, self.media, (self, f"{self.path}{path}/", storage))
            self.inside.append(mail.told(name, contents))
            return
        contents.files.append(Kept(Media(name, False), 0, 0, f"{self.path}{path}"))
        self._lose(path, "unknown_leaf", f"an object inside this mail: {name or ''}")

    def _storages(self, start: str) -> Iterator[tuple[str, Entry]]:
        kids = self.root.kids
        return ((name, kids[name]) for name in sorted(kids) if name.startswith(start) and kids[name].kind == STORAGE)

    def _leftovers(self, path: str, storage: Entry, properties: Properties) -> None:
        """Every property that no field of the record holds: beside it if small, else listed as not read."""
        for tag, (kind, data) in properties.fixed.items():
            if tag not in properties.used and (value := plain_value(kind, data)) is not None:
                self.beside[f"{self.path}{path}{tag:04X}"] = value.isoformat() if isinstance(value, datetime) else value
        for name, entry in sorted(storage.kids.items()):
            if entry.kind != STREAM or name == PROPERTIES or _tag(name) in properties.used:
                continue
            kept = self._beside(entry, name[-4:]) if entry.size <= MOST_BESIDE else None
            if kept is None:
                self._lose(path + name, "unknown_leaf", f"{entry.size} bytes")
            elif kept:
                self.beside[f"{self.path}{path}{name.removeprefix(SUBSTANCE)}"] = kept

    def _beside(self, entry: Entry, kind: str) -> str | None:
        try:
            data = self.file.whole(entry, MOST_BESIDE)
        except Damaged:
            return None
        if kind == "001F":
            return data.decode("utf-16-le", "replace").rstrip("\x00")
        if kind == "001E":
            return data.decode("latin-1" if not data.isascii() else "ascii").rstrip("\x00")
        return data.hex()

    def _lose(self, pointer: str, why: Literal["broken", "unknown_leaf"], excerpt: str) -> None:
        self.lost.append(NotUnderstood(Place(pointer=self.path + pointer), why, excerpt))


def _tag(name: str) -> int | None:
    try:
        return int(name[len(SUBSTANCE) : len(SUBSTANCE) + 4], 16) if name.startswith(SUBSTANCE) else None
    except ValueError:
        return None


def _moment(at: datetime | None) -> Moment | None:
    return Moment(at, at, "second", "utc_in_file") if at is not None and at.year >= 1971 else None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def _quoted(name: str) -> str:
    plain = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _raw(text: str) -> str:
    """As a header field holds it: one character a byte."""
    return " ".join(text.split()).encode("utf-8", "replace").decode("latin-1")


FORMAT = Format("outlook", "an e-mail saved by Outlook", claims, read)
