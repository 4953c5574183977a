"""What a draft lacks and what to look at in its terms, as sentences with where to go; never a verdict (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from joindots.law.orders import order_conditions
from joindots.orders.rules.packs import FORMS, GROUNDS, TOUCHES, Act, Draft, Term

VAGUE: Final = (
    "near", "nearby", "close to", "in the vicinity", "reasonable", "reasonably", "unnecessary", "inappropriate",
    "appropriate", "harass", "harassing", "pester", "annoy", "as directed", "etc", "and/or", "or similar", "excessive",
    "regularly", "where possible", "anyone connected",
)  # fmt: skip
"""Words that two officers may read differently."""
LONG_SENTENCE: Final = 45
"""Words of a sentence after which it is asked whether it can be two."""
DISTANCE: Final = re.compile(r"\d\s*(?:m|metres?|meters?|miles?|km|yards?)\b", re.IGNORECASE)
_SENTENCES: Final = re.compile(r"[.;:!?\n]+")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something to look at: where, in a sentence, and whether nothing can be signed before it is settled."""

    part: str
    says: str
    stops: bool = False
    act: UUID | None = None
    term: UUID | None = None
    leak: bool = False
    """Whether it is about something that must not leave."""


def gaps(draft: Draft) -> tuple[Gap, ...]:
    """Everything that the draft lacks, in the order of the list of parts."""
    found = (*_parts(draft), *_acts(draft), *_grounds(draft), *_terms(draft))
    order = {"respondent": 1, "protected": 2, "acts": 3, "risk": 4, "terms": 5, "interim": 6, "exhibits": 7}
    return tuple(sorted(found, key=lambda one: order.get(one.part, 8)))


def _parts(draft: Draft) -> Iterator[Gap]:
    for part, form in FORMS.items():
        for one in form.fields:
            if one.needed and not draft.said(part, one.code):
                yield Gap(part, f"{form.title}: “{one.label}” is empty.", stops=True)
    for code, says in (("court", "to which court it goes"), ("applicant", "which chief officer applies")):
        if not draft.said("respondent", code):
            yield Gap("respondent", f"The first page does not say {says}.")
    if draft.said("interim", "asked") == "yes" and not draft.said("interim", "why"):
        yield Gap("interim", "An interim order is asked for, and nothing says why it is appropriate now.")
    if not draft.said("statements", "officer"):
        yield Gap("statements", "There is no officer’s statement yet.")
    if draft.acts and any(one.told_by == "other" for one in draft.acts) and not draft.said("exhibits", "hearsay"):
        numbers = _numbers(one.number for one in draft.acts if one.told_by == "other")
        yield Gap("exhibits", f"{numbers} told by somebody else. Nothing is written about a hearsay notice.")


def _acts(draft: Draft) -> Iterator[Gap]:
    if not draft.acts:
        yield Gap("acts", "No act is relied on yet.", stops=True)
    for act in draft.acts:
        for says in _act(act):
            yield Gap(
                "acts", f"Act {act.number} {says}", act=act.id, stops=act.since == "withdrawn" and "withdr" in says
            )


def _act(act: Act) -> Iterator[str]:
    dated = act.when.earliest is not None or act.when.latest is not None
    if act.since == "withdrawn":
        yield "rests on an entry that was withdrawn since. Take it out, or have the entry brought back."
    elif act.since:
        yield "was chosen before its entry was corrected. Read the entry again."
    if not dated:
        yield "has no date. It is told as it is known."
    if not act.source:
        yield "has a date but no source." if dated else "has no source."
    if act.exhibit is None:
        yield "rests on the log alone; it has no exhibit."
    if not act.prover:
        yield "names nobody who will prove it."
    if not act.grounds:
        yield "is tied to none of the grounds yet."


def _grounds(draft: Draft) -> Iterator[Gap]:
    for letter, says in GROUNDS.items():
        if draft.acts and not draft.by_ground(letter):
            yield Gap("acts", f"Ground {letter} ({says}) is tied to no act.", stops=True)


def _terms(draft: Draft) -> Iterator[Gap]:
    if not draft.terms:
        yield Gap("terms", "No term is asked for yet.", stops=True)
    for term in draft.terms:
        if not term.acts:
            yield Gap("terms", f"Term {term.number} is tied to no act, so it cannot be asked for.", True, term=term.id)
        for says in drafting_checks(term):
            yield Gap("terms", f"Term {term.number} {says}", term=term.id)
    yield from _alike(draft.terms)


def drafting_checks(term: Term) -> Iterator[str]:
    """What to look at in a term, as the rest of a sentence that begins with its number."""
    yield from _wording(term)
    if not term.policed:
        yield "does not say how it will be policed."
    for name, says in TOUCHES.items():
        if not term.touches.get(name):
            yield f"has not been checked yet for {says}."
    if "settled" in term.touches.values() and not term.settled:
        yield "affects something, and nothing says how that was settled."
    if term.needs_provider and not term.provider:
        yield "asks for a place with a provider. Nobody has confirmed one yet."


def _wording(term: Term) -> Iterator[str]:
    said = " " + re.sub(r"[^\w/’'-]+", " ", term.text.lower()) + " "
    for word in VAGUE:
        if f" {word} " in said:
            yield f"says “{word}”. Would two officers read it the same way?"
    longest = max((len(one.split()) for one in _SENTENCES.split(term.text)), default=0)
    if longest > LONG_SENTENCE:
        yield f"has a sentence of {longest} words. Can it be two?"
    code = order_conditions()[term.library].category
    if code == "proximity" and not DISTANCE.search(term.text):
        yield "names no distance that can be measured."
    if code == "exclusion_zone" and term.map is None:
        yield "has no map as its exhibit. A mapped zone can be wide enough to give no address away."
    elif code == "exclusion_zone" and "map" not in term.text.lower():
        yield "has a map, and its words do not name it."


def _alike(terms: tuple[Term, ...]) -> Iterator[Gap]:
    said: dict[str, int] = {}
    for term in terms:
        plain = " ".join(re.findall(r"\w+", term.text.lower()))
        if plain in said:
            yield Gap("terms", f"Term {term.number} says the same as term {said[plain]}.", term=term.id)
        said.setdefault(plain, term.number)


def begun(text: str, draft: Draft) -> tuple[str, str]:
    """What a new term begins with, for its writer to change: the library's words with the person protected by name,
    where it is one; and how the term before it will be policed.
    """
    names = [one.strip() for one in draft.said("protected", "names").splitlines() if one.strip()]
    text = text.replace("the protected person", names[0]) if len(names) == 1 else text
    return text, draft.terms[-1].policed if draft.terms else ""


def because(term: Term) -> str:
    """`because of acts 4, 9, 31`."""
    if not term.acts:
        return "tied to no act yet"
    return f"because of act{'s' if len(term.acts) > 1 else ''} {', '.join(map(str, term.acts))}"


def _numbers(numbers: Iterator[int] | list[int]) -> str:
    told = sorted(numbers)
    return f"Act {told[0]} is" if len(told) == 1 else f"Acts {', '.join(map(str, told))} are"
