"""An upload that comes to nothing leaves nothing, however it ended; and no name of a file harms who downloads it."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils.http import content_disposition_header

from joindots.access.door import Ref
from joindots.evidence import actions as evidence
from joindots.evidence.uploads import SealingUploadHandler
from joindots.vault import files
from tests.browsing import SignIn
from tests.stage import Stage

MARK = "a" * 32


def arriving() -> list[Path]:
    """What has arrived and was not settled."""
    return sorted((files.folder() / "arriving").glob("*"))


@pytest.fixture
def left(stage: Stage) -> Any:
    """How many files stay behind that were not there before."""
    before = arriving()
    return lambda: len(set(arriving()) - set(before))


def sender(sign_in: SignIn, who: str) -> Client:
    """As a browser sends: the form's mark is among the fields, so a form is read before its page is asked."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = sign_in(who).cookies
    client.cookies["csrftoken"] = MARK
    return client


def form(number: int = 1, **more: object) -> dict[str, object]:
    sent = [SimpleUploadedFile(f"{place}.txt", b"x" * (place + 1)) for place in range(number)]
    return {"csrfmiddlewaretoken": MARK, "file": sent, **more}


@pytest.mark.parametrize(
    ("who", "where", "sent", "status"),
    [
        ("asha", "/cases/2222-2222/files/bring-in/", form(), 404),
        ("stranger", "/cases/{case}/files/bring-in/", form(), 404),
        ("moira", "/cases/{case}/files/bring-in/", form(), 403),
        ("asha", "/cases/{case}/files/bring-in/", form(csrfmiddlewaretoken="b" * 32), 403),
        ("asha", "/cases/{case}/files/bring-in/", {**form(0), "other": SimpleUploadedFile("a.txt", b"y")}, 422),
        ("asha", "/cases/{case}/files/bring-in/", form(101), 400),
        ("asha", "/cases/{case}/files/bring-in/", form(**{f"f{number}": "" for number in range(1001)}), 400),
        ("asha", "/agency/cases-in/", form(2), 403),
    ],
)
def test_a_refused_upload_leaves_no_file(
    stage: Stage, sign_in: SignIn, left: Any, who: str, where: str, sent: dict[str, object], status: int
) -> None:
    case = stage.case()
    stage.close()
    told = sender(sign_in, who).post(where.format(case=case.key), sent)
    assert (told.status_code, left()) == (status, 0)


def test_more_files_at_once_than_are_taken_are_told_how_many(stage: Stage, sign_in: SignIn) -> None:
    case = stage.case()
    stage.close()
    told = sender(sign_in, "asha").post(f"/cases/{case.key}/files/bring-in/", form(101))
    assert "At most 100 files are taken at one time" in told.content.decode()


def test_a_kept_upload_stays(stage: Stage, sign_in: SignIn, left: Any) -> None:
    case = stage.case()
    stage.close()
    told = sender(sign_in, "asha").post(f"/cases/{case.key}/files/bring-in/", form())
    assert (told.status_code, left()) == (302, 0)
    where = told.headers["Location"]
    assert sign_in("asha").get(where).status_code == 200
    kept = [one for one in files.folder().rglob("*") if one.is_file() and one.parent.name != "arriving"]
    assert any(one.stat().st_size == 1 + files.TAG for one in kept)


def test_an_upload_that_breaks_off_leaves_no_file(stage: Stage, sign_in: SignIn, left: Any) -> None:
    request = RequestFactory().post("/cases/2222-2222/files/bring-in/", form(), REMOTE_ADDR="127.0.0.1")
    request.resolver_match = resolve("/cases/2222-2222/files/bring-in/")
    handler = SealingUploadHandler(request)
    handler._allowed = lambda: True
    handler.new_file("file", "a.txt", "text/plain", 9)
    handler.receive_data_chunk(b"x" * 9, 0)
    assert left() == 1
    try:
        raise UnreadablePostError
    except UnreadablePostError:
        del handler, request
    gc.collect()
    assert left() == 0


def test_a_start_deletes_what_was_left_a_day_ago_and_nothing_younger(stage: Stage) -> None:
    from joindots.config.prepare import prepare_files

    old, new = files.Sealer(), files.Sealer()
    old.close()
    new.close()
    yesterday = time.time() - 25 * 3600
    os.utime(old.path, (yesterday, yesterday))
    prepare_files()
    assert (old.path.exists(), new.path.exists()) == (False, True)
    new.drop()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("IMG 1.jpg", "IMG 1.jpg"),
        ("trailing\n", "trailing"),
        ("a\r\nSet-Cookie: x=1.jpg", "aSet-Cookie: x=1.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("half\ud800.jpg", "half.jpg"),
        ("nothing\0.jpg", "nothing.jpg"),
        ("lines\u2028\u2029.jpg", "lines.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\cal\\a.txt", "a.txt"),
        ("..", "file without a name"),
        ("/", "file without a name"),
        ("", "file without a name"),
        ("x" * 300 + ".jpg", "x" * 196 + ".jpg"),
        ("x" * 300 + "." + "y" * 300, "x" * 200),
        ("caf\u00e9 \U0001f600.jpg", "caf\u00e9 \U0001f600.jpg"),
    ],
)
def test_a_file_found_inside_another_downloads_under_a_name_that_harms_nothing(
    stage: Stage, sign_in: SignIn, keep: Callable[[bytes], files.SealedFile], given: str, kept: str
) -> None:
    case = stage.case()
    arrived = evidence.bring_in(stage.actor("asha"), case, name="a.bin", sealed=keep(b"outer"))
    inner = evidence.keep_exhibit(stage.actor("asha"), Ref(arrived.source), name=given, kind="", sealed=keep(b"inner"))
    stage.close()
    client = sign_in("asha")
    client.raise_request_exception = False
    told = client.get(f"/exhibits/{inner}/")
    assert told.status_code == 200
    assert told.headers["Content-Disposition"] == content_disposition_header(as_attachment=True, filename=kept)
