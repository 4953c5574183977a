"""What an application's papers say: the whole for the court, and the copy to be served, from one draft (pure)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from joindots.documents.order_papers import Grid, Papers, Section
from joindots.orders.rules import drafting, exhibits
from joindots.orders.rules.enclosing import Shown, shown, shows
from joindots.orders.rules.packs import FORMS, GROUNDS, Draft, Term

TITLE = "Application for a stalking protection order"
SERVED = "Copy to be served"
AS_KNOWN = "The time of each act is given as it is known, and never more exactly."
KEPT_BACK = "Where this copy says [kept back], words are kept back to protect somebody."
Sift = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Printed:
    """What is pressed: the draft, its number, whether it is final, and who signed it."""

    draft: Draft
    number: int
    at: datetime
    final: bool = False
    signed: tuple[str, ...] = ()

    @property
    def stamp(self) -> str:
        """What stands on each page."""
        if self.final:
            return f"FINAL. Draft {self.number}, signed."
        return f"DRAFT {self.number}. Not signed, not to be sent."


def content_of(draft: Draft) -> Draft:
    """The draft without what is no content of it: ticks, counts, notes for whoever drafts, what became of entries."""
    sheets = {
        part: {one.code: said for one in form.fields if (said := draft.said(part, one.code)) and one.code != "unnamed"}
        for part, form in FORMS.items()
    }
    acts = tuple(replace(one, since="") for one in draft.acts)
    return replace(draft, sheets=sheets, done=frozenset(), log=0, acts=acts)


def hash_of(draft: Draft) -> str:
    """The hash of a draft's content: what people sign. It is printed nowhere, for words kept back could be tried."""
    return hashlib.sha256(msgspec.json.encode(content_of(draft), order="sorted")).hexdigest()


def sealed(printed: Printed) -> str:
    """What is pressed as one text, to be sealed."""
    return msgspec.json.encode(replace(printed, draft=content_of(printed.draft)), order="sorted").decode()


def read(text: str) -> Printed:
    """What such a text holds."""
    return msgspec.json.decode(text, type=Printed)


def bundle(printed: Printed, sift: Sift) -> Papers:
    """The whole application, for the court. Words that must not leave are kept back; a term holds none."""
    draft = printed.draft
    sections = (
        _part(draft, "respondent", sift), _part(draft, "protected", sift), _grounds(draft),
        _schedule(draft, sift, served=False), _part(draft, "risk", sift), _terms(draft, sift, served=False),
        _part(draft, "interim", sift), _exhibits(draft, sift, served=False), _part(draft, "statements", sift),
        _part(draft, "others", sift), *([_signed(printed)] if printed.signed else []),
    )  # fmt: skip
    foot = f"Application, {draft.reference}"
    return Papers(TITLE, printed.stamp, foot, _cover(draft, sift), _with_words(sections), (AS_KNOWN, KEPT_BACK))


def service(printed: Printed, sift: Sift) -> Papers:
    """The copy that the respondent is served with: no risk unless ticked, no hash, nobody who will prove, no policing.

    No reference of the case stands in it.
    """
    draft = printed.draft
    risk = draft.said("risk", "served") == "yes"
    sections = (
        _part(draft, "respondent", sift, served=True), _part(draft, "protected", sift, served=True), _grounds(draft),
        _schedule(draft, sift, served=True), *([_part(draft, "risk", sift)] if risk else []),
        _terms(draft, sift, served=True), _part(draft, "interim", sift, served=True),
        _exhibits(draft, sift, served=True), _part(draft, "statements", sift, served=True),
        _part(draft, "others", sift, served=True),
    )  # fmt: skip
    opening = (*_cover(draft, sift), "If an order is made, to breach it without reasonable excuse is an offence.")
    return Papers(f"{TITLE}: {SERVED.lower()}", printed.stamp, SERVED, opening, _with_words(sections),
                  (AS_KNOWN, KEPT_BACK))  # fmt: skip


def _with_words(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    return tuple(one for one in sections if one.lines or (one.grid and one.grid.rows))


def _cover(draft: Draft, sift: Sift) -> tuple[str, ...]:
    """The first page: to which court, by whom, against whom, to protect whom, and by which Act."""
    court, applicant = (draft.said("respondent", one) for one in ("court", "applicant"))
    interim = " Sections 1 and 5: an order, and an interim order until the main hearing."
    return (
        f"To: {sift(court) or 'court not named yet'}",
        f"Applicant: {sift(applicant) or 'not named yet'}",
        f"Respondent: {sift(draft.said('respondent', 'name')) or 'not named yet'}",
        f"To protect: {', '.join(sift(draft.said('protected', 'names')).splitlines()) or 'not named yet'}",
        "Stalking Protection Act 2019."
        + (interim if draft.said("interim", "asked") == "yes" else " Section 1: an order."),
    )


def _part(draft: Draft, part: str, sift: Sift, *, served: bool = False) -> Section:
    form = FORMS[part]
    lines = tuple(
        (one.paper or one.label, {"yes": "Yes", "no": "No"}.get(said, said) if one.kind == "yes_no" else sift(said))
        for one in form.fields
        if (said := draft.said(part, one.code)) and not one.inside and not one.cover and (one.served or not served)
    )
    return Section(form.paper or form.title, lines, code=part)


def _grounds(draft: Draft) -> Section:
    lines = []
    for letter, says in GROUNDS.items():
        tied = draft.by_ground(letter)
        numbers = f"Act{'s' if len(tied) > 1 else ''} {', '.join(str(one.number) for one in tied)}." if tied else ""
        who = "That the respondent has " if letter == "A" else "That the respondent " if letter == "B" else "That "
        lines.append((f"Ground {letter}", f"{who}{says}. {numbers or 'Tied to no act yet.'}"))
    return Section("Grounds: Stalking Protection Act 2019 s1(1)(a) to (c)", tuple(lines), code="grounds")


def _schedule(draft: Draft, sift: Sift, *, served: bool) -> Section:
    head, widths = ["No.", "When, as known", "Act", "Exhibit", "Source"], [1, 4, 8, 2, 4]
    if not served:
        head, widths = [*head, "Who will prove it"], [*widths, 3]
    rows = []
    for one in draft.acts:
        row = [str(one.number), sift(one.when.says()), sift(one.says), one.exhibit.reference if one.exhibit else "none",
               sift(one.source)]  # fmt: skip
        rows.append(tuple(row if served else [*row, sift(one.prover)]))
    return Section("Schedule of acts relied on", (), Grid(tuple(head), tuple(widths), tuple(rows)), "acts")


def _terms(draft: Draft, sift: Sift, *, served: bool) -> Section:
    lines: list[tuple[str, str]] = []
    for one in draft.terms:
        lines.append((f"{one.number}. {'Requirement' if one.requirement else 'Prohibition'}", one.text))
        lines += [("", said) for said in _about(one, sift, served=served)]
    return Section("Draft order: prohibitions and requirements", tuple(lines), code="terms")


def _about(one: Term, sift: Sift, *, served: bool) -> Iterator[str]:
    yield drafting.because(one).capitalize() + "."
    if one.map:
        yield f"Its map is exhibit {one.map.reference}."
    if not served:
        if one.policed:
            yield f"How it will be policed: {sift(one.policed)}"
        if one.settled:
            yield f"What it affects, and how that is settled: {sift(one.settled)}"
        if one.provider:
            yield f"Provider: {sift(one.provider)}"


def _exhibits(draft: Draft, sift: Sift, *, served: bool) -> Section:
    found = shown(draft)
    rows = [_exhibit(one, served=served) for one in found]
    head, widths = ("Exhibit", "What it is", "Shows", "SHA-256 of the original"), (2, 4, 2, 8)
    grid = Grid(head[:3], widths[:3], tuple(row[:3] for row in rows)) if served else Grid(head, widths, tuple(rows))
    # Taken out of the whole first: what is parted by a line's end is still what it was.
    lines = [("", line) for line in sift(draft.said("exhibits", "others")).splitlines() if line.strip()]
    if not served:
        lines += [("", exhibits.listed(one.one)) for one in found]
        if hearsay := draft.said("exhibits", "hearsay"):
            lines.append(("Hearsay notices", sift(hearsay)))
    return Section("Exhibits", tuple(lines), grid if rows else None, "exhibits")


def _exhibit(shown: Shown, *, served: bool) -> tuple[str, str, str, str]:
    one = shown.one
    what = one.what if served else f"{one.what}, {exhibits.size_says(one.size)}"
    return one.reference, what, shows(shown), one.sha256


def _signed(printed: Printed) -> Section:
    return Section("Signed", tuple(("", one) for one in printed.signed), code="signed")


def differences(old: Draft, new: Draft) -> tuple[str, ...]:
    """What changed since a draft, as sentences."""
    told = []
    for part, form in FORMS.items():
        if old.sheets.get(part, {}) != content_of(new).sheets.get(part, {}):
            told.append(f"{form.title} was changed.")
    was, now = {one.id: one for one in old.acts}, {one.id: one for one in new.acts}
    told += [f"Act {now[one].number} is new." for one in now if one not in was]
    told += [f"What was act {was[one].number} is no longer relied on." for one in was if one not in now]
    told += [
        f"Act {now[one].number} was changed."
        for one in now
        if one in was and replace(now[one], since="", number=0) != replace(was[one], number=0)
    ]
    before, after = {one.id: one for one in old.terms}, {one.id: one for one in new.terms}
    told += [f"Term {after[one].number} is new." for one in after if one not in before]
    told += [f"What was term {before[one].number} is no longer asked for." for one in before if one not in after]
    told += [
        f"Term {after[one].number} was changed."
        for one in after
        if one in before and _asks(after[one], new) != _asks(before[one], old)
    ]
    return tuple(told)


def _asks(term: Term, draft: Draft) -> Term:
    """A term with the acts it rests on by themselves: their numbers alone may change."""
    ids = {one.number: hash(one.id) for one in draft.acts}
    return replace(term, number=0, acts=tuple(sorted(ids[one] for one in term.acts if one in ids)))
