"""What the story tells of the application for the order (D33): acts, terms, signatures, and the leak it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.config.demo.cases import Share, moment
from joindots.config.demo.opening import Opened
from joindots.evidence import actions as evidence
from joindots.evidence.rules.entries import Telling
from joindots.evidence.rules.moments import read_words
from joindots.orders.actions import packs, papers
from joindots.orders.models import OrderPack
from joindots.orders.queries import papers as made
from joindots.orders.rules.packs import TOUCHES
from joindots.people import actions as people

HIDDEN = "9 Larch Close, Harrowby, ZZ99 4LC"


@dataclass(frozen=True, slots=True)
class Told:
    """An act as the officer in the case wrote it down, and who will prove it."""

    when: str
    kind: str
    words: str
    prover: str
    doer: str = "reported"


ACTS = (
    Told("10 June 2025 at 21:14", "message", "Wrote: “You have a lovely voice. I knew you noticed me.”",
         "Maya Ellwood"),
    Told("July 2025", "near", "Waited by the hall door after choir, on Tuesdays: all but one, it is thought.",
         "Choir leader"),
    Told("between 23 and 25 August 2025", "call", "Silent calls, number withheld: 14 in the call list, “about "
         "twelve” in the log.", "Maya Ellwood", ""),
    Told("12 September 2025", "money", "Sent £0.01 with the reference LOOK UP.", "DC Tom Hale"),
    Told("28 September 2025", "through", "Wrote to Dev Ellwood: “Tell her I only want to talk.”", "Dev Ellwood"),
    Told("30 October 2025 at 18:47", "home", "A tracking tag was found in the wheel arch of the car.",
         "DC Tom Hale", ""),
    Told("17 November 2025", "through", "Complained to an employer and a regulator in near-identical words, after "
         "arrest.",
         "Maya Ellwood"),
)  # fmt: skip
SHEETS = {
    "respondent": {"name": "Callum Rowan Pryce", "aliases": "Cal Price", "work": "Evenings, at a music shop",
                   "belief": "None told", "court": "Harrowby Magistrates’ Court",
                   "applicant": "The chief officer of Northshire Constabulary"},
    "protected": {"names": "Maya Ellwood", "why": "The acts were against her.",
                  "unnamed": "Where she lives now, and her family's address."},
    "risk": {"risk": "Police: medium. Advocate: high. Health: persistence high, violence uncertain. 20 November 2025; "
             "side by side, not averaged.", "impact": "Has moved home; sleeps little; sings no more."},
    "interim": {"asked": "yes", "why": "He went on after arrest; bail alone does not protect her until the hearing."},
    "exhibits": {"others": "TH/1, chat export\nTH/2, photographs of a tag", "hearsay": "The choir leader's note."},
    "statements": {"made": "Maya Ellwood, signed\nDev Ellwood, signed\nChoir leader, to be signed",
                   "officer": "DC Hale, 27 November 2025: the history, the grounds, why each term."},
    "others": {"live": "NS/25/104417, live", "orders": "Police bail to 10 February 2026: no contact, not to enter "
               "Clinic Street.", "warned": "2025-08-19\n2025-11-13"},
}  # fmt: skip
TERMS = (
    ("P01", "Not to contact Maya Ellwood directly by any means.", (1, 3, 4), "By report; by phone and bank records"),
    ("P02", "Not to contact Maya Ellwood through anybody else but a solicitor or a court.", (5, 7), "By statement"),
    ("P07", "Not to track or watch Maya Ellwood by any device.", (2, 6), "By examination of devices"),
)  # fmt: skip
LEAKING = "Not to enter Larch Close, within 50 metres of number 9 Larch Close, as on the map."
MENDED = "Not to enter the area about the clinic and the old home on the map attached to the order."


def plan_pack(opened: Opened, order: list[UUID]) -> None:
    """Drafted from 25 November; authorised on the 28th; stopped by its own leak check on 1 December, mended, sent."""
    key: list[UUID] = []
    for at, step in (
        ("2025-11-24 16:00", _log), ("2025-11-25 15:30", partial(_begin, order)), ("2025-11-28 10:00", _draft),
        ("2025-11-28 15:30", _sign), ("2025-12-01 09:12", _leak), ("2025-12-01 09:30", _mend),
        ("2025-12-01 09:40", _sign),
    ):  # fmt: skip
        opened.plan(at, partial(step, opened, key, at))


def _log(opened: Opened, _: list[UUID], at: str) -> None:
    for one in ACTS:
        when = read_words(one.when, moment(at))
        telling = Telling(when, (one.kind,), words=one.words, doer=one.doer)
        evidence.write_entry(opened.actor("tom", at), opened.case, telling=telling)
    people.protect(opened.actor("priya", at), Ref(opened.circle), kind="address", word=HIDDEN)
    opened.share(Share("gwen", "priya", "victim", "team", "order papers", at))


def _begin(order: list[UUID], opened: Opened, key: list[UUID], at: str) -> None:
    key.append(packs.begin_pack(opened.actor("gwen", at), Ref(order[0])))


def _draft(opened: Opened, key: list[UUID], at: str) -> None:
    gwen, tom, pack = opened.actor("gwen", at), opened.actor("tom", at), Ref(key[0])
    for part, sheet in SHEETS.items():
        packs.keep_part(gwen, pack, part=part, sheet=sheet, done=True)
    row = OrderPack.objects.get(pk=key[0])
    entries = row.circle.incidents.order_by("made_at", "id").values_list("reference", flat=True)[: len(ACTS)]
    packs.add_acts(tom, pack, entries=list(entries))
    acts = [one.id for one in made.desk(gwen, pack).view.draft.acts]
    packs.mark_acts(tom, pack, acts=acts, grounds="ABC")
    for act, one in zip(acts, ACTS, strict=True):
        packs.mark_acts(gwen, pack, acts=[act], prover=one.prover)
    for library, text, because, policed in TERMS:
        _term(opened, key, at, library, text, policed, because)


def _term(
    opened: Opened, key: list[UUID], at: str, library: str, text: str, policed: str, because: tuple[int, ...]
) -> None:
    gwen, pack = opened.actor("gwen", at), Ref(key[0])
    acts = [one.id for one in made.desk(gwen, pack).view.draft.acts if one.number in because]
    packs.keep_term(
        gwen, pack, term=None, library=library, text=text, acts=acts, policed=policed,
        touches=dict.fromkeys(TOUCHES, "no"), settled="", provider="",
    )  # fmt: skip


def _sign(opened: Opened, key: list[UUID], at: str) -> None:
    """The administrator signs as drafter, DS Nand as checker, and what Supt Marsh signed is entered by DS Nand."""
    for who, step, name in (
        ("gwen", "drafter", "Gwen Ashby"), ("priya", "checker", "DS Priya Nand"),
        ("priya", "delegate", "Supt Helen Marsh"),
    ):  # fmt: skip
        actor = actor_as(opened.staff[who], moment(at), fresh=True)
        opened.actors.append(actor)
        content = made.desk(actor, Ref(key[0])).content
        papers.sign(actor, Ref(key[0]), step=step, name=name, content=content)


def _leak(opened: Opened, key: list[UUID], at: str) -> None:
    """Term 4 names the new street: the check stops it, and no paper is made."""
    _term(opened, key, at, "P04", LEAKING, "By patrols and cameras", (2, 6))


def _mend(opened: Opened, key: list[UUID], at: str) -> None:
    gwen, pack = opened.actor("gwen", at), Ref(key[0])
    view = made.desk(gwen, pack).view
    term = next(one for one in view.draft.terms if one.text == LEAKING)
    acts = [one.id for one in view.draft.acts if one.number in term.acts]
    packs.keep_term(
        gwen, pack, term=term.id, library="P04", text=MENDED, acts=acts, policed=term.policed,
        touches={**term.touches, "work": "settled"}, settled="His shop lies outside the area.", provider="",
        seen=view.versions[term.id],
    )  # fmt: skip
