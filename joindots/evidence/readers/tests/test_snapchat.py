"""The rules of reading Snapchat's "My Data"."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Identity
from joindots.evidence.readers.snapchat import FORMAT
from joindots.evidence.readers.snapchat.rows import unescaped
from joindots.evidence.readers.tests.json_files import reading, source_of, zipped

AT = datetime(2024, 3, 5, 14, 5, 6, tzinfo=UTC)
MS = 1_709_647_506_432


def row(who="sam_bample", sent=False, content="hello", **more):
    base = {"From": who, "Media Type": "TEXT", "Created": "2024-03-05 14:05:06 UTC", "Content": content}
    base |= {"Conversation Title": None, "IsSender": sent, "Created(microseconds)": MS, "IsSaved": True}
    return base | {"Media IDs": ""} | more


def read(value, name="chat_history.json", **how):
    return reading(FORMAT, value, name=name, **how)


def one_row(**more):
    found = read({"sam_bample": [row(**more)]})
    return found.messages[0]


def test_the_newer_form_says_who_sent():
    found = read({"sam_bample": [row(), row("robin_testcase", True, "no")]})
    assert not found.unknown
    assert not found.questions
    assert [(one.direction, one.text, one.kind) for one in found.messages] == [
        ("in", "hello", "text"),
        ("out", "no", "text"),
    ]
    first, second = found.messages
    assert first.sender == Identity("sam_bample", "snapchat:sam_bample")
    assert second.recipients == (Identity("sam_bample", "snapchat:sam_bample"),)
    assert (first.at_earliest, first.at_latest, first.precision, first.zone_basis) == (AT, AT, "second", "utc_in_file")
    assert (first.at_shown, first.thread, first.place.pointer) == (
        "2024-03-05 14:05:06 UTC",
        "sam_bample",
        "/sam_bample/0",
    )
    assert first.extra == {"is_saved": True}
    assert [(one.limits, one.thread) for one in found.coverage] == [(("saved_chats_only",), "sam_bample")]


@pytest.mark.parametrize("number", [MS, MS // 1000, MS * 1000, MS + 900, None, 0])
def test_the_number_is_read_in_the_unit_that_agrees(number):
    one = one_row(**{"Created(microseconds)": number})
    assert (one.at_earliest, one.at_latest, one.time_flags) == (AT, AT, ())


@pytest.mark.parametrize(("number", "at"), [(MS, AT), (MS * 1000, AT), (MS // 1000, AT)])
def test_the_number_alone_is_told_by_its_size(number, at):
    one = one_row(**{"Created(microseconds)": number, "Created": None})
    assert (one.at_earliest, one.precision) == (at, "second")


def test_two_times_that_differ_both_stand():
    one = one_row(**{"Created(microseconds)": MS + 3_600_000})
    assert (one.at_earliest, one.at_latest) == (AT, AT.replace(hour=15))
    assert (one.time_flags, one.precision) == (("clock_suspect",), "range")


def test_no_time_at_all_stays_empty():
    one = one_row(**{"Created(microseconds)": None, "Created": "yesterday"})
    assert (one.at_earliest, one.precision, one.at_shown) == (None, "none", "yesterday")


@pytest.mark.parametrize(
    ("shape", "sent", "kind"),
    [
        ("TEXT", False, "text"), ("MEDIA", False, "media"), ("NOTE", False, "media"), ("STICKER", True, "media"),
        ("SHARE", False, "text"), ("LOCATION", False, "location"), ("STATUSERASEDMESSAGE", False, "deleted"),
        ("STATUSERASEDSNAPMESSAGE", False, "deleted"), ("STATUSPARTICIPANTREMOVED", False, "system"),
        ("STATUSCALLMISSEDAUDIO", False, "call_missed"), ("STATUSCALLMISSEDVIDEO", True, "call_made"),
        ("STATUSCALLENDEDVIDEO", False, "call_answered"), ("STATUSCONVERSATIONCAPTURESCREENSHOT", False, "system"),
        ("STATUS", False, "system"), ("SOMETHINGNEW", False, "unknown"),
    ],
)  # fmt: skip
def test_a_row_is_what_its_media_type_says(shape, sent, kind):
    one = one_row(**{"Media Type": shape, "Content": None, "IsSender": sent})
    assert one.kind == kind
    assert one.extra.get("type") == (None if shape == "TEXT" else shape)


def test_a_group_goes_by_its_title():
    group = {
        "0f3c-77": [
            row(**{"Conversation Title": "Choir"}),
            row("robin_testcase", True, **{"Conversation Title": "Choir"}),
        ]
    }
    found = read(group)
    assert [(one.thread, one.extra["group"], one.recipients) for one in found.messages] == [("Choir", True, ())] * 2
    assert [one.thread for one in found.coverage] == ["Choir"]


def test_the_older_form_says_it_by_its_sections():
    older = {
        "Received Saved Chat History": [
            {"From": "sam_bample", "Media Type": "TEXT", "Created": "2021-08-19 12:00:00 UTC", "Text": "hello"}
        ],
        "Sent Saved Chat History": [
            {"To": "sam_bample", "Media Type": "MEDIA", "Created": "2021-08-19 12:01:00 UTC", "Text": ""}
        ],
    }
    found = read(older)
    assert not found.unknown
    assert [(one.direction, one.kind, one.text, one.thread) for one in found.messages] == [
        ("in", "text", "hello", "sam_bample"),
        ("out", "media", None, "sam_bample"),
    ]
    assert found.messages[0].at_earliest == datetime(2021, 8, 19, 12, 0, tzinfo=UTC)
    assert found.messages[1].recipients == (Identity("sam_bample", "snapchat:sam_bample"),)
    assert found.messages[0].place.pointer == "/Received Saved Chat History/0"


def test_snaps_are_seen_once_and_their_pictures_are_not_here():
    snaps = {
        "sam_bample": [
            {"From": "sam_bample", "Media Type": "IMAGE", "Created": "2024-03-05 14:05:06 UTC", "IsSender": False}
        ]
    }
    found = read(snaps, "snap_history.json")
    (one,) = found.messages
    assert (one.kind, one.direction, one.media[0].present, one.media[0].type) == ("view_once", "in", False, "image")
    assert found.coverage[0].limits == ("snaps_without_content",)


def test_calls_are_read_without_names():
    calls = {
        "Outgoing Calls": [
            {
                "Date & Time": "2024-03-05 14:05:06 UTC",
                "Type": "AUDIO",
                "Result": "Call Succeeded",
                "Length (sec)": "12",
            }
        ],
        "Incoming Calls": [
            {
                "Date & Time": "2024-03-05 14:05:06 UTC",
                "Type": "VIDEO",
                "Result": "Call Received",
                "Length (sec)": "45",
            },
            {"Date & Time": "2024-03-05 14:05:06 UTC", "Type": "VIDEO", "Result": "Missed Call", "Length (sec)": "0"},
        ],
    }
    found = read(calls, "talk_history.json")
    assert not found.unknown
    assert [(one.kind, one.direction, one.duration_s) for one in found.messages] == [
        ("call_made", "out", 12),
        ("call_answered", "in", 45),
        ("call_missed", "in", 0),
    ]
    assert {one.certainty_of_sender for one in found.messages} == {"unknown"}


def test_the_zip_gives_all_three_and_finds_pictures_by_their_number():
    picture = row(content=None, **{"Media Type": "MEDIA", "Media IDs": "b~EiQ1 | b~gone"})
    members = {
        "json/chat_history.json": {"sam_bample": [picture], "ash_madeup": []},
        "json/snap_history.json": {
            "sam_bample": [{"From": "sam_bample", "Media Type": "VIDEO", "Created": "2024-03-05 14:05:06 UTC"}]
        },
        "json/talk_history.json": {"Incoming Calls": []},
        "json/friends.json": {"Friends": []},
        "chat_media/2024-03-05_b~EiQ1.jpg": b"picture",
        "chat_media/2024-03-05_overlay~zip-1.png": b"over",
    }
    found = read(zipped("mydata.zip", **members), "mydata.zip")
    assert [one.kind for one in found.messages] == ["media", "view_once"]
    here, gone = found.messages[0].media
    assert (here.name, here.present, here.size) == ("b~EiQ1", True, 7)
    assert (gone.name, gone.present) == ("b~gone", False)
    assert {one.name for one in found.attachments} == {
        "chat_media/2024-03-05_b~EiQ1.jpg",
        "chat_media/2024-03-05_overlay~zip-1.png",
    }
    assert [one.place.member for one in found.unknown] == ["json/friends.json"]
    assert [(one.thread, one.earliest) for one in found.coverage] == [
        ("sam_bample", AT),
        ("ash_madeup", None),
        ("sam_bample", AT),
    ]


def test_every_leaf_not_known_is_listed_by_its_pointer():
    found = read({"sam_bample": [row(Foo=[1, {"x": "y"}], IsSender="yes"), 7], "note": "x"})
    assert found.pointers() == [
        ("/sam_bample/0/IsSender", "unknown_leaf"),
        ("/sam_bample/0/Foo/0", "unknown_leaf"),
        ("/sam_bample/0/Foo/1/x", "unknown_leaf"),
        ("/sam_bample/1", "unknown_leaf"),
        ("/note", "unknown_leaf"),
    ]
    assert found.messages[0].direction == "unknown"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("I&#39;m outside", "I'm outside"), ("Tom &amp; Ash", "Tom & Ash"), ("a &lt;3", "a <3"),
        ("I'm &amp; you", "I'm &amp; you"), ("A & B &amp; C", "A & B &amp; C"), ("&nbsp;", "&nbsp;"), ("plain", "plain"),
    ],
)  # fmt: skip
def test_web_escapes_are_mended_only_where_the_whole_text_was_escaped(written, meant):
    assert unescaped(written) == meant
    one = one_row(Content=written)
    assert (one.text, one.text_mended) == (meant, None if written == meant else "html_escaped")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="&"), min_size=1), max_size=4))
def test_any_words_read_back_as_they_were(words):
    found = read({"sam_bample": [row(content=word) for word in words]})
    assert [one.text for one in found.messages] == words


@pytest.mark.parametrize(
    "value", [{}, [], {"Saved Media": [{"Date": "x", "Media Type": "Image"}]}, {"a": [{"Created": 1}]}, b"", b"PK"]
)
def test_other_files_are_not_claimed(value):
    assert not FORMAT.claims(source_of(value, "x.json"))


def test_files_are_claimed_by_what_stands_in_them():
    assert FORMAT.claims(source_of({"sam_bample": [row()]}, "x.json"))
    assert FORMAT.claims(source_of({"Received Saved Chat History": []}, "x.json"))
    assert FORMAT.claims(source_of({"Outgoing Calls": [{"Date & Time": "x"}]}, "x.json"))
    assert FORMAT.claims(zipped(**{"json/chat_history.json": {}}))


def test_a_file_cut_anywhere_gives_what_came_before():
    data = json.dumps({"sam_bample": [row(content="é"), row(content="two")], "ash_madeup": [row()]}).encode()
    complete = [one.text for one in read(data).messages]
    for cut in range(len(data)):
        try:
            found = read(data[:cut])
        except NotReadable:
            continue
        assert [one.text for one in found.messages] == complete[: len(found.messages)]
        assert found.pointers()[-1][1] == "broken"
