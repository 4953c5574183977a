"""What each step of an order's life must say to be believed: the guards that need a day (pure).

Source: Stalking Protection Act 2019 s3, s4, s5, s9; the field's notes for the other kinds. No fixed period shorter than
two years, no end by a clock without a last day, no discharge before two years without consent, no authority without a
live investigation or the reason why there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from joindots.kernel.decisions import YES, Decision, no
from joindots.law import spo
from joindots.law.counting import day_said
from joindots.law.happening import RUN_OUT, Episode, Happened, in_force_on, not_served
from joindots.law.life import IN_FORCE, Step
from joindots.law.telling import may_go_on


def free(step: Step, episode: Episode, new: Happened) -> Decision:
    """For steps that need nothing more."""
    return YES


def in_order(step: Step, episode: Episode, new: Happened) -> Decision:
    """Steps come in the order of their days, but for those that stand beside the life."""
    if step.beside or episode.last is None or new.on >= episode.last:
        return YES
    return no("step_too_early", "The last step was on {last}, and this one would be before it. Look at the day.",
              last=day_said(episode.last))  # fmt: skip


def still_runs(step: Step, episode: Episode, new: Happened) -> Decision:
    """Nothing keeps alive an order whose last day has passed: what a court decided before then comes first."""
    bound, ends = episode.life.stage in IN_FORCE, episode.ends
    if step.beside or step.code in RUN_OUT or not bound or not spo.has_ended(ends, new.on) or ends is None:
        return YES
    return no("ran_out_first", "The last day of the order was {ends}. Record first that it ended, or what was decided "
              "before then.", ends=day_said(ends))  # fmt: skip


def told_first(step: Step, episode: Episode, new: Happened) -> Decision:
    """Who is protected is told first, or it is written down why not."""
    return may_go_on(step.tell_first, new.told)


def _investigation(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.investigation:
        return YES
    return no("no_investigation", "Name the live investigation, or write down why there is none. An order never "
              "replaces one.")  # fmt: skip


def _interim_end(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.ends is None:
        return no("interim_needs_end", "An interim order has a fixed period. Write down its last day.")
    return _not_backwards(step, episode, new)


def _two_years(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.ends is None or new.ends >= spo.earliest_end(new.on):
        return YES
    return no("period_too_short", "An order for a fixed period made on {made} cannot end before {least}. Look at the "
              "order again.", made=day_said(new.on), least=day_said(spo.earliest_end(new.on)))  # fmt: skip


def _longer(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.ends is None and new.ends is not None:
        return no("renewed_shorter", "The order stands until a further order; a renewal cannot give it an end.")
    if new.ends is None or episode.ends is None or new.ends > episode.ends:
        return YES
    return no("renewed_shorter", "A renewed order ends later than before, after {ends}.", ends=day_said(episode.ends))


def _ran_out(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.ends is None:
        return no("never_by_clock", "This order stands until a further order: it never ends by a clock.")
    if spo.has_ended(episode.ends, new.on):
        return YES
    return no("not_run_out", "The last day of the order is {ends}; it has not passed.", ends=day_said(episode.ends))


def _not_backwards(step: Step, episode: Episode, new: Happened) -> Decision:
    """Another order's end, where it has one: none of them has a shortest period here."""
    if new.ends is None or new.ends >= new.on:
        return YES
    return no("ends_before_made", "The last day is before the day of the step. Look at both days.")


def _discharge(step: Step, episode: Episode, new: Happened) -> Decision:
    return spo.can_be_discharged(episode.made or new.on, new.on, consents=new.consents)


def _notification_owed(step: Step, episode: Episode, new: Happened) -> Decision:
    """A full order that replaces an interim one asks for no first notification (s9(1)(a))."""
    if episode.life.stage == "made" and episode.replaces_interim:
        return no("none_owed", "This order replaces an interim one, so no new first notification is owed. Choose "
                  "“Served, no notification owed”.")  # fmt: skip
    if new.sex_offender_duty:
        return no("none_owed_duty", "While a sex offender's duty to notify stands, none is owed under the order. "
                  "Choose “Served, no notification owed”.")  # fmt: skip
    return YES


def _none_owed(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.sex_offender_duty or (episode.life.stage == "made" and episode.replaces_interim):
        return YES
    return no("one_is_owed", "A first notification is owed: the order replaces no interim one and no sex offender's "
              "duty stands. Choose “Served”.")  # fmt: skip


def _duty_stood(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.duty_stood:
        return YES
    return no("duty_never_stood", "No sex offender's duty stood when the order was made, so this clock does not run.")


def _in_time(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.notify_by is None or new.on <= episode.notify_by:
        return YES
    return no("not_in_time", "The last day to notify was {day}. Record first that it passed.",
              day=day_said(episode.notify_by))  # fmt: skip


def _past_due(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.notify_by is None or new.on > episode.notify_by:
        return YES
    return no("not_past_due", "The last day to notify is {day}; it has not passed.", day=day_said(episode.notify_by))


def _change_waits(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.changes:
        return YES
    return no("no_change_waits", "No change of name or address waits to be notified. Record the change first.")


def _inside(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.act_on is None:
        return no("breach_needs_day", "Write down the day of the act.")
    if in_force_on(episode, new.act_on):
        return YES
    return no("breach_outside", "No order was in force on {day}, so the act cannot be a breach of one. It may be an "
              "incident all the same.", day=day_said(new.act_on))  # fmt: skip


def _hearing_day(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.hearing is not None and new.hearing >= new.on:
        return YES
    return no("hearing_needs_day", "Write down the day of the hearing, today or later.")


def _was_refused(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.life.stage == "refused" or episode.interim_refused:
        return YES
    return no("nothing_refused", "No interim order was refused, so there is nothing to appeal against.")


def _made(step: Step, episode: Episode, new: Happened) -> Decision:
    """Another order as it is made: a notice by its hour, one of Northern Ireland for two years at the least."""
    if episode.life.kind == NOTICE and new.clock is None:
        return no("notice_needs_time", "Write down the time at which the notice was given: the hours to its hearing "
                  "run from it.")  # fmt: skip
    if episode.life.kind == "ni_spo":
        return _two_years(step, episode, new)
    return _not_backwards(step, episode, new)


def _since_made(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.made is not None and new.on < episode.made:
        return no("in_force_early", "The order was made on {made}; it cannot be in force before. Look at the day.",
                  made=day_said(episode.made))  # fmt: skip
    if episode.in_force is not None:
        return no("in_force_known", "The day it came into force is written down: {day}.",
                  day=day_said(episode.in_force))  # fmt: skip
    return YES


def _changed_on_appeal(step: Step, episode: Episode, new: Happened) -> Decision:
    """A last day that an appeal sets: never sooner than two years after the order was made (s3)."""
    if new.ends is None or episode.made is None or new.ends >= spo.earliest_end(episode.made):
        return YES
    return no("period_too_short", "An order for a fixed period made on {made} cannot end before {least}. Look at the "
              "order again.", made=day_said(episode.made), least=day_said(spo.earliest_end(episode.made)))  # fmt: skip


def _waits_to_be_served(step: Step, episode: Episode, new: Happened) -> Decision:
    waiting = [one.on for one in not_served(episode)]
    if not waiting:
        return no("nothing_varied", "No change of the order waits to be served.")
    if new.on < waiting[0]:
        return no("served_before_varied", "The order was changed on {day}; it cannot be served as changed before then. "
                  "Look at the day.", day=day_said(waiting[0]))  # fmt: skip
    return YES


NOTICE = "dapn"
"""The kind that is a notice: its hearing is counted in hours from when it was given."""
Guard = Callable[[Step, Episode, Happened], Decision]
GUARDS: Mapping[str, Guard] = {
    "chief_officer_delegate_signs": _investigation, "hearing_listed": _hearing_day,
    "court_makes_interim": _interim_end, "interim_made_on_appeal": _interim_end, "interim_varied": _interim_end,
    "interim_period_ended": _ran_out, "main_granted": _two_years, "made_on_appeal": _two_years, "renewed": _longer,
    "end_date_passed": _ran_out, "discharged": _discharge, "interim_served": _notification_owed,
    "served": _notification_owed, "interim_served_none_owed": _none_owed, "served_none_owed": _none_owed,
    "notification_begins": _duty_stood, "notified": _in_time, "due_passed": _past_due,
    "change_notified": _change_waits, "breach_reported": _inside, "police_appeal": _was_refused,
    "other_made": _made, "dapo_made": _not_backwards, "dapo_made_none_owed": _not_backwards,
    "ni_in_force": _since_made, "ni_in_force_none_owed": _since_made, "other_notified": _in_time,
    "other_due_passed": _past_due, "notice_heard": _hearing_day, "decision_changed": _changed_on_appeal,
    "variation_served": _waits_to_be_served, "other_variation_served": _waits_to_be_served,
    "interim_variation_served": _waits_to_be_served,
    "other_varied": _not_backwards, "other_expired": _ran_out, "other_breach": _inside,
}  # fmt: skip
"""The guard of each step that has one of its own."""
