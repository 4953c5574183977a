"""Steps beside an order's life in random lives: a hand-over between forces, its acceptance, entries, and what they rest on."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.law.episode import NOTHING, Episode
from joindots.law.life import OTHER_START
from joindots.law.tests import test_lives as lives
from joindots.law.tests.test_lives import CHOICES, KINDS, STARTS, Choice, Written
from joindots.orders.rules.service import TICKS, can_rest, can_tick, can_untick

CODES = ("handed_over", "accepted", *TICKS)
"""Hand-over and acceptance more often."""


def first_made(stand: Episode) -> date | None:
    return stand.bindings[0].made if stand.bindings else None


def beside(written: Written, ticks: dict[str, date], choice: Choice) -> None:
    """Write down, or strike, one step beside the life."""
    pick, days, _, flag = choice
    code, made = CODES[pick % len(CODES)], first_made(written.stand())
    on = (made or written.start.last or date(2024, 1, 1)) + timedelta(days=days)
    if can_tick(code, on, "To DC Petrov there" if flag or pick % 3 else "", standing=ticks, made=made):
        ticks[code] = on
    elif code in ticks and flag and can_untick(code, ticks):
        del ticks[code]


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(KINDS), st.sampled_from(STARTS), CHOICES)
def test_an_order_is_accepted_after_it_was_handed_over_and_nothing_stands_that_rests_on_nothing(
    kind: str, start: date, choices: list[Choice]
):
    begun = NOTHING if kind == "spo" else Episode(life=lives.replace(OTHER_START, kind=kind))
    written, ticks = Written(lives.replace(begun, last=start)), dict[str, date]()
    for choice in choices:
        if choice[0] % 11 == 0 and written.events:
            before = Written(written.start, written.events[:-1]).stand()
            if can_rest(ticks, first_made(before)):
                lives._strike(written)
        elif choice[0] % 3 == 0:
            beside(written, ticks, choice)
        else:
            lives._step(written, written.stand(), choice)
        made = first_made(written.stand())
        assert "accepted" not in ticks or ticks["handed_over"] <= ticks["accepted"]
        for code, on in ticks.items():
            assert not TICKS[code].made or (made is not None and made <= on), code
            assert not can_tick(code, on, "Again", standing=ticks, made=made), "one of a kind stands"
        assert "accepted" not in ticks or not can_untick("handed_over", ticks)
