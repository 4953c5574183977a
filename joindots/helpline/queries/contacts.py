"""One contact, as the live screen and its own page show it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.agencies.models import Membership
from joindots.casework import queries as casework
from joindots.casework.models import Case
from joindots.directory import queries as directory
from joindots.directory.rules.fitting import Asked
from joindots.directory.rules.places import place_of
from joindots.directory.rules.tables import needs
from joindots.helpline import permissions
from joindots.helpline.models import CallBack, Contact, EarlierLink, Line, Offer, UnmetNeed
from joindots.helpline.rules import fields, marks, safe, saying, sheet, states
from joindots.people.rules.windows import Window
from joindots.people.tasks import closed_days

Windows = tuple[Window, ...]
POLICE = "police-"
"""999 and 101 stand on the screen of every call; nobody is referred to them."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the note."""

    number: int
    at: datetime
    kind: str
    mark: str
    words: str = field(repr=False)
    places: tuple[tuple[str, str], ...]
    """What, when, who and evidence of something that happened; empty for other lines."""
    by: str
    count: int = 0
    """For something that happened: the how-manieth of this note."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one field: its words, when, and the line it came from (0: none)."""

    value: str = field(default="", repr=False)
    says: str = field(default="", repr=False)
    at: datetime | None = None
    line: int = 0
    line_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PromptView:
    """One thing to listen for, with what was answered and when; not asked where `told` is empty."""

    key: str
    code: str
    says: str
    asks: str
    told: str
    answer: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class FactView:
    """One of the facts so far: what was said and the line it came from; not asked where `told` says nothing."""

    label: str
    mark: str
    told: Told


@dataclass(frozen=True, slots=True)
class CallView:
    """A call-back. Its number is shown only inside the times that are safe."""

    id: UUID
    version: int
    state: str
    way: str
    starts: datetime
    ends: datetime
    owner: str
    late: bool
    now: bool
    """Whether it is safe at this moment."""
    why_not: str
    number: str = field(repr=False)
    attempts: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True, slots=True)
class OfferView:
    """A service offered."""

    id: UUID
    version: int
    kind: str
    state: str
    name: str
    consent: str = field(repr=False)
    taker: str
    at: datetime
    answered_at: datetime | None
    here: casework.SentIn | None = None
    """Where it stands at an agency of this installation that it went to."""


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact whole."""

    reference: str
    version: int
    circle: UUID
    state: str
    channel: str
    channel_says: str
    by_voice: bool
    caller: str
    caller_says: str
    doing_it: bool
    started_at: datetime
    ended_at: datetime | None
    adviser: str
    listener: str
    listening: bool
    """Whether the reader is the one who listens."""
    mine: bool
    outcome: str
    tier: str
    hard: bool
    told: dict[str, Told] = field(repr=False)
    lines: tuple[LineView, ...] = field(repr=False)
    prompts: tuple[PromptView, ...]
    facts: tuple[FactView, ...]
    asked: int
    draft: str = field(repr=False)
    draft_at: datetime | None
    safe_line: str = field(repr=False)
    times_read: str
    """The safe times as the clock reads them; empty where it cannot."""
    calls: tuple[CallView, ...]
    offers: tuple[OfferView, ...]
    unmet: tuple[str, ...]
    earlier: tuple[tuple[str, datetime, str], ...]
    """Earlier contacts linked by the caller's wish: reference, when, channel."""
    case: str

    @property
    def name(self) -> str:
        """What they want to be called; "Caller" where that was not asked."""
        said = self.told.get("called")
        return said.value if said else "Caller"

    @property
    def danger(self) -> bool:
        """Whether they said they are in danger now."""
        said = self.told.get("safe_now")
        return bool(said and said.value == "danger")


@reads_one(permissions.SEE_CONTACT, Contact)
def contact(actor: Actor, row: Contact) -> ContactView:
    """A contact with everything on it. The number it can be reached by is shown while the talk lasts, and later only
    inside the times that are safe.
    """
    lines = _lines(actor, row)
    places = [sheet.told(sheet.decoded(actor.keys.open(each))) for each in (row.who, row.reach, row.sheet)]
    told = {one.field: _told(one, lines) for place in places for one in place.values()}
    times = safe.read(told["times"].value) if "times" in told else None
    acts = next((one for one in lines if one.kind == marks.INCIDENT), None)
    cases = Case.objects.visible_to(actor, picked=True).filter(pk__in=[row.case_id] if row.case_id else [])
    case = cases.values_list("reference", flat=True).first()
    calls = _calls(actor, row, told, times or ())
    if row.state == states.State.DONE and "number" in told:
        told = told | {"number": Told("", "kept; it is shown when it is safe to use", told["number"].at)}
    return ContactView(
        row.reference, row.version, row.circle_id, row.state, row.channel, row.get_channel_display(),
        row.channel in states.BY_VOICE, row.caller, row.get_caller_display(), row.caller == states.DOING_IT,
        row.started_at, row.ended_at, _name(row.adviser), _name(row.listener), row.listener_id == actor.membership_id,
        row.adviser_id == actor.membership_id, row.get_outcome_display(), row.tier, row.hard, told, lines,
        _prompts(told), _facts(told, acts, sum(one.kind == marks.INCIDENT for one in lines)),
        sum(one.code in told for one in saying.PROMPTS), actor.keys.open(row.draft), row.draft_at,
        safe.line({name: one.value for name, one in told.items()}),
        safe.says(times) if times else "", calls, _offers(actor, row), _unmet(row),
        _earlier(actor, row), case or "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """A service that fits what was told so far, and why in one line."""

    reference: str
    name: str
    why: str
    phone: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Options:
    """The services that fit; where none does, what covers the whole country; and whether an area was told."""

    fits: tuple[Option, ...]
    instead: tuple[Option, ...]
    total: int
    placed: bool


@reads_one(permissions.SEE_CONTACT, Contact)
def options(actor: Actor, row: Contact, most: int = 8, need: str = "") -> Options:
    """Services for the area, relation, sex and language that were told on this contact; what was not asked limits
    nothing. Nothing is looked up outside, and nothing of it is kept.
    """
    reach = sheet.told(sheet.decoded(actor.keys.open(row.reach)))
    told = sheet.told(sheet.decoded(actor.keys.open(row.sheet)))
    said = {name: one.value for name, one in (reach | told).items()}
    relation, sex = said.get("relationship", ""), said.get("sex", "")
    asked = Asked(
        place_of(said.get("area", "")), need if need in needs() else "", "" if relation == "unknown" else relation,
        sex if sex in ("female", "male") else "",
    )  # fmt: skip
    if asked.place is None and not need:
        return Options((), (), 0, placed=False)
    found = directory.find(actor, asked)
    hits, instead = (
        [one for one in told if not one.service.reference.startswith(POLICE)] for told in (found.hits, found.instead)
    )
    return Options(
        tuple(_option(one) for one in hits[:most]), tuple(_option(one) for one in instead[:most]),
        found.total - len(found.hits) + len(hits), placed=asked.place is not None,
    )  # fmt: skip


def _option(one: directory.Hit) -> Option:
    view = one.service
    phones = ", ".join(each.number for each in view.listing.phones)
    return Option(view.reference, view.listing.name, one.why, phones, view.stale)


@reads_one(permissions.SEE_CONTACT, Case)
def of_case(actor: Actor, case: Case) -> tuple[tuple[str, datetime, str], ...]:
    """Contacts from which a case was opened, of those the actor may know of: reference, when, channel."""
    rows = Contact.objects.visible_to(actor).filter(case=case).order_by("started_at")
    return tuple((row.reference, row.started_at, row.get_channel_display()) for row in rows)


@reads(permissions.SEE_CONTACT)
def spoken_last(actor: Actor, circles: Collection[UUID]) -> dict[UUID, tuple[datetime, str]]:
    """The newest contact of the person in the case of each circle, of those the actor may know of: when, how. That
    somebody else rang was no contact with the person.
    """
    rows = (
        Contact.objects.visible_to(actor, picked=True)
        .filter(case__circle__in=circles, caller__in=states.THEMSELVES)
        .exclude(state="waiting")
    )
    return {row.case.circle_id: (row.started_at, row.get_channel_display().lower())
            for row in rows.select_related("case").order_by("started_at") if row.case}  # fmt: skip


def _lines(actor: Actor, row: Contact) -> tuple[LineView, ...]:
    found = []
    count = 0
    for one in Line.objects.filter(contact=row).select_related("by__user").order_by("number"):
        words = actor.keys.open(one.words)
        count += one.kind == marks.INCIDENT
        found.append(
            LineView(
                one.number, one.at, one.kind, marks.KINDS[one.kind], words,
                tuple(marks.in_places(words).items()) if one.kind == marks.INCIDENT else (), one.by.user.name,
                count if one.kind == marks.INCIDENT else 0,
            )
        )  # fmt: skip
    return tuple(found)


def _told(one: sheet.Said, lines: tuple[LineView, ...]) -> Told:
    known = fields.fields().get(one.field)
    at = next((line.at for line in lines if line.number == one.line), None) if one.line else None
    return Told(one.value, known.says(one.value) if known else one.value, one.at, one.line, at)


def _prompts(told: dict[str, Told]) -> tuple[PromptView, ...]:
    return tuple(
        PromptView(
            one.key, one.code, one.says, one.asks, told[one.code].value if one.code in told else "",
            saying.HEARD_WORDS.get(told[one.code].value, "") if one.code in told else "",
            told[one.code].at if one.code in told else None,
        )
        for one in saying.PROMPTS
    )  # fmt: skip


def _facts(told: dict[str, Told], acts: LineView | None, count: int) -> tuple[FactView, ...]:
    """The facts that a call needs first, each with the line it came from."""
    nothing = Told()
    acts_told = Told(str(count), str(count), acts.at, acts.number, acts.at) if acts else nothing
    return (
        FactView("Relation", "/relation", told.get("relation_words", told.get("relationship", nothing))),
        FactView("How long", "/since", told.get("duration_words", told.get("duration", nothing))),
        FactView("How often", "/often", told.get("frequency_words", told.get("frequency", nothing))),
        FactView("Acts noted", "/i", acts_told),
        FactView("Changed", "/changed", told.get("changed", nothing)),
        FactView("Children", "/children", told.get("children", nothing)),
        FactView("Weapons", "/weapons", told.get("weapons", nothing)),
        FactView("Police", "/police", told.get("police_words", told.get("reported_police", nothing))),
    )


def _calls(actor: Actor, row: Contact, told: dict[str, Told], times: Windows) -> tuple[CallView, ...]:
    allowed = safe.can_reach(times, actor.at, closed_days())
    number = told["number"].value if "number" in told and allowed else ""
    rows = CallBack.objects.filter(contact=row).select_related("owner__user").order_by("promised_at", "id")
    return tuple(
        CallView(
            one.pk, one.version, one.state, one.way, one.starts, one.ends, one.owner.user.name,
            one.state == states.CallState.PROMISED and one.ends < actor.at,
            bool(allowed) and one.state == states.CallState.PROMISED, "" if allowed else str(allowed.reason),
            number if one.state == states.CallState.PROMISED else "",
            tuple((datetime.fromisoformat(at), states.RESULTS[result]) for at, _, result in one.attempts),
        )
        for one in rows
    )  # fmt: skip


def _offers(actor: Actor, row: Contact) -> tuple[OfferView, ...]:
    show = actor.keys.open
    rows = list(Offer.objects.filter(contact=row).order_by("at", "id"))
    asked = [str(one.pk) for one in rows if one.kind in states.PASSED and one.state == states.OfferState.ASKED]
    here = casework.sent_in(actor, asked) if asked and casework.sent_in.may(actor) else ()
    sent = {one.reference: one for one in here}
    return tuple(
        OfferView(one.pk, one.version, one.get_kind_display(), one.state, show(one.name), show(one.consent),
                  show(one.taker), one.at, one.answered_at, sent.get(str(one.pk)))
        for one in rows
    )  # fmt: skip


def _unmet(row: Contact) -> tuple[str, ...]:
    rows = UnmetNeed.objects.filter(contact=row).order_by("at")
    known = needs()
    return tuple(
        f"{known[one.need].label if one.need in known else one.need}: {one.get_why_display().lower()}" for one in rows
    )


def _earlier(actor: Actor, row: Contact) -> tuple[tuple[str, datetime, str], ...]:
    """The linked ones of which the reader may know: a link was made for who linked it, not for every later reader."""
    known = Contact.objects.visible_to(actor, picked=True)
    rows = EarlierLink.objects.filter(contact=row, other__in=known).select_related("other").order_by("at")
    return tuple((one.other.reference, one.other.started_at, one.other.get_channel_display()) for one in rows)


def _name(who: Membership | None) -> str:
    return who.user.name if who is not None else ""
