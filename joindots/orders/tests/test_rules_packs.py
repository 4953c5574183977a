"""The application as plain data: what the rule suggests, what is covered, what a draft lacks, what a term is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from joindots.kernel.when import Precision, When
from joindots.law.orders import order_conditions
from joindots.orders.rules import drafting, exhibits, packs, selecting
from joindots.orders.rules.packs import Act, Draft, ExhibitOf, Term
from joindots.orders.rules.selecting import Candidate

START = datetime(2025, 6, 10, 12, tzinfo=UTC)


def at(days: float, hours: float = 0) -> When:
    moment = START + timedelta(days=days)
    return When(moment, moment + timedelta(hours=hours), Precision.MINUTE if not hours else Precision.RANGE)


def act(number: int, **more: Any) -> Act:
    said: dict[str, Any] = {
        "when": at(number), "says": "He waited outside", "entry": f"E{number}", "kinds": ("near",), "source": "Log",
        "prover": "PC Okoro", "exhibit": ExhibitOf("AB/1", "picture", 5, "0" * 64), "grounds": "ABC", **more,
    }  # fmt: skip
    return Act(UUID(int=number), number, **said)


def term(number: int = 1, **more: Any) -> Term:
    said: dict[str, Any] = {
        "library": "P01", "text": "Not to contact Maya by any means.", "acts": (1,), "policed": "By her report",
        "touches": dict.fromkeys(packs.TOUCHES, "no"), **more,
    }  # fmt: skip
    return Term(UUID(int=1000 + number), number, **said)


WHOLE = Draft(
    "NS-1", {"respondent": {"name": "Callum", "court": "Harrowby court", "applicant": "The chief officer"}, "protected": {"names": "Maya"}, "risk": {"risk": "High"},
             "interim": {"asked": "no"}, "statements": {"officer": "DC Hale"}, "others": {"live": "NS/25/104417"}},
    acts=(act(1),), terms=(term(),), log=300,
)  # fmt: skip


def says(draft: Draft) -> list[str]:
    return [one.says for one in drafting.gaps(draft)]


def test_the_rule_suggests_first_last_after_each_warning_and_each_kind_once_with_every_reason() -> None:
    told = [
        Candidate("a", at(0), ("message",)), Candidate("b", at(3), ("near",)), Candidate("c", at(9), ("near",)),
        Candidate("d", at(20), ("near",)), Candidate("e", When(None, None), ("home",)),
        Candidate("f", at(1), ("call",), "other"), Candidate("g", at(30), ("call",), "unknown"),
    ]  # fmt: skip
    found = {one.entry: one.because for one in selecting.suggested(told, [date(2025, 6, 15)])}
    assert found == {
        "a": ("the first", "the first of its kind: a message"), "b": ("the first of its kind: came near",),
        "c": ("the first after the warning of 15 Jun 2025",), "d": ("the last",),
        "e": ("the first of its kind: home, car or things",),
    }  # fmt: skip


def test_an_act_that_may_have_been_before_the_warning_is_not_called_after_it() -> None:
    told = [Candidate("a", at(0), ()), Candidate("b", at(4, hours=72), ()), Candidate("c", at(9), ())]
    found = {one.entry: one.because for one in selecting.suggested(told, [date(2025, 6, 15)])}
    assert found["c"] == ("the last", "the first after the warning of 15 Jun 2025")
    assert "b" not in found


ENTRIES = st.lists(
    st.builds(
        Candidate, st.uuids().map(str), st.integers(0, 400).map(at) | st.just(When(None, None)),
        st.lists(st.sampled_from(["message", "near", "call"]), max_size=2).map(tuple),
        st.sampled_from(["", "reported", "sent", "unknown", "other"]),
    ),
    max_size=40, unique_by=lambda one: one.entry,
)  # fmt: skip


@given(ENTRIES, st.lists(st.dates(date(2025, 6, 1), date(2026, 6, 1)), max_size=3))
def test_whatever_the_log_holds_each_suggestion_has_a_reason_and_each_kind_is_covered(
    told: list[Candidate], warned: list[date]
) -> None:
    found = selecting.suggested(told, warned)
    assert all(one.because for one in found)
    assert len({one.entry for one in found}) == len(found)
    mine = [one for one in told if one.doer not in ("unknown", "other")]
    chosen = {one.entry for one in found}
    assert {kind for one in mine for kind in one.kinds} == {
        kind for one in mine if one.entry in chosen for kind in one.kinds
    }
    assert chosen <= {one.entry for one in mine}
    assert found == selecting.suggested(told[::-1], warned) or len({one.when for one in mine}) < len(mine)


def test_a_long_entry_is_cut_and_marked_and_a_short_one_is_left() -> None:
    assert selecting.in_few_words("A call", " Rang  twice ") == "Rang twice"
    assert selecting.in_few_words("A call", "") == "A call"
    cut = selecting.in_few_words("", "word " * 60)
    assert (len(cut.split()), cut[-1]) == (25, "…")


def test_what_is_covered_is_counted_from_the_acts_alone() -> None:
    told = (act(1), act(2, kinds=("call",), exhibit=None), act(3, when=When(None, None), exhibit=None))
    assert packs.covers(told) == "2 kinds, 11 Jun 2025 to 12 Jun 2025; 1 of no known day; 2 lack an exhibit"


def test_a_whole_draft_has_no_gap_and_each_thing_taken_from_it_is_one_sentence() -> None:
    from dataclasses import replace

    assert says(WHOLE) == []
    assert says(replace(WHOLE, acts=(act(1, source=""),))) == ["Act 1 has a date but no source."]
    assert says(replace(WHOLE, acts=(act(1, exhibit=None),))) == ["Act 1 rests on the log alone; it has no exhibit."]
    assert "was chosen before its entry was corrected" in says(replace(WHOLE, acts=(act(1, since="corrected"),)))[0]
    gone = drafting.gaps(replace(WHOLE, acts=(act(1, since="withdrawn"),)))
    assert [one.stops for one in gone] == [True]
    untied = drafting.gaps(replace(WHOLE, terms=(term(acts=()),)))
    assert [(one.says, one.stops) for one in untied] == [("Term 1 is tied to no act, so it cannot be asked for.", True)]
    assert "Ground C" in says(replace(WHOLE, acts=(act(1, grounds="AB"),)))[0]
    assert "hearsay notice" in says(replace(WHOLE, acts=(act(1, told_by="other"),)))[0]


def test_a_term_is_asked_about_its_words_its_policing_what_it_touches_and_its_provider() -> None:
    def asked(**more: Any) -> list[str]:
        return list(drafting.drafting_checks(term(**more)))

    assert asked() == []
    assert asked(text="Not to go near Maya or nearby.") == [
        "says “near”. Would two officers read it the same way?", "says “nearby”. Would two officers read it the same way?",
    ]  # fmt: skip
    assert asked(library="P05", text="Not to approach Maya.") == ["names no distance that can be measured."]
    assert asked(library="P05", text="Not to come within 100 metres of Maya.") == []
    assert asked(library="P04", text="Not to enter the area.")[0].startswith("has no map as its exhibit")
    assert asked(policed="") == ["does not say how it will be policed."]
    assert asked(touches={}) == [f"has not been checked yet for {one}." for one in packs.TOUCHES.values()]
    assert asked(touches={**dict.fromkeys(packs.TOUCHES, "no"), "work": "settled"})[0].startswith("affects something")
    assert asked(library="R02", text="To attend.") == [
        "asks for a place with a provider. Nobody has confirmed one yet."
    ]
    assert drafting.because(term(acts=(4, 9, 31))) == "because of acts 4, 9, 31"


def test_every_term_of_the_library_can_be_asked_for() -> None:
    for one in order_conditions().values():
        assert packs.can_be_term(one.code, one.text, (), {})
    assert not packs.can_be_term("X99", "x", (), {})
    assert not packs.can_be_act("word " * 26, "", "", "")
    assert not packs.can_be_act("x", "", "", "D")
    assert not packs.can_keep_part("others", {"warned": "in June"})


def test_an_exhibit_tells_what_it_is_and_never_the_name_of_its_file() -> None:
    one = exhibits.of_file("AB/7", "9 Larch Close.mp4", 1_200_000_000, "f" * 64)
    assert exhibits.listed(one) == "Exhibit AB/7 (video, 1.2 GB) is listed, not embedded."
    assert exhibits.read(exhibits.kept(one)) == one
    assert exhibits.read("") is None
