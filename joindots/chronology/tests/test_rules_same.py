"""One act with several sources is counted once: whatever is linked, no message is lost and none becomes another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from joindots.chronology.rules.acts import acts_of
from joindots.chronology.rules.counting import contact_count
from joindots.chronology.rules.given import Held, SourceRead
from joindots.chronology.rules.grouping.deciding import link_entries
from joindots.chronology.rules.grouping.same import Same, same_of
from joindots.chronology.tests.making import record, source
from joindots.evidence.rules.entry_records import ENTRY

CHAT = 7
ENTRIES = [f"AAAA-{n}" for n in range(4)]
KEYS = st.one_of(st.tuples(st.just(CHAT), st.integers(0, 5)), st.sampled_from(ENTRIES))
LINKS = st.lists(st.frozensets(KEYS, min_size=2, max_size=4), max_size=6)


def files(copies: int = 0) -> list[SourceRead]:
    """A chat of six messages, the same chat again as often as asked, and a log of four entries."""
    found = [source(*(record(n, n * 60, dup_group=f"g{n}" if copies else None) for n in range(6)), id=CHAT)]
    found += [
        source(*(record(n, n * 60, dup_group=f"g{n}") for n in range(6)), name=f"copy {at}", mark="b", id=CHAT + at)
        for at in range(1, copies + 1)
    ]
    log = [
        record(n, n * 60, id=entry, channel="log", kind="incident", extra={ENTRY: "A call"}, count=12)
        for n, entry in enumerate(ENTRIES)
    ]
    return [*found, source(*log, name="log", mark="c")]


def acts(sources: list[SourceRead]) -> list:
    records = [(n, c) for n, one in enumerate(sources) for c in one.communications]
    return acts_of(Held(at, n, c) for at, (n, c) in enumerate(records))


def linked(links) -> Same:
    return same_of(links, {(CHAT, n) for n in range(6)}, ENTRIES)


@given(LINKS)
def test_linking_never_changes_how_many_messages_there_are_and_hides_entries_alone(links) -> None:
    sources, same = files(), linked(links)
    link_entries(sources, same)
    found = acts(sources)
    assert contact_count(found) == 6
    assert len(found) == 6 + len(ENTRIES) - len(same.hidden)
    shown = [held for act in found for held in (act.first, *act.others)]
    assert len(shown) == 6 + len(ENTRIES)  # every record still stands somewhere


@given(LINKS, st.integers(1, 3))
def test_the_same_file_once_more_changes_no_count(links, copies: int) -> None:
    once, again = files(), files(copies)
    same = linked(links)
    link_entries(once, same)
    link_entries(again, same)
    assert len(acts(again)) == len(acts(once))
    assert contact_count(acts(again)) == contact_count(acts(once)) == 6


def test_an_entry_is_counted_with_the_message_it_tells_of_and_stands_by_itself_where_nothing_shows_it() -> None:
    same = linked([{"AAAA-0", (CHAT, 2)}, {"AAAA-0", (CHAT, 3)}, {"AAAA-1", "AAAA-2"}])
    assert same.hidden == {"AAAA-0", "AAAA-2"}
    assert same.of([(CHAT, 2)]) == same.of([(CHAT, 3)]) == ("AAAA-0",)
    assert same.of(["AAAA-1"]) == ("AAAA-2",)
    gone = same_of([{"AAAA-0", (CHAT, 2)}], set(), ENTRIES)  # its file was removed, or it is no contact
    assert not gone.hidden
    assert not gone.beside
