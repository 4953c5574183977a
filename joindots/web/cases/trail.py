"""The trail in words: every code of a deed or a reading as a person would say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from joindots.circles.queries import Step

DEEDS = {
    "privacy.registered": "entered a request about personal data",
    "privacy.acknowledged": "noted that a request was acknowledged",
    "privacy.extended": "gave a request two months more",
    "privacy.answered": "noted how a request was answered",
    "casework.opened": "opened the case for the first time",
    "casework.closed": "closed the case",
    "casework.reopened": "opened the case again",
    "casework.came_in": "noted how the case came in",
    "casework.owned": "gave the case to a colleague who took it",
    "casework.asked_to_take": "asked a colleague to take the case",
    "casework.answered_asking": "answered whether they take the case",
    "casework.contact_tried": "noted a try to speak to the person",
    "casework.card_kept": "kept a worker’s card",
    "casework.agreed": "wrote down what was agreed to",
    "casework.taken_back": "wrote down that an agreement was taken back",
    "casework.shared": "shared the case",
    "casework.share_ended": "ended a share",
    "casework.referred": "sent a referral",
    "casework.referral_came": "sent a referral here",
    "casework.referral_chased": "asked again for an answer to a referral",
    "casework.referral_revoked": "took a referral back",
    "casework.referral_answered": "answered a referral",
    "casework.referral_accepted": "accepted a referral",
    "casework.referral_rejected": "did not take a referral on",
    "casework.reported": "wrote down a report to the police",
    "casework.report_changed": "wrote down what became of a report to the police",
    "casework.offer_told": "wrote down whether a specialist was offered",
    "casework.handed_over": "asked a colleague to take the case over",
    "casework.handover_answered": "answered a handover",
    "casework.handover_taken_back": "took a handover back",
    "casework.changed": "changed what the case says",
    "casework.set_aside": "kept words that came after somebody else’s",
    "casework.set_aside_done": "needed words that were set aside no more",
    "casework.put_off": "put something off on their own desk",
    "casework.taken_up": "took up again what they had put off",
    "casework.supervised": "noted a supervision of a colleague",
    "casework.somebody_added": "added somebody to the case",
    "circles.leads_in": "let the leads of the agency know of the case",
    "circles.stands_already": "took over what they could know of already",
    "circles.opened": "made the circle of who may know",
    "circles.brought_in": "let a person know of the case",
    "circles.sent_away": "ended a person’s standing",
    "circles.kept_out": "kept a person or team out",
    "circles.nothing_there": "asked for something that is not there",
    "circles.broke_glass": "opened the case in an emergency",
    "circles.asked_second": "asked a second person to decide",
    "circles.decided_second": "decided as the second person",
    "circles.erased": "erased the case",
    "circles.restricted": "restricted the case, or lifted that",
    "circles.reviewed": "reviewed an emergency opening",
    "circles.stood_aside": "stepped out of the case",
    "circles.stood_in_all": "was let into all of the agency’s cases",
    "people.added": "added a person to the case",
    "people.safe_contact_set": "set how a person is reached safely",
    "people.code_word_set": "set a person’s code word",
    "people.caller_checked": "checked who a caller was",
    "people.caller_seen": "looked at a caller’s failed check",
    "notices.written": "wrote something that is to leave",
    "notices.refused": "wrote something that safe contact refused",
    "notices.queued": "let something wait for a safe time",
    "notices.leaving": "began to send something, or opened it to do by hand",
    "notices.sent": "sent something",
    "notices.held_here": "kept something that no gateway could send",
    "notices.failed": "noted that something did not leave",
    "notices.unsure": "noted that something may or may not have left",
    "notices.by_hand": "noted what came of a call or letter",
    "notices.withdrawn": "withdrew something before it left",
    "notices.seen": "looked at how something ended",
    "notices.proved": "confirmed a way by a round trip",
    "notices.not_proved": "compared a word that did not fit",
    "notices.feed_made": "made a secret address for their own calendar",
    "notices.feed_ended": "ended the secret address of their own calendar",
    "risk.looked": "let the rules of risk look at what is recorded",
    "risk.asking_begun": "began to ask a form about risk",
    "risk.asking_taken_up": "went on with a form about risk",
    "risk.answered": "kept an answer to a form about risk",
    "risk.asking_done": "finished a form about risk",
    "risk.asking_set_aside": "set a form about risk aside",
    "risk.asking_asking": "took a form about risk up again",
    "risk.result_kept": "kept the result of another tool",
    "risk.judged": "judged the risk",
    "risk.judgement_corrected": "corrected a judgement of risk",
    "risk.judgement_withdrawn": "withdrew a judgement of risk",
    "risk.change_noted": "noted that something changed around the case",
    "risk.change_withdrawn": "withdrew a change noted by mistake",
    "risk.prompt_answered": "answered what asked for a new look at the risk",
    "risk.table_taken": "took the table of how the risk was judged",
    "risk.form_loaded": "loaded a licensed form",
    "risk.form_out_of_use": "took a licensed form out of use",
    "orders.considered": "wrote down that an order was thought of",
    "orders.step": "wrote down what happened to an order",
    "orders.step_struck": "struck a step of an order",
    "orders.condition": "wrote down a condition of an order",
    "orders.protected": "listed somebody whom an order protects",
    "orders.taken_off": "took something off an order",
    "evidence.brought_in": "brought in a file",
    "evidence.came_again": "brought in a file that was here already",
    "evidence.removing": "asked for a file to be removed for good",
    "evidence.hidden": "began to remove a file",
    "evidence.removing_stopped": "stopped the removing of a file",
    "evidence.removed": "removed a file for good",
    "evidence.answered": "answered questions about a file",
    "evidence.reading_begun": "began to read a file",
    "evidence.batch_kept": "kept records of a file",
    "evidence.days_counted": "counted a file’s records by day",
    "evidence.held": "finished reading a file",
    "evidence.dropped": "cleared what an earlier or unfinished reading left",
    "evidence.exhibit_kept": "kept a file found inside another",
    "evidence.exhibit_again": "found a file again inside another",
    "evidence.repeats_cleared": "began to look for repeats between files",
    "evidence.repeats_marked": "marked repeats between files",
    "evidence.repeats_counted": "counted repeats by day",
    "evidence.entry_written": "wrote an entry into the log",
    "evidence.entry_came_again": "sent an entry of the log that was kept already",
    "evidence.draft_kept": "saved a half-written entry of the log",
    "evidence.draft_dropped": "dropped a half-written entry of the log",
    "evidence.entry_corrected": "corrected an entry of the log",
    "evidence.entry_withdrawn": "withdrew an entry of the log",
    "evidence.entry_brought_back": "brought back a withdrawn entry of the log",
    "evidence.capture_kept": "kept a page or profile as it was seen",
    "evidence.capture_withdrawn": "withdrew what was said of a kept page or profile",
    "evidence.check_noted": "noted a look at a device or account",
    "evidence.found_changed": "noted what became of a thing that was found",
    "evidence.chosen": "chose what of a file is taken in",
    "evidence.waits_for_choice": "read a file to ask what of it is taken in",
    "evidence.exhibits_left_out": "left files inside another out, as chosen",
    "evidence.draft_late": "sent a half-written entry after a newer one",
    "evidence.linked": "linked things of the case",
    "evidence.link_again": "linked things that were linked already",
    "evidence.unlinked": "undid a link",
    "evidence.picture_made_small": "made a small copy of a picture",
    "evidence.words_suggested": "had the words of a picture read, as a suggestion",
    "evidence.words_confirmed": "confirmed the words of a picture",
    "evidence.sending_begun": "began to send a file in pieces",
    "evidence.piece_kept": "sent a piece of a file",
    "evidence.sending_goes_on": "went on sending a file",
    "evidence.sending_ended": "finished or dropped a file sent in pieces",
    "evidence.gap_told": "told of days without a record",
    "evidence.gap_withdrawn": "withdrew what was told of days without a record",
    "jobs.started": "started long work",
    "jobs.stop_asked": "asked long work to stop",
    "jobs.resumed": "started stopped work again",
    "chronology.grouped": "decided how records are grouped",
    "chronology.grouping_undone": "undid a decision about grouping",
    "chronology.episode_again": "sent the naming of an episode again",
    "chronology.referred": "gave a file its reference as an exhibit",
    "people.said_who": "said whose accounts are",
    "people.belief_withdrawn": "withdrew what was said of an account",
    "chronology.pack_asked": "asked for a pack",
    "chronology.pack_made": "finished a pack",
    "chronology.pack_forgotten": "deleted a pack that was not finished",
    "chronology.pack_taken": "downloaded a pack",
    "people.protected": "added to what must never leave",
    "people.protected_withdrawn": "took something off what must never leave",
    "evidence.file_looked_at": "looked at the page of a file",
    "evidence.record_looked_at": "looked at a record as it stands in its file",
    "evidence.original_taken": "downloaded a file as it came",
    "chronology.told": "noted that the person was told what a court may order",
    "chronology.kept_out": "kept something out of disclosure",
    "chronology.kept_out_lifted": "let something into disclosure again",
    "chronology.looked_over": "looked over a picture for disclosure",
    "chronology.look_taken_back": "took back that a picture was looked over",
    "chronology.disclosure_asked": "asked for a pack for disclosure",
    "chronology.disclosure_made": "finished a pack for disclosure that the leak check found clean",
    "chronology.disclosure_blocked": "had a pack for disclosure blocked by the leak check",
    "chronology.disclosure_forgotten": "deleted a pack for disclosure that was not finished",
    "chronology.disclosure_fetched": "downloaded a released pack for disclosure",
    "chronology.release_asked": "asked for the release of a pack",
    "chronology.release_looked_at": "looked at what the release of a pack needs",
    "chronology.released": "released a pack",
    "chronology.release_refused": "refused to release a pack",
    "circles.asked_release": "asked a second person about a release",
    "circles.decided_release": "decided about a release as the second person",
    "chronology.statement_taken": "downloaded the statement of custody",
    "chronology.table_taken": "downloaded a table of counts",
    "chronology.timeline_taken": "downloaded the timeline as a PDF",
    "casework.agency_asked": "asked an agency for something",
    "casework.answers_kept": "wrote down how the person is coping",
    "casework.cost_added": "wrote down a cost",
    "casework.cost_claimed": "noted that a cost was claimed",
    "casework.cost_withdrawn": "withdrew a cost",
    "casework.court_day_planned": "planned a day in court",
    "casework.court_day_changed": "changed a day in court",
    "casework.court_day_ended": "closed a day in court",
    "casework.day_sheet_left": "took out the sheet for a day in court",
    "casework.ledger_left": "took out the ledger of costs",
    "casework.letter_made": "made a letter",
    "casework.letter_taken": "took a letter",
    "casework.measure_wanted": "noted a special measure that is wanted",
    "casework.measure_moved": "noted what came of a special measure",
    "casework.plan_line": "wrote a line of the safety plan",
    "casework.plan_line_ended": "ended a line of the safety plan",
    "casework.plan_agreed": "agreed the safety plan with the person",
    "casework.plan_copied": "took out a copy of the safety plan",
    "casework.plan_holding": "noted whether a copy of the plan can be kept safely",
    "casework.referral_taken_back": "took a referral back",
    "casework.right_noted": "noted a right under the Victims’ Code",
    "casework.right_settled": "noted how a right was met",
    "casework.room_opened": "opened notes of therapy",
    "casework.room_note": "wrote a note of therapy",
    "casework.room_ended": "closed notes of therapy",
    "casework.room_erased": "erased notes of therapy",
    "casework.room_passed_on": "passed notes of therapy on, unread",
    "casework.sent_in_again": "sent a referral that was here already",
    "casework.support_referred": "referred the person to therapy",
    "casework.support_moved": "noted what came of therapy",
    "casework.support_wait_noted": "noted a wait for therapy",
    "casework.task_added": "added a task",
    "casework.task_ended": "ended a task",
    "casework.tasks_handed_on": "handed tasks on to a colleague",
    "helpline.contact_opened": "began a contact with the helpline",
    "helpline.contact_taken": "took up a contact",
    "helpline.contact_ended": "ended a contact",
    "helpline.contact_gone_on": "went on with a contact",
    "helpline.wrapped_up": "wrapped a contact up",
    "helpline.came_by_web": "wrote by the web form",
    "helpline.line_kept": "kept a line of a call",
    "helpline.line_again": "kept a line of a call that was here already",
    "helpline.draft_kept": "kept unfinished words of a call",
    "helpline.said": "kept what was said to a question",
    "helpline.asked_to_listen": "asked a colleague to listen",
    "helpline.listening": "listened to a call",
    "helpline.looked_earlier": "looked for earlier contacts",
    "helpline.linked_earlier": "linked an earlier contact, as the caller wished",
    "helpline.linked_later": "linked a later contact, as the caller wished",
    "helpline.call_promised": "promised a call",
    "helpline.call_taken_over": "took over a promised call",
    "helpline.attempt": "tried a promised call",
    "helpline.offered": "told of a service",
    "helpline.offer_answered": "noted what came of a service",
    "helpline.unmet": "noted a need that nobody could meet",
    "helpline.case_opened": "opened a case from a contact",
    "helpline.break_ended": "came back from a break",
    "helpline.hours_set": "set the hours of the line",
    "helpline.on_rota": "put a colleague on the rota",
    "helpline.off_rota": "took a colleague off the rota",
    "helpline.ready_noted": "noted checks or training before calls",
    "helpline.unanswered": "noted a call that nobody answered",
    "helpline.unanswered_file": "brought in calls that nobody answered",
    "helpline.web_opened": "opened the web form",
    "helpline.web_closed": "closed the web form",
    "tokens.made": "made a key for a system",
    "tokens.agreed": "agreed to a key for a system",
    "tokens.ended": "ended a key for a system",
}
READINGS = {
    "casework.see_work": "the work on it", "casework.allocate": "who could take it",
    "casework.answer_referral": "a referral",
    "casework.see": "the case", "people.see": "the people in it", "people.contact": "how a person is reached",
    "people.check_caller": "the check of a caller", "notices.see": "what left", "notices.write": "what is to leave",
    "evidence.see": "its records", "evidence.write_entry": "a half-written entry of their own",
    "evidence.original": "a file as it came", "jobs.see": "long work", "chronology.get_pack": "its packs",
    "chronology.pack": "what a pack is made of", "circles.who": "who may know", "circles.custody": "who opened what",
    "chronology.see_grouping": "its episodes, exhibits and accounts", "people.see_protected": "what must never leave",
    "chronology.see_disclosure": "its packs for disclosure",
    "chronology.disclose": "what a pack for disclosure is made of", "chronology.keep_out": "what is kept out of it",
    "chronology.get_disclosure": "a released pack", "chronology.statement": "its statement of custody",
}  # fmt: skip
FIELDS = {
    "sha256": "SHA-256", "words": "words of records", "findings": "what was found in files", "file key": "file keys",
    "own number": "own case number", "about": "whom a pack is about",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One or several steps in a row that one person took in the same minute and that say the same."""

    first: int
    last: int
    at: datetime
    who: str
    agency: str
    words: str
    fields: str


def told(steps: Iterable[Step]) -> tuple[Told, ...]:
    """Steps in words, newest first; like ones in a row stand together with their numbers."""
    groups = groupby(steps, key=lambda one: (one.who, one.agency, says(one), fields_of(one), f"{one.at:%Y%m%d%H%M}"))
    rows = []
    for (who, agency, words, fields, _), group in groups:
        same = list(group)
        rows.append(Told(same[-1].seq, same[0].seq, same[0].at, who, agency, words, fields))
    return tuple(rows)


def says(step: Step) -> str:
    """What was done: the words of its code, or what a reading looked at."""
    if step.code in ("read", "listed"):
        asked = set(step.says.get("asked", ()))
        parts = [words for code, words in READINGS.items() if code in asked]
        parts += sorted(step_words(code) for code in asked - READINGS.keys())
        return f"looked at {_together(parts)}" if parts else "opened what this work needed"
    return DEEDS.get(step.code, step_words(step.code))


def step_words(code: str) -> str:
    """A code that has no words yet is shown by its own name rather than left out."""
    return code.replace(".", ": ").replace("_", " ")


def fields_of(step: Step) -> str:
    """Which sealed fields were opened, by name and never by content."""
    names = [name.rpartition(".")[2].replace("_", " ") for name in step.says.get("fields", ())]
    return ", ".join(sorted({FIELDS.get(name, name) for name in names}))


def _together(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
