"""Sealed pages: what goes in comes out, and what may be looked for is exactly what is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from joindots.evidence import pages, rules
from joindots.evidence.readers.records import Communication, Place

WRITABLE = some.text(some.characters(exclude_categories=("Cs",)), max_size=12)


def record(text: str | None, mended: str | None = None, kept_back: bool = False) -> Communication:
    return Communication(
        id="1", source_file="a" * 64, place=Place(line=1), seq=1, channel="whatsapp", kind="text", text=text,
        text_mended=mended, extra={"kept_back": "bystander"} if kept_back else {},
    )  # fmt: skip


RECORDS = some.lists(
    some.builds(record, some.none() | WRITABLE, some.none() | WRITABLE, some.booleans()), min_size=1, max_size=5
)


@given(RECORDS)
def test_records_come_out_of_a_page_as_they_went_in(records: list[Communication]) -> None:
    data = pages.packed(records)
    assert pages.unpacked(data) == records
    places = range(0, len(records), 2)
    assert list(pages.picked(data, places)) == [(place, records[place]) for place in places]


@given(RECORDS)
def test_the_words_of_a_page_are_those_shown_and_never_those_kept_back(records: list[Communication]) -> None:
    shown = [None if "kept_back" in one.extra else one.text for one in records]
    assert pages.words_of(pages.packed(records)) == shown


@given(some.lists(some.none() | WRITABLE, max_size=5), WRITABLE)
def test_all_texts_searched_at_once_are_found_as_if_one_by_one(told: list[str | None], words: str) -> None:
    wanted = rules.folded(words.replace("\0", "")).casefold()
    if wanted:
        one_by_one = [at for at, one in enumerate(told) if one and wanted in rules.folded(one).casefold()]
        assert pages.holding(wanted, told) == one_by_one


FOLDING = some.text("sSkK ßſKﬁİi\u0307tṫh\u0331ẖxé\0'", max_size=6)


@given(some.lists(FOLDING, min_size=1, max_size=4), FOLDING)
def test_words_sought_in_bytes_are_found_as_in_folded_texts(said: list[str], words: str) -> None:
    if wanted := rules.folded(words.replace("\0", "")).casefold():
        found = pages.saying(wanted, pages.packed([record(one) for one in said]))
        assert found == [at for at, one in enumerate(said) if wanted in rules.folded(one).casefold()]


def test_every_sign_that_folds_into_plain_letters_is_known_by_its_bytes() -> None:
    for sign in map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x10000))):
        if any("a" <= one <= "z" or "0" <= one <= "9" for one in rules.folded(sign).casefold()):
            assert any(one in sign.encode() for one in pages._FOLDS_OTHERWISE), ascii(sign)


def test_a_search_does_not_reach_from_one_record_into_the_next() -> None:
    assert pages.holding("you there", ["are you", "there now", "you  there"]) == [2]
    assert pages.holding("you\0there", ["are you", "there now", "you\0there"]) == [2]
