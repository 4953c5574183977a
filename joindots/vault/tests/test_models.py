"""Seals: what is stored is noise, and a seal opens only where it was made."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from joindots.access.door import Ref
from joindots.casework import queries as cases
from joindots.casework.models import Case
from joindots.people.models import Person
from joindots.vault import keys, root
from joindots.vault.blind import blind
from joindots.vault.fields import DOTS
from joindots.vault.models import TierKey
from joindots.vault.sealing import SealBroken, Spot, new_key, seal, unseal
from tests.stage import CANARY, Stage

SPOTS = st.builds(Spot, st.sampled_from("ab"), st.sampled_from("ab"), st.sampled_from("ab"), st.sampled_from("ab"))


@given(st.binary(max_size=400), SPOTS, SPOTS, st.integers(1, 9))
def test_a_seal_opens_where_it_was_made_and_nowhere_else(plain: bytes, here: Spot, there: Spot, number: int) -> None:
    key = new_key()
    blob = seal(key, here, plain, number)
    assert unseal(key, here, blob) == plain
    if here != there:
        with pytest.raises(SealBroken):
            unseal(key, there, blob)
    with pytest.raises(SealBroken):
        unseal(new_key(), here, blob)


@given(st.binary(min_size=1, max_size=60), st.data())
def test_one_changed_bit_breaks_a_seal(plain: bytes, data: st.DataObject) -> None:
    key, spot = new_key(), Spot("t", "c", "o", "r")
    blob = bytearray(seal(key, spot, plain, 1))
    at = data.draw(st.integers(0, len(blob) - 1))
    blob[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        unseal(key, spot, bytes(blob))


def test_the_database_holds_no_readable_word(stage: Stage) -> None:
    stage.case()
    stage.close()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert CANARY not in repr(cursor.fetchall()), table


def test_an_unopened_field_shows_as_dots(stage: Stage) -> None:
    stage.case()
    row = Person.objects.get()
    assert str(row.name) == repr(row.name) == f"{row.name}" == DOTS


def test_plain_text_cannot_be_stored_in_a_sealed_column(stage: Stage) -> None:
    stage.case()
    row = Person.objects.get()
    with pytest.raises(TypeError, match=r"use ring\.seal"):
        row.name = "Maya"


def test_two_cases_swapped_seals_do_not_open(stage: Stage) -> None:
    first, second = (stage.case() for _ in range(2))
    one, two = Case.objects.all()
    one.summary, two.summary = bytes(two.summary.blob), bytes(one.summary.blob)
    one.save()
    two.save()
    for ref in (first, second):
        with pytest.raises(SealBroken):
            cases.case(stage.actor("asha"), ref)


@pytest.fixture
def own_root(tmp_path: Path, settings: Settings) -> root.FileKeySource:
    """A root key of this test's own, for it changes it."""
    settings.ROOT_KEY_FILE = tmp_path / "root.key"
    root.source().make()
    return root.source()


def test_rotating_the_root_key_wraps_keys_again_and_changes_no_row(own_root: root.FileKeySource, stage: Stage) -> None:
    case = stage.case()
    blob = Case.objects.get().summary.blob
    wrapped = {row.tier: bytes(row.wrapped) for row in TierKey.objects.all()}
    before = own_root.root()
    keys.rotate()
    assert own_root.root() != before
    assert CANARY in cases.case(stage.actor("asha"), case).summary
    assert Case.objects.get().summary.blob == blob
    assert all(wrapped[row.tier] != bytes(row.wrapped) for row in TierKey.objects.all())


def test_between_the_two_steps_of_a_rotation_everything_opens_and_it_can_be_done_again(
    own_root: root.FileKeySource, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = stage.case()
    with monkeypatch.context() as patch:
        patch.setattr(root.FileKeySource, "take_next", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            keys.rotate()
    assert CANARY in cases.case(stage.actor("asha"), case).summary
    keys.rotate()
    assert own_root.coming() is None
    assert CANARY in cases.case(stage.actor("asha"), case).summary


def test_a_root_key_under_a_passphrase_opens_with_it_alone(tmp_path: Path) -> None:
    locked = root.FileKeySource(tmp_path / "root.key", "four plain words here")
    locked.make()
    assert root.FileKeySource(tmp_path / "root.key", "four plain words here").root() == locked.root()
    with pytest.raises(SealBroken):
        root.FileKeySource(tmp_path / "root.key", "other words").root()


def test_a_destroyed_key_is_never_made_again(stage: Stage) -> None:
    case = stage.case()
    head = cases.case(stage.actor("asha"), case)
    keys.destroy([head.circle], stage.at)
    actor = stage.actor("asha")
    with pytest.raises(keys.KeyGone):
        actor.keys.seal(Case.objects.get(), summary="again")


def test_a_blind_index_is_the_same_for_the_same_value_and_says_nothing_else(stage: Stage) -> None:
    assert blind("tel", "+447700900123") == blind("tel", "+447700900123")
    assert blind("tel", "+447700900123") != blind("name", "+447700900123")
    assert len(blind("tel", "x")) == 16


def test_a_text_with_lone_surrogates_can_be_sealed(stage: Stage) -> None:
    case = stage.case(summary="broken \ud83d emoji")
    assert cases.case(stage.actor("asha"), Ref(case.key)).summary == "broken \ud83d emoji"
