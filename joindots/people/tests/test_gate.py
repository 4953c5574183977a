"""The one gate: nothing leaves against what somebody said is safe, whatever is combined with whatever."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.people.rules.gate import Asked, Verdict, verdict, ways_for
from joindots.people.rules.reaching import USES, Card, Kind, Trust, Use, Way
from joindots.people.rules.windows import Window, inside

NOW = datetime(2025, 11, 17, 12, 40, tzinfo=UTC)
SAFE = Window((0, 1, 2, 3, 4), 750, 795)
A, B, GONE = UUID(int=11), UUID(int=12), UUID(int=99)
CLOSED = {date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)}
REASONS = ("", "short", "He was seen in her street at four.")

moments = st.integers(0, 60 * 24 * 60).map(lambda minute: datetime(2025, 11, 1, tzinfo=UTC) + timedelta(minutes=minute))
some_windows = st.sampled_from([(), (SAFE,), (Window((5, 6), 810, 870),), (Window((3,), 1320, 120),)])


VALUES = {Kind.NUMBER: "07700 900122", Kind.MAIL: "m@example.org", Kind.ADDRESS: "1 Elm Row"}
PROVED = (None, datetime(2025, 11, 3, 10, 16, tzinfo=UTC), datetime(2025, 12, 1, tzinfo=UTC))
WAYS = [
    Way(id=key, kind=kind, value=VALUES[kind], uses=safe, windows=hours, main=main, trust=trust, proved_at=proved)
    for key, kind, safe, hours, main, trust, proved in product(
        (A, B), Kind, (tuple(Use), (Use.TEXT,), ()), ((), (SAFE,), (Window((3,), 1320, 120),)), (True, False), Trust, PROVED
    )
]  # fmt: skip


def card_of(
    at: tuple[int, int, int, int], hours: tuple[Window, ...], since: datetime | None, theirs: tuple[Use, ...]
) -> Card:
    """A card by its numbers: two ways of the table, and flags by the bits of the last two numbers."""
    first, second, no_holidays, calendar = at
    return Card(
        ways=(WAYS[first], WAYS[second + len(WAYS) // 2]), windows=hours, no_bank_holidays=bool(no_holidays),
        calendar=bool(calendar), exception="ring at any hour if he may come" if theirs else "", exception_uses=theirs,
        held_since=since, held_until=since and since + timedelta(days=7),
    )  # fmt: skip


def cards() -> st.SearchStrategy[Card]:
    half = st.integers(0, len(WAYS) // 2 - 1)
    return st.builds(
        card_of, st.tuples(half, half, st.integers(0, 1), st.integers(0, 1)), some_windows, st.none() | moments,
        st.sampled_from([(), (Use.CALL,), (Use.CALL, Use.TEXT), tuple(Use)]),
    )  # fmt: skip


asked = st.builds(
    Asked, way=st.sampled_from([A, B, GONE]), use=st.sampled_from(Use), calendar=st.booleans(), proof=st.booleans(),
    said_now=st.booleans(), emergency=st.sampled_from(REASONS),
)  # fmt: skip


def against(card: Card | None, wanted: Asked, at: datetime) -> list[str]:
    """Every flag that this would go against, said anew here and by other means than the gate's."""
    way = next((one for one in card.ways if one.id == wanted.way), None) if card else None
    if card is None or way is None:
        return ["no such way"]
    theirs = (
        bool(card.exception) and wanted.use in card.exception_uses and len(wanted.emergency) >= 10 and not wanted.proof
    )
    hours = way.windows or card.windows
    local_days = {at.date(), (at - timedelta(days=1)).date()}
    on_holiday = card.no_bank_holidays and bool(local_days & CLOSED)
    told = {
        "watched or known": way.trust != Trust.FREE,
        "does not fit": wanted.use not in USES[way.kind],
        "never proved": way.proved_at is None and not wanted.proof,
        "not said to be safe": wanted.use not in way.uses and not theirs,
        "calendar not asked for": wanted.calendar and not card.calendar,
        "outside the hours": wanted.use != Use.POST and not theirs and not (wanted.proof and wanted.said_now)
        and not (hours and inside(hours, at)),
        "held": card.held_until is not None and at < card.held_until
        and not (way.main and way.proved_at is not None and card.held_since is not None and way.proved_at <= card.held_since),
    }  # fmt: skip
    told["bank holiday"] = (
        on_holiday
        and told["outside the hours"] is False
        and wanted.use != Use.POST
        and not theirs
        and not (wanted.proof and wanted.said_now)
        and not inside(hours, at, CLOSED)
    )
    return [flag for flag, broken in told.items() if broken]


@settings(max_examples=400, deadline=None)
@given(st.none() | cards(), asked, moments)
def test_nothing_leaves_against_a_flag_and_what_goes_against_none_leaves(
    card: Card | None, wanted: Asked, at: datetime
) -> None:
    told = verdict(card, wanted, at, CLOSED)
    broken = against(card, wanted, at)
    assert told.leaves == (not broken), (told, broken)
    assert told.leaves or str(told.reason)


@settings(max_examples=150, deadline=None)
@given(cards(), asked, moments)
def test_what_waits_may_leave_at_the_moment_it_waits_for_and_not_before(
    card: Card, wanted: Asked, at: datetime
) -> None:
    told = verdict(card, wanted, at, CLOSED)
    if told.waits_until is not None:
        assert not told.leaves and told.waits_until > at
        later = verdict(card, wanted, told.waits_until, CLOSED)
        assert later.leaves or later.reason.code == "contact_held"
        assert not verdict(card, wanted, at + (told.waits_until - at) / 2, CLOSED).leaves


def test_every_combination_of_the_flags_on_one_number_is_tried_once() -> None:
    """The same by counting: of all combinations of seven flags for each use of a number, so many leave."""
    left = 0
    for use, safe, proved, free, hour, held, theirs in product(Use, *[(False, True)] * 6):
        way = Way(
            id=A, kind=Kind.NUMBER, value="07700 900122", uses=(use,) if safe and use in USES[Kind.NUMBER] else (),
            trust=Trust.FREE if free else Trust.WATCHED, proved_at=NOW - timedelta(days=20) if proved else None,
        )  # fmt: skip
        card = Card(
            ways=(way,), windows=(SAFE,), exception="ring if he may come", exception_uses=(use,),
            held_since=NOW - timedelta(days=1), held_until=NOW + timedelta(days=6 if held else -1),
        )  # fmt: skip
        wanted = Asked(A, use, emergency=REASONS[2] if theirs else "")
        told = verdict(card, wanted, NOW if hour else NOW + timedelta(hours=4))
        assert told.leaves == (not against(card, wanted, NOW if hour else NOW + timedelta(hours=4)))
        left += told.leaves
    # ring, text, voicemail: in hours and safe (with or without a reason), or any of the other three by their exception
    assert left == 3 * (1 + 1 + 3)


def free(**more: object) -> Way:
    return Way(id=A, kind=Kind.NUMBER, value="07700 900122", uses=(Use.TEXT,), proved_at=NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("card", "wanted", "code"),
    [
        (None, Asked(A, Use.TEXT), "contact_none"),
        (Card(ways=(free(),), windows=(SAFE,)), Asked(GONE, Use.TEXT), "way_gone"),
        (Card(ways=(free(),), windows=(SAFE,)), Asked(A, Use.CALL), "use_unsafe"),
        (Card(ways=(free(),), windows=(SAFE,)), Asked(A, Use.MAIL), "way_unfit"),
        (Card(ways=(free(trust=Trust.KNOWN),), windows=(SAFE,)), Asked(A, Use.TEXT, emergency=REASONS[2]), "way_known"),
        (Card(ways=(free(),)), Asked(A, Use.TEXT), "times_unknown"),
    ],
)  # fmt: skip
def test_a_refusal_names_what_stands_against_it(card: Card | None, wanted: Asked, code: str) -> None:
    told = verdict(card, wanted, NOW)
    assert isinstance(told, Verdict) and not told.leaves and told.reason.code == code


@settings(max_examples=60)
@given(cards(), st.sampled_from(Use))
def test_a_way_is_offered_only_if_it_is_proved_free_and_said_to_be_safe(card: Card, use: Use) -> None:
    offered = ways_for(card, use)
    assert all(one.proved_at and one.trust == Trust.FREE and use in one.uses for one in offered)
    assert ways_for(None, use) == () and uuid4() not in {one.id for one in offered}
