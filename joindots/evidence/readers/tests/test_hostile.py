"""Damaged, renamed and hostile files: bounded time and memory, a plain refusal, never anything else."""

from __future__ import annotations

import hashlib
import io
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pytest

from joindots.evidence.readers import registry
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.reading import read
from joindots.evidence.readers.records import Communication, Item, NotUnderstood
from joindots.evidence.readers.sandbox.limits import Limits
from joindots.evidence.readers.sandbox.parent import ChildReading, read_in_child
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests.samples import LINES, SAMPLES

MIB = 1 << 20
TIGHT = Limits(memory=700 * MIB, seconds=40, silence=40.0)
UNEXPECTED = {"reader_failed", "too_slow", "reader_ended"}
"""A refusal by one of these is a reader's own fault, caught by the last net."""


def outcome(name: str, data: bytes) -> list[Item] | NotReadable:
    try:
        return list(read(Source.from_bytes(name, data)))
    except NotReadable as problem:
        return problem


def assert_plain(found: list[Item] | NotReadable, *, about: object) -> None:
    if isinstance(found, NotReadable):
        assert found.reason.code not in UNEXPECTED, f"{about}: {found}"
        assert str(found).endswith((".", ".)")), found


def assert_few(reading: ChildReading, most: int) -> None:
    """At most so many items, or a refusal that the reader meant."""
    count, refused = 0, None
    try:
        count = sum(len(batch) for batch in reading.batches())
    except NotReadable as problem:
        refused = problem
    assert count < most
    assert refused is None or refused.reason.code not in UNEXPECTED, refused


def assert_tiles(items: list[Item], size: int) -> None:
    """Every byte lies in a record's span or in one that was not understood, and none in two."""
    spans = set()
    for one in items:
        if isinstance(one, Communication | NotUnderstood) and one.place.byte is not None and not one.place.member:
            spans.add((one.place.byte, one.place.length or 0))
    at = 0
    for byte, length in sorted(spans):
        assert byte == at, f"bytes {at} to {byte} are in no span, or in two"
        at += length
    assert at == size


def damaged(data: bytes, seed: str) -> Iterator[tuple[str, bytes]]:
    """The data cut at a dozen places, and with bits, bytes and pieces changed at random but always alike."""
    chance = random.Random(seed)
    for cut in sorted({0, 1, 3, len(data) - 1, *(chance.randrange(len(data)) for _ in range(8))}):
        yield f"cut at {cut}", data[:cut]
    for _ in range(12):
        changed = bytearray(data)
        for _ in range(chance.choice((1, 1, 5, 40))):
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield "bits flipped", bytes(changed)
    for _ in range(4):
        start, end = sorted(chance.randrange(len(data)) for _ in range(2))
        yield f"without {start} to {end}", data[:start] + data[end:]
    yield "with nothing bytes", data.replace(b" ", b"\0")
    yield "twice", data + data


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_is_read(name):
    data = SAMPLES[name]()
    items = outcome(name, data)
    assert not isinstance(items, NotReadable), items
    assert any(isinstance(one, Communication) for one in items)
    if name in LINES:
        assert_tiles(items, len(data))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_file_is_read_in_part_or_refused_plainly(name):
    for how, data in damaged(SAMPLES[name](), name):
        found = outcome(name, data)
        assert_plain(found, about=how)


@pytest.mark.parametrize("name", sorted(LINES))
def test_a_damaged_file_of_lines_still_loses_no_byte(name):
    for _, data in damaged(SAMPLES[name](), name):
        found = outcome(name, data)
        if not isinstance(found, NotReadable) and any(
            isinstance(o, Communication) and o.place.byte is not None for o in found
        ):
            assert_tiles(found, len(data))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_wrong_name_does_no_harm(name):
    data = SAMPLES[name]()
    for other in SAMPLES:
        assert_plain(outcome(other, data), about=f"{name} called {other}")


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\n" * 5000, b"\xff\xfe", bytes(range(256)) * 64, b"{" * 5000, b"<a>" * 5000]
)
def test_nothing_and_nonsense_do_no_harm_under_any_name(data):
    for name in SAMPLES:
        assert_plain(outcome(name, data), about=name)


# Archives ------------------------------------------------------------------------------------------


def archive(*members: tuple[zipfile.ZipInfo | str, bytes], deflated: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as made:
        for name, data in members:
            made.writestr(name, data)
    return out.getvalue()


def link() -> bytes:
    entry = zipfile.ZipInfo("link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return archive((entry, b"/etc/passwd"))


def nul_name() -> bytes:
    return archive(("photoX.jpg", b"x")).replace(b"photoX.jpg", b"photo\0.jpg")


def same_names() -> bytes:
    return archive(("a.txt", b"1"), ("b.txt", b"2")).replace(b"b.txt", b"a.txt")


def locked() -> bytes:
    data = bytearray(archive(("a.txt", b"1")))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def many() -> bytes:
    return archive(*((f"{n}", b"") for n in range(10_001)), deflated=False)


def overlapping() -> bytes:
    """Sixty names for the same thousand bytes: dense by sharing, not by packing."""
    data = bytes(range(250)) * 4
    sizes = (zlib.crc32(data), len(data), len(data))
    body = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 0, 0, 33, *sizes, 2, 0) + b"00" + data
    listed = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, *sizes, 2, 0, 0, 0, 0, 0, 0)
        + f"{n:02}".encode()
        for n in range(60)
    )
    return body + listed + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 60, 60, len(listed), len(body), 0)


def list_bomb() -> bytes:
    """An archive that says its list of files is 8 MiB long."""
    data = bytearray(archive(("a", b"")))
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 8 * MIB)
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: archive(("a.txt", bytes(8 * MIB))), "archive_unsafe"),
        (lambda: archive(*((f"{n}.txt", bytes(MIB)) for n in range(80))), "archive_unsafe"),
        (lambda: archive(("../../a.txt", b"x")), "archive_unsafe"),
        (lambda: archive(("..\\a.txt", b"x")), "archive_unsafe"),
        (lambda: archive(("/etc/passwd", b"x")), "archive_unsafe"),
        (lambda: archive(("C:\\a.txt", b"x")), "archive_unsafe"),
        (lambda: archive(("a" * 2000, b"x")), "archive_unsafe"),
        (link, "archive_unsafe"),
        (nul_name, "archive_unsafe"),
        (same_names, "archive_unsafe"),
        (overlapping, "archive_unsafe"),
        (locked, "archive_locked"),
        (many, "archive_entries"),
        (list_bomb, "archive_entries"),
        (lambda: archive(("a.txt", b"x"))[:-30], "archive_broken"),
    ],
)
def test_a_harmful_archive_is_refused_before_anything_is_unpacked(make, code):
    with pytest.raises(NotReadable) as caught:
        Source.from_bytes("bundle.zip", make())
    assert caught.value.reason.code == code


def packed_elsewhere(name: bytes, system: int) -> bytes:
    """An archive whose one file has this name in bytes, written by a Mac (3) or an old Windows (0) without a word."""
    data = archive(("x" * len(name), b"hello")).replace(b"x" * len(name), name)
    at = data.rfind(b"PK\x01\x02")
    return data[: at + 5] + bytes([system]) + data[at + 6 :]


@pytest.mark.parametrize(
    ("name", "system", "meant"),
    [
        ("Fotos Zoë/Bild.jpg".encode(), 3, "Fotos Zoë/Bild.jpg"),
        (b"Caf\x82.jpg", 0, "Café.jpg"),
        (b"Takeout\\Mail\\a.mbox", 0, "Takeout/Mail/a.mbox"),
        (b"a\\b.jpg", 3, "a\\b.jpg"),
    ],
)
def test_names_are_read_as_other_systems_meant_them(name, system, meant):
    source = Source.from_bytes("a.zip", packed_elsewhere(name, system))
    assert [member.name for member in source.members] == [meant]
    with source.open_member(meant) as stream:
        assert stream.read() == b"hello"


def test_a_packing_not_known_is_said_and_is_no_damage():
    data = bytearray(archive(("a.txt", b"hello")))
    data[8] = data[data.rfind(b"PK\x01\x02") + 10] = 9
    source = Source.from_bytes("a.zip", bytes(data))
    with pytest.raises(NotReadable, match="packed in a way that is not known here"):
        source.open_member("a.txt")


def test_an_archive_inside_an_archive_is_opened_and_one_deeper_is_not():
    inner = archive(("c.txt", b"hello"))
    outer = Source.from_bytes("a.zip", archive(("b.zip", inner), ("notes.txt", b"notes")))
    opened = outer.inner(outer.members[0])
    assert [member.name for member in opened.members] == ["c.txt"]
    with outer.inner(outer.members[1]).open() as stream:
        assert stream.read() == b"notes"
    deep = Source.from_bytes("z.zip", archive(("a.zip", archive(("b.zip", inner)))))
    middle = deep.inner(deep.members[0])
    with pytest.raises(NotReadable, match="archives inside archives"):
        middle.inner(middle.members[0])


def test_a_member_that_is_not_what_the_list_says_is_damage():
    data = bytearray(archive(("a.txt", b"hello hello"), deflated=False))
    data[data.find(b"hello")] ^= 1
    source = Source.from_bytes("a.zip", bytes(data))
    with pytest.raises(zipfile.BadZipFile):
        source.open_member("a.txt").read()


# Large and dense -----------------------------------------------------------------------------------


class Long(io.RawIOBase):
    """A file of a head, one letter very many times, and a tail; nothing of it is held in memory."""

    def __init__(self, head: bytes, letter: bytes, count: int, tail: bytes) -> None:
        self.parts = (head, letter, tail)
        self.size = len(head) + count + len(tail)
        self.at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + (0, self.at, self.size)[whence]
        return self.at

    def read(self, size: int = -1) -> bytes:
        head, letter, tail = self.parts
        end = self.size if size < 0 else min(self.size, self.at + size)
        data = head[self.at : end]
        data += letter * max(0, min(end, self.size - len(tail)) - max(self.at, len(head)))
        data += tail[max(0, self.at - self.size + len(tail)) : max(0, end - self.size + len(tail))]
        self.at = max(self.at, end)
        return data


HEADS = {
    "WhatsApp Chat with Mark.txt": (b"12/03/2024, 14:05 - Mark: ", b"x", b"\n13/03/2024, 14:05 - Mark: end\n"),
    "sms-1.xml": (b'<?xml version="1.0"?>\n<smses count="1">\n<sms address="+447700900123" date="1" body="', b"x", b'"/></smses>'),
    "result.json": (b'{"name":"M","type":"personal_chat","id":1,"messages":[{"id":1,"text":"', b"x", b'"}]}'),
    "log.csv": (b"Date,What happened\r\n12/03/2024,", b"x", b"\r\n13/03/2024,end\r\n"),
    "mail.mbox": (b"From a@example.org Tue Mar 12 14:05:00 2024\nFrom: a@example.org\n\n", b"x", b"\n"),
    "notes.txt": (b"", b"x", b""),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
def test_a_single_line_of_200_mb_is_read_or_refused_in_bounded_memory_and_time(name):
    head, letter, tail = HEADS[name]
    reading = read_in_child(lambda: Long(head, letter, 200_000_000, tail), name, "0" * 64, limits=TIGHT)  # type: ignore[arg-type]
    assert_few(reading, 20)


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE smses [<!ENTITY a "lol lol lol lol lol lol lol lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY x SYSTEM "file:///etc/hostname">]>
<smses count="1"><sms address="+447700900123" date="1710252300000" type="1" body="%s" /></smses>
"""


@pytest.mark.parametrize("body", [b"&e;&e;&e;&e;&e;&e;&e;&e;", b"&x;"])
@pytest.mark.parametrize("name", ["sms-1.xml", "log.xlsx", "other.xml"])
def test_entities_of_a_document_are_never_unfolded_nor_fetched(name, body):
    found = outcome(name, BOMB % body)
    assert_plain(found, about=name)
    if not isinstance(found, NotReadable):
        texts = [one.text or "" for one in found if isinstance(one, Communication)]
        assert all("lol lol" not in text and len(text) < 10_000 for text in texts)


def test_a_workbook_of_empty_rows_stays_inside_the_limits():
    rows = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(1, 30_001))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    with zipfile.ZipFile(io.BytesIO(SAMPLES["log.xlsx"]())) as book:
        members = [(name, sheet % rows if name.endswith("sheet1.xml") else book.read(name)) for name in book.namelist()]
    data = archive(*members)
    sha256 = hashlib.sha256(data).hexdigest()
    assert_few(read_in_child(lambda: io.BytesIO(data), "log.xlsx", sha256, limits=TIGHT), 60_010)


# Readers that are not there ------------------------------------------------------------------------


def test_a_reader_that_cannot_be_loaded_refuses_its_own_by_name_and_harms_no_other(monkeypatch):
    gone = registry.Reader("not_there", "carrier pigeons", (".pigeon",), (b"<pigeon",))
    monkeypatch.setattr(registry, "READERS", (gone, *registry.READERS))
    for name, data in (("a.pigeon", b"x"), ("a.xml", b"<pigeon/>")):
        found = outcome(name, data)
        assert isinstance(found, NotReadable)
        assert "The reader for carrier pigeons is not ready" in str(found)
    assert not isinstance(outcome("sms-1.xml", SAMPLES["sms-20240312.xml"]()), NotReadable)
