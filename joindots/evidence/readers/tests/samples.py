"""One small file of every kind, made anew each time; everybody in them is invented."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

WORDS = ("Where are you", "Answer me", "I saw your car", "Please stop", "?", "Caf\u00e9 \u2013 tonight \U0001f621")


def whatsapp_android() -> bytes:
    lines = ["12/03/2024, 14:00 - Messages and calls are end-to-end encrypted."]
    lines += [f"{13 + n}/03/2024, 14:{n:02} - {('Mark', 'Sam')[n % 2]}: {WORDS[n % 6]}" for n in range(12)]
    lines.insert(5, "a second line\nand a third")
    return "\n".join(lines).encode() + b"\n"


def whatsapp_ios() -> bytes:
    lines = [f"[{13 + n}/03/2024, 14:0{n % 10}:00] {('Mark', 'Sam')[n % 2]}: {WORDS[n % 6]}" for n in range(12)]
    lines.append("[27/03/2024, 15:00:00] Mark: \u200e<attached: 00000001-PHOTO-2024-03-27-15-00-00.jpg>")
    return zipped({"_chat.txt": "\r\n".join(lines).encode(), "00000001-PHOTO-2024-03-27-15-00-00.jpg": b"\xff\xd8\xff"})


def sms() -> bytes:
    row = (
        '  <sms address="+44770090012{n}" date="{date}" type="{type}" body="{body}" read="1" contact_name="Mark" '
        'readable_date="12 Mar 2024" date_sent="0" />'
    )
    rows = [row.format(n=n % 3, date=1710252300000 + n * 60000, type=1 + n % 2, body=WORDS[n % 6]) for n in range(8)]
    mms = (
        '<mms date="1710252300000" msg_box="1" m_type="132" address="+447700900123"><parts>'
        '<part seq="0" ct="image/jpeg" name="a.jpg" data="/9j/4AAQSkZJRg==" text="null" /></parts>'
        '<addrs><addr address="+447700900123" type="137" charset="106" /></addrs></mms>'
    )
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    return f'{head}<smses count="9">\n{chr(10).join(rows)}\n  {mms}\n</smses>'.encode()


def calls() -> bytes:
    row = '  <call number="07700900123" duration="{n}" date="{date}" type="{type}" presentation="1" contact_name="Mark" />'
    rows = [row.format(n=n, date=1710252300000 + n * 60000, type=1 + n % 6) for n in range(8)]
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    return f'{head}<calls count="8">\n{chr(10).join(rows)}\n</calls>'.encode()


def telegram() -> bytes:
    messages = [
        {
            "id": n, "type": "message", "date": f"2024-03-12T14:{n:02}:00", "date_unixtime": str(1710252000 + 60 * n),
            "from": "Mark Example", "from_id": "user123", "text": WORDS[n % 6], "text_entities": [],
        }
        for n in range(8)
    ]  # fmt: skip
    chat = {"name": "Mark Example", "type": "personal_chat", "id": 123, "messages": messages}
    return json.dumps(chat, indent=1).encode()


def messenger() -> bytes:
    messages = [
        {"sender_name": "Mark Example", "timestamp_ms": 1710252300000 - n * 1000, "content": WORDS[n % 6].encode().decode("latin-1")}
        for n in range(8)
    ]  # fmt: skip
    thread = {
        "participants": [{"name": "Mark Example"}, {"name": "Sam Example"}], "messages": messages,
        "title": "Mark Example", "thread_path": "inbox/mark_1",
    }  # fmt: skip
    return zipped({"your_facebook_activity/messages/inbox/mark_1/message_1.json": json.dumps(thread).encode()})


def snapchat() -> bytes:
    rows = [
        {
            "From": "mark.example", "Media Type": "TEXT", "Created": f"2024-03-12 14:{n:02}:00 UTC",
            "Content": WORDS[n % 6], "Conversation Title": None, "IsSender": bool(n % 2),
            "Created(microseconds)": 1710252000000 + n * 60000,
        }
        for n in range(8)
    ]  # fmt: skip
    return json.dumps({"mark.example": rows}).encode()


def eml() -> bytes:
    return (
        b"From: Mark Example <mark@example.org>\r\nTo: sam@example.org\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n"
        b"Date: Tue, 12 Mar 2024 14:05:00 +0000\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
        b"Answer me\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="a.jpg"\r\n\r\n/9j/4AAQ\r\n--b--\r\n'
    )


def mbox() -> bytes:
    mail = eml().replace(b"\r\n", b"\n")
    return b"".join(b"From mark@example.org Tue Mar 12 14:05:00 2024\n" + mail + b"\n" for _ in range(4))


def imessage() -> bytes:
    blocks = [f"Mar {12 + n}, 2024  2:0{n}:00 PM\n{('Me', '+447700900123')[n % 2]}\n{WORDS[n % 6]}\n" for n in range(8)]
    return "\n".join(blocks).encode()


def call_list() -> bytes:
    rows = [f"1{3 + n % 7}/03/2024,14:0{n}:00,07700900123,Incoming,00:00:1{n}" for n in range(8)]
    return "\r\n".join(["Date,Time,Number,Type,Duration", *rows]).encode() + b"\r\n"


def bank() -> bytes:
    rows = [f"1{3 + n % 7}/03/2024,M EXAMPLE,{WORDS[n % 4]},FASTER PAYMENT,0.01,{100 + n}.00" for n in range(8)]
    return "\n".join(["Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)", *rows]).encode() + b"\n"


def ofx() -> bytes:
    rows = "".join(
        f"<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>2024031{n}<TRNAMT>0.01<FITID>{n}<NAME>M EXAMPLE<MEMO>{WORDS[n % 4]}</STMTTRN>\n"
        for n in range(8)
    )
    return (
        f"OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP"
        f"<BANKTRANLIST>\n{rows}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    ).encode()


def log_csv() -> bytes:
    rows = [f'1{3 + n % 7}/03/2024,14:0{n},"Followed me, again",Tesco car park' for n in range(8)]
    return "\ufeff".encode() + "\r\n".join(["Date,Time,What happened,Where", *rows]).encode("utf-8") + b"\r\n"


def log_xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Date", "Time", "What happened"])
    for n in range(8):
        sheet.append([f"1{3 + n % 7}/03/2024", f"14:0{n}", "Silent call"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def photo() -> bytes:
    from PIL import Image

    picture, out = Image.new("RGB", (40, 30), "grey"), io.BytesIO()
    exif = picture.getexif()
    exif[0x0132] = "2024:03:12 14:05:00"
    exif.get_ifd(0x8769)[0x9003] = "2024:03:12 14:05:00"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def letter() -> bytes:
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 12, 14, 5, 0)), data)
    return out.getvalue()


def evidence() -> bytes:
    """A folder packed by hand: a chat, a mailbox, a download in its own zip, a picture."""
    return zipped({
        "WhatsApp Chat with Mark.txt": whatsapp_android(), "Takeout/Mail/All mail.mbox": mbox(),
        "facebook-sam.zip": messenger(), "ChatExport/result.json": telegram(), "photos/IMG_1.jpg": photo(),
    })  # fmt: skip


SAMPLES: dict[str, Callable[[], bytes]] = {
    "WhatsApp Chat with Mark.txt": whatsapp_android,
    "WhatsApp Chat - Mark.zip": whatsapp_ios,
    "sms-20240312.xml": sms,
    "calls-20240312.xml": calls,
    "result.json": telegram,
    "facebook-sam.zip": messenger,
    "chat_history.json": snapchat,
    "mail.eml": eml,
    "All mail Including Spam and Trash.mbox": mbox,
    "+447700900123.txt": imessage,
    "calls.csv": call_list,
    "statement.csv": bank,
    "statement.ofx": ofx,
    "log.csv": log_csv,
    "log.xlsx": log_xlsx,
    "IMG_0001.jpg": photo,
    "letter.pdf": letter,
    "evidence.zip": evidence,
}
"""By the name under which each usually comes."""
LINES = {
    "WhatsApp Chat with Mark.txt", "All mail Including Spam and Trash.mbox", "+447700900123.txt", "calls.csv",
    "statement.csv", "log.csv",
}  # fmt: skip
"""Formats of lines: the places of their records, and what was not understood, tile the file."""
