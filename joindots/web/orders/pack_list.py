"""The twelve parts of an application as the rows of its list: what each says, its state in words, its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from joindots.orders.queries.papers import Desk
from joindots.orders.rules import drafting, packs
from joindots.orders.rules.enclosing import shown
from joindots.orders.rules.signing import STEPS

MOST = 110
"""Letters of a row's second line."""
FEW = 3
"""Acts of which the same is said each by itself."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list. `look` is the dress of its state: nothing for plain words, or a kind of tag."""

    number: int
    title: str
    address: str
    says: str
    state: str
    look: str = ""
    on: date | datetime | None = None


def rows_of(desk: Desk) -> list[Row]:
    """The twelve rows, in their order."""
    return sorted((*_told(desk), _acts(desk), _terms(desk), _check(desk), _signing(desk), _sending(desk)),
                  key=lambda one: one.number)  # fmt: skip


def completed(rows: list[Row]) -> int:
    """How many rows are completed."""
    return sum(1 for one in rows if one.state in ("Completed", "Signed", "Sent", "Nothing stops it"))


def _told(desk: Desk) -> Iterator[Row]:
    parts = {one.code: one for one in desk.view.parts}
    for code, form in packs.FORMS.items():
        part, found = parts.get(code), [one for one in desk.gaps if one.part == code]
        stops = any(one.stops and one.leak for one in found)
        if stops:
            state, look = "Stopped", "due"
        elif part is None:
            state, look = "Not begun", "plain"
        elif part.done and not any(one.stops for one in found):
            state, look = "Completed", ""
        elif part.done:
            state, look = _count(len(found), "gap"), "due"
        else:
            state, look = "In progress", "now"
        address = reverse("web:order_pack_part", args=(desk.view.id, code))
        yield Row(form.number, form.title, address, _says(desk, code), state, look, part.at if part else None)


def _says(desk: Desk, code: str) -> str:
    draft = desk.view.draft
    said = draft.sheets.get(code, {})
    match code:
        case "respondent":
            told = said.get("name", "")
            told += f". Also known as {said['aliases']}" if said.get("aliases") else ""
        case "protected":
            told = ", ".join(said.get("names", "").splitlines())
            told += f". What must not be named: {_count(desk.never_named, 'thing')}, hidden on this page"
        case "interim":
            told = {"yes": "Asked for", "no": "Not asked for"}.get(said.get("asked", ""), "")
        case "exhibits":
            told = f"{_count(len(shown(draft)), 'exhibit')} named by acts and terms, listed with hashes"
        case "statements":
            told = _count(len([one for one in said.get("made", "").splitlines() if one.strip()]), "statement")
        case "others":
            told = said.get("live", "")
        case _:
            told = said.get("risk", "")
    told = " ".join(told.split()).removeprefix(". ")
    return told if len(told) <= MOST else told[: MOST - 1] + "…"


def _acts(desk: Desk) -> Row:
    draft = desk.view.draft
    found = sum(1 for one in desk.gaps if one.part == "acts")
    says = f"{len(draft.acts)} chosen of {draft.log:,}"
    if draft.acts:
        says += f"; covers {packs.covers(draft.acts)}"
    state, look = (_count(found, "gap"), "due") if found else ("Completed", "")
    address = reverse("web:order_pack_acts", args=(desk.view.id,))
    state, look = (state, look) if draft.acts else ("Not begun", "plain")
    return Row(3, "Acts relied on", address, says, state, look, desk.view.acts_at)


def _terms(desk: Desk) -> Row:
    terms, found = desk.view.draft.terms, [one for one in desk.gaps if one.part == "terms"]
    untied = sum(1 for one in terms if not one.acts)
    says = _count(len(terms), "term") + (f", {untied} tied to no act" if untied else ", each tied to acts")
    stopped = next((one for one in found if one.leak), None)
    number = next((one.number for one in terms if stopped and one.id == stopped.term), None)
    if stopped:
        state, look, says = f"Stopped: term {number}", "due", f"{says}. Term {number} can’t go out as it is"
    else:
        state, look = (_count(len(found), "gap"), "due") if found else ("Completed", "")
    address = reverse("web:order_pack_terms", args=(desk.view.id,))
    if not terms:
        state, look, says = "Not begun", "plain", ""
    return Row(5, "Prohibitions and requirements", address, says, state, look, desk.view.terms_at)


def _check(desk: Desk) -> Row:
    stops, rest = desk.stops, len(desk.gaps) - desk.stops
    told = ", ".join(_count(n, noun) for n, noun in ((stops, "stop"), (rest, "gap")) if n)
    says = "What the draft lacks, and what must not leave" if told else "Nothing was found"
    address = reverse("web:order_pack_check", args=(desk.view.id,))
    return Row(10, "Check", address, says, told or "Nothing stops it", "due" if told else "")


def _signing(desk: Desk) -> Row:
    address = reverse("web:order_pack_sign", args=(desk.view.id,))
    here = [one for one in desk.signed if one.stands]
    last = desk.signed[-1] if desk.signed else None
    if not desk.next:
        return Row(11, "Sign-off", address, f"{here[-1].name} authorised it", "Signed", "", here[-1].at)
    if last and not last.stands:
        return Row(11, "Sign-off", address, f"{last.name} signed; this draft is newer", "Sign again", "plain", last.at)
    says = f"Next: {STEPS[desk.next]}"
    return Row(11, "Sign-off", address, says, f"{len(here)} of 3 signed" if here else "Not signed", "plain",
               last.at if last else None)  # fmt: skip


def _sending(desk: Desk) -> Row:
    address = reverse("web:order_pack_sign", args=(desk.view.id,)) + "#send"
    court = " ".join(desk.view.draft.said("respondent", "court").split())
    title = f"Send to {court}" if court else "Send"
    if not desk.sent:
        return Row(12, title, address, "Nothing has left this system", "Not sent yet", "plain")
    last = desk.sent[-1]
    return Row(12, title, address, f"Draft {last.draft} to {last.to}, by {last.by}", "Sent", "", last.on)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def brief(found: list[tuple[drafting.Gap, str]], schedule: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The same in short: what is said of many acts is one sentence, with the schedule to go to, and each apart."""
    alike: dict[str, list[tuple[str, str]]] = {}
    for gap, to in found:
        _, _, rest = gap.says.removeprefix("Act ").partition(" ")
        alike.setdefault(f"of acts: {rest}" if gap.act and not gap.leak else gap.says, []).append((gap.says, to))
    told: list[tuple[str, str, list[tuple[str, str]]]] = []
    for same in alike.values():
        if len(same) > FEW:
            numbers = ", ".join(says.split(" ", 2)[1] for says, _ in same[:FEW])
            told.append((f"{len(same)} acts ({numbers} …): each {same[0][0].split(' ', 2)[2]}", schedule, same))
        else:
            told += [(says, to, []) for says, to in same]
    return told


def where(desk: Desk) -> list[tuple[drafting.Gap, str]]:
    """Each gap with the address at which it is settled."""
    pack = desk.view.id
    found = []
    for one in desk.gaps:
        if one.term is not None:
            to = reverse("web:order_pack_term", args=(pack, one.term))
        elif one.act is not None:
            to = reverse("web:order_pack_act", args=(pack, one.act))
        elif one.part in packs.FORMS:
            to = reverse("web:order_pack_part", args=(pack, one.part))
        else:
            to = reverse(f"web:order_pack_{one.part}", args=(pack,))
        found.append((one, to))
    return found
