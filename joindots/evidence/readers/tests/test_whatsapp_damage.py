"""Zips, damage and size: nothing crashes, nothing is lost without a word, and every byte has its place."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests.whatsapp_chats import Keeping, check_tiles, read, read_source, zipped
from joindots.evidence.readers.whatsapp import FORMAT, cutting

LRM = "\u200e"
CHAT = (
    "25/03/2024, 14:05 - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
    "25/03/2024, 14:05 - Sam Example: hello\n25/03/2024, 14:06 - Mia: two\nlines\n25/03/2024, 14:07 - Sam Example: b 😡\n"
)


def test_a_zips_files_are_kept_and_linked_by_name():
    picture = "IMG-20240325-WA0001.jpg"
    data = zipped({
        "WhatsApp Chat with Sam Example.txt": CHAT + f"25/03/2024, 14:08 - Mia: {picture} (file attached)\nsee\n",
        picture: b"jpeg", "PTT-20240325-WA0002.opus": b"sound",
    })  # fmt: skip
    sink = Keeping()
    chat = read_source(Source.from_bytes("export.zip", data), sink=sink)
    assert sink.kept == {picture: b"jpeg", "PTT-20240325-WA0002.opus": b"sound"}
    assert {one.name for one in chat.attachments} == set(sink.kept)
    media = chat.records[-1].media[0]
    assert (media.name, media.present, media.sha256, media.size, media.type) == (
        picture, True, f"sha-of-{picture}", 4, "image",
    )  # fmt: skip
    assert chat.records[-1].text == "see"
    assert chat.records[0].thread == "Sam Example"
    assert chat.records[0].place.member == "WhatsApp Chat with Sam Example.txt"
    assert chat.coverage[0].thread == "Sam Example"


def test_an_iphones_zip_is_claimed_and_any_other_zip_is_not():
    ios = "[25/03/2024, 14:05:00] Sam: a\r\n[25/03/2024, 14:06:00] Mia: b\r\n"
    assert FORMAT.claims(Source.from_bytes("WhatsApp Chat - Sam.zip", zipped({"_chat.txt": ios})))
    assert not FORMAT.claims(Source.from_bytes("files.zip", zipped({"notes.txt": "hello", "a.jpg": b"x"})))


@pytest.mark.parametrize(
    ("name", "text", "mine"),
    [
        ("chat.txt", CHAT, True),
        ("WhatsApp Chat with Sam.txt", "25/03/2024, 14:05 - Sam: only this\n", True),
        ("x.txt", "25/03/2024, 14:05 - Messages and calls are end-to-end encrypted.\n", True),
        ("notes.txt", "Dear diary\n25/03/2024 he came\n", False),
        ("notes.txt", "25/03/2024, 14:05 - he came to the door\n26/03/2024, 14:05 - again\n", False),
        ("server.txt", "[2024-03-25 14:05:06] ERROR: no\n[2024-03-25 14:05:07] INFO: yes\n", False),
        ("empty.txt", "", False),
        ("page.txt", "one\n" * 100, False),
    ],
)
def test_claims_takes_chats_and_leaves_other_texts(name, text, mine):
    assert FORMAT.claims(Source.from_bytes(name, text.encode())) is mine


def test_a_text_without_a_message_is_refused_with_the_cure():
    with pytest.raises(NotReadable, match="Export chat"):
        list(FORMAT.read(Source.from_bytes("empty.txt", b""), None, None))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_is_read_and_its_bytes_have_their_places(encoding):
    data = (CHAT if encoding == "utf-16" else "\ufeff" + CHAT).encode(encoding)
    chat = read_source(Source.from_bytes("chat.txt", data))
    assert [one.text for one in chat.records[1:]] == ["hello", "two\nlines", "b 😡"]
    assert sum(one.place.length for one in chat.records) == len(data)
    last = chat.records[-1].place
    assert data[last.byte : last.byte + last.length].decode(encoding if encoding != "utf-16" else "utf-16-le") == (
        "25/03/2024, 14:07 - Sam Example: b 😡\n"
    )


def test_a_byte_order_mark_and_lines_ahead_have_their_places():
    chat = read("\ufeff" + CHAT)
    assert chat.records[0].place.byte == 0
    ahead = read("Chat history\nof Mia\n" + CHAT)
    assert [(one.why, one.place.length) for one in ahead.strays] == [("unknown_line", 20)]
    assert ahead.records[0].place.line == 3


def test_bytes_that_are_no_utf8_are_marked():
    chat = read(CHAT.encode().replace(b"hello", b"hel\xfflo"))
    assert chat.records[1].text == "hel\ufffdlo"
    assert chat.records[1].text_mended == "invalid_utf8_replaced"


def test_nul_bytes_are_words_like_others():
    assert read(CHAT.replace("hello", "he\0llo")).texts[1] == "he\0llo"


@pytest.mark.parametrize("cut", range(1, 41))
def test_a_file_cut_off_changes_no_earlier_message(cut):
    whole, data = read(CHAT), CHAT.encode()
    chat = read(data[:-cut])
    earlier = [one for one in whole.records if one.place.byte + one.place.length <= len(data) - cut]
    kept = chat.records[: len(earlier)]
    assert [(one.text, one.at_shown) for one in kept] == [(one.text, one.at_shown) for one in earlier]
    assert len(chat.records) + len(chat.strays) <= len(whole.records)


def test_a_name_or_date_cut_off_is_listed_as_broken():
    for start in ("25/03/2024, 14:0", "25/03/2024, 14:08 - ", "25/03/2024, 14:08 - Ze", "2"):
        chat = read(CHAT + start)
        assert [(one.why, one.excerpt) for one in chat.strays] == [("broken", start.strip())]
        assert len(chat.records) == 4


def test_a_message_too_long_is_held_in_part_and_the_rest_is_listed(monkeypatch):
    monkeypatch.setattr(cutting, "MOST_WORDS", 100)
    for block in (64, 1 << 18):
        monkeypatch.setattr(cutting, "BLOCK", block)
        text = (
            CHAT
            + "25/03/2024, 14:08 - Mia: "
            + "é" * 999
            + "\n"
            + "y" * 50
            + "\n25/03/2024, 14:09 - Sam Example: end\n"
        )
        chat = read(text)
        assert chat.texts[-2:] == ["é" * 50, "end"]
        assert [(one.why, one.place.length) for one in chat.strays] == [("too_long", 2 * 949 + 1 + 51)]


def test_one_endless_line_takes_bounded_memory():
    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.left, self.start = 60 << 20, CHAT.encode()

        def read(self, size: int = -1) -> bytes:
            if self.start:
                given, self.start = self.start[:size], self.start[size:]
                return given
            given = min(size, self.left)
            self.left -= given
            return b"x" * given

        def seek(self, offset: int, whence: int = 0) -> int:
            return (60 << 20) + len(CHAT.encode()) if whence == 2 else 0

    tracemalloc.start()
    chat = read_source(Source("chat.txt", Endless, sha256="0" * 64))
    assert tracemalloc.get_traced_memory()[1] < 40 << 20
    tracemalloc.stop()
    assert chat.strays[-1].why == "too_long"
    assert sum(item.place.length for item in (*chat.records, *chat.strays)) == (60 << 20) + len(CHAT.encode())


def test_the_cap_of_whatsapps_export_is_said():
    text = "".join(f"25/03/2024, 14:05 - {'Sam' if i % 2 else 'Mia'}: {i}\n" for i in range(39_000))
    assert "whatsapp_cap" in read(text).coverage[0].limits
    assert "whatsapp_cap" not in read(CHAT).coverage[0].limits


def test_blocks_do_not_change_what_is_read(monkeypatch):
    text = CHAT * 40
    one = read(text)
    for block in (1, 7, 64, 1000):
        monkeypatch.setattr(cutting, "BLOCK", block)
        assert read(text).items == one.items


STYLES = {
    "{:%d/%m/%Y, %H:%M} - ": "minute",
    "[{:%d/%m/%Y, %H:%M:%S}] ": "second",
    "{:%Y-%m-%d, %H:%M} - ": "minute",
    "[{:%d.%m.%y, %H:%M:%S}] ": "second",
}
words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=40
)
plain_words = words.map(str.strip).filter(
    lambda t: t and "://" not in t and t[-1] not in ">)" and ": " not in t and t != "null"
)
bodies = st.lists(plain_words, min_size=1, max_size=3).map("\n".join)


@given(
    style=st.sampled_from(list(STYLES)),
    crlf=st.booleans(),
    messages=st.lists(st.tuples(st.sampled_from(["Sam Example", "Mia", "+44 7700 900123"]), bodies, st.integers(0, 9000)),
                      min_size=2, max_size=12),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_chats_written_out_are_read_back(style, crlf, messages):
    from datetime import UTC, datetime, timedelta

    at, out, expected = datetime(2024, 1, 20, 8, tzinfo=UTC), [], []
    for name, body, gap in messages:
        at += timedelta(seconds=gap)
        out.append(style.format(at) + name + ": " + body)
        shown = at.replace(second=0) if STYLES[style] == "minute" else at
        expected.append((name, body, shown))
    end = "\r\n" if crlf else "\n"
    chat = read(end.join(out) + end)
    assert [(one.sender.shown, one.text, one.at_earliest) for one in chat.records] == expected


BIG = (
    CHAT
    + f"25/03/2024, 14:09 - Mia: {LRM}IMG-20240325-WA0001.jpg (file attached)\nhi\n27/10/2024, 01:30 - Sam Example: x\n"
) * 3


@given(flips=st.lists(st.tuples(st.integers(0, len(BIG.encode()) - 1), st.integers(0, 255)), max_size=8),
       end=st.integers(0, len(BIG.encode())))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_every_byte_of_a_damaged_chat_has_its_place(flips, end):
    data = bytearray(BIG.encode())
    for at, byte in flips:
        data[at] = byte
    source = Source.from_bytes("chat.txt", bytes(data[:end]))
    if source.members or source.head[:2] in (b"PK", b"\xff\xfe", b"\xfe\xff"):
        return
    try:
        chat = read_source(source, (Answer("owner", "not_sure"),))
    except NotReadable:
        return
    check_tiles(chat, bytes(data[:end]))
