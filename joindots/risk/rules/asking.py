"""Answers to a form: what was asked, what is open, what comes next, and when the tool's own rule may be shown (pure).

Not known is not no, and not asked is neither. Part-done is kept and never counted up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from joindots.kernel.decisions import YES, Decision, no
from joindots.risk.rules.forms import Form

MOST_LETTERS: Final = 4_000
MOST_WHY: Final = 500
MOST_RESULT: Final = 1_000
MOST_RESTS: Final = 60


class Said(StrEnum):
    """An answer."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"
    NOT_ASKED = "not_asked"


SAID_WORDS: Final[Mapping[Said, str]] = {
    Said.YES: "Yes", Said.NO: "No", Said.NOT_KNOWN: "Not known", Said.NOT_ASKED: "Not asked",
}  # fmt: skip
KEYS: Final[Mapping[Said, str]] = {Said.YES: "Y", Said.NO: "N", Said.NOT_KNOWN: "U"}
"""The key that gives an answer."""


class State(StrEnum):
    """Where the asking of a form stands."""

    ASKING = "asking"
    DONE = "done"
    SET_ASIDE = "set_aside"


STATE_WORDS: Final[Mapping[State, str]] = {
    State.ASKING: "part-done", State.DONE: "finished", State.SET_ASIDE: "set aside",
}  # fmt: skip
NEXT: Final[Mapping[State, frozenset[State]]] = {
    State.ASKING: frozenset({State.DONE, State.SET_ASIDE}),
    State.DONE: frozenset({State.ASKING}),
    State.SET_ASIDE: frozenset({State.ASKING}),
}
ASKED_OF: Final[Mapping[str, str]] = {
    "client": "the person being stalked", "other": "somebody else who knows", "papers": "papers and records alone",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a form was asked. There is no count of yes here."""

    asked: int
    of: int
    not_known: int

    @property
    def complete(self) -> bool:
        """Whether every question was put."""
        return self.asked == self.of

    @property
    def says(self) -> str:
        """`7 of 11 asked. Carry on next time.`; what is not known is said as a gap."""
        gaps = f" {self.not_known} not known." if self.not_known else ""
        if self.complete:
            return f"All {self.of} asked.{gaps}"
        return f"{self.asked} of {self.of} asked.{gaps} Carry on next time."


def progress(form: Form, said: Mapping[str, str]) -> Progress:
    """How far it is: `said` is the newest answer of each question. An answer of `not asked` is none."""
    put = [code for code in form.by_code if said.get(code, Said.NOT_ASKED) != Said.NOT_ASKED]
    return Progress(len(put), len(form.questions), sum(said[code] == Said.NOT_KNOWN for code in put))


def next_question(form: Form, said: Mapping[str, str], after: str = "") -> str:
    """The code of the next question that was not asked, first behind `after`, then from the top; empty if none is."""
    codes = list(form.by_code)
    start = codes.index(after) + 1 if after in codes else 0
    around = codes[start:] + codes[:start]
    return next((code for code in around if said.get(code, Said.NOT_ASKED) == Said.NOT_ASKED), "")


def own_rule_says(form: Form, said: Mapping[str, str]) -> str:
    """What the tool's own manual says of its answers, as it says it; empty unless the form has such a rule and every
    question was asked. The one thing counted is what the rule itself counts.
    """
    if form.own_rule is None or not progress(form, said).complete:
        return ""
    if form.own_rule.counts == "":
        return form.own_rule.says
    yes = sum(said[code] == Said.YES for code in form.by_code)
    return f"Yes to {yes} of {len(form.questions)}. {form.own_rule.says}"


def can_answer(form: Form, state: State, code: str, said: str, words: str, rests: Sequence[str]) -> Decision:
    """Only while it is being asked, only its own questions, only the four answers; words of a bearable length."""
    if state is not State.ASKING:
        return no("asking_over", "This form is {state}. Take it up again before you answer.", state=STATE_WORDS[state])
    if code not in form.by_code:
        return no("question_unknown", "Choose one of this form’s questions.")
    if said not in set(Said):
        return no("said_missing", "Choose yes, no, not known or not asked.")
    if len(words) > MOST_LETTERS:
        return no("answer_long", "Shorten the words to {most} letters.", most=f"{MOST_LETTERS:,}")
    if len(rests) > MOST_RESTS:
        return no("rests_many", "Choose at most {most} entries that it rests on.", most=MOST_RESTS)
    return YES


def can_move(now: State, to: State, done: Progress) -> Decision:
    """Finished only when every question was put; set aside at any time; both can be taken up again."""
    if to not in NEXT[now]:
        return no("asking_state", "A form that is {now} cannot become {to}.", now=STATE_WORDS[now], to=STATE_WORDS[to])
    if to is State.DONE and not done.complete:
        return no(
            "asking_open", "{asked} of {of} were asked. Ask the others first, or leave it part-done: it is kept.",
            asked=done.asked, of=done.of,
        )  # fmt: skip
    return YES


def can_keep_result(tool: str, result: str, by: str) -> Decision:
    """A result without items: the tool, the words it gave, and who took it."""
    if not tool.strip():
        return no("tool_missing", "Say which tool it was.")
    if not result.strip():
        return no("result_missing", "Write the result in the tool’s own words.")
    if not by.strip():
        return no("by_missing", "Say who took it: name, role and agency.")
    if max(len(tool), len(by)) > MOST_WHY or len(result) > MOST_RESULT:
        return no("result_long", "Shorten it: the result to {most} letters, the rest to 500 each.", most=MOST_RESULT)
    return YES


def can_say_why(why: str) -> Decision:
    """A reason, for whoever reads the history."""
    if not why.strip():
        return no("why_missing", "Say why in a few words. It stays with it.")
    if len(why) > MOST_WHY:
        return no("why_long", "Shorten the reason to {most} letters.", most=MOST_WHY)
    return YES
