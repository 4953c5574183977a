"""Bars of orders and rings around acts: on the page, in its table, in the CSV and on paper the same, and no verdict."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.chronology.rules.pictures.lanes import Ringed, rows
from joindots.chronology.rules.pictures.told import Told, Window
from joindots.kernel.dots import Binds
from joindots.orders.rules.watch import AFTER, BEFORE_SERVED
from joindots.orders.tests.test_watch import MADE, SERVED, Watched, at
from joindots.web.chronology.binding import MOST_ROWS, bars
from joindots.web.chronology.drawing import GUTTER, WIDE, Axis, lanes_picture
from joindots.web.tests.test_timeline_sheet import text_of
from tests.browsing import SignIn
from tests.stage import Stage

FIRST = date(2025, 6, 2)
WINDOW = Window(FIRST, FIRST + timedelta(days=180))
TOP = 22.0


def bound(start: int, wait: int | None, days: int | None, *, bail: bool) -> Binds:
    made = FIRST + timedelta(days=start)
    known = None if wait is None else made + timedelta(days=wait)
    last = None if days is None else made + timedelta(days=days)
    return Binds("Interim order", "Interim order", "All of it", bail, made, known, last, "/", ())


bounds = st.builds(
    bound, st.integers(-300, 250), st.none() | st.integers(0, 30), st.none() | st.integers(0, 400), bail=st.booleans()
)


@settings(max_examples=60)
@given(st.lists(bounds, max_size=9))
def test_bars_and_their_words_stay_apart_and_each_is_open_where_it_goes_on(found: list[Binds]) -> None:
    axis, drawn = Axis(WINDOW), bars(found, WINDOW, TOP)
    seen = [one for one in found if one.made <= axis.window.last and (one.last or date.max) >= axis.window.first]
    assert len(drawn.drawn) == len(seen) or len(seen) > MOST_ROWS
    taken: dict[float, list[tuple[float, float]]] = {}
    for one in drawn.drawn:
        xs = [float(x) for x in re.findall(r"[MH]([\d.]+)", one.edge)]
        assert min(xs) >= GUTTER - 0.1 and max(xs) <= WIDE + 3 and TOP < one.y < TOP + drawn.height
        reach = min(xs), max(xs), *(end for said in one.words for end in said.ends)
        span = min(reach), max(reach)
        assert all(span[1] <= left + 0.3 or span[0] >= right - 0.3 for left, right in taken.get(one.y, []))
        taken.setdefault(one.y, []).append(span)
    for kept in seen:
        edge = bars([kept], WINDOW, TOP).drawn[0].edge
        goes_on = kept.last is None or kept.last > axis.window.last
        assert (edge.count("M") == 2) == goes_on, "no end where it goes on"
        assert edge.count("V") == (kept.made >= axis.window.first) + (not goes_on)


days = st.integers(0, 180).map(lambda n: FIRST + timedelta(days=n))
acts = st.lists(st.tuples(days, st.sampled_from(["messages", "calls"])), max_size=30)


@settings(max_examples=60)
@given(acts, st.sets(st.integers(0, 29)), st.sampled_from([AFTER.text, BEFORE_SERVED.text]))
def test_every_act_inside_an_order_is_ringed_once_and_no_other(
    told: list[tuple[date, str]], inside: set[int], label: str
) -> None:
    ringed = [Ringed(*told[at], "in", label, "Bail") for at in sorted(inside) if at < len(told)]
    found = rows([Told(day, lane, "in", 1) for day, lane in told], WINDOW, (), ringed)
    counted = Counter(one.lane for one in ringed)
    assert {row.lane.code: sum(in_.number for one in row.bins for in_ in one.inside) for row in found} == {
        row.lane.code: counted[row.lane.code] for row in found
    }
    assert all(in_.number <= one.number for row in found for one in row.bins for in_ in one.inside)
    picture = lanes_picture(found, WINDOW, ())
    for row, lane in zip(found, picture.lanes, strict=True):
        assert [bool(mark.rings) for mark in lane.marks] == [bool(one.inside) for one in row.bins]


def test_page_table_csv_list_and_paper_tell_the_same_of_an_order_and_give_no_verdict(
    stage: Stage, sign_in: SignIn
) -> None:
    watched = Watched(stage)
    for number in range(3):
        watched.tell(at(MADE - timedelta(days=3 + number), "10:00"), "before")
    watched.tell(at(MADE + timedelta(days=1), "22:15"), "unserved")
    watched.tell(at(SERVED + timedelta(days=1), "09:00"), "after")
    stage.close()
    client, where = sign_in("priya"), f"/cases/{watched.case.key}"
    page = client.get(f"{where}/timeline/").content.decode()
    name = "Interim stalking protection order"
    said = [f"{BEFORE_SERVED}: {name}", f"{AFTER}: {name}"]
    for words in said:
        assert f"1 {words}" in page, "in the table, and as the name of the mark"
        assert page.count(f"; 1 {words}") == 1
    assert page.count('class="jd-ring jd-ring--after" d=') == page.count('class="jd-ring jd-ring--unserved" d=') == 1
    assert page.count('class="jd-bound__edge jd-bound__edge--order" d=') == 2, "one bar, and the key"
    listed = client.get(f"{where}/chronology/").content.decode()
    paper = text_of(client.get(f"{where}/timeline.pdf").content)
    sheet = list(csv.DictReader(client.get(f"{where}/timeline.csv").content.decode().splitlines()))
    for words in (one[0].upper() + one[1:] for one in said):
        assert listed.count(words) == 1
        assert paper.count(words) == 2, "in the table of orders, and in the list"
        assert sum(words in row["by its date"] for row in sheet) == 1
    assert "made" in paper and "until further order" not in paper
    assert {bool(row["orders and bail"]) == (row["day"] >= str(MADE)) for row in sheet} == {True}
    drawn = page.partition('aria-labelledby="kinds-title"')[2].partition("</section>")[0]
    assert drawn and not any(word in (drawn + paper).lower() for word in ("breach", "can’t tell"))


def test_a_case_without_an_order_has_no_row_column_or_key_of_one(stage: Stage, sign_in: SignIn) -> None:
    watched = Watched(stage)
    ref = stage.case("priya", "Rhian Example")
    watched.case = ref
    for number in range(6):
        watched.tell(at(MADE + timedelta(days=number), "10:00"))
    stage.close()
    page = sign_in("priya").get(f"/cases/{ref.key}/timeline/").content.decode()
    assert "jd-heat" in page
    assert not any(word in page for word in ("jd-bound", "jd-ring", "Orders and bail, by date", ">Bail<"))
