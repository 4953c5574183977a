"""Zips as people make them: several exports in one, a mailbox in a download, an archive in an archive."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.archive import FORMAT
from joindots.evidence.readers.duplicates import Spool
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.reading import claim
from joindots.evidence.readers.reading import read as read_any
from joindots.evidence.readers.records import Attachment, Communication, Item, NotUnderstood, Question
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tally import FileRead, Tally
from joindots.evidence.readers.tests import samples
from joindots.evidence.readers.tests.samples import zipped

MAILBOX = "Takeout/Mail/All mail Including Spam and Trash.mbox"
TELEGRAM = samples.telegram()
CHAT = "WhatsApp Chat with Mark.txt"


class Found:
    """What one reading of a zip gave."""

    def __init__(self, members: dict[str, bytes], answers: Answers | None = None, name: str = "evidence.zip") -> None:
        self.source = Source.from_bytes(name, zipped(members))
        self.form = claim(self.source).name
        self.items: list[Item] = list(read_any(self.source, answers or Answers()))
        self.records = [one for one in self.items if isinstance(one, Communication)]
        self.questions = [one for one in self.items if isinstance(one, Question)]
        self.kept = [one for one in self.items if isinstance(one, Attachment)]
        self.listed = [(one.place.member, one.why) for one in self.items if isinstance(one, NotUnderstood)]

    def channels(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for one in self.records:
            found[one.channel] = found.get(one.channel, 0) + 1
        return found

    def exit(self) -> int:
        tally = Tally(Answers())
        tally.begin(FileRead(self.source.name, self.source.sha256, self.source.size))
        for one in self.items:
            tally.add(one)
        return tally.exit


def alone(name: str, data: bytes) -> list[Communication]:
    return [one for one in read_any(Source.from_bytes(name, data)) if isinstance(one, Communication)]


@pytest.mark.parametrize(
    "name",
    [MAILBOX, "Takeout/Gmail/Alle Nachrichten, einschließlich Spam und Papierkorb.mbox", "Takeout/Correo/x.mbox"],
)
def test_a_mailbox_in_a_google_download_is_read_whatever_its_folder_is_called(name):
    found = Found(
        {"Takeout/archive_browser.html": b"<html></html>", name: samples.mbox(), "Takeout/Drive/a.pdf": b"%PDF-"}
    )
    whole = alone("a.mbox", samples.mbox())
    assert [one.text for one in found.records] == [one.text for one in whole]
    assert [(one.place.byte, one.place.length) for one in found.records] == [
        (one.place.byte, one.place.length) for one in whole
    ]
    assert {one.place.member for one in found.records} == {name}
    assert found.listed == [("Takeout/archive_browser.html", "not_read"), ("Takeout/Drive/a.pdf", "not_read")]
    assert {one.name for one in found.kept} == {"a.jpg"}
    assert found.exit() == 3


@pytest.mark.parametrize("within", [("old/_chat.txt", "new/_chat.txt"), ("old.zip", "new.zip")])
def test_two_exports_of_one_chat_in_one_zip_are_one_chat(within):
    def chat(minutes):
        text = "".join(f"{10 + n}/03/2025, 21:14 - {('Cal', 'Maya')[n % 2]}: words {n}\n" for n in range(minutes))
        return text.encode()

    old, new = (
        chat(n) if name.endswith("txt") else zipped({"_chat.txt": chat(n)})
        for name, n in zip(within, (9, 15), strict=True)
    )
    spool = Spool()
    for one in Found(dict(zip(within, (old, new), strict=True))).records:
        spool.add(one)
    assert len(list(spool.grouped())) == 24
    assert spool.acts == 15


def test_a_download_in_a_zip_is_read_as_if_it_had_come_by_itself():
    inner = samples.whatsapp_ios()
    found = Found({"WhatsApp Chat - Mark.zip": inner})
    whole = alone("WhatsApp Chat - Mark.zip", inner)
    assert [(one.text, one.thread, one.at_earliest) for one in found.records] == [
        (one.text, one.thread, one.at_earliest) for one in whole
    ]
    assert {one.place.member for one in found.records} == {"WhatsApp Chat - Mark.zip/_chat.txt"}
    assert found.records[-1].media[0].present
    assert [one.about for one in found.questions] == [None]


def everything() -> dict[str, bytes]:
    thread = "your_facebook_activity/messages/inbox/mark_1/message_1.json"
    with zipfile.ZipFile(io.BytesIO(samples.messenger())) as archive:
        messages = archive.read(thread)
    return {
        f"chats/{CHAT}": samples.whatsapp_android(),
        "chats/log.csv": samples.log_csv(),
        "sms/sms-20240312.xml": samples.sms(),
        "ChatExport_1/result.json": TELEGRAM,
        "ChatExport_2/result.json": TELEGRAM.replace(b"123", b"456"),
        f"facebook/{thread}": messages,
        "facebook/ads/advertisers.json": b"{}",
        "snap/json/chat_history.json": samples.snapchat(),
        "snap/json/friends.json": b"{}",
        "mail.eml": samples.eml(),
        "IMG_1.jpg": samples.photo(),
        "letter.pdf": samples.letter(),
    }


def test_every_export_of_a_mixed_zip_is_read_and_every_other_file_is_named():
    found = Found(everything())
    assert found.form == "archive"
    assert found.channels() == {
        "whatsapp": 13, "log": 8, "sms": 8, "mms": 1, "telegram": 16, "messenger": 8, "snapchat": 8, "email": 1,
        "photo": 1, "file": 1,
    }  # fmt: skip
    assert [one for one in found.listed if one[1] != "headings"] == [
        ("facebook/ads/advertisers.json", "not_read"),
        ("snap/json/friends.json", "not_read"),
    ]
    assert {"IMG_1.jpg", "letter.pdf"} <= {one.name for one in found.kept}
    assert found.exit() == 3


def test_records_of_a_mixed_zip_are_numbered_on_and_belong_to_the_zip():
    found = Found(everything())
    assert [one.seq for one in found.records] == list(range(len(found.records)))
    assert len({one.id for one in found.records}) == len(found.records)
    assert {one.source_file for one in found.records} == {found.source.sha256}
    assert {(one.file, one.name) for one in found.questions} == {(found.source.sha256, "evidence.zip")}


def test_each_part_asks_for_itself_and_an_answer_can_be_for_one_or_for_all():
    members = {
        f"a/{CHAT}": samples.whatsapp_android(),
        "b/_chat.txt": samples.whatsapp_android(),
        "c.zip": samples.whatsapp_ios(),
    }
    asked = [one for one in Found(members).questions if one.question == "owner"]
    assert len({one.about for one in asked}) == len(asked) == 3
    one = Found(members, Answers([Answer("owner", "Sam", about=asked[2].about)]))
    assert {ask.about for ask in one.questions} == {asked[0].about, asked[1].about}
    assert not Found(members, Answers([Answer("owner", "Sam", file="evidence.zip")])).questions


def test_the_photographs_of_a_folder_are_each_read_and_kept():
    first, second = samples.photo(), samples.photo() + b"\x00"
    found = Found(
        {
            "Photos/IMG_1.jpg": first,
            "Photos/IMG_2.jpg": second,
            "Photos/notes.docx": b"PK-none",
            "Photos/.DS_Store": b"x",
        }
    )
    assert [(one.place.member, one.channel, one.media[0].size) for one in found.records] == [
        ("Photos/IMG_1.jpg", "photo", len(first)),
        ("Photos/IMG_2.jpg", "photo", len(second)),
        ("Photos/notes.docx", "file", 7),
    ]
    kept = {one.name: one.sha256 for one in found.kept}
    assert [kept[one.place.member] for one in found.records] == [one.media[0].sha256 for one in found.records]
    assert kept.keys() == {"Photos/IMG_1.jpg", "Photos/IMG_2.jpg", "Photos/notes.docx"}


def test_a_document_that_was_sent_in_a_chat_is_the_chats_and_a_table_beside_it_is_read():
    chat = samples.whatsapp_android() + b"28/03/2024, 14:00 - Mark: calls.csv (file attached)\n"
    members = {CHAT: chat, "IMG-20240312-WA0001.jpg": samples.photo(), "calls.csv": samples.call_list()}
    assert Found(members).form == "whatsapp"
    found = Found({**members, "log.csv": samples.log_csv()})
    assert found.form == "archive"
    assert found.channels() == {"whatsapp": 14, "log": 8}
    assert {one.name for one in found.kept} == {"IMG-20240312-WA0001.jpg", "calls.csv"}


def test_the_pictures_of_an_iphones_messages_stay_theirs():
    text = "Mar 12, 2024  2:00:00 PM\n+447700900123\nattachments/0/IMG_1.jpg\n\n"
    text += "Mar 12, 2024  2:01:00 PM\nMe\n/Users/robin/out/files/IMG_2.jpg\n"
    members = {"+447700900123.txt": text.encode(), "attachments/0/IMG_1.jpg": samples.photo(),
               "files/IMG_2.jpg": samples.photo() + b"\x00", "more/IMG_2.jpg": samples.photo() + b"\x01"}  # fmt: skip
    found = Found(members)
    assert found.form == "imessage"
    assert len(found.records) == 2
    assert {one.name.rpartition("/")[2] for one in found.kept} == {"IMG_1.jpg", "IMG_2.jpg"}


@pytest.mark.parametrize("make", [samples.whatsapp_ios, samples.messenger, samples.log_xlsx])
def test_one_export_in_one_zip_is_left_to_its_own_reader(make):
    assert not FORMAT.claims(Source.from_bytes("a.zip", make()))


def test_an_archive_too_deep_is_kept_as_the_file_it_is():
    deep = zipped({"c.zip": zipped({CHAT: samples.whatsapp_android()}), "mail.mbox": samples.mbox()})
    found = Found({"b.zip": deep})
    assert found.channels() == {"email": 4, "file": 1}
    assert [one.place.member for one in found.records if one.channel == "file"] == ["b.zip/c.zip"]
    assert not found.listed


def test_the_same_file_twice_is_read_once_and_said():
    found = Found({"IMG_1.jpg": samples.photo(), "IMG_1 (1).jpg": samples.photo(), "a.mbox": samples.mbox(),
                   "copy/b.mbox": samples.mbox()})  # fmt: skip
    assert found.channels() == {"photo": 1, "email": 4}
    assert found.listed == [("IMG_1 (1).jpg", "not_read"), ("copy/b.mbox", "not_read")]
    said = [one.excerpt for one in found.items if isinstance(one, NotUnderstood)]
    assert said == ["the same file as IMG_1.jpg", "the same file as a.mbox"]


def test_two_files_of_one_check_sum_are_both_read():
    members = {"a.eml": samples.eml(), "b.eml": samples.eml().replace(b"Answer me", b"Answer us")}
    source = Source.from_bytes("mails.zip", zipped(members))
    source.members = tuple(replace(member, crc=7) for member in source.members)
    texts = [one.text for one in FORMAT.read(source, Answers(), HashOnly()) if isinstance(one, Communication)]
    assert texts == ["Answer me", "Answer us"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(20 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (b"PK\x03\x04" + b"x" * 200, "damaged"),
        (zipped({"../a.txt": b"x"}), "path"),
        (bomb(), "100 times"),
    ],
)
def test_a_harmful_archive_inside_is_said_and_harms_no_other_part(bad, word):
    found = Found({CHAT: samples.whatsapp_android(), "bad.zip": bad})
    assert found.channels() == {"whatsapp": 13}
    (said,) = [one for one in found.items if isinstance(one, NotUnderstood)]
    assert (said.place.member, said.why) == ("bad.zip", "broken")
    assert word in said.excerpt
    assert found.exit() == 4


def test_a_part_cut_off_gives_what_came_before_and_the_others():
    found = Found({"a/result.json": TELEGRAM[:-400], "b.mbox": samples.mbox()})
    assert found.channels()["email"] == 4
    assert 0 < found.channels()["telegram"] < 8
    assert [why for _, why in found.listed] == ["broken"]


def test_the_sink_is_given_every_file_once():
    class Counting(HashOnly):
        def __init__(self) -> None:
            self.names: list[str] = []

        def keep(self, name: str, stream: Any) -> tuple[str, int]:
            self.names.append(name)
            return super().keep(name, stream)

    sink = Counting()
    list(read_any(Source.from_bytes("evidence.zip", zipped(everything())), Answers(), sink))
    assert [sink.names.count(name) for name in ("IMG_1.jpg", "letter.pdf")] == [1, 1]
