"""Forms of a case file: one builder, what is missing said in sentences, and nothing protected in what leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from joindots.documents.leaks.protected import MARK, Protected
from joindots.documents.order_papers import words_of
from joindots.documents.redaction import texts
from joindots.justice.rules import file_forms as rules
from joindots.justice.rules.file_forms import FileFacts, Happening, Piece
from joindots.justice.tests.planted import leaked, planted_facts
from joindots.law.case_file import file_forms, file_sections, sections_of

SECRET = "9 Larch Close"
HIDDEN = Protected.of((SECRET,))
FORMS = [one for one in file_forms().values() if sections_of(one.code)]
BARE = FileFacts(
    force="Northshire", reference="NS/1", reported_on=date(2026, 5, 1), offence="", victim="", steps=(), counts=(),
    material=(), asks=(), points=(),
)  # fmt: skip
FILE = Piece(act=False, use="used", schedule="A file, AB/1", what="picture", reference="AB/1", producer="Asha Bell")
FULL = replace(
    BARE, offence="Stalking", victim="Maya Ellwood", counts=("Stalking",), asks=(("Clinic", "Dates", "given"),),
    points=(("A course of conduct", "nothing", "No act linked to this point yet."),),
    steps=(Happening(event="bailed", label="Bailed", on=date(2026, 5, 2), until=date(2026, 8, 1), note="Not to call"),
           Happening(event="advice_asked", label="Advice asked for", on=date(2026, 5, 3)),
           Happening(event="officer_named", label="An officer is named", on=date(2026, 5, 2), who="PC Okoro"),
           Happening(event="vps_offered", label="A statement is offered", on=date(2026, 5, 4))),
    material=(FILE, replace(FILE, reference="", use=""), Piece(act=True, use="used", schedule="x", when="1 May",
              what="A message"), *(replace(FILE, use=one) for one in ("unused", "sensitive"))),
)  # fmt: skip


def sift(said: str) -> str:
    return texts.text(said, HIDDEN).text


def test_every_section_has_its_form_and_its_block():
    assert {one.form for one in file_sections().values()} <= set(file_forms())
    assert {one.block for one in file_sections().values()} == set(rules.BLOCKS)


def test_what_is_not_kept_is_said_and_what_is_kept_fills_every_block():
    for form in FORMS:
        assert rules.is_empty(form, BARE) and not rules.can_leave(rules.drafted(form, BARE, sift), empty=True)
        full = rules.drafted(form, FULL, sift)
        assert not rules.is_empty(form, FULL) and rules.can_leave(full, empty=False)
        by_hand = [one.by_hand for one in sections_of(form.code) if one.by_hand]
        assert [one for one in by_hand if not any(one in said for said in words_of(full.papers))] == []
        empties = [one.empty for one in sections_of(form.code) if one.empty]
        assert not any(one in said for said in words_of(full.papers) for one in empties), form.code
        bare = list(words_of(rules.drafted(form, BARE, sift).papers))
        assert all(one in bare for one in empties), form.code


def test_the_defence_is_told_no_step_that_is_the_victims_and_no_address_stands_among_witnesses():
    summary = " ".join(words_of(rules.drafted(file_forms()["MG5"], FULL, sift).papers))
    assert "Bailed" in summary and "statement is offered" not in summary
    rows = rules.drafted(file_forms()["MG9"], FULL, sift).papers.sections[0].grid
    assert rows and rows.rows == (
        ("Maya Ellwood", "what was done to them"), ("Asha Bell", "produces, AB/1"), ("PC Okoro", "officer in the case"),
    )  # fmt: skip


def test_open_questions_are_told_to_who_works_on_it_and_stand_on_no_paper():
    draft = rules.drafted(file_forms()["MG12"], FULL, sift)
    assert "Nobody has said yet how 1 of 5 pieces of material are used." in draft.gaps
    assert not any("Nobody has said" in one for one in words_of(draft.papers))


@given(st.sampled_from(FORMS), st.sampled_from(["note", "who", "asks", "victim", "offence", "producer", "schedule"]))
def test_a_protected_word_in_any_fact_is_kept_back_or_stops_the_form(form, place):
    piece = [replace(one, **{place: f"at {SECRET}, again"}) for one in FULL.material] if place in (
        "producer", "schedule") else FULL.material  # fmt: skip
    steps = [replace(one, **{place: f"at {SECRET}"}) for one in FULL.steps] if place in ("note", "who") else FULL.steps
    facts = replace(FULL, material=tuple(piece), steps=tuple(steps))
    if place == "asks":
        facts = replace(facts, asks=((f"a clinic by {SECRET}", SECRET, SECRET),))
    elif place in ("victim", "offence"):
        facts = replace(facts, **{place: SECRET})
    draft = rules.drafted(form, facts, sift)
    said = " ".join(words_of(draft.papers))
    assert SECRET not in said
    worded = place == "schedule" and form.code in ("MG6C", "MG6D")
    assert draft.stops is worded and (MARK in said or not worded)


def test_nothing_planted_is_in_a_byte_of_any_form(tmp_path):
    for seed in range(3):
        facts, world = planted_facts(seed)
        assert leaked(facts, world, tmp_path, ("MG5",)) == ([], 0, 2), "both schedules stop, nothing else leaks"
