"""The timeline's numbers are those of its CSV and of the lists they open, whatever it is narrowed to."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from joindots.access.door import Ref
from joindots.evidence import actions as evidence
from joindots.evidence import queries
from joindots.evidence.readers.answers import Answer
from joindots.evidence.rules.entries import Telling
from joindots.jobs import tasks
from joindots.kernel.when import Precision, When
from joindots.vault.files import SealedFile
from tests.browsing import SignIn
from tests.stage import Stage

CHAT = "".join(
    f"{1 + n % 27:02}/0{1 + n // 27}/2025, {n % 24:02}:15 - {'Maya Example' if n % 9 == 0 else 'Cal Example'}: words {n}\n"
    for n in range(60)
)
CALLS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<calls count="3">\n'
    + "".join(
        f'  <call number="+447700900123" duration="0" date="{1740000000000 + n * 90_000_000}" type="3" '
        'presentation="1" contact_name="Cal" />\n'
        for n in range(3)
    )
    + "</calls>\n"
)
ADDRESSES = (
    "",
    "way=in",
    "way=out",
    "quiet=yes",
    "lane=calls",
    "since=2025-01-05&until=2025-01-20",
    "lane=nothing&since=x",
)


@dataclass(frozen=True)
class Case:
    """A case, and somebody signed in who stands in it."""

    client: Client
    ref: Ref

    def page(self, address: str) -> str:
        """A page of the case."""
        answer = self.client.get(f"/cases/{self.ref.key}/{address}")
        assert answer.status_code == 200, address
        return answer.content.decode()

    def sheet(self, narrow: str) -> list[dict[str, str]]:
        """The timeline's CSV."""
        return list(csv.DictReader(self.page(f"timeline.csv?{narrow}").splitlines()))


@pytest.fixture
def case(stage: Stage, sign_in: SignIn, keep: Callable[[bytes], SealedFile]) -> Case:
    """One chat and one list of calls."""
    stage.at = datetime.now(UTC)
    ref = stage.case(victim="Maya Example")
    for name, data in (("WhatsApp Chat with Cal.txt", CHAT), ("calls.xml", CALLS)):
        arrived = evidence.bring_in(stage.actor("asha"), ref, name=name, sealed=keep(data.encode()))
        assert arrived.job and tasks.run(arrived.job) == "done"
        _answer(stage, arrived.source)
    return Case(sign_in("asha"), ref)


def _answer(stage: Stage, source: int) -> None:
    page = queries.file(stage.actor("asha"), Ref(source))
    wanted = {"date_order": "dmy", "owner": "Maya Example"}
    given = tuple(Answer(one.question, wanted[one.question]) for one in page.questions)
    if given:
        job = evidence.answer(stage.actor("asha"), Ref(source), answers=given)
        assert tasks.run(job) == "done"


def numbers(text: str) -> list[tuple[str, int, str]]:
    """Of the finding: address, number and words of every link."""
    finding = text.partition('<p class="jd-finding">')[2].partition("</p>")[0]
    found = re.findall(r'<a href="([^"]+)"><strong>([\d,]+)</strong> ([^<]+)</a>', finding)
    return [(address.replace("&amp;", "&"), int(number.replace(",", "")), words) for address, number, words in found]


def test_every_number_of_the_finding_is_the_sum_of_its_rows_in_the_csv(case: Case) -> None:
    for narrow in ADDRESSES:
        rows = [row for row in case.sheet(narrow) if row["covered"] == "yes"]
        kinds: Counter[str] = Counter()
        ways: Counter[str] = Counter()
        for row in rows:
            kinds[row["kind"].lower()] += int(row["number"])
            ways[row["direction"]] += int(row["number"])
        found = numbers(case.page(f"timeline/?{narrow}"))
        assert {words: number for _, number, words in found} == {
            **{kind if number > 1 else kind.rstrip("s"): number for kind, number in kinds.items()},
            **(ways if len(ways) > 1 else {}),
        }, narrow


def test_every_number_of_the_finding_opens_a_list_of_exactly_so_many(case: Case) -> None:
    for narrow in ADDRESSES:
        found = numbers(case.page(f"timeline/?{narrow}"))
        assert found
        for address, number, words in found:
            text = case.client.get(address).content.decode()
            told = re.search(r'jd-finding"><strong>([\d,]+)</strong> acts? of contact', text)
            assert told, (narrow, words)
            assert int(told[1].replace(",", "")) == number, (narrow, words)
            assert 'class="jd-list__day"' in text, (narrow, words)


def test_the_calendar_draws_each_day_with_the_number_of_the_csv(case: Case) -> None:
    text = case.page("timeline/")
    drawn = dict(re.findall(r'aria-label="\w{3} (\d+ \w{3} \d{4}), (\d+) acts?, ', text))
    rows: Counter[str] = Counter()
    for row in case.sheet(""):
        if row["covered"] == "yes":
            day = datetime.fromisoformat(row["day"])
            rows[f"{day.day} {day:%b %Y}"] += int(row["number"])
    assert {day: int(number) for day, number in drawn.items() if number != "0"} == rows


def test_a_day_and_a_mark_open_what_they_count_even_when_narrowed(case: Case) -> None:
    text = case.page("timeline/?way=in")
    links = re.findall(r'<a href="([^"]+)" tabindex="-1" aria-label="([^"]+)"', text)
    told = [(address, label) for address, label in links if re.search(r"[1-9]\d* (acts?|messages?|calls?)\b", label)]
    assert len(told) > 20
    for address, label in told[::9]:
        wanted = re.search(r"(\d+) (acts?|messages?|calls?)\b", label)
        listed = case.client.get(address.replace("&amp;", "&")).content.decode()
        number = re.search(r'jd-finding"><strong>([\d,]+)</strong> acts? of contact', listed)
        assert wanted and number and number[1] == wanted[1], (address, label)


def test_a_second_export_of_the_same_chat_changes_no_number(
    case: Case, stage: Stage, keep: Callable[[bytes], SealedFile]
) -> None:
    before = case.sheet("")
    again = keep((CHAT + "\n").encode())
    arrived = evidence.bring_in(stage.actor("asha"), case.ref, name="WhatsApp Chat with Cal (2).txt", sealed=again)
    assert arrived.job and tasks.run(arrived.job) == "done"
    _answer(stage, arrived.source)
    assert case.sheet("") == before


def test_a_list_that_is_narrowed_says_so_and_keeps_it_from_page_to_page(case: Case) -> None:
    text = case.page("chronology/?lane=messages&way=in")
    assert "Show everything" in text
    assert re.search(r'class="jd-chip">Messages</span>.*class="jd-chip">received</span>', text)
    older = re.search(r'rel="next" href="(\?[^"]+)"', text)
    assert older and "lane=messages" in older[1] and "way=in" in older[1]
    assert "missed call" not in text


def test_a_kind_or_time_of_which_there_is_nothing_says_so_and_leads_back(case: Case) -> None:
    drawn = case.page("timeline/?lane=threats")
    assert "nothing of this kind" in drawn
    assert "There is nothing to draw." in drawn
    assert '<svg class="jd-svg"' not in drawn
    listed = case.page("chronology/?lane=threats")
    assert "Nothing here is of this kind and time." in listed
    assert "Show everything" in listed


def test_fewer_than_five_entries_are_a_list_and_no_picture(
    stage: Stage, sign_in: SignIn, keep: Callable[[bytes], SealedFile]
) -> None:
    stage.at = datetime.now(UTC)
    ref = stage.case(victim="Maya Example")
    arrived = evidence.bring_in(stage.actor("asha"), ref, name="calls.xml", sealed=keep(CALLS.encode()))
    assert arrived.job and tasks.run(arrived.job) == "done"
    text = sign_in("asha").get(f"/cases/{ref.key}/timeline/").content.decode()
    assert "Pictures appear when there are more entries." in text
    assert '<svg class="jd-svg"' not in text


def test_patterns_count_both_sides_and_compare_equal_times(case: Case) -> None:
    told: Counter[str] = Counter()
    for row in case.sheet(""):
        if row["covered"] == "yes":
            told[row["direction"]] += int(row["number"])
    text = case.page("patterns/?day=2025-01-15&weeks=2#around")
    total, received, sent = told.total(), told["received"], told["sent"]
    assert f"Of {total} acts, {received} were received and {sent} sent" in text
    assert text.count("A source covers 14 of 14 days.") == 2
    assert "hold as many acts as the time after, or more" in text


@pytest.mark.parametrize("asked", ["day=2019-01-01&weeks=8", "day=x&weeks=8", "day=2025-01-15&weeks=999", "weeks=٣"])
def test_a_day_of_which_nothing_is_known_is_said_or_passed_over(case: Case, asked: str) -> None:
    text = case.page(f"patterns/?{asked}")
    assert ("Choose a day from" in text) == ("2019" in asked)


def test_entries_of_the_log_stand_in_the_lane_of_their_first_kind_and_open_exactly_those(
    case: Case, stage: Stage
) -> None:
    noon = datetime(2025, 1, 9, 12, tzinfo=UTC)
    exact = When(noon, noon + timedelta(seconds=59), Precision.MINUTE)
    month = When(datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 31, 23, 59, 59, tzinfo=UTC), Precision.MONTH)
    for when, kinds in ((exact, ("near", "threat")), (exact, ("near",)), (exact, ("message",)), (month, ("left",))):
        evidence.write_entry(stage.actor("asha"), case.ref, telling=Telling(when, kinds, words="He stood there."))
    found = {words: (address, number) for address, number, words in numbers(case.page("timeline/"))}
    assert found["approaches"][1] == 2
    listed = case.client.get(found["approaches"][0]).content.decode()
    assert listed.count("Came near") >= 2
    assert "received" not in listed.partition("<table")[2]
    assert found["messages"][1] == 61
    drawn = case.page("timeline/")
    assert "Things left or sent, some time Wed 1 Jan 2025 to Fri 31 Jan 2025" in drawn
    assert "thing left" not in " ".join(found), "an act of which no day is known is in no count of days"
    assert sum(int(row["number"]) for row in case.sheet("lane=approach")) == 2
    assert "Came near" not in case.page("chronology/?lane=messages")
