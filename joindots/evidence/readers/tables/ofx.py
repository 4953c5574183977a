"""OFX, the banks' own export: payments in, from the older form (SGML) and the newer (XML) alike."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, NamedTuple

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.records import Item, NotUnderstood, Place
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.stamps import OrderProof, stamp
from joindots.evidence.readers.tables.around import EXCERPT
from joindots.evidence.readers.tables.clocks import Clocks
from joindots.evidence.readers.tables.lines import western
from joindots.evidence.readers.tables.money import HUNDREDTHS, pence
from joindots.evidence.readers.tables.ofx_times import FILLING, clock_of, posted
from joindots.evidence.readers.tables.payments import Payers, Payment, Picked, record
from joindots.evidence.readers.tables.session import Extent, Session, refuse_answer
from joindots.evidence.readers.tables.ways import Ways

CHUNK = 1 << 18
MAX_VALUE = 1 << 16
"""Bytes of one value; a longer one is counted, skipped and listed."""
_TAG = re.compile(rb"<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]{0,63})\s*(?P<empty>/?)>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_KNOWN = frozenset({"TRNTYPE", "DTPOSTED", "DTTRAN", "TRNAMT", "NAME", "MEMO", "PAYEE", "CURSYM", "EXTDNAME"})
_AROUND = frozenset({"BANKTRANLIST", "BANKTRANLISTP", "STMTRS", "CCSTMTRS", "OFX"})
_ENTRIES = frozenset({"STMTTRN", "STMTTRNP"})
"""Payments done, and those still on their way."""
_AROUND_LEAVES = frozenset(
    "CODE SEVERITY MESSAGE DTSERVER LANGUAGE ORG FID TRNUID CLTCOOKIE CURDEF BANKID BRANCHID ACCTID ACCTTYPE ACCTKEY "
    "DTSTART DTEND BALAMT DTASOF BALTYPE VALUE NAME DESC INTU.BID INTU.ORG SESSCOOKIE USERKEY DTPROFUP DTACCTUP "
    "MKTGINFO CURRATE CURSYM".split()
)
MOST_ACCOUNTS = 1_000
LIMITS = ("order_is_the_banks", "other_payments_kept_back", "balance_never_kept")
_GROUPS = frozenset({"PAYEE", "CURRENCY", "ORIGCURRENCY", "BANKACCTTO", "CCACCTTO"})


class _Token(NamedTuple):
    """A tag with the value up to the next tag. `value` is None where it was too long to hold."""

    name: str
    closing: bool
    value: bytes | None
    byte: int
    end: int


@dataclass(slots=True)
class _Entry:
    """One STMTTRN: its leaves by name, and its span of bytes."""

    number: int
    byte: int
    end: int
    leaves: dict[str, str] = field(default_factory=dict)
    too_long: list[str] = field(default_factory=list)
    cut: bool = False
    """The file ends inside it: its last value may be only the beginning of one."""
    pending: bool = False


def claims(source: Source) -> bool:
    """Whether the file begins as OFX does."""
    head = source.head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").upper()
    return head.startswith(b"OFXHEADER") or (
        head.startswith((b"<?XML", b"<?OFX", b"<OFX")) and b"<OFX>" in source.head.upper()
    )


def read(source: Source, answers: Answers, media: MediaSink) -> Iterator[Item]:
    """Every transaction of every account in the file's order; leaves nobody here knows are listed by pointer."""
    session = Session(source, answers)
    answer = answers.to(source.sha256, source.name, "their_payments")
    if not Picked.is_formed(answer):
        raise refuse_answer(session, "their_payments", "a list of payers")
    payers, picked = Payers(), Picked(answer)
    look = _look(source)
    for found in _Statement(source).entries():
        if isinstance(found, _Entry) and (one := _payment(found, look)):
            payers.add(one)
    if answer is None:
        yield from payers.question(source, None, None)
    clocks, extent = Clocks(source, answers, OrderProof()), Extent()
    statement = _Statement(source)
    for found in statement.entries():
        if isinstance(found, NotUnderstood):
            yield found
        else:
            yield from _records(found, session, clocks, picked, extent, look)
    for shown in statement.period:
        extent.add(clocks.when(stamp(shown[:8]), 0))
    dated = () if look.clocked else ("date_only",)
    yield extent.coverage("payment", *dated, *LIMITS, *(() if statement.whole else ("damaged",)))


@dataclass(slots=True)
class _Look:
    """What the whole of a file shows: whether its clocks are the payments' own, and which way its sums went."""

    clocked: bool = False
    ways: Ways = field(default_factory=lambda: Ways(may_turn=False))


def _look(source: Source) -> _Look:
    look, count = _Look(), 0
    clocks: set[str] = set()
    for found in _Statement(source).entries():
        if isinstance(found, _Entry):
            leaves = found.leaves
            look.ways.feed(leaves.get("TRNAMT", ""), leaves.get("TRNTYPE", ""))
            clocks.add(clock_of(leaves.get("DTPOSTED", "")))
            count += 1
    # One clock on every entry, and noon or midnight, only fills the form.
    look.clocked = not clocks <= FILLING and (len(clocks) > 1 or count == 1)
    return look


def _records(
    entry: _Entry, session: Session, clocks: Clocks, picked: Picked, extent: Extent, look: _Look
) -> Iterator[Item]:
    pointer = f"/OFX/STMTTRN[{entry.number}]"
    place = Place(byte=entry.byte, length=entry.end - entry.byte, pointer=pointer)
    yield from (NotUnderstood(Place(pointer=f"{pointer}/{name}"), "too_long") for name in entry.too_long)
    paid = _payment(entry, look)
    if paid is None:
        # No excerpt: it may be somebody else's payment.
        yield NotUnderstood(place, "broken")
        return
    when = clocks.when(paid.stamp, 0)
    extent.add(when)
    id_, seq = session.next()
    yield record(paid, when, place, picked, id_, seq, session.source.sha256)


def _payment(entry: _Entry, look: _Look) -> Payment | None:
    leaves = entry.leaves
    if entry.cut:
        return None
    shown = leaves.get("DTPOSTED") or leaves.get("DTTRAN", "")
    read_as = posted(shown, clocked=look.clocked)
    amount = pence(leaves.get("TRNAMT", ""))
    way = None
    if amount is not None:
        way = look.ways.signed(amount, leaves["TRNAMT"], "", leaves.get("TRNTYPE", ""))
    if read_as is None or way is None:
        return None
    currency = (leaves.get("CURSYM") or leaves.get("CURDEF") or "GBP").upper()
    extra = {name.lower(): value for name, value in leaves.items() if value and not _is_left_out(name)}
    if kind := leaves.get("TRNTYPE"):
        extra["type"] = kind
    if entry.pending:
        extra["status"] = "pending"
    if currency not in HUNDREDTHS:
        extra["amount_shown"] = leaves.get("TRNAMT", "")
    name = " ".join(filter(None, (leaves.get("NAME") or leaves.get("PAYEE/NAME"), leaves.get("EXTDNAME"))))
    return Payment(
        shown, read_as, abs(way[0]) if currency in HUNDREDTHS else None, way[1], name, leaves.get("MEMO", ""),
        currency, extra,
    )  # fmt: skip


def _is_left_out(leaf: str) -> bool:
    """Leaves with a place of their own in a record, and balances, which are never kept."""
    return leaf in _KNOWN or leaf == "CURDEF" or "BAL" in leaf


class _Statement:
    """One pass over a file: its transactions, and what stands around them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.period: list[str] = []
        self.whole = False
        self._currency = ""
        self._current: _Entry | None = None
        self._group = ""
        self._count = 0
        self._seen: dict[str, int] = {}

    def entries(self) -> Iterator[_Entry | NotUnderstood]:
        """Transactions in order, and unknown leaves outside them. An unclosed one ends where the next begins."""
        with self.source.open() as stream:
            for token in _tokens(stream):
                self.whole = token.closing and token.name == "OFX"
                if token.name in _ENTRIES or (token.closing and token.name in _AROUND):
                    yield from self._boundary(token)
                elif self._current is None:
                    yield from self._outside(token)
                elif token.name in _GROUPS:
                    self._group = "" if token.closing else token.name
                else:
                    _keep(self._current, token, self._group)
        if self._current:
            self._current.cut = True
            yield self._current

    def _boundary(self, token: _Token) -> Iterator[_Entry]:
        if self._current:
            self._current.end = token.end if token.name in _ENTRIES and token.closing else token.byte
            yield self._current
        self._current, self._group = None, ""
        if token.name in _ENTRIES and not token.closing:
            self._count += 1
            known = {"CURDEF": self._currency} if self._currency else {}
            self._current = _Entry(self._count, token.byte, token.end, known, pending=token.name == "STMTTRNP")

    def _outside(self, token: _Token) -> Iterator[NotUnderstood]:
        if token.closing or (token.value is not None and not token.value.strip()):
            return
        value = _text(token.value or b"")
        if token.name == "CURDEF":
            self._currency = value
        if token.name in ("DTSTART", "DTEND") and len(self.period) < MOST_ACCOUNTS:
            self.period.append(value)
        if token.name in _AROUND_LEAVES and token.value is not None:
            # Known, and kept back: account numbers and balances are no part of any record.
            return
        seen = self._seen[token.name] = self._seen.get(token.name, 0) + 1
        why: Literal["too_long", "unknown_leaf"] = "too_long" if token.value is None else "unknown_leaf"
        yield NotUnderstood(Place(byte=token.byte, pointer=f"/OFX/{token.name}[{seen}]"), why, value[:EXCERPT])


def _keep(entry: _Entry, token: _Token, group: str) -> None:
    entry.end = token.end
    if token.closing:
        return
    if token.value is None:
        entry.too_long.append(token.name)
        return
    name = f"{group}/{token.name}" if group and token.name != "CURSYM" else token.name
    value = _text(token.value)
    if value and name in entry.leaves:
        name = f"{name}[2]" if f"{name}[2]" not in entry.leaves else f"{name}[{len(entry.leaves)}]"
    if value:
        entry.leaves[name] = value


def _tokens(stream: BinaryIO) -> Iterator[_Token]:
    """Every tag with its place and value; memory is bounded however long a value is."""
    buffer, at, start = b"", 0, 0
    open_: tuple[str, bool, int, int] | None = None
    ended = False
    while not ended:
        chunk = stream.read(CHUNK)
        ended = not chunk
        buffer += chunk
        done = 0
        for found in _TAG.finditer(buffer):
            if not ended and found.end() == len(buffer):
                break
            if open_:
                yield _closed(open_, buffer[max(open_[3] - start, 0) : found.start()], start + found.start())
            name = found["name"].decode("ascii").upper()
            open_ = (name, bool(found["close"]), start + found.start(), start + found.end())
            done = found.end()
        keep_from = done if len(buffer) - done <= MAX_VALUE else len(buffer) - 128
        start, buffer = start + keep_from, buffer[keep_from:]
        at = start
    if open_:
        yield _closed(open_, buffer[max(open_[3] - start, 0) :], at + len(buffer))


def _closed(tag: tuple[str, bool, int, int], value: bytes, end: int) -> _Token:
    name, closing, byte, opened = tag
    whole = end - opened <= len(value)
    return _Token(
        name, closing, value if whole and len(value) <= MAX_VALUE else None, byte, end if not closing else opened
    )


def _text(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = western(value)
    text = _CDATA.sub(lambda found: html.escape(found[1], quote=False), text)
    return " ".join(_ENTITY.sub(lambda found: html.unescape(found[0]), text).split())
