"""The application for an order is drafted: it is begun, its parts are written, its acts chosen, its terms worded."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework.models import Case
from joindots.chronology import queries as chronology
from joindots.evidence.models import Incident
from joindots.evidence.queries.incidents import IncidentPage, standing
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.words import words
from joindots.orders import permissions, rules, tasks
from joindots.orders.models import Order, OrderPack, PackAct, PackPart, PackTerm
from joindots.orders.queries.packs import pack
from joindots.orders.rules import exhibits, packs, papers, selecting
from joindots.orders.tasks.signing import asked_to_sign, end_asked


@writes(permissions.DRAFT_PACK, Order)
def begin_pack(actor: Actor, row: Order) -> UUID:
    """Begin the application for an order. There is one to an order: where it was begun already, that one."""
    tasks.refuse_closed(row.circle_id)
    if row.kind != rules.SPO or row.told_on is not None:
        raise RuleBroken(words("pack_not_here", "A pack is only for a stalking protection order that is looked after "
                               "here."))  # fmt: skip
    pack = OrderPack.objects.filter(order=row).first()
    if pack is None:
        pack = OrderPack.objects.create(circle_id=row.circle_id, order=row, by_id=actor.membership_id, at=actor.at)
    actor.record(row.circle_id, "orders.pack_begun", pack=pack.pk)
    return pack.pk


@writes(permissions.DRAFT_PACK, OrderPack)
def keep_part(actor: Actor, row: OrderPack, *, part: str, sheet: Mapping[str, str], done: bool, seen: int = 0) -> None:
    """Keep a part as typed, and whether the writer calls it completed. `seen` is the version it had in the window."""
    tasks.refuse_closed(row.circle_id)
    if part not in packs.FORMS:
        raise NotFound
    kept = packs.sheet_of(part, sheet)
    packs.can_keep_part(part, kept).or_raise()
    there = row.parts.filter(part=part).first()
    if (there.version if there else 0) != seen:
        raise OutOfDate
    one = there or PackPart(circle_id=row.circle_id, pack=row, part=part, version=0)
    one.done, one.by_id, one.at, one.version = done, actor.membership_id, actor.at, one.version + 1
    actor.keys.seal(one, sheet=json.dumps(kept, ensure_ascii=False, sort_keys=True))
    one.save()
    _settle(actor, row)
    actor.record(row.circle_id, "orders.pack_part", pack=row.pk, part=part, done=done)


@writes(permissions.CHOOSE_ACTS, OrderPack)
def add_acts(actor: Actor, row: OrderPack, *, entries: Collection[str]) -> int:
    """Rely on these entries of the log, in the words they were written in, shortened; how many were new.

    Each takes the reference of the first of its files that has one. Nothing is tied to a ground by this.
    """
    tasks.refuse_closed(row.circle_id)
    chosen = dict(row.acts.values_list("incident__reference", "pk"))
    wanted = [one for one in dict.fromkeys(entries) if one not in chosen]
    packs.can_add_acts(len(chosen), len(wanted)).or_raise()
    case = _case(row)
    given = chronology.references.run(actor, case)
    ids = dict(Incident.objects.filter(circle=row.circle_id, reference__in=wanted).values_list("reference", "pk"))
    pages = standing.run(actor, case, entries=tuple(ids))
    if len(pages) != len(wanted):
        raise RuleBroken(words("act_gone", "An entry that was ticked is not in the log any more. Open the list again."))
    for page in pages:
        _rely(actor, row, ids[page.view.reference], page, given)
    _settle(actor, row)
    actor.record(row.circle_id, "orders.pack_acts", pack=row.pk, added=len(pages))
    return len(pages)


def _rely(
    actor: Actor, row: OrderPack, incident: UUID, page: IncidentPage, given: Mapping[str, tuple[str, str]]
) -> None:
    view, told = page.view, page.telling
    act = PackAct(
        circle_id=row.circle_id, pack=row, incident_id=incident, entry_version=view.number, kinds=list(view.kinds),
        told_by=view.told_by, by_id=actor.membership_id, at=actor.at, earliest=view.when.earliest,
        latest=view.when.latest, precision=view.when.precision, zone_basis=view.when.zone_basis,
        time_flags=" ".join(view.when.flags),
    )  # fmt: skip
    shown = next((one for one in page.files if one.sha256 in given), None)
    exhibit = exhibits.of_file(given[shown.sha256][0], shown.name, shown.size, shown.sha256) if shown else None
    actor.keys.seal(
        act, given=view.when.given, act=selecting.in_few_words(view.says, told.words),
        source=f"Log {view.reference}, {selecting.TOLD[view.told_by]}", prover="", exhibit=exhibits.kept(exhibit),
    )  # fmt: skip
    act.save(force_insert=True)


@writes(permissions.DRAFT_PACK, OrderPack)
def mark_acts(
    actor: Actor, row: OrderPack, *, acts: Collection[UUID], grounds: str = "", prover: str = "", take_out: bool = False
) -> None:
    """Tie several acts to grounds, name who will prove them, or take them out of the schedule (and off every term)."""
    tasks.refuse_closed(row.circle_id)
    packs.can_be_act("-", "", prover, grounds).or_raise()
    found = list(row.acts.filter(pk__in=list(acts)))
    if not found:
        raise RuleBroken(words("acts_unticked", "Tick the acts that it is about."))
    if take_out:
        _take_out(row, [one.pk for one in found])
    else:
        for one in found:
            one.grounds = "".join(sorted({*one.grounds, *grounds}))
            one.version, one.by_id, one.at = one.version + 1, actor.membership_id, actor.at
            if prover.strip():
                actor.keys.seal(one, prover=prover.strip())
            one.save()
    _settle(actor, row)
    actor.record(row.circle_id, "orders.pack_acts_marked", pack=row.pk, acts=len(found), taken_out=take_out)


def _take_out(row: OrderPack, gone: Collection[UUID]) -> None:
    names = {str(one) for one in gone}
    for term in row.terms.all():
        if names & set(term.acts):
            term.acts, term.version = [one for one in term.acts if one not in names], term.version + 1
            term.save(update_fields=("acts", "version"))
    row.acts.filter(pk__in=list(gone)).delete()


@writes(permissions.DRAFT_PACK, OrderPack)
def word_act(
    actor: Actor, row: OrderPack, *, act: UUID, says: str, source: str, prover: str, grounds: str, seen: int
) -> None:
    """Word one line of the schedule, and say which grounds it speaks to."""
    tasks.refuse_closed(row.circle_id)
    packs.can_be_act(says, source, prover, grounds).or_raise()
    one = _child(row.acts.filter(pk=act), seen)
    one.grounds, one.version = "".join(sorted(set(grounds))), one.version + 1
    one.by_id, one.at = actor.membership_id, actor.at
    actor.keys.seal(one, act=says.strip(), source=source.strip(), prover=prover.strip())
    one.save()
    _settle(actor, row)
    actor.record(row.circle_id, "orders.pack_act_worded", pack=row.pk, act=act)


@writes(permissions.CHOOSE_ACTS, OrderPack)
def show_act(actor: Actor, row: OrderPack, *, act: UUID, reference: str, seen: int) -> None:
    """Say by which exhibit an act is shown, of the files that have a reference; empty takes it off.

    An act whose entry was corrected since is taken as read again.
    """
    tasks.refuse_closed(row.circle_id)
    one = _child(row.acts.filter(pk=act), seen)
    found = _file(actor, row, reference) if reference else None
    one.version, one.entry_version = one.version + 1, one.incident.number
    one.by_id, one.at = actor.membership_id, actor.at
    actor.keys.seal(one, exhibit=exhibits.kept(found))
    one.save()
    _settle(actor, row)
    actor.record(row.circle_id, "orders.pack_act_shown", pack=row.pk, act=act, has=bool(found))


@writes(permissions.CHOOSE_ACTS, OrderPack)
def map_term(actor: Actor, row: OrderPack, *, term: UUID, reference: str, seen: int) -> None:
    """Say which exhibit is the map of a term, of the files that have a reference; empty takes it off."""
    tasks.refuse_closed(row.circle_id)
    one = _child(row.terms.filter(pk=term), seen)
    found = _file(actor, row, reference) if reference else None
    one.version, one.by_id, one.at = one.version + 1, actor.membership_id, actor.at
    actor.keys.seal(one, map=exhibits.kept(found))
    one.save()
    _settle(actor, row)
    actor.record(row.circle_id, "orders.pack_term_mapped", pack=row.pk, number=one.number, has=bool(found))


def _file(actor: Actor, row: OrderPack, reference: str) -> packs.ExhibitOf:
    """An exhibit of the case by its reference."""
    files = {file.reference: file for file in chronology.exhibits.run(actor, _case(row)) if file.reference}
    if reference not in files:
        raise RuleBroken(words("exhibit_unknown", "Choose an exhibit that has a reference."))
    file = files[reference]
    return exhibits.of_file(reference, file.name, file.size or 0, file.sha256)


@writes(permissions.DRAFT_PACK, OrderPack)
def keep_term(
    actor: Actor, row: OrderPack, *, term: UUID | None, library: str, text: str, acts: Iterable[UUID], policed: str,
    touches: Mapping[str, str], settled: str, provider: str, seen: int = 0,
) -> UUID:  # fmt: skip
    """Keep a term: its words, the acts that make it necessary, how it will be policed, and what it touches."""
    tasks.refuse_closed(row.circle_id)
    packs.can_be_term(library, text, (policed, settled, provider), touches).or_raise()
    known = set(row.acts.values_list("pk", flat=True))
    if term is None:
        last = row.terms.order_by("-number").first()
        number = last.number + 1 if last else 1
        if number > packs.MOST_TERMS:
            raise RuleBroken(
                words("terms_many", "An application asks for at most {most} terms.", most=packs.MOST_TERMS)
            )
        one = PackTerm(circle_id=row.circle_id, pack=row, number=number, version=0)
    else:
        one = _child(row.terms.filter(pk=term), seen)
    one.library, one.by_id, one.at, one.version = library, actor.membership_id, actor.at, one.version + 1
    one.acts = [str(act) for act in dict.fromkeys(acts) if act in known]
    for name in packs.TOUCHES:
        setattr(one, name, touches.get(name, ""))
    actor.keys.seal(one, text=text.strip(), policed=policed.strip(), settled=settled.strip(), provider=provider.strip())
    one.save()
    _settle(actor, row)
    actor.record(row.circle_id, "orders.pack_term", pack=row.pk, number=one.number, acts=len(one.acts))
    return one.pk


@writes(permissions.DRAFT_PACK, OrderPack)
def drop_term(actor: Actor, row: OrderPack, *, term: UUID, seen: int) -> None:
    """Take a term out of the draft; those after it move up."""
    tasks.refuse_closed(row.circle_id)
    gone = _child(row.terms.filter(pk=term), seen)
    number = gone.number
    gone.delete()
    for place, one in enumerate(row.terms.filter(number__gt=number).order_by("number"), start=number):
        one.number = place
        one.save(update_fields=("number",))
    _settle(actor, row)
    actor.record(row.circle_id, "orders.pack_term_dropped", pack=row.pk, number=number)


def _settle(actor: Actor, row: OrderPack) -> None:
    """Whoever is asked to sign another content than now stands is asked no more."""
    if asked_to_sign(row) is not None:
        end_asked(row, but=papers.hash_of(pack.run(actor, row).draft))


def _case(row: OrderPack) -> Case:
    return Case.objects.get(circle=row.circle_id)


One = TypeVar("One", PackAct, PackTerm)


def _child(rows: QuerySet[One], seen: int) -> One:
    """A row of the pack as it stood in the window; NotFound where it is none of it, OutOfDate where it changed."""
    found = rows.first()
    if found is None:
        raise NotFound
    if found.version != seen:
        raise OutOfDate
    return found
