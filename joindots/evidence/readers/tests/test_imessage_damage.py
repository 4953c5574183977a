"""imessage-exporter's text, quoted, cut off, flipped or out of order: the file is tiled, nothing is lost."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.imessage import FORMAT, blocks, order
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Communication, NotUnderstood
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tests.imessage_files import (
    SUMMER,
    block,
    hour_twice,
    items_of,
    minutes,
    records_of,
    tiles,
)

# quotations and damage


@pytest.mark.parametrize("quoted", ["May 12, 2022  5:00:00 PM", "May 19, 2022  5:00:00 PM"])
def test_a_conversation_quoted_inside_a_message_stays_inside_it(quoted):
    parts = [block(at, "Sam Example", f"words {n}") for n, at in enumerate(minutes(30))]
    parts[15] = block(minutes(30)[15], "Sam Example", "you wrote:", "", quoted, "Me", "come and see me")
    text = "".join(parts)
    records = records_of(text)
    assert len(records) == 30
    assert records[15].text == f"you wrote:\n\n{quoted}\nMe\ncome and see me"
    assert records[15].extra["lines_like_a_head"] == 1
    assert tiles(text.encode(), items_of(text))


def test_an_export_out_of_order_loses_nothing():
    text = "".join(block(at, "Me", at) for at in minutes(5, 100) + minutes(5))
    records = records_of(text)
    assert len(records) == 10
    assert [record.time_flags for record in records].count(("out_of_order",)) == 1


def test_an_hour_that_ran_twice_elsewhere_loses_nothing():
    before = [block(f"Nov 06, 2022  1:{n:02d}:00 AM", "Me", "first") for n in range(20, 59)]
    after = [block(f"Nov 06, 2022  1:{n:02d}:00 AM", "Me", "second") for n in range(3, 5)]
    text = "".join(before + after + [block("Nov 06, 2022  9:00:00 AM", "Me", "third")])
    assert len(records_of(text)) == 42


@given(st.lists(st.integers(0, 500_000), max_size=40))
def test_heads_taken_for_quotations_leave_the_longest_run_whole(moments):
    out = order.quoted(moments)
    assert len(out) * order.MOST_OUT_OF_ORDER <= len(moments)
    kept = [moment for n, moment in enumerate(moments) if n not in out]
    assert longest_run(kept) == longest_run(moments)


def longest_run(moments) -> int:
    """The plain way, in quadratic time."""
    best: list[int] = []
    for n, moment in enumerate(moments):
        best.append(1 + max((best[m] for m in range(n) if moments[m] <= moment), default=0))
    return max(best, default=0)


def test_lines_before_the_first_head_and_damaged_ones_are_listed():
    text = block(SUMMER, "Me", "hi") + "Unable to format announcement!\n\n" + "May 17, 2022  5:40:00 PM\n"
    items = items_of(text)
    assert [(i.why, i.excerpt) for i in items if isinstance(i, NotUnderstood)] == [
        ("unknown_line", "Unable to format announcement!"), ("broken", "May 17, 2022  5:40:00 PM"),
    ]  # fmt: skip
    assert tiles(text.encode(), items)


def test_bytes_that_are_not_utf8_cost_a_character_and_are_said():
    data = block(SUMMER, "Me", "caf#").encode().replace(b"#", b"\xe9") + block(SUMMER, "Me", "tea").encode()
    first, second = records_of(data)
    assert (first.text, first.text_mended, second.text_mended) == ("caf\ufffd", "not_utf8_replaced", None)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_mark_at_the_start_and_windows_line_ends(ends):
    data = b"\xef\xbb\xbf" + (block(SUMMER, "Me", "one", "two") * 2).replace("\n", ends).encode()
    items = items_of(data)
    assert [item.text for item in items if isinstance(item, Communication)] == ["one\ntwo"] * 2
    assert tiles(data, items)


def test_an_endless_block_is_passed_over(monkeypatch):
    monkeypatch.setattr(blocks, "LONGEST", 2000)
    text = block(SUMMER, "Me", "one") + block(SUMMER, "Me", *["x" * 100] * 50) + block(SUMMER, "Me", "y" * 9000)
    text += block(SUMMER, "Me", "two")
    items = items_of(text)
    assert [item.text for item in items if isinstance(item, Communication)] == ["one", "two"]
    assert [item.why for item in items if isinstance(item, NotUnderstood)] == ["too_long", "too_long"]
    assert tiles(text.encode(), items)


def test_other_texts_are_not_claimed():
    for text in ("", "Hello\n", "12/03/2024, 14:05 - Sam: hi\n", "May 17, 2022\nMe\n", SUMMER + "\n", "\x00\x01"):
        assert not FORMAT.claims(Source.from_bytes("chat.txt", text.encode()))


def test_cut_off_or_flipped_anywhere_the_file_is_still_tiled():
    text = (
        block(
            "May 17, 2022  5:30:00 PM", "Sam Example", "where", "    May 17, 2022  5:40:00 PM", "    Me", "    home", ""
        )
        + hour_twice("1:10:00", "1:05:00")
        + block("Nov 01, 2022  5:40:00 PM", "Me", SUMMER + " a", "Edited 5 seconds later: é\U0001f621", "")
    )
    data = text.encode()
    dice = random.Random(3)
    cuts = [data[:cut] for cut in range(len(data))]
    for _ in range(600):
        flipped = bytearray(data)
        flipped[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        cuts.append(bytes(flipped))
    for damaged in cuts:
        source = Source.from_bytes("x.txt", damaged)
        if FORMAT.claims(source):
            try:
                assert tiles(damaged, FORMAT.read(source, Answers(), HashOnly()))
            except NotReadable:
                continue
