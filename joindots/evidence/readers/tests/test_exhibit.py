"""Any file can be an exhibit: it is named, hashed, and its type told by what it holds."""

import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers.answers import NO_ANSWERS
from joindots.evidence.readers.exhibit import FORMAT, agree
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.records import Attachment, Communication, Coverage, NotUnderstood
from joindots.evidence.readers.source import Source


def items(name, data):
    source = Source.from_bytes(name, data)
    assert FORMAT.claims(source)
    return list(FORMAT.read(source, NO_ANSWERS, HashOnly()))


@given(st.binary(max_size=200), st.text(max_size=20))
def test_every_file_is_taken_with_its_hash_and_size(data, name):
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return
    one = items(name, data)[0]
    assert (one.channel, one.at_earliest, one.direction) == ("file", None, "unknown")
    assert (one.media[0].sha256, one.media[0].size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (one.place.byte, one.place.length) == (0, len(data))


def test_an_empty_file_is_an_exhibit_of_no_bytes():
    one, coverage = items("empty.bin", b"")
    assert (one.kind, one.media[0].size, one.media[0].type) == ("unknown", 0, None)
    assert isinstance(coverage, Coverage)


def test_a_name_that_promises_something_else_is_said():
    one = items("holiday.jpg", b"<!DOCTYPE html><html><script>1</script></html>")[0]
    assert one.extra == {"name_says": "image/jpeg", "content_says": "text/html"}
    assert items("holiday.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 40)[0].extra == {}


@pytest.mark.parametrize(
    ("named", "kind", "fits"),
    [
        ("text/csv", "text/plain", True),
        ("application/json", "text/plain", True),
        ("application/pdf", "text/plain", False),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip", True),
        ("application/zip", "application/x-ole-storage", False),
        ("application/msword", "application/x-ole-storage", True),
        ("video/mp4", "audio/mp4", True),
        ("audio/x-wav", "audio/wav", True),
        ("image/png", "image/jpeg", False),
        ("image/heif", "image/heic", True),
    ],
)
def test_one_thing_under_two_names_is_no_difference(named, kind, fits):
    assert agree(named, kind) is fits


def packed(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_every_file_in_an_archive_is_listed_with_its_hash():
    found = items("stuff.zip", packed(a=b"one", b=b"two"))
    kept = {item.name: item.sha256 for item in found if isinstance(item, Attachment)}
    assert kept == {"a": hashlib.sha256(b"one").hexdigest(), "b": hashlib.sha256(b"two").hexdigest()}
    assert len([item for item in found if isinstance(item, Communication)]) == 1
    assert found[0].extra["files_inside"] == 2


def test_a_damaged_file_in_an_archive_is_listed_as_not_understood():
    data = bytearray(packed(a=b"one one one", b=b"two"))
    data[data.find(b"one one")] ^= 255
    found = items("stuff.zip", bytes(data))
    assert [item.place.member for item in found if isinstance(item, NotUnderstood)] == ["a"]
    assert [item.name for item in found if isinstance(item, Attachment)] == ["b"]
