"""What joins the readers: claiming, refusing, keeping the files inside, and writing whole text."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import types
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers import registry
from joindots.evidence.readers.counting import Counts
from joindots.evidence.readers.formats import Format
from joindots.evidence.readers.media import Bounded, Folder, HashOnly
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.reading import claim, read
from joindots.evidence.readers.records import Communication, Identity, Place
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests import bad_readers
from joindots.evidence.readers.writable import add_line, writable


@pytest.fixture
def readers(monkeypatch):
    """Only these formats, each in a module of its own."""

    def use(*formats: Format) -> None:
        rows = []
        for one in formats:
            module = types.ModuleType(one.name)
            module.FORMAT = one  # type: ignore[attr-defined]
            monkeypatch.setitem(sys.modules, f"{registry.HERE}.{one.name}", module)
            rows.append(registry.Reader(one.name, one.says))
        monkeypatch.setattr(registry, "READERS", tuple(rows))

    return use


def form(name: str, **other) -> Format:
    return Format(name, f"{name} files", bad_readers.claims, bad_readers.read, **other)


def test_the_first_format_that_claims_reads(readers):
    readers(form("first"), form("second"))
    assert claim(Source.from_bytes("echo", b"")).name == "first"


def test_a_native_decoder_is_passed_over_where_no_wall_stands(readers):
    readers(form("pictures", native=True), form("kept"))
    assert claim(Source.from_bytes("echo", b""), native=False).name == "kept"
    assert claim(Source.from_bytes("echo", b"")).name == "pictures"


def test_what_nobody_claims_is_refused(readers):
    readers(form("only"))
    with pytest.raises(NotReadable, match="not in a form"):
        claim(Source.from_bytes("other.xyz", b""))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyError("x"), "reader_failed"),
        (MemoryError(), "too_large_inside"),
        (RecursionError(), "too_large_inside"),
        (EOFError("compressed file ended"), "damaged"),
        (OSError(5, "Input/output error"), "damaged"),
    ],
)
@pytest.mark.parametrize("where", ["claims", "read"])
def test_whatever_a_reader_raises_becomes_a_sentence(readers, error, code, where):
    def fail(*_):
        raise error

    broken = {"claims": bad_readers.claims, "read": bad_readers.read} | {where: fail}
    readers(Format("broken", "broken files", **broken))
    with pytest.raises(NotReadable) as caught:
        list(read(Source.from_bytes("echo", b"x")))
    assert caught.value.reason.code == code
    assert "echo" in str(caught.value)


def test_every_ordinary_reader_is_listed_once_and_the_exhibit_last():
    names = [reader.module for reader in registry.READERS]
    assert len(set(names)) == len(names)
    assert names[-1] == "exhibit"


# Files inside --------------------------------------------------------------------------------------


@given(st.binary(max_size=3000), st.text(max_size=30))
def test_every_sink_says_hash_and_size_and_no_name_becomes_a_path(tmp_path_factory, data, name):
    folder = tmp_path_factory.mktemp("kept")
    expected = (hashlib.sha256(data).hexdigest(), len(data))
    for sink in (HashOnly(), Folder(folder), Bounded(Folder(folder), 3000)):
        assert sink.keep(name, io.BytesIO(data)) == expected
    (kept,) = folder.iterdir()
    assert kept.name.startswith(expected[0])
    assert kept.read_bytes() == data


def test_a_file_that_breaks_off_leaves_nothing_behind(tmp_path):
    class Breaks(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise EOFError
            return super().read(10)

    with pytest.raises(EOFError):
        Folder(tmp_path).keep("a.jpg", Breaks(b"x" * 20))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused_with_the_cure(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotReadable, match="Choose another folder"):
        Folder(tmp_path / "file" / "inside")


def test_the_bound_counts_all_files_together(tmp_path):
    sink = Bounded(Folder(tmp_path), 10)
    sink.keep("a", io.BytesIO(b"123456"))
    with pytest.raises(NotReadable, match="more than can be kept"):
        sink.keep("b", io.BytesIO(b"12345"))
    assert len(list(tmp_path.iterdir())) == 1


# Text and counts -----------------------------------------------------------------------------------


def record(text: str | None, **other) -> Communication:
    base = {"id": "1", "source_file": "f", "place": Place(), "seq": 0, "channel": "sms", "kind": "text"}
    return Communication(**{**base, "text": text, **other})


@given(st.text(alphabet=st.characters(categories=["L", "Cs", "So"]), max_size=20))
def test_any_text_a_phone_wrote_can_be_written_as_json(text):
    buffer = bytearray(b"before\n")
    add_line(record(text, sender=Identity(text), extra={"a": [text, 1 << 80]}), buffer)
    before, line = bytes(buffer).splitlines()
    assert before == b"before"
    back = json.loads(line)
    assert back["text"] == text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def test_halves_of_one_emoji_are_joined():
    assert writable("\ud83d\ude21!") == "\U0001f621!"


moments = st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
some = st.lists(
    st.builds(
        lambda at, kind: record("x", at_earliest=at, at_latest=at, kind=kind),
        moments,
        st.sampled_from(["text", "media"]),
    )
)


@given(some, some)
def test_counts_of_two_files_add_up(one, other):
    def counted(records):
        counts = Counts()
        for each in records:
            counts.add(each)
        return counts

    together = counted(one)
    together.merge(counted(other))
    assert together == counted([*one, *other])


def test_records_that_share_their_bytes_place_them_once():
    counts = Counts()
    for byte in (0, 0, 10, 10, 10, 20):
        counts.add(record("x", place=Place(byte=byte, length=10)))
    assert counts.placed == 30


def test_a_source_from_a_path_is_hashed_and_a_missing_one_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"abc")
    assert Source.from_path(tmp_path / "a.txt").sha256 == hashlib.sha256(b"abc").hexdigest()
    with pytest.raises(NotReadable, match="Check the name"):
        Source.from_path(Path(tmp_path / "missing"))
