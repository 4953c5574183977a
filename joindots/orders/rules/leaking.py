"""Where a draft names what must not leave: in a term it stops the draft, elsewhere it is kept back (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from joindots.documents.leaks.looking import Looking
from joindots.documents.leaks.matching import matcher
from joindots.documents.leaks.protected import Protected, Word, kind_says
from joindots.orders.rules.drafting import Gap
from joindots.orders.rules.packs import FORMS, Draft

Spot = tuple[str, str, str, UUID | None]
"""Part, place in words, text, and which act or term it is."""


def protected_of(listed: Mapping[str, str], draft: Draft) -> Protected:
    """All that must not leave, and the respondent's own names and address, which are never taken for a misspelling."""
    own = (draft.said("respondent", one) for one in ("name", "aliases", "address"))
    known = tuple(line.strip() for said in own for line in said.splitlines() if line.strip())
    return Protected(tuple(Word(word, kind) for word, kind in listed.items()), known)  # type: ignore[arg-type]  # the list's kinds are among those of the check


def leaks(draft: Draft, protected: Protected) -> tuple[Gap, ...]:
    """Where the draft names what must not leave, each place once for each kind. No word of it is repeated.

    A term, and the names of those protected and of the respondent, say nothing once words are cut out of them, and go
    to the respondent as they are: there it stops the draft.
    """
    seeking = matcher(protected)
    found: list[Gap] = []
    for part, place, text, row in _texts(draft):
        looking = Looking(seeking)
        looking.text(place, text)
        for kind in sorted({one.kind for one in looking.found}):
            stops = part in ("terms", "respondent", "protected")
            end = (
                "The words are not shown here, and no copy was made. Say it without them."
                if stops
                else "It is kept back on the papers. Say it without them, if it can be said so."
            )
            says = f"{place} names {kind_says(kind)} that must not leave. {end}"
            found.append(
                Gap(part, says, stops, row if part == "acts" else None, row if part == "terms" else None, leak=True)
            )
    return tuple(found)


def _texts(draft: Draft) -> Iterator[Spot]:
    for part, form in FORMS.items():
        told = [draft.said(part, one.code) for one in form.fields if not one.inside]
        if any(told):
            yield part, form.title, "\n".join(filter(None, told)), None
    for act in draft.acts:
        yield "acts", f"Act {act.number}", f"{act.says}\n{act.source}\n{act.prover}", act.id
    for term in draft.terms:
        said = (term.text, term.policed, term.settled, term.provider)
        yield "terms", f"Term {term.number}", "\n".join(filter(None, said)), term.id


def kept_out(draft: Draft, marks: Mapping[str, frozenset[str]]) -> tuple[Gap, ...]:
    """Acts that rest on an entry somebody keeps out of disclosure: whole, or some words of it that the act tells.

    `marks`: by entry, the words kept out; an empty one is all of it. A person decided that it does not leave, so it
    stops the draft. No word of it is repeated.
    """
    found = []
    for act in draft.acts:
        parts = marks.get(act.entry, frozenset())
        if "" in parts:
            says = f"Act {act.number} rests on an entry that is kept out of disclosure. Take it out, or have it let in."
        elif any(_tells(act.says, part) for part in parts):
            says = f"Act {act.number} tells words of its entry that are kept out of disclosure. Say it without them."
        else:
            continue
        found.append(Gap("acts", says, True, act.id, leak=True))
    return tuple(found)


def _tells(text: str, words: str) -> bool:
    looking = Looking(matcher(Protected.of((words,))))
    looking.text("act", text)
    return bool(looking.found)
