"""Police-style references: initials and a number, given once, never again, whatever becomes of the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.chronology import actions, queries
from joindots.chronology.rules import referring
from joindots.evidence import actions as evidence
from joindots.evidence.models import SourceFile
from joindots.kernel.problems import NotFound, RuleBroken
from tests.stage import CANARY, Stage

ASHA = {"name": f"Asha {CANARY}", "initials": "ab"}


def brought(stage: Stage, case: Ref, keep, name: str) -> int:
    """A file that came and was not read yet: a reference is of its bytes."""
    return evidence.bring_in(stage.actor("asha"), case, name=name, sealed=keep(name.encode())).source


def test_a_reference_is_given_once_and_its_number_never_again(stage: Stage, keep) -> None:
    case, other = stage.case(), stage.case()
    first, second, third = (brought(stage, case, keep, f"{n}.txt") for n in "abc")
    elsewhere = brought(stage, other, keep, "d.txt")
    asha = stage.actor("asha")
    assert actions.refer(asha, case, source=first, **ASHA) == "AB/1"
    with pytest.raises(RuleBroken, match="AB/1 already"):
        actions.refer(asha, case, source=first, **ASHA)
    SourceFile.objects.get(pk=first).delete()
    assert actions.refer(asha, case, source=second, **ASHA) == "AB/2"
    with pytest.raises(RuleBroken, match="next is 3"):
        actions.refer(asha, case, source=third, number=1, **ASHA)
    with pytest.raises(RuleBroken, match="is Asha"):
        actions.refer(asha, case, source=third, name="Anna Bell", initials="AB")
    with pytest.raises(NotFound):
        actions.refer(asha, case, source=elsewhere, **ASHA)
    assert actions.refer(asha, case, source=third, number=7, **ASHA) == "AB/7"
    told = queries.exhibits(stage.actor("asha"), case)
    assert [(one.reference, one.size is None) for one in told] == [("AB/1", True), ("AB/2", False), ("AB/7", False)]
    assert queries.reference_of_file(stage.actor("asha"), Ref(third)) == "AB/7"
    assert queries.producers(stage.actor("asha"), case)[0].next == 8
    assert [one.reference for one in queries.exhibits(stage.actor("asha"), other)] == [""]
    assert actions.refer(stage.actor("asha"), other, source=elsewhere, name="Anna Bell", initials="AB") == "AB/1"


@given(st.text(max_size=60))
def test_initials_are_capital_letters_or_nothing(name: str) -> None:
    found = referring.initials_of(name)
    assert found == referring.tidy_initials(found)
    assert not found or 2 <= len(found) <= 5


def test_a_name_keeps_its_initials() -> None:
    assert referring.initials_of("Asha Mary Bell") == "AMB"
    assert not referring.can_produce("Asha Bell", "AX", [("asha  bell", "AB")])
    assert referring.can_produce("Asha Bell", "AB", [("asha  bell", "AB")])
    assert not referring.can_produce("Asha Bell", "A", [])
