"""Material is marked as used or not, a form leaves as a paper, and others are lawfully asked for what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.chronology.work import scratch_folder
from joindots.documents.leaks.finding import find
from joindots.documents.order_papers import papers_docx, papers_pdf
from joindots.justice import permissions
from joindots.justice.models import Crime, HolderAsk, MaterialMark
from joindots.justice.queries.drafting import file_form
from joindots.justice.rules import case_file as rules
from joindots.justice.tasks import case_file as tasks
from joindots.justice.tasks.crimes import refuse_closed
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words


@writes(permissions.KEEP_FILE, Crime)
def mark_material(actor: Actor, row: Crime, *, keys: Sequence[str], use: str, described: str = "") -> None:
    """Say how pieces of material are used; one alone can be described in words for the schedule."""
    refuse_closed(row.circle_id)
    rules.can_keep(row.circle.agency_id == actor.agency_id).or_raise()
    rules.can_mark(use, described).or_raise()
    if not keys:
        raise RuleBroken(words("none_chosen", "Tick the material first."))
    if described.strip() and len(set(keys)) > 1:
        raise RuleBroken(words("describe_one", "Describe one piece at a time."))
    for key in dict.fromkeys(keys):
        mark = MaterialMark(circle_id=row.circle_id, crime=row, by_id=actor.membership_id, at=actor.at, use=use,
                            **tasks.material(row.circle_id, key))  # fmt: skip
        actor.keys.seal(mark, described=described.strip())
        mark.save(force_insert=True)
    actor.record(row.circle_id, "justice.material_marked", crime=row.pk, use=use, count=len(set(keys)))


@writes(permissions.KEEP_FILE, Crime)
def take_form(actor: Actor, row: Crime, *, code: str, word: bool = False) -> bytes:
    """A form of the case file as a PDF, or as a Word file to finish. Refused where it names what must not leave."""
    page = file_form(actor, Ref(row.pk), code)
    page.can_take.or_raise()
    papers = page.draft.papers
    data = papers_docx(papers) if word else papers_pdf({"form": papers}, actor.at, scratch_folder())["form"]
    if find([("form.docx" if word else "form.pdf", data)], page.protected):
        raise RuleBroken(words("form_leaks", "The form names something that must not leave. No copy was made. Write "
                               "it in other words."))  # fmt: skip
    actor.record(row.circle_id, "justice.form_left", crime=row.pk, form=code, word=word)
    return data


@writes(permissions.KEEP_FILE, Crime)
def ask_holder(actor: Actor, row: Crime, *, asking: rules.Asking) -> UUID:
    """Keep that somebody else was asked for what they hold, with every reason and that the victim was told of it."""
    refuse_closed(row.circle_id)
    rules.can_ask(asking, london_day(actor.at)).or_raise()
    ask = HolderAsk(
        circle_id=row.circle_id, crime=row, by_id=actor.membership_id, at=actor.at, counselling=asking.counselling,
        told=asking.told, told_on=asking.told_on if asking.told == "told" else None,
    )  # fmt: skip
    actor.keys.seal(
        ask, **{name: getattr(asking, name).strip() for name in (*rules.REASONS, "probative", "why_not_told")}
    )
    ask.save(force_insert=True)
    actor.record(row.circle_id, "justice.holder_asked", crime=row.pk, counselling=asking.counselling, told=asking.told)
    return ask.pk


@writes(permissions.KEEP_FILE, HolderAsk)
def end_ask(actor: Actor, row: HolderAsk, *, to: str, on: date | None, answer: str = "") -> None:
    """What became of a request: given, given in part, refused with the reasons told, or withdrawn."""
    refuse_closed(row.circle_id)
    rules.can_end(row.state, to, on, london_day(row.at), london_day(actor.at)).or_raise()
    if len(answer) > rules.MOST_REASON:
        raise RuleBroken(words("words_long", "Shorten it to {most} letters.", most=rules.MOST_REASON))
    row.state, row.answered_on = to, on
    actor.keys.seal(row, answer=answer.strip())
    row.save()
    actor.record(row.circle_id, "justice.ask_ended", crime=row.crime_id, to=to)
