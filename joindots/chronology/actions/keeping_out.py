"""Keeping records, entries, exhibits and files out of disclosure, and looking pictures over."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import KeptOut, LookedOver
from joindots.documents.leaks.protected import Protected
from joindots.documents.redaction.texts import spans
from joindots.evidence import pages
from joindots.evidence.models import Exhibit, Incident, Page, Reading, SourceFile
from joindots.evidence.readers.records import Communication
from joindots.evidence.rules import links
from joindots.evidence.rules.links import End
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.people.rules.protected import MOST_LETTERS, can_say_why, can_withdraw
from joindots.people.tasks import only_on_her_side
from joindots.vault.models import Tier


@writes(permissions.KEEP_OUT, Case)
def keep_out(actor: Actor, case: Case, *, end: End, why: str, part: str = "") -> UUID:
    """Keep one thing out of disclosure, or some of its words, with a reason.

    A record told by several files is kept out of all of them. Packs made before can no longer be released.
    """
    only_on_her_side(actor, case.circle_id)
    can_say_why(why).or_raise()
    part = part.strip()
    if len(part) > MOST_LETTERS:
        raise RuleBroken(words("part_long", "Shorten the words to {most} letters, or keep all of it out.",
                               most=MOST_LETTERS))  # fmt: skip
    row = KeptOut(circle_id=case.circle_id, by_id=actor.membership_id, at=actor.at, **_target(actor, case, end))
    kept = row.source or row.exhibit
    row.address = kept.address if kept else ""
    if part:
        _refuse_unless_there(part, _texts(actor, row))
    actor.keys.seal(row, part=part, why=why.strip(), lifted_why="")
    row.save(force_insert=True)
    actor.record(case.circle_id, "chronology.kept_out", mark=row.pk, part=bool(part), **_named(row))
    return row.pk


@writes(permissions.KEEP_OUT, KeptOut)
def lift(actor: Actor, row: KeptOut, *, why: str) -> None:
    """Lift a mark: what it kept out may be in the next pack. The mark stays, with who, when and why."""
    only_on_her_side(actor, row.circle_id)
    can_withdraw(withdrawn=row.lifted_at, why=why).or_raise()
    row.lifted_by_id, row.lifted_at = actor.membership_id, actor.at
    actor.keys.seal(row, lifted_why=why.strip())
    row.save(update_fields=("lifted_by", "lifted_at", "lifted_why"))
    actor.record(row.circle_id, "chronology.kept_out_lifted", mark=row.pk, **_named(row))


@writes(permissions.KEEP_OUT, Case)
def look_over(actor: Actor, case: Case, *, source: int | None = None, exhibit: UUID | None = None) -> None:
    """Say in one's own name that nothing of what must never leave can be seen in a picture."""
    only_on_her_side(actor, case.circle_id)
    target = _target(actor, case, End(source=source, exhibit=exhibit))
    standing = LookedOver.objects.filter(circle=case.circle_id, taken_back_at=None, **target)
    if not standing.exists():
        LookedOver.objects.create(circle_id=case.circle_id, by_id=actor.membership_id, at=actor.at, **target)
    actor.record(case.circle_id, "chronology.looked_over", **_ids(target))


@writes(permissions.KEEP_OUT, Case)
def look_again(actor: Actor, case: Case, *, source: int | None = None, exhibit: UUID | None = None) -> None:
    """Take back that a picture was looked over: it stays out until somebody looks again."""
    only_on_her_side(actor, case.circle_id)
    target = _target(actor, case, End(source=source, exhibit=exhibit))
    LookedOver.objects.filter(circle=case.circle_id, taken_back_at=None, **target).update(
        taken_back_by=actor.membership_id, taken_back_at=actor.at
    )
    actor.record(case.circle_id, "chronology.look_taken_back", **_ids(target))


def _target(actor: Actor, case: Case, end: End) -> dict[str, Any]:
    """The columns that name one thing of this case; NotFound for anything else."""
    if end.entry:
        return {"incident": _there(Incident.objects.filter(circle=case.circle_id, reference=end.entry).first())}
    if end.exhibit is not None:
        return {"exhibit": _there(Exhibit.objects.filter(circle=case.circle_id, pk=end.exhibit).first())}
    if end.source is None:
        raise NotFound
    source = _there(SourceFile.objects.filter(circle=case.circle_id, pk=end.source).first())
    if end.seq is None:
        return {"source": source}
    return {"source": source, "seq": end.seq, "mark": _mark(actor, source, end.seq)}


def _mark(actor: Actor, source: SourceFile, seq: int) -> str:
    """The keyed mark of where a record stands in its file, as the reading that is shown has it."""
    place = _record(actor, source, seq).place
    return links.mark_of(actor.keys.cabinet.key(source.circle_id, Tier.NARRATIVE), place)


def _record(actor: Actor, source: SourceFile, seq: int) -> Communication:
    number, place = divmod(seq, pages.RECORDS)
    held = Page.objects.filter(reading__source=source, reading__state=Reading.State.HELD, number=number).first()
    records = pages.unpacked(actor.keys.open_bytes(_there(held).words))
    if place >= len(records):
        raise NotFound
    return records[place]


def _texts(actor: Actor, row: KeptOut) -> list[str]:
    """The words of an entry or a record; a file has none that could be kept out by themselves."""
    if row.incident is not None:
        newest = row.incident.versions.order_by("-number").first()
        return [text for text in asdict(_there(newest).telling(actor.keys.open)).values() if isinstance(text, str)]
    if row.source is None or row.seq is None:
        raise RuleBroken(words("part_of_file", "A file is kept out as a whole. Leave the words empty."))
    record = _record(actor, row.source, row.seq)
    return [text for text in (record.text, *record.extra.values()) if isinstance(text, str)]


def _refuse_unless_there(part: str, found: list[str]) -> None:
    """RuleBroken where the words would not be found: somebody would believe them kept out, and they would leave."""
    wanted = Protected.of((part,))
    if not any(spans(text, wanted) for text in found):
        raise RuleBroken(
            words("part_not_there", "These words are not found in it. Copy them as they stand, three letters or more, "
                  "or keep all of it out.")
        )  # fmt: skip


def _named(row: KeptOut) -> dict[str, Any]:
    return _ids({"source": row.source, "exhibit": row.exhibit, "incident": row.incident})


def _ids(target: dict[str, Any]) -> dict[str, Any]:
    """What a mark is on, as the trail names it."""
    incident = target.get("incident")
    found = {name: one.pk for name in ("source", "exhibit") if (one := target.get(name)) is not None}
    return {**found, "entry": incident.reference} if incident is not None else found


def _there(found: Any) -> Any:
    if found is None:
        raise NotFound
    return found
