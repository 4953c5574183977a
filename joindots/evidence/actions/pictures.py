"""What is made of a picture: a small one to look at, and its words, suggested by a machine, confirmed by a person."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence import permissions, rules
from joindots.evidence.actions.arriving import READ
from joindots.evidence.models import Exhibit, Reading, SourceFile, Thumbnail, Transcript
from joindots.evidence.readers.pictures.small import Small
from joindots.evidence.rules import screenshots
from joindots.evidence.rules.screenshots import Sheet
from joindots.jobs import actions as jobs


@writes(permissions.SEE_EVIDENCE, SourceFile)
def keep_thumbnail(actor: Actor, source: SourceFile, *, small: Small) -> None:
    """Keep a small picture of a file, with the hash of the file it was made from."""
    row = Thumbnail.objects.filter(source=source).first() or Thumbnail(source=source)
    _keep(actor, row, source, small)


@writes(permissions.SEE_EVIDENCE, Exhibit)
def keep_thumbnail_inside(actor: Actor, exhibit: Exhibit, *, small: Small) -> None:
    """Keep a small picture of a file found inside another."""
    row = Thumbnail.objects.filter(exhibit=exhibit).first() or Thumbnail(exhibit=exhibit)
    _keep(actor, row, exhibit, small)


@writes(permissions.ANSWER, SourceFile)
def keep_suggestion(actor: Actor, source: SourceFile, *, sheet: Sheet) -> None:
    """Keep what a machine read in a picture. It is a suggestion: no list, count or pack knows of it."""
    _case_is_open(source)
    row = source.transcripts.filter(number=Transcript.SUGGESTED).first() or Transcript(
        circle_id=source.circle_id, source=source, number=Transcript.SUGGESTED
    )
    row.by_id, row.at = actor.membership_id, actor.at
    actor.keys.seal_bytes(row, "sheet", screenshots.encoded(sheet))
    row.save()
    actor.record(source.circle_id, "evidence.words_suggested", source=source.pk, lines=len(sheet.lines))


@writes(permissions.ANSWER, SourceFile)
def confirm_words(actor: Actor, source: SourceFile, *, sheet: Sheet, seen: int | None) -> UUID:
    """Keep what a picture says as a person read it, as a new version, and read the file anew with it. The work's id.

    `seen` is the number of the version that the person saw, None where there was none. Nothing is overwritten.
    """
    _case_is_open(source)
    rules.can_choose_now(source.readings.filter(state=Reading.State.HELD).exists()).or_raise()
    screenshots.can_confirm(sheet).or_raise()
    last = source.transcripts.aggregate(last=Max("number"))["last"]
    screenshots.can_follow(seen, last).or_raise()
    source.readings.filter(state=Reading.State.ARRIVING).update(state=Reading.State.PAST)
    row = Transcript(circle_id=source.circle_id, source=source, number=(last or 0) + 1)
    row.by_id, row.at = actor.membership_id, actor.at
    actor.keys.seal_bytes(row, "sheet", screenshots.encoded(sheet))
    row.save(force_insert=True)
    actor.record(source.circle_id, "evidence.words_confirmed", source=source.pk, number=row.number)
    return jobs.start(actor, Ref(source.circle_id), kind=READ, subject=str(source.pk), total=source.size)


def _keep(actor: Actor, row: Thumbnail, of: SourceFile | Exhibit, small: Small) -> None:
    row.circle_id, row.at = of.circle_id, actor.at
    row.full_width, row.full_height = small.full_width, small.full_height
    actor.keys.seal(row, of_sha256=actor.keys.open(of.sha256))
    actor.keys.seal_bytes(row, "png", small.png)
    row.save()
    actor.record(of.circle_id, "evidence.picture_made_small", of=str(of.pk))


def _case_is_open(source: SourceFile) -> None:
    casework.can_work(casework.State(Case.objects.get(circle=source.circle_id).state)).or_raise()
