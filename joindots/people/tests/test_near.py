"""Near names: one slip in each word, words turned round, one word shared; never the same name, never two far ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.people.rules.near import near, spellings, tried, words_of

WORDS = st.text("abcdefgh", min_size=2, max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Maya Ellwood", "maya ELLWOOD", None), ("Maya Ellwood", "Maia Elwood", "spelt"),
        ("Maya Ellwood", "Ellwood, Maya", "order"), ("Maya Ellwood", "Maya Pryce", "shares"),
        ("Maya Ellwood-Pryce", "Maya Pryce", "shares"), ("Maya Ellwood", "Nell Ashby", None),
        ("Zoë Ellwood", "Zoe Ellwod", "spelt"), ("J Ellwood", "J Ashby", None),
    ],
)  # fmt: skip
def test_what_is_near_about_two_names(one: str, other: str, how: str | None):
    assert (near(one, other), near(other, one)) == (how, how)


@settings(max_examples=60)
@given(WORDS, st.data())
def test_every_slip_of_a_word_is_tried_and_leads_back(word: str, data: st.DataObject):
    slip = data.draw(st.sampled_from(sorted(spellings(word))))
    assert word in spellings(slip) or len(slip) < 2
    name = f"{slip} x"
    assert slip in tried(name) and words_of(name)[0] == slip
