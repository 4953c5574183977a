"""An operation in a child gives what it gives outside, and can harm nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.sandbox import running
from joindots.evidence.readers.sandbox.limits import MIB, Limits
from joindots.evidence.readers.sandbox.running import run, run_named
from joindots.evidence.readers.tests import operations

TIGHT = Limits(file=MIB, memory=256 * MIB, seconds=1, silence=10.0)


def refused(how: str) -> NotReadable:
    with pytest.raises(NotReadable) as caught:
        run_named("a.jpg", TIGHT, operations.misbehave, b"", how)
    return caught.value


@settings(max_examples=3, deadline=None)
@given(st.binary(max_size=200), st.none() | st.tuples(*[st.integers(-9, 9)] * 4), st.integers(0, 3))
def test_the_answer_is_that_of_the_function_itself(data, box, times):
    assert run(operations.look, data, box, times=times) == operations.look(data, box, times=times)


def test_a_decoder_outside_python_works_behind_walls():
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(held, "JPEG")
    assert run(operations.opened_picture, held.getvalue()) == (30, 20)


def test_nothing_outside_can_be_reached():
    assert "done" not in run(operations.misbehave_all, b"", ["network", "read", "write", "program", "process"])
    assert not Path("/tmp/written-by-a-child").exists()


@pytest.mark.parametrize(("how", "code"), [
    ("loop", "too_slow"), ("memory", "too_large_inside"), ("crash", "reader_ended"),
    ("fault", "reader_failed"), ("refuse", "test"),
])  # fmt: skip
def test_what_goes_wrong_inside_comes_out_as_one_sentence(how, code):
    problem = refused(how)
    assert problem.reason.code == code
    assert "Traceback" not in str(problem) and str(problem).rstrip().endswith(".")


def test_an_answer_of_another_type_than_promised_is_not_believed():
    with pytest.raises(NotReadable, match="made no sense"):
        run(operations.other_type, b"")


def test_more_than_is_opened_at_one_time_never_reaches_the_child():
    with pytest.raises(NotReadable, match="larger than 1 MB"):
        run_named("a.jpg", TIGHT, operations.look, bytes(MIB + 1))


def test_without_walls_nothing_is_decoded(monkeypatch):
    monkeypatch.setattr(running.parent, "START_UP", running.parent.START_UP.replace(
        "; main(int", "; from joindots.evidence.readers.sandbox import child, walls; "
        "child.raise_walls = lambda *_, **__: walls.Walls(limits=True); main(int"))  # fmt: skip
    with pytest.raises(NotReadable) as caught:
        run(operations.look, b"hello")
    assert caught.value.reason.code == "walls_missing"
