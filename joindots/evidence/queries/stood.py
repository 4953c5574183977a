"""One record with the file it came from: its line as it stood there, who brought the file in, what people linked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import permissions
from joindots.evidence.models import Link, Reading, SourceFile
from joindots.evidence.queries.files import _original
from joindots.evidence.queries.lines import line_at
from joindots.evidence.queries.links import LinkView, link_view
from joindots.evidence.queries.shown import Line
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Place
from joindots.evidence.readers.sandbox.parent import read_in_child
from joindots.evidence.readers.stood import MOST, stood_in
from joindots.kernel.problems import NotFound


@dataclass(frozen=True, slots=True)
class Stood:
    """One record of a file that was read. `text` is what stands there in the file; empty where that is not shown."""

    line: Line
    name: str
    sha256: str
    format: str
    given_by: str
    given_at: datetime
    read_at: datetime
    readings: int
    """How often the file was read; after an answer to a question it is read anew."""
    place: Place
    text: str
    cut: bool
    """Whether the record is longer than what is shown of it."""
    links: tuple[LinkView, ...] = field(default=())


@reads_one(permissions.GET_ORIGINAL, SourceFile)
def stood(actor: Actor, source: SourceFile, seq: int) -> Stood:
    """One record with its bytes as they stand in the file. That somebody looks is noted, for the file's custody.

    Words of another person that are kept back are kept back here too: of such a record no byte is opened.
    """
    held = Reading.objects.filter(source=source, state=Reading.State.HELD).first()
    case = Case.objects.get(circle=source.circle_id)
    line = line_at.run(actor, case, source.pk, held.generation, seq) if held else None
    if held is None or line is None:
        raise NotFound
    actor.record(source.circle_id, "evidence.record_looked_at", source=source.pk)
    place = line.record.place
    text = "" if line.kept_back else _text(actor, source, place)
    return Stood(
        line, actor.keys.open(source.name), actor.keys.open(source.sha256), held.format, source.given_by.user.name,
        source.given_at, held.at, held.generation, place, text, bool(text) and (place.length or 0) > MOST,
        _links(actor, source, seq),
    )  # fmt: skip


def _text(actor: Actor, source: SourceFile, place: Place) -> str:
    """What stands at a place; empty where the format has no span of bytes, or it cannot be opened any more."""
    if place.byte is None or not place.length:
        return ""
    kept = _original(actor, source, "")
    if place.member is None:
        with kept.open() as stream:
            return stood_in(stream, place.byte, place.length)
    found = bytearray()
    span = (place.member, place.byte, place.length)
    try:
        with read_in_child(kept.open, kept.name, kept.sha256, lines=found.extend, span=span) as reading:
            for _ in reading.batches():
                continue
    except NotReadable:
        return ""
    return found.decode("utf-8", "replace")


def _links(actor: Actor, source: SourceFile, seq: int) -> tuple[LinkView, ...]:
    """The links of a record, and of the whole file it stands in; undone ones too."""
    mine = Link.objects.filter(Q(ends__seq=seq) | Q(ends__seq=None), ends__source=source).distinct()
    return tuple(link_view.run(actor, one) for one in mine.order_by("at", "id")[:50])
