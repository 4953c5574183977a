"""Changing what stands in a case; what came too late is set aside and kept beside what stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import permissions, rules
from joindots.casework.models import Case, OwnNumber, SetAside
from joindots.casework.tasks import refuse_others
from joindots.kernel.decisions import Decision
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.people import actions as people
from joindots.vault.blind import blind, generations

STANDS_AS = ("secondary", "child", "witness", "suspect")
FORMS = frozenset({"summary", "plan", "report", "letter"})
LONG = 20_000


def _workable(case: Case) -> Decision:
    return rules.can_work(rules.State(case.state))


@writes(permissions.CHANGE_CASE, Case, when=_workable)
def change_case(actor: Actor, case: Case, *, relation: str, own_number: str, summary: str) -> None:
    """Change what a case says: what the person reported is to them, the agency's own number, the summary."""
    if relation not in rules.RELATION_WORDS:
        raise RuleBroken(words("relation_unknown", "Choose what the person reported is to them from the list."))
    refuse_others(actor, case)
    changed = []
    if relation != case.relation:
        case.relation = relation
        changed.append("relation")
    if summary != actor.keys.open(case.summary):
        changed.append("summary")
    if own_number.strip() != actor.keys.open(case.own_number):
        changed.append("own_number")
        _number(actor, case, own_number.strip())
    actor.keys.seal(case, own_number=own_number.strip(), summary=summary)
    case.save(update_fields=("relation", "own_number", "summary"))
    actor.record(case.circle_id, "casework.changed", fields=changed)


@writes(permissions.CHANGE_CASE, Case)
def set_aside(actor: Actor, case: Case, *, form: str, fields: Mapping[str, str]) -> UUID:
    """Keep what somebody wrote into a form that another had changed meanwhile. Its id. One for each form and writer."""
    if form not in FORMS:
        raise RuleBroken(words("form_unknown", "There is no such form."))
    text = json.dumps(dict(fields), ensure_ascii=False)
    if len(text) > LONG:
        raise RuleBroken(words("too_long", "That is too long to keep. Shorten it."))
    SetAside.objects.filter(
        circle=case.circle_id, by=actor.membership_id, form=form, done_at=None
    ).update(done_at=actor.at)  # fmt: skip
    row = SetAside(circle_id=case.circle_id, by_id=actor.membership_id, at=actor.at, form=form)
    actor.keys.seal(row, fields=text)
    row.save()
    actor.record(case.circle_id, "casework.set_aside", form=form)
    return row.pk


@writes(permissions.CHANGE_CASE, SetAside)
def drop_set_aside(actor: Actor, row: SetAside) -> None:
    """Say that one's own words that were set aside are used or not needed. They stay in the case, out of sight."""
    if row.by_id != actor.membership_id:
        raise RuleBroken(words("not_your_words", "These are somebody else’s words."))
    row.done_at = actor.at
    row.save(update_fields=("done_at",))
    actor.record(row.circle_id, "casework.set_aside_done", form=row.form)


@writes(permissions.CHANGE_CASE, Case, when=_workable)
def add_somebody(actor: Actor, case: Case, *, name: str, stands_as: str) -> UUID:
    """Add somebody to a case: family or a friend affected too, a child, a witness, the person reported. Their id."""
    if not name.strip():
        raise RuleBroken(words("name_missing", "Enter a name, or what the person wants to be called."))
    if stands_as not in STANDS_AS:
        raise RuleBroken(words("stands_unknown", "Choose as what this person stands in the case."))
    person = people.add_person(actor, Ref(case.circle_id), name=name.strip()[:120], stands_as=stands_as)
    actor.record(case.circle_id, "casework.somebody_added", stands_as=stands_as)
    return person


def _number(actor: Actor, case: Case, number: str) -> None:
    """Let the case be found by its new number. A mark under which it was brought in stays as it was."""
    old = OwnNumber.objects.filter(circle=case.circle_id, kind=OwnNumber.Kind.OWN, agency=actor.agency_id)
    old.filter(brought_in=False).delete()
    if not number:
        return
    row = OwnNumber(
        circle_id=case.circle_id, agency_id=actor.agency_id, kind=OwnNumber.Kind.OWN, generation=generations()[0]
    )
    value = rules.same_number(number)
    row.index = blind(row.indexed, value, row.generation)
    actor.keys.seal(row, value=value)
    row.save()
