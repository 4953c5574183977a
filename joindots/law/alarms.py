"""What an order's days ask of the people who look after it, and from when each is to be seen (pure).

An alarm stands until what it asks for is done: nothing ends it by time alone. Source of the two prompts before an end
(90 and 56 days): the project's own default. The rest are days of the order itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import Words, words
from joindots.law import spo
from joindots.law.catalogue import LODGE_BEFORE
from joindots.law.clocks import days_after, due_at, due_on
from joindots.law.counting import day_said, moment_said
from joindots.law.happening import INTERIM, SERVED, Episode, not_served
from joindots.law.reading import with_mark
from joindots.law.tables import deadlines

FULL = frozenset({"made", "served"})
PENDING = INTERIM | {"lodged", "interim_sought", "interim_ended"}
"""Stages in which the main application waits for the court."""


GRAVER = {"notify": "notify_overdue", "renewal_prompt": "renewal_lodge", "notice_hearing": "notice_late"}
"""What an alarm turns into when its day has passed."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something to see to: from which day it stands, and the day it is about."""

    code: str
    stands_from: date
    day: date
    says: Words
    mark: str = ""
    """What of the rule it rests on has no source that was read, as the table marks it."""

    @property
    def told(self) -> Words:
        """What it says, with the mark wherever its rule has one."""
        return with_mark(self.says, self.mark)


def alarms(episode: Episode, condition_ends: tuple[date, ...] = ()) -> tuple[Alarm, ...]:
    """Every alarm of an episode as it stands recorded, the earliest first, those of later days among them.

    `condition_ends`: the last days of those conditions that end before their order.
    """
    if episode.life.by == "order_life":
        found = [*_other(episode), *_notice(episode), *_coming_into_force(episode)]
        if episode.life.kind:  # of an order known by somebody's word nobody here knows whether it was served
            found += [*_service(episode), *_notification(episode)]
        if episode.life.stage in FULL:
            found += [_other_condition(day) for day in condition_ends]
        return tuple(sorted(found, key=lambda one: (one.stands_from, one.day, one.code)))
    found = [*_heard(episode), *_interim(episode), *_service(episode), *_notification(episode), *_ending(episode)]
    if episode.life.stage in FULL:
        found += [_condition(day) for day in condition_ends]
    return tuple(sorted(found, key=lambda one: (one.stands_from, one.day, one.code)))


@dataclass(frozen=True, slots=True)
class Stood:
    """A gap of protection that was known, and from which day to which its alarm stood."""

    says: Words
    since: date
    gone: date


GAPS = frozenset({"gap", "unprotected"})


def gaps_that_stood(steps: Iterable[tuple[date, Episode]]) -> tuple[Stood, ...]:
    """Alarms of a gap of protection that stood once and are gone, from an order's states in turn, each with the day of
    the step that led to it: what was done about a gap stays to be read.
    """
    open_: dict[str, tuple[Words, date]] = {}
    found: list[Stood] = []
    for on, episode in steps:
        now = {str(one.says): one.says for one in alarms(episode) if one.code in GAPS}
        for text in [text for text in open_ if text not in now]:
            says, since = open_.pop(text)
            found.append(Stood(says, since, on))
        for text, says in now.items():
            open_.setdefault(text, (says, on))
    return tuple(found)


def standing(episode: Episode, day: date, condition_ends: tuple[date, ...] = ()) -> tuple[Alarm, ...]:
    """The alarms that stand on a day. One gives way to its graver form as soon as that stands."""
    found = [one for one in alarms(episode, condition_ends) if one.stands_from <= day]
    codes = {one.code for one in found}
    return tuple(one for one in found if GRAVER.get(one.code) not in codes)


def _heard(episode: Episode) -> Iterator[Alarm]:
    day = episode.hearing
    if day and episode.life.stage in PENDING:
        yield Alarm("hearing_past", day + timedelta(days=1), day, words("alarm_heard", "The hearing was on {day}. "
                    "Record what the court decided, or the new day.", day=day_said(day)))  # fmt: skip


def _interim(episode: Episode) -> Iterator[Alarm]:
    """A gap of protection is told the day it is known, however far off it is."""
    last = episode.last or date.min
    if episode.life.stage == "interim_ended":
        yield Alarm("unprotected", last, last, words("alarm_unprotected", "The interim order has ended and the main "
                    "application is not decided: no order protects now."))  # fmt: skip
        return
    if episode.life.stage not in INTERIM or episode.ends is None:
        return
    if episode.hearing is None:
        yield Alarm("no_hearing", last, episode.ends, words("alarm_no_hearing", "The interim order ends on {ends} and "
                    "no hearing is recorded.", ends=day_said(episode.ends)))  # fmt: skip
    elif gap := spo.gap_of_protection(episode.ends, episode.hearing):
        yield Alarm("gap", last, episode.ends, words("alarm_gap", "A gap of protection: no order from {first} to "
                    "{last}, before the hearing. Ask for the interim order to be renewed, or for an earlier hearing.",
                    first=day_said(gap[0]), last=day_said(gap[1])))  # fmt: skip
    yield _run_out(episode.ends)


def _service(episode: Episode) -> Iterator[Alarm]:
    if episode.life.stage in ("interim_made", "made") and episode.made:
        yield Alarm("not_served", episode.made, episode.made, words("alarm_not_served", "The order made on {made} has "
                    "not been served.", made=day_said(episode.made)))  # fmt: skip
    if episode.life.stage in SERVED:
        for one in not_served(episode):
            if one.must_serve:
                yield Alarm("varied_not_served", one.on, one.on, words("alarm_varied_not_served", "The order was "
                            "varied on {day}, and it is not written down that it was served as varied.",
                            day=day_said(one.on)))  # fmt: skip


def _notification(episode: Episode) -> Iterator[Alarm]:
    due, state = episode.notify_by, episode.life.notification
    if episode.life.stage in INTERIM | FULL and due and state in ("owed", "overdue"):
        yield Alarm("notify", due - timedelta(days=2), due, words("alarm_notify", "The subject's notification is due "
                    "by {day}.", day=day_said(due)))  # fmt: skip
        yield Alarm("notify_overdue", due + timedelta(days=1), due, words("alarm_overdue", "The subject's notification "
                    "was due by {day} and is not recorded.", day=day_said(due)))  # fmt: skip
    if episode.life.stage in INTERIM | FULL:
        for day in episode.changes:
            yield Alarm("change", day - timedelta(days=2), day, words("alarm_change", "A change of name or address is "
                        "to be notified by {day}.", day=day_said(day)))  # fmt: skip


def _ending(episode: Episode) -> Iterator[Alarm]:
    """Only an order for a fixed period has these; one until a further order has no end by a clock."""
    ends = episode.ends
    if episode.life.stage not in FULL or ends is None:
        return
    prompt, lodge = due_on("spo_renewal_prompt", ends), days_after(ends, -LODGE_BEFORE)
    mark = deadlines()["spo_renewal_prompt"].mark
    if "renewal" in episode.life.open:
        yield Alarm("renewal_undecided", prompt, ends, words("alarm_undecided", "The order ends on {ends} and its "
                    "renewal is not decided.", ends=day_said(ends)), mark)  # fmt: skip
    else:
        yield Alarm("renewal_prompt", prompt, ends, words("alarm_prompt", "The order ends on {ends}. Look at whether "
                    "it must be renewed.", ends=day_said(ends)), mark)  # fmt: skip
        yield Alarm("renewal_lodge", lodge, ends, words("alarm_lodge", "The order ends on {ends} and no renewal is "
                    "asked for. Lodge it now.", ends=day_said(ends)), mark)  # fmt: skip
    yield _run_out(ends)


def _coming_into_force(episode: Episode) -> Iterator[Alarm]:
    """An order of Northern Ireland asks when it came into force: its notification counts from then."""
    if episode.life.kind == "ni_spo" and episode.life.stage in FULL and episode.in_force is None and episode.made:
        yield Alarm("not_in_force", episode.made, episode.made, words("alarm_not_in_force", "Write down the day on "
                    "which the order came into force: the three days to notify count from it."))  # fmt: skip


def _notice(episode: Episode) -> Iterator[Alarm]:
    """A notice asks for its hearing within 48 hours that count; an adjournment keeps it in force."""
    given, stage = episode.given_at, episode.life.stage
    if given is None or stage not in FULL:
        return
    if episode.hearing is not None:
        day = episode.hearing
        yield Alarm("hearing_past", day + timedelta(days=1), day, words("alarm_heard_notice", "The hearing was on "
                    "{day}. Record what the court decided, or the new day.", day=day_said(day)))  # fmt: skip
    try:
        by = due_at("dapn_hearing", given)
    except RuleBroken as unknown:  # a year whose bank holidays are not held: said, never guessed
        if episode.hearing is None:
            yield Alarm("notice_hearing", given.date(), given.date(), unknown.reason)
        return
    if episode.hearing is not None:
        if episode.hearing > by.date():
            yield Alarm("notice_beyond", given.date(), by.date(), words("alarm_notice_beyond", "The hearing is on "
                        "{day}, and the hours to it end at {moment}. Check that the court adjourned it.",
                        day=day_said(episode.hearing), moment=moment_said(by)))  # fmt: skip
        return
    yield Alarm("notice_hearing", given.date(), by.date(), words("alarm_notice", "The court must hear the application "
                "for an order by {moment}. Write down the hearing.", moment=moment_said(by)))  # fmt: skip
    yield Alarm("notice_late", by.date() + timedelta(days=1), by.date(), words("alarm_notice_late", "The court had to "
                "hear the application for an order by {moment}, and no hearing is written down.",
                moment=moment_said(by)))  # fmt: skip


OTHER_BEFORE = 14
"""Days before the end of another order or bail from which it is to be looked at: the project's own default."""


def _other(episode: Episode) -> Iterator[Alarm]:
    """Another order or bail asks for two things: to look at what protects after it, and to record that it ended."""
    if episode.life.stage not in FULL or episode.ends is None:
        return
    ends = episode.ends
    yield Alarm("renewal_prompt", days_after(ends, -OTHER_BEFORE), ends, words("alarm_other", "It ends on {ends}. Look "
                "at what protects after it.", ends=day_said(ends)))  # fmt: skip
    yield _run_out(ends)


def _run_out(ends: date) -> Alarm:
    return Alarm("run_out", ends + timedelta(days=1), ends, words("alarm_run_out", "The last day of the order was "
                 "{ends}. Record that it ended, or what keeps it in force.", ends=day_said(ends)))  # fmt: skip


def _other_condition(day: date) -> Alarm:
    return Alarm("condition_ends", days_after(day, -OTHER_BEFORE), day, words("alarm_condition", "A condition ends "
                 "on {day}, before its order. Look at whether it must go on.", day=day_said(day)))  # fmt: skip


def _condition(day: date) -> Alarm:
    return Alarm("condition_ends", due_on("spo_renewal_prompt", day), day, words("alarm_condition", "A condition ends "
                 "on {day}, before its order. Look at whether it must go on.", day=day_said(day)),
                 deadlines()["spo_renewal_prompt"].mark)  # fmt: skip
