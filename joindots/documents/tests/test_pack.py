import csv
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace

import bagit
import pikepdf
import pytest

from joindots.documents.layout import VOLUME, exhibit_path, volumes
from joindots.documents.pack import build_pack
from joindots.documents.tests.making import AS_AT, HOSTILE, document, exhibit
from joindots.documents.tests.pdf_words import words_of
from joindots.documents.typeset.signs import SHOWN
from joindots.kernel.problems import RuleBroken


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """One pack with every hostile text in it."""
    out = tmp_path_factory.mktemp("packs") / "pack"
    build_pack(document(HOSTILE), [exhibit(), exhibit(2, open=None, why_not="it is kept back.")], out, AS_AT)
    return out


def test_the_public_validator_accepts_the_bag_and_verify_says_it_is_whole(pack):
    bag = bagit.Bag(str(pack))
    bag.validate()
    assert bag.info["Bagging-Date"] == "2025-11-13"
    done = subprocess.run([sys.executable, "-I", pack / "verify.py"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Every file is as it was when the pack was made.\n")


def test_verify_names_what_was_changed_removed_and_added(tmp_path):
    build_pack(document(), [exhibit()], tmp_path / "pack", AS_AT)
    data = tmp_path / "pack" / "data"
    (data / "records.csv").write_bytes(b"other")
    (data / "records.json").unlink()
    (data / "extra.txt").write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "-I", tmp_path / "pack" / "verify.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "data/records.csv has been changed.",
        "data/records.json is missing.",
        "data/extra.txt was added: it is not part of the pack.",
    ]


@pytest.mark.parametrize("name", ["chronology.pdf", "annex-01.pdf"])
def test_the_pages_are_tagged_archival_and_say_their_title_and_language(pack, name):
    with pikepdf.open(pack / "data" / name) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).lower() == "en-gb"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["dc:title"] == "Chronology"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20251113221530")


def test_the_pages_have_contents_bookmarks_page_numbers_and_every_list(pack):
    words = words_of(pack / "data" / "chronology.pdf")
    for heading in ("Contents", "How to read this", "June 2025", "Exhibits", "Coverage", "What this cannot show", "How it was counted"):  # fmt: skip
        assert heading in words
    assert "Page 1 of" in words
    assert exhibit().sha256 in words.replace("\n", "")
    assert "Not enclosed: it is kept back." in words
    with pikepdf.open(pack / "data" / "chronology.pdf") as pdf, pdf.open_outline() as outline:
        assert "Entries" in [item.title for item in outline.root]


def test_text_from_records_is_never_evaluated(pack):
    words = words_of(pack / "data" / "chronology.pdf")
    assert '#import "chronology.typ"' in words
    assert "*bold* $x$ @ref <label>" in words
    assert "localhost" not in words


def test_signs_without_a_typeface_are_named_and_turning_signs_do_not_turn(pack):
    words = " ".join(words_of(pack / "data" / "annex-01.pdf").split())
    assert "[grinning face × 2]" in words
    assert "flag GB" in words
    assert "[right-to-left override] right to left" in words
    assert "Bengali script" in words
    assert "ŵ ŷ â" in words
    assert "more signs: see records.csv" in words


def test_the_table_guards_formulas_and_the_json_has_the_exact_text(pack):
    with (pack / "data" / "records.csv").open(encoding="utf-8-sig", newline="") as stream:
        table = [row["words"] for row in csv.DictReader(stream)]
    data = [row["words"] for row in json.loads((pack / "data" / "records.json").read_bytes())["records"]]
    assert data == HOSTILE
    assert len(table) == len(HOSTILE)
    assert table[0] == "'" + HOSTILE[0]
    assert table[2] == "[U+0000][U+0007] nul and bell"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in table)


def test_exhibits_keep_their_bytes_and_those_kept_back_are_absent(pack):
    files = sorted(path.name for path in (pack / "data" / "exhibits").iterdir())
    assert files == ["001-IMG-1.jpg"]
    assert (pack / "data" / "exhibits" / files[0]).read_bytes() == b"original bytes"


def test_an_exhibit_that_changed_since_it_was_read_stops_the_pack(tmp_path):
    changed = replace(exhibit(), sha256="0" * 64)
    with pytest.raises(RuleBroken, match="no longer the file that was read"):
        build_pack(document(), [changed], tmp_path / "pack", AS_AT)
    assert list(tmp_path.iterdir()) == []


def test_a_linked_exhibit_is_hashed_as_a_copied_one(tmp_path):
    kept = tmp_path / "kept"
    kept.write_bytes(b"original bytes")
    build_pack(document(), [exhibit(link_from=kept)], tmp_path / "pack", AS_AT)
    assert (tmp_path / "pack/data/exhibits/001-IMG-1.jpg").stat().st_ino == kept.stat().st_ino
    bagit.Bag(str(tmp_path / "pack")).validate()


def test_nothing_is_overwritten_and_nothing_half_made_is_left(tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "mine.txt").write_text("mine")
    with pytest.raises(RuleBroken, match="is there already"):
        build_pack(document(), [], tmp_path / "pack", AS_AT)
    assert [path.name for path in tmp_path.rglob("*")] == ["pack", "mine.txt"]


def test_protected_words_stop_the_pack_however_they_are_written(tmp_path):
    with pytest.raises(RuleBroken) as stopped:
        build_pack(document(["nine, Larch-close zz99 4LC"]), [], tmp_path / "pack", AS_AT, protected=["ZZ994LC"])
    assert "Entry 1" in str(stopped.value)
    assert "ZZ99" not in str(stopped.value).upper()
    assert list(tmp_path.iterdir()) == []


MAKE = """
import hashlib, sys
from pathlib import Path
from joindots.documents.pack import build_pack
from joindots.documents.tests.making import AS_AT, HOSTILE, document, exhibit
build_pack(document(HOSTILE), [exhibit()], Path(sys.argv[1]), AS_AT, zipped=True)
"""


def test_two_processes_make_the_same_bytes(tmp_path):
    digests = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "UTC"}
        subprocess.run([sys.executable, "-c", MAKE, folder / "pack.zip"], check=True, env=env)
        digests.append(hashlib.sha256((folder / "pack.zip").read_bytes()).hexdigest())
    assert digests[0] == digests[1]


def test_the_zip_is_dated_as_at_sorted_and_holds_the_bag(tmp_path):
    made = build_pack(document(), [exhibit()], tmp_path / "pack.zip", AS_AT, zipped=True)
    with zipfile.ZipFile(made.path) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in archive.infolist()} == {(2025, 11, 13, 22, 15, 30)}
        archive.extractall(tmp_path / "out")
    bagit.Bag(str(tmp_path / "out" / "pack")).validate()


def test_a_page_that_the_typesetter_refuses_is_set_in_plain_letters(tmp_path, monkeypatch):
    monkeypatch.setattr("joindots.documents.typeset.signs.SHOWN", SHOWN | {0x0986})
    build_pack(document(["Bengali আ £"]), [], tmp_path / "pack", AS_AT)
    words = words_of(tmp_path / "pack/data/chronology.pdf")
    assert "[U+0986]" in words
    assert "shown here in plain letters" in words


def test_a_volume_ends_between_entries_when_one_ends_near_the_limit():
    messages = [replace(document().messages[0], number=n, entry=n // 240) for n in range(1, 5_001)]
    cut = [volume for volume, _ in volumes(messages, VOLUME)]
    assert cut[0].first == 1
    assert cut[-1].last == 5_000
    assert all(volume.last - volume.first < VOLUME for volume in cut)
    assert cut[0].last + 1 == cut[1].first
    assert messages[cut[0].last].entry != messages[cut[0].last - 1].entry


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "exhibits/001-passwd"),
        ("C:\\pictures\\a b.JPG", "exhibits/001-a-b.JPG"),
        ("ফটো", "exhibits/001-file"),
        ("x" * 300 + ".jpeg", "exhibits/001-" + "x" * 55 + ".jpeg"),
        (".hidden", "exhibits/001-hidden"),
    ],
)
def test_an_exhibits_file_name_is_plain_and_stays_in_its_folder(name, path):
    assert exhibit_path(replace(exhibit(), name=name)) == path
