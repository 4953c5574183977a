import io
import json
import subprocess
import sys
from datetime import UTC, datetime

import bagit
import pytest

from joindots.config.commands.chronology import main

HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"


def backup(folder, name="sms.xml", texts=("where are you", "answer me", "now")):
    """An invented backup of text messages, one a minute."""
    at = int(datetime(2025, 6, 10, 22, 10, tzinfo=UTC).timestamp() * 1000)
    rows = [
        f"<sms protocol='0' address='+447700900123' date='{at + n * 60_000}' type='1' subject='null' body='{text}' "
        "read='1' status='-1' contact_name='Callum Pryce' readable_date='x'/>"
        for n, text in enumerate(texts)
    ]
    path = folder / name
    path.write_text(f"{HEAD}<smses count='{len(rows)}'>\n" + "\n".join(rows) + "\n</smses>\n")
    return path


def test_files_become_a_valid_pack_dated_by_the_last_record(tmp_path, capsys):
    status = main([str(backup(tmp_path)), "--out", str(tmp_path / "pack")])
    assert status == 0
    bag = bagit.Bag(str(tmp_path / "pack"))
    bag.validate()
    assert bag.info["Records-To"] == "2025-06-10T22:12:00Z"
    assert "1 entry from 3 records" in capsys.readouterr().out
    assert (tmp_path / "pack").stat().st_mode & 0o077 == 0


def test_the_same_files_and_moment_make_the_same_zip(tmp_path):
    file = backup(tmp_path)
    for name in ("one", "two"):
        assert main([str(file), "--zip", "--as-at", "2025-07-01T00:00:00Z", "--out", str(tmp_path / name / "p")]) == 0
    assert (tmp_path / "one/p.zip").read_bytes() == (tmp_path / "two/p.zip").read_bytes()


def test_the_same_act_in_two_files_is_one_act_and_the_same_file_twice_is_read_once(tmp_path, capsys):
    texts = ["where are you now Maya", "answer me when I call you", "I can see your light is on"]
    one = backup(tmp_path, texts=texts)
    two = backup(tmp_path, "again.xml", [*texts, "and I will wait for you here"])
    copy = tmp_path / "copy.xml"
    copy.write_bytes(one.read_bytes())
    assert main([str(one), str(two), str(copy), "--out", str(tmp_path / "pack")]) == 0
    rows = json.loads((tmp_path / "pack/data/records.json").read_bytes())["records"]
    assert [row["counted_as"] for row in rows].count("contact") == 4
    assert [row["counted_as"] for row in rows].count("same act") == 3
    assert "is the same file as" in capsys.readouterr().err


def test_an_unreadable_file_is_said_and_the_others_are_still_made_into_a_pack(tmp_path, capsys):
    status = main([str(backup(tmp_path)), str(tmp_path / "missing.txt"), "--out", str(tmp_path / "pack")])
    assert status == 5
    assert "missing.txt could not be opened" in capsys.readouterr().err
    assert (tmp_path / "pack/data/chronology.pdf").exists()


def test_nothing_is_made_when_nothing_could_be_read(tmp_path):
    assert main([str(tmp_path / "missing.txt"), "--out", str(tmp_path / "pack")]) == 5
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_never_overwritten(tmp_path, capsys):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack/mine.txt").write_text("mine")
    assert main([str(backup(tmp_path)), "--out", str(tmp_path / "pack")]) == 1
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "pack/mine.txt").read_text() == "mine"


@pytest.mark.parametrize("moment", ["yesterday", "2025-07-01", "2025-07-01T10:00:00"])
def test_a_moment_without_its_zone_is_refused_with_an_example(tmp_path, capsys, moment):
    assert main([str(backup(tmp_path)), "--as-at", moment, "--out", str(tmp_path / "pack")]) == 1
    assert "such as 2025-11-13T22:15:00Z" in capsys.readouterr().err


def test_the_command_loads_no_web_framework():
    code = "import sys, joindots.config.commands.chronology; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert io.StringIO(done.stdout).readline() == "False\n"


def test_an_empty_folder_is_said(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path / "empty"), "--out", str(tmp_path / "pack")]) == 5
    assert "There is no file in what you named" in capsys.readouterr().err


def test_out_may_be_named_from_where_one_stands(tmp_path, monkeypatch):
    file = backup(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main([file.name, "--out", "pack"]) == 0
    bagit.Bag("pack").validate()
