"""Letters to those who can make things safer: what each may ask, what it says, and what it never says by itself (pure).

A letter says no more than its recipient needs: the name, that support is given, what is asked. What happened, an
address and a number stand in it only where somebody ticked that the client wants it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from joindots.casework.rules.saying import SHORT, can_say, first_refusal, one_of
from joindots.documents.leaks.looking import Looking
from joindots.documents.leaks.matching import matcher
from joindots.documents.leaks.protected import Protected, Word
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.words import words


@dataclass(frozen=True, slots=True)
class Macro:
    """A kind of letter: to whom, about what, and what can be asked, each by its code."""

    to: str
    title: str
    why: str
    asks: Mapping[str, str]


MACROS = {
    "employer": Macro(
        "Employer", "Support at work", "We ask for a few changes that help {name} to be safe at work.",
        {
            "lead": "Name one person in charge of this, whom {name} can speak to in confidence.",
            "reception": "Tell reception and security that nobody is given {name}'s whereabouts, shifts or number.",
            "public": "Take {name}'s name, picture and working days off public pages.",
            "shifts": "Let {name} change shifts, place of work or parking for a while.",
            "mail": "Hand letters, parcels, flowers and calls for {name} to the person in charge, unopened and kept.",
            "court": "Give {name} time for appointments with police, court and support.",
            "complaint": "Before acting on a complaint about {name} from outside, speak with {name} and with us.",
        },
    ),
    "landlord": Macro(
        "Landlord or housing", "Safety at home", "We ask for a few things that make {name}'s home safer.",
        {
            "locks": "Change or add locks, or agree that {name} does.",
            "camera": "Agree to a camera or light at the door.",
            "keys": "Give nobody keys, and tell {name} before anybody comes in.",
            "tell_nobody": "Tell nobody whether {name} lives or lived there, or where {name} went.",
            "move": "Treat an application to move, or to end the tenancy early, as urgent.",
        },
    ),
    "school": Macro(
        "School or nursery", "Keeping a child safe", "We ask for a few things that keep {name}'s child safe with you.",
        {
            "lead": "Name one person in charge of this.",
            "collect": "Let only the people on {name}'s list collect the child, with a password.",
            "tell_nobody": "Tell nobody whether the child is with you, or where the family lives.",
            "pictures": "Publish no picture and no name of the child.",
            "approach": "Tell {name} and the police at once if somebody asks for the child or waits outside.",
        },
    ),
    "gp": Macro(
        "GP", "Support for your patient", "We ask for a few things that help your patient {name}.",
        {
            "flag": "Mark the record so that nobody is told address, number or appointments.",
            "contact": "Reach {name} only in the way {name} names to you in person.",
            "access": "Check who else can see {name}'s record, prescriptions and appointments online.",
            "letter": "Write down, with {name}'s agreement, how this affects {name}'s health.",
            "refer": "Refer {name} to trauma support. It need not wait for a court case, nor for the risk to end.",
        },
    ),
    "bank": Macro(
        "Bank", "Your customer's account", "We ask for a few things that make {name}'s money safer.",
        {
            "password": "Put a password on the account, and ask for no answers that others know or can look up.",
            "references": "Block payments from named people, or hide what they write in the reference.",
            "statements": "Keep a list of small payments with messages in them: {name} may need it as evidence.",
            "joint": "Look at what can be done about shared accounts, cards and phones.",
            "address": "Send nothing by post before {name} has said where.",
        },
    ),
    "police": Macro(
        "Police", "A report to you", "We ask how the report stands.",
        {
            "update": "Tell us what was done on this report, what comes next, and when.",
            "stalking": "Say whether it is recorded as stalking; if it is not, say why not.",
            "evidence": "Say when the evidence that {name} offered will be taken.",
            "bail": "Tell {name} before anybody is released, or bail conditions change or end.",
            "order": "Say whether a stalking protection order was considered, and with what result.",
            "officer": "Name the officer in the case, and how that officer is reached.",
        },
    ),
    "cps": Macro(
        "Crown Prosecution Service", "A case with you", "We ask how the case stands.",
        {
            "decision": "Say by when a decision on charge is expected, or what was decided and why.",
            "review": "Say until when {name} can ask for a review of the decision, and how.",
            "measures": "Say which special measures were asked of the court.",
            "meeting": "Offer {name} a meeting about the decision, and say when.",
        },
    ),
    "court": Macro(
        "Court", "A hearing at your court", "We ask a few things about the hearing.",
        {
            "date": "Tell us the day, time and kind of the next hearing.",
            "measures": "Say which special measures were granted.",
            "entrance": "Arrange another entrance and a waiting room apart for {name}.",
            "statement": "Say when {name}'s personal statement can be read, and by whom.",
            "result": "Tell us the result, and the words of every order or condition that was made.",
        },
    ),
}  # fmt: skip
PRESSED = ("police", "cps", "court")
"""Agencies that are pressed: their letters carry the crime reference, and start a clock."""


ANYBODY = ("employer", "landlord")
"""Whoever they are, somebody may work for them or rent from them."""


class Extra(StrEnum):
    """What stands in a letter only where it is ticked."""

    ADDRESS = "address"
    NUMBER = "number"
    REASON = "reason"
    CHILD = "child"


EXTRA_WORDS = {
    Extra.ADDRESS: "the client's address", Extra.NUMBER: "the client's safe number",
    Extra.REASON: "that it is about stalking", Extra.CHILD: "the names of the children in this case",
}  # fmt: skip
FILE_NAME = "letter"
"""What every letter is called as a file, whatever it says."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is filled in from the case, shown for a check before anything is made."""

    name: str
    writer: str
    agency: str
    reference: str
    day: date
    address: str = ""
    number: str = ""
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody chose for a letter."""

    kind: str
    to: str
    asks: tuple[str, ...]
    extras: tuple[str, ...] = ()
    words: str = ""
    reply_by: date | None = None
    crime: str = ""
    """The crime reference, as it was shown for a check; only in letters to those who are pressed."""
    officer: str = ""
    promised: str = ""
    """What this agency said before, and is asked to keep."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as it is set: its lines in order."""

    to: tuple[str, ...]
    day: str
    title: str
    opening: tuple[str, ...]
    asks: tuple[str, ...]
    closing: tuple[str, ...]
    signed: tuple[str, ...] = field(default=())

    @property
    def whom(self) -> str:
        """The first line of the recipient's."""
        return self.to[0] if self.to else ""

    @property
    def text(self) -> str:
        """What it tells its recipient, to be looked through. Who that is, the recipient knows."""
        return "\n".join((self.title, *self.opening, *self.asks, *self.closing, *self.signed))

    @property
    def whole(self) -> str:
        """The letter as plain text, as a mail or a printer takes it."""
        asks = "\n".join(f"- {one}" for one in self.asks)
        return "\n\n".join(one for one in (self.day, self.title, *self.opening, asks, *self.closing,
                                           "\n".join(self.signed)) if one)  # fmt: skip


def can_draft(draft: Draft, today: date) -> Decision:
    """A known kind, a recipient and something to ask."""
    kind = one_of(draft.kind, MACROS)
    if not kind:
        return kind
    late = draft.reply_by is not None and draft.reply_by <= today
    return first_refusal(
        can_say(draft.to, words("letter_to", "Choose who the letter goes to."), SHORT * 2),
        YES if draft.asks or draft.words.strip() else no("letter_asks", "Choose at least one thing to ask for."),
        *(one_of(code, MACROS[draft.kind].asks) for code in draft.asks),
        *(one_of(code, set(Extra)) for code in draft.extras),
        can_say(draft.words),
        *(can_say(one, None, SHORT) for one in (draft.crime, draft.officer, draft.promised)),
        no("reply_past", "Choose a day to come for the reply.") if late else YES,
    )


def compose(draft: Draft, facts: Facts) -> Composed:
    """The letter: what is not ticked is not in it, whatever the case knows."""
    macro = MACROS[draft.kind]
    name, about = facts.name, " who is being stalked" if Extra.REASON in draft.extras else ""
    opening = [f"{facts.agency} supports {name}{',' if about else ''}{about}. {macro.why.format(name=name)}"]
    opening += _known(draft.extras, facts)
    opening += _pressed(draft) if draft.kind in PRESSED else []
    opening += [one for one in draft.words.strip().splitlines() if one.strip()]
    closing = [
        f"{name} agreed to this letter. Please show it only to those who need it, and tell nobody else that it came.",
        "If anybody else asks about it, say nothing and tell us.",
    ]
    if draft.reply_by:
        day = draft.reply_by
        closing.append(f"Please let us know by {day:%A} {day.day} {day:%B %Y} what you can do.")
    return Composed(
        tuple(one.strip() for one in draft.to.splitlines() if one.strip()),
        f"{facts.day.day} {facts.day:%B %Y}", macro.title, tuple(opening),
        tuple(macro.asks[code].format(name=name) for code in macro.asks if code in draft.asks), tuple(closing),
        (facts.writer.split(" ")[0] if facts.writer else "", facts.agency, f"Our reference {facts.reference}"),
    )  # fmt: skip


def can_send(*, agreed_to: str | None, to: str) -> Decision:
    """Consent for this very recipient comes first; without it there is the asking, not the letter.

    `agreed_to` is whom a consent in force names, None where there is none; `to` the letter's first line.
    """
    if agreed_to is not None and agreed_to.strip().casefold() == to.strip().casefold():
        return YES
    return no(
        "letter_consent", "Ask first: nobody has written down that they agreed to a letter to {to}.", to=to.strip()
    )


def known_as(written: Collection[str], office: Sequence[str] | None) -> tuple[str, ...]:
    """As what somebody can be written to: an agency known here by its kind (`office`), or as what anybody may be;
    others as this case wrote to them before; who is known as nothing yet, as any.
    """
    if office is not None:
        return (*office, *ANYBODY)
    return tuple(code for code in MACROS if code in written) or tuple(MACROS)


def can_write_as(kind: str, known: Collection[str], to: str) -> Decision:
    """Whether a letter of this kind fits who it goes to: a bank is not asked what an employer is."""
    if kind in known:
        return YES
    named = [code for code in known if code not in ANYBODY] or known
    return no(
        "letter_other", "{to} is known here as: {known}. This letter is for: {kind}. If they are both, write down what "
        "was agreed once more, with the desk after a comma.",
        to=to.strip(), known=", ".join(MACROS[code].to for code in named), kind=MACROS[kind].to,
    )  # fmt: skip


def can_answer(*, gone: bool, answered: bool) -> Decision:
    """A reply is written down, or asked for again, once the letter left and while none is there."""
    if answered:
        return no("letter_answered", "An answer to this letter is written down already.")
    return YES if gone else no("letter_here", "This letter has not left yet, so nobody can have answered it.")


def can_ask_again(reply_by: date, today: date) -> Decision:
    """Asking again sets a new day to answer by."""
    return YES if reply_by > today else no("reply_past", "Choose a day to come for the reply.")


def _known(extras: Collection[str], facts: Facts) -> list[str]:
    """The address and number that somebody ticked, and nothing for what was not recorded."""
    told = []
    if Extra.ADDRESS in extras and facts.address:
        told.append(f"The address, for you alone: {', '.join(facts.address.split(chr(10)))}.")
    if Extra.CHILD in extras and facts.children:
        told.append(f"It is about {' and '.join(facts.children)}.")
    if Extra.NUMBER in extras and facts.number:
        told.append(f"The number to use, for you alone: {facts.number}.")
    return told


def _pressed(draft: Draft) -> list[str]:
    """Which report a letter is about, who has it, and what was promised: each only where it was shown with words."""
    officer = f" Officer in the case: {draft.officer.strip()}." if draft.officer.strip() else ""
    told = [f"It is about crime reference {draft.crime.strip()}.{officer}"] if draft.crime.strip() else []
    told += [officer.strip()] if officer and not told else []
    if draft.promised.strip():
        told.append(f"We were told by you: “{draft.promised.strip()}” Please say how that stands.")
    return told


def searched(place: str, text: str, words: Sequence[Word], name: str) -> list[str]:
    """What the leak check finds in a text of a letter, in sentences without a word of it."""
    looking = Looking(matcher(Protected(tuple(words), (name,) if name else ())))
    looking.text(place, text)
    return [str(one.says) for one in looking.found]
