from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from joindots.chronology.rules.acts import acts_of
from joindots.chronology.rules.coverage import merged, quiet, uncovered
from joindots.chronology.rules.document import chronology_of
from joindots.chronology.rules.given import Held
from joindots.chronology.tests.making import START, record, source
from joindots.evidence.readers.records import Coverage, NotUnderstood, Place, Question

DAY = timedelta(days=1)


def covered(*spans):
    return [Coverage("whatsapp", START + DAY * first, START + DAY * last, ("whatsapp_cap",)) for first, last in spans]


def cannot(*sources):
    return "\n".join(chronology_of(sources).document.cannot_show)


def test_time_between_sources_is_named_as_covered_by_none():
    text = cannot(source(record(0), coverage=covered((0, 3), (20, 30))))
    assert "No source covers the time between Fri 13 Jun 2025 and Mon 30 Jun 2025." in text


def test_silence_is_named_only_inside_coverage():
    text = cannot(source(record(0), coverage=covered((0, 10))))
    assert "(10 days) the sources that cover this time hold no record" in text
    assert "hold no record" not in cannot(source(record(0), coverage=[]))


def test_limits_questions_and_places_not_understood_are_listed():
    one = source(record(0), coverage=covered((0, 1)))
    one.questions.append(Question("a" * 64, "chat.txt", "date_order", "Which comes first?", ("dmy", "mdy"), "03/04/25"))
    one.not_understood.append(NotUnderstood(Place(line=7, byte=70, length=12), "unknown_line", "??"))
    one.not_understood.append(NotUnderstood(Place(line=1, byte=0, length=5), "headings"))
    one.not_understood.append(NotUnderstood(Place(line=2, byte=5, length=9), "around", "My log"))
    chronology = chronology_of([one])
    text = "\n".join(chronology.document.cannot_show)
    assert "40,000" in text
    assert "chat.txt: 1 place, 12 bytes, not understood (lines of a form not known): line 7." in text
    assert "1 line of words around the table, such as a title, kept in the source and no entry: line 2." in text
    assert "open questions" in text
    assert chronology.document.questions == ("chat.txt: Which comes first? For example: 03/04/25",)


def test_a_file_that_could_not_be_read_is_said():
    assert "chat.txt was not read, or not to its end: It is locked." in cannot(source(problem="It is locked."))


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=6)


@given(SPANS, st.lists(st.integers(0, 90), max_size=10))
def test_a_quiet_time_lies_inside_coverage_and_holds_no_act(spans, days):
    chat = source(*(record(n, day * 24 * 60) for n, day in enumerate(days)))
    chat.coverage = covered(*((first, first + length) for first, length in spans))
    periods = merged([chat])
    acts = acts_of(Held(n, 0, c) for n, c in enumerate(chat.communications))
    for gap in quiet(acts, periods):
        assert any(period.first <= gap.first and gap.last <= period.last for period in periods)
        assert not any(gap.first < c.at_earliest < gap.last for c in chat.communications)
    for hole in uncovered(periods):
        assert not any(one.earliest <= hole.first + DAY / 2 <= one.latest for one in chat.coverage)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=8))
def test_time_that_no_source_covers_never_makes_a_quiet_time(days):
    acts = acts_of(Held(n, 0, record(n, day * 24 * 60)) for n, day in enumerate(days))
    assert quiet(acts, []) == []


def test_what_stands_beside_the_messages_is_named_and_is_no_fault():
    one = source(record(0), name="facebook.zip", coverage=covered((0, 1)))
    one.not_understood.extend(NotUnderstood(Place(member=f"ads/{number}.json"), "not_read") for number in range(10))
    text = cannot(one)
    assert "facebook.zip: 10 files and parts beside the messages, kept in the source and not read: ads/0.json;" in text
    assert "and 2 more" in text
    assert "not understood" not in text
