"""WhatsApp exports as phones of many languages write them: what other tests did not try."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests.whatsapp_chats import read, read_source, zipped
from joindots.evidence.readers.whatsapp import FORMAT

ANDROID = "25/03/2024, 09:%02d - %s: %s\n"
IPHONE = "[25/03/2024, 09:%02d:05] %s: \u200e%s\r\n"


def android(*bodies: str) -> str:
    talk = [("Kim Sample", "hello"), *(("Sam Example", body) for body in bodies)]
    return "".join(ANDROID % (minute, *line) for minute, line in enumerate(talk))


def iphone(*bodies: str) -> str:
    first = "[25/03/2024, 09:00:05] Sam Example: hello\r\n"
    return first + "".join(IPHONE % (minute, "Sam Example", body) for minute, body in enumerate(bodies, 1))


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("This message was deleted by admin Kim Sample.", "deleted", None),
        ("<Fișierele media au fost omise>", "media", None),
        ("<省略多媒體檔>", "media", None),
        ("<મીડિયા અવગણવામાં આવ્યું>", "media", None),
        ("ok <इस मैसेज में बदलाव किया गया>", "edited", "ok"),
        ("ok <یہ میسج ایڈٹ کیا گیا>", "edited", "ok"),
        ("Ta wiadomość została usunięta przez Ciebie", "deleted", None),
        ("<my media>", "text", "<my media>"),
        ("<I omitted to say>", "text", "<I omitted to say>"),
        ("see <my message>", "text", "see <my message>"),
        ("This message was deleted by me", "text", "This message was deleted by me"),
    ],
)
def test_the_apps_words_are_told_in_wordings_not_listed_whole(body, kind, text):
    record = read(android(body)).records[1]
    assert record.kind == kind
    assert kind == "deleted" or record.text == text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("grafika pominięta", "media"),
        ("plik audio pominięto", "media"),
        ("文档已忽略", "media"),
        ("تم استبعاد المقطع الصوتي", "media"),
        ("未接语音通话，\u200e点按回拨", "call_missed"),
        ("مكالمة صوتية فائتة، \u200eاضغط لمعاودة الاتصال", "call_missed"),
        ("POLL:\nWho?\n\u200eOPTION: Me (\u200e1 vote)\n\u200eOPTION: You (\u200e0 votes)", "text"),
        ("Something nobody has ever seen", "unknown"),
    ],
)
def test_what_an_iphone_marks_as_its_own_is_told_by_the_words_it_must_hold(body, kind):
    assert read(iphone(body)).records[1].kind == kind


def test_one_who_sent_nothing_but_a_poll_has_sent_it():
    poll = "POLL:\nWho?\n\u200eOPTION: Me (\u200e1 vote)\n\u200eOPTION: You (\u200e0 votes)"
    chat = read("[25/03/2024, 09:00:05] Kim Sample: hello\r\n" + IPHONE % (1, "Sam Example", poll))
    assert (chat.names, chat.kinds) == (["Kim Sample", "Sam Example"], ["text", "text"])


def test_words_without_the_mark_stay_words():
    chat = read(iphone("image omitted") + "[25/03/2024, 09:30:05] Sam Example: grafika pominięta\r\n")
    assert chat.kinds == ["text", "media", "text"]


def test_a_name_with_a_colon_is_told_though_the_app_speaks_of_it_as_often_as_it_speaks():
    lines = [
        "Mam: gwaith: a", "Kim Sample: b", "Mam: gwaith changed this group's icon", "Mam: gwaith added Bob: Pub",
        "Mam: gwaith: c", "Mam: gwaith left",
    ]  # fmt: skip
    chat = read("".join(f"25/03/2024, 09:1{n} - {line}\n" for n, line in enumerate(lines)), owner="Kim Sample")
    assert chat.names == ["Mam: gwaith", "Kim Sample", None, None, "Mam: gwaith", None]
    assert chat.kinds == ["text", "text", "system", "system", "text", "system"]


@pytest.mark.parametrize(
    "only",
    ["25/03/2024, 09:14 - Sam Example: hi", "[25/03/2024, 09:14:01] Sam Example: hi\r\n", "\n3/25/24, 9:14 PM - S: x"],
)
def test_a_single_message_is_a_chat_whatever_its_files_name(only):
    assert FORMAT.claims(Source.from_bytes("x.txt", only.encode()))
    assert len(read(only).records) == 1


@pytest.mark.parametrize(
    "other",
    [
        "[2024-03-12, 14:05:06] ERROR: no disk",
        "Notes\n25/03/2024, 09:14 - Sam Example: hi",
        "25/03/2024, 09:14 - rang the police",
        "25/03/2024 - Sam Example: hi",
    ],
)
def test_a_single_line_of_another_kind_is_no_chat(other):
    assert not FORMAT.claims(Source.from_bytes("x.txt", other.encode()))


def test_the_question_about_the_zone_has_candidates():
    chat = read("31/03/2024, 00:50 - Kim Sample: a\n31/03/2024, 01:30 - Sam Example: b\n")
    assert "Europe/Paris" in chat.question("zone").candidates


@pytest.mark.parametrize("name", ["Mam:", "Tom::", "10:30 club"])
@pytest.mark.parametrize("line", ["25/03/2024, 09:1%d - %s: %s\n", "[25/03/2024, 09:1%d:05] %s: %s\r\n"])
def test_a_name_may_end_in_a_colon(name, line):
    talk = [(name, "one"), ("Kim Sample", "two"), (name, "three: x"), ("Kim Sample", ": four")]
    chat = read("".join(line % (n, *words) for n, words in enumerate(talk)))
    assert list(zip(chat.names, chat.texts, strict=True)) == talk


def test_blank_lines_ahead_of_a_chat_hold_nothing():
    chat = read("\ufeff\n\n" + android("hi"))
    assert [(one.why, one.excerpt, one.place.length) for one in chat.strays] == [("headings", "", 5)]
    assert len(chat.records) == 2


def test_a_line_ahead_of_a_chat_is_shown_without_the_chat():
    (stray,) = read("Chat history\n" + android("hi")).strays
    assert (stray.why, stray.excerpt) == ("unknown_line", "Chat history")


def test_missed_calls_alone_are_an_example_too():
    calls = "25/03/2024, 09:10 - You blocked this contact\n25/03/2024, 09:14 - Missed voice call\n"
    chat = read(calls, name="WhatsApp Chat with Sam Example.txt")
    assert chat.question("owner").example == "25/03/2024, 09:14: Missed voice call"


@pytest.mark.parametrize(
    ("says", "kinds"),
    [
        ("Video call, \u200eNo answer", ("unknown", "call_made", "call_missed")),
        ("Voice call, \u200eDeclined", ("unknown", "call_made", "call_rejected")),
        ("Voice call, \u200eTap to call back", ("call_missed", "call_missed", "call_missed")),
        ("Voice call, \u200e2 min", ("call_answered", "call_made", "call_answered")),
        ("Voice call. \u200eCancelled", ("unknown", "call_made", "unknown")),
    ],
)
def test_a_call_nobody_took_is_of_a_known_kind_once_the_owner_is_told(says, kinds):
    chat = f"[25/03/2024, 14:05:06] Sam: hi\n[25/03/2024, 14:05:07] Mia: hi\n[25/03/2024, 14:06:06] Sam: \u200e{says}\n"
    assert tuple(read(chat, **owner).records[2].kind for owner in ({}, {"owner": "Sam"}, {"owner": "Mia"})) == kinds


@pytest.mark.parametrize(
    "line",
    [
        "[25/03/2024, 14:05:06] Sam: \u200eView once message omitted",
        "25/03/2024, 14:05 - Sam: <View once photo omitted>",
    ],
)
def test_what_could_be_seen_once_is_said_to_be(line):
    chat = read(f"{line}\n{line}\n")
    assert chat.kinds == ["view_once"] * 2


def test_a_chat_that_was_sent_as_a_file_is_an_attachment_not_a_second_chat():
    other = android("b", "c")
    mine = iphone("a") + "[25/03/2024, 09:40:05] Sam Example: \u200e<attached: 00000033-WhatsApp Chat with Kim.txt>\r\n"
    chat = read_source(Source.from_bytes("WhatsApp Chat - Kim.zip", zipped({
        "_chat.txt": mine, "00000033-WhatsApp Chat with Kim.txt": other,
    })))  # fmt: skip
    assert {one.place.member for one in chat.records} == {"_chat.txt"}
    assert [one.name for one in chat.attachments] == ["00000033-WhatsApp Chat with Kim.txt"]
    assert chat.records[-1].media[0].present
    both = zipped({"WhatsApp Chat with Kim.txt": android("a"), "WhatsApp Chat with Mo.txt": android("b")})
    assert len({one.place.member for one in read_source(Source.from_bytes("chats.zip", both)).records}) == 2


def test_a_chat_means_the_file_in_its_own_folder():
    words = android("IMG-20240325-WA0001.jpg (file attached)", "b")
    files = {"mia/chat.txt": words, "kim/chat.txt": words, "ann/chat.txt": words}
    chat = read_source(
        Source.from_bytes(
            "chats.zip",
            zipped(files | {"mia/IMG-20240325-WA0001.jpg": "one", "kim/IMG-20240325-WA0001.jpg": "another"}),
        )
    )
    sha256 = [one.media[0].sha256 for one in chat.records if one.media]
    assert len(set(sha256)) == 3
    assert sha256[2] is None


def test_lines_that_end_in_a_carriage_return_alone_are_lines():
    words = android("b", "two\nlines")
    data = words.replace("\n", "\r").encode()
    source = Source.from_bytes("WhatsApp Chat with Kim.txt", data)
    assert FORMAT.claims(source)
    chat = read_source(source)
    assert chat.texts == read(words).texts
    assert [data[one.place.byte :][: one.place.length] for one in chat.records] == [
        data[one.place.byte :][: one.place.length] for one in read(words).records
    ]


@pytest.mark.parametrize("mark", ["\u200e", ""])
def test_the_notice_on_encryption_is_nobodys_even_where_the_marks_are_lost(mark):
    notice = "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them."
    top = f"[25/03/2024, 09:00:00] Tea Club: {mark}{notice}\n"
    chat = read(
        top
        + "".join(
            f"[25/03/2024, 09:0{n}:00] {who}: is it end-to-end encrypted?\n" for n, who in enumerate(("Kim", "Mo"), 1)
        )
    )
    assert chat.kinds == ["system", "text", "text"]
    two = read(top.replace("Tea Club", "Kim") + "[25/03/2024, 09:01:00] Kim: hi\n[25/03/2024, 09:02:00] Mo: hi\n")
    assert two.names == [None, "Kim", "Mo"]
    assert set(chat.question("owner").candidates) == {"Kim", "Mo"}


def test_the_owner_is_asked_with_what_the_files_name_says():
    chat = read(android("b"), name="WhatsApp Chat with Sam Example.txt")
    says = {one.value: one.says for one in chat.question("owner").details}
    assert says == {
        "Kim Sample": "",
        "Sam Example": "the file is named after this name; phones name it after the other person",
    }
