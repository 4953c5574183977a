"""The rules of reading Telegram exports."""

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Identity
from joindots.evidence.readers.telegram import FORMAT
from joindots.evidence.readers.tests.json_files import answered, reading, source_of, zipped

SAM, ROBIN = 111, 222
NAMES = {SAM: "Sam Bample", ROBIN: "Robin Testcase", 333: "Ash Madeup"}
START = 1_709_647_500  # 5 March 2024, 14:05 UTC


def message(number, who=SAM, text="hello", **more):
    at = START + 60 * number
    shown = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    base = {"id": number, "type": "message", "date": shown, "date_unixtime": str(at)}
    base |= {"from": NAMES[who], "from_id": f"user{who}", "text": text}
    base |= {"text_entities": [{"type": "plain", "text": text}] if text else []}
    return {key: value for key, value in (base | more).items() if value != "drop"}


def service(number, action, who=SAM, **more):
    base = message(number, who, "", **{"from": "drop", "from_id": "drop"})
    return base | {"type": "service", "actor": NAMES[who], "actor_id": f"user{who}", "action": action} | more


def chat(*messages, **more):
    return {"name": "Sam Bample", "type": "personal_chat", "id": SAM, "messages": list(messages)} | more


def account(*chats, **more):
    person = {"user_id": ROBIN, "first_name": "Robin", "last_name": "Testcase"}
    return {"about": "x", "personal_information": person, "chats": {"about": "y", "list": list(chats)}} | more


def local(clock, number=1, who=SAM, **more):
    """A message as older versions wrote it, without `date_unixtime`."""
    return message(number, who, date=clock, date_unixtime="drop", **more)


def clocks(*times):
    return chat(*[local(time, number) for number, time in enumerate(times)])


def at(text):
    return datetime.fromisoformat(text + "+00:00")


def read(value, answers=None, **how):
    return reading(FORMAT, value, answers, **how)


def test_a_chat_of_two_tells_whose_it_is_and_nothing_is_asked():
    found = read(chat(message(1), message(2, ROBIN, "no")))
    assert not found.questions
    assert not found.unknown
    assert [(one.direction, one.text, one.open) for one in found.messages] == [("in", "hello", ()), ("out", "no", ())]
    first = found.messages[0]
    assert first.at_earliest == first.at_latest == at("2024-03-05T14:06:00")
    assert (first.at_shown, first.precision, first.zone_basis) == ("2024-03-05T14:06:00", "second", "utc_in_file")
    assert first.sender == Identity("Sam Bample", "telegram:user111")
    assert (first.channel, first.kind, first.thread, first.place.pointer) == (
        "telegram",
        "text",
        "Sam Bample",
        "/messages/0",
    )
    assert found.messages[1].recipients == (Identity("Sam Bample", "telegram:user111"),)
    assert (found.coverage[0].earliest, found.coverage[0].latest) == (
        at("2024-03-05T14:06:00"),
        at("2024-03-05T14:07:00"),
    )


def test_where_the_other_side_never_wrote_the_owner_is_asked():
    found = read(chat(message(1, ROBIN), message(2, ROBIN)))
    assert [one.direction for one in found.messages] == ["unknown", "unknown"]
    assert [question.question for question in found.questions] == ["owner"]


def test_the_truth_is_in_date_unixtime_whatever_the_exporting_computer_showed():
    found = read(chat(message(1, date="2024-03-05T23:06:00"), message(2)))
    assert found.messages[0].at_earliest == at("2024-03-05T14:06:00")
    assert found.messages[0].at_shown == "2024-03-05T23:06:00"


@pytest.mark.parametrize("sort_keys", [False, True])
def test_the_order_of_keys_changes_nothing(sort_keys):
    found = read(chat(message(1), message(2, ROBIN)), sort_keys=sort_keys)
    assert [(one.direction, one.thread) for one in found.messages] == [("in", "Sam Bample"), ("out", "Sam Bample")]
    assert not found.questions
    whole = read(account(chat(message(1), message(2, ROBIN))), sort_keys=sort_keys)
    assert [(one.direction, one.thread) for one in whole.messages] == [("in", "Sam Bample"), ("out", "Sam Bample")]
    assert not whole.questions


def test_a_group_asks_who_the_owner_is_with_counts_and_dates():
    group = chat(message(1), message(2, ROBIN), message(3), name="Choir", type="private_group", id=9)
    found = read(group)
    (question,) = found.questions
    assert question.candidates == ("Sam Bample", "Robin Testcase")
    assert [(one.says, one.count, one.first, one.last) for one in question.details] == [
        ("telegram:user111", 2, "2024-03-05", "2024-03-05"),
        ("telegram:user222", 1, "2024-03-05", "2024-03-05"),
    ]
    assert question.example == "Sam Bample: hello"
    assert {(one.direction, one.open, one.extra["group"]) for one in found.messages} == {("unknown", ("owner",), True)}


@pytest.mark.parametrize("answer", ["Robin Testcase", "telegram:user222"])
def test_an_answer_closes_the_question_and_gives_directions(answer):
    group = chat(message(1), message(2, ROBIN), type="private_group", id=9)
    found = read(group, answered(owner=answer))
    assert [(one.direction, one.open) for one in found.messages] == [("in", ()), ("out", ())]
    assert not found.questions


def test_not_sure_closes_the_question_and_keeps_the_doubt():
    found = read(chat(message(1), type="private_group", id=9), answered(owner="not_sure"))
    assert [(one.direction, one.open) for one in found.messages] == [("unknown", ())]
    assert not found.questions


def test_an_answer_that_names_nobody_is_no_answer():
    found = read(chat(message(1), type="private_group", id=9), answered(owner="Nobody Here"))
    assert [(one.direction, one.open) for one in found.messages] == [("unknown", ("owner",))]
    assert [question.question for question in found.questions] == ["owner"]


def test_two_senders_of_one_name_are_told_apart_by_their_numbers():
    twins = [message(1), message(2, ROBIN, **{"from": "Sam Bample"})]
    (question,) = read(chat(*twins, type="private_group", id=9)).questions
    assert set(question.candidates) == {"telegram:user111", "telegram:user222"}


def test_the_whole_account_proves_its_owner_in_every_chat():
    group = chat(message(1, 333), message(2, ROBIN), name="Choir", type="private_group", id=9)
    left = chat(message(7, 333), name="Old", type="private_supergroup", id=8)
    found = read(account(chat(message(1), message(2, ROBIN)), group, left_chats={"about": "z", "list": [left]}))
    assert not found.questions
    assert not found.unknown
    assert [(one.direction, one.thread, one.place.pointer) for one in found.messages] == [
        ("in", "Sam Bample", "/chats/list/0/messages/0"),
        ("out", "Sam Bample", "/chats/list/0/messages/1"),
        ("in", "Choir", "/chats/list/1/messages/0"),
        ("out", "Choir", "/chats/list/1/messages/1"),
        ("in", "Old", "/left_chats/list/0/messages/0"),
    ]
    assert found.messages[0].recipients == (Identity("Robin Testcase", "telegram:user222"),)
    assert [one.thread for one in found.coverage] == ["Sam Bample", "Choir", "Old"]


def test_an_account_without_personal_information_is_told_by_its_chats_of_two():
    whole = account(chat(message(1), message(2, ROBIN)))
    del whole["personal_information"]
    found = read(whole)
    assert [one.direction for one in found.messages] == ["in", "out"]
    assert not found.questions


def test_a_deleted_account_keeps_its_number():
    found = read(chat(message(1, **{"from": None}), message(2, ROBIN), name=None))
    assert found.messages[0].sender == Identity(None, "telegram:user111")
    assert (found.messages[0].direction, found.messages[0].thread) == ("in", "user111")


def test_older_numbers_without_a_word_are_users():
    found = read(chat(message(1, from_id=SAM), message(2, ROBIN, from_id=ROBIN)))
    assert [(one.sender.key, one.direction) for one in found.messages] == [
        ("telegram:user111", "in"),
        ("telegram:user222", "out"),
    ]


def test_words_in_parts_are_joined_and_a_hidden_link_is_kept():
    parts = [
        "see ",
        {"type": "bold", "text": "this"},
        {"type": "text_link", "text": " page", "href": "https://example.org/x"},
    ]
    entities = [{"type": "plain", "text": "see "}, *parts[1:]]
    (one,) = read(chat(message(1, text=parts, text_entities=entities))).messages
    assert one.text == "see this page"
    assert one.extra["text_parts"] == parts
    assert "text_entities" not in one.extra


def test_a_forward_is_not_the_forwarders_own_words():
    found = read(chat(message(1, forwarded_from="Ash Madeup"), message(2, forwarded_from=None), message(3)))
    assert [(one.forwarded, one.extra.get("forwarded_from")) for one in found.messages] == [
        (True, "Ash Madeup"),
        (True, None),
        (False, None),
    ]


def test_an_edit_says_when_and_1970_says_never():
    edited = message(1, edited="2024-03-05T15:00:00", edited_unixtime="1709650800")
    never = message(2, edited="1970-01-01T01:00:00")
    with_file = message(3, edited_unixtime="1709650800", edited="2024-03-05T15:00:00", photo="photos/a.jpg")
    found = read(chat(edited, never, with_file)).messages
    assert [(one.kind, one.edited_at) for one in found] == [
        ("edited", at("2024-03-05T15:00:00")),
        ("text", None),
        ("media", at("2024-03-05T15:00:00")),
    ]


def test_a_reply_names_the_message_it_answers():
    found = read(chat(message(1), message(2, ROBIN, reply_to_message_id=1))).messages
    assert found[1].quoted_of == "1"
    assert found[0].extra["message_id"] == 1


@pytest.mark.parametrize(
    ("reason", "seconds", "who", "kind"),
    [
        ("missed", None, SAM, "call_missed"),
        ("busy", None, SAM, "call_rejected"),
        ("hangup", 62, SAM, "call_answered"),
        ("disconnect", 5, SAM, "call_answered"),
        ("disconnect", None, SAM, "unknown"),
        ("missed", None, ROBIN, "call_made"),
        ("hangup", 62, ROBIN, "call_made"),
    ],
)
def test_a_call_is_what_the_file_says_of_its_end(reason, seconds, who, kind):
    call = service(2, "phone_call", who, discard_reason=reason, **({"duration_seconds": seconds} if seconds else {}))
    one = read(chat(message(1), call)).messages[1]
    assert (one.kind, one.duration_s, one.extra["discard_reason"]) == (kind, seconds, reason)


def test_a_service_line_is_system_and_says_what_it_says():
    found = read(chat(service(1, "take_screenshot"), service(2, "set_messages_ttl", period=86400), message(3)))
    assert [one.kind for one in found.messages] == ["system", "system", "text"]
    assert found.messages[1].extra["period"] == 86400
    assert found.messages[0].sender.key == "telegram:user111"
    assert not found.unknown


def test_what_cannot_be_shown_is_unknown_and_has_no_time():
    (one,) = read(chat({"id": 1, "type": "unsupported"})).messages
    assert (one.kind, one.precision, one.at_earliest, one.direction) == ("unknown", "none", None, "unknown")


LEFT_OUT = "(File not included. Change data exporting settings to download.)"


@pytest.mark.parametrize(
    ("more", "kind", "name"),
    [
        ({"photo": "photos/a.jpg", "width": 5, "height": 5}, "media", "photos/a.jpg"),
        ({"photo": LEFT_OUT}, "media", None),
        ({"file": LEFT_OUT, "file_name": "plan.pdf", "mime_type": "application/pdf"}, "media", "plan.pdf"),
        ({"file": "(File exceeds maximum size. Change data exporting settings to download.)"}, "media", None),
        ({"file": "voice/1.ogg", "media_type": "voice_message", "duration_seconds": 4}, "media", "voice/1.ogg"),
        ({"photo": LEFT_OUT, "self_destruct_period_seconds": 5}, "view_once", None),
    ],
)
def test_a_file_left_out_is_named_and_never_said_to_be_there(more, kind, name):
    found = read(chat(message(1, text="", **more), message(2)))
    (media,) = found.messages[0].media
    assert (found.messages[0].kind, media.name, media.present) == (kind, name, False)
    assert not found.unknown


def test_places_polls_and_contacts_are_read():
    place = message(1, text="", location_information={"latitude": 51.5, "longitude": -3.2})
    poll = message(2, text="", poll={"question": "Where?", "closed": False, "total_voters": 1, "answers": []})
    contact = message(
        3, text="", contact_information={"first_name": "Ash", "last_name": "", "phone_number": "07700 900123"}
    )
    found = read(chat(place, poll, contact))
    assert [(one.kind, one.text) for one in found.messages] == [("location", None), ("text", "Where?"), ("media", None)]
    assert found.messages[0].extra["location_information"]["latitude"] == 51.5
    assert not found.unknown


def test_every_leaf_not_known_is_listed_by_its_pointer():
    odd = message(2, foo={"bar/x": [1, None, "y"]}, **{"from": 7, "text": "ok"})
    found = read(chat(message(1), odd, "no message", None, colour="red"))
    assert found.pointers() == [
        ("/messages/1/from", "unknown_leaf"),
        ("/messages/1/foo/bar~1x/0", "unknown_leaf"),
        ("/messages/1/foo/bar~1x/2", "unknown_leaf"),
        ("/messages/2", "unknown_leaf"),
        ("/colour", "unknown_leaf"),
    ]
    assert [one.text for one in found.messages] == ["hello", "ok"]


def test_a_doubled_key_is_listed():
    text = json.dumps(chat(message(1), message(2))).replace('"text": "hello"', '"text": "one", "text": "two"', 1)
    found = read(text.encode())
    assert [one.text for one in found.messages] == ["two", "hello"]
    assert found.pointers() == [("/messages/0/text", "unknown_leaf")]


def test_control_characters_that_telegram_writes_wrongly_are_read():
    text = json.dumps(chat(message(1, text="A?B"), message(2))).replace("A?B", r"A\x0BB")
    assert [one.text for one in read(text.encode()).messages] == ["A\x0bB", "hello"]


def test_a_gap_in_the_numbers_is_no_deletion():
    found = read(chat(message(1), message(90)))
    assert [one.kind for one in found.messages] == ["text", "text"]
    assert found.pointers() == []


# -- older exports: the exporting computer's clock


def test_without_unix_time_the_clock_is_assumed_to_be_london():
    found = read(clocks("2019-07-01T12:00:00", "2019-12-01T12:00:00"))
    assert [(one.at_earliest, one.zone_basis) for one in found.messages] == [
        (at("2019-07-01T11:00:00"), "device_assumed"),
        (at("2019-12-01T12:00:00"), "device_assumed"),
    ]
    assert not found.questions


def test_the_hour_that_came_twice_is_asked_when_the_order_does_not_tell():
    found = read(clocks("2019-10-27T00:50:00", "2019-10-27T01:30:00", "2019-10-27T01:40:00", "2019-10-27T02:10:00"))
    doubtful = found.messages[1]
    assert (doubtful.at_earliest, doubtful.at_latest) == (at("2019-10-27T00:30:00"), at("2019-10-27T01:30:00"))
    assert (doubtful.time_flags, doubtful.open) == (("dst_ambiguous",), ("clock_hour",))
    (question,) = found.questions
    assert (question.question, question.about, question.candidates) == ("clock_hour", "2019-10-27", ("first", "second"))
    assert "2019-10-27T01:30:00" in question.example
    assert [one.open for one in found.messages] == [(), ("clock_hour",), ("clock_hour",), ()]


def test_the_order_settles_the_hour_where_the_clock_fell():
    found = read(clocks("2019-10-27T01:10:00", "2019-10-27T01:50:00", "2019-10-27T01:05:00", "2019-10-27T01:06:00"))
    assert [one.at_earliest for one in found.messages] == [
        at("2019-10-27T00:10:00"),
        at("2019-10-27T00:50:00"),
        at("2019-10-27T01:05:00"),
        at("2019-10-27T01:06:00"),
    ]
    assert {one.time_flags for one in found.messages} == {("dst_ambiguous", "settled_by_order")}
    assert not found.questions


def test_a_clock_that_fell_twice_settles_nothing():
    found = read(clocks("2019-10-27T01:30:00", "2019-10-27T01:10:00", "2019-10-27T01:05:00"))
    assert {one.open for one in found.messages} == {("clock_hour",)}


@pytest.mark.parametrize(("answer", "hour"), [("first", "00"), ("second", "01")])
def test_an_answer_settles_one_night_only(answer, hour):
    nights = clocks("2018-10-28T01:30:00", "2019-10-27T01:30:00")
    answers = Answers([Answer("clock_hour", answer, about="2019-10-27")])
    found = read(nights, answers)
    assert found.messages[1].at_earliest == found.messages[1].at_latest == at(f"2019-10-27T{hour}:30:00")
    assert found.messages[1].zone_basis == "asked"
    assert [question.about for question in found.questions] == ["2018-10-28"]


def test_not_sure_keeps_the_hour_open_as_an_interval():
    found = read(clocks("2019-10-27T01:30:00"), answered(clock_hour="not_sure"))
    (one,) = found.messages
    assert (one.at_earliest, one.at_latest, one.open) == (at("2019-10-27T00:30:00"), at("2019-10-27T01:30:00"), ())
    assert not found.questions


def test_an_hour_that_did_not_exist_puts_the_zone_in_doubt():
    found = read(clocks("2019-03-31T01:30:00"))
    assert (found.messages[0].time_flags, found.messages[0].open) == (("dst_gap",), ("zone",))
    assert [question.question for question in found.questions] == ["zone"]
    told = read(clocks("2019-03-31T01:30:00"), answered(zone="Europe/Paris"))
    assert told.messages[0].at_earliest == at("2019-03-31T00:30:00")
    assert (told.messages[0].zone_basis, told.questions) == ("asked", [])


def test_one_message_without_unix_time_among_others_is_seen():
    found = read(chat(message(1), local("2019-10-27T01:30:00", 2), message(3)))
    assert [one.zone_basis for one in found.messages] == ["utc_in_file", "device_assumed", "utc_in_file"]
    assert [question.question for question in found.questions] == ["clock_hour"]


@pytest.mark.parametrize("bad", ["0", "-5", "x", "9" * 40, "1e3", ""])
def test_a_time_that_is_none_stays_empty(bad):
    (one,) = read(chat(message(1, date_unixtime=bad, date="0000-00-00T00:00:00"))).messages
    assert (one.at_earliest, one.precision) == (None, "none")


# -- the file itself


def test_a_zip_holds_the_files_and_what_is_not_there_is_not_said_to_be():
    messages = [message(1, text="", photo="photos/a.jpg"), message(2, photo="photos/gone.jpg")]
    members = {"Export/result.json": chat(*messages), "Export/photos/a.jpg": b"picture", "Export/notes.txt": b"beside"}
    found = read(zipped(**members, **{"other.txt": b"elsewhere"}))
    here, gone = (one.media[0] for one in found.messages)
    assert (here.present, here.size, gone.present) == (True, 7, False)
    assert {one.name: one.sha256 for one in found.attachments}["Export/photos/a.jpg"] == here.sha256
    assert {one.name for one in found.attachments} == {"Export/photos/a.jpg", "Export/notes.txt"}
    assert [one.place.member for one in found.unknown] == ["other.txt"]
    assert found.messages[0].place.member == "Export/result.json"


@pytest.mark.parametrize(
    "value",
    [
        {"messages": []},
        {"name": "x", "type": "y"},
        [1],
        {"participants": [], "messages": [{"sender_name": "x"}]},
        b"PK",
        b"",
    ],
)
def test_other_files_are_not_claimed(value):
    assert not FORMAT.claims(source_of(value))


def test_exports_are_claimed_by_what_stands_in_them():
    assert FORMAT.claims(source_of(chat(message(1)), "anything.json"))
    assert FORMAT.claims(source_of(account(chat(message(1)))))
    assert FORMAT.claims(zipped(**{"a/result.json": chat(message(1))}))


def test_a_file_cut_anywhere_gives_what_came_before():
    whole = chat(message(1), message(2, ROBIN, "né"), message(3))
    data = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    complete = read(data).messages
    for cut in range(len(data)):
        try:
            found = read(data[:cut])
        except NotReadable:
            continue
        got = [(one.text, one.at_earliest, one.sender) for one in found.messages]
        assert got == [(one.text, one.at_earliest, one.sender) for one in complete[: len(got)]]
        assert found.pointers()[-1][1] == "broken"


@given(st.data())
def test_a_flipped_bit_ends_plainly(data):
    text = bytearray(json.dumps(account(chat(message(1), message(2, ROBIN)))).encode())
    place = data.draw(st.integers(0, len(text) * 8 - 1))
    text[place // 8] ^= 1 << place % 8
    with contextlib.suppress(NotReadable):
        read(bytes(text))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=5))
def test_any_words_read_back_as_they_were(words):
    for ascii_only in (True, False):
        found = read(chat(*[message(number, text=word) for number, word in enumerate(words)]), ensure_ascii=ascii_only)
        assert [one.text for one in found.messages] == words
