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


def test_a_search_does_not_reach_from_one_record_into_the_next() -> None:
    assert pages.holding("you there", ["are you", "there now", "you  there"]) == [2]
    assert pages.holding("you\0there", ["are you", "there now", "you\0there"]) == [2]
