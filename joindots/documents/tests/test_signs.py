import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.documents.sheets import guarded
from joindots.documents.tests.making import AS_AT
from joindots.documents.typeset.printing import Printing
from joindots.documents.typeset.signs import SHOWN, for_page, visible

ANY = st.text(st.characters(codec=None), max_size=80)


@given(ANY)
def test_every_sign_on_a_page_has_a_typeface(text):
    shown = for_page(text)
    pieces = [shown] if isinstance(shown, str) else shown
    assert all(ord(sign) in SHOWN or sign in "\n\u200b" for piece in pieces for sign in piece)


@given(st.text(st.sampled_from("abc \n'\"£ŵé—"), max_size=300))
def test_plain_words_reach_the_page_unchanged_but_for_places_to_break(text):
    shown = for_page(text)
    assert isinstance(shown, str)
    assert shown.replace("\u200b", "") == text


@given(ANY)
def test_a_cell_never_starts_a_formula_and_hides_nothing(text):
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert all(unicodedata.category(sign) not in ("Cc", "Cs") or sign in "\n\t" for sign in cell)
    cell.encode()


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"))))
def test_ordinary_text_of_any_script_stays_as_it_is_in_a_table(text):
    assert visible(text) == text


def test_an_emoji_is_named_and_its_repeats_are_counted():
    assert for_page("hi 😀😀😀!") == ["hi ", "grinning face × 3", "!"]


def test_a_run_of_another_script_is_counted_not_spelled():
    assert for_page("আমি") == ["", "Bengali script, 3 signs", ""]


@settings(max_examples=3, deadline=None)
@given(st.lists(ANY, min_size=200, max_size=200))
def test_the_typesetter_takes_every_text_at_the_first_try(tmp_path_factory, texts):
    printing = Printing(tmp_path_factory.mktemp("press") / "job", AS_AT)
    data = {"title": "T", "lead": "", "foot": "", "plain_title": "T", "plain": False}
    rows = [[f"{n}", for_page(text), "", for_page(text), for_page(text), "", ""] for n, text in enumerate(texts)]
    printing._write("annex", "annex.typ", {**data, "messages": rows})
    assert printing._run("annex").wait() == 0
