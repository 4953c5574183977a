"""Forms that can be asked: their shape, how a file of one is read, and what is wrong with a file (pure).

A form is a versioned file. Ours stand in `data/` in our own words; a licence holder loads a licensed tool's own form as
a file of the same shape, which is kept sealed for that agency alone and never in the repository.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

LARGEST: Final = 256 * 1024
MOST_QUESTIONS: Final = 120
MOST_LETTERS: Final = 2_000
MOST_TOLD: Final = 6
"""Faults of a file that are named at once."""
CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,23}")
PROTECTED: Final = re.compile(
    r"\b(?:v?s[\s-]?dash|dash(?:[\s-]?ric)?|ric|sash|sam|srp|dara|sst|oasys|b[\s-]?safer|sara|hcr[\s-]?20)\b"
    r"|stalking (?:screening tool|risk profile)|screening assessment for stalking|guidelines for stalking assessment",
    re.IGNORECASE,
)
"""Names of tools that are somebody's: words of our own never carry one (domain 0.0, 8)."""
COUNTED: Final = ("", "yes")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its code (stored, never reused for another meaning), its topic, and the words to ask it in."""

    code: str
    topic: str
    ask: str
    listen: str = ""
    """What to listen for and write down."""
    why: str = ""
    sign: str = ""
    """A sign of the escalation rules that a yes to it is: `critical` or `fear`. Empty: none."""
    source: str = ""
    verify: str = ""


@dataclass(frozen=True, slots=True)
class OwnRule:
    """What the tool's own manual says to do with its answers: its words, where they stand, and what it counts."""

    says: str
    source: str
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that can be asked, one question at a time."""

    code: str
    version: str
    name: str
    about: str
    holder: str
    """Who holds the licence, or wrote it."""
    terms: str
    """The licence's note, shown wherever the form is."""
    questions: tuple[Question, ...]
    own_rule: OwnRule | None = None
    source: str = ""
    ours: bool = True

    @property
    def by_code(self) -> Mapping[str, Question]:
        """Its questions by code, in the form's order."""
        return {one.code: one for one in self.questions}


class BadForm(RuleBroken):
    """A file that is no form. Each fault names its place and the cure."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(words("form_bad", "The form was not loaded: {faults}", faults=" ".join(faults)))
        self.faults = faults


def read_form(data: bytes, *, ours: bool = False) -> Form:
    """The form of a TOML file in UTF-8; `BadForm` names up to six faults with their cures. Nothing is guessed."""
    told = _parsed(data)
    faults = tuple(_faults(told))
    if faults:
        raise BadForm(faults[:MOST_TOLD])
    licence, rule = told["licence"], told.get("own_rule")
    return Form(
        told["code"], str(told["version"]), told["name"].strip(), told.get("about", "").strip(),
        licence["holder"].strip(), licence["terms"].strip(), tuple(_question(one) for one in told["question"]),
        OwnRule(rule["says"].strip(), rule["source"].strip(), rule.get("counts", "")) if rule else None,
        told.get("source", "").strip(), ours,
    )  # fmt: skip


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise BadForm((f"it has more than {LARGEST // 1024} KB. Load the form alone, without its manual.",))
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise BadForm(("something in it is nested too deeply. Write it as the example shows.",)) from None
    except UnicodeDecodeError:
        raise BadForm(("it is not in UTF-8. Save the file as UTF-8 and load it again.",)) from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        where = f"line {place[1]}" if place else "its last line"
        raise BadForm(
            (f"{where} cannot be read as TOML. Put every text in quotation marks, one entry on a line.",)
        ) from None


def _faults(told: Mapping[str, Any]) -> Iterator[str]:
    """What stands in the way, in the file's order."""
    yield from _head_faults(told)
    licence = told.get("licence")
    for name in ("holder", "terms"):
        if not _is_text(licence.get(name) if isinstance(licence, dict) else None):
            yield f"[licence] has no {name}. Say whose form it is and under what terms you may use it here."
    yield from _rule_faults(told.get("own_rule"))
    questions = told.get("question")
    if not isinstance(questions, list) or not questions:
        yield "there is no question. Begin each one with [[question]]."
        return
    if len(questions) > MOST_QUESTIONS:
        yield f"it has {len(questions)} questions. At most {MOST_QUESTIONS} can be asked."
    seen: set[str] = set()
    for number, one in enumerate(questions, start=1):
        yield from _question_faults(number, one, seen)


def _head_faults(told: Mapping[str, Any]) -> Iterator[str]:
    if not (isinstance(told.get("code"), str) and CODE.fullmatch(told["code"])):
        yield "code is missing or odd. Write a short name in small letters, digits and _, such as force_screen."
    if not VERSION.fullmatch(str(told.get("version", ""))):
        yield 'version is missing or odd. Write the form\'s own version, such as "2009".'
    if not _is_text(told.get("name"), 120):
        yield "name is missing or longer than 120 letters. Write the form's name as it is printed."
    for name in ("about", "source"):
        if name in told and not _is_text(told[name], empty=True):
            yield f"{name} is no text. Write it in quotation marks, or leave it out."
    odd = sorted(set(told) - {"code", "version", "name", "about", "source", "licence", "own_rule", "question"})
    if odd:
        yield f"{odd[0]} is not known here. Leave it out."


def _rule_faults(rule: Any) -> Iterator[str]:
    if rule is None:
        return
    if not isinstance(rule, dict) or not (_is_text(rule.get("says")) and _is_text(rule.get("source"))):
        yield "[own_rule] needs says and source: the manual's own words, and where they stand in it."
    elif rule.get("counts", "") not in COUNTED:
        yield '[own_rule] counts can be "yes", or left out. Nothing else is counted here.'


def _question_faults(number: int, one: Any, seen: set[str]) -> Iterator[str]:
    if not isinstance(one, dict):
        yield f"question {number} cannot be read. Begin it with [[question]]."
        return
    code = one.get("code")
    if not (isinstance(code, str) and CODE.fullmatch(code)):
        yield f"question {number} has no code, or an odd one. Write small letters, digits and _, such as q{number}."
    elif code in seen:
        yield f"question {number} has the code {code} of another one. Give it a code of its own."
    else:
        seen.add(code)
    if not _is_text(one.get("ask")):
        yield f"question {number} has no ask, or one longer than {MOST_LETTERS:,} letters. Write the question's words."
    for name in ("topic", "listen", "why", "source", "verify"):
        if name in one and not _is_text(one[name], empty=True):
            yield f"question {number}: {name} is no text. Write it in quotation marks, or leave it out."
    if one.get("sign", "") not in ("", "critical", "fear"):
        yield f'question {number}: sign can be "critical" or "fear", or left out.'
    odd = sorted(set(one) - {"code", "topic", "ask", "listen", "why", "sign", "source", "verify"})
    if odd:
        yield f"question {number}: {odd[0]} is not known here. Weights and scores are not loaded; leave it out."


def _is_text(value: Any, most: int = MOST_LETTERS, *, empty: bool = False) -> bool:
    return isinstance(value, str) and (empty or bool(value.strip())) and len(value) <= most


def _question(one: Mapping[str, Any]) -> Question:
    ask = one["ask"].strip()
    topic = one.get("topic", "").strip() or (ask if len(ask) <= 60 else f"{ask[:57].rstrip()}…")
    more = {name: one.get(name, "").strip() for name in ("listen", "why", "sign", "source", "verify")}
    return Question(one["code"], topic, ask, **more)


@cache
def our_forms() -> Mapping[tuple[str, str], Form]:
    """Our own forms of every version ever released, by code and version: a version's words never change."""
    found = [
        read_form(one.read_bytes(), ours=True)
        for one in sorted(files("joindots.risk").joinpath("data").iterdir(), key=lambda one: one.name)
        if one.name.endswith(".toml")
    ]
    return MappingProxyType({(one.code, one.version): one for one in found})


def newest_forms() -> tuple[Form, ...]:
    """The newest version of each form of ours, the short screen first."""
    newest: dict[str, Form] = {}
    for (code, version), one in our_forms().items():
        if code not in newest or int(version) > int(newest[code].version):
            newest[code] = one
    return tuple(sorted(newest.values(), key=lambda one: (one.code != SHORT_SCREEN, one.name)))


SHORT_SCREEN: Final = "short_screen"
