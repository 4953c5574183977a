"""Traps met in real mails and mailboxes: odd dates, addresses, separators, forged hops, labels and encodings."""

from datetime import UTC, datetime, timedelta

import pytest

from joindots.evidence.readers.mail import FORMATS
from joindots.evidence.readers.mail.addresses import addresses
from joindots.evidence.readers.tests.mails import ENVELOPE, attachments, communications, mail, mbox, questions, read

AT = datetime(2022, 1, 3, 9, tzinfo=UTC)


def eml(*extra, **more):
    return read(mail(*extra, **more), FORMATS, name="one.eml")


def one(*extra, **more):
    (found,) = communications(eml(*extra, **more))
    return found


@pytest.mark.parametrize(
    "shown",
    [
        "Mon, 3 Jan 22 09(a comment):   00  :  00 -0000 (UTC)",
        "Mon (Monday), 3 (third (of Jan)) Jan 2022 09:00:00 +0000",
        r"Mon, 3 Jan 2022 09:00:00 GMT (an escaped \) one)",
        "Mon, 3 Jan 2022 10:00:00 GMT+0100",
        "Mon, 3 Jan 2022 10:00:00 GMT+01:00 (CET)",
        "Mon, 3 Jan 2022 10:00:00 +0100 CET",
        "Mon, 3 Jan 2022 09:00:00 +0000 GMT",
        "Mon, 3 Jan 2022 9:0:0 +0000",
        "Mon, 3 Jan 2022 9:00:00 AM +0000",
        "Monday, January 3, 2022 9:00:00 AM +0000",
        "Mon, Jan 3 2022 09:00:00 +0000",
        "2022/01/03 09:00:00 +0000",
        "3 Jan 2022, 09:00:00 +0000",
    ],
)
def test_an_odd_but_plain_date_is_read(shown):
    found = one(f"Date: {shown}")
    assert (found.at_earliest, found.at_latest, found.time_flags) == (AT, AT, ())


@pytest.mark.parametrize("shown", ["Mon, 3 Jan 2022 14:05:06 PM", "Mon, 3 Jan 2022 9:5 +0000",
                                   "Mon, 3 Jan 2022 09:00:00 +0000 EST"])  # fmt: skip
def test_a_date_that_contradicts_itself_is_none(shown):
    assert (one(f"Date: {shown}").at_earliest, one(f"Date: {shown}").time_flags) == (None, ("clock_suspect",))


def test_afternoon_is_no_zone():
    found = one("Date: Mon, 3 Jan 2022 2:05:06 PM")
    assert found.at_latest == datetime(2022, 1, 4, 2, 5, 6, tzinfo=UTC)
    assert found.at_latest - found.at_earliest == timedelta(hours=26)


@pytest.mark.parametrize(
    ("value", "shown", "key"),
    [
        ("Sam <@old.example,@way.example:sam@example.org>", "Sam <sam@example.org>", "mailto:sam@example.org"),
        ("Sam < (at home) sam@example.org >", "Sam <sam@example.org>", "mailto:sam@example.org"),
        ("Sam < sam . e @ example . org >", "Sam <sam.e@example.org>", "mailto:sam.e@example.org"),
        ("<sam@example.org> (Sam E)", "Sam E <sam@example.org>", "mailto:sam@example.org"),
        ("mailto:sam@example.org", "sam@example.org", "mailto:sam@example.org"),
        ('"Sam" sam@example.org', "Sam sam@example.org", "mailto:sam@example.org"),
        ("MAILER-DAEMON (Mail Delivery System)", "MAILER-DAEMON (Mail Delivery System)", None),
        ("Sam <sam@example.org> <lee@example.org>", "Sam <sam@example.org> <lee@example.org>", None),
        ('"lee@example.org" <>', "lee@example.org", None),
    ],
)
def test_an_odd_address_is_read_or_left_without_a_key(value, shown, key):
    assert [(found.shown, found.key) for found in addresses(value)] == [(shown, key)]


def test_an_empty_address_is_nobody():
    assert addresses("<>") == ()


def test_a_mailbox_without_blank_lines_between_its_mails_loses_none():
    data = b"".join(f"{ENVELOPE}\n".encode() + mail(f"Message-ID: <{number}@example.org>") for number in range(3))
    found = communications(read(data, FORMATS))
    assert [one.place.pointer for one in found] == [f"<{number}@example.org>" for number in range(3)]
    assert {one.text for one in found} == {"why are you ignoring me"}


@pytest.mark.parametrize(
    "words", ["look:\n\nFrom sam@example.org\nTo: me\nhe wrote\n", f"look:\n{ENVELOPE}\nTo: me\n\nhe wrote\n"]
)
def test_words_that_look_like_the_start_of_a_mail_are_no_mail(words):
    (found,) = communications(read(mbox(mail(body=words)), FORMATS))
    assert found.text == words.rstrip("\n")


HOPS = "Received: from x by mx.example.net; {}\nReceived: from y by x; {}"


def test_a_hop_forged_below_the_true_ones_does_not_date_the_mail():
    found = one(HOPS.format("Mon, 3 Jan 2022 09:00:05 +0000", "Sun, 2 Jan 2000 09:00:00 +0000"))
    assert (found.at_earliest, found.time_flags) == (AT + timedelta(seconds=5), ("clock_suspect",))


def test_a_mail_that_waited_for_days_keeps_its_first_hop_in_doubt():
    found = one(HOPS.format("Fri, 7 Jan 2022 09:00:00 +0000", "Mon, 3 Jan 2022 09:00:02 +0000"))
    assert (found.at_earliest, found.time_flags) == (AT + timedelta(seconds=2), ("clock_suspect",))


def test_a_hop_without_a_date_casts_no_doubt():
    found = one("Received: from x by mx.example.net")
    assert (found.at_earliest, found.time_flags) == (AT, ())


def gmail(*mails):
    return communications(read(mbox(*mails), FORMATS))


def test_what_gmail_calls_sent_is_out_under_whatever_address_it_was_sent():
    to_maya = mail("X-Gmail-Labels: Inbox", "Delivered-To: maya@example.net", "From: sam@example.org", header=())
    sent = [mail("X-Gmail-Labels: Sent", f"From: {name}@example.net", header=()) for name in ("maya", "maya.work")]
    assert [found.direction for found in gmail(to_maya, *sent)] == ["in", "out", "out"]


@pytest.mark.parametrize(
    "address", ["maya.example@gmail.com", "Maya.Example@googlemail.com", "mayaexample+x@gmail.com"]
)
def test_one_gmail_mailbox_goes_by_several_addresses(address):
    delivered = mail("Delivered-To: mayaexample@gmail.com")
    found = gmail(delivered, mail(f"From: {address}", "Received: from home by mx; Mon, 3 Jan 2022 09:00:00 +0000"))
    assert [one.direction for one in found] == ["in", "out"]


@pytest.mark.parametrize("label", ["Drafts", "Sent"])
def test_a_label_that_came_with_the_mail_is_the_senders_word(label):
    forged = mail("Received: from x by mx; Mon, 3 Jan 2022 09:00:00 +0000", f"X-Gmail-Labels: {label}")
    items = read(mbox(forged), FORMATS)
    (found,) = communications(items)
    assert (found.kind, found.direction, [asked.question for asked in questions(items)]) == (
        "text",
        "unknown",
        ["owner"],
    )


@pytest.mark.parametrize("encoding", ["quoted-printable (as sent)", "Quoted-Printable;", "quoted-printable; x=y"])
def test_an_encoding_with_something_behind_it_is_undone(encoding):
    assert one(f"Content-Transfer-Encoding: {encoding}", body="a=3Db\n").text == "a=b"


def test_a_page_names_its_own_letters_where_the_mail_does_not():
    page = '<html><head><meta charset="koi8-r"></head><p>Привет</p>'.encode("koi8-r")
    assert one("Content-Type: text/html", body=page).text == "Привет"


def test_a_mail_or_a_calendar_inside_is_called_what_it_is():
    body = b"--b\nContent-Type: message/rfc822\n\n" + mail() + b"\n--b\nContent-Type: text/calendar\n\nx\n--b--\n"
    items = eml("Content-Type: multipart/mixed; boundary=b", body=body)
    assert [kept.type for kept in attachments(items)] == ["message/rfc822", "text/calendar"]


def test_lines_ended_as_on_an_old_macintosh_are_not_taken_for_one_long_sender():
    source = mail().replace(b"\n", b"\r")
    with pytest.raises(StopIteration):
        read(source, FORMATS, name="one.eml")


@pytest.mark.parametrize(
    ("field", "key"),
    [("X-Mozilla-Status: 0009", "mozilla_status"), ("Status: RO", "status"), ("X-Status: D", "x_status"),
     ("Resent-From: lee@example.org", "resent_from"), ("Resent-Date: Tue, 4 Jan 2022 09:00:00 +0000", "resent_date"),
     ("Disposition-Notification-To: sam@example.org", "receipt_asked_to")],
)  # fmt: skip
def test_what_a_mail_program_or_a_second_sender_noted_is_kept_as_given(field, key):
    found = one(field)
    assert (found.extra[key], found.at_earliest) == (field.partition(": ")[2], AT)
