"""The rules of reading JSON as a stream: nothing lost, nothing held, and a plain end to anything bad."""

import contextlib
import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers import json_stream
from joindots.evidence.readers.json_leaves import Doubled, Odd, fits, leaves_of, sort_out, unknown
from joindots.evidence.readers.json_stream import LOST, Broken, TooLong, Walk

LEAVES = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["", "a", "~/"]), inner),
    max_leaves=6,
)
OBJECTS = st.lists(st.dictionaries(st.sampled_from(["id", "text", "~/"]), VALUES, min_size=1), max_size=8)
PLAIN = st.lists(st.fixed_dictionaries({"id": st.integers(0, 9), "text": st.text('a}],{"', max_size=5)}), max_size=6)


def walk(text: str | bytes) -> Walk:
    return Walk(io.BytesIO(text if isinstance(text, bytes) else text.encode()))


@pytest.fixture
def narrow(monkeypatch):
    """Windows of 16 bytes, so that every value is cut somewhere."""
    monkeypatch.setattr(json_stream, "CHUNK", 16)


def everything(text: str | bytes) -> list:
    place = walk(text)
    found = list(place.records())
    place.finish()
    return found


@given(VALUES, st.booleans())
def test_any_value_reads_back_as_it_was(value, ascii_only):
    place = walk(json.dumps(value, ensure_ascii=ascii_only))
    assert place.value() == value
    place.finish()


@given(OBJECTS, st.sampled_from([None, 0, 1, 4]), st.integers(1, 40))
def test_records_read_back_wherever_the_windows_cut(records, indent, chunk):
    before, json_stream.CHUNK = json_stream.CHUNK, chunk
    try:
        assert everything(json.dumps(records, indent=indent)) == records
    finally:
        json_stream.CHUNK = before


@given(st.lists(st.text(alphabet='ab"\\{}[],:\n ', max_size=20), max_size=40))
def test_words_that_look_like_json_cut_no_record(words):
    records = [{"id": place, "text": word, "list": [{"x": word}, {"y": word}]} for place, word in enumerate(words)]
    assert everything(json.dumps(records)) == records
    assert everything(json.dumps(records, separators=(",", ":"))) == records


@given(st.lists(PLAIN, max_size=5), st.sampled_from([None, 1]))
def test_arrays_of_records_that_follow_each_other_stay_apart(arrays, indent):
    place = walk(json.dumps([{"m": records, "after": 1} for records in arrays], indent=indent))
    found = []
    for _ in place.elements():
        for key in place.members():
            found.append(list(place.records())) if key == "m" else place.value()
    place.finish()
    assert found == arrays


@given(OBJECTS)
def test_every_leaf_has_its_pointer(records):
    document = {"m": records}
    streamed = list(walk(json.dumps(document)).leaves())
    assert streamed == list(leaves_of(document, ""))
    for pointer, value in streamed:
        at = document
        for step in pointer.split("/")[1:]:
            plain = step.replace("~1", "/").replace("~0", "~")
            at = at[int(plain) if isinstance(at, list) else plain]
        assert at == value


def test_members_come_in_order_doubled_ones_included():
    place = walk('{"a": 1, "b": [true], "a": {"c": null}}')
    assert [(key, place.value()) for key in place.members()] == [("a", 1), ("b", [True]), ("a", {"c": None})]


def test_a_doubled_key_keeps_the_last_and_lists_the_earlier():
    (record,) = everything('[{"text": "one", "x": {"y": 1}, "text": "two"}]')
    assert isinstance(record, Doubled)
    clean, extra, leaves = sort_out(record, {"text": (str,)}, frozenset("x"), "/0")
    assert (clean["text"], extra, leaves) == ("two", {"x": {"y": 1}}, [("/0/text", "one")])


def test_a_number_that_is_none_is_listed_and_never_kept():
    (record,) = everything('[{"id": 1, "a": NaN, "b": -Infinity, "c": 1e400, "d": {"e": NaN}}]')
    _, extra, leaves = sort_out(record, {"id": (int,)}, frozenset("abcd"), "/0")
    assert not extra
    assert [pointer for pointer, _ in leaves] == ["/0/a", "/0/b", "/0/c", "/0/d/e"]
    assert [one.excerpt for one in unknown(None, leaves)][:2] == ["NaN", "-Infinity"]


@pytest.mark.parametrize("digits", [20, 400, 6000])
def test_a_number_of_too_many_digits_is_listed_and_the_rest_read(digits):
    (record,) = everything(f'[{{"id": 7, "n": 1{"0" * digits}}}]')
    clean, extra, leaves = sort_out(record, {"id": (int,)}, frozenset("n"), "/0")
    assert clean["id"] == 7
    assert not extra
    assert [pointer for pointer, _ in leaves] == ["/0/n"]


def test_depth_is_skipped_and_the_walk_goes_on():
    deep = "[" * 10_000 + "]" * 10_000
    found = everything(f'[{{"id": 1}}, {{"id": 2, "x": {deep}}}, {{"id": 3}}]')
    assert [type(one) for one in found] == [dict, TooLong, dict]
    assert (found[1].pointer, found[2]) == ("/1", {"id": 3})


def test_depth_never_closed_is_a_plain_end():
    with pytest.raises(Broken):
        everything("[" + '{"a":' * 100_000)


def test_a_value_too_long_is_skipped_in_little_memory(monkeypatch):
    monkeypatch.setattr(json_stream, "LONGEST", 1 << 16)
    monkeypatch.setattr(json_stream, "CHUNK", 1 << 14)
    text = '[{"id": 1}, {"id": 2, "t": "' + 'x\\"]}' * 1_000_000 + '"}, {"id": 3}]'
    stream = io.BytesIO(text.encode())
    tracemalloc.start()
    found = list(Walk(stream).records())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one if isinstance(one, dict) else one.pointer for one in found] == [{"id": 1}, "/1", {"id": 3}]
    assert peak < 2 << 20


LONG = ('"' + "x" * 300 + '"', "1" * 300, "[" + "1," * 150 + "1]", '{"a":"' + "]" * 300 + '"}')


@pytest.mark.parametrize("long", LONG)
def test_long_values_of_every_kind_are_skipped(monkeypatch, narrow, long):
    monkeypatch.setattr(json_stream, "LONGEST", 64)
    found = everything(f'[{{"a": 1}}, {long}, {{"a": 2}}]')
    assert [type(one) for one in found] == [dict, TooLong, dict]


def test_half_an_emoji_becomes_a_mark_and_a_whole_one_stays():
    place = walk(r'[{"a": "x\ud83dy", "b": "\ud83d\ude21", "\udc00": 1}]')
    assert list(place.records()) == [{"a": f"x{LOST}y", "b": "😡", LOST: 1}]
    assert place.odd


def test_bytes_that_are_no_utf8_lose_themselves_only():
    place = walk(b'[{"a": "caf\xe9"}, {"a": "caf\xc3\xa9"}]')
    assert list(place.records()) == [{"a": f"caf{LOST}"}, {"a": "café"}]
    assert place.odd


def test_an_escape_that_json_does_not_know_is_read_as_it_was_meant():
    text = r'[{"a": "x\x0By"}, {"a": "back\\x41"}, {"a": "\x1F\\"}]'
    assert everything(text) == [{"a": "x\x0by"}, {"a": r"back\x41"}, {"a": "\x1f\\"}]


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert everything(b"\xef\xbb\xbf[{}]") == [{}]


DAMAGED = ("", " ", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,}', "{1:2}", "nul", "[1 2]", "[1]x", "<a>")


def to_the_end(place):
    for _ in place.leaves():
        pass
    place.finish()


def gather(place, found):
    found.extend(place.records())
    place.finish()


@pytest.mark.parametrize("text", DAMAGED)
def test_damage_is_a_plain_end(text):
    with pytest.raises(Broken):
        to_the_end(walk(text))


def test_every_cut_gives_what_came_before(narrow):
    records = [{"id": place, "t": "é\\" * place, "n": 1.5, "b": True} for place in range(6)]
    whole = json.dumps(records, ensure_ascii=False).encode()
    ends = [len(json.dumps(records[: place + 1], ensure_ascii=False).encode()) - 1 for place in range(6)]
    for cut in range(len(whole)):
        found = []
        with pytest.raises(Broken):
            gather(walk(whole[:cut]), found)
        assert found == records[: sum(end <= cut for end in ends)]


@given(st.binary(max_size=200))
def test_any_bytes_end_plainly(data):
    with contextlib.suppress(Broken):
        to_the_end(walk(data))


@given(PLAIN.filter(bool), st.data())
def test_a_flipped_bit_harms_nothing_else(records, data):
    text = bytearray(json.dumps(records).encode())
    place = data.draw(st.integers(0, len(text) * 8 - 1))
    text[place // 8] ^= 1 << place % 8
    with contextlib.suppress(Broken):
        to_the_end(walk(bytes(text)))


def test_what_fits_in_a_record():
    assert fits({"a": [1, 1.5, "x", None, True, {"b": -(2**63)}]})
    assert not fits(2**63)
    assert not fits([float("nan")])
    assert not fits({"a": float("inf")})
    assert not fits([Odd("NaN")])
