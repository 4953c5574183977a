"""Backups of SMS Backup & Restore: every record once, at its place, with the right side, kind and time."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.answers import NO_ANSWERS
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Attachment, Communication, Coverage, NotUnderstood
from joindots.evidence.readers.sms_backup import FORMATS, backup, mend, pictures, scan
from joindots.evidence.readers.source import Source

HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
AT = 1710252306789
WHEN = datetime(2024, 3, 12, 14, 5, 6, tzinfo=UTC)
SAM = "+447700900123"
KEY = "tel:+447700900123"
PIXEL = bytes(range(256)) * 3


class Kept:
    """A sink that remembers what it was given."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def keep(self, name, stream):
        data = stream.read()
        self.files[name] = data
        return hashlib.sha256(data).hexdigest(), len(data)


def items_of(data: bytes, name: str = "sms-20240312.xml", media=None):
    source = Source.from_bytes(name, data)
    one = next(one for one in FORMATS if one.claims(source))
    return list(one.read(source, NO_ANSWERS, media or HashOnly()))


def records_of(data: bytes, **more):
    return [item for item in items_of(data, **more) if isinstance(item, Communication)]


def not_understood(data: bytes, **more):
    return [i for i in items_of(data, **more) if isinstance(i, NotUnderstood) and i.why != "headings"]


def sms(body: str = "I am outside", **given: object) -> bytes:
    attributes = {
        "protocol": 0, "address": SAM, "date": AT, "type": 1, "subject": "null", "body": body, "toa": "null",
        "sc_toa": "null", "service_center": "null", "read": 1, "status": -1, "locked": 0, "date_sent": AT - 2000,
        "sub_id": 1, "readable_date": "12 Mar 2024 14:05:06", "contact_name": "Sam Example",
    } | given  # fmt: skip
    return ("<sms " + " ".join(f'{name}="{value}"' for name, value in attributes.items()) + " />\n").encode()


def call(**given: object) -> bytes:
    attributes = {
        "number": SAM, "duration": 0, "date": AT, "type": 3, "presentation": 1, "subscription_id": "null",
        "post_dial_digits": "", "subscription_component_name": "null",
        "readable_date": "12 Mar 2024 14:05:06", "contact_name": "Sam Example",
    } | given  # fmt: skip
    return ("<call " + " ".join(f'{name}="{value}"' for name, value in attributes.items()) + " />\n").encode()


def part(ct: str, text: str = "null", data: bytes | str | None = None, name: str = "null") -> str:
    if isinstance(data, bytes):
        data = base64.b64encode(data).decode()
    tail = f' data="{data}"' if data is not None else ""
    return f'<part seq="0" ct="{ct}" name="{name}" chset="null" cl="{name}" text="{text}"{tail} />'


def mms(parts: str, addrs: str = "", **given: object) -> bytes:
    attributes = {
        "date": AT, "ct_t": "application/vnd.wap.multipart.related", "msg_box": 1, "address": SAM, "m_type": 132,
        "sub": "null", "read": 1, "readable_date": "12 Mar 2024 14:05:06", "contact_name": "Sam Example",
    } | given  # fmt: skip
    head = "<mms " + " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f"{head}>\n <parts>\n  {parts}\n </parts>\n <addrs>{addrs}</addrs>\n</mms>\n".encode()


def addr(address: str, role: int) -> str:
    return f'<addr address="{address}" type="{role}" charset="106" />'


def smses(*records: bytes, count: int | None = None, root: str = "smses") -> bytes:
    declared = len(records) if count is None else count
    return HEAD + f'<{root} count="{declared}">\n'.encode() + b"".join(records) + f"</{root}>\n".encode()


def calls(*records: bytes) -> bytes:
    return smses(*records, root="calls")


# what a text message says


def test_a_received_message_names_its_sender_and_time():
    (record,) = records_of(smses(sms()))
    assert (record.channel, record.kind, record.direction) == ("sms", "text", "in")
    assert (record.sender.shown, record.sender.key) == ("Sam Example", KEY)
    assert record.at_earliest == record.at_latest == WHEN
    assert (record.precision, record.zone_basis) == ("second", "utc_in_file")
    assert record.at_shown == "12 Mar 2024 14:05:06"
    assert (record.text, record.text_mended, record.thread) == ("I am outside", None, KEY)
    assert record.extra["date"] == str(AT)
    assert record.extra["address"] == SAM
    assert record.extra["date_sent"] == str(AT - 2000)
    assert record.place.pointer == "/smses/sms[1]"
    assert record.open == ()


@pytest.mark.parametrize(
    ("code", "kind", "direction"),
    [
        (1, "text", "in"), (2, "text", "out"), (3, "draft", "out"), (4, "failed", "out"), (5, "failed", "out"),
        (6, "failed", "out"),
    ],
)  # fmt: skip
def test_the_type_gives_kind_and_direction(code, kind, direction):
    (record,) = records_of(smses(sms(type=code)))
    assert (record.kind, record.direction) == (kind, direction)
    if direction == "out":
        assert record.sender.key is None
        assert [one.key for one in record.recipients] == [KEY]


def test_an_unknown_type_is_kept_and_listed_not_guessed():
    data = smses(sms(type=77))
    (record,) = records_of(data)
    assert (record.kind, record.direction, record.sender.key) == ("unknown", "unknown", None)
    assert [leaf.place.pointer for leaf in not_understood(data)] == ["/smses/sms[1]/@type"]


@pytest.mark.parametrize("number", ["07700 900123", "+447700900123", "447700900123", "07700900123"])
def test_one_number_has_one_key_however_it_is_written(number):
    (record,) = records_of(smses(sms(address=number, contact_name="(Unknown)")))
    assert (record.sender.shown, record.sender.key, record.certainty_of_sender) == (number, KEY, "account_shown")


def test_a_sender_of_letters_is_only_claimed():
    (record,) = records_of(smses(sms(address="SamExample", contact_name="null")))
    assert (record.sender.shown, record.sender.key, record.certainty_of_sender) == ("SamExample", None, "claimed")


@pytest.mark.parametrize("date", ["0", "-1", "4102444800001", "99999999999999999999999", "abc", "1000", ""])
def test_a_date_no_clock_can_have_meant_is_unknown(date):
    (record,) = records_of(smses(sms(date=date)))
    assert record.at_earliest is None
    assert record.precision == "none"
    assert record.time_flags == ("clock_suspect",)


def test_exact_repeats_are_different_acts():
    records = records_of(smses(sms("?"), sms("?"), sms("?")))
    assert [record.text for record in records] == ["?", "?", "?"]
    assert len({record.id for record in records}) == 3
    assert [record.seq for record in records] == [0, 1, 2]


def test_the_word_null_in_the_body_stays_visible():
    (record,) = records_of(smses(sms("null")))
    assert record.text is None
    assert record.extra["body"] == "null"


def test_unknown_leaves_are_listed_by_pointer_and_empty_ones_are_not():
    data = smses(sms(), sms(foo="bar", empty="", nothing="null"), b"<rcs a='1'/>\n")
    assert [(leaf.place.pointer, leaf.why, leaf.excerpt) for leaf in not_understood(data)] == [
        ("/smses/sms[2]/@foo", "unknown_leaf", "bar"),
        ("/smses/rcs", "unknown_leaf", "<rcs a='1'/>"),
    ]
    assert len(records_of(data)) == 2


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


# picture messages


def test_a_picture_message_gives_text_media_and_attachment():
    kept = Kept()
    smil = part("application/smil", text="&lt;smil/&gt;")
    data = smses(mms(smil + part("image/jpeg", data=PIXEL, name="i.jpg") + part("text/plain", "look &#55357;&#56865;")))
    items = items_of(data, media=kept)
    (record,) = [item for item in items if isinstance(item, Communication)]
    (attachment,) = [item for item in items if isinstance(item, Attachment)]
    assert (record.channel, record.kind, record.text) == ("mms", "media", "look \U0001f621")
    (media,) = record.media
    digest = hashlib.sha256(PIXEL).hexdigest()
    assert (media.name, media.present, media.sha256, media.size, media.type) == (
        "i.jpg", True, digest, len(PIXEL), "image/jpeg",
    )  # fmt: skip
    assert (attachment.sha256, attachment.place.pointer) == (digest, "/smses/mms[1]/parts/part[2]/@data")
    place = attachment.place
    assert base64.b64decode(data[place.byte : place.byte + place.length]) == PIXEL
    assert kept.files == {"i.jpg": PIXEL}
    assert not not_understood(data)


def test_a_group_keeps_each_sender_apart():
    others = "+447700900123~+447700900456"
    addrs = addr("+447700900456", 137) + addr("+447700900123", 151) + addr("insert-address-token", 151)
    (record,) = records_of(smses(mms(part("text/plain", "hi"), addrs, address=others, contact_name="Sam, Kim")))
    assert (record.sender.key, record.sender.shown) == ("tel:+447700900456", "+447700900456")
    assert [one.key for one in record.recipients] == [KEY]
    assert record.thread == "tel:+447700900123~tel:+447700900456"
    assert record.extra["contact_name"] == "Sam, Kim"


def test_a_sent_picture_message_has_its_recipients():
    addrs = addr("insert-address-token", 137) + addr(SAM, 151) + addr("+447700900456", 129)
    (record,) = records_of(smses(mms(part("text/plain", "no"), addrs, msg_box=2, m_type=128)))
    assert (record.direction, record.sender.key) == ("out", None)
    assert [(one.shown, one.key) for one in record.recipients] == [
        ("Sam Example", KEY), ("+447700900456", "tel:+447700900456"),
    ]  # fmt: skip
    assert record.extra["bcc"] == ["+447700900456"]


@pytest.mark.parametrize("date", [AT, AT // 1000])
def test_a_picture_message_dated_in_seconds_or_milliseconds(date):
    (record,) = records_of(smses(mms(part("text/plain", "x"), date=date)))
    assert record.at_earliest == WHEN


@pytest.mark.parametrize(
    ("sent", "told"), [(AT - 3_600_000, True), ((AT - 3_600_000) // 1000, True), (AT - 2000, False), (0, False)]
)
def test_a_message_that_came_late_says_when_it_was_sent(sent, told):
    for written in (sms(date_sent=sent), mms(part("text/plain", "x"), date_sent=sent)):
        (record,) = records_of(smses(written))
        assert record.extra.get("sent_at") == ("2024-03-12T13:05:06Z" if told else None)
        assert record.extra["date_sent"] == str(sent)


def test_a_message_dated_in_seconds_is_not_believed_where_the_app_writes_milliseconds():
    (record,) = records_of(smses(sms(date=AT // 1000)))
    assert record.at_earliest is None


@pytest.mark.parametrize(
    ("box", "m_type", "kind", "direction"),
    [
        (1, 132, "text", "in"), (2, 128, "text", "out"), (3, 128, "draft", "out"), (4, 128, "failed", "out"),
        ("null", 132, "text", "in"), ("null", 128, "text", "out"), (1, 130, "media", "in"),
        (1, 134, "system", "unknown"),
    ],
)  # fmt: skip
def test_box_and_message_type_give_kind_and_direction(box, m_type, kind, direction):
    (record,) = records_of(smses(mms(part("text/plain", "x"), msg_box=box, m_type=m_type)))
    assert (record.kind, record.direction) == (kind, direction)


@pytest.mark.parametrize("bad", ["AAA", "A*AA", "AAAA=AAA", "AA=", "====", "AAAA&#11;", "AAAA&amp;AAA"])
def test_a_picture_that_is_not_base64_is_a_leaf_not_understood(bad):
    data = smses(mms(part("image/png", data=bad, name="p.png")), sms())
    kept = Kept()
    (record, _) = records_of(data, media=kept)
    assert (record.media[0].present, record.media[0].sha256) == (False, None)
    (leaf,) = not_understood(data)
    assert (leaf.place.pointer, leaf.why) == ("/smses/mms[1]/parts/part[1]/@data", "broken")
    assert data[leaf.place.byte :][: leaf.place.length].decode() == bad
    assert kept.files == {}


@pytest.mark.parametrize("nothing", ["", "null"])
def test_a_part_without_data_has_no_file(nothing):
    kept = Kept()
    (record,) = records_of(smses(mms(part("text/plain", "hello", data=nothing))), media=kept)
    assert (record.text, record.media, record.kind, kept.files) == ("hello", (), "text", {})


def test_unknown_leaves_inside_a_picture_message_are_listed():
    parts = part("text/plain", "x").replace('seq="0"', 'seq="0" odd="1"')
    data = smses(mms(parts + "<extra>words</extra>", addr(SAM, 137) + addr("+447700900456", 999)))
    assert {leaf.place.pointer for leaf in not_understood(data)} == {
        "/smses/mms[1]/parts/part[1]/@odd",
        "/smses/mms[1]/parts/extra[1]",
        "/smses/mms[1]/parts/extra[1]/text()",
        "/smses/mms[1]/addrs/addr[2]/@type",
    }


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


# calls


@pytest.mark.parametrize(
    ("code", "kind", "direction"),
    [
        (1, "call_answered", "in"), (2, "call_made", "out"), (3, "call_missed", "in"), (4, "voicemail", "in"),
        (5, "call_rejected", "in"), (6, "call_blocked", "in"), (7, "call_answered", "in"),
    ],
)  # fmt: skip
def test_a_call_has_its_kind_direction_and_duration(code, kind, direction):
    (record,) = records_of(calls(call(type=code, duration=125)))
    assert (record.channel, record.kind, record.direction, record.duration_s) == ("call", kind, direction, 125)
    assert record.extra.get("answered_elsewhere", False) is (code == 7)
    party = record.recipients[0] if direction == "out" else record.sender
    assert (party.shown, party.key) == ("Sam Example", KEY)
    assert (record.at_earliest, record.place.pointer) == (WHEN, "/calls/call[1]")


@pytest.mark.parametrize(
    ("number", "presentation", "certainty"),
    [
        ("", 2, "withheld"), ("-2", 2, "withheld"), ("-1", 1, "withheld"), ("", 1, "withheld"),
        ("-2", "null", "withheld"),
        ("", 3, "unknown"), ("-1", 4, "unknown"), (SAM, 2, "withheld"),
    ],
)  # fmt: skip
def test_a_withheld_number_stays_withheld(number, presentation, certainty):
    (record,) = records_of(calls(call(number=number, presentation=presentation, contact_name="(Unknown)")))
    assert (record.sender.shown, record.sender.key, record.thread) == (None, None, None)
    assert record.certainty_of_sender == certainty
    assert record.extra["number"] == number


def test_an_answered_call_of_no_seconds_is_left_as_given():
    (record,) = records_of(calls(call(type=1, duration=0)))
    assert (record.kind, record.duration_s) == ("call_answered", 0)


def test_calls_are_claimed_by_their_own_format():
    source = Source.from_bytes("calls.xml", calls(call()))
    assert [one.name for one in FORMATS if one.claims(source)] == ["calls_backup"]


# places, coverage, archives


def test_each_place_leads_back_to_its_bytes_and_line():
    records = [sms("a\nb"), mms(part("image/png", data=PIXEL)), sms("c"), mms(part("text/plain", "d"))]
    data = smses(*records)
    found = records_of(data)
    pointers = ["/smses/sms[1]", "/smses/mms[1]", "/smses/sms[2]", "/smses/mms[2]"]
    assert [record.place.pointer for record in found] == pointers
    for record, written in zip(found, records, strict=True):
        place = record.place
        assert data[place.byte : place.byte + place.length] == written.rstrip()
        assert place.line == data[: place.byte].count(b"\n") + 1


def test_a_count_that_differs_is_a_limit_of_the_coverage():
    (coverage,) = [item for item in items_of(smses(sms(), count=5)) if isinstance(item, Coverage)]
    assert coverage.limits == ("count_differs", "count_declared=5", "count_found=1")
    (coverage,) = [item for item in items_of(smses(sms())) if isinstance(item, Coverage)]
    assert coverage.limits == ()


def test_coverage_reaches_to_the_day_of_the_backup_and_comes_last_per_channel():
    data = smses(sms(date=AT + 60_000), sms(), mms(part("text/plain", "x")))
    data = data.replace(b"<smses ", b'<smses backup_date="1710338706000" backup_set="x" type="full" ')
    items = items_of(data)
    assert [item.channel for item in items[-2:]] == ["mms", "sms"]
    assert (items[-1].earliest, items[-1].latest) == (WHEN, datetime(2024, 3, 13, 14, 5, 6, tzinfo=UTC))
    assert not not_understood(data)


def test_a_zip_of_the_app_is_read_with_its_member_names():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sms-20240312.xml", smses(sms("one")))
        archive.writestr("calls-20240312.xml", calls(call()))
        archive.writestr("note.txt", b"hello")
    items = items_of(packed.getvalue(), name="backup.zip")
    records = [item for item in items if isinstance(item, Communication)]
    assert [(record.place.member, record.place.pointer, record.seq) for record in records] == [
        ("sms-20240312.xml", "/smses/sms[1]", 0), ("calls-20240312.xml", "/calls/call[1]", 1),
    ]  # fmt: skip
    assert [item.name for item in items if isinstance(item, Attachment)] == ["note.txt"]


def test_an_empty_backup_is_whole_and_says_so():
    for data, channel in ((smses(), "sms"), (calls(), "call")):
        (coverage,) = [item for item in items_of(data) if not isinstance(item, NotUnderstood)]
        assert (coverage.channel, coverage.earliest, coverage.limits) == (channel, None, ())
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
