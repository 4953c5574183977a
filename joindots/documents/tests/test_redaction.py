"""Rules of redaction: what was kept back is in no byte, the rest is as it was, and the original is not touched."""

import hashlib
import io
import random
import struct
import zipfile

import openpyxl
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from joindots.documents.leaks.finding import find
from joindots.documents.leaks.matching import matcher
from joindots.documents.leaks.protected import MARK, Protected, Word
from joindots.documents.redaction.pages import joined, pdf, words_kept_back
from joindots.documents.redaction.pictures import picture
from joindots.documents.redaction.stripping import strip
from joindots.documents.redaction.texts import text
from joindots.documents.sounds import is_bare, sound
from joindots.documents.tests.disguises import PLAIN, SIGNS, WRAPPED
from joindots.documents.tests.packs import Drawn, pages
from joindots.documents.tests.world import World
from joindots.kernel.problems import RuleBroken

ANY = st.text(st.characters(codec="utf-8"), max_size=60)
DOOR = "14 Rose Lane"
PROTECTED = Protected(
    (Word(f"{DOOR}, Leeds, LS1 4AP", "address"), Word("07700 900123", "number"), Word("Mia Hale", "child"))
)
WAYS = {**PLAIN, **SIGNS, **WRAPPED}


def test_every_place_gets_the_same_mark_and_is_told():
    found = text("Mia lives at 14 Rose Lane, LS1 4AP. Ring +44 (0)7700 900123.", PROTECTED)
    assert found.text == f"{MARK} lives at {MARK}, {MARK}. Ring {MARK}."
    assert [span.kind for span in found.spans] == ["child", "address", "postcode", "number"]
    assert found.count == 4


@settings(max_examples=25, deadline=None)
@given(ANY, st.sampled_from(sorted(WAYS)), st.randoms(use_true_random=False), ANY)
def test_no_way_of_writing_survives_and_the_rest_stays(before, way, rng, after):
    found = text(f"{before}\n{WAYS[way](DOOR, rng)}\n{after}", PROTECTED)
    assert matcher(PROTECTED).first(found.text) is None
    assert find([("a.txt", found.text.encode())], PROTECTED) == []
    if way in PLAIN and way != "two lines" and not matcher(PROTECTED).first(f"{before}\n\n{after}"):
        assert MARK in found.text


@given(ANY)
def test_text_that_holds_nothing_stays_letter_for_letter(given):
    if matcher(PROTECTED).first(given) is None and find([("a", given.encode())], PROTECTED) == []:
        assert text(given, PROTECTED).text == given


def test_a_picture_is_its_pixels_and_no_more_with_black_where_words_were():
    image = Image.new("RGB", (200, 100), "white")
    exif = image.getexif()
    exif[0x010E] = DOOR
    original = _saved(image, "JPEG", exif=exif, comment=DOOR.encode(), icc_profile=b"a" * 200)
    kept = hashlib.sha256(original).hexdigest()
    made = picture(original, [(10, 10, 60, 30), (190, 90, 500, 500), (5, 5, 5, 5)])
    assert hashlib.sha256(original).hexdigest() == kept
    assert find([("a", made)], PROTECTED, vouched=["a"]) == []
    with Image.open(io.BytesIO(made)) as seen:
        assert not seen.getexif() and "icc_profile" not in seen.info and "comment" not in seen.info
        assert seen.crop((10, 10, 60, 30)).convert("L").getextrema()[1] < 10
        assert seen.convert("L").getpixel((120, 50)) > 250
        assert seen.convert("L").getpixel((198, 98)) == 0
    assert picture(original, [(10, 10, 60, 30)]) == picture(original, [(10, 10, 60, 30)])


def test_what_lies_under_see_through_parts_is_gone():
    layered = Image.new("RGBA", (60, 20), (255, 255, 255, 0))
    ImageDraw.Draw(layered).rectangle((10, 5, 30, 15), fill=(0, 0, 0, 0))
    with Image.open(io.BytesIO(picture(_saved(layered, "PNG")))) as seen:
        assert seen.mode == "RGB" and seen.getextrema() == ((255, 255),) * 3


def test_a_picture_lying_on_its_side_is_turned_before_boxes_are_burnt():
    image = Image.new("RGB", (100, 40), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(picture(_saved(image, "JPEG", exif=exif), [(0, 90, 40, 100)]))) as seen:
        assert seen.size == (40, 100)
        assert seen.convert("L").getpixel((20, 98)) < 10 and seen.convert("L").getpixel((20, 20)) > 250


@pytest.mark.parametrize("where", ["text", "note", "attached", "earlier"])
def test_no_part_of_a_redacted_pdf_has_the_words(where):
    world = World(random.Random(5))
    secret, protected = world.secrets.email, world.secrets.protected()
    original = pages(world, secret, where=where)[1]
    assert find([("a.pdf", original)], protected, vouched=["a.pdf"])
    made = pdf(original, protected)
    assert find([("a.pdf", made.data)], protected, vouched=["a.pdf"]) == []
    assert made.count >= (where == "text")
    with pikepdf.open(io.BytesIO(made.data)) as document:
        assert not document.docinfo and not document.attachments and set(document.Root.keys()) == {"/Pages", "/Type"}
        assert len(document.pages) == 1
    assert pypdfium2.PdfDocument(made.data)[0].get_textpage().get_text_range() == ""


def test_the_words_are_black_on_the_page_and_the_others_legible():
    original = pages(World(random.Random(6)), f"see {DOOR} here", where="text")[1]
    first, made = pypdfium2.PdfDocument(original), pdf(original, PROTECTED)
    second = pypdfium2.PdfDocument(made.data)
    words = first[0].get_textpage()
    at, count = words.search(DOOR).get_next()
    left, bottom, right, top = (
        side(words.get_charbox(n)[edge] for n in range(at, at + count) if words.get_charbox(n)[0])
        for edge, side in enumerate((min, min, max, max))
    )
    before, after = (document[0].render(scale=2).to_pil().convert("L") for document in (first, second))
    box = (int(left * 2), int((595 - top) * 2), int(right * 2), int((595 - bottom) * 2))
    assert after.crop(box).getextrema()[1] < 60
    rest = [(0, 0, 840, box[1] - 12), (0, box[3] + 12, 840, 1190)]
    for part in rest:
        one, two = (sum(image.crop(part).point(lambda v: v < 128 and 255).histogram()[1:]) for image in (before, after))
        assert abs(one - two) < 0.1 * one
    assert made.counts == (1,)


@pytest.mark.parametrize(
    "drawn",
    [
        " ".join(
            f"BT /F1 9 Tf {20 + 7 * at} 90 Td ({DOOR[at]}) Tj ET" for at in (3, 9, 0, 11, 5, 1, 8, 4, 2, 10, 6, 7)
        ),
        " ".join(
            f"BT /F1 9 Tf {x} {y} Td ({words}) Tj ET"
            for x, y, words in ((20, 90, "14 Rose"), (120, 90, "and"), (20, 79, "Lane"))
        ),
        "BT /F1 9 Tf 20 90 Td [(14 R) -250 (ose) 90 (La) -700 (ne)] TJ ET",
        "1 g BT /F1 1 Tf 20 90 Td (14 Rose Lane) Tj ET",
    ],
    ids=["letters in another order", "in columns", "pushed apart", "white and tiny"],
)
def test_words_laid_out_in_any_order_are_found(drawn):
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 120))
    face = {"/Type": pikepdf.Name("/Font"), "/Subtype": pikepdf.Name("/Type1"), "/BaseFont": pikepdf.Name("/Helvetica")}
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pikepdf.Dictionary(face)))
    made.pages[0].Contents = pikepdf.Stream(made, drawn.encode())
    made.pages[0].Rotate = 90
    out = io.BytesIO()
    made.save(out)
    assert find([("a.pdf", out.getvalue())], PROTECTED)
    assert pdf(out.getvalue(), PROTECTED).count
    assert pdf(out.getvalue(), PROTECTED) == pdf(out.getvalue(), PROTECTED)


def test_words_in_a_scan_need_a_reader_or_a_person():
    drawn = Drawn()
    out = io.BytesIO()
    drawn.draw(f"he came to {DOOR} at noon", random.Random(1)).save(out, "PDF", resolution=100)
    blind, seen = pdf(out.getvalue(), PROTECTED), pdf(out.getvalue(), PROTECTED, drawn)
    assert (blind.count, blind.unread) == (0, (1,))
    assert (seen.count, seen.unread) == (1, ())
    assert find([("a.pdf", seen.data)], PROTECTED, drawn) == []
    assert find([("a.pdf", blind.data)], PROTECTED, drawn)


def test_a_locked_or_broken_pdf_is_refused_with_a_cure():
    out = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(RuleBroken, match="save a copy without"):
        pdf(out.getvalue(), PROTECTED)
    with pytest.raises(RuleBroken, match="Print it to a new PDF"):
        pdf(b"%PDF-1.7 nothing", PROTECTED)


def test_mail_web_pages_and_office_files_become_their_words():
    book = openpyxl.Workbook()
    book.active.append([DOOR, "kept"])
    book.create_sheet("hidden").sheet_state = "hidden"
    book["hidden"].append(["unseen"])
    sheet, letter = io.BytesIO(), io.BytesIO()
    book.save(sheet)
    with zipfile.ZipFile(letter, "w") as archive:
        runs = "<w:r><w:t>14 Ro</w:t></w:r><w:r><w:t>se Lane</w:t></w:r>"
        archive.writestr("word/document.xml", f"<w:p>kept {runs}</w:p><w:del>unseen</w:del>")
        archive.writestr("docProps/core.xml", "unseen")
    given = {
        b"<html><head><title>unseen</title></head><body>kept <!-- unseen --> 14 <b>Rose</b> Lane</body></html>": 1,
        f"From: a@example.org\nSubject: kept\nReceived: unseen\nMIME-Version: 1.0\n\n{DOOR}".encode(): 1,
        sheet.getvalue(): 1,
        letter.getvalue(): 1,
        f"kept {DOOR}".encode("utf-16"): 1,
    }
    for data, count in given.items():
        copy = strip(data, PROTECTED)
        assert (copy.suffix, copy.count) == (".txt", count)
        assert b"kept" in copy.data and MARK.encode() in copy.data and b"unseen" not in copy.data


@pytest.mark.parametrize(
    "data", [b"PK\x05\x06" + bytes(18), b"Rar!\x1a\x07\x00", bytes(range(256)), b"\0\0\0\x18ftypmp42"]
)
def test_what_cannot_be_made_clean_is_refused(data):
    with pytest.raises(RuleBroken):
        strip(data, PROTECTED)


def test_a_quiet_recording_is_no_text_though_half_of_it_is_noughts():
    sound_of = b"\0\0\1\0" * 400
    body = (
        b"WAVEfmt \x10\0\0\0\1\0\1\0@\x1f\0\0\x80>\0\0\2\0\x10\0data" + len(sound_of).to_bytes(4, "little") + sound_of
    )
    quiet = b"RIFF" + len(body).to_bytes(4, "little") + body
    assert strip(quiet, PROTECTED).suffix == ".wav"
    assert [one.kind for one in find([("1.wav", quiet)], PROTECTED)] == ["unread"]
    assert find([("1.wav", quiet)], PROTECTED, vouched=["1.wav"]) == []


def test_a_recording_is_bare_sound():
    samples = bytes(range(200))
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    tag = b"LIST" + (30).to_bytes(4, "little") + b"INFOICMT" + (18).to_bytes(4, "little") + b"at 14 Rose Lane  \0"
    body = b"fmt " + (16).to_bytes(4, "little") + form + tag + b"data" + (200).to_bytes(4, "little") + samples
    wav = b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    mp3 = b"ID3\x04\0\0\0\0\0\x10" + b"14 Rose Lane...." + frame * 3 + b"TAG" + bytes(125)
    for data, inside in ((wav, samples), (mp3, frame * 3)):
        made = sound(data)
        assert inside in made and b"Rose" not in made and is_bare(made) and not is_bare(data)
        assert strip(data, PROTECTED).unread
        assert find([("a", made)], PROTECTED, vouched=["a"]) == []
        assert find([("a", data)], PROTECTED, vouched=["a"])


def _saved(image, form, **more):
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def test_a_box_that_cuts_the_first_sign_of_a_word_is_blackened_half_a_letter_wider() -> None:
    read = [("at", (0, 100, 30, 120)), ("9", (50, 100, 60, 120)), ("Larch", (70, 100, 140, 120))]
    nine, larch = words_kept_back(read, Protected.of(("9 Larch",)))
    assert (nine[0], nine[2]) == (50 - 6, 60 + 6)
    assert (larch[0], larch[2]) == (70 - 11, 140 + 11)
    ((left, _, right, _),) = joined([nine, larch])
    assert (left, right) == (44, 151)
