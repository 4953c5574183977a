from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from joindots.chronology.rules.document import chronology_of
from joindots.chronology.rules.times import when_of
from joindots.chronology.tests.making import CALLUM, MAYA, PRIYA, START, record, source
from joindots.evidence.readers.records import Identity, Media
from joindots.kernel.when import Precision


def made(*sources, **given):
    return chronology_of(sources, **given).document


def test_forty_one_messages_in_forty_eight_minutes_are_one_entry_with_the_messages_in_the_annex():
    chat = [record(n, n * 48 / 40) for n in range(38)]
    chat += [record(38 + n, (38 + n) * 48 / 40, direction="out", sender=MAYA) for n in range(3)]
    document = made(source(*chat))
    (entry,) = document.entries
    assert entry.title == "41 messages in 48 minutes"
    assert entry.lines[0] == "38 from Callum Pryce, 3 from Maya (the phone's owner)."
    assert entry.when == "Tue 10 Jun 2025, 21:00:00 to 21:48:00"
    assert entry.messages == (1, 41)
    assert [message.words for message in document.messages] == [f"words {n}" for n in range(41)]


def test_a_pause_of_ten_minutes_ends_a_bundle():
    near = made(source(*(record(n, m) for n, m in enumerate((0, 9.9, 19.8)))))
    far = made(source(*(record(n, m) for n, m in enumerate((0, 10, 20)))))
    assert [entry.title for entry in near.entries] == ["3 messages in 20 minutes"]
    assert [entry.title for entry in far.entries] == ["Message from Callum Pryce"] * 3


def test_two_messages_stand_alone_with_their_words():
    document = made(source(record(0, 0), record(1, 1)))
    assert [entry.words for entry in document.entries] == ["words 0", "words 1"]
    assert list(document.messages) == []


def test_two_conversations_at_one_time_are_two_bundles():
    other = {"thread": "Choir", "sender": PRIYA}
    document = made(source(*(record(n, n / 2, **(other if n % 2 else {})) for n in range(6))))
    assert len(document.entries) == 2


def test_drafts_failed_and_system_lines_are_never_contact_and_a_changed_number_is_a_notice():
    chat = source(
        record(0, 0, kind="system", text="Callum changed their phone number. Tap to message the new number."),
        record(1, 1, kind="system", text="Messages are encrypted."),
        record(2, 2, kind="draft"),
        record(3, 3, kind="failed"),
        record(4, 4),
    )
    document = made(chat)
    assert [entry.title for entry in document.entries] == ["Notice by the app", "Message from Callum Pryce"]
    assert "not counted" in document.entries[0].kind
    assert figures(document)["Acts of contact"] == 1
    assert [row["counted_as"] for row in document.rows] == ["not contact"] * 4 + ["contact"]


def test_one_act_in_two_sources_is_counted_once_with_both_places():
    first = source(record(0, 0, dup_group="g"), name="hers.txt")
    second = source(record(0, 0, dup_group="g", source_file="b" * 64), name="his.txt", mark="b")
    document = made(first, second)
    (entry,) = document.entries
    assert figures(document)["Acts of contact"] == 1
    assert entry.sources == ("hers.txt, line 1", "also in his.txt, line 1")
    assert [row["counted_as"] for row in document.rows] == ["contact", "same act"]


def test_equal_messages_in_one_source_are_as_many_acts():
    document = made(source(*(record(n, 0, text="?") for n in range(5))))
    assert figures(document)["Acts of contact"] == 5


def test_small_payments_of_one_payer_and_day_are_joined_in_the_statements_order():
    day = {"precision": "day", "at_earliest": START, "at_latest": START + timedelta(hours=3), "thread": None}
    words = ["LOOK", "UP", "NOW"]
    statement = source(
        *(
            record(n, 0, channel="payment", kind="payment", text=text, amount_pence=1, currency="GBP", **day)
            for n, text in enumerate(words)
        )
    )
    (entry,) = made(statement).entries
    assert entry.words == "LOOK UP NOW"
    assert entry.title == "3 payments from Callum Pryce, £0.03 in all"
    assert "The order is the bank's." in entry.lines[0]


def test_unknown_times_come_last_and_never_become_a_clock_time():
    nowhen = {"at_earliest": None, "at_latest": None, "precision": "time_only", "at_shown": "teatime", "thread": None}
    document = made(source(record(0, **nowhen), record(1, 5)))
    assert [entry.heading for entry in document.entries] == ["June 2025", "Time not known"]
    assert document.entries[1].when == "Time not known (teatime)"
    assert document.entries[1].mark == "about"


def test_a_time_of_day_without_a_day_is_unknown_with_its_wording():
    when = when_of(record(precision="time_only", at_shown="23:10"))
    assert (when.earliest, when.precision, when.given) == (None, Precision.UNKNOWN, "23:10")


def test_an_open_day_order_shows_both_days_and_bundles_only_what_both_readings_allow():
    def either(n):
        low = datetime(2025, 2, 3, 22, n, tzinfo=UTC)
        return record(n, at_earliest=low, at_latest=datetime(2025, 3, 2, 22, n, 59, tzinfo=UTC), precision="minute",
                      open=("date_order",))  # fmt: skip

    document = made(source(*(either(n) for n in range(4))))
    (entry,) = document.entries
    assert "or" in entry.when and "3 Feb" in entry.when and "2 Mar" in entry.when
    assert entry.title == "4 messages in 3 minutes"
    assert entry.mark == "about"
    assert "question that touches it is open" in entry.certainty


def test_messages_known_only_to_the_day_never_get_a_length():
    day = {"precision": "day", "at_earliest": START, "at_latest": START + timedelta(hours=3)}
    (entry,) = made(source(*(record(n, 0, **day) for n in range(4)))).entries
    assert entry.title == "4 messages, times of day not known"


def test_a_call_says_who_and_how_long():
    call = record(0, channel="call", kind="call_answered", thread=None, text=None, duration_s=125)
    hidden = record(1, 600, channel="call", kind="call_missed", thread=None, text=None, sender=Identity(),
                    certainty_of_sender="withheld")  # fmt: skip
    first, second = made(source(call, hidden)).entries
    assert first.title == "Answered call from Callum Pryce, 2 min 5 s"
    assert second.title == "Missed call from a withheld number"
    assert "who called is not known" in second.lines[0]


def test_files_of_messages_are_exhibits_named_in_their_entry():
    photo = Media("photo.jpg", True, "c" * 64, 10, "image/jpeg")
    chronology = chronology_of([source(record(0, media=(photo,)))])
    (entry,) = chronology.document.entries
    assert [(one.number, one.name) for one in chronology.exhibits] == [(1, "chat.txt"), (2, "photo.jpg")]
    assert entry.exhibits == (2,)


KINDS = st.sampled_from(["text", "media", "system", "draft", "failed", "deleted", "call_missed", "incident", "payment"])


@given(
    st.lists(st.tuples(KINDS, st.integers(0, 500), st.sampled_from([None, "g1", "g2"]), st.integers(1, 3)), max_size=40)
)
def test_the_figures_are_those_of_the_table(parts):
    records = []
    for n, (kind, minute, group, count) in enumerate(parts):
        channel = {"call_missed": "call", "incident": "log", "payment": "payment"}.get(kind, "whatsapp")
        records.append(record(n, minute, kind=kind, channel=channel, dup_group=group, count=count))
    document = made(source(*records))
    rows = list(document.rows)
    assert figures(document)["Records read"] == len(rows) == len(parts)
    assert figures(document)["Acts of contact"] == sum(row["count"] for row in rows if row["counted_as"] == "contact")
    assert all(row["entry"] is None for row in rows if row["counted_as"] == "not contact")
    assert all(row["entry"] for row in rows if row["counted_as"] != "not contact")
    numbers = [message.number for message in document.messages]
    assert numbers == list(range(1, len(numbers) + 1))


@given(st.lists(st.integers(0, 3_000), max_size=30))
def test_the_order_of_entries_does_not_hang_on_how_records_came(minutes):
    records = [record(n, minute) for n, minute in enumerate(minutes)]
    starts = [entry.when for entry in made(source(*records)).entries]
    assert starts == [entry.when for entry in made(source(*sorted(records, key=lambda c: c.at_earliest))).entries]


def figures(document):
    return {count.says: count.count for count in document.counts}


def test_callum_is_who_the_samples_say():
    assert CALLUM.key == "tel:+447700900123"
