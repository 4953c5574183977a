"""No page, choice or sentence presumes who the person reported is, or of what sex anybody is (issue 4, item 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from joindots.casework.rules.cases import RELATION_WORDS, Relation
from joindots.casework.rules.plans import WHOSE
from joindots.directory.rules.listing import RELATIONS
from joindots.helpline.rules.fields import fields

ROOT = Path(__file__).parents[2]
SEXED = re.compile(
    r"\b(he|she|him|his|her|hers|himself|herself|girlfriend|boyfriend|husband|wife|woman|women)\b", re.IGNORECASE
)
PARTNER = re.compile(
    r"\b(ex|former|old)[ -]?(partners?|husband|wife|boyfriend|girlfriend)\b|\bthe relationship\b|\bbreak-?up\b",
    re.IGNORECASE,
)
TEMPLATES = ("helpline", "risk", "work", "contact", "public", "desk")
TOLD = {
    ("public/answer.html", "former partner"): "says that it need not be one",
}
"""Where a former partner may be named on a page, and why it presumes nothing."""
TAG = re.compile(r"{%\s*(?:blocktrans\b.*?%}(.*?){%\s*endblocktrans|trans\s+(\"[^\"]*\"|'[^']*'))", re.DOTALL)
WORDS = re.compile(r'\bwords\(\s*"\w+",\s*"([^"]*)"')
QUOTED = re.compile(r"{{.*?}}|{%.*?%}|%\(\w+\)s", re.DOTALL)


def said() -> Iterator[tuple[str, str]]:
    """Every sentence of the templates of these areas, and of the rules behind them, with its file."""
    for area in TEMPLATES:
        for path in sorted((ROOT / "web" / "templates" / area).rglob("*.html")):
            for one in TAG.finditer(path.read_text()):
                yield f"{area}/{path.name}", QUOTED.sub(" ", one[1] or one[2])
    for part in ("helpline", "risk", "casework", "people", "notices"):
        for path in sorted((ROOT / part).rglob("*.py")):
            if "tests" not in path.parts:
                for words in WORDS.finditer(path.read_text()):
                    yield f"{part}/{path.name}", words[1]


def data() -> Iterator[tuple[str, str]]:
    """Every line of the lists that pages of these parts ask by."""
    for path in (*(ROOT / "helpline/data").iterdir(), *(ROOT / "risk/data").glob("*.toml")):
        for line in path.read_text().splitlines():
            if not line.lstrip().startswith("#"):
                yield path.name, line.split(",http")[0]
    for line in (ROOT / "law/data/safety_plan_topics.csv").read_text().splitlines():
        yield "safety_plan_topics.csv", ",".join(line.split(",")[:3])


def test_no_page_calls_anybody_he_or_she() -> None:
    found = [(where, text) for where, text in said() if SEXED.search(text)]
    assert not found


def test_no_page_presumes_a_former_partner() -> None:
    found = [
        (where, text) for where, text in said()
        if (match := PARTNER.search(text)) and (where, match[0].lower()) not in TOLD
    ]  # fmt: skip
    assert not found


def test_no_question_presumes_a_sex() -> None:
    assert not [(where, text) for where, text in data() if SEXED.search(text) and "sex," not in text]


def test_a_former_partner_in_a_question_is_one_of_several() -> None:
    """It is one choice of a list, one example beside others, or a form for just that relation, named so."""
    alone = [
        (where, text) for where, text in data()
        if PARTNER.search(text) and not where.startswith("home_topics")
        and not re.search(r"stranger|workplace|anybody|neighbour|Among former partners", text)
    ]  # fmt: skip
    assert not alone


def test_every_relation_can_be_said_everywhere_and_not_known_is_what_stands_where_nothing_was_said() -> None:
    helpline = set(fields()["relationship"].words)
    for known in (helpline - {"unknown"}, set(RELATIONS)):
        assert known == {one.value for one in Relation} - {"not_known"}
    assert set(RELATION_WORDS) == set(Relation)


def test_children_and_those_close_have_a_plan_of_their_own() -> None:
    assert {"child", "secondary"} < set(WHOSE)
