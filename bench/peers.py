"""Reads one file by a reader of ours or by a peer, in this process: `python -m bench.peers WAY FILE`, one JSON line.

Peers that are not installed are left out; those of the standard library always run.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from bench.timing import Clock

HEADER = re.compile(
    r"^\u200e?\[?(\d{1,2})/(\d{1,2})/(\d{2,4}), (\d{1,2}):(\d{2})(?::(\d{2}))?(?:[ \u202f]?([AP]M))?\]?(?: -)? "
    r"(?:([^:\n]{1,60}): )?(.*)$", re.MULTILINE,
)  # fmt: skip
PAIR = re.compile(rb"&#(5[56]\d{3});&#(5[67]\d{3});")


def ours(path: Path) -> int:
    """Every item of the file by the reader library, with nothing kept but the count of records."""
    from joindots.evidence.readers import Source, read
    from joindots.evidence.readers.records import Communication

    return sum(type(one) is Communication for one in read(Source.from_path(path)))


def ours_with_media(path: Path) -> int:
    """The same, with every file inside written into a folder."""
    from joindots.evidence.readers import Folder, Source, read
    from joindots.evidence.readers.records import Communication

    with tempfile.TemporaryDirectory() as folder:
        items = read(Source.from_path(path), media=Folder(Path(folder)))
        return sum(type(one) is Communication for one in items)


def regex_loop(path: Path) -> int:
    """One compiled expression over the whole text; no dates, no records."""
    return sum(1 for _ in HEADER.finditer(path.read_text(encoding="utf-8")))


def regex_dates(path: Path) -> int:
    """One expression a line, a date by hand and a dict a message."""
    return len(messages(path))


def messages(path: Path) -> list[dict[str, Any]]:
    """The messages of a chat as dicts, all in memory; the order of day and month is told by the file's folder."""
    american = "en-us" in str(path)
    found: list[dict[str, Any]] = []
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            match = HEADER.match(line)
            if match is None:
                if found:
                    found[-1]["body"] += "\n" + line[:-1]
                continue
            a, b, year, hour, minute, second, half, who, body = match.groups()
            hours = int(hour) % 12 + (12 if half == "PM" else 0) if half else int(hour)
            day, month = (int(b), int(a)) if american else (int(a), int(b))
            years = int(year) + (2000 if len(year) == 2 else 0)
            at = datetime(years, month, day, hours, int(minute), int(second or 0))  # noqa: DTZ001 – a peer's way
            found.append({"at": at, "who": who, "body": body})
    return found


def whatstk(path: Path) -> int:
    """A public parser into a table."""
    from whatstk.whatsapp.parser import df_from_whatsapp

    return len(df_from_whatsapp(str(path), max_size=None))


def chatminer(path: Path) -> int:
    """A public parser into a table; its bar and its words about every line it drops are kept off the screen."""
    logging.disable()
    os.environ["TQDM_DISABLE"] = "1"
    from chatminer.chatparsers import WhatsAppParser

    parser = WhatsAppParser(str(path))
    parser.parse_file()
    return len(parser.parsed_messages.get_df())


class _Mended:
    """A stream of XML whose split emoji are joined: no parser takes them as they are."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.rest = stream, b""

    def read(self, size: int = -1) -> bytes:
        data = self.rest + self.stream.read(1 << 20)
        cut = data.rfind(b"&#", max(0, len(data) - 24))
        cut = cut if cut > 0 and len(data) >= 1 << 20 else len(data)
        self.rest, data = data[cut:], data[:cut]
        return PAIR.sub(_joined, data)


def _joined(pair: re.Match[bytes]) -> bytes:
    return chr(0x10000 + ((int(pair[1]) - 0xD800) << 10) + int(pair[2]) - 0xDC00).encode()


def element_tree(path: Path) -> int:
    """The standard library's XML behind a filter for split emoji; pictures decoded and written."""
    from xml.etree import ElementTree

    found = 0
    with path.open("rb") as stream, tempfile.TemporaryDirectory() as folder:
        for _, element in ElementTree.iterparse(_Mended(stream)):
            if element.tag not in ("sms", "mms"):
                continue
            found += 1
            int(element.get("date", "0"))
            for part in element.iter("part"):
                if data := part.get("data"):
                    (Path(folder) / f"{found}.jpg").write_bytes(base64.b64decode(data))
            element.clear()
    return found


def mailbox(path: Path) -> int:
    """The standard library's mailbox: dates, names, subject, the words and the attachments of each mail."""
    import email.utils
    import mailbox as standard
    from email.header import decode_header, make_header

    found = 0
    for mail in standard.mbox(path, create=False):
        found += 1
        email.utils.parsedate_to_datetime(mail["Date"])
        for name in ("From", "To", "Subject"):
            str(make_header(decode_header(mail[name])))
        for part in mail.walk():
            if not part.is_multipart():
                data: Any = part.get_payload(decode=True) or b""
                if part.get_content_type() == "text/plain":
                    data.decode(part.get_content_charset() or "utf-8", "replace")
    return found


def fast_mail_parser(path: Path) -> int:
    """A public parser in Rust, behind a splitter of ten lines."""
    import fast_mail_parser as parser

    return sum(1 for data in _split(path) if parser.parse_email(data).subject is not None)


def _split(path: Path) -> Iterator[bytes]:
    lines: list[bytes] = []
    blank = True
    with path.open("rb") as stream:
        for line in stream:
            if blank and line.startswith(b"From ") and lines:
                yield b"".join(lines[1:])
                lines = []
            lines.append(line)
            blank = line in (b"\n", b"\r\n")
    yield b"".join(lines[1:])


def json_whole(path: Path) -> int:
    """The standard library's JSON, whole in memory; then each message's time and words looked at."""
    with path.open(encoding="utf-8") as stream:
        data = json.load(stream)
    messages = data.get("messages") or next(iter(data.values()))
    for one in messages:
        text = one.get("content") or one.get("text") or one.get("Content") or ""
        if isinstance(text, str) and not text.isascii():
            try:
                text.encode("latin-1").decode("utf-8")
            except UnicodeError:
                continue
    return len(messages)


def ijson(path: Path) -> int:
    """A public streaming parser of JSON."""
    import ijson as parser

    with path.open("rb") as stream:
        return sum(1 for _ in parser.items(stream, "messages.item"))


def lines_of_three(path: Path) -> int:
    """A chat as text: an expression a line, a date for each that is one."""
    found = 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if re.match(r"[A-Z][a-z]{2} \d\d, \d{4} [ \d]\d:", line):
                datetime.strptime(line.strip(), "%b %d, %Y %I:%M:%S %p")  # noqa: DTZ007 – a peer's way
                found += 1
    return found


def csv_rows(path: Path) -> int:
    """The standard library's table reader with a date a row."""
    import csv

    with path.open(encoding="utf-8", newline="") as stream:
        return sum(1 for row in csv.DictReader(stream) if datetime.strptime(row["Date"], "%d/%m/%Y"))  # noqa: DTZ007


def openpyxl(path: Path) -> int:
    """A public reader of workbooks, in its streaming mode."""
    import openpyxl as reader

    book = reader.load_workbook(path, read_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(min_row=2, values_only=True))


WAYS: dict[str, Callable[[Path], int]] = {
    one.__name__: one
    for one in (
        ours, ours_with_media, regex_loop, regex_dates, whatstk, chatminer, element_tree, mailbox, fast_mail_parser,
        json_whole, ijson, lines_of_three, csv_rows, openpyxl,
    )
}  # fmt: skip


def main() -> None:
    """One way over one file."""
    way, path = WAYS[sys.argv[1]], Path(sys.argv[2])
    if way in (ours, ours_with_media):
        import joindots.evidence.readers  # noqa: F401 – its loading is nobody's cost
    clock = Clock()
    found = way(path)
    print(json.dumps(clock.figures(found=found)))


if __name__ == "__main__":
    main()
