"""What a pack once said wrongly, or left out, held right since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from joindots.chronology.rules.document import chronology_of
from joindots.chronology.tests.making import START, record, source
from joindots.evidence.readers.records import Attachment, Identity, Media, Place, Question
from joindots.kernel.when import Precision, When

SAM = Identity("Sam Example <sam@example.org>", "mailto:sam@example.org")


def made(*sources, **given):
    return chronology_of(sources, **given).document


def payment(seq, words, pence=1, sender=None, open_=("their_payments",)):
    return record(
        seq, channel="payment", kind="payment", thread=None, sender=Identity(sender), amount_pence=pence, text=words,
        at_earliest=START, at_latest=START + timedelta(hours=2), precision="day", certainty_of_sender="claimed",
        extra={"order": "bank"}, open=open_,
    )  # fmt: skip


def test_the_words_of_a_mended_text_are_shown_and_not_the_code_of_the_mending():
    alone = made(source(record(0, text="caf\u00e9", text_mended="latin1_as_utf8")))
    assert alone.entries[0].words == "caf\u00e9"
    assert any("mended" in line for line in alone.entries[0].lines)
    bundle = made(source(*(record(n, n, text=f"caf\u00e9 {n}", text_mended="latin1_as_utf8") for n in range(3))))
    assert [one.words for one in bundle.messages] == ["caf\u00e9 0", "caf\u00e9 1", "caf\u00e9 2"]


def test_a_mails_subject_stands_beside_its_words():
    mail = record(
        0, channel="email", sender=SAM, text="words", extra={"subject": "I know where you are", "mailer": "x"}
    )
    document = made(source(mail))
    assert "Subject: I know where you are." in document.entries[0].lines
    assert next(iter(document.rows))["beside"] == "Subject: I know where you are"


def test_mails_inside_a_mail_are_said_with_their_heads_and_words_however_deep():
    deep = {"from": "a@example.org", "text": "the first one"}
    inside = {
        "from": "sam@example.org",
        "to": "maya@example.net",
        "subject": "again",
        "text": "answer me",
        "mails_inside": [deep],
    }
    document = made(source(record(0, channel="email", sender=SAM, text="see below", extra={"mails_inside": [inside]})))
    said = " ".join(document.entries[0].lines)
    assert "Mail inside, from sam@example.org, to maya@example.net, subject again: answer me" in said
    assert "Mail inside, from a@example.org: the first one" in said


def test_everything_a_person_wrote_in_a_row_of_a_log_is_shown():
    row = record(
        0, channel="log", kind="incident", sender=Identity(), thread=None, direction="unknown", text="stood outside",
        extra={"where": "Home", "witnesses": "Mum", "reported": "101, ref 42", "Weather": "rain", "count_from": "what"},
    )  # fmt: skip
    assert set(made(source(row)).entries[0].lines) >= {
        "Where: Home.", "Witnesses: Mum.", "Reported: 101, ref 42.", "Weather: rain.",
    }  # fmt: skip
    assert not any("count_from" in line for line in made(source(row)).entries[0].lines)


def test_what_stands_beside_words_that_are_kept_back_is_kept_back_too():
    mail = record(0, channel="email", sender=SAM, extra={"subject": "secret"}, direction="among_others")
    document = made(source(mail))
    assert "secret" not in repr((document.entries, list(document.rows), document.values))


def test_a_call_of_which_the_way_is_not_known_is_a_call():
    call = record(
        0, channel="call", kind="unknown", direction="unknown", sender=Identity(), thread=None, text=None,
        extra={"other_side": "Sam"},
    )  # fmt: skip
    assert made(source(call)).entries[0].title == "Call with Sam; which way is not known"


def test_files_are_no_acts_whose_time_could_be_missing():
    file = record(
        0, channel="file", kind="media", at_earliest=None, at_latest=None, precision="none", thread=None, text=None
    )
    document = made(source(file, record(1)))
    assert not any(line.startswith("When ") for line in document.cannot_show)


def test_until_it_is_said_whose_payments_are_hers_only_small_sums_with_words_are_shown():
    question = Question("a" * 64, "s.csv", "their_payments", "Which?", ("Sam", "Acme Payroll"), "Acme Payroll SALARY")
    rows = [
        payment(0, "WHY", sender="Sam"),
        payment(1, "SALARY", 195_000, "Acme Payroll"),
        payment(2, "", 1, "Nil Ltd"),
    ]
    document = made(source(*rows, questions=[question]))
    assert [entry.words for entry in document.entries] == ["WHY"]
    held = list(document.rows)[1]
    assert (held["counted_as"], held["when"], held["amount_pence"]) == ("kept back", "Time not known", None)
    everything = repr((document.entries, list(made(source(*rows)).rows), document.values, document.questions))
    assert not [word for word in ("SALARY", "Acme", "1950", "Nil Ltd") if word in everything]
    picked = made(
        source(*(payment(n, w, p, s, ()) for n, (w, p, s) in enumerate([("HO", 5_000, "Sam"), ("HI", 1, "Sam")])))
    )
    assert len(picked.entries) == 2


def test_payments_without_a_payer_are_joined_only_once_they_were_picked():
    words = ["SAM HI", "INTEREST"]
    assert len(made(source(*(payment(n, one) for n, one in enumerate(words)))).entries) == 2
    (entry,) = made(source(*(payment(n, one, open_=()) for n, one in enumerate(words)))).entries
    assert entry.words == "SAM HI INTEREST"


@pytest.mark.parametrize("open_", [("columns",), ()])
def test_rows_of_a_table_that_nobody_explained_are_no_contact_and_are_not_shown(open_):
    row = record(
        0, channel="other", kind="unknown", direction="unknown", sender=Identity(), thread=None, text=None,
        extra={"Column 1": "1234.56"}, open=open_,
    )  # fmt: skip
    document = made(source(row))
    assert document.entries == () and "1234.56" not in repr(list(document.rows))


def test_a_picture_sent_for_a_row_not_picked_is_not_enclosed():
    row = record(0, open=("columns",), channel="other", kind="unknown", media=(Media("a.png", True, "b" * 64, 5),))
    one = source(row, attachments=[Attachment("a.png", "b" * 64, 5, Place())])
    assert all(exhibit.why_not for exhibit in chronology_of([one]).exhibits)


def span(start, end, precision=Precision.RANGE):
    return When(*(datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (start, end)), precision).says()


def test_a_span_within_a_day_says_its_hours():
    assert span("2025-03-15T20:30:00", "2025-03-15T21:30:59") == "Sat 15 Mar 2025, between 20:30 and 21:30"
    assert span("2025-06-14T23:00:00", "2025-06-15T22:59:59") == "Sun 15 Jun 2025"


def test_a_span_over_days_says_its_hours_only_where_it_has_some():
    night = span("2025-01-09T19:00:00", "2025-01-10T05:59:59", Precision.PART_OF_DAY)
    assert night == "Between Thu 9 Jan 2025, 19:00 and Fri 10 Jan 2025, 05:59"
    assert span("2025-01-09T00:00:00", "2025-01-11T23:59:59") == "Between Thu 9 Jan 2025 and Sat 11 Jan 2025"
