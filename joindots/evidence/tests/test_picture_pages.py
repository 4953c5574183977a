"""Pages of pictures: nothing of a file is shown but what was drawn anew, and words count only when confirmed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from PIL import Image

from joindots.access.door import Ref
from joindots.evidence import actions, queries
from joindots.evidence.models import Thumbnail, Transcript
from joindots.evidence.readers.pictures import looking
from joindots.jobs import tasks
from joindots.vault.files import SealedFile
from tests.browsing import SignIn
from tests.stage import Stage

Keep = Callable[[bytes], SealedFile]


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, at which pages act."""
    stage.at = datetime.now(UTC)
    return stage


@pytest.fixture
def photo(stage: Stage, keep: Keep) -> tuple[Ref, int]:
    """A case with one picture, read."""
    case = stage.case()
    held = io.BytesIO()
    Image.new("RGB", (900, 600), "navy").save(held, "JPEG", comment=b"canary of the file")
    arrived = actions.bring_in(stage.actor("asha"), case, name="screen.jpg", sealed=keep(held.getvalue()))
    tasks.run(arrived.job)
    stage.close()
    return case, arrived.source


def test_a_picture_is_drawn_anew_once_and_only_when_somebody_looks(
    stage: Stage, photo: tuple[Ref, int], sign_in: SignIn
) -> None:
    client, where = sign_in("asha"), f"/files/{photo[1]}/"
    page = client.get(where).content.decode()
    assert f'<img src="{where}picture/" loading="lazy"' in page and not Thumbnail.objects.exists()
    for _ in range(2):
        shown = client.get(f"{where}picture/")
        assert (shown["Content-Type"], shown.status_code, Thumbnail.objects.count()) == ("image/png", 200, 1)
        assert Image.open(io.BytesIO(shown.content)).size == (480, 320) and b"canary" not in shown.content
    assert sign_in("stranger").get(f"{where}picture/").status_code == 404


def test_words_count_when_a_person_confirmed_them_and_each_version_stays(
    stage: Stage, photo: tuple[Ref, int], sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "engine", lambda: "")
    case, source = photo
    client, where = sign_in("asha"), f"/files/{source}/words/"
    assert "There is no reader for words in pictures on this machine" in client.get(where).content.decode()
    line = {"text1": "I know <b>where</b> you are", "who1": "them", "shown1": "Yesterday 23:41", "box1": "1,2,3,4",
            "text2": "Sam Example", "who2": "none", "app": "whatsapp", "name": "Sam Example"}  # fmt: skip
    missed = client.post(where, {**line, "who1": "none"})
    assert missed.status_code == 422 and "I know &lt;b&gt;where" in missed.content.decode()
    kept = client.post(where, {**line, "seen": ""})
    tasks.run(UUID(kept["Location"].split("/")[2]))
    (told,) = queries.lines_without_day(stage.actor("asha"), case)
    assert (told.text, told.sender, told.says, told.direction) == (
        line["text1"],
        "Sam Example",
        "Time not known (Yesterday 23:41)",
        "in",
    )
    assert told.record.place.pointer == "box 1, 2 to 3, 4 of the picture"
    stage.close()
    assert client.post(where, {**line, "seen": ""}).status_code == 422, "somebody confirmed others meanwhile"
    again = client.post(where, {**line, "text1": "I know", "seen": "1"})
    tasks.run(UUID(again["Location"].split("/")[2]))
    said = [one.text for one in queries.lines_without_day(stage.actor("asha"), case)]
    assert said == ["I know"] and Transcript.objects.count() == 2
    assert "1: confirmed by Asha" in client.get(where).content.decode()


def test_a_file_found_inside_another_says_how_long_it_plays_and_a_picture_can_be_taken_out(
    stage: Stage, keep: Keep, sign_in: SignIn
) -> None:
    case, held = stage.case(), io.BytesIO()
    with zipfile.ZipFile(held, "w") as inside:
        inside.writestr("note.amr", b"#!AMR\n" + (b"\x3c" + bytes(31)) * 50 * 65)
        picture = io.BytesIO()
        Image.new("RGB", (90, 60), "navy").save(picture, "PNG")
        inside.writestr("screen.png", picture.getvalue())
    arrived = actions.bring_in(stage.actor("asha"), case, name="two.zip", sealed=keep(held.getvalue()))
    tasks.run(arrived.job)
    ids = {one[2]: one[0] for one in queries.exhibits_of(stage.actor("asha"), case)}
    stage.close()
    client = sign_in("asha")
    listed = client.get(f"/files/{arrived.source}/").content.decode()
    assert all(f"/exhibits/{one}/about/" in listed for one in ids.values())
    assert "plays for 1 min 5 s" in client.get(f"/exhibits/{ids['note.amr']}/about/").content.decode()
    assert client.get(f"/exhibits/{ids['note.amr']}/picture/").status_code == 404
    assert client.get(f"/exhibits/{ids['screen.png']}/picture/")["Content-Type"] == "image/png"
    answered = client.post(f"/exhibits/{ids['screen.png']}/take-out/")
    tasks.run(UUID(answered["Location"].split("/")[2]))
    (photo,) = [one for one in queries.files_of(stage.actor("asha"), case) if one.format == "photo"]
    stage.close()
    assert client.get(f"/exhibits/{ids['screen.png']}/").getvalue() == picture.getvalue()
    assert client.get(f"/files/{photo.id}/original/").getvalue() == picture.getvalue()
