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
