"""Makes the files that are measured. All in them is invented, and every run makes the same bytes."""

from __future__ import annotations

import base64
import csv
import email.utils
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "bench"
EDITION = 1
"""Part of every file's name: raised when a generator changes, so that no old file is measured."""

WORDS = (
    "why are you not answering call me back please I saw the car outside the shop tonight nobody will listen "
    "who was that I know where the bus stops leave me alone do not write again stop texting the police have "
    "been told you left your lights on nice coat at the station this morning fine tell your sister hello"
).split()
NAMES = ("Callum Pryce", "Robin Testcase", "+44 7700 900123", "Zoë O'Invented", "Nain: ffôn")
EMOJI = ("😡", "😭", "❤️", "🙏🏽", "👨‍👩‍👧")
START = datetime(2022, 1, 3, 9, tzinfo=UTC)
LRM, NNBSP = "\u200e", "\u202f"


def whatsapp_styles() -> dict[str, Callable[[datetime], str]]:
    """How each kind of telephone writes the beginning of a message."""

    def twelve(at: datetime, seconds: str) -> str:
        return f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M}{seconds}{NNBSP}{at:%p}"

    return {
        "android-en-gb": lambda at: at.strftime("%d/%m/%Y, %H:%M - "),
        "android-en-us-12h": lambda at: twelve(at, "") + " - ",
        "ios-en-gb": lambda at: at.strftime("[%d/%m/%Y, %H:%M:%S] "),
        "ios-en-us-12h": lambda at: f"[{twelve(at, at.strftime(':%S'))}] ",
    }


def _said(pick: random.Random, mean: float = 9) -> str:
    return " ".join(pick.choices(WORDS, k=max(1, int(pick.expovariate(1 / mean)))))


def _times(pick: random.Random, number: int) -> Iterator[datetime]:
    """Moments over three and a half years, in bursts."""
    at, step = START, 3.5 * 365 * 86_400 / number
    for _ in range(number):
        at += timedelta(seconds=pick.expovariate(1 / step) if pick.random() < 0.9 else pick.uniform(1, 20))
        yield at


def whatsapp(path: Path, number: int, style: str) -> None:
    """A chat with the usual traps at fixed rates: several lines, notes by the app, pictures, direction marks."""
    pick, stamp, ios = random.Random(1), whatsapp_styles()[style], style.startswith("ios")
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for at in _times(pick, number):
            chance = pick.random()
            if chance < 0.01:
                out.write(f"{stamp(at)}{LRM if ios else ''}You blocked this contact. Tap to unblock.\n")
                continue
            name = NAMES[min(int(pick.expovariate(1.2)), 4)]
            text, mark = _whatsapp_body(pick, chance, at, ios)
            out.write(f"{mark}{stamp(at)}{name}: {text}\n")


def _whatsapp_body(pick: random.Random, chance: float, at: datetime, ios: bool) -> tuple[str, str]:
    """What a message says, and the mark that stands before its line."""
    text = _said(pick)
    if chance < 0.02:
        return (f"{LRM}This message was deleted." if ios else "This message was deleted"), ""
    if chance < 0.025:
        return f"{text} {LRM if ios else ''}<This message was edited>", ""
    if chance < 0.045:
        if ios:
            return f"{LRM}<attached: {pick.randrange(10**8):08d}-PHOTO-{at:%Y-%m-%d-%H-%M-%S}.jpg>", LRM
        return f"{LRM}IMG-{at:%Y%m%d}-WA{pick.randrange(10**4):04d}.jpg (file attached)", ""
    if chance < 0.065:
        return (f"{LRM}image omitted" if ios else "<Media omitted>"), LRM if ios else ""
    if chance < 0.125:
        return f"{text} {pick.choice(EMOJI)}", ""
    if chance < 0.155:
        return f"{text}\n{_said(pick, 5)}\n\n{_said(pick, 3)}", ""
    if chance < 0.157:
        return f"{text}\n12/03 - he said: see you at 10:30", ""
    return (f"\u202bשלום לך\u202c {text}" if chance < 0.16 else text), ""


def sms(path: Path, number: int) -> None:
    """A backup of text messages; one in twenty is a picture of 30 KiB, one in fifty ends in a split emoji."""
    pick = random.Random(1)
    with path.open("w", encoding="utf-8") as out:
        out.write(f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"{number}\">\n")
        for place, at in enumerate(_times(pick, number)):
            text = _said(pick) + (" &#55357;&#56865;" if place % 50 == 0 else "")
            stamp = int(at.timestamp() * 1000)
            out.write(_picture_message(pick, stamp, text, place) if pick.random() < 0.05 else (
                f'<sms protocol="0" address="+447700900123" date="{stamp}" type="{1 + (place % 3 == 0)}" '
                f'subject="null" body="{text}" toa="null" sc_toa="null" service_center="null" read="1" status="-1" '
                f'locked="0" date_sent="{stamp}" sub_id="1" readable_date="{at:%d %b %Y %H:%M:%S}" '
                'contact_name="Callum Pryce" />\n'
            ))  # fmt: skip
        out.write("</smses>\n")


def _picture_message(pick: random.Random, stamp: int, text: str, place: int) -> str:
    data = base64.b64encode(b"\xff\xd8\xff\xe0" + pick.randbytes(30_716)).decode()
    return (
        f'<mms date="{stamp}" ct_t="application/vnd.wap.multipart.related" msg_box="1" address="+447700900123" '
        f'm_id="{place}" m_type="132" read="1" readable_date="x" contact_name="Callum Pryce"><parts>'
        '<part seq="0" ct="image/jpeg" name="i.jpg" chset="null" cd="null" fn="null" cid="c" cl="i.jpg" '
        f'ctt_s="null" ctt_t="null" text="null" data="{data}" />'
        f'<part seq="1" ct="text/plain" name="t" chset="106" text="{text}" /></parts>'
        '<addrs><addr address="+447700900123" type="137" charset="106" /></addrs></mms>\n'
    )


def mbox(path: Path, number: int) -> None:
    """Mails as a download has them: plain, with HTML, with a picture, with encoded names, in windows-1252."""
    pick = random.Random(1)
    picture = base64.encodebytes(pick.randbytes(20_480)).decode()
    with path.open("w", encoding="latin-1", newline="\n") as out:
        for place, at in enumerate(_times(pick, number)):
            out.write(f"From {place}@xxx {at:%a %b %d %H:%M:%S +0000 %Y}\n{_mail(pick, place, at, picture)}\n\n")


def _mail(pick: random.Random, place: int, at: datetime, picture: str) -> str:
    chance = pick.random()
    body = "\n".join(_said(pick, 12) for _ in range(int(pick.expovariate(1 / 8)) + 1)) + "\n"
    if chance > 0.98:
        body += ">From the start I told you\n"
    coded = 0.93 < chance < 0.97
    name = "=?UTF-8?B?Wm/DqyBPJ0ludmVudGVk?=" if coded else "Callum Pryce"
    head = (
        f"X-GM-THRID: {1_700_000_000_000_000_000 + place // 5}\nX-Gmail-Labels: Inbox,Unread\n"
        f"Message-ID: <{place}.{pick.randrange(1 << 40):x}@mail.example>\nDate: {email.utils.format_datetime(at)}\n"
        f"From: {name} <callum@example.org>\nTo: robin@example.net\n"
        f"Subject: {'=?utf-8?Q?Pam_nad_wyt_ti=E2=80=99n_ateb=3F?=' if coded else f'hello {place}'}\nMIME-Version: 1.0\n"
    )
    plain = f"Content-Type: text/plain; charset=utf-8\n\n{body}"
    if chance < 0.55:
        return head + plain
    if chance < 0.85:
        html = f"Content-Type: text/html; charset=utf-8\n\n<div>{body}</div>".replace("\n\n", "\n\n", 1)
        return f'{head}Content-Type: multipart/alternative; boundary="b1"\n\n--b1\n{plain}\n--b1\n{html}\n--b1--\n'
    if chance < 0.93:
        return (
            f'{head}Content-Type: multipart/mixed; boundary="b2"\n\n--b2\n{plain}\n--b2\n'
            'Content-Type: image/jpeg; name="IMG.jpg"\nContent-Transfer-Encoding: base64\n'
            f'Content-Disposition: attachment; filename="IMG.jpg"\n\n{picture}\n--b2--\n'
        )
    old = body.replace("the", "caf\xe9 \x93the\x94")
    return f"{head}Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: 8bit\n\n{old}"


def telegram(path: Path, number: int) -> None:
    """One chat as the desktop program exports it."""
    pick = random.Random(1)
    messages = [
        {"id": place, "type": "message", "date": at.strftime("%Y-%m-%dT%H:%M:%S"),
         "date_unixtime": str(int(at.timestamp())), "from": NAMES[place % 2], "from_id": f"user90012{place % 2}",
         "text": (said := _said(pick)), "text_entities": [{"type": "plain", "text": said}]}
        for place, at in enumerate(_times(pick, number))
    ]  # fmt: skip
    chat = {"name": NAMES[0], "type": "personal_chat", "id": 900123, "messages": messages}
    path.write_text(json.dumps(chat, ensure_ascii=False), encoding="utf-8")


def messenger(path: Path, number: int) -> None:
    """One thread of a download, its letters damaged as they come: UTF-8 written as if it were Latin-1."""
    pick = random.Random(1)

    def damaged(text: str) -> str:
        return text.encode().decode("latin-1")

    messages = [
        {"sender_name": damaged(NAMES[3] if place % 2 else NAMES[0]), "timestamp_ms": int(at.timestamp() * 1000),
         "content": damaged((EMOJI[0] if place % 4 == 0 else "") + _said(pick)), "is_geoblocked_for_viewer": False}
        for place, at in enumerate(_times(pick, number))
    ]  # fmt: skip
    thread = {"participants": [{"name": NAMES[0]}, {"name": damaged(NAMES[3])}], "messages": messages[::-1],
              "title": NAMES[0], "is_still_participant": True, "thread_path": "inbox/x_1"}  # fmt: skip
    path.write_text(json.dumps(thread), encoding="utf-8")


def snapchat(path: Path, number: int) -> None:
    """A chat history in the newer form: one list for each friend."""
    pick = random.Random(1)
    rows = [
        {"From": "callum.invented" if place % 2 else "robin.invented", "Media Type": "TEXT",
         "Created": at.strftime("%Y-%m-%d %H:%M:%S UTC"), "Content": _said(pick), "Conversation Title": None,
         "IsSender": place % 2 == 0, "Created(microseconds)": int(at.timestamp() * 1000), "IsSaved": True,
         "Media IDs": ""}
        for place, at in enumerate(_times(pick, number))
    ]  # fmt: skip
    path.write_text(json.dumps({"callum.invented": rows}), encoding="utf-8")


def imessage(path: Path, number: int) -> None:
    """A chat as text: a line of time, a line of sender, then the words."""
    pick = random.Random(1)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for place, at in enumerate(_times(pick, number)):
            clock = f"{at:%b %d, %Y} {at.hour % 12 or 12:2d}:{at:%M:%S %p}"
            out.write(f"{clock}\n{'Me' if place % 2 else '+447700900123'}\n{_said(pick)}\n\n")


def bank(path: Path, number: int) -> None:
    """A statement with small credits whose references are words."""
    pick = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("Date", "Counter Party", "Reference", "Type", "Amount (GBP)", "Balance (GBP)"))
        for at in _times(pick, number):
            rows.writerow((f"{at:%d/%m/%Y}", "C PRYCE", _said(pick, 3)[:18], "FASTER PAYMENT", "0.01", "100.00"))


def calls(path: Path, number: int) -> None:
    """A call log."""
    pick = random.Random(1)
    kinds = ("Incoming", "Outgoing", "Missed")
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("Date", "Time", "Type", "Number", "Name", "Duration"))
        for place, at in enumerate(_times(pick, number)):
            kind = kinds[place % 3]
            length = "00:00:00" if kind == "Missed" else f"00:0{place % 10}:{place % 60:02}"
            rows.writerow((f"{at:%d/%m/%Y}", f"{at:%H:%M:%S}", kind, "+447700900123", "Callum Pryce", length))


def workbook(path: Path, number: int) -> None:
    """A person's own log of incidents in a workbook."""
    from openpyxl import Workbook

    pick = random.Random(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Log")
    sheet.append(("Date", "Time", "What happened", "Where"))
    for at in _times(pick, number):
        sheet.append((f"{at:%d/%m/%Y}", f"{at:%H:%M}", _said(pick), "outside the shop"))
    book.save(path)


MAKERS: dict[str, tuple[str, Callable[[Path, int], None]]] = {
    "sms": ("sms.xml", sms), "mbox": ("mail.mbox", mbox), "telegram": ("result.json", telegram),
    "messenger": ("message_1.json", messenger), "snapchat": ("chat_history.json", snapchat),
    "imessage": ("+447700900123.txt", imessage), "bank": ("statement.csv", bank), "calls": ("calls.csv", calls),
    "workbook": ("log.xlsx", workbook),
}  # fmt: skip


def made(kind: str, number: int) -> Path:
    """A file of a kind (`whatsapp:STYLE`, or a name of `MAKERS`) with so many records; made if it is not there."""
    kind, _, style = kind.partition(":")
    name, make = MAKERS.get(kind, ("chat.txt", lambda path, many: whatsapp(path, many, style)))
    path = FOLDER / f"{kind}{style and '-'}{style}-{number}-{EDITION}" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name("new-" + name)
        make(new, number)
        new.replace(path)
    return path
