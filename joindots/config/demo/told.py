"""What Maya told her advocate, as Asha wrote it down: entries of the log, whose the accounts are, what was found.

D07, D11, D16, D21 and N1 of the story, and what people believed of accounts before any decision of the police's.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from joindots.access.door import Ref
from joindots.casework import queries as cases
from joindots.config.demo.cases import moment
from joindots.config.demo.opening import Opened
from joindots.evidence import actions as evidence
from joindots.evidence.rules.cyber import Captured, Noted
from joindots.evidence.rules.entries import UNKNOWN_WHO, Telling
from joindots.evidence.rules.links import SHOWS, End
from joindots.evidence.rules.moments import read_words
from joindots.kernel.when import Precision, When
from joindots.people import actions as people
from joindots.people.rules.beliefs import identity_of

ENTRIES = (
    (
        "2025-11-07 12:50", "before 7 November 2025", "online",
        "Device check: a shared cloud account was found. Since when is not known. Left alone until evidence is kept "
        "and the police have advised.",
    ),
    (
        "2025-11-18 12:55", "17 November 2025", "through",
        "Callum complained about Maya to her employer and to her professional regulator, in near-identical words.",
    ),
)  # fmt: skip
"""D16 and D21: what no file tells."""
SEEN_ONLINE = (
    ("2 September 2025, 21:10", "northshire_tenor_91 put a heart on every picture back to 2019, one after another."),
    ("5 September 2025", "northshire_tenor_91 wrote to three altos to ask which nights Maya sings."),
    ("9 September 2025, 07:40", "A message request from northshire_tenor_91: “You can’t hide a voice.” Not opened."),
    ("14 September 2025", "The choir’s page had a comment under Maya’s name that Maya did not write."),
    ("19 September 2025, 23:05", "A second new account followed, with the choir’s crest as its picture."),
    ("27 September 2025", "northshire_tenor_91 answered a post of the clinic with a line from a song."),
    ("3 October 2025, 18:20", "A running app suggested Maya as somebody near to the second account."),
    ("29 October 2025", "northshire_tenor_91 shared the clinic’s opening hours with a smile."),
    (
        "2 November 2025, 20:15",
        "The second account looked at Maya’s page and was blocked; a third came the same night.",
    ),
    ("5 November 2025", "Somebody asked the mail provider for a new password to Maya’s account."),
    ("8 November 2025, 09:30", "The third account wrote “Thursday” under a photo of the hall."),
)
"""What Maya showed on her phone and no file holds: with D16 and ten rows of the log the 22 acts online."""
NO_RECORD = (date(2025, 10, 10), date(2025, 10, 24))
CHATS = {"choir-chat-a.zip": "Callum: tenor", "choir-chat-b.zip": "Callum: tenor"}
HERS = "Maya Ellwood"
TAG_PHOTOS = ("photos/photo-08.jpg", "photos/photo-09.jpg", "photos/photo-10.jpg")


def plan_told(opened: Opened) -> None:
    """Everything in its moment."""
    for at, when, kind, told in ENTRIES:
        opened.plan(at, partial(_write, opened, at, Telling(read_words(when, moment(at)), (kind,), words=told)))
    for number, (when, told) in enumerate(SEEN_ONLINE):
        at = f"2025-11-13 13:{40 + number}"
        telling = Telling(read_words(when, moment(at)), ("online",), words=told)
        opened.plan(at, partial(_write, opened, at, telling))
    opened.plan("2025-11-13 13:20", partial(_tracker, opened, "2025-11-13 13:20"))
    opened.plan("2025-11-13 13:30", partial(_whose, opened, "2025-11-13 13:30"))
    opened.plan("2025-11-13 13:35", partial(_capture, opened, "2025-11-13 13:35"))
    opened.plan("2025-11-17 13:20", partial(_no_record, opened, "2025-11-17 13:20"))


def _write(opened: Opened, at: str, telling: Telling) -> None:
    evidence.write_entry(opened.actor("asha", at), opened.case, telling=telling)


def _no_record(opened: Opened, at: str) -> None:
    """N1: of these days there is no record, and nobody may say that contact stopped."""
    evidence.tell_gap(
        opened.actor("asha", at), opened.case, first=NO_RECORD[0], last=NO_RECORD[1], why="phone_gone",
        told_by="client", words="The phone was broken, and no log was kept.",
    )  # fmt: skip


def _tracker(opened: Opened, at: str) -> None:
    """D11: the phone warned of an unknown tag; it was found in the wheel arch and left as the police advised."""
    warned = When(moment("2025-10-30 18:47"), moment("2025-10-30 18:47"), Precision.MINUTE, "device_assumed")
    kept = evidence.note_check(
        opened.actor("asha", at), opened.case,
        noted=Noted(
            "car_tracker", "found", "left", "police", "a tag", "in a wheel arch at 19:30", "noted on photo 10",
            "leave it where it is until an officer has seen it",
        ),
        telling=Telling(
            warned, ("home",), ("tracker",), reported=("police",), doer=UNKNOWN_WHO,
            words="The phone warned of an unknown tag. It was found at 19:30, photographed in place and left there.",
        ),
    )  # fmt: skip
    assert kept is not None
    for name in TAG_PHOTOS:
        ends = (End(entry=kept.reference), End(source=opened.sources[name]))
        evidence.link(opened.actor("asha", at), opened.case, kind=SHOWS, ends=ends)


def _whose(opened: Opened, at: str) -> None:
    """Whose the accounts are, as Maya tells it; the payer's name is shown by the bank itself."""
    someone = {one.name: one.id for one in cases.case(opened.actor("asha", at), opened.case).people}
    named = [identity_of(opened.sources[file], shown, None) for file, shown in CHATS.items()]
    told = (
        ("Callum Rowan Pryce", named, "told", "The chat is with him; choir members know the name."),
        ("Callum Rowan Pryce", ["tel:+447700900177"], "told", "The texts go on where the chat stopped, fairly sure."),
        ("Maya Ellwood", [identity_of(opened.sources[file], HERS, None) for file in CHATS], "told", "Her own phone."),
    )
    for name, accounts, sure, why in told:
        people.say_who(
            opened.actor("asha", at), Ref(opened.circle), accounts=accounts, person=someone[name], sure=sure,
            said_by="client", why=why,
        )  # fmt: skip


def _capture(opened: Opened, at: str) -> None:
    """D07: the account that follows her, as it was captured. Whose it is nobody has said."""
    seen = When(moment("2025-09-01 21:14"), moment("2025-09-01 21:14"), Precision.MINUTE, "device_assumed")
    evidence.keep_capture(
        opened.actor("asha", at), opened.case, source=opened.sources["page-capture.png"],
        told=Captured(
            "https://social.example.org/northshire_tenor_91", "profile", "client", seen, "northshire_tenor_91",
            "It follows her and nobody else.",
        ),
    )  # fmt: skip
