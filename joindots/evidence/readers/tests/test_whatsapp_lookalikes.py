"""Lines that look like headers: quoted chats stay in their message, late messages stay messages."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.tests.whatsapp_chats import read


def lines(*some: str) -> str:
    return "\n".join(some) + "\n"


def test_a_chat_quoted_from_another_day_stays_in_its_message():
    chat = read(
        lines(
            "25/03/2024, 14:05 - Sam: a",
            "25/03/2024, 14:06 - Mia: look what you wrote",
            "20/02/2024, 11:00 - Sam: I will find you",
            "20/02/2024, 11:01 - Mia: no",
            "25/03/2024, 14:08 - Sam: b",
        )
    )
    assert len(chat.records) == 3
    assert chat.texts[1] == (
        "look what you wrote\n20/02/2024, 11:00 - Sam: I will find you\n20/02/2024, 11:01 - Mia: no"
    )
    assert chat.records[1].extra == {"lines_like_headers": 2}


def test_a_chat_with_a_stranger_quoted_minutes_later_stays_in_its_message():
    chat = read(
        lines(
            "[25/03/2024, 14:00:00] Mia: a", "[25/03/2024, 14:10:00] Friend: b",
            "[25/03/2024, 14:20:00] Mia: look what he sent",
            "[25/03/2024, 14:05:10] Sam Example: I am outside", "[25/03/2024, 14:06:10] Mia: go away",
            "[25/03/2024, 14:21:00] Friend: omg",
        )
    )  # fmt: skip
    assert chat.names == ["Mia", "Friend", "Mia", "Friend"]


def test_lines_copied_out_of_this_very_chat_stay_in_their_message():
    chat = read(
        lines(
            "25/03/2024, 14:05 - Sam: I never said that", "25/03/2024, 14:30 - Mia: you did",
            "25/03/2024, 14:05 - Sam: I never said that", "25/03/2024, 14:31 - Sam: ok",
        )
    )  # fmt: skip
    assert len(chat.records) == 3


def test_a_log_of_incidents_inside_a_message_stays_there():
    chat = read(
        lines(
            "25/03/2024, 14:05 - Mia: here is my log", "01/02/2024, 14:05 - he came to my door",
            "03/02/2024, 18:10 - followed me home: red car", "25/03/2024, 14:30 - Friend: oh no",
        )
    )  # fmt: skip
    assert len(chat.records) == 2


def test_another_form_of_header_is_never_a_header_here():
    chat = read(
        lines(
            "25/03/2024, 14:05 - Mia: see", "[25/03/2024, 14:05:06] Sam: a", "25.03.24, 14:05 - Sam: b",
            "12/03 - he said: see you at 10:30", "25/03/2024 14:06 - Sam: c", "25/03/2024, 2:06 PM - Sam: d",
            "25/03/2024, 14:06 - Sam: e",
        )
    )  # fmt: skip
    assert chat.names == ["Mia", "Sam"]


def test_a_message_delivered_late_is_kept_in_the_files_order_and_flagged():
    chat = read(
        lines(
            "25/03/2024, 14:05 - Sam: a", "25/03/2024, 14:10 - Mia: b", "25/03/2024, 14:07 - Sam: late",
            "25/03/2024, 14:11 - Mia: c",
        )
    )  # fmt: skip
    assert chat.texts == ["a", "b", "late", "c"]
    assert [one.time_flags for one in chat.records] == [(), (), ("out_of_order",), ()]


def test_a_message_hours_late_from_someone_known_is_a_message():
    chat = read(
        lines(
            "25/03/2024, 09:00 - Sam: a", "25/03/2024, 18:00 - Mia: b", "25/03/2024, 12:00 - Sam: late",
            "25/03/2024, 18:01 - Sam: c",
        )
    )  # fmt: skip
    assert len(chat.records) == 4


def test_a_late_message_of_the_one_the_file_is_named_after_is_a_message():
    said = lines(
        "25/03/2024, 14:30 - Mia: a", "25/03/2024, 14:05 - Sam Example: where are you", "25/03/2024, 14:31 - Mia: b"
    )
    assert len(read(said, name="WhatsApp Chat with Sam Example.txt").records) == 3
    assert len(read(said).records) == 2


def test_a_sender_with_one_message_is_a_sender():
    chat = read(lines("25/03/2024, 14:05 - Sam: a", "25/03/2024, 14:06 - Zed: b", "25/03/2024, 14:07 - Sam: c"))
    assert chat.names == ["Sam", "Zed", "Sam"]


def test_a_false_header_in_the_future_stays_in_its_message():
    real = [f"{day}/03/2024, 14:05 - {name}: x" for day in range(13, 29) for name in ("Sam", "Mia")]
    chat = read(lines(*real[:6], "25/12/2024, 19:00 - Mia: dinner", *real[6:]))
    assert len(chat.records) == len(real)
    assert chat.texts[5] == "x\n25/12/2024, 19:00 - Mia: dinner"


def test_a_clock_set_back_for_good_loses_no_message():
    ahead = [f"{day}/06/2024, 10:00 - Sam: {'y' * 200}" for day in range(13, 30)] * 30
    back = [f"{day}/03/2024, {hour:02}:00 - Mia: {'x' * 900}" for day in range(13, 29) for hour in range(24)]
    chat = read(lines(*sorted(ahead), *back))
    assert len(chat.records) == len(ahead) + len(back)


def test_crlf_ends_messages_and_lf_ends_lines_inside_them():
    text = (
        "[25/03/2024, 14:05:00] Sam: a\r\n[25/03/2024, 14:06:00] Mia: two\nlines\r\n[25/03/2024, 14:07:00] Sam: b\r\n"
        "[25/03/2024, 14:08:00] Mia: c\r\n[25/03/2024, 14:20:00] Mia: he said\n[25/03/2024, 14:10:00] Sam: go\r\n"
        "[25/03/2024, 14:21:00] Sam: d\r\n"
    )
    chat = read(text)
    assert chat.texts == ["a", "two\nlines", "b", "c", "he said\n[25/03/2024, 14:10:00] Sam: go", "d"]


def test_mixed_line_ends_and_blank_lines_are_kept_in_their_messages():
    chat = read("25/03/2024, 14:05 - Sam: a\r\n25/03/2024, 14:06 - Mia: b\n\nc\n25/03/2024, 14:07 - Sam: d")
    assert chat.texts == ["a", "b\n\nc", "d"]


def test_a_line_in_doubt_proves_no_order_of_the_date():
    text = lines("05/03/24, 14:05 - Sam: a", "04/03/24, 14:06 - Sam: late", "05/03/24, 14:10 - Sam: c")
    assert "date_order" in read(text).asked()


def test_somebody_who_only_wrote_late_is_asked_for_like_others():
    chat = read(lines("[25/03/2024, 14:30:05] Sam: a", "[25/03/2024, 14:30:03] Mia: b"))
    assert chat.question("owner").candidates == ("Sam", "Mia")
    assert {one.open for one in chat.records} == {("owner",)}
    told = read(lines("[25/03/2024, 14:30:05] Sam: a", "[25/03/2024, 14:30:03] Mia: b"), owner="Mia")
    assert [one.direction for one in told.records] == ["in", "out"]


def exported(month: int, other: str, count: int = 12, *, notice: bool = False) -> str:
    top = [f"13/{month:02}/2024, 13:59 - Messages and calls are end-to-end encrypted. Tap to learn more."] * notice
    said = [f"13/{month:02}/2024, 14:{n:02} - {('Sam', other)[n % 2]}: {month} {n}" for n in range(count)]
    return lines(*top, *said)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (exported(4, "Mia"), exported(3, "Kim")),
        (exported(4, "Mia", 3, notice=True), exported(3, "Kim", 2, notice=True)),
        (exported(3, "Mia", 4), exported(3, "Mia", 4)),
        (exported(3, "Mia", 5), exported(3, "Mia", 5) + exported(4, "Mia", 4)),
        (exported(3, "Mia") + exported(4, "Mia"), exported(2, "Kim") + exported(4, "Kim")),
    ],
)
def test_two_exports_joined_in_one_file_lose_no_message(first, second):
    chat = read(first + second, owner="Sam")
    assert len(chat.records) == (first + second).count("\n")
    assert not any("lines_like_headers" in one.extra for one in chat.records)


def test_a_long_log_or_quotation_stays_in_its_message():
    log = [f"01/02/2024, 14:{n:02} - he came to my door" for n in range(20)]
    said = lines("25/03/2024, 14:05 - Mia: my log", *log, "25/03/2024, 14:30 - Friend: oh no")
    assert len(read(said).records) == 2
    quoted = exported(2, "Kim", 20)
    assert (
        len(read("25/03/2024, 14:05 - Mia: this is all:\n" + quoted + "25/03/2024, 14:30 - Sam: oh no\n").records) == 2
    )
    ended = "[25/03/2024, 14:00:00] Mia: a\r\n" * 95 + "[25/03/2024, 14:20:00] Mia: look\n"
    inside = "".join(f"[20/02/2024, 14:05:{n:02}] Sam: b\n" for n in range(20))
    assert len(read(ended + inside + "end\r\n[25/03/2024, 14:30:00] Mia: c\r\n").records) == 97


def test_an_export_of_another_form_behind_this_one_is_listed_and_is_nobodys_words():
    phone = "".join(f"[13/03/24, 14:{n:02}:05] {('Sam', 'Mia')[n % 2]}: {n}\r\n" for n in range(12))
    chat = read(exported(3, "Mia") + phone, owner="Sam")
    assert (len(chat.records), chat.texts[-1]) == (12, "3 11")
    assert [(one.why, one.excerpt[:31]) for one in chat.strays] == [
        ("unknown_line", "[13/03/24, 14:00:05] Sam: 0\r\n[1")
    ]
    quoted = "".join(phone.splitlines(keepends=True)[:5])
    assert read(exported(3, "Mia") + quoted).strays == []
    assert read(exported(3, "Mia") + phone + exported(4, "Mia")).strays == []


def test_a_date_that_does_not_exist_costs_a_small_chat_nothing():
    said = lines(
        "13/03/2024, 14:05 - Sam: a",
        "13/03/2024, 14:06 - Mia: see",
        "31/02/2024, 14:05 - Sam: x",
        "13/03/2024, 14:07 - Sam: b",
    )
    chat = read(said)
    assert chat.texts == ["a", "see\n31/02/2024, 14:05 - Sam: x", "b"]
    assert chat.asked() == {"owner"}
