"""Small chats, each with one trap: what must be found, what must be asked, what must not be guessed."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.tests.whatsapp_chats import read, utc

LRM, RLM, NN, NB = "\u200e", "\u200f", "\u202f", "\u00a0"


def lines(*some: str) -> str:
    return "\n".join(some) + "\n"


def test_arabic_digits_words_and_marks_are_read():
    chat = read(
        f"{RLM}١٣{RLM}/٣{RLM}/٢٠٢٤، ٢:٠٥ م - سام: أنا في الخارج\n"
        f"{RLM}١٣{RLM}/٣{RLM}/٢٠٢٤، ١٢:٠٦ ص - ليلى: <تم استبعاد الوسائط>\n".replace("١٢:٠٦ ص", "١١:٠٦ م")
    )
    assert chat.names == ["سام", "ليلى"]
    assert chat.times == ["2024-03-13 14:05:00", "2024-03-13 23:06:00"]
    assert chat.kinds == ["text", "media"]
    assert chat.records[0].at_shown == f"١٣{RLM}/٣{RLM}/٢٠٢٤، ٢:٠٥ م"
    assert chat.asked() == {"owner"}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("25/03/2024, 14:05 - ", "2024-03-25 14:05:00"),
        (f"3/25/24, 2:05{NN}PM - ", "2024-03-25 14:05:00"),
        ("25.03.24, 14:05 - ", "2024-03-25 14:05:00"),
        (f"2024-03-25, 2:05{NN}p.m. - ", "2024-03-25 14:05:00"),
        (f"25/3/2024, 2:05{NN}p.{NB}m. - ", "2024-03-25 14:05:00"),
        ("25/03/2024, 2:05:06 pm - ", "2024-03-25 14:05:06"),
        ("25.3.2019, 12.00.00 - ", "2019-03-25 12:00:00"),
        ("25/03/24 18.00 - ", "2024-03-25 18:00:00"),
        ("[25/03/2024, 14:05:06] ", "2024-03-25 14:05:06"),
        ("[25/03/2024 14:05:06] ", "2024-03-25 14:05:06"),
        ("[25.03.24, 14:05:06] ", "2024-03-25 14:05:06"),
        ("[2024/3/25\u200914:05:06] ", "2024-03-25 14:05:06"),
        ("[2024/3/25 下午2:05:06] ", "2024-03-25 14:05:06"),
        ("2024/3/25 上午12:05 - ", "2024-03-25 00:05:00"),
        ("2024. 3. 25. 오후 2:05 - ", "2024-03-25 14:05:00"),
        ("25-03-2024 14:05 - ", "2024-03-25 14:05:00"),
        ("25/03/2024 à 14:05 - ", "2024-03-25 14:05:00"),
        ("25.3.2024 klo 14.05 - ", "2024-03-25 14:05:00"),
        ("2024-03-25 14 h 05 - ", "2024-03-25 14:05:00"),
        ("२५/३/२४, २:०५ pm - ", "2024-03-25 14:05:00"),
        ("২৫/৩/২৪, ২:০৫ PM - ", "2024-03-25 14:05:00"),
        ("૨૫/૩/૨૪, ૨:૦૫ PM - ", "2024-03-25 14:05:00"),
        ("[14:05, 25/03/2024] ", "2024-03-25 14:05:00"),
        ("25/03/17, 18:43:22: ", "2017-03-25 18:43:22"),
    ],
)
def test_every_form_of_header_gives_its_time(header, expected):
    chat = read(lines(header + "Sam Example: hello", header + "Mia Example: left, added, changed: all words"))
    assert chat.times == [expected, expected]
    assert chat.names == ["Sam Example", "Mia Example"]
    assert chat.asked() == {"owner"}
    seconds = not expected.endswith(":00") or header.startswith("25.3.2019")
    assert chat.records[0].precision == ("second" if seconds else "minute")
    assert chat.records[0].at_shown in header


def test_unknowable_day_and_month_are_asked_and_the_interval_holds_both():
    chat = read(lines("03/04/2024, 14:05 - Sam: a", "03/04/2024, 14:06 - Mia: b"))
    assert chat.question("date_order").candidates == ("dmy", "mdy")
    assert chat.question("date_order").example.startswith("03/04/2024, 14:05")
    first = chat.records[0]
    assert (first.at_earliest, first.at_latest) == (utc("2024-03-04T14:05:00"), utc("2024-04-03T13:05:59"))
    assert first.open == ("owner", "date_order")


def test_a_date_that_is_one_day_in_both_orders_is_not_in_doubt():
    chat = read(lines("03/03/2024, 14:05 - Sam: a", "03/04/2024, 14:06 - Mia: b"))
    assert [("date_order" in one.open) for one in chat.records] == [False, True]


def test_the_answer_on_the_order_is_applied_or_refused_with_the_cure():
    text = lines("03/04/2024, 14:05 - Sam: a", "04/04/2024, 14:06 - Mia: b")
    assert read(text, date_order="mdy").times[0] == "2024-03-04 14:05:00"
    assert read(text, date_order="dmy").times[0] == "2024-04-03 13:05:00"
    unsure = read(text, date_order="not_sure")
    assert "date_order" not in unsure.asked()
    assert unsure.records[0].open == ("owner",)
    assert unsure.records[0].at_latest == utc("2024-04-03T13:05:59")
    with pytest.raises(NotReadable, match="dmy"):
        read(lines("25/04/2024, 14:05 - Sam: a"), date_order="mdy")


def test_a_run_that_goes_backwards_in_one_reading_proves_the_other():
    chat = read(lines(*(f"{day:02}/{month:02}/2024, 10:00 - Sam: x" for month in (1, 2, 3) for day in (1, 5, 9))))
    assert chat.asked() == {"owner"}
    assert chat.times[3] == "2024-02-01 10:00:00"
    us = read(lines(*(f"{month}/{day}/24, 10:00 AM - Sam: x" for month in (1, 2, 3) for day in (1, 5, 9))))
    assert us.times[3] == "2024-02-01 10:00:00"


def test_years_of_another_calendar_are_refused_not_misread():
    for date in ("12/3/2567 14:05", "۱۴۰۳/۱/۲،\u200f ۱۴:۰۵", "12/3/67 14:05", "113/3/12 14:05"):
        with pytest.raises(NotReadable, match="Gregorian"):
            read(lines(f"{date} - Sam: a", f"{date} - Mia: b"))


def test_names_may_hold_colons_and_ordinary_words_stay_messages():
    chat = read(
        lines(
            "12/03/2024, 09:00 - Messages and calls are end-to-end encrypted. Tap to learn more.",
            "25/03/2024, 14:05 - Mam: gwaith: are you there",
            "25/03/2024, 14:06 - Sam Example: you left your lights on",
            "25/03/2024, 14:07 - Sam Example: she added me: why",
            "25/03/2024, 14:08 - Mam: gwaith: This message was deleted",
            "25/03/2024, 14:09 - Mam: gwaith: missed call from you",
            "25/03/2024, 14:10 - Mam: gwaith left",
            "25/03/2024, 14:11 - You created group “Tea: at four”",
            "25/03/2024, 14:12 - Zed: only this once",
        )
    )
    mam, sam = "Mam: gwaith", "Sam Example"
    assert chat.names == [None, mam, sam, sam, mam, mam, None, None, "Zed"]
    assert chat.kinds == ["system", "text", "text", "text", "deleted", "text", "system", "system", "text"]
    assert chat.texts[3] == "she added me: why"


def test_iphone_lines_of_the_app_are_no_messages():
    chat = read(
        lines(
            f"[25/03/2024, 09:00:00] Sam: {LRM}Messages and calls are end-to-end encrypted.",
            "[25/03/2024, 09:00:05] Sam: hello",
            f"[25/03/2024, 09:00:06] Sam: {LRM}Missed voice call, {LRM}Tap to call back",
            f"{LRM}[25/03/2024, 09:00:07] Sam: {LRM}image omitted",
            f"[25/03/2024, 09:00:08] Sam: {LRM}This message was deleted.",
            f"[25/03/2024, 09:00:09] Mia: no {LRM}<This message was edited>",
            f"[25/03/2024, 09:00:10] Sam: {LRM}You blocked this contact.",
            f"[25/03/2024, 09:00:11] {LRM}Your security code with Sam changed.",
            f"{LRM}[25/03/2024, 09:00:12] Sam: {LRM}<attached: 00000004-PHOTO-2024-03-25-09-00-12.jpg>",
            "[25/03/2024, 09:00:13] Sam: image omitted",
            f"[25/03/2024, 09:00:14] Sam: {LRM}Location: https://maps.google.com/?q=51.5,-0.1",
            f"[25/03/2024, 09:00:15] Sam: report.pdf • {LRM}2 pages {LRM}document omitted",
        )
    )
    assert chat.kinds == [
        "system", "text", "call_missed", "media", "deleted", "edited", "system", "system", "media", "text",
        "location", "media",
    ]  # fmt: skip
    assert chat.names[0] is None
    assert chat.names[6] is None
    assert chat.texts[5] == "no"
    assert chat.records[8].media[0].name == "00000004-PHOTO-2024-03-25-09-00-12.jpg"
    assert chat.records[11].media[0].name == "report.pdf"
    assert [one.value for one in chat.question("owner").details] == ["Sam", "Mia"]


def test_a_group_named_like_a_sender_is_no_sender():
    chat = read(
        lines(
            f"[25/03/2024, 09:00:00] Vinyl Club: {LRM}Messages and calls are end-to-end encrypted.",
            f"[25/03/2024, 09:00:00] Vinyl Club: {LRM}Mia created this group",
            "[25/03/2024, 09:00:05] Sam: hello",
            f"[25/03/2024, 09:00:06] ~{NN}Zoe: hi",
            "[25/03/2024, 09:00:07] \u202a+44\u00a07700\u00a0900123\u202c: hi",
        )
    )
    assert chat.kinds == ["system", "system", "text", "text", "text"]
    assert chat.names[2:] == ["Sam", "Zoe", "+44\u00a07700\u00a0900123"]
    assert chat.records[4].sender.key == "tel:+447700900123"
    assert chat.records[3].extra == {"sender_as_written": f"~{NN}Zoe"}
    assert chat.records[0].thread == "Vinyl Club"
    assert chat.question("owner").candidates == ("Sam", "Zoe", "+44\u00a07700\u00a0900123")


@pytest.mark.parametrize(
    ("body", "kind", "text", "file"),
    [
        ("<Media omitted>", "media", None, None),
        ("<Medien ausgeschlossen>", "media", None, None),
        ("<Pominięto multimedia>", "media", None, None),
        ("<تم استبعاد الوسائط>", "media", None, None),
        ("<ਮੀਡੀਆ ਛੱਡਿਆ>", "media", None, None),
        ("<মিডিয়া বাদ দেওয়া হয়েছে>", "media", None, None),
        ("<忽略多媒体文件>", "media", None, None),
        (f"{LRM}IMG-20240325-WA0001.jpg (file attached)", "media", None, "IMG-20240325-WA0001.jpg"),
        ("IMG-20240325-WA0001.jpg (plik załączony)\nto ja\n\ntu", "media", "to ja\n\ntu", "IMG-20240325-WA0001.jpg"),
        ("IMG-20240325-WA0001.jpg (words of another tongue)", "media", None, "IMG-20240325-WA0001.jpg"),
        ("Sam Example.vcf (file attached)", "media", None, "Sam Example.vcf"),
        ("This message was deleted", "deleted", "This message was deleted", None),
        ("You deleted this message", "deleted", "You deleted this message", None),
        ("Ta wiadomość została usunięta", "deleted", "Ta wiadomość została usunięta", None),
        ("I am here <This message was edited>", "edited", "I am here", None),
        ("Jestem <Ta wiadomość została zmieniona>", "edited", "Jestem", None),
        ("null", "view_once", None, None),
        ("", "unknown", None, None),
        ("location: https://maps.google.com/?q=51.5,-0.1", "location", "location: https://maps.google.com/?q=51.5,-0.1",
         None),
        ("live location shared", "location", "live location shared", None),
        ("POLL:\nTea?\nOPTION: yes (2 votes)", "text", "POLL:\nTea?\nOPTION: yes (2 votes)", None),
        ("why (file attached)", "text", "why (file attached)", None),
        ("<3 you> ok", "text", "<3 you> ok", None),
        ("nothing is null", "text", "nothing is null", None),
        ("he wrote: This message was deleted", "text", "he wrote: This message was deleted", None),
        ("Missed voice call", "text", "Missed voice call", None),
        ("image omitted", "text", "image omitted", None),
    ],
)  # fmt: skip
def test_bodies_on_android(body, kind, text, file):
    chat = read(
        lines("25/03/2024, 14:04 - Mia: hello there", f"25/03/2024, 14:05 - Sam: {body}", "25/03/2024, 14:06 - Sam: b")
    )
    one = chat.records[1]
    assert (one.kind, one.text) == (kind, text)
    assert [media.name for media in one.media] == ([file] if kind == "media" else [])
    assert one.sender.shown == "Sam"


def test_a_missed_call_without_name_is_a_call_and_the_others_once_the_owner_is_told():
    text = lines("25/03/2024, 14:05 - Sam: a", "25/03/2024, 14:06 - Missed video call", "25/03/2024, 14:07 - Mia: b")
    call = read(text).records[1]
    assert (call.kind, call.direction, call.sender.shown, call.open) == ("call_missed", "unknown", None, ("owner",))
    told = read(text, owner="Mia").records[1]
    assert (told.direction, told.sender.shown, told.open) == ("in", "Sam", ())


def test_the_owner_is_always_asked_and_settles_directions():
    text = lines("25/03/2024, 14:05 - Sam: a", "25/03/2024, 14:06 - Mia: b", "26/03/2024, 14:07 - Mia: c")
    chat = read(text)
    owner = chat.question("owner")
    assert owner.candidates == ("Mia", "Sam")
    assert [(one.count, one.first, one.last) for one in owner.details] == [
        (2, "25/03/2024, 14:06", "26/03/2024, 14:07"), (1, "25/03/2024, 14:05", "25/03/2024, 14:05"),
    ]  # fmt: skip
    assert {one.direction for one in chat.records} == {"unknown"}
    told = read(text, owner="Mia")
    assert [one.direction for one in told.records] == ["in", "out", "out"]
    assert [one.recipients[0].shown for one in told.records] == ["Mia", "Sam", "Sam"]
    assert told.asked() == set()
    unsure = read(text, owner="not_sure")
    assert unsure.asked() == set()
    assert {(one.direction, one.open) for one in unsure.records} == {("unknown", ())}
    with pytest.raises(NotReadable, match="Sam, Mia"):
        read(text, owner="Zed")


def test_whoever_wrote_nothing_can_be_the_owner():
    text = lines("25/03/2024, 14:05 - Sam: a", "25/03/2024, 14:06 - Sam: b")
    assert read(text).question("owner").candidates == ("Sam", "nobody_here")
    assert {one.direction for one in read(text, owner="nobody_here").records} == {"in"}


def test_the_autumn_hour_is_settled_by_the_files_order():
    chat = read(
        lines(
            "27/10/2024, 00:50 - Sam: a", "27/10/2024, 01:10 - Sam: b", "27/10/2024, 01:50 - Sam: c",
            "27/10/2024, 01:05 - Sam: d", "27/10/2024, 01:55 - Mia: e", "27/10/2024, 02:05 - Sam: f",
        )
    )  # fmt: skip
    assert chat.times == [
        "2024-10-26 23:50:00", "2024-10-27 00:10:00", "2024-10-27 00:50:00", "2024-10-27 01:05:00",
        "2024-10-27 01:55:00", "2024-10-27 02:05:00",
    ]  # fmt: skip
    assert [one.time_flags for one in chat.records[1:5]] == [("settled_by_order",)] * 4
    assert chat.asked() == {"owner"}


def test_the_autumn_hour_is_asked_where_the_order_tells_nothing():
    text = lines("27/10/2024, 00:50 - Sam: a", "27/10/2024, 01:30 - Mia: b", "27/10/2024, 02:05 - Sam: c")
    chat = read(text)
    asked = chat.question("clock_hour")
    assert (asked.about, asked.candidates) == ("2024-10-27", ("first", "second"))
    one = chat.records[1]
    assert (one.at_earliest, one.at_latest) == (utc("2024-10-27T00:30:00"), utc("2024-10-27T01:30:59"))
    assert one.time_flags == ("dst_ambiguous",)
    assert one.open == ("owner", "clock_hour")
    assert read(text, clock_hour="first").times[1] == "2024-10-27 00:30:00"
    assert read(text, clock_hour="second").times[1] == "2024-10-27 01:30:00"
    unsure = read(text, clock_hour="not_sure")
    assert unsure.records[1].open == ("owner",)
    assert unsure.records[1].at_latest == utc("2024-10-27T01:30:59")


def test_the_hour_that_was_skipped_in_spring_puts_the_zone_in_doubt():
    text = lines("31/03/2024, 00:50 - Sam: a", "31/03/2024, 01:30 - Mia: b")
    chat = read(text)
    assert chat.records[1].time_flags == ("dst_gap",)
    assert chat.records[1].open == ("owner", "zone")
    assert "01:30" in chat.question("zone").example
    madrid = read(text, zone="Europe/Madrid")
    assert madrid.times[1] == "2024-03-31 00:30:00"
    assert madrid.records[1].zone_basis == "asked"
    assert chat.records[0].zone_basis == "device_assumed"


def test_a_changed_number_is_asked_only_where_both_wrote():
    old, new = "+44 7700 900123", "+44 7700 900456"
    text = lines(
        f"25/03/2024, 14:05 - {old}: a", f"25/03/2024, 14:06 - \u202a{old}\u202c changed to \u202a{new}\u202c",
        f"25/03/2024, 14:07 - {new}: b", "25/03/2024, 14:08 - Mia: c",
    )  # fmt: skip
    chat = read(text)
    asked = chat.question("same_person")
    assert (asked.about, asked.candidates) == (f"{old}|{new}", ("yes", "no"))
    assert "same_person" in chat.records[0].open
    assert "same_person" not in chat.records[3].open
    assert "same_person" not in read(text, same_person="yes").asked()
    alone = read(text.replace(f"25/03/2024, 14:07 - {new}: b\n", ""))
    assert "same_person" not in alone.asked()


def test_a_colon_in_the_apps_own_lines_makes_no_sender():
    mam = "Mam: gwaith"
    chat = read(
        lines(
            f"25/03/2024, 14:05 - {mam}: a", f"25/03/2024, 14:06 - {mam}: b", "25/03/2024, 14:07 - Sam: c",
            f"25/03/2024, 14:08 - Your security code with {mam} changed. Tap to learn more.",
            f"25/03/2024, 14:09 - Sam added {mam}",
            "25/03/2024, 14:10 - Sam changed the subject from “A: B” to “C: D”",
            '25/03/2024, 14:11 - You created group "Tea: at four"',
            "25/03/2024, 14:12 - Sam hat die Gruppe „Tee: um vier“ erstellt",
        )
    )  # fmt: skip
    assert chat.kinds == ["text"] * 3 + ["system"] * 5
    assert chat.question("owner").candidates == (mam, "Sam")
    assert chat.texts[3] == f"Your security code with {mam} changed. Tap to learn more."


def test_a_one_time_sender_who_writes_like_the_app_is_a_sender():
    chat = read(
        lines("25/03/2024, 14:05 - Sam: a", "25/03/2024, 14:06 - Zed: you added me", "25/03/2024, 14:07 - Sam: left")
    )
    assert chat.names == ["Sam", "Zed", "Sam"]


@pytest.mark.parametrize(
    ("deleted", "edited", "omitted", "attached", "missed"),
    [
        ("This message was deleted", "This message was edited", "Media omitted", "file attached", "Missed voice call"),
        ("Diese Nachricht wurde gelöscht", "Diese Nachricht wurde bearbeitet", "Medien ausgeschlossen",
         "Datei angehängt", "Verpasster Sprachanruf"),
        ("Ce message a été supprimé", "Ce message a été modifié", "Médias omis", "fichier joint", "Appel vocal manqué"),
        ("Se eliminó este mensaje", "Se editó este mensaje", "Multimedia omitido", "archivo adjunto",
         "Llamada perdida"),
        ("Esta mensagem foi apagada", "Mensagem editada", "Mídia oculta", "arquivo anexado", "Chamada de voz perdida"),
        ("Questo messaggio è stato eliminato", "Questo messaggio è stato modificato", "Media omessi", "file allegato",
         "Chiamata vocale persa"),
        ("Dit bericht is verwijderd", "Dit bericht is bewerkt", "Media weggelaten", "bestand bijgevoegd",
         "Gemist spraakgesprek"),
        ("Bu mesaj silindi", "Bu mesaj düzenlendi", "Medya dahil edilmedi", "dosya ekli", "Cevapsız sesli arama"),
        ("Ta wiadomość została usunięta", "Ta wiadomość została zmieniona", "Pominięto multimedia", "plik załączony",
         "Nieodebrane połączenie głosowe"),
        ("Acest mesaj a fost șters", "Acest mesaj a fost editat", "Conținut media omis", "fișier atașat",
         "Apel vocal nepreluat"),
        ("ਇਸ ਸੁਨੇਹੇ ਨੂੰ ਹਟਾਇਆ ਗਿਆ", "ਇਹ ਸੁਨੇਹਾ ਸੋਧਿਆ ਗਿਆ ਸੀ", "ਮੀਡੀਆ ਛੱਡਿਆ ਗਿਆ", "ਅਟੈਚ ਕੀਤੀ ਫਾਇਲ", "ਮਿਸ ਹੋਈ ਆਵਾਜ਼ ਕਾਲ"),
        ("یہ میسج حذف کر دیا گیا ہے۔", "یہ میسج ایڈٹ کیا گیا تھا", "میڈیا چھوڑ دیا گیا", "پیوستہ فائل", "مسڈ وائس کال"),
        ("تم حذف هذه الرسالة", "تم تعديل هذه الرسالة", "تم استبعاد الوسائط", "الملف مرفق", "مكالمة صوتية فائتة"),
        ("এই মেসেজটি বাদ দেওয়া হয়েছে", "এই মেসেজটি এডিট করা হয়েছে", "মিডিয়া বাদ দেওয়া হয়েছে", "ফাইল সংযুক্ত হয়েছে", "মিসড ভয়েস কল"),
        ("આ મેસેજ ડિલીટ કરાયો", "આ મેસેજમાં ફેરફાર કરાયો હતો", "મીડિયા અવગણવામાં આવ્યા", "ફાઇલ જોડાયેલ", "મિસ્ડ વૉઇસ કૉલ"),
        ("这条消息已被删除。", "这条消息已编辑", "忽略多媒体文件", "文件附件", "未接语音通话"),
    ],
)  # fmt: skip
def test_the_apps_words_in_every_language(deleted, edited, omitted, attached, missed):
    chat = read(
        lines(
            f"25/03/2024, 14:05 - Sam: {deleted}", f"25/03/2024, 14:06 - Sam: x <{edited}>",
            f"25/03/2024, 14:07 - Sam: <{omitted}>", f"25/03/2024, 14:08 - Sam: a.pdf ({attached})",
            f"25/03/2024, 14:09 - {missed}", f"25/03/2024, 14:10 - Mia: {missed} x {omitted}",
        )
    )  # fmt: skip
    assert chat.kinds == ["deleted", "edited", "media", "media", "call_missed", "text"]


@pytest.mark.parametrize(
    "omitted",
    ["image omitted", "Bild weggelassen", "image absente", "imagen omitida", "imagem ocultada", "immagine omessa",
     "afbeelding weggelaten", "görüntü dahil edilmedi", "obraz pominięty", "Imagine omisă", "لم يتم إدراج الصورة",
     "تصویر نکال دی گئی ہے", "ইমেজ বাদ দেওয়া হয়েছে", "છબી પડતી મૂકાઈ", "照片已忽略", "圖片已略去"],
)  # fmt: skip
def test_pictures_left_out_on_iphones_in_every_language(omitted):
    chat = read(lines(f"[25/03/2024, 14:05:00] Sam: {LRM}{omitted}", "[25/03/2024, 14:05:01] Mia: a"))
    assert chat.kinds == ["media", "text"]
    assert chat.records[0].media[0].type == "image"
    assert chat.names == ["Sam", "Mia"]
