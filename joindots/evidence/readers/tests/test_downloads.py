"""Whole downloads of Telegram, Meta and Snapchat as a person brings them: the messages read, the rest named."""

from __future__ import annotations

from typing import Any

import pytest

from joindots.evidence.readers.meta import FORMAT as META
from joindots.evidence.readers.records import NOT_A_FAULT
from joindots.evidence.readers.snapchat import FORMAT as SNAPCHAT
from joindots.evidence.readers.telegram import FORMAT as TELEGRAM
from joindots.evidence.readers.tests.json_files import Reading, answered, reading, zipped
from joindots.evidence.readers.tests.test_meta import ROBIN, SAM, hidden, secret, thread
from joindots.evidence.readers.tests.test_meta import message as posted
from joindots.evidence.readers.tests.test_telegram import chat, message

OWNER = {"user_id": 222, "first_name": "Robin", "last_name": "Testcase", "phone_number": "+44 7700 900222", "bio": ""}


def account(*chats: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An export of the whole account, in the order in which the app writes it."""
    return {
        "about": "Here is the data you requested. Remember: Telegram is ad free.",
        "personal_information": OWNER,
        "profile_pictures": [{"date": "2024-03-05T14:05:06", "photo": "profile_pictures/a.jpg"}],
        "stories": [],
        "contacts": {"about": "x", "list": [{"user_id": 7, "first_name": "Sam", "phone_number": "+44 7700 900007"}]},
        "frequent_contacts": {"about": "x", "list": [{"id": 7, "category": "people", "rating": 1.5}]},
        "other_data": {"drafts": [{"chat": 7}], "chats": {"list": [1]}},
        "sessions": {"about": "x", "list": [{"last_ip": "192.0.2.1"}]},
        "web_sessions": {"about": "x", "list": []},
        "chats": {"about": "x", "list": list(chats)},
        **more,
    }


def without_fault(found: Reading) -> bool:
    return all(one.why in NOT_A_FAULT for one in found.unknown)


# -- Telegram


def test_the_parts_of_an_account_that_hold_no_messages_are_named_and_no_fault():
    found = reading(TELEGRAM, account(chat(message(1))))
    assert found.pointers() == [
        ("/profile_pictures", "not_read"),
        ("/stories", "not_read"),
        ("/contacts", "not_read"),
        ("/frequent_contacts", "not_read"),
        ("/other_data", "not_read"),
        ("/sessions", "not_read"),
        ("/web_sessions", "not_read"),
    ]
    assert len(found.messages) == 1


def test_a_part_of_an_account_that_nobody_knows_is_still_not_understood():
    found = reading(TELEGRAM, account(chat(message(1)), secret_diary=[{"text": "x"}]))
    assert ("/secret_diary/0/text", "unknown_leaf") in found.pointers()


def test_an_account_without_its_own_information_is_claimed_by_its_other_parts():
    value = account(chat(message(1)))
    del value["personal_information"]
    value["contacts"]["list"] *= 3000
    assert TELEGRAM.claims(zipped(**{"DataExport_2024-03-05/result.json": value}))


def test_the_files_of_the_chats_are_kept_and_those_of_the_account_are_named():
    members = {
        "Data/result.json": account(chat(message(1, photo="chats/chat_001/photos/a.jpg"))),
        "Data/chats/chat_001/photos/a.jpg": b"here",
        "Data/chats/chat_001/photos/b.jpg": b"beside",
        "Data/profile_pictures/a.jpg": b"own",
        "Data/css/style.css": b"x",
    }
    found = reading(TELEGRAM, zipped(**members))
    assert found.messages[0].media[0].present
    assert {one.name for one in found.attachments} == {
        "Data/chats/chat_001/photos/a.jpg",
        "Data/chats/chat_001/photos/b.jpg",
    }
    assert {one.place.member for one in found.unknown if not one.place.pointer} == {
        "Data/profile_pictures/a.jpg",
        "Data/css/style.css",
    }
    assert without_fault(found)


def test_the_chat_with_oneself_tells_whose_account_it_is():
    own = {"type": "saved_messages", "id": 222, "messages": [message(1, 222)]}
    found = reading(TELEGRAM, own)
    assert [(one.direction, one.open) for one in found.messages] == [("out", ())]
    group = {**chat(message(2), message(3, 222)), "type": "private_group"}
    value = account(group, own)
    del value["personal_information"]
    found = reading(TELEGRAM, value)
    assert [one.direction for one in found.messages] == ["in", "out", "out"]
    assert not found.questions


def test_a_chat_with_oneself_that_the_owner_never_wrote_in_proves_nothing():
    found = reading(TELEGRAM, {"type": "saved_messages", "id": 222, "messages": [message(1)]})
    assert [one.question for one in found.questions] == ["owner"]


def test_a_group_with_a_message_of_nobody_still_asks():
    nobody = {"id": 5, "type": "service", "date": "2024-03-05T14:05:06", "date_unixtime": "1709647506",
              "action": "send_payment", "text": "", "text_entities": []}  # fmt: skip
    group = {**chat(message(1), nobody), "type": "private_group"}
    value = account(group)
    del value["personal_information"]
    assert [one.question for one in reading(TELEGRAM, value).questions] == ["owner"]


def test_a_chat_of_nothing_but_calls_tells_whose_it_is():
    call = {"id": 1, "type": "service", "date": "2024-03-05T14:05:06", "date_unixtime": "1709647506", "text": "",
            "actor": "Sam", "actor_id": "user123", "action": "phone_call", "discard_reason": "missed"}  # fmt: skip
    found = reading(TELEGRAM, {"name": "Sam", "type": "personal_chat", "id": 123, "messages": [call]})
    assert [(one.kind, one.direction) for one in found.messages] == [("call_missed", "in")]
    assert not found.questions


def test_a_polls_question_in_parts_is_its_words():
    parts = [{"type": "plain", "text": "Tea or "}, {"type": "bold", "text": "coffee"}]
    poll = {"question": parts, "closed": False, "total_voters": 0, "answers": []}
    assert reading(TELEGRAM, chat(message(1, text="", poll=poll))).messages[0].text == "Tea or coffee"


@pytest.mark.parametrize(
    ("number", "key"),
    [(4367563, "user4367563"), ((1 << 32) + 12, "chat12"), ((2 << 32) + 1234, "channel1234")],
)
def test_a_bare_number_of_older_exports_tells_a_user_from_a_group(number, key):
    group = {**chat(message(1, from_id=number)), "type": "private_supergroup"}
    assert reading(TELEGRAM, group).messages[0].sender.key == f"telegram:{key}"


# -- Meta

FACEBOOK = "your_activity_across_facebook/"


def test_an_ordinary_download_has_no_fault_and_names_what_it_does_not_read():
    box = f"{FACEBOOK}messages/inbox/sam_1/"
    members = {
        box + "message_1.json": thread(posted(1)),
        box + "photos/1.jpg": b"x",
        f"{FACEBOOK}messages/autofill_information.json": {"x": 1},
        f"{FACEBOOK}messages/stickers_used/1.png": b"x",
        f"{FACEBOOK}posts/media/2.jpg": b"x",
        "ads_information/advertisers.json": {"x": 1},
        "personal_information/profile_information/profile_information.json": {"x": 1},
    }
    found = reading(META, zipped("facebook-x.zip", **members))
    assert without_fault(found)
    assert {one.name for one in found.attachments} == {
        box + "photos/1.jpg",
        f"{FACEBOOK}messages/stickers_used/1.png",
    }
    named = {one.place.member for one in found.unknown}
    assert named | {one.name for one in found.attachments} | {box + "message_1.json"} == set(members)


@pytest.mark.parametrize(
    "name",
    [
        "messages/sam_1/message.json",
        "messages/inbox/sam_1/message.json",
        "your_facebook_activity/messages/legacy_threads/sam_1/message_1.json",
        "sam_1/message_1.json",
        "message_1.json",
        "a/b/c/inbox/sam_1/message_2.json",
    ],
)
def test_a_thread_is_found_wherever_it_stands(name):
    found = reading(META, zipped(**{name: thread(posted(1)), "readme.txt": b"x"}))
    assert [(one.text, one.place.member) for one in found.messages] == [("hello", name)]


def test_two_downloads_in_one_zip_keep_their_names():
    members = {f"{one}/messages/inbox/sam_1/message_1.json": thread(posted(1)) for one in
               ("your_facebook_activity", "your_instagram_activity", "old")}  # fmt: skip
    found = reading(META, zipped(**members))
    assert [one.channel for one in found.messages] == ["messenger", "instagram", "other"]


def test_a_thread_packed_by_itself_finds_its_pictures():
    uri = "your_facebook_activity/messages/inbox/sam_1/photos/1.jpg"
    members = {"sam_1/message_1.json": thread(posted(1, photos=[{"uri": uri}])), "sam_1/photos/1.jpg": b"here"}
    (one,) = reading(META, zipped(**members)).messages
    assert (one.media[0].name, one.media[0].present, one.media[0].size) == (uri, True, 4)


def test_the_encrypted_download_keeps_the_media_beside_its_folder():
    members = {
        "messages/Sam_7.json": secret(hidden(1, type="media", text="", media=[{"uri": "./media/a.jpeg"}])),
        "media/a.jpeg": b"here",
        "media/b.jpeg": b"beside",
    }
    found = reading(META, zipped("messages.zip", **members))
    assert found.messages[0].media[0].present
    assert {one.name for one in found.attachments} == {"media/a.jpeg", "media/b.jpeg"}
    assert without_fault(found)


def test_whoever_never_answered_can_still_be_named_as_the_owner():
    found = reading(META, thread(posted(1), posted(2)))
    (question,) = found.questions
    assert question.candidates == (SAM, ROBIN)
    assert [one.count for one in question.details] == [2, 0]
    answer = reading(META, thread(posted(1)), answered(owner=ROBIN))
    assert [one.direction for one in answer.messages] == ["in"]
    assert not answer.questions


@pytest.mark.parametrize(
    ("words", "kind", "to_robin"),
    [
        ("Sam started a video chat", "unknown", "unknown"),
        ("Sam Bample started an audio call", "unknown", "unknown"),
        ("Video chat ended", "system", "system"),
        ("Ash started a video chat", "text", "text"),
        ("Sam started a fight", "text", "text"),
    ],
)
def test_a_call_told_by_its_wording_is_no_message(words, kind, to_robin):
    assert [one.kind for one in reading(META, thread(posted(1, content=words))).messages] == [kind]
    answer = answered(owner=ROBIN)
    assert [one.kind for one in reading(META, thread(posted(1, content=words)), answer).messages] == [to_robin]


def test_a_call_that_the_owner_began_is_a_call_made():
    made = thread(posted(1, who=ROBIN, content="You started an audio call"))
    assert [one.kind for one in reading(META, made, answered(owner=ROBIN)).messages] == ["call_made"]


# -- Snapchat


def test_calls_of_newer_downloads_have_no_fault_and_sessions_are_no_contact():
    call = {"Date & Time": "2024-03-05 14:05:06 UTC", "Type": "VIDEO", "People in Chat": 2, "Result": "Call Received",
            "City": "London", "Country": "GB", "Length (sec)": 58, "Network": "WIFI"}  # fmt: skip
    session = {"Date & Time": "2024-03-05 14:05:06 UTC", "Length (sec)": 5, "Network": "WIFI"}
    value = {"Outgoing Calls": [], "Incoming Calls": [call], "Completed Calls": [call], "Chat Sessions": [session],
             "Game Sessions": []}  # fmt: skip
    found = reading(SNAPCHAT, value, name="talk_history.json")
    assert not found.unknown
    assert [(one.kind, one.direction) for one in found.messages] == [
        ("call_answered", "in"),
        ("call_answered", "unknown"),
        ("system", "unknown"),
    ]
    assert found.messages[0].extra["People in Chat"] == 2


@pytest.mark.parametrize(
    "stamp",
    ["2024-03-05 14:05:06 UTC", "2024/03/05 14:05:06 UTC", "2024-03-05T14:05:06Z", "2024-3-5 14:5:6 UTC",
     "2024-03-05 14:05:06 GMT", "2024-03-05T14:05:06.250+00:00"],
)  # fmt: skip
def test_a_snapchat_time_in_utc_is_read_however_it_is_written(stamp):
    row = {"From": "sam_bample", "Media Type": "Text", "Created": stamp, "Content": "hello", "IsSender": False}
    (one,) = reading(SNAPCHAT, {"sam_bample": [row]}, name="chat_history.json").messages
    assert (one.kind, one.at_shown, f"{one.at_earliest:%Y-%m-%d %H:%M:%S}") == ("text", stamp, "2024-03-05 14:05:06")


def test_a_snapchat_time_without_a_zone_is_none():
    row = {"From": "sam_bample", "Media Type": "TEXT", "Created": "2024-03-05 14:05:06", "Content": "hello"}
    (one,) = reading(SNAPCHAT, {"sam_bample": [row]}, name="chat_history.json").messages
    assert (one.at_earliest, one.precision) == (None, "none")


def test_a_whole_snapchat_download_has_no_fault():
    row = {"From": "sam_bample", "Media Type": "TEXT", "Created": "2024-03-05 14:05:06 UTC", "Content": "hello",
           "Conversation Title": None, "IsSender": False, "Created(microseconds)": 1709647506000, "IsSaved": True,
           "Media IDs": ""}  # fmt: skip
    members = {
        "index.html": b"<html>",
        "html/chat_history.html": b"<html>",
        "json/chat_history.json": {"sam_bample": [row]},
        "json/account.json": {"Basic Information": {"Username": "robin"}},
        "json/friends.json": {"Friends": [], "Blocked Users": [{"Username": "sam_bample"}]},
        "memories/2024-03-05_x-main.jpg": b"own",
    }
    found = reading(SNAPCHAT, zipped("mydata~1.zip", **members))
    assert [one.text for one in found.messages] == ["hello"]
    assert without_fault(found)
    assert {one.place.member for one in found.unknown} == set(members) - {"json/chat_history.json"}
