"""Backups of SMS Backup & Restore: what is mended, what is refused, and that damage costs only itself."""

from __future__ import annotations

import base64
import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.answers import NO_ANSWERS
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Attachment, Communication, NotUnderstood
from joindots.evidence.readers.sms_backup import FORMATS, backup, mend, pictures, scan
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests.sms_backup_files import (
    HEAD,
    PIXEL,
    SAM,
    Kept,
    addr,
    items_of,
    mms,
    not_understood,
    part,
    records_of,
    sms,
    smses,
)

# mending


@pytest.mark.parametrize("pair", ["&#55357;&#56865;", "&#xD83D;&#xDE21;", "&#xd83d;&#56865;", "&#055357;&#x0DE21;"])
def test_the_two_halves_of_an_emoji_are_joined(pair):
    (record,) = records_of(smses(sms(f"no {pair} no")))
    assert record.text == "no \U0001f621 no"
    assert record.text_mended == mend.PAIRS


@pytest.mark.parametrize("lone", ["&#55357;", "&#56865;", "&#xD83D;", "&#56865;&#55357;"])
def test_half_an_emoji_is_marked_as_lost(lone):
    (record,) = records_of(smses(sms(f"a{lone}b")))
    assert record.text.strip("ab") == "\ufffd" * lone.count("&")
    assert record.text_mended == mend.LONE


def test_two_first_halves_and_a_second_join_the_nearer():
    (record,) = records_of(smses(sms("&#55357;&#55357;&#56865;")))
    assert record.text == "\ufffd\U0001f621"


@pytest.mark.parametrize(
    ("written", "read", "how"),
    [
        ("a&#11;b", "a\ufffdb", mend.CONTROL),
        ("a\x0bb", "a\ufffdb", mend.CONTROL),
        ("a\x00b", "a\ufffdb", mend.CONTROL),
        ("a&#xFFFF;b", "a\ufffdb", mend.CONTROL),
        ("a&#1114112;b", "a\ufffdb", mend.CONTROL),
        ("Tom & Jo &nbsp;", "Tom & Jo &nbsp;", mend.AMPERSAND),
        ("a&#10;b\nc\td", "a\nb\nc\td", None),
        ("a &gt; b > c", "a > b > c", None),
    ],
)
def test_what_xml_cannot_hold_is_mended_and_said(written, read, how):
    (record,) = records_of(smses(sms(written)))
    assert (record.text, record.text_mended) == (read, how)


def test_bytes_that_are_not_utf8_cost_a_character_not_the_file():
    data = smses(sms("caf\u00e9"), sms()).replace("\u00e9".encode(), b"\xe9")
    first, second = records_of(data)
    assert (first.text, first.text_mended, second.text) == ("caf\ufffd", mend.NOT_UTF8, "I am outside")


def test_emoji_halves_as_bytes_are_joined():
    data = smses(sms("a#b")).replace(b"#", b"\xed\xa0\xbd\xed\xb8\xa1")
    (record,) = records_of(data)
    assert (record.text, record.text_mended) == ("a\U0001f621b", mend.PAIRS)


def test_single_quotes_and_a_body_that_looks_like_a_picture():
    body = 'he said data="AAAA" and <part'.replace("<", "&lt;")
    data = smses(sms().replace(b'"I am outside"', f"'{body}'".encode()))
    (record,) = records_of(data)
    assert record.text == 'he said data="AAAA" and <part'


def test_another_encoding_is_read_by_its_name():
    data = smses(sms("caf\u00e9")).decode().replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert records_of(data)[0].text == "caf\u00e9"


@pytest.mark.parametrize("size", [1, 3, 7, 64])
def test_pictures_and_emoji_across_the_reading_window(monkeypatch, size):
    monkeypatch.setattr(scan, "WINDOW", size)
    monkeypatch.setattr(pictures, "HELD", 10)
    wrapped = "&#10;".join(base64.b64encode(PIXEL).decode()[at : at + 76] for at in range(0, 1024, 76))
    data = smses(
        sms("a &#55357;&#56865; b"),
        mms(part("image/jpeg", data=PIXEL, name="i.jpg") + part("image/jpeg", data=wrapped, name="j.jpg")),
        b"<!-- a < comment > -->\n",
        sms("last"),
    )
    kept = Kept()
    records = records_of(data, media=kept)
    assert [record.text for record in records] == ["a \U0001f621 b", None, "last"]
    assert kept.files == {"i.jpg": PIXEL, "j.jpg": PIXEL}
    assert not not_understood(data)


# harm and damage

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE smses [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<smses count="1"><sms address="1" date="1710252306789" type="1" body="&b;" /></smses>"""
OUTSIDE = b"""<!DOCTYPE smses SYSTEM "http://example.org/x.dtd"><smses><sms body="x" /></smses>"""


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, smses(sms(), b"<!ENTITY x 'y'>\n", sms())])
def test_xml_instructions_are_refused(data):
    with pytest.raises(NotReadable, match="XML instructions that could be harmful"):
        items_of(data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_refused_plainly(encoding):
    with pytest.raises(NotReadable, match="UTF-16"):
        items_of(smses(sms()).decode().encode(encoding))


def test_damage_costs_only_its_own_record():
    written = [
        sms("one"),
        sms("two").replace(b'type="1"', b'type="1'),
        mms(part("image/png", data=PIXEL)),
        sms("three"),
    ]
    data = smses(*written)
    assert [record.text for record in records_of(data)] == ["one", None, "three"]
    (broken,) = not_understood(data)
    assert (broken.why, broken.place.pointer) == ("broken", "/smses/sms[2]")
    assert data[broken.place.byte :][: broken.place.length] == written[1]
    assert [record.place.pointer for record in records_of(data)][-1] == "/smses/sms[3]"


def small_file() -> bytes:
    addrs = addr(SAM, 137)
    picture = mms(part("image/png", data=b"\x89PNG1234") + part("text/plain", "hi"), addrs)
    return smses(sms("a &#55357;&#56865;"), picture, sms("c"), b"<!-- made by the app -->\n")


def whole(data: bytes) -> bool:
    """The reader says of this file that nothing is missing; it raises nothing but NotReadable."""
    try:
        items = items_of(data)
    except (NotReadable, StopIteration):
        return False
    return not any(isinstance(item, NotUnderstood) and item.why != "headings" for item in items)


def test_cut_off_anywhere_it_gives_what_came_before_and_says_that_it_is_broken():
    data = small_file()
    ends = [record.place.byte + record.place.length for record in records_of(data)]
    for cut in range(data.index(b"<smses") + 7, len(data.rstrip())):
        source = Source.from_bytes("sms.xml", data[:cut])
        found, broken = 0, False
        try:
            for item in FORMATS[0].read(source, NO_ANSWERS, HashOnly()):
                found += isinstance(item, Communication)
                broken |= isinstance(item, NotUnderstood) and item.why == "broken"
        except NotReadable:
            broken = True
        assert found == sum(end <= cut for end in ends), cut
        assert broken, cut


def test_flipped_bits_never_raise_anything_but_a_plain_refusal():
    data = small_file()
    dice = random.Random(7)
    for _ in range(1500):
        damaged = bytearray(data)
        for _ in range(dice.randint(1, 3)):
            damaged[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        whole(bytes(damaged))


def test_a_picture_cut_off_is_never_kept_as_whole():
    data = smses(mms(part("image/png", data=PIXEL)), sms())
    start = data.index(b"data=") + 6
    for cut in (start + 40, start + 41, start + 400):  # 40 and 400 happen to be whole groups of base64
        with pytest.raises(NotReadable):
            items_of(data[:cut])
        with_one_before = smses(sms())[: -len(b"</smses>\n")] + data[len(HEAD) + 18 : cut]
        assert not [item for item in items_of(with_one_before) if isinstance(item, Attachment)]
        assert [item.why for item in not_understood(with_one_before)] == ["broken"]


def test_a_whole_picture_of_a_broken_record_is_kept():
    broken = mms(part("image/png", data=PIXEL, name="p.png")).replace(b"</parts>", b"</prats>")
    items = items_of(smses(broken, sms()))
    assert [item.name for item in items if isinstance(item, Attachment)] == ["p.png"]


def test_text_between_records_is_listed_and_costs_none_of_them():
    data = smses(sms("a"), b"junk > more", sms("b"), sms("c").replace(b"<sms", b"=sms")) + b"tail"
    assert [record.text for record in records_of(data)] == ["a", "b"]
    found = not_understood(data)
    assert [data[i.place.byte :][: i.place.length].strip()[:11] for i in found] == [
        b"junk > more",
        b"=sms protoc",
        b"tail",
    ]


def test_one_endless_value_is_passed_over_in_bounded_memory(monkeypatch):
    monkeypatch.setattr(scan, "LONGEST", 4000)
    monkeypatch.setattr(backup, "LONGEST", 4000)
    monkeypatch.setattr(scan, "WINDOW", 1000)
    long = sms("x" * 50_000)
    data = smses(sms("a"), long, mms(part("text/plain", "y" * 9000)), mms(part("text/plain", "z") * 60), sms("b"))
    assert [record.text for record in records_of(data)] == ["a", "b"]
    found = not_understood(data)
    assert [(item.why, item.place.pointer) for item in found] == [
        ("too_long", "/smses/sms[2]"), ("too_long", "/smses/mms[1]"), ("too_long", "/smses/mms[2]"),
    ]  # fmt: skip
    assert data[found[0].place.byte :][: found[0].place.length] == long


def test_a_large_picture_streams_and_a_large_damaged_one_is_not_kept_as_whole(monkeypatch):
    monkeypatch.setattr(scan, "WINDOW", 1000)
    monkeypatch.setattr(scan, "LONGEST", 4000)
    monkeypatch.setattr(pictures, "HELD", 2000)
    picture = bytes(range(256)) * 100
    text = base64.b64encode(picture).decode()
    data = smses(
        mms(part("image/png", data=picture, name="a.png")), mms(part("image/png", data=text[:-9] + "!" + text[-8:]))
    )
    first, second = records_of(data)
    assert first.media[0].sha256 == hashlib.sha256(picture).hexdigest()
    assert (second.media[0].present, second.media[0].sha256) == (False, None)


def test_records_outside_any_frame_are_still_read():
    assert [record.text for record in records_of(smses(sms("a")) + smses(sms("b")))] == ["a", "b"]


# round trip

LETTERS = st.characters(blacklist_categories=("Cs",), blacklist_characters="\ufffe\uffff", min_codepoint=1)
TEXTS = st.text(st.one_of(LETTERS, st.sampled_from("\n\t&<>\"'\U0001f621é")), max_size=40)


def escaped(text: str, style: int) -> str:
    """As the app writes: entities, references, and emoji whole or in halves (decimal or hex)."""
    out = []
    for letter in text:
        code = ord(letter)
        if letter in "&<>\"'":
            out.append({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}[letter])
        elif code > 0xFFFF and style:
            high, low = 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF)
            out.append(f"&#{high};&#{low};" if style == 1 else f"&#x{high:X};&#x{low:x};")
        elif code < 0x20 or 0x7F <= code < 0xA0:
            out.append(f"&#{code};")
        else:
            out.append(letter)
    return "".join(out)


def readable(text: str) -> str:
    """What can come back: control characters that XML forbids are marked as lost."""
    return "".join("\ufffd" if ord(c) < 0x20 and c not in "\n\t\r" else c for c in text)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, st.integers(0, 2), st.integers(1, 6), st.booleans(), st.binary(max_size=50)), max_size=6),
    st.sampled_from([1, 5, 1 << 20]),
)
def test_what_is_written_is_read_back(messages, window):
    written = []
    for text, style, kind, picture, data in messages:
        words = escaped(text, style)
        if picture:
            written.append(
                mms(part("image/png", data=data, name="a") + part("text/plain", words), msg_box=min(kind, 4))
            )
        else:
            written.append(sms(words, type=kind))
    scan.WINDOW, before = window, scan.WINDOW
    try:
        found = records_of(smses(*written))
        spoilt = not_understood(smses(*written))
    finally:
        scan.WINDOW = before
    assert not spoilt
    assert len(found) == len(messages)
    for record, (text, _, kind, picture, data) in zip(found, messages, strict=True):
        absent = text == "null" or (picture and text == "")
        assert record.text == (None if absent else readable(text))
        assert record.direction == ("in" if kind == 1 else "out")
        if picture and data:
            assert record.media[0].sha256 == hashlib.sha256(data).hexdigest()
