"""Where somebody is, from a postcode, its beginning, a town, council or police force, without asking anybody (pure).

No table of postcodes ships with this: a place is met by the beginning of its postcode, by name, or by its nation. What
that cannot settle is called "maybe" and said so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase

from joindots.directory.rules.tables import postcode_areas
from joindots.law.tables import police_forces

NATIONS = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
}
UK = "uk"
_POSTCODE = re.compile(r"([A-Z]{1,2})([0-9][0-9A-Z]?)?\s*([0-9](?:[A-Z]{2})?)?")
_EMPTY = frozenset({"and", "the", "of", "council", "county", "city", "borough", "district", "metropolitan", "unitary"})
_SEVERAL = {"london": ("metropolitan", "city-of-london")}
"""Names of which it is not plain which force is meant."""
INVENTED = "ZZ"
"""Letters that no postcode has; samples and demonstrations use them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere, as codes of areas: those it surely lies in, and those it may lie in."""

    says: str
    sure: frozenset[str]
    maybe: frozenset[str] = frozenset()
    inside: str = ""
    """A postcode area typed alone: a listing for one of its districts may fit."""
    known: bool = True
    """False for a name that nothing here knows: only what lists it by that name is met."""


def place_of(typed: str, force: str = "") -> Place | None:
    """The place meant by what was typed and the force chosen; None where neither says anything.

    Of a postcode, only its first half is used and told; the rest is dropped here.
    """
    told = _by_postcode(typed) or _by_name(typed)
    chosen = _by_force(force)
    if told is None or chosen is None:
        return told or chosen
    nations = {one for one in chosen.sure if one in NATIONS}
    return Place(
        f"{told.says}, {chosen.says}", told.sure | chosen.sure,
        (told.maybe - set(NATIONS)) if nations else told.maybe, told.inside, told.known,
    )  # fmt: skip


def district_of(text: str) -> str | None:
    """`CA1` of `ca1 2ab`, `CA1` or `CA12AB`; None where it is no beginning of a postcode."""
    found = _POSTCODE.fullmatch(" ".join(text.upper().split()))
    if found is None or (found[1] not in postcode_areas() and found[1] != INVENTED):
        return None
    if found[2] is None:
        return found[1] if not found[3] else None
    return found[1] + found[2]


def area_letters(district: str) -> str:
    """`CA` of `CA1`."""
    return district.rstrip("0123456789") if district[-1].isdigit() else re.split(r"[0-9]", district, maxsplit=1)[0]


def districts_in(letters: str) -> list[str]:
    """The codes of every district that a postcode area can have: `pc:E1`, `pc:E1W` and so on."""
    numbers = [f"pc:{letters}{number}" for number in range(100)]
    return numbers + [f"{number}{sign}" for number in numbers[:10] for sign in ascii_uppercase]


def folded(name: str) -> str:
    """A name of a place as it is compared: small letters, no accents, no signs, without "council", "city of" and such.

    `Durham County Council` and `County Durham` are both `durham`.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    parts = re.findall(r"[a-z]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    return " ".join([each for each in parts if each not in _EMPTY] or parts)


def area_code(said: str) -> str:
    """The code of an area from how people write it: a nation, a force, the beginning of a postcode, or a name."""
    plain = folded(said)
    nation = {"united kingdom": UK, "uk": UK, "great britain": UK, "national": UK}.get(plain)
    if nation or plain.replace(" ", "_") in NATIONS:
        return nation or plain.replace(" ", "_")
    district = district_of(said) if any(sign.isdigit() for sign in said) or said.strip().isupper() else None
    if district:
        return f"pc:{district}"
    slug = said.strip().removeprefix("force:")
    return f"force:{slug}" if slug in police_forces() else forces_named().get(plain) or f"name:{plain}"


def area_says(code: str) -> str:
    """An area's code in words."""
    kind, _, rest = code.partition(":")
    if code == UK:
        return "all of the UK"
    if kind == "force":
        return f"the area of {police_forces()[rest].name}" if rest in police_forces() else rest
    if kind == "pc":
        area = postcode_areas().get(rest)
        return f"{rest} ({area.name})" if area else rest
    return NATIONS.get(code) or rest.title()


def area_typed(code: str) -> str:
    """An area's code as somebody would type it, so that it is read back as the same."""
    kind, _, rest = code.partition(":")
    if kind == "force" and rest in police_forces():
        return police_forces()[rest].name
    return "United Kingdom" if code == UK else NATIONS.get(code) or (rest if kind == "pc" else rest.title())


@cache
def forces_named() -> dict[str, str]:
    """Codes of forces by the name of the force itself: `durham constabulary`."""
    return {folded(one.name): f"force:{slug}" for slug, one in police_forces().items()}


@cache
def _towns() -> dict[str, str]:
    return {folded(one.name): letters for letters, one in postcode_areas().items()}


def _nations_of(letters: str) -> set[str]:
    area = postcode_areas().get(letters)
    return set(area.nations.split()) if area else set(NATIONS) if letters == INVENTED else set()


def _by_postcode(typed: str) -> Place | None:
    district = district_of(typed)
    if district is None:
        return None
    letters = area_letters(district)
    nations = _nations_of(letters)
    sure = {UK, f"pc:{letters}", f"pc:{district}"} | (nations if len(nations) == 1 else set())
    if district != letters and not district[-1].isdigit():
        sure.add(f"pc:{district[:-1]}")  # EC1A lies in EC1
    return Place(
        area_says(f"pc:{district}"), frozenset(sure), frozenset(nations if len(nations) > 1 else ()),
        letters if letters == district else "",
    )  # fmt: skip


def _by_name(typed: str) -> Place | None:
    plain = folded(typed)
    if not plain:
        return None
    nation = area_code(typed)
    if nation == UK or nation in NATIONS:
        return Place(area_says(nation), frozenset({UK, nation}))
    forces = {slug for slug, one in police_forces().items() if plain in (folded(one.ons_name), folded(one.name))}
    letters = _towns().get(plain, "")
    nations = _nations_of(letters) | {_nation_of_force(slug) for slug in forces}
    sure = {UK, f"name:{plain}"} | (nations if len(nations) == 1 else set())
    maybe = {f"pc:{letters}"} if letters else set()
    (maybe if plain in _SEVERAL else sure).update(f"force:{slug}" for slug in {*forces, *_SEVERAL.get(plain, ())})
    known = bool(forces or letters)
    return Place(
        " ".join(typed.split())[:60], frozenset(sure), frozenset(maybe | (nations if len(nations) > 1 else set())),
        letters, known,
    )  # fmt: skip


def _by_force(slug: str) -> Place | None:
    force = police_forces().get(slug)
    if force is None:
        return None
    nation = _nation_of_force(slug)
    sure = {UK, f"force:{slug}", f"name:{folded(force.ons_name or force.name)}"} | ({nation} if nation else set())
    return Place(force.name, frozenset(sure), frozenset() if nation else frozenset(NATIONS))


def _nation_of_force(slug: str) -> str:
    code = folded(police_forces()[slug].nation).replace(" ", "_")
    return code if code in NATIONS else ""
