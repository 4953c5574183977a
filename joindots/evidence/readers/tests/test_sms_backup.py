"""Backups of SMS Backup & Restore: every record once, at its place, with the right side, kind and time."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from datetime import UTC, datetime

import pytest

from joindots.evidence.readers.records import Attachment, Communication, Coverage, NotUnderstood
from joindots.evidence.readers.sms_backup import FORMATS
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests.sms_backup_files import (
    AT,
    KEY,
    PIXEL,
    SAM,
    WHEN,
    Kept,
    addr,
    call,
    calls,
    items_of,
    mms,
    not_understood,
    part,
    records_of,
    sms,
    smses,
)

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


def test_a_chat_apps_own_note_is_nobodys_words():
    picture = part("image/png", data=PIXEL, name="a.png")
    (noted,) = records_of(smses(mms(picture, sub="proto:CjoKImNvbQ", tr_id="proto:CkIKI")))
    (meant,) = records_of(smses(mms(picture, sub="look")))
    assert (noted.text, noted.extra["sub"], meant.text) == (None, "proto:CjoKImNvbQ", "look")
    (text,) = records_of(smses(sms(body="", subject="proto:CjoKImNvbQ")))
    assert text.text == ""


def test_a_sent_message_without_an_address_has_the_thread_of_its_recipients():
    both = addr("insert-address-token", 137) + addr("+447700900456", 151) + addr(SAM, 151)
    (record,) = records_of(smses(mms(part("text/plain", "hi"), both, address="null", msg_box=2, m_type=128)))
    assert record.thread == "tel:+447700900123~tel:+447700900456"


def test_an_empty_backup_is_whole_and_says_so():
    for data, channel in ((smses(), "sms"), (calls(), "call")):
        (coverage,) = [item for item in items_of(data) if not isinstance(item, NotUnderstood)]
        assert (coverage.channel, coverage.earliest, coverage.limits) == (channel, None, ())
        assert not not_understood(data)
