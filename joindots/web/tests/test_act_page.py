"""One act down to its source: the line as it stood, its file and hash, what people decided, and nothing kept back."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.chronology import actions as chronology
from joindots.circles import queries as circles
from joindots.evidence import actions as evidence
from joindots.evidence import queries
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.links import SAME_ACT, End
from joindots.jobs import tasks
from joindots.kernel.when import When
from joindots.vault.files import SealedFile
from tests.browsing import SignIn
from tests.stage import Stage

LINE = "13/03/2025, 21:02 - Cal Example: open the <b>door</b> – ”now”"
CHAT = f"13/03/2025, 21:01 - Cal Example: first\n{LINE}\nand a second line\n13/03/2025, 21:03 - Cal Example: third\n"


def zipped(text: str) -> bytes:
    """A chat as an app exports it: one text in a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("WhatsApp Chat with Cal Example.txt"), text)
    return packed.getvalue()


@pytest.fixture
def case(stage: Stage, keep: Callable[[bytes], SealedFile]) -> Ref:
    """A case with one act that two files show, and an entry of the log that tells of it too."""
    case = stage.case(victim="Rhian Example", summary="", own_number="")
    for name, data in (("chat.txt", CHAT.encode()), ("chat.zip", zipped(CHAT))):
        arrived = evidence.bring_in(stage.actor("asha"), case, name=name, sealed=keep(data))
        assert arrived.job is not None
        assert tasks.run(arrived.job) == "done"
    return case


def place(stage: Stage, case: Ref, name: str = "chat.txt") -> tuple[int, int]:
    """The second message, in the file of this name."""
    source = next(one.id for one in queries.files_of(stage.actor("asha"), case) if one.name == name)
    return source, 1


def words(client: Client, case: Ref, at: object, **headers: str) -> str:
    answer = client.get(f"/cases/{case.key}/act/?{at}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_on_the_side_of_the_person_reported_and_in_another_agency_no_act_and_no_paper_tells_of_the_victim(
    stage: Stage, sign_in: SignIn, case: Ref
) -> None:
    stage.at = datetime.now(UTC)
    asha, at = stage.actor("asha"), place(stage, case)
    circle = casework.case(asha, case).circle
    told = Telling(When(None, None), ("message",), where="Larchclose 9", words="Quillfeather")
    entry = evidence.write_entry(asha, case, telling=told).reference
    stage.memberships["priya"].standings.create(
        circle_id=circle, side="suspect", basis="share", purpose="x", starts=stage.at
    )
    stage.close()
    pages = [f"act/?at={at[0]}-{at[1]}", f"act/?entry={entry}", "timeline.pdf?words=shown", "timeline/", "timeline.csv"]
    for who, status in (("priya", 403), ("stranger", 404), ("moira", 403)):
        client = sign_in(who)
        for page in (*pages, pages[0].replace("act", "group"), pages[1].replace("act", "group")):
            headers = {"HX-Request": "true"} if page.startswith("act") and who == "priya" else {}
            answer = client.get(f"/cases/{case.key}/{page}", headers=headers)
            said = answer.content.decode()
            assert (answer.status_code, answer["Content-Type"][:9]) == (status, "text/html"), (who, page)
            assert not any(word in said for word in ("Rhian", "Larchclose", "Quillfeather", "chat.txt", "door"))


def test_an_act_shows_its_line_in_every_file_its_hash_and_who_decided_what_to_who_may_see_it(
    stage: Stage, sign_in: SignIn, case: Ref
) -> None:
    at = place(stage, case)
    entry = evidence.write_entry(
        stage.actor("asha"), case, telling=Telling(When(None, None), ("message",), words="told")
    ).reference
    evidence.link(
        stage.actor("asha"), case, kind=SAME_ACT, ends=(End(entry=entry), End(source=at[0], seq=at[1])), why="the same"
    )
    chronology.name_episode(stage.actor("asha"), case, name="The door", spans={at[0]: ((1, 1),)}, why="it began here")
    stage.close()
    client = sign_in("asha")
    inside = place(stage, case, "chat.zip")
    page, packed = (words(client, case, f"at={source}-{seq}") for source, seq in (at, inside))
    stood = re.findall(r'<pre class="jd-stood">(.*?)</pre>', page + packed, re.DOTALL)
    assert len(stood) >= 2 and len(set(stood)) == 1, "the same from the text and from inside the zip"
    assert stood[0].replace("&lt;", "<").replace("&gt;", ">").replace("\r", "") == f"{LINE}\nand a second line"
    for said in (
        hashlib.sha256(CHAT.encode()).hexdigest(), hashlib.sha256(zipped(CHAT)).hexdigest(), "chat.zip", "line 2",
        "Asha", entry, "The door", "it began here", "the same",
    ):  # fmt: skip
        assert said in page + packed, said
    assert "<details" in page.partition(stood[0])[0].rpartition("<section")[2], "the line is folded until asked for"
    part = words(client, case, f"at={at[0]}-{at[1]}", **{"HX-Request": "true"})
    assert stood[0] in part and "<html" not in part
    assert entry in words(client, case, f"entry={entry}")
    circle = casework.case(stage.actor("asha"), case).circle
    looks = [one for one in circles.book_of(stage.actor("asha"), Ref(circle)) if one.code.endswith("record_looked_at")]
    assert len(looks) >= 3, "each look at each file stands in its custody"
    other = stage.case(victim="Cerys Example", summary="", own_number="")
    stage.close()
    strange = sign_in("stranger")
    for asked in (f"at={at[0]}-{at[1]}", f"entry={entry}"):
        assert strange.get(f"/cases/{case.key}/act/?{asked}").status_code == 404
        assert client.get(f"/cases/{other.key}/act/?{asked}").status_code == 404
    for asked in ("", "at=", "at=1-2", f"at={at[0]}-99", "at=9e9-1", "entry=XXXX-XXXX", f"at={'9' * 40}-1"):
        assert client.get(f"/cases/{case.key}/act/?{asked}").status_code == 404


def test_an_act_too_far_down_a_list_too_long_to_be_read_opens_by_itself(
    stage: Stage, sign_in: SignIn, case: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("joindots.web.chronology.one_row._around", lambda *_: ())
    source, seq = place(stage, case)
    assert "and a second line" in words(sign_in("asha"), case, f"at={source}-{seq}")
