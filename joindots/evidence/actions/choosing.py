"""What a person says about a file: answers to its questions, and what of it is taken in. It is then read anew."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence import findings, permissions, rules
from joindots.evidence.actions.arriving import READ
from joindots.evidence.models import Reading, SourceFile
from joindots.evidence.readers.answers import Answer
from joindots.evidence.rules import keeping
from joindots.evidence.rules.keeping import Choice
from joindots.jobs import actions as jobs
from joindots.kernel.problems import NotFound


@writes(permissions.ANSWER, SourceFile)
def answer(actor: Actor, source: SourceFile, *, answers: tuple[Answer, ...]) -> UUID:
    """Keep answers to a file's questions and queue a new reading with them; the held one stays meanwhile."""
    _case_is_open(source)
    held = source.readings.filter(state=Reading.State.HELD).first()
    if held is None:
        raise NotFound
    job = _read_anew(actor, source, held, answers, None)
    names = sorted({one.question for one in answers})
    actor.record(source.circle_id, "evidence.answered", source=source.pk, questions=names)
    return job


@writes(permissions.ANSWER, SourceFile)
def choose(actor: Actor, source: SourceFile, *, choice: Choice, answers: tuple[Answer, ...] = ()) -> UUID:
    """Say what of a file is taken in, before the first time or again, and queue a reading by it.

    The file itself is kept whole. What was taken in before stays shown until the new reading is.
    """
    _case_is_open(source)
    shown = source.readings.filter(state__in=(Reading.State.HELD, Reading.State.CHOOSING)).first()
    rules.can_choose_now(shown is not None).or_raise()
    if shown is None:
        raise NotFound
    found = findings.decoded(actor.keys.open_bytes(shown.findings))
    known = found.survey.senders if found.survey else found.senders
    keeping.can_choose(choice, [(one.shown, one.key) for one in known]).or_raise()
    job = _read_anew(actor, source, shown, answers, choice)
    senders, period = len(choice.senders or ()), bool(choice.first or choice.last)
    actor.record(source.circle_id, "evidence.chosen", source=source.pk, senders=senders, period=period)
    return job


def _read_anew(
    actor: Actor, source: SourceFile, shown: Reading, answers: tuple[Answer, ...], choice: Choice | None
) -> UUID:
    """Queue a reading with these answers on top of those given before; no choice: as it was chosen before."""
    first = shown.state == Reading.State.CHOOSING
    source.readings.filter(state=Reading.State.ARRIVING).update(state=Reading.State.PAST)
    last = source.readings.aggregate(last=Max("generation"))["last"] or 0
    row = Reading(circle_id=source.circle_id, source=source, generation=last + 1, at=actor.at)
    before = findings.decoded_answers(actor.keys.open_bytes(shown.answers))
    asked = {(one.question, one.about) for one in answers}
    together = (*(one for one in before if (one.question, one.about) not in asked), *answers)
    actor.keys.seal_bytes(row, "answers", findings.encoded_answers(together))
    kept = keeping.encoded(choice) if choice else actor.keys.open_bytes(shown.choice)
    actor.keys.seal_bytes(row, "choice", kept or keeping.encoded(keeping.WHOLE_FILE))
    row.save()
    if first:
        source.readings.filter(pk=shown.pk).update(state=Reading.State.PAST)
        SourceFile.objects.filter(pk=source.pk).update(state=SourceFile.State.ARRIVED)
    return jobs.start(actor, Ref(source.circle_id), kind=READ, subject=str(source.pk), total=source.size)


def _case_is_open(source: SourceFile) -> None:
    casework.can_work(casework.State(Case.objects.get(circle=source.circle_id).state)).or_raise()
