"""The leak bar, sampled: `python -m bench leaks` is the whole of it."""

from joindots.documents.tests.packs import PLACES, clean_pack, planted_pack
from joindots.documents.tests.proof import blocked, judged


def test_a_secret_planted_anywhere_is_stopped():
    assert [pack.place for pack in map(planted_pack, range(len(PLACES))) if not blocked(pack)] == []


def test_nothing_that_passes_holds_a_secret_by_the_word_of_another_finder():
    # In a table, the name of a file and a screenshot, each written in another way.
    found = [judged(planted_pack(len(PLACES) * way + at)) for way, at in ((0, 0), (3, 11), (2, 27))]
    assert [one.leaked for one in found] == [[]] * len(found)
    assert all(one.seen and one.stopped and one.copies for one in found)


def test_packs_without_a_secret_may_go():
    assert [seed for seed in range(2) if blocked(clean_pack(seed))] == []
