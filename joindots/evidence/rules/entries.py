"""Entries of the log: what can be written down about one thing that happened, and what may become of it (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from joindots.evidence.rules.arriving import A_DAY, spread
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import When, london_day

MOST_LETTERS: Final = 8_000
SHORT_LETTERS: Final = 500
MOST_TIMES: Final = 9_999
MOST_DAYS: Final = 400


@dataclass(frozen=True, slots=True)
class Kind:
    """What a person taps: its words for staff and for the person, and the acts it can be, said more exactly.

    `statutory` are the examples of section 2A(3) of the Protection from Harassment Act 1997 (and of the lists of
    Scotland and Northern Ireland) that it may come under. Which of them it is, and whether it is one, is for people.
    """

    says: str
    hers: str
    statutory: tuple[str, ...]
    finer: tuple[str, ...] = ()


KINDS: Final[Mapping[str, Kind]] = {
    "message": Kind("A message", "A message", ("contact",), ("texts_messages", "email", "social_media_contact")),
    "call": Kind("A call", "A call", ("contact",), ("calls",)),
    "near": Kind(
        "Came near", "Came near me", ("following", "loitering", "watching_spying"),
        ("loiter_home", "loiter_work", "visits", "following_physical", "vehicle_follow"),
    ),
    "left": Kind(
        "Something left or sent", "Something left or sent", ("leaving_items", "contact"), ("gifts", "letters_cards"),
    ),
    "online": Kind(
        "Online", "Online", ("publishing", "monitoring_comms", "contact"),
        ("defamatory_posts", "impersonation", "doxxing", "intimate_images", "livestreaming", "account_access",
         "stalkerware"),
    ),
    "through": Kind(
        "Through someone", "Through someone", ("contact", "other_conduct"),
        ("third_party_contact", "proxy", "false_reports"),
    ),
    "home": Kind(
        "Home, car or things", "My home, car or things",
        ("entering_premises", "interfering_property", "following", "watching_spying"),
        ("break_in", "criminal_damage", "tracker", "hidden_camera", "voyeurism", "pet_harm"),
    ),
    "money": Kind("Money", "Money", ("contact",), ("payment_reference",)),
    "threat": Kind(
        "A threat, or hurt", "A threat, or I was hurt", ("other_conduct",),
        ("threat_violence", "threat_kill", "threat_self_harm", "weapon", "assault", "strangulation",
         "sexual_assault", "forced_marriage", "fgm"),
    ),
    "other": Kind("Something else", "Something else", ("other_conduct",)),
}  # fmt: skip
FIRST_SIX: Final = 6
"""Kinds that always stand on the form; the others stand after them."""
TOLD_BY: Final[Mapping[str, str]] = {
    "client": "the person being stalked", "writer": "the writer saw it", "other": "somebody else",
}  # fmt: skip
REPORTED: Final[Mapping[str, str]] = {
    "nobody": "nobody so far", "police": "the police", "helpline": "a helpline", "work": "work", "school": "school",
    "other": "somebody else",
}  # fmt: skip

REPORTED_PERSON, SENT, UNKNOWN_WHO, SOMEBODY = "reported", "sent", "unknown", "other"
DOERS: Final[Mapping[str, str]] = {
    REPORTED_PERSON: "the person reported", SENT: "somebody sent by {name}", UNKNOWN_WHO: "not known who",
    SOMEBODY: "somebody else",
}  # fmt: skip
"""Who did it, as told. Nobody is ever taken for it: an entry that does not say so says nothing of it."""
BY_THEM: Final = frozenset({REPORTED_PERSON, SENT})


class Step(StrEnum):
    """What made a version of an entry."""

    WRITTEN = "written"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    BROUGHT_BACK = "brought_back"


STEP_WORDS: Final[Mapping[Step, str]] = {
    Step.WRITTEN: "written", Step.CORRECTED: "corrected", Step.WITHDRAWN: "withdrawn",
    Step.BROUGHT_BACK: "brought back",
}  # fmt: skip


class State(StrEnum):
    """Whether an entry counts."""

    STANDS = "stands"
    WITHDRAWN = "withdrawn"


NEXT: Final[Mapping[State, frozenset[State]]] = {
    State.STANDS: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.STANDS}),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """All that one version of an entry says."""

    when: When
    kinds: tuple[str, ...]
    behaviours: tuple[str, ...] = ()
    times: int = 1
    times_about: bool = False
    told_by: str = "client"
    reported: tuple[str, ...] = ()
    reference: str = ""
    """Under which the police, or whoever it was reported to, has it."""
    where: str = ""
    words: str = ""
    effect: str = ""
    saw: str = ""
    doer: str = ""
    """A code of `DOERS`, empty where nobody said who did it."""
    doer_person: UUID | None = None
    """Which person reported, where it was one of them or somebody they sent."""
    doer_words: str = ""
    """Who it was in the person's own words."""
    days: tuple[date, ...] = ()
    """The days that words such as "every Tuesday in July" name: each is possible, none is known, none is counted."""


def direction_of(doer: str) -> str:
    """The direction of an entry, as of a message: in where the person reported is said to have done it or sent
    somebody, and unknown otherwise.
    """
    return "in" if doer in BY_THEM else "unknown"


def can_keep(telling: Telling) -> Decision:
    """Something must be said of what it was; codes are from the lists, words of a bearable length."""
    if not telling.kinds:
        return no("kind_missing", "Choose what it was. “Something else” is fine.")
    if not (set(telling.kinds) <= set(KINDS) and set(telling.behaviours) <= behaviours()):
        return no("kind_unknown", "Choose from the kinds shown.")
    if telling.told_by not in TOLD_BY or not set(telling.reported) <= set(REPORTED):
        return no("choice_unknown", "Choose from the answers shown.")
    if telling.doer not in ("", *DOERS) or (telling.doer_person is not None and telling.doer not in BY_THEM):
        return no("doer_unknown", "Choose who did it from the answers shown, or leave it open.")
    if len(telling.days) > MOST_DAYS:
        return no("days_many", "Name at most {most} days, or say it as a time between two.", most=MOST_DAYS)
    if not 1 <= telling.times <= MOST_TIMES:
        return no("times_range", "Enter how often as a number from 1 to {most}.", most=MOST_TIMES)
    if len(telling.words) > MOST_LETTERS or len(telling.effect) > MOST_LETTERS:
        return no("words_long", "Shorten the words to {most} letters, or make two entries.", most=MOST_LETTERS)
    if max(map(len, (telling.where, telling.saw, telling.reference, telling.doer_words))) > SHORT_LETTERS:
        said = "Shorten where, who did it, who saw it and the reference to {most} letters each."
        return no("short_long", said, most=SHORT_LETTERS)
    return YES


def can_name(is_reported: bool) -> Decision:
    """Who is named as having done it is a person reported in this case."""
    return YES if is_reported else no("doer_unknown", "Choose who did it from the answers shown, or leave it open.")


def can_move(now: State, to: State) -> Decision:
    """An entry is withdrawn and can be brought back; nothing else, and never deleted by itself."""
    if to in NEXT[now]:
        return YES
    if now is State.WITHDRAWN:
        return no("entry_withdrawn", "This entry is withdrawn already.")
    return no("entry_stands", "This entry was not withdrawn, so there is nothing to bring back.")


def can_correct(now: State) -> Decision:
    """What is withdrawn is brought back before it is corrected."""
    if now is State.STANDS:
        return YES
    return no("entry_withdrawn_first", "This entry is withdrawn. Bring it back before you correct it.")


def can_mark(now: State) -> Decision:
    """What is withdrawn is nothing for a statement."""
    return YES if now is State.STANDS else no("mark_withdrawn", "This entry is withdrawn. Bring it back first.")


def can_give_reason(why: str) -> Decision:
    """A correction and a withdrawal say why, for whoever reads the history."""
    if not why.strip():
        return no("why_missing", "Say why in a few words. It stays with the entry.")
    if len(why) > SHORT_LETTERS:
        return no("why_long", "Shorten the reason to {most} letters.", most=SHORT_LETTERS)
    return YES


def behaviours() -> frozenset[str]:
    """Every finer act that can be chosen."""
    return frozenset(code for kind in KINDS.values() for code in kind.finer)


def kinds_say(kinds: Collection[str]) -> str:
    """`A message, came near`: the kinds in the form's order."""
    said = [kind.says for code, kind in KINDS.items() if code in kinds]
    return ", ".join([*said[:1], *(one[0].lower() + one[1:] for one in said[1:])])


def times_say(times: int, about: bool) -> str:
    """`about 12 times`; nothing for once."""
    if times == 1:
        return ""
    return f"{'about ' if about else ''}{times:,} times"


def doer_says(doer: str, name: str, own_words: str) -> str:
    """Who did it, in words: `Sam Example`, `somebody sent by Sam Example (a man in a van)`; empty if nobody said."""
    if not doer and not own_words:
        return ""
    said = DOERS.get(doer, "").format(name=name or "the person reported")
    said = name if doer == REPORTED_PERSON and name else said
    return f"{said} ({own_words})" if said and own_words else said or own_words


def day_of(when: When) -> date | None:
    """The day in London on which it began; None if that is not known or it spans more than a day, as for a record."""
    if when.earliest is None or when.latest is None or spread(when.earliest, when.latest) >= A_DAY:
        return None
    return london_day(when.earliest)


def reported_says(reported: Collection[str]) -> str:
    """Where it was reported, in the form's order."""
    return ", ".join(words for code, words in REPORTED.items() if code in reported)
