"""Which exhibits an application shows, how their copies are called in its bundles, and the lists beside them (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from joindots.kernel.decisions import YES, Decision, no
from joindots.orders.rules.exhibits import size_says
from joindots.orders.rules.packs import Draft, ExhibitOf

FOLDER: Final = "exhibits"
BUNDLES: Final[Mapping[str, str]] = {"court": "bundle-for-the-court", "serve": "bundle-to-serve"}
"""The bundles, and the folder that each is: it names nobody."""
_COPIES: Final = (
    "Each file below is a copy, made anew: it holds what the eye sees or the ear hears, and nothing else. Where "
    "something must not leave, it is blacked out or silent. The original is produced by whoever exhibits it."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """An exhibit that an application shows, the acts it shows, and the terms it is the map of."""

    one: ExhibitOf
    acts: tuple[int, ...]
    terms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What became of an exhibit: its copy by name, size and SHA-256, or why there is none."""

    shown: Shown
    name: str = ""
    size: int = 0
    sha256: str = ""
    why_not: str = ""

    @property
    def says(self) -> str:
        """In a sentence's words, for the page."""
        return f"enclosed, {size_says(self.size)}" if self.name else f"not enclosed: {self.why_not}"


def shown(draft: Draft) -> tuple[Shown, ...]:
    """The exhibits that acts and terms name, each once, by initials and number."""
    found: dict[str, tuple[ExhibitOf, list[int], list[int]]] = {}
    for act in draft.acts:
        if act.exhibit:
            found.setdefault(act.exhibit.reference, (act.exhibit, [], []))[1].append(act.number)
    for term in draft.terms:
        if term.map:
            found.setdefault(term.map.reference, (term.map, [], []))[2].append(term.number)
    told = (Shown(one, tuple(acts), tuple(terms)) for one, acts, terms in found.values())
    return tuple(sorted(told, key=_by_reference))


def _by_reference(one: Shown) -> tuple[str, int, str]:
    initials, _, number = one.one.reference.partition("/")
    return initials, int(number) if number.isdecimal() else 0, number


def name_of(reference: str, ending: str) -> str:
    """`AB/7` and `jpg` as `exhibits/AB-7.jpg`."""
    return f"{FOLDER}/{re.sub(r'[^A-Za-z0-9]+', '-', reference).strip('-') or 'exhibit'}.{ending}"


def shows(one: Shown) -> str:
    """`acts 2, 5; map of term 4`."""
    acts = f"act{'s' if len(one.acts) > 1 else ''} {', '.join(map(str, one.acts))}" if one.acts else ""
    terms = f"map of term{'s' if len(one.terms) > 1 else ''} {', '.join(map(str, one.terms))}" if one.terms else ""
    return "; ".join(filter(None, (acts, terms)))


def index(stamp: str, found: tuple[Enclosed, ...], *, served: bool) -> str:
    """The list of exhibits beside their copies. The one to be served tells no SHA-256 of an original."""
    lines = ["Exhibits", stamp, "", _COPIES, ""]
    for one in found:
        lines.append(f"{one.shown.one.reference}  ({one.shown.one.what}; {shows(one.shown)})")
        if one.name:
            lines.append(f"  {one.name}, {size_says(one.size)}, SHA-256 of the copy {one.sha256}")
        else:
            lines.append(f"  Not enclosed: {one.why_not}")
        if not served:
            lines.append(f"  SHA-256 of the original {one.shown.one.sha256}")
    return "\n".join(lines) + "\n"


def manifest(hashes: Mapping[str, str]) -> str:
    """The SHA-256 of each file of a bundle, as `sha256sum --check` reads it."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))


def can_enclose(*, ready: bool, grown: bool, current: bool, sent: bool, any_shown: bool) -> Decision:
    """Copies of exhibits go with papers that are made, and that say what the draft says."""
    if not ready:
        return no("enclose_unmade", "Make the papers first. The copies of exhibits go beside them.")
    if not any_shown:
        return no("enclose_none", "No act and no term of this draft names an exhibit.")
    if grown:
        return no("papers_grown", "After these papers were made, something was added to what must never leave, "
                  "or kept out of disclosure. Make them again.")  # fmt: skip
    if sent:
        return no("papers_sent", "These papers were sent and stay as they are. Change the draft to make others.")
    return YES if current else no("enclose_changed", "The draft has changed since. Make its papers first.")
