"""Her own log: 61 rows in a spreadsheet, nine of them with times as vague as she told them.

Row 7 of the sheet is "every Tuesday in July", row 11 the flowers. Between 10 and 24 October nothing was written.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from importlib import import_module
from random import Random
from typing import Any, NamedTuple

from joindots.config.demo.files.times import days, local

HEADINGS = ("When", "What happened", "Where", "Who", "Witnesses", "Effect on me", "Kind")
KINDS = {
    "approach or loitering": 19,
    "through others": 17,
    "online": 10,
    "gift": 6,
    "publishing": 5,
    "property": 2,
    "tracker": 1,
    "calls": 1,
}
"""How many rows there are of each kind."""
ROWS = sum(KINDS.values())
MADE = local("2025-11-13 12:40")


class Entry(NamedTuple):
    """One row. `day` sorts it; `when` is what she wrote."""

    day: date
    when: str
    what: str
    kind: str
    where: str = ""
    who: str = "Callum"
    witnesses: str = ""
    effect: str = ""


HALL, CLINIC, HOME = "Choir hall door", "The clinic, Clinic Street", "Outside my flat"
TOLD = (
    Entry(
        date(2025, 6, 28),
        "Sat 28 June 2025, 11:20",
        "He was in the bakery I always go to and said nothing.",
        "approach or loitering",
        "The bakery",
    ),
    Entry(
        date(2025, 6, 29),
        "around the end of June 2025",
        "He asked Jean for my address. She did not give it.",
        "through others",
        "",
        "Callum",
        "Jean",
    ),
    Entry(
        date(2025, 6, 30),
        "Mon 30 June 2025, 18:45",
        "He stood across from the hall until we went in.",
        "approach or loitering",
        HALL,
    ),
    Entry(
        date(2025, 7, 1),
        "early July 2025",
        "He followed my page under his own name, then two others. I blocked them.",
        "online",
    ),
    Entry(
        date(2025, 7, 1),
        "Tue 1 July 2025, 21:35",
        "He walked behind me as far as the bridge.",
        "approach or loitering",
        "The bridge",
        "Callum",
        "Jean",
        "I take the bus now.",
    ),
    Entry(
        date(2025, 7, 1),
        "every Tuesday in July 2025 (all but one, I think)",
        "He waited by the hall door after choir.",
        "approach or loitering",
        HALL,
        "Callum",
        "the other altos",
        "I leave with the others.",
    ),
    Entry(
        date(2025, 7, 12),
        "Sat 12 July 2025, 09:10",
        "A songbook with my name in it on the mat.",
        "gift",
        HOME,
        "nobody seen",
    ),
    Entry(
        date(2025, 7, 20),
        "Sun 20 July 2025",
        "A post about “the girl with the blue coat”.",
        "publishing",
        "",
        "account not known",
    ),
    Entry(
        date(2025, 8, 2),
        "Sat 2 August 2025, 16:00",
        "He sat in a car opposite the clinic for an hour.",
        "approach or loitering",
        CLINIC,
    ),
    Entry(
        date(2025, 8, 9),
        "Sat 9 Aug 2025, about teatime",
        "Flowers left for me at the desk, no card.",
        "gift",
        CLINIC,
        "I am fairly sure it was Callum",
        "reception",
        "I could not finish the day.",
    ),
    Entry(
        date(2025, 8, 19),
        "Tue 19 August 2025",
        "Jean, who leads the choir, told him to leave the choir.",
        "through others",
        HALL,
        "Callum",
        "Jean",
    ),
    Entry(
        date(2025, 8, 23),
        "23 to 25 August 2025",
        "About twelve silent calls over the bank holiday weekend, number withheld.",
        "calls",
        "",
        "not known",
        "",
        "I did not sleep.",
    ),
    Entry(
        date(2025, 9, 1),
        "Mon 1 September 2025",
        "A new account, northshire_tenor_91, followed me.",
        "online",
        "",
        "not known",
    ),
    Entry(
        date(2025, 9, 14),
        "one evening in mid September 2025",
        "My bins were turned over and my post was on the ground.",
        "property",
        HOME,
        "nobody seen",
    ),
    Entry(
        date(2025, 9, 20),
        "a weekend in September 2025",
        "He spoke to my neighbour and said he was my brother.",
        "through others",
        HOME,
        "Callum",
        "Mr Okell downstairs",
    ),
    Entry(
        date(2025, 10, 2),
        "sometime in early October 2025",
        "The mirror on my car was folded in and scratched.",
        "property",
        HOME,
        "not known",
    ),
    Entry(
        date(2025, 10, 30),
        "Thu 30 Oct 2025, 18:47",
        "My phone warned of an unknown tag. We found it in the wheel arch at 19:30, took "
        "a photo where it was and wrote down its number. Left there as the police told me.",
        "tracker",
        "The car park",
        "not known",
        "Dev",
    ),
    Entry(
        date(2025, 11, 1),
        "the first weekend of November 2025",
        "He asked two people from the choir where I have gone.",
        "through others",
        "",
        "Callum",
        "Jean",
    ),
)
"""The rows that are the story's own, and those around them, in her words."""
_MORE = {
    "approach or loitering": (
        ("He was at the bus stop when I came out.", CLINIC),
        ("He stood under the lamp across the road.", HOME),
        ("He came into the waiting room, sat, and left.", CLINIC),
        ("He was on the bridge when I crossed it.", "The bridge"),
    ),
    "through others": (
        ("He asked at reception when I work.", CLINIC),
        ("He asked a friend to give me a letter. She refused.", ""),
        ("Somebody rang my mother and asked for my new number.", ""),
        ("He told a tenor that we had been close.", HALL),
    ),
    "online": (("northshire_tenor_91 looked at every story.", ""), ("A new account with no name followed me.", "")),
    "gift": (
        ("A bar of chocolate through the letter box.", HOME),
        ("A recording of the concert on a stick, no note.", CLINIC),
    ),
    "publishing": (
        ("A review of the clinic that names me.", ""),
        ("My photo from the concert with words over it.", ""),
    ),
}


def entries() -> list[Entry]:
    """All rows in the sheet's order."""
    random = Random("log")
    left = {kind: number - sum(one.kind == kind for one in TOLD) for kind, number in KINDS.items()}
    later = [day for day in days(date(2025, 8, 20), date(2025, 11, 12)) if day.day not in (23, 24, 25)]
    more = []
    for kind, number in left.items():
        for place in range(number):
            day = random.choice(later)
            what, where = _MORE[kind][place % len(_MORE[kind])]
            clock = f"{random.randint(8, 22):02}:{random.choice((0, 5, 15, 20, 40, 50)):02}"
            more.append(Entry(day, f"{day:%a} {day.day} {day:%B %Y}, {clock}", what, kind, where))
    return sorted([*TOLD, *more], key=lambda one: one.day)


def her_log() -> bytes:
    """`her-log.xlsx`."""
    book: Any = import_module("openpyxl").Workbook()
    sheet = book.active
    sheet.title = "Log"
    sheet.append(HEADINGS)
    bold = import_module("openpyxl.styles").Font(bold=True)
    for cell in sheet[1]:
        cell.font = bold
    for one in entries():
        sheet.append([one.when, one.what, one.where, one.who, one.witnesses, one.effect, one.kind])
    for column, width in zip("ABCDEFG", (32, 60, 24, 20, 20, 28, 22), strict=True):
        sheet.column_dimensions[column].width = width
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue())


def _settled(book: bytes) -> bytes:
    """The workbook with its own moment instead of the clock's, so that it is the same file each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as made, zipfile.ZipFile(out, "w") as archive:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _properties() if name == "docProps/core.xml" else made.read(name))
    return out.getvalue()


def _properties() -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{MADE:%Y-%m-%dT%H:%M:%SZ}</dcterms:created></cp:coreProperties>'
    )
