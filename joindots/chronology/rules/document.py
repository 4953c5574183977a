"""Everything together: files as read to one chronology document, its exhibits, and the last instant in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from joindots.chronology.rules.acts import acts_of, standing_of
from joindots.chronology.rules.counting import contact_count, counts_of, how_counted, reading_words
from joindots.chronology.rules.coverage import (
    cannot_show,
    coverage_lines,
    not_understood_data,
    question_says,
    utc,
)
from joindots.chronology.rules.drafts import Draft, drafts_of
from joindots.chronology.rules.entries import Speaker
from joindots.chronology.rules.exhibits import exhibits_of
from joindots.chronology.rules.given import Act, Held, SourceRead
from joindots.chronology.rules.grouping.deciding import UNDECIDED, Decisions, episodes_data
from joindots.chronology.rules.grouping.grouped import Grouped
from joindots.chronology.rules.grouping.steps import Stretch
from joindots.chronology.rules.people import (
    BY_READER,
    About,
    Thread,
    group_threads,
    is_bystander,
    kept_back,
    kept_back_whole,
    not_yet_picked,
)
from joindots.chronology.rules.tables import COLUMNS, Numbers, rows_of
from joindots.chronology.rules.times import LAST, period_says, sort_moment
from joindots.chronology.rules.wording import many
from joindots.documents.contents import ChronologyDocument, Entry, Exhibit, Message, SourceLine
from joindots.evidence.readers.records import Communication, Coverage, Question
from joindots.evidence.rules.entry_records import ENTRY

NO_INSTANT = datetime(1980, 1, 1, tzinfo=UTC)
"""The pack's date when no record has a time: the first day a zip can hold; the page says so."""


@dataclass(frozen=True, slots=True)
class Chronology:
    """A document to be set, the files to enclose, and the last instant in the records (None without any)."""

    document: ChronologyDocument
    exhibits: tuple[Exhibit, ...]
    last_instant: datetime | None


def chronology_of(
    sources: Sequence[SourceRead], about: Iterable[str] = (), answers: Sequence[str] = (), title: str = "Chronology",
    decided: Decisions = UNDECIDED,
) -> Chronology:  # fmt: skip
    """The chronology of these files. `answers` are the answers that were given, in words; `decided` is what people
    decided about the records: it changes where they stand, and no count.

    Exhibits come without a way to open them: the caller who holds the files adds it to those that are
    enclosed (`why_not` empty). Pure: the same files give the same chronology.
    """
    names = About(about)
    groups = group_threads(c for source in sources for c in source.communications)
    records = [
        Held(at, number, _shown(c, groups, names))
        for at, (number, c) in enumerate((n, c) for n, source in enumerate(sources) for c in source.communications)
    ]
    acts = acts_of(held for held in records if standing_of(held.c) not in ("not_contact", "kept_back"))
    notices = [Act(held) for held in records if held.c.kind == "system" and "kept_back" not in held.c.extra]
    grouped = decided.grouped(sources)
    drafts = [draft for draft in drafts_of(acts, notices, grouped) if not (names.names and _only_others(draft))]
    private = {held.source for held in records if "kept_back" in held.c.extra}
    exhibits = tuple(_referred(one, decided) for one in exhibits_of(sources, drafts, private))
    speaker = Speaker(
        [source.name for source in sources], {one.sha256: one.number for one in exhibits},
        {one.reference: one for one in grouped.episodes},
    )  # fmt: skip
    numbers = _numbered(acts, grouped, len(records))
    entries = tuple(_entries(speaker, drafts, numbers))
    questions = [question for source in sources for question in source.questions]
    document = ChronologyDocument(
        title=title,
        opening=_opening(entries, acts, len(records)),
        columns=COLUMNS,
        entries=entries,
        messages=_messages(speaker, entries, drafts, numbers),
        rows=rows_of(records, numbers, [(s.name, s.sha256) for s in sources], [act.times for act in acts]),
        about=names.names,
        state="" if not questions else f"draft: {many(len(questions), 'question')} open",
        counts=counts_of(records, acts),
        counted=(*how_counted(acts, names, len(groups), answers), *decided.believed),
        reading=reading_words(),
        sources=tuple(_source_line(source) for source in sources),
        coverage=coverage_lines(sources),
        cannot_show=cannot_show(
            sources, acts, kept_back=sum("kept_back" in held.c.extra for held in records), answered=not questions
        ),
        questions=tuple(_question_words(sources, private)),
        values=_values(sources, private, [one for one in grouped.episodes if not one.empty]),
    )
    return Chronology(document, exhibits, last_instant(sources))


def _numbered(acts: Sequence[Act], grouped: Grouped, records: int) -> Numbers:
    numbers = Numbers(records)
    for number, act in enumerate(acts, start=1):
        numbers.note_act(number, act)
        numbers.note_episode(act, grouped.episode_of(act))
    return numbers


def last_instant(sources: Iterable[SourceRead]) -> datetime | None:
    """The latest moment that any record may have."""
    moments = (c.at_latest or c.at_earliest for source in sources for c in source.communications)
    return max((moment for moment in moments if moment is not None), default=None)


def _only_others(draft: Draft) -> bool:
    return all(standing_of(act.c) == "of_others" for act in draft.acts)


def _shown(c: Communication, groups: frozenset[Thread], about: About) -> Communication:
    if not_yet_picked(c):
        return kept_back_whole(c)
    if is_bystander(c, groups, about):
        return kept_back(c)
    # A reader that kept a record back may have left a name or an amount in it: nothing of it is shown.
    return kept_back(c, BY_READER) if "kept_back" in c.extra else c


def _entries(speaker: Speaker, drafts: Sequence[Draft], numbers: Numbers) -> Iterator[Entry]:
    next_message = 1
    for number, draft in enumerate(drafts, start=1):
        bundle = draft.kind == "bundle"
        for place, act in enumerate(draft.acts):
            numbers.note_entry(act, number, next_message + place if bundle else 0)
        yield speaker.entry(number, draft, next_message)
        next_message += len(draft.acts) if bundle else 0


def _messages(
    speaker: Speaker, entries: Sequence[Entry], drafts: Sequence[Draft], numbers: Numbers
) -> Iterator[Message]:
    for entry, draft in zip(entries, drafts, strict=True):
        if draft.kind == "bundle":
            for act, message in zip(draft.acts, speaker.messages(entry, draft), strict=True):
                numbers.when[act.first.at] = message.when
                yield message


def _opening(entries: Sequence[Entry], acts: Sequence[Act], records: int) -> str:
    known = [act.c for act in acts if sort_moment(act.c) is not LAST]
    if not acts:
        read = f"{many(records, 'record')} {'was' if records == 1 else 'were'} read"
        return f"{read}; none of them is an act of contact or a row of a log."
    contact = contact_count(acts)
    told = [act for act in acts if standing_of(act.c) == "incident"]
    written = sum(1 for act in told if ENTRY in act.c.extra)
    rows = len(told) - written
    what = [many(contact, "act of contact", "acts of contact")] if contact or not told else []
    what += [many(rows, "row of a log", "rows of a log")] if rows else []
    what += [many(written, "log entry", "log entries")] if written else []
    said = f"{many(len(entries), 'entry', 'entries')}: {' and '.join(what)}, from {many(records, 'record')}"
    if not known:
        return f"{said}. No time is known."
    latest = max(c.at_latest or sort_moment(c) for c in known)
    return f"{said}, {period_says(min(map(sort_moment, known)), latest)}."


def _source_line(source: SourceRead) -> SourceLine:
    lines = [f"{many(len(source.communications), 'record')}."]
    if source.attachments:
        lines.append(f"{many(len(source.attachments), 'file')} inside it.")
    if source.problem:
        lines.append(source.problem)
    return SourceLine(source.name, source.sha256, source.size, source.says, tuple(lines))


def _question_words(sources: Sequence[SourceRead], private: set[int]) -> Iterator[str]:
    for number, source in enumerate(sources):
        yield from (question_says(question, number in private) for question in source.questions)


def _values(sources: Sequence[SourceRead], private: set[int], episodes: Sequence[Stretch]) -> dict[str, object]:
    """What stands beside the rows in the JSON."""
    told: dict[str, object] = {
        "sources": [_source_data(source, number in private) for number, source in enumerate(sources)]
    }
    return {**told, "episodes": list(episodes_data(episodes))} if episodes else told


def _referred(exhibit: Exhibit, decided: Decisions) -> Exhibit:
    """The exhibit with its police-style reference, where it has one and is enclosed by its own name."""
    reference = decided.references.get(exhibit.sha256)
    if reference is None:
        return exhibit
    return replace(exhibit, says=f"{reference[0]}, produced by {reference[1]}; {exhibit.says}")


def _source_data(source: SourceRead, private: bool) -> dict[str, object]:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "size": source.size,
        "kind": source.says,
        "problem": source.problem or None,
        "coverage": [_coverage_data(one) for one in source.coverage],
        "questions": [_question(question, private) for question in source.questions],
        "not_understood": [not_understood_data(one) for one in source.not_understood],
    }


def _coverage_data(one: Coverage) -> dict[str, object]:
    return {
        "channel": one.channel,
        "thread": one.thread,
        "earliest": utc(one.earliest),
        "latest": utc(one.latest),
        "limits": list(one.limits),
    }


def _question(question: Question, private: bool) -> dict[str, object]:
    asked: dict[str, object] = {
        "question": question.question,
        "about": None if private else question.about,
        "words": question.words,
    }
    return asked if private else {**asked, "candidates": list(question.candidates), "example": question.example}
