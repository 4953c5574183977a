"""An mbox is cut into its mails and nothing else: no mail lost, none invented, every byte in its place."""

import io
import re
import tracemalloc
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.answers import NO_ANSWERS
from joindots.evidence.readers.mail import FORMATS
from joindots.evidence.readers.mail import mbox as reader
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.records import Attachment, Communication, NotUnderstood
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests.mails import (
    ENVELOPE,
    Shelf,
    attachments,
    communications,
    coverage,
    mail,
    mbox,
    not_understood,
    read,
)


def spans(items):
    return [(i.place.byte, i.place.length) for i in items if isinstance(i, (Communication, NotUnderstood))]


def assert_tiles(items, size):
    at = 0
    for byte, length in sorted(spans(items)):
        assert byte == at
        at += length
    assert at == size


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_mail_is_one_record_in_its_place(end):
    data = mbox(mail(), mail("Message-ID: <2@example.org>"), mail("Message-ID: <3@example.org>"))
    data = data.replace(b"\n", end.encode())
    items = read(data, FORMATS)
    found = communications(items)
    assert [one.place.pointer for one in found] == ["<1@example.org>", "<2@example.org>", "<3@example.org>"]
    assert_tiles(items, len(data))
    for one in found:
        assert data[one.place.byte :].startswith(ENVELOPE.encode())
        assert data[: one.place.byte].count(b"\n") + 1 == one.place.line
        assert one.text == "why are you ignoring me"
        assert one.extra["envelope_line"] == ENVELOPE


def test_from_at_a_line_start_begins_no_mail_unless_it_is_an_envelope():
    body = "stop\n\nFrom the start I told you\n\nFrom me to you: Monday 10:30\nnot a header\nFrom x Mon Jan 03 09:00:00 2022\n"
    (one,) = communications(read(mbox(mail(body=body)), FORMATS))
    assert one.text == body.rstrip("\n")


def test_an_envelope_line_that_no_header_follows_is_body():
    body = f"he sent me this:\n\n{ENVELOPE}\nI am outside\n"
    (one,) = communications(read(mbox(mail(body=body)), FORMATS))
    assert one.text == body.rstrip("\n")


@pytest.mark.parametrize(
    "envelope",
    [
        "From - Mon Jan 03 09:00:00 2022",
        "From 1700@xxx Mon Jan 03 09:00:00 +0000 2022",
        "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
        "From sam@example.org Mon, 3 Jan 2022 09:00:00 +0000",
        "From sam@example.org",
    ],
)
def test_every_writers_envelope_line_is_known(envelope):
    assert len(communications(read(mbox(mail(), mail(), envelope=envelope), FORMATS))) == 2


@pytest.mark.parametrize(
    ("stands", "meant"), [(">From me", "From me"), (">>From me", ">From me"), ("> From me", "> From me")]
)
def test_one_level_of_quoted_from_is_undone_and_said(stands, meant):
    (one,) = communications(read(mbox(mail(body=f"{stands}\nx {stands}\n")), FORMATS))
    assert one.text == f"{meant}\nx {stands}"
    assert one.text_mended == (None if stands == meant else "from_unquoted")


def test_bytes_before_the_first_mail_are_listed():
    data = b"left over from a cut\n\n" + mbox(mail())
    items = read(data, FORMATS)
    assert [(one.place.byte, one.place.length, one.why) for one in not_understood(items)] == [(0, 22, "broken")]
    assert_tiles(items, len(data))


def test_a_byte_order_mark_and_blank_lines_in_front_belong_to_the_first_mail():
    data = b"\xef\xbb\xbf\n" + mbox(mail())
    items = read(data, FORMATS)
    assert communications(items)[0].text == "why are you ignoring me"
    assert_tiles(items, len(data))


def test_the_same_mail_twice_is_two_records():
    assert len(communications(read(mbox(mail(), mail()), FORMATS))) == 2


def test_an_attachment_is_kept_byte_for_byte_and_its_place_leads_back():
    part = b'--b\nContent-Type: image/jpeg; name="IMG.jpg"\nContent-Transfer-Encoding: base64\n\n/9j/4AAQ\nSkZJRg==\n--b--\n'
    data = mbox(mail('Content-Type: multipart/mixed; boundary="b"', body=part), mail())
    shelf = Shelf()
    items = read(data, FORMATS, media=shelf)
    (kept,) = attachments(items)
    assert shelf.files == {"IMG.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF"}
    assert data[kept.place.byte : kept.place.byte + kept.place.length] == b"/9j/4AAQ\nSkZJRg=="
    assert (kept.type, communications(items)[0].kind) == ("image/jpeg", "media")


@pytest.mark.parametrize("large", [0, 1 << 30])
def test_a_mail_read_as_a_stream_gives_the_same_as_one_held_whole(monkeypatch, large):
    parts = (
        b"--b\n\nFirst words\n>From here on\n"
        b"--b\nContent-Type: application/x-test\nContent-Transfer-Encoding: base64\n\n"
        + b"QUJD\n"
        * 90_000
        + b"\n--b\n"
        b"Content-Type: text/csv; name=a.csv\nContent-Transfer-Encoding: quoted-printable\n\n"
        + b"a=3Db,=\nc\n" * 50_000
        + b"--b--\n"
    )
    data = mbox(mail("Content-Type: multipart/mixed; boundary=b", body=parts), mail())
    whole, whole_shelf = items_of(data, monkeypatch, 8 << 20)
    other, other_shelf = items_of(data, monkeypatch, large)
    assert other == whole
    assert other_shelf == whole_shelf
    assert whole_shelf["unnamed"] == b"ABC" * 90_000
    assert whole_shelf["a.csv"] == b"a=b,c\n" * 49_999 + b"a=b,c"


def items_of(data, monkeypatch, large):
    monkeypatch.setattr(reader, "LARGE", large)
    shelf = Shelf()
    return read(data, FORMATS, media=shelf), shelf.files


class Repeated(io.RawIOBase):
    """A mailbox of one vast attachment, made as it is read."""

    def __init__(self, head, unit, times, tail):
        self.pieces = (head, unit, times, tail)
        self.size = len(head) + len(unit) * times + len(tail)
        self.at = 0

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, offset, whence=0):
        self.at = offset + (0, self.at, self.size)[whence]
        return self.at

    def read(self, size=-1):
        head, unit, times, tail = self.pieces
        out, end = b"", min(self.size, self.at + size if size >= 0 else self.size)
        if self.at < len(head):
            out = head[self.at : end]
        middle = len(head) + len(unit) * times
        start = self.at + len(out)
        if start < min(end, middle):
            skip = (start - len(head)) % len(unit)
            count = (min(end, middle) - start + skip) // len(unit) + 1
            out += (unit * count)[skip : skip + min(end, middle) - start]
            start = min(end, middle)
        if start < end:
            out += tail[start - middle : end - middle]
        self.at = end
        return out


def test_a_vast_attachment_is_never_held():
    head = mbox(mail("Content-Type: multipart/mixed; boundary=b", body=b"--b\n\nhi\n--b\nContent-Type: video/mp4\n"
                     b"Content-Transfer-Encoding: base64\n\n"))[:-1]  # fmt: skip
    unit, times = b"QUJD" * 19 + b"\n", 1_000_000
    file = lambda: Repeated(head, unit, times, b"--b--\n\n" + mbox(mail()))  # noqa: E731
    source = Source("vast.mbox", file, sha256="0" * 64)
    tracemalloc.start()
    items = list(reader.FORMAT.read(source, NO_ANSWERS, HashOnly()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert attachments(items)[0].size == 57 * times
    assert len(communications(items)) == 2
    assert peak < 64 << 20
    assert_tiles(items, source.size)


def test_words_beyond_the_cap_are_listed_as_too_long_and_the_bytes_still_tile():
    line = b"why are you ignoring me\n"
    data = mbox(mail(body=line * 500_000), mail("Message-ID: <2@example.org>"))
    items = read(data, FORMATS)
    first, second = communications(items)
    (left,) = not_understood(items)
    assert left.why == "too_long"
    assert len(first.text) <= 4 << 20
    assert data[first.place.byte + first.place.length :].startswith(line)
    assert second.place.pointer == "<2@example.org>"
    assert_tiles(items, len(data))


def test_a_single_line_of_many_megabytes_is_cut_and_tiles():
    data = mbox(mail(body=b"x" * (20 << 20) + b"\n"), mail())
    items = read(data, FORMATS)
    assert len(communications(items)) == 2
    assert_tiles(items, len(data))


def test_a_header_of_many_megabytes_is_cut_and_tiles():
    data = mbox(mail("X-Long: " + "a" * (12 << 20)), mail())
    items = read(data, FORMATS)
    assert [one.sender.key for one in communications(items)] == ["mailto:sam@example.org"] * 2
    assert [one.why for one in not_understood(items)] == ["too_long"]
    assert_tiles(items, len(data))


def test_coverage_spans_the_mails_whose_time_is_sure():
    data = mbox(mail(), mail("Date: Tue, 4 Jan 2022 09:00:00 +0000"), mail("Date: nonsense"))
    (one,) = coverage(read(data, FORMATS))
    assert (one.earliest, one.latest) == (datetime(2022, 1, 3, 9, tzinfo=UTC), datetime(2022, 1, 4, 9, tzinfo=UTC))


SEED = mbox(
    mail(),
    mail('Content-Type: multipart/mixed; boundary="b"', body="--b\n\nwords\n--b\nContent-Type: image/png\n"
         "Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\nafter\n"),
    mail("Subject: =?utf-8?B?w6k=?=", "Content-Transfer-Encoding: quoted-printable", body="=E9=\n>From x\n"),
)  # fmt: skip
PIECES = (b"\n", b"\r\n", b"\n\n", b"From ", ENVELOPE.encode() + b"\n", b"--b", b"--b--\n", b"\x00", b"=?", b"\xff" * 3,
          b"Content-Type: multipart/mixed; boundary=b\n\n", b"Content-Type: message/rfc822\n\n", b":", b">From ")  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_happens_to_a_mailbox_its_bytes_tile_and_nothing_is_raised(data):
    mailbox = bytearray(SEED)
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(mailbox)))
        gone = data.draw(st.integers(0, 12))
        mailbox[at : at + gone] = data.draw(st.sampled_from(PIECES) | st.binary(max_size=6))
    mutated = ENVELOPE.encode() + b"\n" + bytes(mailbox)
    source = Source.from_bytes("mail.mbox", mutated)
    items = list(reader.FORMAT.read(source, NO_ANSWERS, HashOnly()))
    assert msgspec.json.encode(items)
    assert_tiles(items, len(mutated))
    for one in items:
        if isinstance(one, Attachment):
            assert 0 <= one.place.byte <= one.place.byte + one.place.length <= len(mutated)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from((*PIECES, b"x" * 50, b"a: b\n", mail(), mail() + b"\n")), max_size=30), st.integers(1, 90)
)
def test_cutting_does_not_depend_on_how_the_file_is_read(pieces, chunk):
    data = mbox(mail()) + b"".join(pieces)
    whole = [(one.byte, one.line, one.length, one.blank, one.data) for one in reader.split(io.BytesIO(data))]
    stream = io.BytesIO(data)
    stream.read = lambda size, read=stream.read: read(min(size, chunk))  # type: ignore[method-assign]
    assert [(one.byte, one.line, one.length, one.blank, one.data) for one in reader.split(stream)] == whole
    starts = [0, *(found.end() for found in re.finditer(rb"\n(?=From )", data))]
    assert {one[0] for one in whole} <= set(starts)
