"""What of a file is taken in: asked before anything is kept, changed later, and never told as silence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from joindots.access.door import Ref
from joindots.chronology.rules.coverage import merged
from joindots.chronology.rules.exhibits import exhibits_of
from joindots.chronology.rules.given import SourceRead
from joindots.evidence import actions, queries
from joindots.evidence.models import Communication, Exhibit, Page, Reading
from joindots.evidence.readers import records
from joindots.evidence.rules import keeping
from joindots.evidence.rules.keeping import Choice
from joindots.jobs import tasks
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.vault import files
from tests.stage import Stage

Keep = Callable[[bytes], files.SealedFile]
FIRST = date(2025, 6, 1)
CAL, MAYA = ("Cal Example", None), ("Maya Example", None)
WHOLE = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))


def chat(days: int = 120, pictures: bool = False) -> bytes:
    """Maya writes each day, Cal each second day; with a picture of each on the first."""
    lines = []
    for n in range(days):
        day = FIRST + timedelta(days=n)
        lines += [f"{day:%d/%m/%Y}, 21:14 - Maya Example: I am at home {n}"]
        lines += [f"{day:%d/%m/%Y}, 21:15 - Cal Example: I know {n}"] * (n % 2 == 0)
    if pictures:
        day = FIRST + timedelta(days=days)
        lines += [f"{day:%d/%m/%Y}, 21:1{n} - {who}: IMG-{n}.jpg (file attached)"
                  for n, who in enumerate(("Maya Example", "Cal Example"))]  # fmt: skip
    return "\n".join([*lines, ""]).encode()


def zipped(days: int = 120) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as inside:
        inside.writestr("WhatsApp Chat with Cal.txt", chat(days, pictures=True))
        inside.writestr("IMG-0.jpg", b"\xff\xd8\xff picture of a friend")
        inside.writestr("IMG-1.jpg", b"\xff\xd8\xff picture by Cal")
    return held.getvalue()


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage at the real moment, for jobs act at it."""
    stage.at = datetime.now(UTC)
    return stage


def bring(stage: Stage, case: Ref, sealed: files.SealedFile, name: str = "WhatsApp Chat with Cal.txt") -> Ref:
    arrived = actions.bring_in(stage.actor("asha"), case, name=name, sealed=sealed, ask=True)
    tasks.run(arrived.job)
    return Ref(arrived.source)


def choose(stage: Stage, source: Ref, choice: Choice) -> None:
    tasks.run(actions.choose(stage.actor("asha"), source, choice=choice))


def test_nothing_of_a_long_file_is_kept_before_somebody_chose(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    source = bring(stage, case, keep(chat(200)))
    with pytest.raises(RuleBroken):
        choose(stage, source, Choice(senders=()))
    page = queries.file(stage.actor("asha"), source)
    assert (page.file.state, page.whole.contacts, page.file.contacts) == ("choosing", 300, 300)
    assert {one.shown: one.count for one in page.whole.senders} == {"Maya Example": 200, "Cal Example": 100}
    assert not (Communication.objects.exists() or Page.objects.exists() or queries.days_of(stage.actor("asha"), case))
    assert not queries.coverage_of(stage.actor("asha"), case), "what was not taken in covers nothing"
    (asked,) = queries.questions_waiting(stage.actor("asha"), [stage.memberships["asha"].pk])
    assert (asked.case, asked.number) == (case.key, 2)
    choose(stage, source, keeping.WHOLE_FILE)
    page = queries.file(stage.actor("asha"), source)
    assert (page.file.state, page.file.contacts, page.found.left_out) == ("held", 300, 0)
    assert Reading.objects.count() == 1


def test_a_short_file_and_one_between_nobody_ask_nobody() -> None:
    assert keeping.worth_asking(["sms"], keeping.WORTH_ASKING, 2)
    assert not keeping.worth_asking(["sms"], keeping.WORTH_ASKING - 1, 2)
    assert not keeping.worth_asking(["sms"], 9_999, 1) and not keeping.worth_asking(["payment", "photo"], 9_999, 9)


def test_only_from_them_in_a_period_and_everything_again(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    source = bring(stage, case, keep(zipped()), "chat.zip")
    last = FIRST + timedelta(days=58)
    choose(stage, source, Choice(senders=(CAL,), first=FIRST + timedelta(days=10), last=last))
    page = queries.file(stage.actor("asha"), source)
    assert (page.file.contacts, page.found.left_out, page.whole.contacts) == (25, 157, 182)
    assert {line.sender for line in queries.lines_between(stage.actor("asha"), case, *WHOLE)[0]} == {"Cal Example"}
    covered = merged(queries.coverage_of(stage.actor("asha"), case))
    days = {london_day(one.first) for one in covered} | {london_day(one.last) for one in covered}
    assert min(days) == FIRST + timedelta(days=10) and max(days) <= last
    assert FIRST + timedelta(days=11) in page.found.left_days, "only Maya wrote on that day, and she is left out"
    assert not Exhibit.objects.exists(), "both pictures came after the period"
    choose(stage, source, Choice(senders=(CAL,)))
    assert [exhibit[2] for exhibit in queries.exhibits_of(stage.actor("asha"), case)] == ["IMG-1.jpg"]
    choose(stage, source, keeping.WHOLE_FILE)
    page = queries.file(stage.actor("asha"), source)
    assert (page.file.contacts, page.found.left_out, page.found.left_days, page.file.exhibits) == (182, 0, [], 2)


def test_a_choice_of_nobody_or_of_no_time_is_refused() -> None:
    wrong = (
        Choice(senders=()),
        Choice(senders=(("Nobody", None),)),
        Choice(first=FIRST, last=FIRST - timedelta(days=1)),
    )
    assert not any(keeping.can_choose(one, [CAL, MAYA]) for one in wrong)
    assert keeping.can_choose(Choice(senders=(CAL,), first=FIRST, last=FIRST), [CAL, MAYA])


def test_the_same_content_in_two_files_opens_in_both_and_goes_with_the_last(stage: Stage, keep: Keep) -> None:
    case = stage.case()
    bring(stage, case, keep(zipped(2)), "one.zip")
    source = bring(stage, case, keep(zipped(3)), "two.zip")
    ids = [exhibit[0] for exhibit in queries.exhibits_of(stage.actor("asha"), case)]
    for one in ids:
        with queries.exhibit(stage.actor("asha"), Ref(one)).open() as stream:
            assert stream.read().startswith(b"\xff\xd8\xff")
    assert len(ids) == 4
    tasks.run(actions.remove(stage.actor("asha"), source))
    left = [exhibit[0] for exhibit in queries.exhibits_of(stage.actor("asha"), case)]
    assert len(left) == 2
    for one in left:
        with queries.exhibit(stage.actor("asha"), Ref(one)).open() as stream:
            assert stream.read()


MOMENTS = some.integers(0, 365 * 24).map(lambda hours: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
DAYS = some.none() | some.dates(date(2025, 1, 1), date(2025, 12, 31))


@settings(max_examples=50)
@given(DAYS, DAYS, MOMENTS, MOMENTS)
def test_coverage_is_cut_to_the_period_and_never_grows(first, last, one, other) -> None:
    earliest, latest = sorted((one, other))
    first, last = (min(first, last), max(first, last)) if first and last else (first, last)
    (told,) = keeping.covered([records.Coverage("sms", earliest, latest)], Choice(first=first, last=last), 3)
    if told.earliest is None or told.latest is None:
        assert (first and first > london_day(latest)) or (last and last < london_day(earliest))
        return
    assert earliest <= told.earliest <= told.latest <= latest
    assert (first is None or first <= london_day(told.earliest)) and (last is None or london_day(told.latest) <= last)
    assert ("not_taken_in=3" in told.limits) == bool(first or last)


@settings(max_examples=30)
@given(some.lists(some.dates(date(2025, 1, 1), date(2025, 3, 1)), max_size=5))
def test_a_day_of_which_only_left_out_acts_are_known_is_covered_by_no_source(left) -> None:
    whole = records.Coverage("sms", datetime(2025, 1, 1, 12, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC))
    gone = tuple(sorted(set(left)))
    covered = merged([queries.Covered(1, "a", (whole,), gone, gone)])
    days = {london_day(one.first) + timedelta(days=n) for one in covered
            for n in range((london_day(one.last) - london_day(one.first)).days + 1)}  # fmt: skip
    assert not days & set(left)
    assert len(days) >= 91 - 2 * len(set(left))


def test_the_original_of_a_file_taken_in_in_part_is_in_no_pack() -> None:
    coverage = keeping.covered([records.Coverage("sms", None, None)], Choice(senders=(CAL,)), 7)
    (part, whole) = exhibits_of(
        [SourceRead("a.xml", "a" * 64, 9, "texts", coverage=coverage), SourceRead("b.xml", "b" * 64, 9, "texts")],
        [],
        set(),
    )
    assert "not taken in, by choice" in part.why_not and not whole.why_not
