"""Mails saved by Outlook: words, times, people and files, each leaf read or listed, damage refused in plain words."""

import hashlib
import io
import os
import random
import struct
import tracemalloc
from datetime import UTC, datetime

import msgspec
import oxmsg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.answers import NO_ANSWERS, Answer, Answers
from joindots.evidence.readers.mail import FORMATS, rtf
from joindots.evidence.readers.mail.compound import Compound, Damaged
from joindots.evidence.readers.mail.outlook import FORMAT
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests.mails import Shelf, attachments, communications, not_understood, questions, read
from joindots.evidence.readers.tests.msgs import compound, folder, msg

AT = datetime(2022, 1, 3, 9, tzinfo=UTC)
SAM = {0x0042: "Sam Example", 0x0065: "sam@example.org", 0x0064: "SMTP"}
MAYA = {0x3001: "Maya", 0x39FE: "maya@example.net", 0x0C15: 1}
PLAIN = {**SAM, 0x0037: "hello", 0x1000: "why are you\r\nignoring me\r\n", 0x0039: AT, 0x1035: "<1@example.org>"}
JPEG = b"\xff\xd8\xff\xe0" + bytes(40)


def items(data, answers=NO_ANSWERS, media=None):
    return read(data, FORMATS, answers, "mail.msg", media)


def one(data, **more):
    (found,) = communications(items(data, **more))
    return found


def test_a_mail_tells_its_sender_words_and_time():
    found = one(msg(PLAIN, [MAYA]))
    assert (found.sender.shown, found.sender.key) == ("Sam Example <sam@example.org>", "mailto:sam@example.org")
    assert [who.key for who in found.recipients] == ["mailto:maya@example.net"]
    assert (found.text, found.extra["subject"]) == ("why are you\nignoring me", "hello")
    assert (found.at_earliest, found.at_latest, found.zone_basis) == (AT, AT, "utc_in_file")
    assert (found.place.pointer, found.certainty_of_sender, found.kind) == ("<1@example.org>", "claimed", "text")


def test_our_sample_is_a_mail_to_another_reader_too():
    parsed = oxmsg.Message.load(msg(PLAIN, [MAYA], [{0x3707: "a.jpg", 0x3701: JPEG * 200}]))
    assert (parsed.subject, parsed.body, parsed.sent_date) == ("hello", "why are you\r\nignoring me\r\n", AT)
    assert parsed.recipients[0].email_address == "maya@example.net"
    assert parsed.attachments[0].file_bytes == JPEG * 200


def test_the_header_that_came_with_the_mail_is_believed_first():
    header = (
        "Microsoft Mail Internet Headers Version 2.0\r\nReceived: from a by b;\r\n\tMon, 3 Jan 2022 10:00:30 +0100\r\n"
        "Date: Mon, 3 Jan 2022 09:00:00 +0000\r\nFrom: Zo\u00eb <z@example.org>\r\nTo: maya@example.net\r\n\r\n"
    )
    found = one(msg({**PLAIN, 0x007D: header, 0x0E06: datetime(2022, 5, 1, tzinfo=UTC)}))
    assert (found.sender.shown, found.sender.key) == ("Zoë <z@example.org>", "mailto:z@example.org")
    assert found.at_earliest == datetime(2022, 1, 3, 9, 0, 30, tzinfo=UTC)
    assert found.at_shown == "Mon, 3 Jan 2022 09:00:00 +0000"


def test_delivery_counts_before_the_senders_own_time():
    found = one(msg({**PLAIN, 0x0E06: datetime(2022, 1, 3, 9, 5, tzinfo=UTC)}))
    assert (found.at_earliest, found.time_flags) == (datetime(2022, 1, 3, 9, 5, tzinfo=UTC), ())
    assert found.at_shown == "2022-01-03T09:00:00Z"


@pytest.mark.parametrize("raw", [0, 1, 2**64 - 1])
def test_a_time_that_is_none_is_marked_and_left_empty(raw):
    data = msg({key: value for key, value in PLAIN.items() if key != 0x0039} | {0x0039: AT})
    stamp = struct.pack("<Q", 132856740000000000)
    assert data.count(stamp) == 1
    found = one(data.replace(stamp, struct.pack("<Q", raw)))
    assert (found.at_earliest, found.time_flags) == (None, ("clock_suspect",))


def test_an_address_inside_an_exchange_server_is_no_mail_address():
    found = one(msg({**PLAIN, 0x0065: "/O=EXAMPLE/CN=SAM", 0x0064: "EX"}))
    assert (found.sender.shown, found.sender.key) == ("Sam Example", None)


def test_an_unsent_mail_is_a_draft():
    assert one(msg({**PLAIN, 0x0E07: 8})).kind == "draft"


def test_the_receiving_mailbox_proves_the_owner_and_else_it_is_asked():
    found = items(msg({**PLAIN, 0x5D07: "maya@example.net"}, [MAYA]))
    assert (communications(found)[0].direction, questions(found)) == ("in", [])
    found = items(msg(PLAIN, [MAYA]))
    assert (communications(found)[0].direction, questions(found)[0].candidates) == ("unknown", ("maya@example.net",))
    assert one(msg(PLAIN, [MAYA]), answers=Answers([Answer("owner", "sam@example.org")])).direction == "out"


def test_letters_outside_unicode_are_read_under_the_files_codepage():
    values = {0x001A: "IPM.Note", **SAM, 0x3FFD: 1251, 0x3FDE: 65001}
    found = one(msg({**values, 0x0037: (0x001E, "привет".encode("cp1251")), 0x1000: (0x001E, "café".encode())}))
    assert (found.extra["subject"], found.text) == ("привет", "café")


def test_an_html_body_becomes_plain_words():
    found = one(msg({**SAM, 0x1013: b"<p>caf\xe9</p>", 0x3FDE: 1252}))
    assert (found.text, found.extra["html"]) == ("café", True)


def packed(text: bytes) -> bytes:
    """PidTagRtfCompressed made of single letters, and its end mark."""
    out, write = b"", 207
    letters = [*text, None]
    for at in range(0, len(letters), 8):
        group, control = b"", 0
        for bit, letter in enumerate(letters[at : at + 8]):
            if letter is None:
                control |= 1 << bit
                group += struct.pack(">H", (write % 4096) << 4)
            else:
                group += bytes((letter,))
                write += 1
        out += bytes((control,)) + group
    return struct.pack("<III", len(out) + 12, len(text), 0x75465A4C) + bytes(4) + out


def test_rich_text_is_read_where_there_is_nothing_else():
    text = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 I am \'93here\'94\par now \u8217?s {\b bold}}"
    found = one(msg({**SAM, 0x1009: packed(text)}))
    assert found.text == "I am “here”\nnow ’s bold"


def test_html_wrapped_into_rich_text_is_unwrapped():
    text = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\b \htmlrtf0 I see you"
        rb"\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}}"
    )
    found = one(msg({**SAM, 0x1009: packed(text)}))
    assert (found.text, found.extra["html"]) == ("I see you", True)


def test_the_published_sample_of_packed_rich_text_unpacks():
    sample = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    assert rtf.unpacked(bytes.fromhex(sample)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_files_are_kept_byte_for_byte_large_and_small():
    large = random.Random(1).randbytes(100_000)
    shelf = Shelf()
    found = items(msg(PLAIN, [], [{0x3707: "long.jpg", 0x3701: JPEG}, {0x3704: "b.bin", 0x3701: large}]), media=shelf)
    assert shelf.files == {"long.jpg": JPEG, "b.bin": large}
    assert [kept.sha256 for kept in attachments(found)] == [hashlib.sha256(data).hexdigest() for data in (JPEG, large)]
    assert attachments(found)[0].type == "image/jpeg"
    assert attachments(found)[1].place.pointer == "__attach_version1.0_#00000001/__substg1.0_37010102"


IN_IT = "__attach_version1.0_#00000000/__substg1.0_3701000D"


def inside(values, recipients=(), files=()):
    """A mail as it stands inside another."""
    tree = folder(24, {0x001A: "IPM.Note", **values})
    tree |= {f"__recip_version1.0_#{number:08X}": folder(8, one) for number, one in enumerate(recipients)}
    return tree | {f"__attach_version1.0_#{number:08X}": one for number, one in enumerate(files)}


def test_a_mail_inside_a_mail_tells_its_sender_time_words_and_files():
    picture = folder(8, {0x3707: "gate.jpg", 0x3701: JPEG})
    found = items(msg({**PLAIN, 0x1000: "see below"}, [], [{0x3001: "fwd", 0x3701: inside(PLAIN, [MAYA], [picture])}]))
    (one,) = communications(found)
    (told,) = one.extra["mails_inside"]
    assert one.text == "see below"
    assert (told["name"], told["text"], told["files"]) == ("fwd", "why are you\nignoring me", ["gate.jpg"])
    assert ("sam@example.org" in told["from"], "maya@example.net" in told["to"]) == (True, True)
    assert told["at_earliest"] == told["at_latest"] == told["date"] == "2022-01-03T09:00:00Z"
    assert [kept.sha256 for kept in attachments(found)] == [hashlib.sha256(JPEG).hexdigest()]
    assert attachments(found)[0].place.pointer == f"{IN_IT}/__attach_version1.0_#00000000/__substg1.0_37010102"
    assert not_understood(found) == []


def test_every_leaf_of_a_mail_inside_is_kept_beside_or_listed():
    deep = inside({**PLAIN, 0x3A20: "small", 0x8001: os.urandom(5_000)})
    found = items(msg(PLAIN, [], [{0x3701: deep}]))
    assert communications(found)[0].extra["outlook"][f"{IN_IT}/3A20001F"] == "small"
    assert [left.place.pointer for left in not_understood(found)] == [f"{IN_IT}/__substg1.0_80010102"]


def test_mails_within_mails_without_end_are_read_so_far_and_then_listed():
    tree = inside(PLAIN)
    for _ in range(30):
        tree = inside(PLAIN, files=[folder(8, {}) | {"__substg1.0_3701000D": tree}])
    found = items(msg(PLAIN, [], [{0x3701: tree}]))
    assert [left.place.pointer.count("3701000D") for left in not_understood(found)] == [21]


def test_an_object_that_is_no_mail_is_named_and_listed():
    found = items(msg(PLAIN, [], [{0x3001: "drawing", 0x3701: {"CONTENTS": b"x"}}]))
    assert [(media.name, media.present) for media in communications(found)[0].media] == [("drawing", False)]
    assert [left.place.pointer for left in not_understood(found)] == [IN_IT]


def test_every_other_leaf_is_kept_beside_or_listed():
    found = items(
        msg({**PLAIN, 0x3A20: "small", 0x300B: b"key", 0x0E2B: 7, 0x8001: os.urandom(5_000)}, [MAYA | {0x3A40: 1}])
    )
    beside = communications(found)[0].extra["outlook"]
    assert beside["3A20001F"] == "small"
    assert (beside["300B0102"], beside["0E2B"], beside["__recip_version1.0_#00000000/3A40"]) == (b"key".hex(), 7, 1)
    assert [left.place.pointer for left in not_understood(found)] == ["__substg1.0_80010102"]


def test_a_damaged_file_is_refused_by_name_with_a_cure():
    data = msg(PLAIN)
    with pytest.raises(NotReadable, match=r"mail\.msg looks like a mail saved by Outlook but is damaged"):
        items(data[:700])


def test_circles_in_the_tables_are_refused():
    data = bytearray(msg(PLAIN, [], [{0x3707: "b", 0x3701: bytes(20_000)}]))
    (table,) = struct.unpack_from("<I", data, 76)
    at = (table + 1) * 512
    for sector in range(100):
        struct.pack_into("<I", data, at + sector * 4, 0)
    with pytest.raises(Damaged):
        walk(bytes(data))


def walk(data):
    file = Compound(io.BytesIO(data), len(data))
    for entry in file.root.kids.values():
        list(file.pieces(entry))


def test_another_compound_file_is_no_mail():
    source = Source.from_bytes("old.doc", compound({"WordDocument": b"x" * 5_000}))
    assert not FORMAT.claims(source)


def test_a_vast_attachment_is_never_held():
    data = msg(PLAIN, [], [{0x3707: "b", 0x3701: bytes(20 << 20)}])
    source = Source.from_bytes("mail.msg", data)
    tracemalloc.start()
    found = list(FORMAT.read(source, NO_ANSWERS, HashOnly()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert attachments(found)[0].size == 20 << 20
    assert peak < 4 << 20


SEED = msg(PLAIN, [MAYA], [{0x3707: "a.jpg", 0x3701: JPEG}, {0x3704: "b", 0x3701: bytes(9_000)}])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_gives_a_record_or_a_refusal_and_nothing_else(data):
    broken = bytearray(SEED)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(8, len(broken) - 5))
        broken[at : at + 4] = data.draw(st.sampled_from((b"\xff" * 4, bytes(4))) | st.binary(min_size=4, max_size=4))
    try:
        found = items(bytes(broken[: data.draw(st.integers(512, len(broken)))]))
    except NotReadable:
        return
    assert len(communications(found)) == 1
    assert msgspec.json.encode(found)
