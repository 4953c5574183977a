"""Papers that leave a case as a PDF: searched for what must never leave before anybody holds one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.chronology.work import scratch_folder
from joindots.documents.leaks.finding import find
from joindots.documents.leaks.protected import Protected, Word
from joindots.documents.plain import Part, notes_pdf
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import Words


def paper(
    actor: Actor, circle: UUID, title: str, content: Sequence[Part], leaks: Words, *, opening: Sequence[str] = ()
) -> bytes:
    """The paper as a PDF. Where it names something on the list of what must never leave, RuleBroken with `leaks`."""
    data = notes_pdf(title, content, actor.at, scratch_folder(), opening=opening)
    listed = parts.protected(actor, circle)
    protected = Protected(tuple(Word(word, kind) for word, kind in listed.items()))  # type: ignore[arg-type]  # the list's kinds are among those of the check
    if find([("paper.pdf", data)], protected):
        raise RuleBroken(leaks)
    return data
