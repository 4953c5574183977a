"""A word planted in every place of a case stands in no byte of a pack for disclosure, by a finder of the test's own."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest
from PIL import Image

from joindots.access.door import Ref
from joindots.chronology import actions, queries
from joindots.chronology.models import Disclosure
from joindots.chronology.work import disclosures
from joindots.chronology.work.gathering import Redactor
from joindots.circles.models import Circle
from joindots.documents import verify
from joindots.evidence import actions as evidence
from joindots.evidence import queries as kept
from joindots.evidence.rules.cyber import Captured
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.links import End
from joindots.jobs import tasks
from joindots.jobs.models import Job
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import When
from joindots.people import actions as people
from joindots.people.models import Person
from joindots.vault.files import Sealer
from tests.stage import Stage

ADDRESS, NUMBER, SCHOOL, OTHER = "9 Larch Close, ZZ99 4LC", "07700 900122", "Quillfeather School", "Zanzibarword"
SECRETS = ("larchclose", "zz994lc", "07700900122", "7700900122", "quillfeather", "zanzibarword", "isla", "mumsy")
CHAT = f"""10/06/2025, 21:14 - Callum: I know it is 9 larch  close. ZZ994LC!
10/06/2025, 21:15 - Callum: IMG-{OTHER}.png (file attached)
10/06/2025, 21:16 - Maya: Who gave you 07700 900 122 ?
10/06/2025, 21:17 - Callum: I saw Isla at Quillfeather school
11/06/2025, 08:00 - Callum: this one is marked, it is private
12/06/2025, 09:00 - Callum: good morning
"""
OTHERS = """11/06/2025, 10:00 - Mumsy: come home to me
11/06/2025, 10:01 - Maya: soon
"""


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, for jobs act at it."""
    stage.at = datetime.now(UTC)
    return stage


def picture() -> bytes:
    """A picture that carries secrets where nobody sees them."""
    exif = Image.Exif()
    exif[0x010E], exif[0x9286] = f"taken at {ADDRESS}", f"{OTHER} {NUMBER}"
    held = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(held, "JPEG", exif=exif, comment=ADDRESS.encode())
    return held.getvalue()


def document() -> bytes:
    """A PDF with a secret in its metadata."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 200))
    made.docinfo["/Title"] = f"Report on {ADDRESS}"
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def letter() -> bytes:
    """A Word file with a secret in its words and others where nobody sees them."""
    words = f"<w:document><w:p><w:t>I wrote to {ADDRESS} again</w:t></w:p></w:document>"
    return zipped({
        "[Content_Types].xml": b"<Types/>", "word/document.xml": words.encode(),
        "docProps/core.xml": f"<x>{OTHER}</x>".encode(), "word/comments.xml": f"<x>{NUMBER}</x>".encode(),
    })  # fmt: skip


def voice() -> bytes:
    """A quiet recording with a secret in its tags."""
    said = f"{ADDRESS} {OTHER} ".encode().ljust(60)
    sound, tags = b"\0\0\1\0" * 400, b"INFOICMT" + len(said).to_bytes(4, "little") + said
    form = b"fmt \x10\0\0\0\1\0\1\0@\x1f\0\0\x80>\0\0\2\0\x10\0"
    body = b"WAVE" + form + b"LIST" + len(tags).to_bytes(4, "little") + tags
    body += b"data" + len(sound).to_bytes(4, "little") + sound
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def brought(stage: Stage, case: Ref, name: str, data: bytes) -> int:
    """A file brought in and read."""
    sealer = Sealer()
    sealer.write(data)
    arrived = evidence.bring_in(stage.actor("asha"), case, name=name, sealed=sealer.close())
    for job in Job.objects.filter(state="queued"):
        tasks.run(job.pk)
    return arrived.source


def planted(stage: Stage) -> tuple[Ref, UUID]:
    """A case with secrets in names, texts, pictures, papers, the log; and its circle."""
    case = stage.case(victim="Maya Example", summary=f"Lives at {ADDRESS}", own_number=f"SW-{OTHER}")
    victim = Person.objects.get(presences__stands_as="victim")
    circle = victim.presences.get().circle_id
    asha = stage.actor("asha")
    people.set_safe_contact(asha, Ref(victim.pk), number=NUMBER, times="mornings", address=ADDRESS)
    people.add_person(asha, Ref(circle), name="Isla Example", stands_as="child")
    people.protect(asha, Ref(circle), kind="school", word=SCHOOL)
    people.protect(asha, Ref(circle), kind="other", word=OTHER)
    inside = {"WhatsApp Chat with Callum.txt": CHAT.encode(), "WhatsApp Chat with Mumsy.txt": OTHERS.encode()}
    chat = brought(stage, case, f"Chats at {ADDRESS}.zip", zipped({**inside, f"IMG-{OTHER}.png": picture()}))
    brought(stage, case, f"{OTHER}.pdf", document())
    brought(stage, case, f"letter-{OTHER}.docx", letter())
    brought(stage, case, f"voice-{OTHER}.wav", voice())
    brought(stage, case, f"note-{OTHER}.txt", f"She moved to {ADDRESS}.\nRing {NUMBER}.".encode())
    told = Telling(When(None, None, given="last week"), ("near",), words=f"He stood at {ADDRESS}", where=SCHOOL,
                   saw="Mumsy saw it")  # fmt: skip
    evidence.write_entry(asha, case, telling=told)
    asked = kept.search(asha, case, "marked")[0][0]
    assert asked.source == chat
    actions.keep_out(asha, case, end=End(source=asked.source, seq=asked.seq), why="hers alone")
    page = brought(stage, case, f"profile-{OTHER}.html", f"<html><body>I am at {ADDRESS}</body></html>".encode())
    seen = Captured(f"https://example.org/{OTHER}/tenor", "profile", "writer", When(stage.at, stage.at), ADDRESS)
    evidence.keep_capture(asha, case, source=page, told=seen)
    for one in queries.pictures_of(asha, case):
        actions.look_over(asha, case, source=one.source, exhibit=one.exhibit)
    actions.note_told(asha, case, how="phone", told_at=stage.at - timedelta(hours=1), said="Not my school, please.")
    stage.close()
    return case, circle


def made(stage: Stage, case: Ref) -> Disclosure:
    job = actions.ask_for_disclosure(
        stage.actor("asha"), case, about=("Callum",), own=("Maya",), recipient="Northshire Police"
    )
    assert tasks.run(job) == "done", Job.objects.get(pk=job).code
    return Disclosure.objects.order_by("-id").first()


def bytes_of(stage: Stage, row: Disclosure) -> bytes:
    """The finished pack, past its release: what the check saw."""
    from joindots.chronology.actions.releasing import _place
    from joindots.vault import files

    path, key, size = _place(stage.actor("asha"), row)
    with files.open_file(path, key, size) as stream:
        return stream.read()


def everything(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes, and all that can be unpacked from them: members, streams, strings in either order of bytes."""
    yield name, data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inside in archive.namelist():
                yield inside, inside.encode()
                yield from everything(inside, archive.read(inside))
    if data[:4] == b"%PDF":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield name, str(pdf.docinfo).encode()
            for one in pdf.objects:
                if isinstance(one, pikepdf.Stream):
                    yield name, one.read_raw_bytes() if one.get("/Filter") == "/DCTDecode" else one.read_bytes()
        yield name, pdf_words(data).encode()
    if data[:4] == b"\x89PNG":
        for chunk in re.findall(rb"zTXt(.+?)(?=....IEND)", data, re.DOTALL):
            yield name, zlib.decompressobj().decompress(chunk)


def pdf_words(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def bare(data: bytes) -> tuple[str, ...]:
    """Letters and digits alone, small, read as text in three ways."""
    ways = (data.decode("utf-8", "ignore"), data.decode("utf-16-le", "ignore"), data.decode("utf-16-be", "ignore"))
    return tuple("".join(sign for sign in text.casefold() if sign.isalnum()) for text in ways)


def found_in(data: bytes) -> list[tuple[str, str]]:
    return [(name, secret) for name, one in everything("pack.zip", data) for text in bare(one) for secret in SECRETS
            if secret in text]  # fmt: skip


def unpacked(data: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return next(folder.iterdir())


def test_no_byte_of_a_pack_holds_what_was_planted_anywhere(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disclosures, "engine", lambda: "")  # no words of pictures are read: named persons' ticks count
    case, _ = planted(stage)
    row = made(stage, case)
    assert (row.state, row.hits) == ("ready", [])
    data = bytes_of(stage, row)
    assert found_in(data) == []
    assert row.sha256 == hashlib.sha256(data).hexdigest()
    assert row.kept_back["records kept out"] == 1
    assert row.kept_back["others’ messages"] == 2
    assert {"address", "number", "school", "child"} <= set(row.kept_back)
    folder = unpacked(data, tmp_path)
    rows = json.loads((folder / "data" / "records.json").read_text())
    words = [one["words"] for one in rows["records"]]
    assert "good morning" in words
    assert "this one is marked, it is private" not in words
    assert rows["records"][-1]["at_shown"] == "last week"
    assert len(list((folder / "data" / "exhibits").iterdir())) == row.enclosed == 6
    custody = (folder / "data" / "custody.csv").read_text("utf-8-sig")
    assert "worker 1" in custody
    assert "Asha" not in custody
    said = pdf_words((folder / "data" / "chronology.pdf").read_bytes())
    assert "For Northshire Police only" in said
    assert "whole file of records" in said
    assert "a profile or account kept: https://example.org/[kept back]/tenor" in " ".join(said.split())
    assert "as claimed, by a worker" in " ".join(said.split())
    assert hashlib.sha256(zipped({})).hexdigest() not in said
    tampered(folder)


def again(stage: Stage, row: Disclosure) -> UUID:
    """The same work once more, as after a kill."""
    Job.objects.filter(subject=str(row.pk)).update(state="queued", lease_until=None)
    return Job.objects.get(subject=str(row.pk)).pk


def tampered(folder: Path) -> None:
    """The pack's own script says of each file that is changed, gone or added which it is."""
    assert verify.check(folder) == []
    sheet = folder / "data" / "records.csv"
    whole = sheet.read_bytes()
    sheet.write_bytes(whole.replace(b"good", b"evil"))
    assert verify.check(folder) == ["data/records.csv has been changed."]
    sheet.unlink()
    assert verify.check(folder) == ["data/records.csv is missing."]
    sheet.write_bytes(whole)
    (folder / "data" / "more.txt").write_text("x")
    assert verify.check(folder) == ["data/more.txt was added: it is not part of the pack."]


def test_a_word_that_the_sifting_missed_blocks_the_pack_and_nothing_of_it_is_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = stage.case(victim="Maya Example", summary="", own_number="")
    asha = stage.actor("asha")
    people.protect(asha, Ref(Circle.objects.get().pk), kind="other", word=OTHER)
    told = Telling(When(None, None, given="last week"), ("near",), words=f"He wrote {OTHER}")
    entry = evidence.write_entry(asha, case, telling=told).reference
    actions.note_told(asha, case, how="phone", told_at=stage.at - timedelta(hours=1))
    stage.close()
    clean = made(stage, case)
    data = bytes_of(stage, clean)
    Disclosure.objects.update(state="making")
    assert tasks.run(again(stage, clean)) == "done"
    assert bytes_of(stage, Disclosure.objects.get()) == data, "the same bytes when it is made again"
    monkeypatch.setattr(Redactor, "__call__", lambda self, text: text)
    monkeypatch.setattr(Redactor, "again", lambda self, text: text)
    row = made(stage, case)
    assert row.state == "blocked"
    places = {Path(place).name.partition(",")[0] for place, *_ in row.hits}
    assert places == {"records.csv", "records.json", "chronology.pdf"}
    assert {tuple(where) for _, _, where in row.hits} == {(f"entry={entry}",)}
    assert OTHER not in json.dumps(row.hits)
    assert (row.address, row.size, row.sha256) == ("", 0, "")
    assert not queries.disclosure(stage.actor("asha"), Ref(row.pk)).sha256
    with pytest.raises(RuleBroken) as refused:
        actions.ask_release(stage.actor("asha", fresh=True), Ref(row.pk))
    assert refused.value.reason.code == "release_state"


def test_words_that_do_not_stand_in_a_record_cannot_be_kept_out_of_it(stage: Stage) -> None:
    case = stage.case(victim="Maya Example", summary="", own_number="")
    asha = stage.actor("asha")
    told = Telling(When(None, None, given="last week"), ("near",), words="by the old mill")
    entry = evidence.write_entry(asha, case, telling=told).reference
    with pytest.raises(RuleBroken) as refused:
        actions.keep_out(asha, case, end=End(entry=entry), why="hers", part="the new mill house")
    assert refused.value.reason.code == "part_not_there"
    actions.keep_out(asha, case, end=End(entry=entry), why="hers", part="Old  Mill")
    (mark,) = queries.kept_out_of(asha, case)
    actions.lift(asha, Ref(mark.id), why="no longer")
    assert queries.marks_of(asha, case) == ()
    assert [one.lifted_why for one in queries.kept_out_of(asha, case)] == ["no longer"]
