"""`joindots read`: what it writes, where, and with which exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import termios
import zipfile
from pathlib import Path

import jsonschema
import pytest

import joindots
from joindots.config.commands import read
from joindots.config.commands.said import said
from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import NotUnderstood, Place, Question
from joindots.evidence.readers.sandbox import parent
from joindots.evidence.readers.schema import schema
from joindots.evidence.readers.tally import FileRead, Tally
from joindots.evidence.readers.tests import bad_readers

ROOT = Path(joindots.__file__).parents[1]
SMS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="{count}">
{messages}
</smses>
"""
MESSAGE = '  <sms address="+447700900123" date="{date}" type="1" body="{body}" read="1" contact_name="Mark Example" />'


def sms(folder: Path, name: str, *bodies: str) -> Path:
    """A backup of messages a minute apart; the n-th always has the n-th minute."""
    rows = [MESSAGE.format(date=1_710_252_300_000 + 60_000 * n, body=body) for n, body in enumerate(bodies) if body]
    path = folder / name
    path.write_text(SMS.format(count=len(rows), messages="\n".join(rows)))
    return path


def run(capfdbinary, *arguments) -> tuple[int, bytes, bytes]:
    status = read.main([str(argument) for argument in arguments])
    out, err = capfdbinary.readouterr()
    return status, out, err


def objects(out: bytes) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def bad(monkeypatch):
    """Files are read by the readers that misbehave, each by its name."""
    monkeypatch.setattr(parent, "START_UP", bad_readers.START_UP)


def test_each_line_is_one_record_and_the_last_is_the_summary(tmp_path, capfdbinary):
    status, out, err = run(capfdbinary, sms(tmp_path, "a.xml", "one", "two"), "--jsonl")
    *records, summary = objects(out)
    assert [one["text"] for one in records] == ["one", "two"]
    assert all(set(one["place"]) == {"member", "line", "byte", "length", "pointer"} for one in records)
    assert records[0]["at_earliest"] == "2024-03-12T14:05:00Z"
    assert (summary["kind"], summary["records"], summary["counts"], summary["exit"]) == ("summary", 2, {"text": 2}, 0)
    assert list(summary["files"][0])[:5] == ["name", "sha256", "size", "format", "reader_version"]
    assert (status, err) == (0, b"")


def test_every_line_is_valid_by_the_schema_of_the_guide(tmp_path, capfdbinary):
    _, out, _ = run(capfdbinary, sms(tmp_path, "a.xml", "one"), tmp_path / "missing.txt", "--jsonl")
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    for one in objects(out):
        validator.validate(one)


def test_the_schema_in_the_guide_is_the_one_the_code_has(capfdbinary):
    status, out, _ = run(capfdbinary, "--schema")
    assert status == 0
    assert (ROOT / "docs/guide/normal-form.schema.json").read_bytes() == out


def test_no_django_is_imported(tmp_path):
    program = "import sys; sys.modules['django'] = None; from joindots.__main__ import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "read", sms(tmp_path, "a.xml", "one"), "--jsonl"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_without_jsonl_a_person_is_told_in_sentences(tmp_path, capfdbinary):
    status, out, _ = run(capfdbinary, sms(tmp_path, "a.xml", "one", "two"))
    assert status == 0
    assert b"2 records in all" in out
    assert b"from 12 March 2024 to 12 March 2024" in out


@pytest.mark.parametrize("name", ["missing.txt", "pipe"])
def test_what_cannot_be_opened_is_named_on_stderr_and_the_others_are_read(tmp_path, capfdbinary, name):
    os.mkfifo(tmp_path / "pipe")
    status, out, err = run(capfdbinary, tmp_path / name, sms(tmp_path, "a.xml", "one"), "--jsonl")
    assert status == 5
    assert name.encode() in err
    assert b"Traceback" not in err
    record, summary = objects(out)
    assert record["text"] == "one"
    assert [one["refused_code"] for one in summary["files"]] == ["cannot_open", None]


def test_a_refusal_half_way_keeps_what_was_read_and_says_so(bad, tmp_path, capfdbinary):
    (tmp_path / "fault").write_bytes(b"x")
    status, out, err = run(capfdbinary, tmp_path / "fault", "--jsonl")
    assert status == 5
    assert b"nothing was guessed" in err
    assert b"Traceback" not in err
    first, summary = objects(out)
    assert (first["text"], summary["records"]) == ("before", 1)
    assert summary["files"][0]["refused_code"] == "reader_failed"


def test_the_same_file_twice_is_read_once_and_said(tmp_path, capfdbinary):
    a = sms(tmp_path, "a.xml", "one")
    b = sms(tmp_path, "b.xml", "one")
    status, out, err = run(capfdbinary, a, b, "--jsonl")
    assert (status, len(objects(out))) == (0, 2)
    assert b"b.xml is the same file as" in err


def test_two_backups_that_overlap_are_counted_as_their_union(tmp_path, capfdbinary):
    a = sms(tmp_path, "a.xml", "one", "?", "three")
    b = sms(tmp_path, "b.xml", "", "?", "three", "four")
    status, out, _ = run(capfdbinary, a, b, "--jsonl")
    *records, summary = objects(out)
    assert (status, summary["records"], summary["acts"]) == (0, 6, 4)
    assert len({one["dup_group"] for one in records}) == 4


def test_two_backups_that_overlap_in_one_zip_are_counted_as_their_union(tmp_path, capfdbinary):
    a = sms(tmp_path, "a.xml", "one", "?", "three")
    b = sms(tmp_path, "b.xml", "", "?", "three", "four")
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as both:
        both.write(a, "a.xml")
        both.write(b, "b.xml")
    status, out, _ = run(capfdbinary, tmp_path / "both.zip", "--jsonl")
    *records, summary = objects(out)
    assert (status, summary["records"], summary["acts"]) == (0, 6, 4)
    assert len({one["dup_group"] for one in records}) == 4


def test_a_folder_is_opened_up_in_sorted_order_without_hidden_files(tmp_path, capfdbinary):
    folder = tmp_path / "export"
    folder.mkdir()
    for name in ("b.xml", "a.xml", ".hidden.xml"):
        sms(folder, name, f"in {name}")
    _, out, _ = run(capfdbinary, folder, "--jsonl")
    assert [one["name"] for one in objects(out)[-1]["files"]] == ["a.xml", "b.xml"]


def test_files_inside_go_to_the_folder_named(bad, tmp_path, capfdbinary):
    (tmp_path / "media-5").write_bytes(b"x")
    _, out, _ = run(capfdbinary, tmp_path / "media-5", "--media", tmp_path / "new" / "kept", "--jsonl")
    assert objects(out)[-1]["attachments"] == 1
    assert [path.read_bytes() for path in (tmp_path / "new" / "kept").iterdir()] == [b"mmmmm"]


@pytest.mark.parametrize(
    ("text", "says"),
    [('{"answers": [{"question": "colour", "value": 1}]}', b"date_order"), ("nonsense", b"answers file")],
)
def test_answers_in_a_wrong_form_are_refused_with_the_right_one(tmp_path, capfdbinary, text, says):
    (tmp_path / "answers.json").write_text(text)
    status, out, err = run(capfdbinary, sms(tmp_path, "a.xml", "one"), "--answers", tmp_path / "answers.json")
    assert (status, out) == (5, b"")
    assert says in err
    assert b'{"answers": [' in err


def test_a_closed_pipe_ends_quietly(tmp_path):
    path = sms(tmp_path, "a.xml", *(f"message {n}" for n in range(20_000)))
    done = subprocess.run(
        f'"{sys.executable}" -m joindots read "{path}" --jsonl | head -n 1',
        shell=True, cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1


def test_an_interrupt_ends_quietly_and_takes_the_child_along(bad, tmp_path):
    (tmp_path / "loop").write_bytes(b"x")
    program = (
        # A run started in the background hands down an interrupt that is ignored: here it counts as on a terminal.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "import sys; from joindots.evidence.readers.sandbox import parent; "
        "from joindots.evidence.readers.tests import bad_readers; parent.START_UP = bad_readers.START_UP; "
        "begin = parent.subprocess.Popen; "
        "parent.subprocess.Popen = lambda *a, **k: [begin(*a, **k), print('started', flush=True)][0]; "
        "from joindots.__main__ import main; sys.exit(main())"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, "read", str(tmp_path / "loop")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")


# What the summary says -----------------------------------------------------------------------------

OPEN = Question("f" * 64, "chat.txt", "date_order", "Which comes first?", ("dmy", "mdy"), "03/04/2024, 10:00 - Sam: hi")
GAP = NotUnderstood(Place(line=3, byte=10, length=5), "unknown_line", "?????")
HEADINGS = NotUnderstood(Place(line=1, byte=0, length=10), "headings", "Date,Text")


def tally(*items, answers: Answers | None = None) -> Tally:
    found = Tally(answers or Answers())
    found.begin(FileRead("chat.txt", "f" * 64, 100))
    for item in items:
        found.add(item)
    return found


@pytest.mark.parametrize(
    ("items", "status"),
    [((), 0), ((HEADINGS,), 0), ((OPEN,), 3), ((GAP,), 4), ((OPEN, GAP, HEADINGS), 4)],
)
def test_the_worst_counts_and_headings_do_not(items, status):
    assert tally(*items).exit == status


def test_not_readable_is_worse_than_all():
    found = tally(OPEN, GAP)
    found.refuse(not_readable("x", "no"))
    assert found.exit == 5


@pytest.mark.parametrize("value", ["dmy", "not_sure"])
@pytest.mark.parametrize("file", ["chat.txt", "f" * 64, None])
def test_an_answered_question_is_not_open(value, file):
    assert tally(OPEN, answers=Answers([Answer("date_order", value, file)])).exit == 0
    assert tally(OPEN, answers=Answers([Answer("date_order", value, "other.txt")])).exit == 3


def test_neighbours_not_understood_are_one_span_and_no_byte_is_lost():
    next_line = NotUnderstood(Place(line=4, byte=15, length=7), "unknown_line", "!!!!!!!")
    apart = NotUnderstood(Place(line=9, byte=40, length=2), "unknown_line", "..")
    summary = tally(HEADINGS, GAP, next_line, apart).summary()
    assert [(one.byte, one.length) for one in summary.not_understood] == [(0, 10), (10, 12), (40, 2)]
    assert (summary.bytes.not_understood, summary.bytes.headings) == (14, 10)


def test_an_open_question_is_told_with_its_example_and_how_to_answer():
    text = said(tally(OPEN).summary())
    assert "Which comes first?" in text
    assert "03/04/2024, 10:00 - Sam: hi" in text
    assert '{"answers":[{"file":"chat.txt","question":"date_order","value":"dmy"}]}' in text


def test_a_folder_without_files_is_said(tmp_path, capfdbinary):
    status, out, err = run(capfdbinary, tmp_path)
    assert (status, out) == (5, b"")
    assert b"There is no file in" in err


def test_a_long_file_shows_its_progress_on_a_terminal_only(tmp_path):
    path = sms(tmp_path, "a.xml", *(f"message {n} {'x' * 100}" for n in range(10_000)))
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    command = [sys.executable, "-m", "joindots", "read", str(path), "--jsonl"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs)
    out, _ = process.communicate(timeout=60)
    os.write(theirs, b"end")
    shown = os.read(ours, 65536)
    os.close(ours)
    os.close(theirs)
    assert out.count(b"\n") == 10_001
    assert b"a.xml" in shown
    assert b"%" in shown
