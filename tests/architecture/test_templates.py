"""Words on victim and public pages are marked for translation; nothing on any page asks a stranger for anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture import house

WORD = re.compile(r"[^\W\d_]{2,}")
BLOCKS = re.compile(r"{%\s*(blocktrans(?:late)?|comment)\b.*?{%\s*end\1\s*%}", re.DOTALL)
SPOKEN = re.compile(r"""\b(?:alt|title|placeholder|aria-label|content)\s*=\s*"([^"]*)\"""")
MACHINE = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|{#.*?#}|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
ELSEWHERE = re.compile(r"""(?:src|href|action|srcset)\s*=\s*["']?(?:https?:)?//[^"'\s>]+|url\(\s*["']?(?:https?:)?//""")
#: Data for a script of ours (`application/json`) is no script: the browser never runs it.
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*\btype="application/json")|\son\w+\s*=|\sstyle\s*=|javascript:""", re.IGNORECASE
)


def templates() -> list[Path]:
    """Every template of every part."""
    return sorted(house.PACKAGE.glob("*/templates/**/*.html"))


def for_her_or_the_public(path: Path) -> bool:
    """Whether victims or strangers read this page: the portal's, those under `public`, and signing in."""
    return "portal" in path.parts or "public" in path.parts


def unmarked(text: str) -> list[str]:
    """Words a reader would see or hear that no translation can reach."""
    bare = MACHINE.sub(" ", BLOCKS.sub(" ", text))
    bare = re.sub(r"{%.*?%}|{{.*?}}", " ", bare, flags=re.DOTALL)
    spoken = [words for words in SPOKEN.findall(bare) if WORD.search(words) and "=" not in words]
    return [*spoken, *(words.strip() for words in re.split(r"<[^>]*>", bare) if WORD.search(words))]


def test_words_for_her_and_the_public_are_marked():
    bare = {path: unmarked(path.read_text()) for path in templates() if for_her_or_the_public(path)}
    assert {path.relative_to(house.PACKAGE): words for path, words in bare.items() if words} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>{% translate 'You can leave.' %}</p>", []),
        ("<p>{% blocktranslate %}You <b>can</b> leave.{% endblocktranslate %}</p>", []),
        ("<p>{{ words }} · {# never seen #}</p>", []),
        ("<p>You can leave.</p>", ["You can leave."]),
        ('<img alt="A map">', ["A map"]),
        ("<p>{% translate 'Yes' %} or no</p>", ["or no"]),
    ],
)
def test_the_scanner_tells_marked_words_from_bare_ones(text: str, found: list[str]):
    assert unmarked(text) == found


def test_no_page_calls_elsewhere_or_carries_script_in_itself():
    wrong = [
        f"{path.relative_to(house.PACKAGE)}: {match[0]}"
        for path in templates()
        for rule in (ELSEWHERE, INLINE)
        for match in rule.finditer(re.sub(r"xmlns(:\w+)?=\"[^\"]*\"", "", path.read_text()))
    ]
    assert wrong == []


def test_what_to_press_when_one_cannot_speak_is_said_in_one_place():
    """Wrong words can end a life: only from a mobile, only when prompted, stay on the line (domain notes 0.0)."""
    said = re.compile(r"press(?:ing)?\s+55|55\s+when", re.IGNORECASE)
    files = [*templates(), *(path for path, _ in house.sources(house.PACKAGE))]
    found = {
        path.relative_to(house.PACKAGE).as_posix() for path in files if said.search(path.read_text(encoding="utf-8"))
    }
    assert found <= {"people/rules/danger.py", *TALKS_ABOUT_IT}


#: They tell that it was talked through, or what it does not do; none says how.
TALKS_ABOUT_IT = {"config/demo/risk.py", "config/demo/support.py", "helpline/rules/saying.py"}
