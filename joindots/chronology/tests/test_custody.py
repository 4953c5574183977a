"""Custody as a statement: every step a dated sentence, tied to the chain; outward without a name."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from joindots.access.door import Ref
from joindots.audit.chain import FIRST, digest
from joindots.audit.models import Entry
from joindots.casework.models import Case
from joindots.chronology.rules.custody import Thing, statement
from joindots.circles.models import Circle
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.kernel.when import When
from tests.browsing import SignIn
from tests.stage import NOW, Stage

FILE = Thing("source", "7", "chat.txt", "SHA-256 abc")
INSIDE = Thing("exhibit", "e1", "photo.jpg", "", "7")


@dataclass
class Step:
    """One entry of a book."""

    seq: int
    code: str
    says: dict[str, Any]
    at: datetime = NOW
    who: str = "Asha"
    roles: str = "stalking advocate, team lead"
    agency: str = "Stillwater"
    agency_kind: str = "advocacy service"
    content: dict[str, Any] = field(default_factory=lambda: {"who": "m1"})
    previous: str = "p"
    digest: str = "d"


BOOK = (
    Step(1, "evidence.brought_in", {"source": "7"}),
    Step(2, "evidence.exhibit_kept", {"source": "7", "exhibit": "e1"}),
    Step(3, "evidence.original_taken", {"source": "7"}, NOW + timedelta(minutes=1)),
    Step(4, "evidence.original_taken", {"source": "7"}, NOW + timedelta(minutes=9)),
    Step(5, "evidence.original_taken", {"source": "8"}, NOW + timedelta(minutes=9)),
    Step(6, "chronology.pack_made", {"pack": "p1", "sources": ["7"], "exhibits": ["e1"]}, NOW + timedelta(days=1)),
    Step(7, "read", {"asked": ["evidence.see"], "fields": []}, NOW + timedelta(days=1)),
)


def test_each_thing_has_its_steps_in_order_and_like_steps_of_a_day_stand_together() -> None:
    told = statement(BOOK, (FILE, INSIDE), "Statement")
    assert [[line.says for line in part.lines] for part in told.parts] == [
        [
            "brought in by Asha, stalking advocate, team lead, Stillwater, and sealed byte for byte.",
            "the original was copied out by Asha, stalking advocate, team lead, Stillwater, 2 times until 09:09.",
            "copied into a full pack, in the name of Asha, stalking advocate, team lead, Stillwater.",
        ],
        [
            "came inside a file that was brought in by Asha, stalking advocate, team lead, Stillwater.",
            "found inside a file and kept, in the name of Asha, stalking advocate, team lead, Stillwater.",
            "copied into a full pack, in the name of Asha, stalking advocate, team lead, Stillwater.",
        ],
        ["its records were looked at by Asha, stalking advocate, team lead, Stillwater."],
    ]
    assert told.parts[0].lines[1].marks == "entry 3 d to entry 4 d"


def test_outward_no_name_of_staff_or_file_stands_in_it_and_only_steps_of_what_is_in_the_pack() -> None:
    named = Thing("source", "7", "Exhibit 1")
    told = statement(BOOK, (named,), "Statement", recipient="Northshire Police", case_too=False)
    everything = repr(told)
    assert "Asha" not in everything
    assert "Stillwater" not in everything
    assert "stalking advocate, advocacy service (worker 1)" in told.parts[0].lines[0].says
    rows = list(csv.DictReader(io.StringIO(told.sheet.decode("utf-8-sig"))))
    assert [row["entry"] for row in rows] == ["1", "3", "4", "6"]
    assert set(rows[0]) == {"entry", "at", "who", "about", "what", "digest"}


def test_the_table_holds_the_whole_book_so_that_anybody_can_work_the_chain_out_again(
    stage: Stage, sign_in: SignIn
) -> None:
    case = stage.case(victim="Maya Example", summary="", own_number="")
    evidence.write_entry(stage.actor("asha"), case, telling=Telling(When(None, None, given="last week"), ("near",)))
    stage.close()
    client = sign_in("asha")
    assert client.get(f"/cases/{case.key}/timeline.csv").status_code == 200
    page = client.get(f"/cases/{case.key}/custody/statement/").content.decode()
    assert "a table of counts was downloaded by Asha, stalking advocate, Stillwater" in page
    pdf = client.get(f"/cases/{case.key}/custody/statement.pdf")
    assert pdf.content.startswith(b"%PDF-1.7")
    assert "attachment" in pdf["Content-Disposition"]
    sheet = client.get(f"/cases/{case.key}/custody/statement.csv").content.decode("utf-8-sig")
    before = FIRST
    rows = list(csv.DictReader(io.StringIO(sheet)))
    for number, row in enumerate(rows, start=1):
        content = json.loads(row["content"])
        assert (int(row["entry"]), row["previous"]) == (number, before)
        said = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        before = hashlib.sha256(before.encode() + b"\n" + said).hexdigest()
        assert row["digest"] == before == digest(row["previous"], content)
    codes = Entry.objects.filter(book=Circle.objects.get().pk).values_list("code", flat=True)
    assert {"chronology.table_taken", "chronology.statement_taken"} <= set(codes)
    assert Case.objects.get().reference == case.key == Ref(case.key).key
