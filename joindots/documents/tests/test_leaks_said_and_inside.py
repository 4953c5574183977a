"""Secrets said in words, told under the names of fields, and in the details of files inside others: all are stopped."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from joindots.documents.leaks.finding import find
from joindots.documents.leaks.protected import Protected, Word

DOOR, POSTCODE, NUMBER, EMAIL = "114 Rose Lane", "LS12 4HY", "07700 900146", "mia.hale99@example.org"
SECRET = Protected(
    (Word(f"{DOOR}, Leeds, {POSTCODE}", "address"), Word(NUMBER, "number"), Word(EMAIL, "email"))
)  # fmt: skip
DIGITS = "zero one two three four five six seven eight nine".split()


def stopped(name: str, data: bytes | str, *, vouched: bool = False) -> bool:
    """Whether the check finds anything in a file."""
    return bool(find([(name, data if isinstance(data, bytes) else data.encode())], SECRET, vouched=[name] * vouched))


def details(word: str) -> bytes:
    """EXIF in which a person's comment says it."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + word.encode("utf-16-le")
    return exif.tobytes()


@pytest.mark.parametrize(
    "said",
    [
        "zero seven seven zero zero nine zero zero one four six", "Oh double-seven double-oh, nine double oh one four six",
        "nought-seven-seven-nought-nought nine nought nought one four six", "07700 nine hundred, one forty-six",
        "O, double seven, hundred, nine hundred, one four six", "call 07700 900 one four six tonight",
        "Sero saith saith sero sero naw sero sero un pedwar chwech",
    ],
)  # fmt: skip
def test_a_number_said_in_words_is_stopped(said: str) -> None:
    assert stopped("notes.txt", f"She said: {said}. Then she left.")


@given(some.lists(some.sampled_from(DIGITS), min_size=3, max_size=14))
def test_another_number_said_in_words_is_not(said: list[str]) -> None:
    number = "".join(str(DIGITS.index(one)) for one in said)
    assert stopped("notes.txt", f"It was {' '.join(said)}.") == ("7700900146" in number)


@pytest.mark.parametrize(
    "said",
    [
        json.dumps({"number": "114", "street": "Rose Lane"}), json.dumps({"houseNumber": "114", "streetName": "Rose Lane"}),
        json.dumps({"house": 114, "addressLine1": "Rose Lane"}), '<p data-number="114" data-street="Rose Lane">',
        "at one hundred and fourteen Rose Lane", "at a hundred and fourteen Rose Lane", "one fourteen Rose Lane",
        "one one four Rose Lane", json.dumps(json.dumps("".join(f"\\u{ord(sign):04x}" for sign in DOOR))),
    ],
)  # fmt: skip
def test_a_door_told_in_fields_or_in_words_is_stopped(said: str) -> None:
    assert stopped("told.txt", said)


def test_another_door_and_prose_with_numbers_in_words_may_go() -> None:
    for said in (
        "at one hundred and fifteen Rose Lane", '{"number": "15", "street": "Rose Lane"}',
        "one or two, at seven eight people came; four five six", "one o'clock, oh no, double trouble, 07700 900 one one",
    ):  # fmt: skip
        assert not stopped("told.txt", said)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "MP3", "MP4", "RTF"])
def test_a_file_written_into_a_page_is_looked_into_whatever_its_kind(form: str) -> None:
    out, image = io.BytesIO(), Image.new("RGB", (20, 20))
    if form == "GIF":
        image.save(out, form, comment=POSTCODE.encode())
    elif form == "WEBP":
        image.save(out, form, exif=details(POSTCODE))
    elif form == "MP3":
        out.write(
            b"ID3\x03\0\0\0\0\0\x1eTIT2\0\0\0\x14\0\0\1\xff\xfe" + POSTCODE.encode("utf-16-le") + b"\xff\xfb\x90\0" * 9
        )
    elif form == "MP4":
        out.write(b"\0\0\0\x14ftypisom\0\0\2\0isom\0\0\0\x28udta\0\0\0\x20\xa9nam" + POSTCODE.encode() + b"\0" * 40)
    else:
        out.write(b"{\\rtf1 " + POSTCODE.replace(" ", "{\\b }").encode() + b" " * 60 + b"}")
    assert stopped("page.html", f'<a href="data:x/y;base64,{base64.b64encode(out.getvalue()).decode()}">there</a>')


def test_the_details_of_a_picture_in_a_pdf_are_searched() -> None:
    out, made, page = io.BytesIO(), io.BytesIO(), pikepdf.new()
    Image.new("RGB", (20, 20)).save(out, "JPEG", exif=details(POSTCODE))
    page.add_blank_page(page_size=(200, 200))
    drawn = pikepdf.Stream(page, out.getvalue(), Type=pikepdf.Name("/XObject"), Subtype=pikepdf.Name("/Image"), Width=20,
                           Height=20, BitsPerComponent=8, ColorSpace=pikepdf.Name("/DeviceRGB"),
                           Filter=pikepdf.Name("/DCTDecode"))  # fmt: skip
    page.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=page.make_indirect(drawn)))
    page.pages[0].Contents = pikepdf.Stream(page, b"q 20 0 0 20 0 0 cm /I Do Q")
    page.save(made)
    assert stopped("scan.pdf", made.getvalue(), vouched=True)


def _zip(before: bytes = b"", between: bytes = b"", behind: bytes = b"") -> bytes:
    """A zip of two files with bytes around them that no list of its contents names."""
    files = io.BytesIO()
    with zipfile.ZipFile(files, "w") as archive:
        archive.writestr("a.txt", "hello")
        files.write(between)
        archive.start_dir = files.tell()
        archive.writestr("b.txt", "hello")
    return before + files.getvalue() + behind


@pytest.mark.parametrize("where", ["before", "between", "behind"])
def test_what_lies_around_the_files_of_a_zip_is_searched(where: str) -> None:
    assert not stopped("a.zip", _zip())
    for words in (DOOR.encode(), DOOR.encode("utf-16-le")):
        assert stopped("a.zip", _zip(**{where: b"\n" + words + b"\n"}))


@pytest.mark.parametrize("squeeze", [zlib.compress, gzip.compress])
def test_words_squeezed_and_written_as_base64_are_read(squeeze: Callable[[bytes], bytes]) -> None:
    for word in (f"She lives at {DOOR}.", f"Ring {NUMBER}, please"):
        assert stopped("notes.json", json.dumps({"data": base64.b64encode(squeeze(word.encode())).decode()}))


@pytest.mark.parametrize(
    "said", ["0114 Rose Lane", "No. 0114, Rose Lane", "LЅ12 4ΗY", "ᏞᏚ12 4ᎻY", "Rose Lane 0114", "ΖΖ99 4LC"],
)  # fmt: skip
def test_a_number_with_a_nought_before_it_and_letters_of_other_alphabets_are_read(said: str) -> None:
    hidden = Protected((*SECRET.words, Word("ZZ99 4LC", "postcode"), Word("LB23 ABC", "vehicle")))
    assert find([("notes.txt", f"It is {said}.".encode())], hidden)
