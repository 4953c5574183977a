"""Builds backups of SMS Backup & Restore for the tests, and reads them."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

from joindots.evidence.readers.answers import NO_ANSWERS
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.records import Communication, NotUnderstood
from joindots.evidence.readers.sms_backup import FORMATS
from joindots.evidence.readers.source import Source

HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
AT = 1710252306789
WHEN = datetime(2024, 3, 12, 14, 5, 6, tzinfo=UTC)
SAM = "+447700900123"
KEY = "tel:+447700900123"
PIXEL = bytes(range(256)) * 3


class Kept:
    """A sink that remembers what it was given."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def keep(self, name, stream):
        data = stream.read()
        self.files[name] = data
        return hashlib.sha256(data).hexdigest(), len(data)


def items_of(data: bytes, name: str = "sms-20240312.xml", media=None):
    source = Source.from_bytes(name, data)
    one = next(one for one in FORMATS if one.claims(source))
    return list(one.read(source, NO_ANSWERS, media or HashOnly()))


def records_of(data: bytes, **more):
    return [item for item in items_of(data, **more) if isinstance(item, Communication)]


def not_understood(data: bytes, **more):
    return [i for i in items_of(data, **more) if isinstance(i, NotUnderstood) and i.why != "headings"]


def sms(body: str = "I am outside", **given: object) -> bytes:
    attributes = {
        "protocol": 0, "address": SAM, "date": AT, "type": 1, "subject": "null", "body": body, "toa": "null",
        "sc_toa": "null", "service_center": "null", "read": 1, "status": -1, "locked": 0, "date_sent": AT - 2000,
        "sub_id": 1, "readable_date": "12 Mar 2024 14:05:06", "contact_name": "Sam Example",
    } | given  # fmt: skip
    return ("<sms " + " ".join(f'{name}="{value}"' for name, value in attributes.items()) + " />\n").encode()


def call(**given: object) -> bytes:
    attributes = {
        "number": SAM, "duration": 0, "date": AT, "type": 3, "presentation": 1, "subscription_id": "null",
        "post_dial_digits": "", "subscription_component_name": "null",
        "readable_date": "12 Mar 2024 14:05:06", "contact_name": "Sam Example",
    } | given  # fmt: skip
    return ("<call " + " ".join(f'{name}="{value}"' for name, value in attributes.items()) + " />\n").encode()


def part(ct: str, text: str = "null", data: bytes | str | None = None, name: str = "null") -> str:
    if isinstance(data, bytes):
        data = base64.b64encode(data).decode()
    tail = f' data="{data}"' if data is not None else ""
    return f'<part seq="0" ct="{ct}" name="{name}" chset="null" cl="{name}" text="{text}"{tail} />'


def mms(parts: str, addrs: str = "", **given: object) -> bytes:
    attributes = {
        "date": AT, "ct_t": "application/vnd.wap.multipart.related", "msg_box": 1, "address": SAM, "m_type": 132,
        "sub": "null", "read": 1, "readable_date": "12 Mar 2024 14:05:06", "contact_name": "Sam Example",
    } | given  # fmt: skip
    head = "<mms " + " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f"{head}>\n <parts>\n  {parts}\n </parts>\n <addrs>{addrs}</addrs>\n</mms>\n".encode()


def addr(address: str, role: int) -> str:
    return f'<addr address="{address}" type="{role}" charset="106" />'


def smses(*records: bytes, count: int | None = None, root: str = "smses") -> bytes:
    declared = len(records) if count is None else count
    return HEAD + f'<{root} count="{declared}">\n'.encode() + b"".join(records) + f"</{root}>\n".encode()


def calls(*records: bytes) -> bytes:
    return smses(*records, root="calls")
