"""The demo's files hold exactly what the story says: counted by the readers, as anybody's file would be."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from PIL import ExifTags, Image

from joindots.chronology.rules.acts import acts_of, order
from joindots.chronology.rules.bundles import runs_of_messages
from joindots.chronology.rules.given import Held
from joindots.config.demo.files import OTHERS, STORY, large, log, photos, small
from joindots.evidence.readers import Answer, Answers, Communication, Item, Question, Source, read
from joindots.evidence.readers.duplicates import Spool
from joindots.evidence.readers.records import NOT_CONTACT, NotUnderstood

LONDON = ZoneInfo("Europe/London")
REFUSED = datetime(2025, 6, 26, 18, 2, tzinfo=UTC)
OWNERS = {
    large.NAME: "Harriet Lowe",
    "WhatsApp Chat - Graham Next Door.zip": "Sunita Vale",
    "facebook-gail.zip": "Gail Prior",
}
RECORDED = ("choir-chat-a.zip", "choir-chat-b.zip", "sms.xml", "calls.xml", "statement.csv", "her-log.xlsx")
GAP = (date(2025, 10, 10), date(2025, 10, 24))


@cache
def items(name: str, *, answered: bool = True) -> tuple[Item, ...]:
    data = (STORY | OTHERS)[name]()
    given = (
        Answer("owner", OWNERS.get(name, "Maya Ellwood")), Answer("their_payments", ["C R PRYCE"]),
        Answer("clock_hour", "not_sure"),
    )  # fmt: skip
    return tuple(read(Source.from_bytes(name.split("/")[-1], data), Answers(given if answered else ())))


def records(name: str) -> list[Communication]:
    return [item for item in items(name) if isinstance(item, Communication)]


def messages(name: str) -> list[Communication]:
    return [one for one in records(name) if one.kind not in NOT_CONTACT]


def payments() -> list[Communication]:
    """Those by the person she named: of what else stands in the statement nothing is read."""
    return [one for one in records("statement.csv") if "kept_back" not in one.extra]


def grouped() -> Iterator[Communication]:
    """Both exports of the chat, their repeats grouped."""
    spool = Spool()
    for name in ("choir-chat-a.zip", "choir-chat-b.zip"):
        for one in records(name):
            spool.add(one)
    yield from spool.grouped()


@cache
def chat() -> tuple[Communication, ...]:
    """The chat with repeats counted once, in order of time."""
    once: dict[str, Communication] = {}
    for one in grouped():
        if one.kind not in NOT_CONTACT:
            once.setdefault(one.dup_group or one.id, one)
    return tuple(sorted(once.values(), key=lambda one: one.at_earliest or datetime.max.replace(tzinfo=UTC)))


def local_day(one: Communication) -> date:
    assert one.at_earliest is not None
    return one.at_earliest.astimezone(LONDON).date()


@pytest.mark.parametrize("name", [*STORY, *OTHERS])
def test_a_file_is_the_same_each_time_and_nothing_in_it_is_not_understood(name: str):
    make = (STORY | OTHERS)[name]
    assert make() == make()
    assert [item for item in items(name) if isinstance(item, NotUnderstood) and item.why != "headings"] == []


def test_the_two_exports_together_hold_3404_messages_3333_of_his_and_71_of_hers():
    assert len(chat()) == 3404
    assert Counter(one.direction for one in chat()) == {"in": 3333, "out": 71}
    assert {one.sender.shown for one in chat()} == {"Callum: tenor", "Maya Ellwood"}
    assert (local_day(chat()[0]), local_day(chat()[-1])) == (date(2025, 6, 10), date(2025, 11, 12))


def test_the_exports_overlap_and_neither_holds_all():
    a, b = messages("choir-chat-a.zip"), messages("choir-chat-b.zip")
    assert max(map(local_day, a)) == date(2025, 11, 5)
    assert max(map(local_day, b)) == date(2025, 11, 12)
    assert min(map(local_day, b)) >= date(2025, 9, 1)
    assert len(a) < 3404 > len(b)
    assert len(a) + len(b) > 3404


def test_her_messages_are_66_replies_one_refusal_and_four_later_ones_that_each_ask_him_to_stop():
    hers = [one for one in chat() if one.direction == "out"]
    before, refusal, later = hers[:66], hers[66], hers[67:]
    assert {local_day(one) for one in before} <= {date(2025, 6, day) for day in range(11, 26)}
    assert (refusal.at_earliest, refusal.text) == (REFUSED, "Please don't message me again.")
    assert len(later) == 4
    assert all("stop" in (one.text or "").lower() for one in later)
    assert not any("stop" in (one.text or "").lower() for one in before)


def test_his_messages_before_she_said_no_are_the_first_and_46_more():
    his = [one for one in chat() if one.direction == "in" and one.at_earliest < REFUSED]
    assert (his[0].text, local_day(his[0])) == ("You have a lovely voice. I knew you noticed me.", date(2025, 6, 10))
    assert len(his[1:]) == 46
    assert {local_day(one) for one in his[1:]} <= {date(2025, 6, day) for day in range(11, 26)}


def test_d01_stands_on_line_3_of_the_first_export():
    first = messages("choir-chat-a.zip")[0]
    assert (first.place.line, first.at_shown) == (3, "10/06/2025, 21:14")
    assert first.text == "You have a lovely voice. I knew you noticed me."


def test_d10_stands_in_the_hour_that_came_twice_and_both_readings_stay():
    (light,) = [one for one in chat() if one.text == "I can see your light."]
    assert light.at_shown == "26/10/2025, 01:30"
    assert "dst_ambiguous" in light.time_flags
    assert light.at_earliest == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert light.at_latest == datetime(2025, 10, 26, 1, 30, 59, tzinfo=UTC)
    asked = [one for one in items("choir-chat-a.zip", answered=False) if isinstance(one, Question)]
    assert [(one.question, one.about) for one in asked] == [("owner", None), ("clock_hour", "2025-10-26")]
    assert asked[0].candidates == ("Callum: tenor", "Maya Ellwood")


@pytest.mark.parametrize("name", RECORDED)
def test_no_source_records_anything_while_her_phone_was_broken(name: str):
    days = {local_day(one) for one in records(name) if one.at_earliest and one.precision not in ("range", "none")}
    assert not [day for day in days if GAP[0] <= day <= GAP[1]]
    if name.startswith("choir-chat"):
        assert {date(2025, 10, 9), date(2025, 10, 25)} <= days


def test_212_texts_from_the_new_number_begin_on_1_september_and_three_drafts_were_never_sent():
    kinds = Counter((one.kind, one.direction) for one in records("sms.xml"))
    assert kinds == {("text", "in"): 212, ("draft", "out"): 3}
    assert {one.sender.key for one in messages("sms.xml")} == {"tel:+447700900177"}
    assert min(map(local_day, messages("sms.xml"))) == date(2025, 9, 1)


def test_163_calls_151_withheld_160_missed_three_answered():
    calls = records("calls.xml")
    assert len(calls) == 163
    assert Counter(one.certainty_of_sender for one in calls) == {"withheld": 151, "account_shown": 12}
    assert {one.sender.key for one in calls if one.certainty_of_sender != "withheld"} == {"tel:+447700900177"}
    assert Counter(one.kind for one in calls) == {"call_missed": 160, "call_answered": 3}


def test_d06_is_14_withheld_calls_where_her_log_says_about_twelve():
    weekend = [one for one in records("calls.xml") if date(2025, 8, 23) <= local_day(one) <= date(2025, 8, 25)]
    assert len(weekend) == 14
    assert {one.certainty_of_sender for one in weekend} == {"withheld"}
    (told,) = [one for one in records("her-log.xlsx") if one.extra["kind_of_act"] == "calls"]
    assert (told.count, told.count_about) == (12, True)


def test_nine_payments_of_a_penny_and_nothing_of_other_peoples_money():
    shown = payments()
    assert len(shown) == 9
    assert {(one.amount_pence, one.sender.shown) for one in shown} == {(1, "C R PRYCE")}
    first = min(shown, key=lambda one: one.at_earliest)
    assert "LOOK UP" in (first.text or "")
    assert local_day(first) == date(2025, 9, 12)
    assert len({local_day(one) for one in shown}) == 9
    others = [one for one in records("statement.csv") if "kept_back" in one.extra]
    assert len(others) > 40
    assert {(one.text, one.amount_pence, one.sender.shown) for one in others} == {(None, None, None)}


def test_the_statement_is_newest_first_and_has_a_balance_that_no_record_carries():
    rows = list(csv.DictReader(io.StringIO(STORY["statement.csv"]().decode())))
    days = [datetime.strptime(row["Date"], "%d/%m/%Y").replace(tzinfo=UTC) for row in rows]
    assert days == sorted(days, reverse=True)
    told = repr(items("statement.csv"))
    assert not [row["Balance"] for row in rows if row["Balance"] in told]


def test_her_log_has_61_rows_nine_of_them_vague_and_rows_7_and_11_are_the_storys():
    rows = records("her-log.xlsx")
    assert len(rows) == 61 == log.ROWS
    assert Counter(one.extra["kind_of_act"] for one in rows) == log.KINDS
    assert len([one for one in rows if one.precision not in ("minute", "day")]) == 9
    by_row = {one.place.pointer: one for one in rows}
    tuesdays = by_row["Log!7"]
    assert tuesdays.at_shown == "every Tuesday in July 2025 (all but one, I think)"
    assert (tuesdays.precision, local_day(tuesdays)) == ("range", date(2025, 7, 1))
    flowers = by_row["Log!11"]
    assert (flowers.at_shown, flowers.precision) == ("Sat 9 Aug 2025, about teatime", "part_of_day")
    assert flowers.sender.shown == "I am fairly sure it was Callum"


def test_photo_2_was_taken_at_16_52_on_9_august_within_what_the_log_says():
    (photo,) = records("photos/photo-02.jpg")
    flowers = next(one for one in records("her-log.xlsx") if one.place.pointer == "Log!11")
    assert photo.at_earliest.astimezone(LONDON).strftime("%d %b %Y %H:%M") == "09 Aug 2025 16:52"
    assert flowers.at_earliest <= photo.at_earliest <= flowers.at_latest


def test_d11_the_warning_and_the_tag_in_the_wheel_arch():
    (warning,), (tag,) = records("photos/photo-08.jpg"), records("photos/photo-09.jpg")
    assert f"{warning.at_earliest:%d %b %H:%M}" == "30 Oct 18:48"
    assert timedelta(minutes=30) < tag.at_earliest - warning.at_earliest < timedelta(minutes=60)


def test_14_photographs_two_with_a_place_and_each_with_a_thumbnail():
    placed = [name for name in photos.PHOTOS if "place" in records(f"photos/{name}")[0].extra]
    assert len(photos.PHOTOS) == 14
    assert placed == ["photo-04.jpg", "photo-14.jpg"]
    where = records("photos/photo-14.jpg")[0].extra["place"]
    assert (float(where["lat"]), float(where["lon"])) == pytest.approx(photos.LARCH_CLOSE, abs=1e-5)
    for name in photos.PHOTOS:
        exif = Image.open(io.BytesIO(STORY[f"photos/{name}"]())).getexif()
        inside = exif.get_ifd(ExifTags.IFD.IFD1)
        assert inside[0x0202] > 500
        block = exif.tobytes()
        assert block


def test_the_thumbnail_inside_a_photograph_opens_by_itself():
    data = STORY["photos/photo-02.jpg"]()
    start = data.index(b"\xff\xd8", 2)
    with Image.open(io.BytesIO(data[start:])) as inside:
        assert inside.size == photos.THUMB


def test_westmarch_lists_1200_suspects_one_under_another_spelling_and_one_relative():
    rows = list(csv.DictReader(io.StringIO(STORY["westmarch.csv"]().decode())))
    assert len(rows) == 1200 == len({row["Reference"] for row in rows})
    alike = {
        row["Name"]: (row["Date of birth"], row["Phone"])
        for row in rows
        if "900177" in row["Phone"] or "Pryce" in row["Name"]
    }
    alike |= {row["Name"]: (row["Date of birth"], row["Phone"]) for row in rows if row["Name"] == "Kallum PRICE"}
    assert alike == {"Kallum PRICE": ("14/03/1991", "07700 900177"), "Colm R Pryce": ("02/11/1964", "07700 900178")}


def runs_after_the_refusal() -> int:
    """Of messages, by the chronology's own rule of bundles, over the chat and the texts."""
    found = [Held(number, 0, one) for number, one in enumerate(chat())]
    found += [Held(len(found) + number, 1, one) for number, one in enumerate(messages("sms.xml"))]
    acts = sorted((act for act in acts_of(found) if act.c.at_earliest > REFUSED), key=order)
    return len(list(runs_of_messages(acts)))


def runs_of_calls() -> int:
    """Withheld or shown, each no more than an hour after the one before."""
    runs = 0
    for sender in ("withheld", "account_shown"):
        times = sorted(one.at_earliest for one in records("calls.xml") if one.certainty_of_sender == sender)
        runs += 1 + sum(later - sooner > timedelta(hours=1) for sooner, later in pairwise(times))
    return runs


def test_after_she_said_no_his_messages_came_in_171_runs_and_the_calls_in_48():
    assert (runs_after_the_refusal(), runs_of_calls()) == (171, 48)


def test_the_large_chat_holds_60000_messages():
    assert len(messages(large.NAME)) == large.MESSAGES == 60_000
    asked = [one.question for one in items(large.NAME, answered=False) if isinstance(one, Question)]
    assert asked == ["owner"]


@pytest.mark.parametrize("name", small.FILES)
def test_each_small_file_is_read_as_its_own_form(name: str):
    channels = {one.channel for one in records(name)}
    wanted = {
        "result.json": "telegram", "facebook-gail.zip": "messenger", "chat_history.json": "snapchat", "fan-mail.mbox": "email",
        "WhatsApp Chat - Graham Next Door.zip": "whatsapp", "+447700900214.txt": "imessage", "network-calls.csv": "call",
        "statement.ofx": "payment", "paper-diary.csv": "log",
    }  # fmt: skip
    assert channels == {wanted[name]}
