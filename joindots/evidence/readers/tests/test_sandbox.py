"""A reader in a child gives the same items as outside, and can harm nothing."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.media import Folder
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.reading import read
from joindots.evidence.readers.records import Attachment, Communication
from joindots.evidence.readers.sandbox import parent
from joindots.evidence.readers.sandbox.limits import Limits
from joindots.evidence.readers.sandbox.parent import ChildReading, read_in_child, standing_walls
from joindots.evidence.readers.sandbox.walls import MACHINES, REFUSED_CALLS, Walls, program
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests import bad_readers
from joindots.evidence.readers.tests.samples import SAMPLES

MIB = 1 << 20
ROOT = Path(bad_readers.__file__).parents[4]


@pytest.fixture
def bad(monkeypatch):
    """Read a file called by the misbehaviour wanted."""
    monkeypatch.setattr(parent, "START_UP", bad_readers.START_UP)

    def reading(name: str, data: bytes = b"hello", sink=None, **limits) -> ChildReading:
        given = Limits(**{"seconds": 20, "silence": 20.0, **limits})
        sha256 = hashlib.sha256(data).hexdigest()
        return read_in_child(lambda: io.BytesIO(data), name, sha256, media=sink, limits=given)

    return reading


def said_by(reading: ChildReading) -> str:
    (one,) = list(reading)
    assert isinstance(one, Communication)
    return one.text or ""


def refused(reading: ChildReading) -> NotReadable:
    with pytest.raises(NotReadable) as caught:
        list(reading)
    assert reading._child.process.poll() is not None
    return caught.value


def test_the_bytes_arrive_whole_and_the_format_is_known(bad):
    data = bytes(range(65, 91)) * 200_000
    reading = bad("echo", data)
    assert said_by(reading) == data.decode()
    assert reading.format is not None
    assert (reading.format.name, reading.format.version) == ("bad", "1")
    assert reading.walls.limits


def test_streams_seek_apart_from_each_other(bad):
    assert said_by(bad("seek", b"abcdefghi")) == "ghiabc"


def test_every_record_arrives_once_and_in_order(bad):
    assert [one.seq for one in bad("many-5001")] == list(range(5001))


def test_half_an_emoji_arrives_as_a_replacement_mark(bad):
    assert said_by(bad("half")) == "cut \ufffd"


def test_a_refusal_keeps_its_code_and_words(bad):
    problem = refused(bad("refuse"))
    assert (problem.reason.code, str(problem)) == ("test", "refuse is refused {as it is}.")


def test_a_fault_becomes_a_sentence_without_a_traceback(bad, capfd):
    problem = refused(bad("fault"))
    assert problem.reason.code == "reader_failed"
    assert "traceback of a developer" not in str(problem)
    assert capfd.readouterr() == ("", "")


def test_a_developer_may_ask_for_the_traceback(bad, capfd, monkeypatch):
    monkeypatch.setenv("JOINDOTS_TRACEBACKS", "1")
    refused(bad("fault"))
    assert "traceback of a developer" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("name", "code", "limits"),
    [
        ("loop", "too_slow", {"seconds": 1}),
        ("loop", "too_slow", {"silence": 0.5}),
        ("memory", "too_large_inside", {}),
        ("exit", "reader_ended", {}),
        ("flood", "reader_ended", {"output": 4 * MIB, "output_ratio": 1}),
        ("huge", "reader_ended", {"frame": 8 * MIB}),
        ("media-3000000", "media_too_much", {"media": 2 * MIB}),
    ],
)
def test_whatever_a_reader_does_it_is_ended_and_said(bad, tmp_path, name, code, limits):
    assert refused(bad(name, sink=Folder(tmp_path), **limits)).reason.code == code
    assert not list(tmp_path.iterdir())


def test_a_file_over_the_limit_is_refused_before_a_child_starts(bad):
    with pytest.raises(NotReadable, match="larger than"):
        bad("echo", b"12345", file=4)


def test_files_inside_are_kept_by_the_parent_under_their_hash(bad, tmp_path):
    (found,) = list(bad("media-2500000", sink=Folder(tmp_path)))
    data = b"m" * 2_500_000
    assert isinstance(found, Attachment)
    assert (found.sha256, found.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (tmp_path / f"{found.sha256}.jpg").read_bytes() == data
    assert len(list(tmp_path.iterdir())) == 1


def test_without_a_sink_the_child_hashes_and_sends_nothing(bad):
    (found,) = list(bad("media-10", frame=4096))
    assert found.sha256 == hashlib.sha256(b"m" * 10).hexdigest()


def test_the_environment_is_empty_and_no_descriptor_but_the_pipe_is_open(bad, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for readers")
    names = said_by(bad("environment")).split()
    assert "SECRET_KEY" not in names
    assert set(names) <= {"LC_CTYPE"}
    assert said_by(bad("descriptors")) == "4", "standard input, output and error lead nowhere; the fourth is the pipe"


def test_a_reading_left_early_ends_its_child(bad):
    with bad("many-100000") as reading:
        next(iter(reading))
    assert reading._child.process.poll() is not None


@pytest.mark.parametrize(
    "attempt", ["network", "socket", "program", "fork", "kill", "write", "password-file", "project"]
)
def test_no_way_out_of_the_child(bad, attempt):
    walls = standing_walls()
    needs_files = attempt in ("password-file", "project")
    if not (walls.files if needs_files else walls.calls):
        pytest.skip("this machine cannot raise that wall; the health page says so")
    assert said_by(bad(f"try-{attempt}")) != "done"
    assert not Path("/tmp/joindots-should-not-be").exists()


def test_its_own_code_may_still_be_read(bad):
    assert said_by(bad("try-own-code")) == "done"


def test_answers_reach_the_reader(monkeypatch):
    answers = Answers([Answer("zone", "Europe/Madrid", "chat.txt", "x")])
    reading = read_in_child(lambda: io.BytesIO(b""), "chat.txt", "0" * 64, answers)
    assert reading._start.answers == (("zone", "Europe/Madrid", "chat.txt", "x"),)
    reading.close()


def test_missing_walls_are_said_each_with_its_cure():
    assert Walls(limits=True, namespace=True, calls=True, files=True).missing() == ()
    assert [one.code for one in Walls(limits=True).missing()] == ["wall_network", "wall_files", "wall_calls"]
    assert not Walls(limits=True, files=True).native
    assert Walls(limits=True, calls=True).native


def test_the_filter_of_calls_is_whole_on_every_machine():
    for column, machine in enumerate(MACHINES):
        numbers = [pair[column] for pair in REFUSED_CALLS.values() if pair[column] is not None]
        assert len(set(numbers)) == len(numbers), "a number stands twice"
        lines = program(machine)
        assert lines is not None
        assert len(lines) == 8 * (len(numbers) + 7)
        assert len(program(machine, threads=True) or b"") == len(lines) + 8 * 7
        assert len(numbers) < 255, "a jump is one byte long"
    assert program("riscv64") is None


@pytest.mark.parametrize("name", SAMPLES)
def test_a_child_gives_the_same_items_as_a_notebook(name):
    data = SAMPLES[name]()
    inside = list(read_in_child(lambda: io.BytesIO(data), name, hashlib.sha256(data).hexdigest()))
    outside = list(read(Source.from_bytes(name, data)))
    assert [msgspec.to_builtins(one) for one in inside] == [msgspec.to_builtins(one) for one in outside]


def test_a_child_starts_without_what_most_files_do_not_need():
    heavy = {"phonenumbers", "openpyxl", "PIL", "ijson", "email", "subprocess", "django", "tqdm"}
    program = "import sys; import joindots.evidence.readers.sandbox.child; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert heavy & set(done.stdout.split()) == set()


def test_a_child_steps_back_as_far_as_it_is_told_and_reads_the_same() -> None:
    data = "\n".join(f"13/03/2025, 10:{n % 60:02} - Cal Example: {n}" for n in range(5000)).encode()
    with read_in_child(lambda: io.BytesIO(data), "chat.txt", hashlib.sha256(data).hexdigest(), yields=5) as reading:
        batches = reading.batches()
        first = next(batches)
        ours, theirs = (os.getpriority(os.PRIO_PROCESS, pid) for pid in (0, reading._child.process.pid))
        assert theirs == min(ours + 5, 19)
        assert sum(type(one) is Communication for batch in (first, *batches) for one in batch) == 5000
