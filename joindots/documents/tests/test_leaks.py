"""Rules of the leak check: how a word is written makes no difference, where it stands makes none, others' words pass."""

import base64
import io
import random
import zipfile

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from joindots.documents.leaks.finding import find, find_in_file
from joindots.documents.leaks.folding import Edges, fold, places
from joindots.documents.leaks.gate import Gate
from joindots.documents.leaks.looking import METADATA, UNREAD
from joindots.documents.leaks.matching import matcher, one_off
from joindots.documents.leaks.protected import MARK, Protected, Word
from joindots.documents.redaction.pictures import picture
from joindots.documents.tests.packs import pages
from joindots.documents.tests.world import World
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

ANY = st.text(st.characters(codec=None), max_size=60)
PROTECTED = Protected(
    (
        Word("Flat 2, 14 Rose Lane, Leeds, LS1 4AP", "address"), Word("07700 900123", "number"),
        Word("rowena.hale@example.org", "email"), Word("Mia Hale", "child"), Word("Priya Nair", "bystander"),
        Word("St Hilda's Primary School", "school"), Word("Birchwood Dental Ltd", "workplace"),
        Word("AB12 CDE", "vehicle"), Word("IMG_20250610_101112.jpg", "file name"), Word("@ro.hale_92", "handle"),
    )
)  # fmt: skip


def kinds(text, protected=PROTECTED):
    return {hit.kind for hit in matcher(protected).search(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I live at 14 rose lane now", "address"),
        ("14, Rose\nLane", "address"),
        ("fourteen Rose Ln", "address"),
        ("Rose Lane, at number 14", "address"),
        ("1 4 R o s e L a n e", "address"),
        ("14 Roze Lane", "address"),
        ("14 Roes Lane", "address"),
        ("14 RosLane", "address"),
        ("14 Rоsе Lаne", "address"),  # Cyrillic letters
        ("16 Rose Lane, Leeds", "address"),  # a slip in the number, for the town is right
        ("ls14ap", "postcode"),
        ("LSI 4AP", "postcode"),
        ("ＬＳ１ ４ＡＰ", "postcode"),
        ("+44 (0)7700 900 123", "number"),
        ("0044 7700900123", "number"),
        ("07700 90012", "number"),
        ("077OO 9OO123", "number"),
        ("rowena.hale at example dot org", "email"),
        ("rowena.halle@example.org", "email"),
        ("M\u200bi\u200ba's bag", "child"),
        ("Mi\u0301a", "child"),
        ("HALE, Mia", "child"),
        ("Prya Nair", "bystander"),
        ("Saint Hildas Primary", "school"),
        ("birchwod dental", "workplace"),
        ("ab12cde", "vehicle"),
        ("IMG-20250610-101112.png", "file name"),
        ("instagram.com/ro.hale_92", "handle"),
    ],
)
def test_a_protected_word_is_found_however_it_is_written(text, kind):
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rose Lane is long",
        "114 Rose Lane",
        "16 Rose Lane, Otley",
        "the stalls, 14 apples",
        "LS1 4AQ",
        "07700 900124",
        "07700 900132",
        "Miami in mid April",
        "Nair and others",
        "AB12 CDF",
        "IMG_20250610_101113.jpg",
        "a primary school in Leeds",
        "9f14a9ls14ap77e0c2",
        MARK,
    ],
)
def test_other_words_are_let_go(text):
    assert kinds(text) == set()


def test_words_of_others_are_never_taken_for_a_misspelling_nor_for_a_part():
    words = (Word("Christina Webb", "child"), Word("07700 900123", "number"))
    assert kinds("Christine Webb", Protected(words)) == {"child"}
    assert kinds("Christina Ogden", Protected(words)) == {"child"}
    known = Protected(words, known=("Christine Webb", "Christina Ogden"))
    assert kinds("Christine Webb and Christina Ogden", known) == set()
    assert kinds("Christina Webb", known) == {"child"}


def test_the_name_of_a_file_that_is_a_day_does_not_keep_the_day_back():
    protected = Protected((Word("2025-06-10.txt", "file name"), Word("photo.jpg", "file name")))
    assert kinds("On 2025-06-10 a photo came", protected) == set()
    assert kinds("see 2025-06-10.txt", protected) == {"file name"}


def test_a_surname_alone_only_where_it_was_asked():
    assert kinds("Nair rang") == set()
    assert kinds("Nair rang", Protected((Word("Priya Nair", "bystander", parts=True),))) == {"bystander"}


@given(ANY)
def test_folding_leads_back_to_the_sign_it_came_from(text):
    folded, back = fold(text), places(text)
    assert len(folded) == len(back)
    assert all(fold(text[at]).count(sign) for sign, at in zip(folded, back, strict=True))


@given(ANY)
def test_edges_lie_where_words_begin_and_end(text):
    edges, folded = Edges(text), fold(text)
    assert edges.at(0)
    assert not folded or edges.at(len(folded))


@given(st.text("abcd", min_size=1, max_size=8), st.text("abcd", max_size=10))
def test_one_off_is_exactly_one_edit(wanted, there):
    found = set(one_off(wanted, there))
    for length in range(len(there) + 1):
        if length in found:
            assert wanted != there[:length]
            assert _edits(wanted, there[:length]) == 1


@given(st.text("abcdef", min_size=2, max_size=8), st.integers(0, 7), st.sampled_from("xyz"), st.integers(0, 3))
def test_every_edit_is_seen(word, at, sign, way):
    at %= len(word)
    pair = word[at : at + 2]
    edited = [
        word[:at] + sign + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + sign + word[at + 1 :],
        word[:at] + pair[::-1] + word[at + 2 :],
    ][way]
    if edited != word and not word.startswith(edited):
        assert len(edited) in set(one_off(word, edited))


def _edits(one, two):
    """Letters added, left out, changed, or two changed over, counted by the book."""
    rows = {(-1, -1): 0} | {(i, -1): i + 1 for i in range(len(one))} | {(-1, j): j + 1 for j in range(len(two))}
    for i, a in enumerate(one):
        for j, b in enumerate(two):
            rows[i, j] = min(rows[i - 1, j] + 1, rows[i, j - 1] + 1, rows[i - 1, j - 1] + (a != b))
            if i and j and a == two[j - 1] and one[i - 1] == b:
                rows[i, j] = min(rows[i, j], rows[i - 2, j - 2] + 1)
    return rows[len(one) - 1, len(two) - 1]


@given(st.text("abc Z9-", min_size=3), ANY, ANY)
def test_the_gate_finds_protected_words_in_any_text(word, before, after):
    letters = [sign for sign in word if sign.isalnum()]
    if len(letters) < 2:
        return
    with pytest.raises(RuleBroken, match=r"^Entry 1 holds words that must not leave"):
        Gate([word]).check("Entry 1", f"{before} {' '.join(letters).upper()} {after}")


@settings(max_examples=40, deadline=None)
@given(ANY, ANY)
def test_a_finding_never_repeats_the_secret(before, after):
    name = f"{before}14 Rose Lane{after}.txt"
    found = find([(name, f"{before} LS1 4AP {after}".encode("utf-8", "replace"))], PROTECTED)
    assert found
    assert not any(kinds(leak.place) or kinds(str(leak.says)) for leak in found)


@pytest.mark.parametrize(
    "data",
    [
        base64.encodebytes("Chère Renée, 14 Rose Lane it is\n".encode("cp1252") * 3),
        b"BEGIN:VCARD\nADR:;;14 Ro\n se Lane;Leeds\nEND:VCARD",
        b"token" + base64.b64encode(b"she lives at 14 Rose Lane") + b" and more",
        "\u202eenaL esoR 41",
        "x" * 30_000 + " 14%20Rose%20Lane " + "y" * 30_000,
        b"<v>7700900123</v>",
        "①④ Rose Lane",
        "١٤ Rose Lane",
    ],
    ids=["old encoding", "folded line", "inside a run", "turned round", "in a long text", "cell", "circled", "Arabic"],
)
def test_texts_that_carry_a_word_are_read(data):
    assert find([("a", data if isinstance(data, bytes) else data.encode())], PROTECTED)


def test_a_word_run_into_others_is_found_in_the_name_of_a_file():
    protected = Protected((Word("Rowena Hale", "child"),))
    assert find([("pics/rowenasbirthday.txt", b"")], protected)
    assert find([("RowenaAtHome/a.txt", b"")], protected)


def test_what_cannot_be_looked_into_blocks_and_only_sight_and_sound_can_be_vouched_for():
    photo = picture(_saved(Image.new("RGB", (40, 40), "green"), "JPEG"))
    files = {
        "a.7z": b"7z\xbc\xaf\x27\x1c" + bytes(40),
        "a.rtf": rb"{\rtf1 hello}",
        "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "locked.pdf": _locked(),
        "broken.pdf": b"%PDF-1.7\nnothing more",
        "broken.zip": b"PK\x03\x04 nothing more",
        "a.bin": bytes(range(256)) * 4,
    }
    for name, data in files.items():
        assert UNREAD in {leak.kind for leak in find([(name, data)], PROTECTED, vouched=[name])}, name
    assert [leak.kind for leak in find([("a.jpg", photo)], PROTECTED)] == [UNREAD]
    assert find([("a.jpg", photo)], PROTECTED, vouched=["a.jpg"]) == []
    assert find_in_file(photo, "a.jpg", PROTECTED, vouched=True) == []


def test_a_picture_that_the_reader_gives_up_on_waits_for_a_person_and_is_not_called_damaged():
    def gives_up(pixels: bytes) -> list[tuple[str, tuple[int, int, int, int]]]:
        raise RuleBroken(words("slow", "It takes too long."))

    photo = picture(_saved(Image.new("RGB", (40, 40), "green"), "JPEG"))
    told = find([("a.jpg", photo)], PROTECTED, gives_up)
    assert [(leak.kind, "did not get to its end" in leak.variant) for leak in told] == [(UNREAD, True)]
    assert find([("a.jpg", photo)], PROTECTED, gives_up, vouched=["a.jpg"]) == []


def test_a_picture_that_carries_more_than_pixels_blocks_whatever_it_says():
    image = Image.new("RGB", (40, 40), "green")
    exif = image.getexif()
    exif[0x0110] = "A telephone"
    for data in (
        _saved(image, "JPEG", exif=exif),
        _saved(image, "JPEG", comment=b"hello"),
        _saved(image, "PNG") + b"more",
        _saved(image, "GIF"),
    ):
        assert METADATA in {leak.kind for leak in find([("a", data)], PROTECTED, vouched=["a"])}


def test_a_file_that_a_zip_does_not_list_blocks():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "hello")
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr("b.txt", "hello")
    assert find([("a.zip", out.getvalue())], PROTECTED) == []
    assert [leak.kind for leak in find([("a.zip", hidden.getvalue() + out.getvalue())], PROTECTED)] == [UNREAD]


def test_the_words_a_reader_sees_are_searched_as_the_eye_confuses_them():
    photo = picture(_saved(Image.new("RGB", (40, 40), "green"), "JPEG"))

    for read in ("LSI 4AP", "LS1 AAP", "L51 4AP"):
        words = [(word, (0, 0, 9, 9)) for word in read.split()]
        assert {leak.kind for leak in find([("a.jpg", photo)], PROTECTED, lambda _, seen=words: seen)} == {"postcode"}
    assert find([("a.jpg", photo)], PROTECTED, lambda _: [("LS2", (0, 0, 9, 9)), ("4AQ", (9, 0, 19, 9))]) == []


def test_a_pdf_pack_without_pictures_needs_no_reader():
    assert find([pages(World(random.Random(3)))], PROTECTED) == []


def _saved(image, form, **more):
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def _locked():
    out = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()
