"""The card: proofs, moves and versions; who a caller is; and what of it others may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.casework import queries as cases
from joindots.circles.models import Standing
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.people import actions, answers, queries
from joindots.people.models import CallerCheck, CodeWord, SafeContact
from joindots.people.rules.callers import can_set, compared
from joindots.people.rules.reaching import (
    EMPTY,
    HOLD,
    Card,
    Kind,
    Trust,
    Use,
    Way,
    can_be,
    changed,
    decoded,
    encoded,
    line,
    proved,
)
from joindots.people.rules.windows import read
from tests.stage import NOW, Stage

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""The slow hash is the library's; here only what is made of its answer is tested."""
NUMBER = Way(id=UUID(int=1), kind=Kind.NUMBER, value="07700 900122", uses=(Use.TEXT,), main=True)
HOME = Way(id=UUID(int=2), kind=Kind.ADDRESS, value="1 Elm Row, ZZ99 1AA", uses=(Use.POST,))
NEW = Way(id=UUID(int=3), kind=Kind.ADDRESS, value="9 Larch Close, ZZ99 4LC", uses=(Use.POST,))
MAYA = Card(ways=(NUMBER,), windows=read("Mon to Fri 12:30 to 13:15"), say="the dentist", sender="Dental reminders")


def test_the_line_says_what_matters_before_a_call() -> None:
    assert (
        line(MAYA) == "Text only. Mon to Fri 12:30 to 13:15. From “Dental reminders”. No voicemail. Say “the dentist”."
    )
    assert line(Card(ways=(HOME,))) == "Write by post only."
    assert decoded(encoded(MAYA)) == MAYA


def test_a_proof_stays_with_the_same_number_however_it_is_written_and_with_no_other() -> None:
    kept = proved(MAYA, NUMBER.id, NOW)
    again = msgspec.structs.replace(NUMBER, value="+44 7700 900122")
    other = msgspec.structs.replace(NUMBER, value="07700 900155")
    assert changed(kept, Card(ways=(again,)), NOW).ways[0].proved_at == NOW
    assert changed(kept, Card(ways=(other,)), NOW).ways[0].proved_at is None
    claimed = msgspec.structs.replace(other, proved_at=NOW)
    assert changed(kept, Card(ways=(claimed,)), NOW).ways[0].proved_at is None, "a form cannot claim a proof"


def test_after_a_move_the_old_address_is_known_and_everything_is_held() -> None:
    lived = changed(EMPTY, Card(ways=(NUMBER, HOME)), NOW)
    assert lived.held_until is None, "the first address is no move"
    moved = changed(lived, Card(ways=(NUMBER, NEW)), NOW)
    assert moved.held_until == NOW + HOLD
    assert {one.value: one.trust for one in moved.ways} == {
        NUMBER.value: Trust.FREE, NEW.value: Trust.FREE, HOME.value: Trust.KNOWN
    }  # fmt: skip
    back = changed(moved, Card(ways=(NUMBER, msgspec.structs.replace(HOME, id=UUID(int=9)))), NOW)
    assert {one.trust for one in back.ways if one.key == HOME.key} == {Trust.KNOWN}, "entering it anew frees nothing"
    assert changed(EMPTY, Card(ways=(NUMBER, NEW)), NOW, moved=True).held_until == NOW + HOLD


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([NUMBER, HOME, NEW]), unique=True),
    st.lists(st.sampled_from([NUMBER, HOME, NEW]), unique=True),
    st.booleans(),
)
def test_what_is_known_to_the_person_reported_never_becomes_free_or_useful(
    first: list[Way], second: list[Way], moved: bool
) -> None:
    before = changed(changed(EMPTY, Card(ways=(HOME,)), NOW), Card(ways=tuple(first)), NOW, moved=moved)
    after = changed(before, Card(ways=tuple(second)), NOW)
    known = {one.key for one in before.ways if one.trust == Trust.KNOWN}
    assert known <= {one.key for one in after.ways if one.trust == Trust.KNOWN}
    assert bool(can_be(after)) and not any(one.proved_at for one in after.ways)


@pytest.mark.parametrize(
    "card",
    [
        Card(ways=(NUMBER, NUMBER)), Card(ways=(msgspec.structs.replace(NUMBER, uses=(Use.POST,)),)),
        Card(ways=(msgspec.structs.replace(NUMBER, value="12"),)), Card(ways=(msgspec.structs.replace(NUMBER, value=" "),)),
        Card(exception="ring"), Card(exception_uses=(Use.CALL,)), Card(say="x" * 700), Card(ways=(NUMBER,) * 9),
        Card(ways=(NUMBER, msgspec.structs.replace(HOME, main=True))),
    ],
)  # fmt: skip
def test_a_card_that_cannot_be_is_refused(card: Card) -> None:
    assert not can_be(card)


@given(st.text(max_size=40))
def test_a_code_word_is_compared_as_it_is_heard(word: str) -> None:
    assert compared(word) == compared(f" {word.upper()} ") or word.upper().casefold() != word.casefold()
    assert not can_set("Rhian", "", ["Rhian Example"]) and not can_set("lanterns", "Lanterns!", [])


def someone(stage: Stage) -> tuple[Ref, UUID]:
    head = cases.case(stage.actor("asha"), stage.case(victim="Rhian Example"))
    return Ref(head.circle), head.people[0].id


def test_each_change_is_a_version_that_stays_and_a_stale_form_is_refused(stage: Stage) -> None:
    _, person = someone(stage)
    asha = stage.actor("asha")
    seen = queries.card_page(asha, Ref(person)).version
    actions.set_card(asha, Ref(person, seen), card=MAYA)
    with pytest.raises(OutOfDate):
        actions.set_card(asha, Ref(person, seen), card=EMPTY)
    actions.note_proved(asha, Ref(person), way=NUMBER.id)
    later = stage.actor("asha", NOW + timedelta(days=3))
    actions.confirm_card(later, Ref(person))
    page = queries.card_page(later, Ref(person))
    assert [(one.seq, one.change) for one in page.history] == [
        (3, "asked again, and still so"), (2, "a way was confirmed by a round trip"), (1, "as told")
    ]  # fmt: skip
    assert page.confirmed_at == NOW + timedelta(days=3) and page.confirmed_by == "Asha"
    assert queries.card_as_it_was(later, Ref(person), 1).ways[0].proved_at is None
    assert SafeContact.objects.filter(person=person, current=True).count() == 1


def test_a_card_from_before_there_were_cards_is_read_as_told_in_words(stage: Stage) -> None:
    _, person = someone(stage)
    row = SafeContact(
        person_id=person, agency_id=stage.memberships["asha"].agency_id, text_ok=True, post_ok=True, confirmed_at=NOW,
        made_at=NOW,
    )  # fmt: skip
    asha = stage.actor("asha")
    asha.keys.seal(row, number="07700 900122", times="weekday lunch", address="1 Elm Row", say="the dentist")
    row.save()
    card = queries.card_of(asha, Ref(person))
    assert card is not None
    assert [(one.value, one.uses, one.proved_at) for one in card.ways] == [
        ("07700 900122", (Use.TEXT,), None), ("1 Elm Row", (Use.POST,), None)
    ]  # fmt: skip
    assert (card.times_words, card.say) == ("weekday lunch", "the dentist")
    actions.set_card(asha, Ref(person), card=MAYA)
    assert queries.card_as_it_was(asha, Ref(person), 1) == card


def test_three_misses_close_it_for_a_day_and_the_case_team_is_told(stage: Stage, settings: Any) -> None:
    settings.PASSWORD_HASHERS = QUICK
    circle, person = someone(stage)
    asha = stage.actor("asha")
    actions.set_code_word(asha, Ref(person), word="Paper lanterns", duress="paper boats")
    kept = CodeWord.objects.get()
    assert b"lanterns" not in bytes(kept.word.blob) and "lanterns" not in asha.keys.open(kept.word).lower()
    assert actions.check_caller(asha, circle, person=person, word="paper LANTERNS") == "fits"
    assert actions.check_caller(asha, circle, person=person, word="paper boats") == "duress"
    told = [actions.check_caller(asha, circle, person=person, word=one) for one in ("rex", "choir", "Rhian")]
    assert told == ["missed"] * 3
    assert actions.check_caller(asha, circle, person=person, word="paper lanterns") == "closed", "right or wrong"
    assert actions.check_caller(asha, circle, person=person, word="another") == "closed", "and each try is kept"
    assert actions.check_caller(asha, circle, person=person, word="Paper lanterns", rang=True) == "fits", "we rang"
    mine = [stage.memberships["asha"].pk]
    due = list(answers.due(asha, mine, NOW.date(), 10))
    assert [one.kind for one in due] == ["people.caller_forced", "people.caller_missed", "people.caller_missed"]
    assert "shut out" in str(due[2].sentence) and CallerCheck.objects.filter(outcome="closed").count() == 2
    assert list(answers.due(stage.actor("stranger"), mine, NOW.date(), 10)) == []
    page = queries.caller_page(asha, circle, person)
    assert not page.may_try and page.has_code and page.may_try_back
    one = next(one for one in page.checks if one.waits)
    actions.seen_caller(asha, Ref(one.id, one.version))
    assert len(list(answers.due(asha, mine, NOW.date(), 10))) == 2
    assert actions.check_caller(asha, circle, person=person, word="paper boats") == "duress", "danger is always heard"
    assert actions.check_caller(asha, circle, person=person, word="rex", rang=True) == "missed"
    assert len(list(answers.due(asha, mine, NOW.date(), 10))) == 4, "one miss on the safe way itself is told at once"
    tomorrow = stage.actor("asha", NOW + timedelta(hours=25))
    assert actions.check_caller(tomorrow, circle, person=person, word="paper lanterns") == "fits"


def test_the_other_side_finds_no_card_no_caller_and_no_line(stage: Stage) -> None:
    circle, person = someone(stage)
    actions.set_card(stage.actor("asha"), Ref(person), card=MAYA)
    Standing.objects.create(
        circle_id=circle.key, membership=stage.memberships["priya"], side="suspect", basis="team", purpose="x",
        starts=NOW - timedelta(days=1),
    )  # fmt: skip
    priya = stage.actor("priya")
    assert queries.safe_line(priya, circle) is None
    for ask in (
        lambda: queries.card_page(priya, Ref(person)), lambda: queries.value_of(priya, Ref(person), NUMBER.id),
        lambda: queries.caller_page(priya, circle, person), lambda: queries.reach_of(priya, Ref(person)),
        lambda: actions.check_caller(priya, circle, person=person, word="paper lanterns"),
    ):  # fmt: skip
        with pytest.raises((NotFound, NotAllowed)):
            ask()
    suspect = actions.add_person(stage.actor("asha"), circle, name="Cal Example", stands_as="suspect")
    with pytest.raises(RuleBroken):
        actions.set_card(stage.actor("asha"), Ref(suspect), card=MAYA)
