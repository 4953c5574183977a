"""One small file of each other form that people bring, for the smaller cases."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from random import Random

from joindots.config.demo.files import words
from joindots.config.demo.files.times import local


def _moments(seed: str, first: datetime, number: int, hours: int = 30) -> list[datetime]:
    random = Random(seed)
    told = [first]
    while len(told) < number:
        told.append(told[-1] + timedelta(minutes=random.randint(1, 60 * hours), seconds=random.randrange(60)))
    return told


def _says(seed: str, number: int) -> list[str]:
    random = Random(f"{seed} words")
    return [words.his(random) for _ in range(number)]


def telegram() -> bytes:
    """A single chat from Telegram's desktop export."""
    rows: list[dict[str, object]] = [
        {
            "id": number,
            "type": "message",
            "date": f"{at:%Y-%m-%dT%H:%M:%S}",
            "date_unixtime": str(int(at.replace(tzinfo=UTC).timestamp())),
            "from": "Lena Marsh" if number % 9 == 4 else "R. Stoker",
            "from_id": "user900201" if number % 9 == 4 else "user900202",
            "text": text,
            "text_entities": [],
        }
        for number, (at, text) in enumerate(
            zip(_moments("telegram", local("2025-03-02 09:14"), 90), _says("telegram", 90), strict=True)
        )
    ]
    chat = {"name": "R. Stoker", "type": "personal_chat", "id": 900202, "messages": rows}
    return json.dumps(chat, indent=1, ensure_ascii=False).encode()


def messenger() -> bytes:
    """A thread of the older Messenger download."""
    moments = _moments("messenger", local("2025-01-09 20:03"), 60)
    rows = [
        {
            "sender_name": "Gail Prior" if number % 7 == 3 else "Wes Larkin",
            "timestamp_ms": int(at.replace(tzinfo=UTC).timestamp() * 1000),
            "content": text,
        }
        for number, (at, text) in enumerate(zip(moments, _says("messenger", 60), strict=True))
    ]
    thread = {
        "participants": [{"name": "Wes Larkin"}, {"name": "Gail Prior"}],
        "messages": rows[::-1],
        "title": "Wes Larkin",
        "thread_path": "inbox/weslarkin_900203",
    }
    place = "your_facebook_activity/messages/inbox/weslarkin_900203/message_1.json"
    return zipped({place: json.dumps(thread, indent=1).encode()})


def snapchat() -> bytes:
    """`chat_history.json` of a Snapchat download."""
    rows = [
        {
            "From": "niall.v",
            "Media Type": "TEXT",
            "Created": f"{at:%Y-%m-%d %H:%M:%S} UTC",
            "Content": text,
            "Conversation Title": None,
            "IsSender": False,
            "Created(microseconds)": int(at.replace(tzinfo=UTC).timestamp() * 1000),
        }
        for at, text in zip(_moments("snapchat", local("2025-09-08 15:40"), 40), _says("snapchat", 40), strict=True)
    ]
    return json.dumps({"niall.v": rows}, indent=1).encode()


def mailbox() -> bytes:
    """Twenty mails to a councillor, as a mailbox file."""
    mails = []
    for number, (at, text) in enumerate(
        zip(_moments("mail", local("2026-01-12 07:31"), 20, 90), _says("mail", 20), strict=True)
    ):
        mails.append(
            f"From fan@example.org {at:%a %b %d %H:%M:%S %Y}\nFrom: A Friend <friend{number % 3}@example.org>\n"
            f"To: tamsin@example.org\nSubject: To you\nDate: {at:%a, %d %b %Y %H:%M:%S} +0000\n"
            f"Message-ID: <{number}@mail.example.org>\nMIME-Version: 1.0\n"
            f"Content-Type: text/plain; charset=utf-8\n\n{text}\n\n"
        )
    return "".join(mails).encode()


def iphone_chat() -> bytes:
    """A WhatsApp chat from an iPhone whose dates do not show which number is the day."""
    moments = _moments("iphone", local("2025-02-01 08:00"), 44, 3)
    lines = [
        f"[{at:%d/%m/%Y, %H:%M:%S}] {'Sunita Vale' if number % 6 == 5 else 'Graham Next Door'}: {text}"
        for number, (at, text) in enumerate(zip(moments, _says("iphone", 44), strict=True))
    ]
    return zipped({"_chat.txt": "\r\n".join(lines).encode()})


def imessages() -> bytes:
    """Messages of an iPhone as written out by a well-known tool."""
    blocks = [
        f"{at:%b %d, %Y} {at.hour % 12 or 12:2}:{at:%M:%S %p}\n{'Me' if number % 8 == 5 else '+447700900214'}\n{text}\n"
        for number, (at, text) in enumerate(
            zip(_moments("imessage", local("2025-05-03 22:11"), 36), _says("imessage", 36), strict=True)
        )
    ]
    return "\n".join(blocks).encode()


def call_list() -> bytes:
    """A list of calls as a network gives it."""
    rows = [
        f"{at:%d/%m/%Y},{at:%H:%M:%S},07700900217,Incoming,00:00:00"
        for at in _moments("calls", local("2025-06-14 02:04"), 75)
    ]
    return "\r\n".join(["Date,Time,Number,Type,Duration", *rows, ""]).encode()


def bank_ofx() -> bytes:
    """A statement in OFX with words sent along with pennies."""
    days = _moments("ofx", local("2025-04-01 12:00"), 12, 200)
    rows = "".join(
        f"<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>{at:%Y%m%d}<TRNAMT>0.01<FITID>{number}"
        f"<NAME>T HOLROYD<MEMO>{text}</STMTTRN>\n"
        for number, (at, text) in enumerate(zip(days, ("COME HOME", "WHY", "OUR SONG", "PLEASE") * 3, strict=True))
    )
    return (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP"
        f"<BANKTRANLIST>\n{rows}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    ).encode()


def paper_log() -> bytes:
    """A short log typed from a paper diary."""
    rows = [
        f'{at:%d/%m/%Y},{at:%H:%M},"{what}",{where}'
        for at, (what, where) in zip(
            _moments("log", local("2025-07-16 08:05"), 18, 160),
            (("Stood by the school gate", "School"), ("Silent call", "Home"), ("Left a card, no name", "Home")) * 6,
            strict=True,
        )
    ]
    return "\r\n".join(["Date,Time,What happened,Where", *rows, ""]).encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip whose members bear a fixed moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 10, 1, 9, 0, 0)), data)
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "result.json": telegram,
    "facebook-gail.zip": messenger,
    "chat_history.json": snapchat,
    "fan-mail.mbox": mailbox,
    "WhatsApp Chat - Graham Next Door.zip": iphone_chat,
    "+447700900214.txt": imessages,
    "network-calls.csv": call_list,
    "statement.ofx": bank_ofx,
    "paper-diary.csv": paper_log,
}
"""By the name under which each usually comes."""
