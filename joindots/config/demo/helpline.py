"""Lantern Line in the demo: Maya's first call as the story tells it, a few other contacts, a shift, who is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time

from joindots.access import door
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Membership
from joindots.casework.models import Case
from joindots.config.demo.cases import moment
from joindots.config.demo.opening import Staff, whole
from joindots.helpline import actions
from joindots.helpline.actions.calls import Wrapped
from joindots.helpline.models import Contact, ReadyStep
from joindots.helpline.rules import shift
from joindots.helpline.rules.web import WebWords

HOURS = {day: (time(9, 30), time(16)) for day in range(5)} | {2: (time(13), time(16))}
FIRST = "2025-11-03 10:12"
REACH = {
    "cut_off": "text", "number": "07700 900122", "times": "Mon-Fri 12:30-13:15", "voicemail": "no",
    "say": "the dentist", "area": "ZZ99",
}  # fmt: skip
LINES = (
    ("10:13", "Can talk. At a friend’s. Call her Maya."),
    ("10:15", "/relation Same choir, not an ex. Messages since June, “first about the singing”."),
    ("10:15", "/since June 2025"),
    ("10:15", "/5"),
    ("10:17", "/2 Asked him to stop on 26 June. He has not stopped."),
    ("10:19", "/3"),
    ("10:19", "/i Waited by the hall door after choir | Every Tuesday in July, “all but one, I think” | Callum"),
    ("10:21", "/7"),
    ("10:21", "/i Silent calls, number withheld, “about twelve” | August bank holiday | not known | her call list"),
    ("10:24", "/police Rang 101 on 22 September. NS/25/104417, malicious communications. Nobody has rung back."),
    ("10:27", "/4"),
    ("10:27", "/i Phone warned of a tag; found in the wheel arch 19:30, photographed, left in place | Thu 30 Oct 18:47 "
     "| not known | photograph"),
    ("10:28", "/changed A tracker on the car, 30 October"),
    ("10:28", "/-"),
    ("10:30", "/1 “Very frightened.” Sleeping badly, has stopped going out alone."),
    ("10:32", "/c Wants someone who will explain. Not ready to talk to police again."),
    ("10:33", "“I can see your light”, a message at 01:30, the night the clocks went back."),
)  # fmt: skip

_MESSAGE = WebWords(
    "Sunny", "text", "07700 900763", "Sat, Sun 10:00-12:00", "the library",
    "Somebody from my old flat share writes every day and knows when I am home.", "self",
)  # fmt: skip


def open_helpline(staff: Staff) -> None:
    """Open the line and its few contacts, unless they are there."""
    jo, bea = staff["jo"], staff["bea"]
    if Contact.objects.filter(agency=jo.agency_id).exists():
        return
    with whole():
        _ready(jo, bea, staff["ruth"])
        _first_call(jo)
        _others(jo)
        _shift(jo, bea)


def _ready(jo: Membership, bea: Membership, ruth: Membership) -> None:
    """Checks and training of both; Bea's were noted by a lead of the buddy agency, for she notes none of her own."""
    by = _actor(bea, "2025-01-20 10:00")
    actions.set_hours(by, hours=HOURS)
    actions.set_number(by, number="0808 157 0100")
    for step in shift.STEPS[:4]:
        actions.note_ready(by, membership=jo.pk, step=step.code, done_on=date(2025, 1, 13))
        ReadyStep.objects.create(
            agency_id=bea.agency_id, membership=bea, step=step.code, done_on=date(2025, 1, 10), by=ruth, at=by.at
        )
    door.close(by)
    later = _actor(bea, "2026-11-02 15:00")
    actions.note_ready(later, membership=jo.pk, step="supervision", done_on=date(2026, 11, 2))
    door.close(later)


def _first_call(jo: Membership) -> None:
    """D12 and D13: the first call, its note, the referral with four items agreed."""
    made = _begin(jo, FIRST, "call", {"safe_now": "yes", "called": "Maya", "caller": "self", **REACH})
    for clock, words in LINES:
        _line(jo, f"2025-11-03 {clock}", made, words)
    told = {"proved": "yes", "relationship": "acquaintance", "reported_police": "other", "duration": "months_6"}
    _at(jo, "2025-11-03 10:40", lambda by: actions.say(by, made, told=told))
    _at(jo, "2025-11-03 10:46", lambda by: actions.end_contact(by, made))
    _at(jo, "2025-11-03 10:55", lambda by: actions.wrap_up(by, made, wrapped=Wrapped("referred", tier="4", rest=True)))
    agreed = "Her name, the safe way, what happened so far, that she is very frightened. Not the police."
    by = _actor(jo, "2025-11-03 11:05")
    given = Ref(actions.offer(by, made, kind="referral", name="Stillwater Advocacy", consent=agreed))
    door.close(by)
    _at(jo, "2025-11-03 14:25", lambda by: actions.answer_offer(by, given, accepted=True, taker="Ruth Oyelaran"))
    Contact.objects.filter(reference=made.key).update(
        case=Case.objects.filter(owner=jo, opened_at=moment(FIRST)).first()
    )


def _others(jo: Membership) -> None:
    """A worried friend, a caller who may be doing it, and somebody to be texted again: one late, one to come."""
    friend = _begin(jo, "2026-11-18 14:05", "call", {"caller": "friend", "called": "A friend", "safe_now": "yes"})
    _line(
        jo, "2026-11-18 14:12", friend,
        "A colleague is followed home from work. Asks what to say.\n/c To know how to help without taking over",
    )  # fmt: skip
    _finish(jo, friend, "2026-11-18 14:20", Wrapped("advice", tier="1"))
    doing = _begin(jo, "2026-11-19 10:30", "call", {"caller": "doing_it"})
    _line(
        jo, "2026-11-19 10:38", doing,
        "Asks whether somebody has rung. Neither yes nor no was said. Told where to get help to stop.",
    )  # fmt: skip
    _finish(jo, doing, "2026-11-19 10:41", Wrapped("advice", hard=True))
    for at, name, number, need, follow in (
        ("2026-11-18 15:00", "Bryn", "07700 900761", ("advocacy", "full"), date(2026, 11, 19)),
        ("2026-11-19 15:10", "Nell", "07700 900762", None, date(2026, 11, 23)),
    ):
        told = {"called": name, "caller": "self", "safe_now": "yes", "relationship": "neighbour",
                "cut_off": "text", "number": number, "times": "Mon-Fri 12:30-13:15", "voicemail": "no"}  # fmt: skip
        made = _begin(jo, at, "call", told)
        _line(
            jo, at, made,
            "/i Parcels not ordered, left at the door | three since September | thinks a neighbour | photographs\n"
            "/h Wants to know who can help with devices; text only",
        )  # fmt: skip
        if need:
            by = _actor(jo, at)
            actions.note_unmet(by, made, need=need[0], area="", why=need[1])
            door.close(by)
        _finish(jo, made, at, Wrapped("call_back", follow, tier="2", checked=True))


def _shift(jo: Membership, bea: Membership) -> None:
    """A shift, calls that nobody took, and the public form with one message that waits."""
    by = _actor(bea, "2026-11-20 08:58")
    for day in (20, 23, 24):
        actions.put_on_rota(
            by, membership=jo.pk, starts=moment(f"2026-11-{day} 09:30"), ends=moment(f"2026-11-{day} 16:00"),
            out_of_hours=False,
        )  # fmt: skip
    actions.open_web(by)
    actions.note_unanswered(by, kind="missed", at=moment("2026-11-19 18:20"))
    actions.note_unanswered(by, kind="abandoned", at=moment("2026-11-20 08:55"), waited=140)
    door.close(by)
    _at(bea, "2026-11-19 21:40", lambda actor: actions.keep_web(actor, told=_MESSAGE))


def _begin(jo: Membership, at: str, channel: str, told: Mapping[str, str]) -> Ref:
    by = _actor(jo, at)
    made = Ref(actions.open_contact(by, channel=channel))
    actions.say(by, made, told=told)
    door.close(by)
    return made


def _line(jo: Membership, at: str, made: Ref, typed: str) -> None:
    by = _actor(jo, at)
    actions.keep_line(by, made, typed=typed)
    door.close(by)


def _finish(jo: Membership, made: Ref, at: str, wrapped: Wrapped) -> None:
    _at(jo, at, lambda by: actions.end_contact(by, made))
    _at(jo, at, lambda by: actions.wrap_up(by, made, wrapped=wrapped))


def _at(who: Membership, at: str, do: Callable[[Actor], object]) -> None:
    by = _actor(who, at)
    do(by)
    door.close(by)


def _actor(who: Membership, at: str) -> Actor:
    return actor_as(who, moment(at))
