"""A record's bytes are shown as they stand: in any letters, cut at whole letters, and nothing of a picture."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.source import Source
from joindots.evidence.readers.stood import MOST, stood_in, stood_in_member

LINES = st.lists(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"])), min_size=1, max_size=6)


@settings(max_examples=40)
@given(LINES, st.data(), st.sampled_from(("utf-8", "utf-8-sig", "utf-16")))
def test_every_line_comes_back_as_it_was_written(lines: list[str], data: st.DataObject, coding: str) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    whole = "\n".join(lines).encode(coding)
    mark = len("".encode(coding))
    plain = "utf-16-le" if coding == "utf-16" else "utf-8"
    byte = mark + len("".join(f"{one}\n" for one in lines[:at]).encode(plain))
    found = stood_in(io.BytesIO(whole), byte, len(lines[at].encode(plain)))
    # A mark of its own letters at the very beginning of a file or line is no letter of it.
    assert found.lstrip("\ufeff") == lines[at].lstrip("\ufeff") or found.rstrip("\ufffd") == lines[at].rstrip("\ufffd")


def test_a_long_record_is_cut_at_a_whole_letter_and_a_picture_is_no_text() -> None:
    long = ("x" + "€" * MOST).encode()
    assert set(stood_in(io.BytesIO(long), 0, len(long))) == {"x", "€"}
    assert stood_in(io.BytesIO(b"caf\xe9 at nine"), 0, 12) == "café at nine"
    assert stood_in(io.BytesIO(b"\x89PNG\0\0\0"), 0, 7) == ""


def test_a_file_in_an_archive_in_an_archive_is_found_by_its_place() -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("chat.txt", "one\ntwo\n")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("a/inner.zip", inner.getvalue())
    assert stood_in_member(Source.from_bytes("o.zip", outer.getvalue()), "a/inner.zip/chat.txt", 4, 4) == "two"
