"""One mail: who it claims to be from, when it came, what it says, what it carries; doubts kept, nothing raised."""

import base64
import email
from datetime import UTC, datetime, timedelta

import fast_mail_parser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.mail import FORMATS
from joindots.evidence.readers.tests.mails import (
    Shelf,
    attachments,
    communications,
    mail,
    not_understood,
    questions,
    read,
)

AT = datetime(2022, 1, 3, 9, tzinfo=UTC)


def eml(*extra, answers=Answers(), media=None, **more):  # noqa: B008 - it holds nothing
    return read(mail(*extra, **more), FORMATS, answers, "one.eml", media)


def one(*extra, **more):
    (found,) = communications(eml(*extra, **more))
    return found


def part(*headers, body=b"", boundary="b"):
    return f"--{boundary}\n".encode() + "".join(f"{line}\n" for line in headers).encode() + b"\n" + body + b"\n"


# -- when


def test_the_date_of_a_mail_without_servers_is_its_own():
    found = one()
    assert (found.at_earliest, found.at_latest, found.precision, found.zone_basis) == (
        AT,
        AT,
        "second",
        "offset_in_file",
    )
    assert (found.at_shown, found.time_flags) == ("Mon, 3 Jan 2022 09:00:00 +0000", ())


def test_the_first_server_to_take_a_mail_says_when_it_came():
    found = one(
        "Received: from b by c; Mon, 3 Jan 2022 10:02:00 +0100",
        "Received: from a by b;\n Mon, 3 Jan 2022 04:01:30 -0500 (EST)",
    )
    assert found.at_earliest == AT + timedelta(seconds=90)
    assert found.at_shown == "Mon, 3 Jan 2022 09:00:00 +0000"
    assert found.extra["date_header"] == "Mon, 3 Jan 2022 09:00:00 +0000"
    assert found.extra["received_first"].startswith("from a by b;")
    assert found.time_flags == ()


def test_a_sender_whose_clock_is_a_day_off_is_marked_and_the_server_believed():
    found = one("Date: Fri, 3 Jan 2020 09:00:00 +0000", "Received: from a by b; Mon, 3 Jan 2022 09:00:00 +0000")
    assert (found.at_earliest, found.time_flags) == (AT, ("clock_suspect",))
    assert found.at_shown == "Fri, 3 Jan 2020 09:00:00 +0000"


@pytest.mark.parametrize(
    ("shown", "at", "basis"),
    [
        ("Mon, 3 Jan 2022 09:00:00 -0000", AT, "utc_in_file"),
        ("3 Jan 2022 09:00:00 GMT", AT, "offset_in_file"),
        ("Mon, 3 Jan 22 04:00:00 EST", AT, "offset_in_file"),
        ("Monday, 03-Jan-22 09:00:00 GMT", AT, "offset_in_file"),
        ("Mon, 3 Jan 122 09:00:00 +0000", AT, "offset_in_file"),
        ("Mon Jan  3 09:00:00 2022 +0000", AT, "offset_in_file"),
        ("2022-01-03T09:00:00Z", AT, "offset_in_file"),
        ("2022-01-03 10:00:00+01:00", AT, "offset_in_file"),
        ("Mon, 03 Jan 2022 14:45:00 +0545", AT, "offset_in_file"),
        ("Wed, 3 Jan 96 09:00:00 +0000", datetime(1996, 1, 3, 9, tzinfo=UTC), "offset_in_file"),
    ],
)
def test_every_form_of_date_is_read_to_the_second(shown, at, basis):
    found = one(f"Date: {shown}")
    assert (found.at_earliest, found.at_latest, found.zone_basis, found.time_flags) == (at, at, basis, ())


def test_a_date_without_seconds_covers_its_minute():
    found = one("Date: Mon, 3 Jan 2022 09:00 +0000")
    assert (found.at_earliest, found.at_latest, found.precision) == (AT, AT + timedelta(seconds=59), "minute")


@pytest.mark.parametrize(
    "shown",
    ["03/01/2022 09:00", "Mon, 31 Feb 2022 09:00:00 +0000", "Mon, 3 Jan 2022 25:00:00 +0000", "yesterday",
     "Mon, 3 Jan 2022 09:00:00 +9900", "Thu, 1 Jan 1970 00:00:00 +0000", "Mon, 3 janv. 2022 09:00:00 +0100",
     "Mon, 3 Jan 2022 09:00:00 +0000 and then some", "", "Fri, 31 Dec 9999 23:59:59 -1200"],
)  # fmt: skip
def test_a_broken_date_is_no_date_and_is_marked(shown):
    found = one(f"Date: {shown}")
    assert (found.at_earliest, found.at_latest, found.precision) == (None, None, "none")
    assert (found.at_shown, found.time_flags) == (shown, ("clock_suspect",))


def test_no_date_at_all_is_no_time():
    found = one(header=("From: sam@example.org", "Subject: x"))
    assert (found.at_earliest, found.at_shown, found.time_flags) == (None, None, ())


def test_a_weekday_that_is_not_that_days_is_marked():
    assert one("Date: Fri, 3 Jan 2022 09:00:00 +0000").time_flags == ("clock_suspect",)


@pytest.mark.parametrize("zone", ["", " BST", " XYZ"])
def test_a_date_without_a_zone_leaves_every_zone_open_and_asks(zone):
    items = eml(f"Date: Wed, 3 Aug 2022 09:00:00{zone}")
    found = communications(items)[0]
    assert found.at_earliest == datetime(2022, 8, 2, 19, tzinfo=UTC)
    assert found.at_latest == datetime(2022, 8, 3, 21, tzinfo=UTC)
    assert (found.precision, found.zone_basis, "zone" in found.open) == ("range", "none", True)
    assert "zone" in [question.question for question in questions(items)]


def test_a_date_without_a_zone_is_settled_by_the_answer():
    items = eml("Date: Wed, 3 Aug 2022 09:00:00", answers=Answers([Answer("zone", "Europe/London")]))
    found = communications(items)[0]
    assert found.at_earliest == found.at_latest == datetime(2022, 8, 3, 8, tzinfo=UTC)
    assert (found.zone_basis, "zone" in found.open) == ("asked", False)


# -- who


@pytest.mark.parametrize(
    ("value", "shown", "key"),
    [
        ("Sam Example <sam@example.org>", "Sam Example <sam@example.org>", "mailto:sam@example.org"),
        ('"Example, Sam" <sam@EXAMPLE.org>', "Example, Sam <sam@EXAMPLE.org>", "mailto:sam@example.org"),
        ("sam@example.org (Sam Example)", "Sam Example <sam@example.org>", "mailto:sam@example.org"),
        ("=?utf-8?B?Wm/Dqw==?= =?utf-8?Q?_Example?= <z@example.org>", "Zoë Example <z@example.org>", "mailto:z@example.org"),
        ("=?utf-8?Q?Zo=C3?= =?utf-8?Q?=AB?= <z@example.org>", "Zoë <z@example.org>", "mailto:z@example.org"),
        ('"maya@example.net" <sam@example.org>', "maya@example.net <sam@example.org>", "mailto:sam@example.org"),
        ("Zo\xc3\xab <z@example.org>", "Zoë <z@example.org>", "mailto:z@example.org"),
        ("Zo\xeb <z@example.org>", "Zoë <z@example.org>", "mailto:z@example.org"),
        ("Somebody", "Somebody", None),
        ("", None, None),
    ],
)  # fmt: skip
def test_the_sender_is_as_shown_and_always_only_claimed(value, shown, key):
    found = one(f"From: {value}")
    assert (found.sender.shown, found.sender.key, found.certainty_of_sender) == (shown, key, "claimed")


def test_a_mail_from_several_accounts_is_surely_from_none_of_them():
    found = one("From: a@example.org, b@example.org")
    assert (found.sender.shown, found.sender.key) == ("a@example.org, b@example.org", None)


def test_recipients_are_those_of_to_and_cc_with_groups_taken_apart():
    found = one("To: team: a@example.org, B <b@example.org>;, c@example.org", "Cc: undisclosed-recipients:;")
    assert [who.key for who in found.recipients] == [f"mailto:{name}@example.org" for name in "abc"]


def test_results_of_checks_and_other_marks_are_kept_as_given():
    found = one(
        "Reply-To: other@example.com",
        "Authentication-Results: mx; dkim=pass",
        "Authentication-Results: mx2; spf=fail",
        "X-Originating-IP: [192.0.2.7]",
        "In-Reply-To: <0@example.org>",
    )
    assert found.extra["authentication_results"] == ["mx; dkim=pass", "mx2; spf=fail"]
    assert found.extra["reply_to"] == "other@example.com"
    assert found.extra["x_originating_ip"] == "[192.0.2.7]"
    assert (found.thread, found.place.pointer) == ("<0@example.org>", "<1@example.org>")


# -- whose


def test_without_proof_the_owner_is_asked_and_nothing_is_in_or_out():
    items = eml()
    assert communications(items)[0].direction == "unknown"
    assert communications(items)[0].open == ("owner",)
    (asked,) = questions(items)
    assert (asked.question, asked.candidates) == ("owner", ("maya@example.net",))


@pytest.mark.parametrize(
    ("owner", "direction"), [("Maya@Example.net", "in"), ("sam@example.org", "out"), ("not_sure", "unknown")]
)
def test_the_answer_says_what_is_in_and_out(owner, direction):
    items = eml("Received: a; Mon, 3 Jan 2022 09:00:00 +0000", answers=Answers([Answer("owner", owner)]))
    assert (communications(items)[0].direction, communications(items)[0].open) == (direction, ())
    assert questions(items) == []


def test_one_address_of_delivery_proves_the_owner():
    items = eml("Delivered-To: maya@example.net")
    assert (communications(items)[0].direction, questions(items)) == ("in", [])


def test_a_forwarded_mailbox_names_two_and_is_asked_about():
    items = eml("Delivered-To: maya@example.net", "Delivered-To: old@example.net")
    assert [question.question for question in questions(items)] == ["owner"]


def test_a_mail_in_the_owners_name_that_was_delivered_may_be_forged():
    found = one(
        "From: maya@example.net", "Delivered-To: maya@example.net", "Received: a; Mon, 3 Jan 2022 09:00:00 +0000"
    )
    assert found.direction == "unknown"


def test_gmails_sent_label_proves_the_account():
    items = eml("X-Gmail-Labels: Sent", "X-GM-THRID: 17")
    found = communications(items)[0]
    assert (found.direction, found.thread, found.extra["labels"]) == ("out", "17", ("Sent",))


def test_a_draft_is_no_contact():
    assert one("X-Gmail-Labels: =?utf-8?Q?Entw=C3=BCrfe?=").kind == "draft"
    assert one("X-Unsent: 1").kind == "draft"
    assert one("X-Gmail-Labels: Spam,Trash").kind == "text"


# -- what


@pytest.mark.parametrize(
    ("charset", "raw", "text", "mended"),
    [
        ("utf-8", "caf\u00e9".encode(), "café", None),
        ("iso-8859-1", b"caf\xe9", "café", None),
        ("iso-8859-1", b"\x93caf\xe9\x94", "“café”", "iso_8859_1_read_as_windows_1252"),
        ("iso-8859-1", "caf\u00e9 \u2019".encode(), "café ’", "iso_8859_1_read_as_utf_8"),
        ("windows-1252", b"\x93caf\xe9\x94", "“café”", None),
        ("us-ascii", b"caf\xe9", "café", "ascii_read_as_windows_1252"),
        ("utf-8", b"caf\xe9", "café", "utf_8_read_as_windows_1252"),
        ("utf-8", "caf\u00e9".encode() + b"\xff", "café\ufffd", "damaged_characters"),
        ("x-klingon", b"caf\xe9", "café", "unknown_charset_read_as_windows_1252"),
        ("unicode_escape", b"\\u00e9\xc3\xa9", "\\u00e9é", "unknown_charset_read_as_utf_8"),
        ("iso-2022-jp", b'\x1b$B$"\x1b(B', "あ", None),
        ("utf-16", "hé".encode("utf-16"), "hé", None),
        ("utf-7", b"+2AA-x", "\ufffdx", None),
        ("gb2312", "你".encode("gb2312"), "你", None),
    ],
)  # fmt: skip
def test_words_are_read_in_their_charset_and_mending_is_said(charset, raw, text, mended):
    found = one(f"Content-Type: text/plain; charset={charset}", "Content-Transfer-Encoding: 8bit", body=raw)
    assert (found.text, found.text_mended) == (text, mended)


def test_words_without_a_charset_are_tried_as_utf_8():
    assert one(body="caf\u00e9".encode()).text_mended == "no_charset_read_as_utf_8"


def test_html_alone_becomes_plain_words_with_links_as_text():
    html = (
        '<style>p{}</style><p>I&nbsp;am <a href="http://example.org/x">here</a><img src="http://example.org/t.gif"></p>'
    )
    found = one("Content-Type: text/html", body=html)
    assert (found.text, found.extra["html"]) == ("I\xa0am here <http://example.org/x>", True)


def alternative(plain, html):
    body = part("Content-Type: text/plain", body=plain) + part("Content-Type: text/html", body=html) + b"--b--\n"
    return one("Content-Type: multipart/alternative; boundary=b", body=body)


def test_of_two_versions_the_plain_one_is_shown_once():
    found = alternative(b"I am outside", b"<b>I</b> am<br>outside")
    assert (found.text, found.extra.get("html_text"), found.kind) == ("I am outside", None, "text")


def test_words_that_only_the_html_version_says_are_not_lost():
    found = alternative(b"Your bill", b"<p>Your bill</p><p>I will find you</p>")
    assert found.extra["html_text"] == "Your bill\n\nI will find you"


def test_words_outside_the_parts_are_kept_apart():
    body = b"This is a multi-part message in MIME format.\n" + part(body=b"hello") + b"--b--\nI see you\n"
    found = one("Content-Type: multipart/mixed; boundary=b", body=body)
    assert (found.text, found.extra["outside_parts"]) == ("hello", "I see you")


def test_a_mail_whose_boundary_never_comes_still_shows_its_words():
    found = one("Content-Type: multipart/mixed; boundary=b", body="--other\n\nI see you\n")
    assert found.text == "--other\n\nI see you"


def test_a_mail_cut_off_in_a_part_says_so():
    found = one("Content-Type: multipart/mixed; boundary=b", body=part(body=b"hello"))
    assert (found.text, found.extra["cut_off"]) == ("hello", True)


def test_a_mail_inside_a_mail_stays_one_whole_file():
    inner = mail("Content-Type: multipart/mixed; boundary=c", body=part(body=b"x", boundary="c") + b"--c--\n")
    shelf = Shelf()
    body = part(body=b"look") + part("Content-Type: message/rfc822", body=inner) + b"--b--\n"
    items = eml("Content-Type: multipart/mixed; boundary=b", body=body, media=shelf)
    assert [one.text for one in communications(items)] == ["look"]
    assert shelf.files == {"unnamed": inner}


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('Content-Disposition: attachment; filename="a b.txt"', "a b.txt"),
        ("Content-Disposition: attachment; filename*=utf-8''caf%C3%A9.txt", "café.txt"),
        ('Content-Disposition: attachment; filename*0="long "; filename*1=name.txt', "long name.txt"),
        ('Content-Disposition: attachment; filename="=?utf-8?B?Y2Fmw6kudHh0?="', "café.txt"),
        ('Content-Disposition: attachment; filename="a\\"b;c.txt"', 'a"b;c.txt'),
        ("Content-Type: application/x-test; name=n.bin", "n.bin"),
        ("Content-Disposition: attachment", "part-1"),
    ],
)  # fmt: skip
def test_a_file_has_the_name_it_was_sent_under(header, name):
    items = eml("Content-Type: multipart/mixed; boundary=b", body=part(header, body=b"x") + b"--b--\n")
    assert [one.name for one in attachments(items)] == [name]


def test_damaged_base64_gives_what_it_holds_and_says_so():
    shelf = Shelf()
    body = part("Content-Type: application/x-test", "Content-Transfer-Encoding: base64", body=b"QUJD!!QUI=\nQQ")
    items = eml("Content-Type: multipart/mixed; boundary=b", body=body + b"--b--\n", media=shelf)
    assert shelf.files["unnamed"] == b"ABCABA"
    assert communications(items)[0].extra["damaged_parts"] == ["base64", "cut_off"]


def test_the_senders_word_for_a_type_does_not_count_against_the_content():
    body = part("Content-Type: image/jpeg; name=a.jpg", body=b"<!doctype html><script>") + b"--b--\n"
    items = eml("Content-Type: multipart/mixed; boundary=b", body=body)
    assert attachments(items)[0].type == "text/html"


def test_a_damaged_line_amid_the_header_loses_no_sender():
    data = b"Received: from a\nbroken line\nFrom: sam@example.org\nSubject: x\n\nhello\n"
    (found,) = communications(read(data, FORMATS, name="one.eml"))
    assert (found.sender.key, found.text) == ("mailto:sam@example.org", "hello")


def test_a_header_without_its_blank_line_loses_no_words():
    data = b"From: sam@example.org\nSubject: x\nTo: maya@example.net\nI am outside\nnow\n"
    (found,) = communications(read(data, FORMATS, name="one.eml"))
    assert (found.sender.key, found.text) == ("mailto:sam@example.org", "I am outside\nnow")


def emlx(tail):
    inside = mail()
    data = str(len(inside)).encode() + b"\n" + inside + tail
    return data, read(data, FORMATS, name="1.emlx")


def test_an_apple_mail_file_is_read_whole_with_what_was_noted_behind_the_mail():
    data, items = emlx(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x">\n'
        b'<plist version="1.0">\n<dict>\n\t<key>date-received</key>\n\t<integer>1641200402</integer>\n'
        b"\t<key>subject</key>\n\t<string>you &amp; me</string>\n</dict>\n</plist>\n"
    )
    (found,) = communications(items)
    assert (found.text, found.place.length) == ("why are you ignoring me", len(data))
    assert found.extra["apple_mail"] == {"date-received": "1641200402", "subject": "you & me"}
    assert not_understood(items) == []


@pytest.mark.parametrize("tail", [b"<?xml?><plist/>", b"words", b"<plist><dict><key>a</key><array/></dict></plist>"])
def test_a_tail_of_another_form_is_listed(tail):
    _, items = emlx(tail)
    assert communications(items)[0].text == "why are you ignoring me"
    assert [one.place.length for one in not_understood(items)] == [len(tail)]


def test_a_text_file_is_no_mail():
    for data in (b"From: me\n\nhello", b"hello: world\n", b"\x00" * 99, b"Subject of the matter\nis this\n"):
        with pytest.raises(StopIteration):
            read(data, FORMATS, name="notes.txt")


# -- hostile


def nest(depth):
    return "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)).encode()


HOSTILE = {
    "ten thousand parts": ("Content-Type: multipart/mixed; boundary=b", part(body=b"x") * 10_050),
    "a thousand levels": ("Content-Type: multipart/mixed; boundary=a", b"--a\n" + nest(1_000) + b"\nwords\n"),
    "five thousand levels": ("Content-Type: multipart/mixed; boundary=a", b"--a\n" + nest(5_000) + b"\nwords\n"),
    "headers without end": ("Content-Type: multipart/mixed; boundary=b", b"--b\n" + b"a: b\n" * 200_000),
    "part headers without blank lines": ("Content-Type: multipart/mixed; boundary=b", b"--b\na: b\n" * 9_000),
    "near boundaries": ("Content-Type: multipart/mixed; boundary=b", b"--bb\n--b -\n" * 200_000),
    "only padding": ("Content-Transfer-Encoding: base64", b"=" * 3_000_000),
    "padding everywhere": ("Content-Transfer-Encoding: base64", b"A=" * 1_500_000),
    "escapes without end": ("Content-Transfer-Encoding: quoted-printable", b"=\n" * 1_500_000),
    "brackets": ("To: " + "(" * 100_000, b"x"),
    "angles": ("To: " + "<a" * 100_000, b"x"),
    "quotes": ("To: " + '"a' * 100_001, b"x"),
    "encoded words": ("Subject: " + "=?utf-8?b?QQ==?= " * 50_000, b"x"),
    "half encoded words": ("Subject: " + "=?" * 400_000, b"x"),
    "parameters": ("Content-Type: text/plain" + '; a="b' * 100_000, b"x"),
    "comments in a date": ("Date: Mon, 3 Jan 2022 09:00:00 +0000 " + "()" * 200_000, b"x"),
    "spaces in a date": ("Date: Mon," + " " * 400_000 + "x", b"x"),
    "angle brackets": ("Content-Type: text/html", b"<" * 2_000_000),
    "open tags": ("Content-Type: text/html", b"<a '>'" * 300_000 + b'"'),
    "open comments": ("Content-Type: text/html", b"<!--" * 500_000),
    "ids": ("References: " + "<a" * 400_000, b"x"),
    "nulls": ("X-Null: \0", b"\0" * 100_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_one_record(name):
    """In time linear in its size: read in quadratic time, each of these would hold the tests up for minutes."""
    header, body = HOSTILE[name]
    found = communications(eml(header, body=body))
    assert len(found) == 1


# -- against the standard library and the fast parser, which agree on sound mail


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=60)
FILES = st.lists(st.tuples(st.sampled_from(("base64", "quoted-printable")), st.binary(max_size=90)), max_size=4)


@settings(max_examples=150, deadline=None)
@given(WORDS, FILES, st.booleans())
def test_sound_mail_is_read_as_the_standard_library_reads_it(words, files, nested):
    outer = email.message.EmailMessage()
    outer["From"], outer["Subject"] = "sam@example.org", "x"
    outer.set_content(words, cte="base64")
    for number, (cte, data) in enumerate(files):
        outer.add_attachment(data, "application", "x-test", cte=cte, filename=f"{number}.bin")
    if nested:
        inner = email.message.EmailMessage()
        inner["Subject"] = "inner"
        inner.set_content("inner words")
        outer.add_attachment(inner)
    raw = outer.as_bytes()
    shelf = Shelf()
    (found,) = communications(read(raw, FORMATS, name="one.eml", media=shelf))
    parsed = email.message_from_bytes(raw)
    leaves = [leaf for leaf in parsed.walk() if leaf.get_filename()]
    for leaf in leaves:
        assert shelf.files[leaf.get_filename()] == leaf.get_payload(decode=True)
    text = next(leaf for leaf in parsed.walk() if leaf.get_content_type() == "text/plain")
    assert (found.text or "") == text.get_payload(decode=True).decode().rstrip("\n")
    in_base64 = [
        part for part in fast_mail_parser.parse_email(raw).attachments if part.mimetype == "application/x-test"
    ]
    for (cte, _), fast in zip(files, in_base64, strict=True):
        if cte == "base64":
            assert shelf.files[fast.filename] == fast.content


@given(st.binary(max_size=300), st.integers(0, 3))
def test_base64_of_anything_comes_back(data, line):
    shelf = Shelf()
    encoded = base64.encodebytes(data) if line else base64.b64encode(data)
    body = part("Content-Type: application/x-test", "Content-Transfer-Encoding: BASE64", body=encoded) + b"--b--\n"
    items = eml("Content-Type: multipart/mixed; boundary=b", body=body, media=shelf)
    assert shelf.files["unnamed"] == data
    assert "damaged_parts" not in communications(items)[0].extra
