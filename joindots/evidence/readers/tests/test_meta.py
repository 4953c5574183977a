"""The rules of reading Messenger and Instagram downloads."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers.meta import FORMAT
from joindots.evidence.readers.meta.mend import mended
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Identity
from joindots.evidence.readers.tests.json_files import answered, reading, source_of, zipped

SAM, ROBIN, ASH = "Sam Bample", "Róbin Testcase", "Ash Madeup"
START = 1_709_647_500_000
INBOX = "your_facebook_activity/messages/inbox/sam_1/"
FLAGS = {"is_geoblocked_for_viewer": False, "is_unsent_image_by_messenger_kid_parent": False}


def spoilt(text):
    """As the ordinary download writes it."""
    return text.encode().decode("latin-1")


def message(number, who=SAM, content="hello", **more):
    base = {"sender_name": spoilt(who), "timestamp_ms": START + number * 60_000, "content": content and spoilt(content)}
    return {key: value for key, value in (base | FLAGS | more).items() if value is not None}


def thread(*messages, people=(SAM, ROBIN), **more):
    """Newest first, and the head partly behind the messages, as Meta writes it."""
    return {
        "participants": [{"name": spoilt(name)} for name in people],
        "messages": list(messages)[::-1],
        "title": spoilt(people[0]),
        "is_still_participant": True,
        "thread_path": "inbox/sam_1",
        "magic_words": [],
    } | more


def secret(*messages, people=(SAM, ROBIN), **more):
    return {"participants": list(people), "threadName": "Sam Bample_40", "messages": list(messages)[::-1]} | more


def hidden(number, who=SAM, text="hello", **more):
    base = {"isUnsent": False, "media": [], "reactions": [], "senderName": who, "text": text}
    return base | {"timestamp": START + number * 60_000, "type": "text"} | more


def read(value, answers=None, **how):
    return reading(FORMAT, value, answers, **({"name": "message_1.json"} | how))


def download(**members):
    return zipped(**{INBOX + "message_1.json": thread(message(1)), **members})


def test_messages_come_in_the_files_order_with_names_and_words_mended():
    found = read(thread(message(1, content="café 😡"), message(2, ROBIN, "no")))
    assert not found.unknown
    assert [(one.sender.shown, one.text, one.text_mended) for one in found.messages] == [
        (ROBIN, "no", None),
        (SAM, "café 😡", "latin1_as_utf8"),
    ]
    last = found.messages[1]
    assert last.at_earliest == last.at_latest == datetime(2024, 3, 5, 14, 6, tzinfo=UTC)
    assert (last.at_shown, last.zone_basis, last.precision) == ("1709647560000", "utc_in_file", "second")
    assert (last.thread, last.place.pointer, last.seq) == (SAM, "/messages/1", 1)
    assert last.recipients == (Identity(ROBIN),)
    assert (last.sender.key, last.direction, last.open) == (None, "unknown", ("owner",))


def test_the_owner_is_asked_with_counts_and_dates():
    (question,) = read(thread(message(1), message(2), message(3, ROBIN))).questions
    assert (question.question, question.candidates) == ("owner", (SAM, ROBIN))
    assert [(one.count, one.first) for one in question.details] == [(2, "2024-03-05"), (1, "2024-03-05")]


def test_an_answer_gives_directions():
    found = read(thread(message(1), message(2, ROBIN)), answered(owner=ROBIN))
    assert [(one.direction, one.open) for one in found.messages] == [("out", ()), ("in", ())]
    assert not found.questions
    unsure = read(thread(message(1)), answered(owner="not_sure"))
    assert ([one.direction for one in unsure.messages], unsure.questions) == (["unknown"], [])


def test_an_answer_that_names_nobody_is_no_answer():
    found = read(thread(message(1)), answered(owner="Nobody Here"))
    assert [(one.direction, one.open) for one in found.messages] == [("unknown", ("owner",))]
    assert [question.question for question in found.questions] == ["owner"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_written_as_latin_1_come_back(text):
    assert mended(spoilt(text)) == text


@pytest.mark.parametrize("right", ["café", "naïve", "😡", "ŵ", "£5", "Ã", "plain", "è vero", "😡 Ã©"])
def test_words_that_are_right_already_stay(right):
    assert mended(right) == right


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=4))
def test_words_read_back_through_the_whole_reader(words):
    found = read(thread(*[message(number, content=word) for number, word in enumerate(words)]))
    assert [one.text for one in found.messages] == words[::-1]


def test_half_an_emoji_is_marked_and_can_be_written():
    text = json.dumps(thread(message(1, content="x?y"))).replace("x?y", r"x\ud83dy")
    (one,) = read(text.encode()).messages
    assert (one.text, one.text_mended) == ("x\ufffdy", "characters_lost")


def test_reactions_stand_in_extra_mended_and_are_no_records():
    found = read(
        thread(message(1, reactions=[{"reaction": spoilt("😡"), "actor": spoilt(ROBIN), "timestamp": 1_709_647_600}]))
    )
    assert len(found.messages) == 1
    assert found.messages[0].extra["reactions"] == [{"reaction": "😡", "actor": ROBIN, "timestamp": 1_709_647_600}]


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"photos": [{"uri": "messages/photos/1.jpg", "creation_timestamp": 1}]}, "media"),
        ({"content": None, "sticker": {"uri": "stickers/1.png", "ai_stickers": []}}, "media"),
        ({"content": None, "audio_files": [{"uri": "a.mp4"}]}, "media"),
        ({"content": None, "share": {"link": "https://example.org/x"}}, "text"),
        ({"content": "The call ended.", "call_duration": 62}, "call_answered"),
        ({"content": "You missed a call from Sam.", "call_duration": 0}, "call_missed"),
        ({"content": "Sam a essayé", "call_duration": 0, "missed": True}, "call_missed"),
        ({"content": "The call ended.", "call_duration": 0}, "unknown"),
        ({"content": "Sam unsent a message", "is_unsent": True}, "unsent"),
        ({"content": None, "is_taken_down": True}, "deleted"),
        ({"content": "Sam left the group.", "type": "Unsubscribe"}, "system"),
        ({"content": "Sam left the group."}, "text"),
        ({"content": None}, "unknown"),
    ],
)
def test_a_message_is_what_its_members_say(more, kind):
    found = read(thread(message(1, **more)))
    (one,) = found.messages
    assert one.kind == kind
    assert not found.unknown
    assert one.duration_s == more.get("call_duration")


def test_a_call_by_the_owner_is_a_call_made():
    (one,) = read(thread(message(1, ROBIN, call_duration=5)), answered(owner=ROBIN)).messages
    assert one.kind == "call_made"


def test_every_leaf_not_known_is_listed_by_its_pointer():
    odd = message(1, foo={"x": [1]}, photos=["a.jpg"], call_duration="long")
    found = read(thread(odd, people=(SAM, ROBIN)) | {"extra_key": "y", "participants": [{"name": SAM, "id": 5}, 7]})
    assert sorted(found.pointers()) == sorted(
        (place, "unknown_leaf")
        for place in (
            "/messages/0/foo/x/0",
            "/messages/0/photos/0",
            "/messages/0/call_duration",
            "/extra_key",
            "/participants/0/id",
            "/participants/1",
        )
    )


def test_more_than_two_people_are_a_group():
    (one,) = read(thread(message(1), people=(SAM, ROBIN, ASH), title="Choir")).messages
    assert (one.extra["group"], one.thread, one.recipients) == (True, "Choir", (Identity(ROBIN), Identity(ASH)))


@pytest.mark.parametrize(
    ("folder", "channel"),
    [
        ("your_facebook_activity", "messenger"),
        ("your_instagram_activity", "instagram"),
        ("your_activity_across_facebook", "messenger"),
    ],
)
def test_the_folder_tells_which_of_the_two_it_is(folder, channel):
    uri = f"{folder}/messages/inbox/sam_1/photos/1.jpg"
    single = read(thread(message(1), message(2, photos=[{"uri": uri}])))
    assert {one.channel for one in single.messages} == {channel}
    packed = read(zipped(**{f"{folder}/messages/inbox/sam_1/message_1.json": thread(message(1))}))
    assert [one.channel for one in packed.messages] == [channel]


def test_where_nothing_tells_nothing_is_guessed():
    (one,) = read(thread(message(1))).messages
    assert (one.channel, one.extra["family"]) == ("other", "meta")
    old = {"messages/inbox/sam_1/message_1.json": thread(message(1))}
    assert read(zipped(**old)).messages[0].channel == "other"
    assert read(zipped("instagram-samexample-2024-03-05-ab12.zip", **old)).messages[0].channel == "instagram"


def test_seconds_of_the_oldest_downloads_are_told_by_size():
    old = {"sender_name": SAM, "timestamp": START // 1000, "content": "x"}
    (one,) = read(thread() | {"messages": [old]}).messages
    assert one.at_earliest == datetime(2024, 3, 5, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize("bad", [0, -1, 10**30, "soon", True, 1e12])
def test_a_time_that_is_none_stays_empty(bad):
    found = read(thread(message(1, timestamp_ms=bad)))
    assert (found.messages[0].at_earliest, found.messages[0].precision) == (None, "none")


# -- the whole download


def test_all_folders_count_requests_first_of_all():
    parts = {
        f"your_facebook_activity/messages/{folder}/t_{number}/message_1.json": thread(message(number, content=folder))
        for number, folder in enumerate(
            ("inbox", "archived_threads", "message_requests", "filtered_threads", "e2ee_cutover")
        )
    }
    found = read(zipped(**parts))
    assert [one.text for one in found.messages] == [
        "inbox", "archived_threads", "message_requests", "filtered_threads", "e2ee_cutover",
    ]  # fmt: skip
    assert len(found.coverage) == 1  # one name, one thread
    assert not found.unknown


def test_parts_of_a_thread_are_read_by_number():
    parts = {
        f"{INBOX}message_{number}.json": thread(message(20 - number, content=str(number))) for number in (10, 2, 1)
    }
    found = read(zipped(**parts))
    assert [one.text for one in found.messages] == ["1", "2", "10"]
    assert [one.place.member for one in found.messages] == [f"{INBOX}message_{number}.json" for number in (1, 2, 10)]
    assert [one.seq for one in found.messages] == [0, 1, 2]


def test_a_picture_in_the_zip_is_kept_and_one_that_is_not_is_only_named():
    here, gone = INBOX + "photos/1.jpg", INBOX + "photos/2.jpg"
    messages = thread(message(1, photos=[{"uri": here}]), message(2, photos=[{"uri": gone}]))
    found = read(
        download(
            **{INBOX + "message_1.json": messages, here: b"picture", INBOX + "photos/3.jpg": b"x", "ads/a.json": {}}
        )
    )
    second, first = (one.media[0] for one in found.messages)
    assert (first.present, first.size, second.present, second.name) == (True, 7, False, gone)
    assert {one.name for one in found.attachments} == {here, INBOX + "photos/3.jpg"}
    assert [one.place.member for one in found.unknown] == ["ads/a.json"]


def test_whoever_is_in_every_thread_is_offered_first_and_still_asked():
    parts = {
        f"your_facebook_activity/messages/inbox/t_{name}/message_1.json": thread(
            message(1, name), message(2, name), message(3, ROBIN), people=(name, ROBIN)
        )
        for name in (SAM, ASH)
    }
    (question,) = read(zipped(**parts)).questions
    assert question.candidates[0] == ROBIN
    assert set(question.candidates) == {SAM, ASH, ROBIN}


def test_the_ordinary_download_says_that_encrypted_chats_are_elsewhere():
    found = read(thread(message(1)))
    assert [one.limits for one in found.coverage] == [("encrypted_chats_separate",)]


# -- encrypted chats


def test_the_encrypted_form_is_read_and_its_words_are_right_already():
    found = read(secret(hidden(1, text="Ã©"), hidden(2, ROBIN)))
    assert not found.unknown
    assert [(one.sender.shown, one.channel, one.kind) for one in found.messages] == [
        (ROBIN, "messenger", "text"),
        (SAM, "messenger", "text"),
    ]
    assert (found.messages[1].text, found.messages[1].text_mended) == ("Ã©", None)
    assert [one.limits for one in found.coverage] == [()]
    assert found.messages[1].at_earliest == datetime(2024, 3, 5, 14, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"isUnsent": True, "text": ""}, "unsent"),
        ({"type": "media", "text": "", "media": [{"uri": "./media/1.jpg"}]}, "media"),
        ({"type": "media", "text": "", "media": [{"uri": "Failed to download media"}]}, "media"),
        ({"type": "placeholder", "text": ""}, "unknown"),
        ({"type": "link", "text": "https://example.org/x"}, "text"),
    ],
)
def test_an_encrypted_message_is_what_its_members_say(more, kind):
    found = read(secret(hidden(1, **more)))
    assert (found.messages[0].kind, found.unknown) == (kind, [])
    assert not any(media.present for media in found.messages[0].media)


def test_the_encrypted_zip_finds_its_media_beside_the_file():
    parts = {
        "Sam Bample_40.json": secret(hidden(1, type="media", text="", media=[{"uri": "./media/1.jpg"}])),
        "Ash_41.json": secret(people=(ASH, ROBIN)),
        "media/1.jpg": b"picture",
        "other_1.json": {"x": 1},
    }
    found = read(zipped(**parts))
    assert found.messages[0].media[0].present
    assert [one.name for one in found.attachments] == ["media/1.jpg"]
    assert [one.place.member for one in found.unknown] == ["other_1.json"]
    assert len(found.coverage) == 1


# -- the file itself


@pytest.mark.parametrize(
    "value", [{}, [], {"messages": []}, {"name": "x", "type": "personal_chat", "id": 1, "messages": []}, b"", b"{"]
)
def test_other_files_are_not_claimed(value):
    assert not FORMAT.claims(source_of(value))


def test_downloads_are_claimed_by_what_stands_in_them():
    assert FORMAT.claims(source_of(thread(message(1)), "x.json"))
    assert FORMAT.claims(source_of(thread(), "x.json"))
    assert FORMAT.claims(source_of(secret(hidden(1)), "x.json"))
    assert FORMAT.claims(download())
    assert FORMAT.claims(zipped(**{"Sam_1.json": secret(hidden(1))}))
    assert not FORMAT.claims(zipped(**{"Sam_1.json": {"x": 1}}))


def test_a_file_cut_anywhere_gives_what_came_before():
    data = json.dumps(thread(message(1), message(2, ROBIN), message(3)), indent=1).encode()
    complete = [one.at_earliest for one in read(data).messages]
    for cut in range(len(data)):
        try:
            found = read(data[:cut])
        except NotReadable:
            continue
        assert [one.at_earliest for one in found.messages] == complete[: len(found.messages)]
        assert found.pointers()[-1][1] == "broken"


def test_a_damaged_file_in_a_zip_leaves_the_others():
    found = read(download(**{"your_facebook_activity/messages/inbox/ash_2/message_1.json": b'{"participants": [{"na'}))
    assert len(found.messages) == 1
    (broken,) = found.unknown
    assert (broken.place.member, broken.why) == ("your_facebook_activity/messages/inbox/ash_2/message_1.json", "broken")


def test_a_long_file_is_read_twice_and_gives_the_same(monkeypatch):
    value = thread(message(1), message(2, ROBIN, "😡"))
    held = read(value).items
    monkeypatch.setattr("joindots.evidence.readers.meta.threads.HELD", 10)
    assert read(value).items == held
