"""What must never leave: its rules, who sees it, and that withdrawn words are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.access import parts
from joindots.access.door import Ref
from joindots.circles.models import Side, Standing
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.people import actions, queries
from joindots.people.models import Person, ProtectedWord
from joindots.people.rules.protected import Kind, can_add, parts_of
from joindots.people.tasks import protected_since
from tests.stage import Stage


def looked_for(word: str) -> set[str]:
    return {part for _, part in parts_of("address", word)}


def test_of_an_address_its_street_and_postcode_are_looked_for_and_no_town() -> None:
    assert looked_for("Flat 2, 9 Larch Close, Northfield, ZZ99 4LC") == {
        "Flat 2, 9 Larch Close, Northfield, ZZ99 4LC", "ZZ99 4LC", "9 Larch Close", "Larch Close",
    }  # fmt: skip
    assert looked_for("Rose Cottage\nMill Lane\nDale") == {"Rose Cottage, Mill Lane, Dale", "Rose Cottage", "Mill Lane"}
    assert {part: kind for kind, part in parts_of("address", "1 Elm Row, ZZ1 1AA")}["ZZ1 1AA"] == "postcode"


@given(st.sampled_from(Kind), st.text(max_size=80))
def test_every_part_stands_in_the_word_and_is_long_enough(kind: Kind, word: str) -> None:
    bare = "".join(sign for sign in word if sign.isalnum())
    for _, part in parts_of(kind, word):
        signs = "".join(sign for sign in part if sign.isalnum())
        assert len(signs) >= 3
        assert signs in bare


def test_a_word_that_would_be_found_everywhere_is_refused() -> None:
    assert can_add("child", "Ida")
    assert can_add("child", "Jo").reason.code == "protected_short"
    assert can_add("dog", "Rover").reason.code == "protected_kind"
    assert can_add("other", "x" * 301).reason.code == "protected_long"


def test_safe_contact_and_children_stand_there_by_themselves_and_a_withdrawn_word_is_kept(stage: Stage) -> None:
    stage.case(victim="Maya Example", summary="", own_number="")
    victim = Person.objects.get(presences__stands_as="victim")
    circle = Ref(victim.presences.get().circle_id)
    asha = stage.actor("asha")
    actions.set_safe_contact(
        asha, Ref(victim.pk), number="07700 900122", times="mornings", address="9 Larch Close, ZZ99 4LC"
    )
    actions.add_person(asha, circle, name="Isla Example", stands_as="child")
    actions.add_person(asha, circle, name="Callum Example", stands_as="suspect")
    row = actions.protect(asha, circle, kind="school", word="  Quillfeather School ")
    found = parts.protected(asha, circle.key)
    assert found["07700 900122"] == "number"
    assert found["Larch Close"] == "address"
    assert (found["Isla Example"], found["Quillfeather School"]) == ("child", "school")
    assert "Callum Example" not in found
    assert not protected_since(circle.key, stage.at)
    assert protected_since(circle.key, stage.at - timedelta(seconds=1))
    with pytest.raises(RuleBroken):
        actions.withdraw_protected(asha, Ref(row), why=" ")
    actions.withdraw_protected(asha, Ref(row), why="she moved")
    assert "Quillfeather School" not in parts.protected(asha, circle.key)
    (kept,) = [one for one in queries.never_leaves(asha, circle) if one.id]
    assert (kept.word, kept.withdrawn_why, kept.withdrawn_by) == ("Quillfeather School", "she moved", "Asha")
    assert b"Quillfeather" not in bytes(ProtectedWord.objects.get().word.blob)


def test_identifiers_of_everybody_but_the_person_reported_stand_there_by_themselves(stage: Stage) -> None:
    stage.case(victim="Maya Example", summary="", own_number="")
    circle = Ref(Person.objects.get().presences.get().circle_id)
    asha, number, mail = stage.actor("asha"), ("number", "tel:+447700900122"), ("email", "mailto:maya.new@example.org")
    actions.add_person(asha, circle, name="Wren Example", stands_as="witness", identifiers=(number, mail))
    suspects = ("number", "tel:+447700900123")
    actions.add_person(asha, circle, name="Callum Example", stands_as="suspect", identifiers=(suspects,))
    assert queries.protected_words(asha, circle) == {"+447700900122": "number", "maya.new@example.org": "email"}
    assert {one.known_from for one in queries.never_leaves(asha, circle)} == {"identifier of the witness"}


@pytest.mark.parametrize("side", [Side.SUSPECT, Side.BOTH])
def test_nobody_off_the_victims_side_learns_that_there_is_a_list(stage: Stage, side: Side) -> None:
    stage.case(victim="Maya Example", summary="", own_number="")
    circle = Person.objects.get().presences.get().circle_id
    Standing.objects.create(
        circle_id=circle, membership=stage.memberships["priya"], side=side, basis="share", purpose="x",
        starts=stage.at - timedelta(days=1),
    )  # fmt: skip
    actions.protect(stage.actor("asha"), Ref(circle), kind="other", word="Zanzibar")
    priya = stage.actor("priya")
    for ask in (queries.never_leaves, queries.protected_words):
        with pytest.raises(NotFound):
            ask(priya, Ref(circle))
    with pytest.raises(NotFound):
        actions.protect(priya, Ref(circle), kind="other", word="Zanzibar")
    with pytest.raises(NotFound):
        actions.withdraw_protected(priya, Ref(ProtectedWord.objects.get().pk), why="mine")
