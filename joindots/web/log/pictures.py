"""Pictures and other files that a form sends with an entry: each is kept as an original before anything is linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.evidence import actions
from joindots.evidence import queries as evidence
from joindots.evidence.rules.links import SHOWS, End
from joindots.evidence.uploads import SealedUpload
from joindots.kernel.problems import NotFound, RuleBroken

MOST = 20
"""Files of one sending."""
EMPTY = "{name} is empty, so there is nothing to keep. Choose it again."
TOO_LARGE = "{name} is larger than 2 GB, the most that is taken at one time."
MANY = "Choose at most {most} files at one time; the first {most} are kept."


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept with the case and can be linked."""

    id: int
    name: str
    size: int


def brought(request: HttpRequest, actor: Actor, case: Ref) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Keep the files that came with a form among the case's files, and queue their reading: their ids, and a sentence
    for each that was not kept. One that the case holds already is that one.
    """
    uploads = [one for one in request.FILES.getlist("file") if isinstance(one, SealedUpload)]
    kept: list[int] = []
    wrong: list[str] = [MANY.format(most=MOST)] if len(uploads) > MOST else []
    for one in uploads[:MOST]:
        name = one.name or "file"
        if not one.size:
            wrong.append(EMPTY.format(name=name))
            continue
        try:
            kept.append(actions.bring_in(actor, case, name=name, sealed=one.sealed).source)
        except RuleBroken as broken:
            wrong.append(str(broken))
    large = [one for one in request.upload_handlers if getattr(one, "too_large", False)]
    wrong += [TOO_LARGE.format(name=getattr(one, "file_name", None) or "The file") for one in large]
    return tuple(dict.fromkeys(kept)), tuple(dict.fromkeys(wrong))


def named(actor: Actor, case: Ref, ids: Sequence[int]) -> tuple[Kept, ...]:
    """Files of the case by their ids; one that is not there, or not of this case, is passed over."""
    found = []
    for source in ids:
        try:
            view = evidence.file(actor, Ref(source)).file
        except NotFound:
            continue
        if view.case == case.key:
            found.append(Kept(view.id, view.name, view.size))
    return tuple(found)


def link_all(actor: Actor, case: Ref, entry: str, ids: Sequence[int]) -> None:
    """Link files with an entry that they show. One that was removed meanwhile is passed over."""
    for source in ids:
        try:
            actions.link(actor, case, kind=SHOWS, ends=(End(entry=entry), End(source=source)))
        except NotFound:
            continue
